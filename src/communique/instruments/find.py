"""Instruments that a report makes, changes or treats as existing, with their parties and where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from communique import tables
from communique.actors.cast import Cast
from communique.instruments.status import ORDER, StatusReader, Step
from communique.language.clauses import Clauses, lemma_of
from communique.language.sentences import sentence_of
from communique.model import InstrumentKind, InstrumentStatus, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COMPLEMENTS = frozenset({"of", "on", "for", "in", "against", "between", "with", "to"})
_GENERIC = frozenset(
    """agreement agreements accord accords pact treaty deal document documents statement declaration protocol mechanism
    initiative partnership sanctions""".split()
)
_STOP = frozenset("the a an of on for in and to with between against its their his her this that".split())


@dataclass(frozen=True, slots=True)
class FoundInstrument:
    """An instrument with the tokens that name it. `heads` are its mentions' head tokens, first one first."""

    kind: InstrumentKind
    name: str
    parties: tuple[str, ...]
    status: InstrumentStatus
    explicit: bool  # the status was said, not taken as usual
    heads: tuple[int, ...]
    sentence: Span
    definite: bool  # "the agreement", "it": may be one named before


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[tuple[tuple[str, ...], InstrumentKind, InstrumentStatus], ...]]:
    """Head word -> (words, kind, usual status), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], InstrumentKind, InstrumentStatus]]] = {}
    for row in tables.rows("instrument_words"):
        words = tuple(row["words"].replace("-", " ").split())
        head = words[-1] if "of" not in words else words[words.index("of") - 1]
        found.setdefault(head, []).append((words, row["kind"], row["usual"]))  # type: ignore[arg-type]
    return {head: tuple(sorted(entries, key=lambda e: -len(e[0]))) for head, entries in found.items()}


def find_instruments(
    doc: Doc, clauses: Clauses, cast: Cast, status: StatusReader, dyad_at: Callable[[int], tuple[str, ...]]
) -> list[FoundInstrument]:
    """Instruments in text order. `dyad_at` gives the countries that a token's event or passage concerns."""
    found: list[FoundInstrument] = []
    for token in doc:
        if token.pos_ not in {"NOUN", "PROPN"} or not _stands_alone(token):
            continue
        kind, usual = _kind(doc, token)
        if kind is None or usual is None:
            continue
        name, start, end = _name(doc, clauses, token, kind)
        if not _is_instrument(doc, token, kind, name):
            continue
        step = status.read(token.i)
        parties = _parties(doc, clauses, cast, token, start, end) or dyad_at(token.i)
        item = FoundInstrument(
            kind, name, tuple(sorted(set(parties))), step.status if step else usual, step is not None, (token.i,),
            sentence_of(doc, token.i), _definite(token),
        )  # fmt: skip
        _add(found, item, step)
    return found


def _stands_alone(token: Token) -> bool:
    """Not a mere modifier: "agreement text", "treaty port"."""
    return not (token.dep_ in {"compound", "nmod"} and token.head.i > token.i and token.head.pos_ in {"NOUN", "PROPN"})


def _kind(doc: Doc, token: Token) -> tuple[InstrumentKind | None, InstrumentStatus | None]:
    for form in dict.fromkeys((token.lower_, lemma_of(token))):
        for words, kind, usual in _words().get(form, ()):
            if _written(doc, token.i, words, form):
                return kind, usual
    return None, None


def _written(doc: Doc, i: int, words: tuple[str, ...], head: str) -> bool:
    """Whether `words` stand round token `i`, which is their head; hyphens count as spaces."""
    at = words.index(head) if head in words else len(words) - 1
    before = [t.lower_ for t in doc[max(0, i - 6) : i] if t.text != "-"]
    after = [t.lower_ for t in doc[i + 1 : i + 6]]
    head_words, tail = words[:at], words[at + 1 :]
    fits_before = not head_words or tuple(before[-len(head_words) :]) == head_words
    return fits_before and tuple(after[: len(tail)]) == tail


