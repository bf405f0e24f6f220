"""Time expressions in a parsed text: the grammar's readings, checked against the parse."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from communique.dates.expressions import Form, Tense, TimeExpression, TimexType
from communique.dates.grammar.rules import Grammar
from communique.dates.grammar.tense import governing_verb, tense_of, verb_beside
from communique.language.columns import columns_of
from communique.language.sentences import text_of
from communique.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MONTH_OR_VERB: Final = frozenset(("may", "march"))


def find(doc: Doc) -> tuple[TimeExpression, ...]:
    """See `communique.dates.expressions.find_times`."""
    text = text_of(doc)
    grammar = Grammar(text)
    starts = columns_of(doc).starts
    paragraphs = [lexeme.start for lexeme in grammar.lex if lexeme.low == "\n"]
    found: list[TimeExpression] = []
    end = 0
    for i in grammar.beginnings():
        if i < end:
            continue
        for a, b, form in _read(grammar, i):
            span = Span(grammar.lex[a].start, grammar.lex[b - 1].end)
            first = bisect_right(starts, span.start) - 1
            last = bisect_right(starts, span.end - 1)
            if not _is_time(doc, grammar, a, b, form, first, last):
                continue
            end = b
            found.append(
                TimeExpression(
                    span=span,
                    start=first,
                    end=last,
                    type=timex_type(form),
                    text=text[span.start : span.end],
                    rule=form.kind,
                    form=form,
                    tense=_tense(doc, form, first, last),
                    sentence=doc[first].sent.start,
                    paragraph=bisect_right(paragraphs, span.start),
                    parts=_ends(grammar, a, b) if form.kind == "range" else (),
                    preposition=_preposition(doc, first),
                )
            )
    return tuple(found)


def _read(grammar: Grammar, i: int) -> list[tuple[int, int, Form]]:
    """What the grammar reads at lexeme `i`: dates that share a month or year, or the longest expression."""
    together = grammar.several(i)
    alone = grammar.at(i)
    if together and (alone is None or together[-1][1] > alone[0]):
        return together
    return [(i, *alone)] if alone else []


def _tense(doc: Doc, form: Form, first: int, last: int) -> Tense | None:
    tense = tense_of(doc, first, last)
    unsaid = form.kind in ("weekday", "date", "feast", "quarter", "season") and form.year is None and form.shift is None
    if tense == "present" and unsaid:
        # "The envoy arrives on Monday" is a timetable; a headline's present is the past.
        verb = verb_beside(doc, first) or governing_verb(doc[first:last].root)
        sentence = doc[first].sent
        if verb is not None and verb.lemma_ not in _SAYING and any(token.text in ".!?" for token in sentence[-2:]):
            return "future"
    return tense


_SAYING: Final = frozenset(
    ("say", "tell", "report", "write", "show", "mean", "know", "think", "have", "come", "mark", "claim", "suggest")
)


_BORDERS: Final = frozenset(("since", "until", "till", "than"))


def _preposition(doc: Doc, first: int) -> str | None:
    """The preposition before an expression; "since" also of "since its launch in 2003"."""
    i = first - 1
    while i >= 0 and doc[i].lower_ in ("the", "at", "least", "about", "around", "early", "late", "only"):
        i -= 1
    if i < 0 or doc[i].pos_ not in ("ADP", "SCONJ"):
        return None
    noun = doc[i].head
    if noun.pos_ in ("NOUN", "PROPN") and noun.i < i and noun.head.lower_ in _BORDERS:
        return noun.head.lower_
    return doc[i].lower_


def timex_type(form: Form) -> TimexType:
    if form.kind in ("duration", "period"):
        return "DURATION"
    if form.kind == "set":
        return "SET"
    if form.clock or (form.kind == "shift" and form.unit in ("hour", "minute", "second")):
        return "TIME"
    return "DATE"


def _ends(grammar: Grammar, i: int, j: int) -> tuple[Span, ...]:
    """The spans of a range's two ends: what stands before and after its "to", "and" or dash."""
    k = i + 1 if grammar.low(i) in ("from", "between") else i
    for cut in range(k + 1, j - 1):
        if grammar.low(cut) in ("to", "and", "until", "till", "through", "/", "-", "–", "—", "‑", "−"):
            left = Span(grammar.lex[k].start, grammar.lex[cut - 1].end)
            return left, Span(grammar.lex[cut + 1].start, grammar.lex[j - 1].end)
    return ()


def _is_time(doc: Doc, grammar: Grammar, i: int, j: int, form: Form, first: int, last: int) -> bool:
    """Whether words that can name a time do so here: "May" the month or the verb, "second" the ordinal ..."""
    low = grammar.low(i)
    if low in ("last", "past", "march") and doc[first].pos_ == "VERB":
        return False  # "will last three days"
    if j - i == 1:
        token = doc[first]
        if low in _MONTH_OR_VERB and token.tag_ not in ("NNP", "CD", "NNPS"):
            return False
        if low == "may" and (token.ent_type_ == "PERSON" or grammar.low(i - 1) in ("theresa", "mrs", "ms", "minister")):
            return False
        if low in ("april", "june", "august") and token.ent_type_ == "PERSON":
            return False
        if form.kind == "vague":
            return _is_vague(doc[first], low)
        if form.kind == "season" and (low in ("spring", "fall") and token.pos_ not in ("NOUN", "PROPN")):
            return False
        if form.kind == "date" and form.year and form.month is None:
            return _is_year(token)
    if form.kind == "season" and grammar.one(j - 1).text[:1].isupper() and form.year is None and form.shift is None:
        return doc[first].ent_type_ not in ("PERSON", "ORG", "WORK_OF_ART")
    return not (form.kind == "duration" and _is_age(grammar, j))


def _is_age(grammar: Grammar, j: int) -> bool:
    """ "a 34-year-old", "12 years old"."""
    return grammar.low(j) == "old" or (grammar.low(j) == "-" and grammar.low(j + 1) == "old")


def _is_vague(token: Token, low: str) -> bool:
    if low in ("current", "recent"):
        return bool(token.dep_ == "amod")
    if low == "former":
        return False
    return not (low == "now" and (token.nbor(1).lower_ if token.i + 1 < len(token.doc) else "") == "that")


def _is_year(token: Token) -> bool:
    """A number that could be a year counts nothing and is no sum of money."""
    if token.dep_ == "nummod" and token.head.i > token.i:
        noun = token.head
        if noun.tag_ == "NNS" and token.i > 0 and token.nbor(-1).pos_ not in ("DET", "ADP", "PRON", "ADJ"):
            return 1950 <= int(token.text) <= 2049 if token.text.isdecimal() else True
    return token.ent_type_ not in ("MONEY", "QUANTITY", "PERCENT")
