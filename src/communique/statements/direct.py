"""Quotations that stand by themselves, each tied to the verb that gives it and so to its speaker.

The tie is read from the words beside the marks, because parsers lose their way there: after the quotation
("...," X said), before it (X said: "..."), at the end of the paragraph before, and, where there is no verb, from the
statement or subject last spoken of ("X was more careful. "...""). Parts of one quotation are put together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communique.language.clauses import Clauses, is_passive
from communique.statements.complements import is_clause
from communique.statements.drafts import Draft, is_finite, lemma, particle_of, ranges, verb_group
from communique.statements.lexicon import Cue, cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from communique.statements.quotes import Quote

STOPS = frozenset({".", "!", "?", ";"})
SPEAKERISH = frozenset({"NOUN", "PROPN", "PRON"})
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(slots=True)
class Utterance:
    """A quotation in tokens `[start, end)`, marks included; `inner` without them."""

    quote: Quote
    start: int
    end: int
    line: int
    whole: bool = False  # stands by itself
    verb: int | None = None
    use: Cue | None = None
    heads: tuple[int, ...] = ()
    where: str = ""  # "after", "before", "above"
    parts: list[int] = field(default_factory=list)


def tokens_of(doc: Doc, quotes: Sequence[Quote]) -> list[Utterance]:
    """The quotations as token ranges; those that fall between tokens are left out."""
    starts = [t.idx for t in doc]
    found = []
    for quote in quotes:
        first = bisect_left(starts, quote.start)
        if (
            first < len(doc)
            and starts[first] > quote.start
            and first
            and starts[first - 1] + len(doc[first - 1]) > quote.start
        ):
            first -= 1
        elif first == len(doc) or (first and starts[first] > quote.start):
            first = bisect_right(starts, quote.start) - 1
        last = bisect_left(starts, quote.end)
        if last > first:
            found.append(Utterance(quote, first, last, quote.line))
    return found


def tie(doc: Doc, clauses: Clauses, quotes: Sequence[Quote]) -> tuple[list[Utterance], list[bool]]:
    """All quotations with the verbs of those that stand by themselves, and for each token whether it lies in one.

    Words inside quoted fragments ("a delicate point") do not count as closed off.
    """
    utterances = tokens_of(doc, quotes)
    quoted = [False] * len(doc)
    for u in utterances:
        for i in range(u.start, u.end):
            quoted[i] = True
    for u in utterances:
        u.whole = _stands_alone(doc, u, quoted)
    closed = [False] * len(doc)
    for u in utterances:
        if u.whole:
            for i in range(u.start, u.end):
                closed[i] = True
    for u in utterances:
        if u.whole:
            _find_verb(doc, clauses, u, closed, quoted)
    return utterances, closed


def _stands_alone(doc: Doc, u: Utterance, quoted: list[bool]) -> bool:
    """Whether the quotation is somebody's whole words and not a term or a phrase set into another sentence."""
    words = [t for t in doc[u.start : u.end] if t.is_alpha or t.like_num]
    if not words:
        return False
    before = _before(doc, u.start)
    after = doc[u.end] if u.end < len(doc) else None
    head = before is None or before.text in {".", "!", "?", ":", "”", '"'} or before.is_space
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in words)
    inner_end = doc[u.end - 2].text if u.end - 2 > u.start and u.quote.closed else doc[u.end - 1].text
    stopped = inner_end in {".", "!", "?", ",", "…", "..."}
    if not u.quote.closed:
        return head or (before is not None and before.text in {",", "-", "–", "—"}) or _is_cue_before(doc, u)
    if head:
        if finite or stopped or len(words) >= 5:
            return True
        return before is not None and before.text == ":" and len(words) >= 2
    if before is not None and before.text in {",", "-", "–", "—"}:
        return (finite or stopped or len(words) >= 5) and (words[0].text[:1].isupper() or stopped or finite)
    if _is_cue_before(doc, u):
        return finite and len(words) >= 4
    return bool(
        after is not None and finite and stopped and inner_end == "," and len(words) >= 5 and words[0].text[0].isupper()
    )


def _is_cue_before(doc: Doc, u: Utterance) -> bool:
    before = _before(doc, u.start)
    return (
        before is not None and any("quote" in c.shapes for c in cues().get(lemma(before), ())) and before.pos_ == "VERB"
    )


