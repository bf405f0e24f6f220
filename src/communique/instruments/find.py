"""Instruments that a report makes, changes or treats as existing, with their parties and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from communique import tables
from communique.actors.cast import Cast
from communique.instruments.status import ORDER, StatusReader
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
_STOP = frozenset(
    """the a an of on for in and to with between against its their his her this that new first second third fourth fifth
    sixth seventh eighth ninth tenth one two three four five six seven eight nine ten""".split()
)
# Bodies are mechanisms between states only when something says that they are shared.
_SHARED = frozenset(
    """joint intergovernmental bilateral trilateral mixed border cooperation coordination contact working planning
    strategic dialogue consultation""".split()
)
_BODIES = frozenset({"committee", "commission", "council", "subcommittee", "platform", "group", "force", "format"})


class Handled(NamedTuple):
    """What an event says of the instrument named at `token`: its countries, and the status it brings, if any."""

    token: int
    countries: tuple[str, ...]
    status: InstrumentStatus | None
    trigger: int


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
    year: int | None = None  # of a themed year


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[tuple[tuple[str, ...], InstrumentKind, InstrumentStatus], ...]]:
    """Head word -> (words, kind, usual status), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], InstrumentKind, InstrumentStatus]]] = {}
    for row in tables.rows("instrument_words"):
        words = tuple(row["words"].replace("-", " ").split())
        head = words[-1] if "of" not in words else words[words.index("of") - 1]
        found.setdefault(head, []).append((words, row["kind"], row["usual"]))  # type: ignore[arg-type]
    return {head: tuple(sorted(entries, key=lambda e: -len(e[0]))) for head, entries in found.items()}


class InstrumentFinder:
    """Finds the instruments of one Doc. `handled` is what the events do with them, `year` that of writing."""

    def __init__(
        self, doc: Doc, clauses: Clauses, cast: Cast, status: StatusReader, handled: Sequence[Handled], *,
        quoted: Iterable[tuple[int, int]] = (), year: int | None = None,
    ) -> None:  # fmt: skip
        self.doc = doc
        self.clauses = clauses
        self.cast = cast
        self.status = status
        self.handled = handled
        self.quoted = tuple(quoted)
        self.year = year

    def find(self) -> list[FoundInstrument]:
        """Instruments in text order, each once. None where no event between states is told at all."""
        found: list[FoundInstrument] = []
        if not self.handled:
            return found
        for token in self.doc:
            if token.pos_ in {"NOUN", "PROPN"} and _stands_alone(token):
                item = self._at(token)
                if item is not None:
                    _add(found, item)
        return [self._ended(item) for item in found]

    def _at(self, token: Token) -> FoundInstrument | None:
        kind, usual = _kind(self.doc, token)
        if kind is None or usual is None:
            return None
        name, start, end = self._name(token, kind)
        parties = self._parties(token, start, end, kind)
        if not self._is_instrument(token, kind, name, start, parties):
            return None
        step = self.status.read(token.i)
        if step is not None and step.wish:
            return None
        said = [step.status] if step is not None else []
        if not said:
            said = [h.status for h in self.handled if h.token == token.i and h.status is not None]
        if not said and kind in {"agreement", "joint-statement"}:
            said = [h.status for h in self.handled if h.status == "signed" and self._same_sentence(h.trigger, token.i)]
        status = _standing(kind, max(said, key=ORDER.index)) if said else usual
        return FoundInstrument(
            kind, name, parties, status, bool(said), (token.i,), sentence_of(self.doc, token.i), _definite(token),
            _year_near(self.doc, start, end),
        )  # fmt: skip

    def _same_sentence(self, a: int, b: int) -> bool:
        return bool(self.doc[a].sent.start == self.doc[b].sent.start)

    def _ended(self, item: FoundInstrument) -> FoundInstrument:
        """A themed year that lies before the year of writing is over."""
        if item.kind == "themed-year" and item.year is not None and self.year is not None and item.year < self.year:
            return replace(item, status="ended")
        return item

    # --- the name ----------------------------------------------------------------------------------------------------

    def _name(self, token: Token, kind: InstrumentKind) -> tuple[str, int, int]:
        """The noun phrase without its article: modifiers, head, and the phrases that say what it is about."""
        doc = self.doc
        start = token.i
        for child in token.children:
            if (
                child.i < token.i
                and child.dep_ in {"amod", "compound", "nmod", "nummod", "punct"}
                and child.text != ","
            ):
                start = min(start, child.left_edge.i)
        end = token.i + 1
        for child in token.children:
            if child.i != end or child.dep_ != "prep" or child.lower_ not in _COMPLEMENTS:
                continue
            if child.lower_ in {"in", "with", "to"} and kind != "themed-year":
                break
            end = max(end, self._complement_end(child))
        while end > token.i + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].lower_ == "and"):
            end -= 1
        while start < token.i and (doc[start].is_punct or doc[start].pos_ in {"DET", "NUM"}):
            start += 1
        return doc[start:end].text, start, end

    @staticmethod
    def _complement_end(prep: Token) -> int:
        """Where the phrase ends: a clause that follows is no part of the name, nor is a date."""
        stop = int(prep.right_edge.i) + 1
        for inner in prep.subtree:
            if inner.dep_ in {"relcl", "advcl", "acl"} or inner.tag_ == "WDT" or inner.text in {",", ";"}:
                stop = min(stop, inner.left_edge.i)
            if inner.dep_ == "prep" and inner.i > prep.i and any(c.ent_type_ == "DATE" for c in inner.children):
                stop = min(stop, inner.i)
        if any(c.ent_type_ == "DATE" and c.like_num for c in prep.children):
            return int(prep.i)
        return stop

    def _is_instrument(
        self, token: Token, kind: InstrumentKind, name: str, start: int, parties: tuple[str, ...]
    ) -> bool:
        """Words that name other things too count only in the shape of an instrument's name."""
        if kind == "themed-year":
            return " of " in name and token.text[:1].isupper()
        if kind == "initiative":
            return token.text[:1].isupper() and name.count(" ") >= 1
        if kind == "partnership":
            known = "strategic" in name.lower() or "comprehensive" in name.lower() or token.text[:1].isupper()
            return known and name.count(" ") >= 1 and not any(a <= token.i < b for a, b in self.quoted)
        if kind == "mechanism":
            words = {w.lower() for w in name.replace("-", " ").split()}
            if token.lower_ in _BODIES and not words & _SHARED:
                return False
            return name.count(" ") >= 1
        if token.lower_ == "contract" or (token.lower_ == "statement" and "joint" not in name.lower() and not parties):
            return False
        # With nobody named as a party the words of everyday life ("a deal", "a truce") need a proper name.
        return bool(parties) or any(t.pos_ == "PROPN" for t in self.doc[start : token.i + 1]) or self._is_handled(token)

    def _is_handled(self, token: Token) -> bool:
        return any(h.token == token.i for h in self.handled)

    # --- the parties -------------------------------------------------------------------------------------------------

    def _parties(self, token: Token, start: int, end: int, kind: InstrumentKind) -> tuple[str, ...]:
        """Countries of the phrase, else of the event that handles it, else of the passage."""
        named = self._named(token, start, end)
        if kind == "initiative":
            owner = next((h.countries for h in self.handled if h.token == token.i), ()) or self._doer(token)
            return tuple(sorted(set(owner[:1])))
        if len(named) > 1:
            return tuple(sorted(named))
        nearest = (self._doer(token) if kind == "sanctions-regime" else ()) or self._around(token, named)
        return tuple(sorted({*named, *nearest}))

    def _named(self, token: Token, start: int, end: int) -> set[str]:
        inside = {*range(start, end), *self.clauses.owners(token.i)}
        for prep in ("between", "with", "among", "against", "of", "on", "by"):
            inside |= set(self.clauses.preps(token.i).get(prep, ()))
        return {c for i in inside for c in self._countries(i)}

    def _countries(self, i: int) -> set[str]:
        mention = self.cast.at(i)
        if mention is None:
            return set()
        members = self.cast.expand(self.cast.actors[mention.actor])
        return {m.country for m in members if m.country and m.acts}

    def _doer(self, token: Token) -> tuple[str, ...]:
        governor = self.clauses.governor(token.i)
        if governor is None or self.doc[governor[0]].pos_ not in {"VERB", "AUX"}:
            return ()
        return tuple(c for h in self.clauses.clause(governor[0]).subjects for c in sorted(self._countries(h)))

    def _around(self, token: Token, named: set[str]) -> tuple[str, ...]:
        """The event that handles it, then one in its sentence, then the nearest one before; all must hold `named`."""
        ranked = sorted(
            (h for h in self.handled if len(h.countries) > 1 and named <= set(h.countries)),
            key=lambda h: (h.token != token.i, not self._same_sentence(h.trigger, token.i), abs(h.trigger - token.i)),
        )
        if ranked:
            return ranked[0].countries
        return self._doer(token)


