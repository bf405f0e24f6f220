"""Time expressions in a parsed text: the grammar's readings, checked against the parse."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from communique.dates.expressions import Form, Tense, TimeExpression, TimexType
from communique.dates.grammar.rules import Grammar
from communique.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FUTURE_WORDS: Final = frozenset(("until", "till", "upcoming", "forthcoming", "scheduled", "due", "planned", "ahead"))
_MONTH_OR_VERB: Final = frozenset(("may", "march"))


def find(doc: Doc) -> tuple[TimeExpression, ...]:
    """See `communique.dates.expressions.find_times`."""
    grammar = Grammar(doc.text)
    starts = [token.idx for token in doc]
    paragraphs = [lexeme.start for lexeme in grammar.lex if lexeme.low == "\n"]
    found: list[TimeExpression] = []
    i, n = 0, len(grammar.lex)
    while i < n:
        read = grammar.at(i)
        if read is None:
            i += 1
            continue
        j, form = read
        span = Span(grammar.lex[i].start, grammar.lex[j - 1].end)
        first = bisect_right(starts, span.start) - 1
        last = bisect_right(starts, span.end - 1)
        if not _is_time(doc, grammar, i, j, form, first, last):
            i += 1
            continue
        tokens = doc[first:last]
        found.append(
            TimeExpression(
                span=span,
                start=first,
                end=last,
                type=timex_type(form),
                text=doc.text[span.start : span.end],
                rule=form.kind,
                form=form,
                tense=_tense(doc, form, first, last),
                sentence=tokens.root.sent.start,
                paragraph=bisect_right(paragraphs, span.start),
                parts=_ends(grammar, i, j) if form.kind == "range" else (),
                preposition=_preposition(doc, first),
            )
        )
        i = j
    return tuple(found)


def _tense(doc: Doc, form: Form, first: int, last: int) -> Tense | None:
    tense = tense_of(doc, first, last)
    if tense == "present" and form.kind == "weekday" and form.shift is None:
        # "The envoy arrives on Monday" is a timetable; a headline's present is the past.
        verb = governing_verb(doc[first:last].root)
        sentence = doc[first].sent
        if verb is not None and verb.lemma_ not in _SAYING and any(token.text in ".!?" for token in sentence[-2:]):
            return "future"
    return tense


_SAYING: Final = frozenset(("say", "tell", "report", "write", "show", "mean", "know", "think", "have", "come", "mark"))


def _preposition(doc: Doc, first: int) -> str | None:
    i = first - 1
    while i >= 0 and doc[i].lower_ in ("the", "at", "least", "about", "around", "early", "late", "only"):
        i -= 1
    return doc[i].lower_ if i >= 0 and doc[i].pos_ in ("ADP", "SCONJ") else None


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
            return 1950 <= int(token.text) <= 2049 if token.text.isdigit() else True
    return token.ent_type_ not in ("MONEY", "QUANTITY", "PERCENT")


# --- tense -----------------------------------------------------------------------------------------------------------


def tense_of(doc: Doc, start: int, end: int) -> Tense | None:
    """The tense of the clause that tokens `[start, end)` belong to; "future" where a word before them says so.

    A noun with a day of its own ("Friday's summit") takes the tense of nothing: None.
    """
    root = doc[start:end].root
    before = doc[start - 1].lower_ if start else ""
    if before == "the" and start > 1:
        before = doc[start - 2].lower_
    if before in _FUTURE_WORDS or doc[start].lower_ in ("next", "upcoming", "coming"):
        return "future"
    verb = governing_verb(root)
    if verb is None:
        return None
    tense = verb_tense(verb)
    if before == "by" and tense != "past":
        return "future"
    if tense == "past" and _under_scheduling(root, verb):
        return "future"
    return tense


def _under_scheduling(token: Token, verb: Token) -> bool:
    """ "is scheduled for Friday", "was due on Monday", "postponed to 3 May"."""
    preposition = token.head if token.dep_ == "pobj" else token
    return preposition.lower_ in ("for", "to", "until") and verb.lemma_ in (
        "schedule", "plan", "slate", "set", "postpone", "delay", "reschedule", "adjourn", "due", "push", "book",
    )  # fmt: skip


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above `token`, itself included."""
    current = token
    for _ in range(12):
        if current.pos_ in ("VERB", "AUX"):
            return current
        if current.head.i == current.i:
            return None
        current = current.head
    return None


def verb_tense(verb: Token) -> Tense | None:
    """The tense of a verb with its auxiliaries; an infinitive after "plan", "will", "be to" is future."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    lows = {child.lower_ for child in auxiliaries}
    if lows & {"will", "shall", "'ll", "’ll", "wo"} or ("would" in lows and "have" not in lows):
        return "future"
    if any(child.tag_ == "MD" for child in auxiliaries):
        return "past" if "have" in lows else "future"
    if verb.tag_ == "MD":
        return "future"
    if ("to" in lows and verb.tag_ == "VB") or (verb.tag_ == "VB" and any(c.tag_ == "TO" for c in auxiliaries)):
        if "have" in lows:
            return "past"
        return _infinitive_tense(verb)
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries):
        return "past"
    if any(child.lemma_ == "have" for child in auxiliaries):
        return "past"
    if verb.tag_ in ("VBZ", "VBP"):
        return "present"
    if verb.tag_ == "VBG":
        if any(child.lemma_ == "be" for child in auxiliaries):
            return "present"
        return _above(verb)
    if verb.tag_ == "VBN":
        if any(child.lemma_ == "be" for child in auxiliaries):
            return "present"
        return "past" if not auxiliaries else _above(verb)
    return _above(verb)


# An infinitive after these has happened; after other verbs it lies ahead.
_DONE_WITH_INFINITIVE: Final = frozenset(
    ("manage", "go", "begin", "start", "continue", "come", "help", "use", "seem", "appear", "happen", "fail", "arrive",
     "travel", "fly", "meet", "gather", "return", "visit", "phone", "call", "write", "speak", "be")
)  # fmt: skip


def _infinitive_tense(verb: Token) -> Tense | None:
    head = verb.head
    if head.i == verb.i:
        return "future"
    if head.pos_ in ("VERB", "AUX") and head.lemma_ in _DONE_WITH_INFINITIVE and head.lemma_ != "be":
        return verb_tense(head)
    return "future"


def _above(verb: Token) -> Tense | None:
    current = verb
    for _ in range(8):
        if current.head.i == current.i:
            return None
        current = current.head
        if current.pos_ in ("VERB", "AUX"):
            return verb_tense(current)
    return None