def _before(doc: Doc, i: int) -> Token | None:
    """The token before `i` in its paragraph."""
    if i == 0 or "\n" in doc[i - 1].text:
        return None
    token = doc[i - 1]
    return doc[i - 2] if token.is_space and i > 1 else token


# --- the verb ----------------------------------------------------------------------------------------------------


def _find_verb(doc: Doc, clauses: Clauses, u: Utterance, closed: list[bool], quoted: list[bool]) -> None:
    after = _segment_after(doc, u.end, closed)
    before = _segment_before(doc, u.start, closed)
    last = doc[u.end - 2].text if u.quote.closed and u.end - 2 >= u.start else doc[u.end - 1].text
    led = (before != (0, 0) and doc[before[1] - 1].text in {":", ","}) or _is_cue_before(doc, u)
    colon = before != (0, 0) and doc[before[1] - 1].text == ":"
    tagged = last in {",", "?", "!", "…"} or (after != (0, 0) and doc[after[0]].text == ",")
    order = ["after", "before"] if (tagged and not colon) else ["before", "after"]
    for side in order:
        segment = after if side == "after" else before
        if segment == (0, 0):
            continue
        if side == "after" and last == "." and not tagged and doc[u.end].text != "," and _starts_sentence(doc, segment):
            continue
        verb = _verb_after(doc, segment, quoted) if side == "after" else _verb_before(doc, segment, quoted, led)
        if verb is not None:
            _take(doc, clauses, u, verb, segment, side)
            return
    if (
        colon
        and u.verb is None
        and not any(doc[i].pos_ in VERBAL for i in range(*before))
        and before[1] - before[0] <= 9
    ):
        named = [i for i in range(*before) if doc[i].pos_ == "PROPN"]  # as in an interview: the name and a colon
        if named:
            u.heads = (_phrase_head(doc[named[-1]], *before),)
    if before == (0, 0):
        _from_line_above(doc, clauses, u, closed, quoted)


def _starts_sentence(doc: Doc, segment: tuple[int, int]) -> bool:
    """After a closed sentence: "... table." Then X left." The words after are a new sentence unless they are a tag."""
    first = doc[segment[0]]
    words = [t for t in doc[segment[0] : segment[1]] if not t.is_punct]
    short = len(words) <= 8
    return first.text[:1].isupper() and not (short and any(_quotes(t) for t in words))


def _quotes(token: Token) -> bool:
    return token.pos_ == "VERB" and any("quote" in use.shapes for use in cues().get(lemma(token), ()))


def _segment_after(doc: Doc, start: int, closed: list[bool]) -> tuple[int, int]:
    end = start
    while end < len(doc) and not closed[end] and "\n" not in doc[end].text:
        if doc[end].text in STOPS or (doc[end].text == ":" and end > start):
            break
        end += 1
    return (start, end) if any(doc[i].is_alpha for i in range(start, end)) else (0, 0)


def _segment_before(doc: Doc, end: int, closed: list[bool]) -> tuple[int, int]:
    while end > 0 and doc[end - 1].is_space and "\n" not in doc[end - 1].text:
        end -= 1
    start = end
    while start > 0 and not closed[start - 1] and "\n" not in doc[start - 1].text:
        if doc[start - 1].text in STOPS:
            break
        start -= 1
    return (start, end) if any(doc[i].is_alpha for i in range(start, end)) else (0, 0)


def _verb_after(doc: Doc, segment: tuple[int, int], quoted: list[bool]) -> Token | None:
    """The first verb of the words after a quotation, if it can give one."""
    start, end = segment
    k = start
    while k < end and doc[k].is_punct:
        k += 1
    if k < end and doc[k].lower_ in {"and", "but", "which", "who", "when", "while", "that", "in", "for", "to"}:
        return None
    verbs = [
        doc[i]
        for i in range(k, end)
        if doc[i].pos_ in VERBAL and not quoted[i] and doc[i].dep_ not in {"aux", "auxpass"}
    ]
    for verb in verbs:
        if verb.dep_ == "relcl" and any(c.tag_ in {"WP", "WDT"} for c in verb.children):
            continue
        if verb.tag_ in {"VBN", "VBG"} and verb.dep_ == "acl":
            continue
        if lemma(verb) == "quote" and is_passive(verb):
            saying = next((v for v in verbs if v.i > verb.i and lemma(v) in {"say", "tell"}), None)
            return saying or verb
        if _quotes(verb) and not _has_clause(verb, quoted):
            return verb
        inverted = verb.tag_ in {"VBD", "VBZ"} and verb.i - k <= 1 and end - k <= 14
        return verb if inverted and _comma_closed(doc, k) else None
    return None