def _standing(kind: InstrumentKind, status: InstrumentStatus) -> InstrumentStatus:
    """What a step means for this kind: sanctions imposed and years declared are active, an initiative proposed too."""
    if kind in {"themed-year", "sanctions-regime"} and status == "established":
        return "active"
    if kind == "initiative" and status in {"proposed", "established"}:
        return "active"
    return status


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


def _definite(token: Token) -> bool:
    determiner = next((c.lower_ for c in token.children if c.dep_ == "det"), "")
    return determiner in {"the", "this", "that", "these"} or any(c.dep_ == "poss" for c in token.children)


def _year_near(doc: Doc, start: int, end: int) -> int | None:
    """A year in the name, before it or right after it: "the 2024 Year of ...", "the Year of ... in 2006"."""
    for token in doc[max(0, start - 2) : min(len(doc), end + 3)]:
        if token.is_digit and len(token) == 4 and token.text[:2] in {"19", "20"}:
            return int(token.text)
    return None


def _add(found: list[FoundInstrument], item: FoundInstrument) -> None:
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
        year=held.year or item.year,
    )


def _says_more(held: FoundInstrument, item: FoundInstrument) -> bool:
    if item.explicit != held.explicit:
        return item.explicit
    if held.kind == "mechanism" and held.status == "established" and item.status == "active":
        return False  # founded here, and already at work
    return item.explicit and ORDER.index(item.status) > ORDER.index(held.status)


def _content(name: str) -> set[str]:
    words = {w.strip(".,'’\"").lower() for w in name.replace("-", " ").split()}
    return {w for w in words - _STOP if w and not w.isdigit()}


def _same(a: FoundInstrument, b: FoundInstrument) -> bool:
    if a.kind != b.kind or (a.year and b.year and a.year != b.year):
        return False
    mine, theirs = _content(a.name), _content(b.name)
    if mine == theirs:
        return b.definite or a.kind in {"themed-year", "initiative", "partnership", "sanctions-regime"}
    if b.definite and (theirs <= _GENERIC or theirs <= mine):
        return True
    small, large = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    return len(small - _GENERIC) > 0 and small <= large