def _name(doc: Doc, clauses: Clauses, token: Token, kind: InstrumentKind) -> tuple[str, int, int]:
    """The noun phrase without its article: modifiers, head, and the phrases that say what it is about."""
    start = token.i
    for child in token.children:
        if child.i < token.i and child.dep_ in {"amod", "compound", "nmod", "nummod", "punct"} and child.text != ",":
            start = min(start, child.left_edge.i)
    end = token.i + 1
    for child in token.children:
        if child.i == end and child.dep_ == "prep" and child.lower_ in _COMPLEMENTS:
            if child.lower_ in {"in", "with", "to"} and kind != "themed-year":
                break
            stop = child.right_edge.i + 1
            for inner in child.subtree:  # a clause that follows is no part of the name
                if inner.dep_ in {"relcl", "advcl", "acl"} or inner.tag_ == "WDT" or inner.text in {",", ";"}:
                    stop = min(stop, inner.left_edge.i)
            end = max(end, stop)
    while end > token.i + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].lower_ == "and"):
        end -= 1
    while start < token.i and (doc[start].is_punct or doc[start].pos_ == "DET"):
        start += 1
    return doc[start:end].text, start, end


def _is_instrument(doc: Doc, token: Token, kind: InstrumentKind, name: str) -> bool:
    """Words that name other things too count only in the shape of an instrument's name."""
    if kind == "themed-year":
        return token.pos_ == "PROPN" or (token.text[:1].isupper() and " of " in name)
    if kind == "initiative":
        return token.text[:1].isupper() and name.count(" ") >= 1
    if kind in {"partnership", "mechanism"}:
        return name.count(" ") >= 1
    if token.lower_ in {"declaration", "communique", "communiqué", "charter", "protocol", "contract", "ban", "deal"}:
        return token.dep_ not in {"compound"} and token.lower_ != "contract"
    return True


def _definite(token: Token) -> bool:
    determiner = next((c.lower_ for c in token.children if c.dep_ == "det"), "")
    return determiner in {"the", "this", "that", "these"} or any(c.dep_ == "poss" for c in token.children)


def _parties(doc: Doc, clauses: Clauses, cast: Cast, token: Token, start: int, end: int) -> tuple[str, ...]:
    """Countries named in the phrase: "China-Peru accord", "treaty between A and B", "Britain's pact with Japan"."""
    countries: list[str] = []
    inside = {*range(start, end), *clauses.owners(token.i)}
    for heads in (clauses.preps(token.i).get(p, ()) for p in ("between", "with", "among", "against", "of")):
        inside |= set(heads)
    for i in sorted(inside):
        mention = cast.at(i)
        if mention is None:
            continue
        for member in cast.expand(cast.actors[mention.actor]):
            if member.country and member.acts and member.country not in countries:
                countries.append(member.country)
    return tuple(countries) if len(countries) > 1 else ()


def _add(found: list[FoundInstrument], item: FoundInstrument, step: Step | None) -> None:
    """Append, or join with the one that it names again; a later, stronger status replaces an earlier one."""
    at = next((k for k in range(len(found) - 1, -1, -1) if _same(found[k], item)), None)
    if at is None:
        found.append(item)
        return
    held = found[at]
    better = item if _says_more(held, item) else held
    found[at] = replace(
        held,
        name=held.name if len(held.name) >= len(item.name) or not item.definite else item.name,
        parties=held.parties or item.parties,
        status=better.status,
        explicit=held.explicit or item.explicit,
        heads=(*held.heads, *item.heads),
        sentence=better.sentence if item.explicit and not held.explicit else held.sentence,
    )


def _says_more(held: FoundInstrument, item: FoundInstrument) -> bool:
    if item.explicit != held.explicit:
        return item.explicit
    return item.explicit and ORDER.index(item.status) > ORDER.index(held.status)


def _content(name: str) -> set[str]:
    words = {w.strip(".,'’\"").lower() for w in name.replace("-", " ").split()}
    return words - _STOP - {""}


def _same(a: FoundInstrument, b: FoundInstrument) -> bool:
    if a.kind != b.kind:
        return False
    mine, theirs = _content(a.name), _content(b.name)
    if mine == theirs:
        return b.definite or a.kind in {"themed-year", "initiative", "partnership", "sanctions-regime"}
    if b.definite and (theirs <= _GENERIC or theirs <= mine):
        return True
    small, large = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    return len(small - _GENERIC) > 0 and small <= large