def _comma_closed(doc: Doc, k: int) -> bool:
    """Whether the quotation before token `k` ends in a comma, a question mark or an exclamation mark."""
    return any(doc[i].text in {",", "?", "!"} for i in range(max(0, k - 2), k))


def _has_clause(verb: Token, quoted: list[bool]) -> bool:
    """A clause of reported words of its own."""
    return any(
        c.dep_ == "ccomp"
        and not quoted[c.i]
        and c.i > verb.i
        and any(g.lower_ == "that" and g.dep_ == "mark" for g in c.children)
        for c in verb.children
    )


def _verb_before(doc: Doc, segment: tuple[int, int], quoted: list[bool], led: bool) -> Token | None:
    """The last verb before a quotation that can give one."""
    start, end = segment
    for i in range(end - 1, start - 1, -1):
        token = doc[i]
        if not led or quoted[i]:
            continue
        if i >= end - 2 and token.lower_ in {"read", "reads"}:  # taggers take it for a noun
            return token
        if token.pos_ not in VERBAL:
            continue
        if _quotes(token) and not (token.dep_ == "relcl" and not _ends_at(doc, token, end)):
            if is_passive(token) and lemma(token) not in {"quote", "cite"}:
                continue
            return token
    return None


def _ends_at(doc: Doc, token: Token, end: int) -> bool:
    return end - token.i <= 4


def _from_line_above(doc: Doc, clauses: Clauses, u: Utterance, closed: list[bool], quoted: list[bool]) -> None:
    """A paragraph that ends in a colon gives the quotation in the next one."""
    i = u.start
    while i > 0 and doc[i - 1].is_space:
        i -= 1
    if i == 0 or doc[i - 1].text != ":":
        return
    segment = _segment_before(doc, i, closed)
    if segment == (0, 0):
        return
    verb = _verb_before(doc, segment, quoted, True)
    if verb is None:
        verb = next(
            (doc[k] for k in range(*segment) if doc[k].pos_ in VERBAL and is_finite(doc[k]) and not quoted[k]), None
        )
    if verb is not None:
        _take(doc, clauses, u, verb, segment, "above")


def _take(doc: Doc, clauses: Clauses, u: Utterance, verb: Token, segment: tuple[int, int], side: str) -> None:
    uses = [c for c in cues().get(lemma(verb), ()) if "quote" in c.shapes and c.particle in {"", particle_of(verb)}]
    u.verb = verb.i
    u.use = uses[0] if uses else None
    u.where = side
    heads = clauses.surface_subjects(verb.i)
    if lemma(verb) == "say" and verb.dep_ == "pcomp" and verb.head.lower_ == "as" and lemma(verb.head.head) == "quote":
        heads = clauses.surface_subjects(verb.head.head.i)
    elif is_passive(verb) and lemma(verb) not in {"quote", "cite"}:
        heads = clauses.clause(verb.i).subjects
    if not heads and verb.pos_ not in VERBAL:
        heads = tuple(c.i for c in verb.children if c.dep_ in {"compound", "nsubj", "nmod"} and c.i < verb.i)[-1:]
    inside = range(u.start, u.end)
    heads = tuple(h for h in heads if h not in inside)
    if (
        heads
        and side == "after"
        and not any(segment[0] <= h < segment[1] for h in heads)
        and verb.tag_ in {"VBD", "VBZ"}
    ):
        heads = _beside(doc, verb, segment) or heads
    u.heads = heads or _beside(doc, verb, segment)


def _beside(doc: Doc, verb: Token, segment: tuple[int, int]) -> tuple[int, ...]:
    """The noun phrase next to a verb whose subject the parser did not find."""
    start, end = segment
    before = [i for i in range(start, verb_group(verb)[0]) if doc[i].pos_ in SPEAKERISH]
    if before:
        return (_phrase_head(doc[before[-1]], start, verb.i),)
    after = [i for i in range(verb.i + 1, min(end, verb.i + 8)) if doc[i].pos_ in SPEAKERISH]
    if after and not any(doc[k].pos_ in {"ADP", "SCONJ"} for k in range(verb.i + 1, after[0])):
        return (_phrase_head(doc[after[0]], verb.i + 1, end),)
    return ()


def _phrase_head(token: Token, start: int, end: int) -> int:
    while token.dep_ in {"compound", "poss", "nmod", "amod", "appos", "flat"} and start <= token.head.i < end:
        token = token.head
    return token.i


# --- statements ---------------------------------------------------------------------------------------------------


def quotation_drafts(doc: Doc, utterances: list[Utterance]) -> list[Draft]:
    """Drafts of the quotations that stand by themselves; parts of one are one draft, in text order."""
    drafts: list[Draft] = []
    previous: Utterance | None = None
    for u in utterances:
        if not u.whole:
            continue
        joined = previous is not None and drafts and _goes_on(doc, previous, u)
        if joined:
            drafts[-1].content.append((u.start, u.end))
            if drafts[-1].cue is None and u.verb is not None:
                _cue(doc, drafts[-1], u)
        else:
            draft = Draft("", "saying", "quote", None, None, [(u.start, u.end)], quoted=True, anchor=u.start)
            _cue(doc, draft, u)
            drafts.append(draft)
        previous = u
    return drafts


def _cue(doc: Doc, draft: Draft, u: Utterance) -> None:
    if u.verb is None:
        draft.heads = u.heads
        draft.follows = not u.heads
        return
    verb = doc[u.verb]
    draft.lemma = lemma(verb)
    draft.act = u.use.act if u.use is not None else "saying"
    draft.cue = verb_group(verb)
    draft.cue_head = verb.i
    draft.heads = u.heads
    draft.anchor = verb.i
    draft.follows = False
    if u.where != "after":
        draft.content[:0] = _reported_part(doc, verb, u)
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
        draft.cue = (verb_group(verb.head.head)[0], verb.i + 1)
    if u.use is not None and u.use.addressee == "object":
        draft.addressee = next(
            (c.i for c in verb.children if c.dep_ in {"dobj", "dative"} and not u.start <= c.i < u.end), None
        )
    elif u.use is not None and u.use.addressee:
        for child in verb.children:
            if child.lower_ == u.use.addressee and child.dep_ in {"prep", "dative"}:
                draft.addressee = next((c.i for c in child.children if c.dep_ == "pobj"), None)


def _reported_part(doc: Doc, verb: Token, u: Utterance) -> list[tuple[int, int]]:
    """ "X said the talks must go on: "..."": the reported words before the quotation belong to the same statement."""
    for child in verb.children:
        if child.dep_ == "ccomp" and verb.i < child.i < u.start and is_clause(child):
            return ranges({t.i for t in child.subtree if t.i < u.start}, doc)
    return []


def _goes_on(doc: Doc, previous: Utterance, u: Utterance) -> bool:
    """Whether `u` is the next part of the same quotation."""
    if previous.quote.runs_on and u.line == previous.line + 1:
        return True
    between = doc[previous.end : u.start]
    narrative = [t for t in between if not t.is_punct and not t.is_space]
    if u.verb is None:
        if not narrative:
            return u.line - previous.line <= 1
        if previous.verb is not None and previous.where == "after" and previous.verb in range(previous.end, u.start):
            # "...," X said. "..."  and  "...," X said.\n\n"...": nothing but the tag stands between
            last = max((k for k, t in enumerate(between) if t.text in STOPS), default=-1)
            stops = sum(t.text in STOPS for t in between)
            words_after = any(t.is_alpha for t in between[last + 1 :])  # "...," it said; and later, "..."
            return stops <= 1 and not words_after and u.line - previous.line <= 1
        return False
    if previous.verb is None:
        return not narrative and u.line == previous.line
    return previous.verb == u.verb  # "...," said X, "..."


def used_verbs(utterances: list[Utterance]) -> frozenset[int]:
    return frozenset(u.verb for u in utterances if u.whole and u.verb is not None)


__all__ = ["Utterance", "quotation_drafts", "tie", "used_verbs"]
