"""Instruments that a report makes, changes or treats as existing, with their parties and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from communique import tables
from communique.actors.cast import Cast
from communique.instruments.joining import GENERIC, FoundInstrument, add
from communique.instruments.naming import name_of
from communique.instruments.status import ORDER, StatusReader
from communique.language.clauses import Clauses, lemma_of
from communique.language.columns import columns_of
from communique.language.sentences import sentence_of
from communique.model import InstrumentKind, InstrumentStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Bodies are mechanisms between states only when something says that they are shared.
_SHARED = frozenset(
    """joint intergovernmental bilateral trilateral mixed border cooperation coordination contact working planning
    strategic dialogue consultation binational bi inter high-level""".split()
)
# What a dialogue in small letters must be called to be more than talking to each other.
_STANDING = frozenset(
    """strategic high-level high level ministerial annual regular defence defense security energy rights political
    consultation ministers""".split()
)
_BODIES = frozenset({"committee", "commission", "council", "subcommittee", "platform", "group", "force", "format"})
_JOINT = frozenset({"joint", "common", "trilateral", "tripartite", "quadrilateral", "final"})  # statements
# An instrument that may come or has not come is none.
_UNREAL = frozenset(
    {"possible", "potential", "eventual", "hypothetical", "likely", "future", "no", "any", "neither", "without"}
)


class Handled(NamedTuple):
    """What an event says of the instrument named at `token`: its countries, and the status it brings, if any."""

    token: int
    countries: tuple[str, ...]
    status: InstrumentStatus | None
    trigger: int


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[tuple[tuple[str, ...], InstrumentKind, InstrumentStatus], ...]]:
    """Head word -> (words, kind, usual status), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], InstrumentKind, InstrumentStatus]]] = {}
    for row in tables.rows("instrument_words"):
        words = tuple(row["words"].replace("-", " ").split())
        link = next((word for word in words if word in {"of", "from"}), None)
        head = words[words.index(link) - 1] if link else words[-1]
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
        for i, pos in enumerate(columns_of(self.doc).pos):
            token = self.doc[i] if pos in {"NOUN", "PROPN"} else None
            if token is None or not _stands_alone(token):
                continue
            if self._is_told_with(token) or self._is_in_office(token) or _is_short_form(token):
                continue
            item = self._at(token)
            if item is not None:
                add(found, item, called=_called(token))
        return [self._ended(item) for item in found]

    def _at(self, token: Token) -> FoundInstrument | None:
        kind, usual = _kind(self.doc, token)
        if kind is None or usual is None:
            return None
        name, start, end = name_of(token, kind)
        parties = self._parties(token, start, end, kind)
        if self._is_unreal(token) or not self._is_instrument(token, kind, name, start, end, parties):
            return None
        step = self.status.read(token.i)
        if step is not None and step.wish:
            return None
        said = [step.status] if step is not None else []
        if not said:
            said = [h.status for h in self.handled if h.token == token.i and h.status is not None]
        if not said and kind in {"agreement", "joint-statement"}:
            said = [h.status for h in self.handled if h.status == "signed" and self._same_sentence(h.trigger, token.i)]
        if self._is_vague(token, name, bool(said)):
            definite = _definite(token)
            return (
                FoundInstrument(
                    kind,
                    name,
                    parties,
                    usual,
                    False,
                    (token.i,),
                    sentence_of(self.doc, token.i),
                    definite,
                    None,
                    vague=True,
                )
                if definite
                else None
            )
        status = _standing(kind, max(said, key=ORDER.index)) if said else usual
        return FoundInstrument(
            kind, name, parties, status, bool(said), (token.i,), sentence_of(self.doc, token.i), _definite(token),
            _year_near(self.doc, start, end),
        )  # fmt: skip

    def _is_told_with(self, token: Token) -> bool:
        """ "two agreements and memoranda": what is counted together is one instrument of the record."""
        head = token.head
        return bool(
            token.dep_ == "conj" and head.i < token.i and head.tag_ in {"NNS", "NNPS"} and head.lower_ in GENERIC
            and len(list(token.children)) <= 2 and _kind(self.doc, token)[0] == _kind(self.doc, head)[0]
        )  # fmt: skip

    def _is_in_office(self, token: Token) -> bool:
        """Whether the word stands in somebody's office: "Minister for Public-Private Partnership"."""
        mention = self.cast.at(token.i)
        return mention is not None and self.cast.actors[mention.actor].kind == "person"

    def _same_sentence(self, a: int, b: int) -> bool:
        return bool(self.doc[a].sent.start == self.doc[b].sent.start)

    def _ended(self, item: FoundInstrument) -> FoundInstrument:
        """A themed year that lies before the year of writing is over."""
        if item.kind == "themed-year" and item.year is not None and self.year is not None and item.year < self.year:
            return replace(item, status="ended")
        return item

    def _is_instrument(
        self, token: Token, kind: InstrumentKind, name: str, start: int, end: int, parties: tuple[str, ...]
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
            if token.lower_ in {"platform", "consultations"} and not token.text[:1].isupper():
                return False
            if token.lower_ in {"dialogue", "dialog"} and not token.text[:1].isupper() and not words & _STANDING:
                return False
            return name.count(" ") >= 1
        if token.lower_ == "contract":
            return False
        if (
            token.lower_ == "statement"
            and not _JOINT & set(name.lower().split())
            and len(self._named(token, start, end)) < 2
        ):
            return False
        if token.lower_ in {"arrangement", "arrangements"} and (len(parties) < 2 or name.count(" ") < 1):
            return False
        # With nobody named as a party the words of everyday life ("a deal", "a truce") need a proper name.
        return bool(parties) or any(t.pos_ == "PROPN" for t in self.doc[start : token.i + 1]) or self._is_handled(token)

    def _is_unreal(self, token: Token) -> bool:
        """ "no agreement", "a potential ceasefire", "without a deal"."""
        if any(child.lower_ in _UNREAL for child in token.children if child.i < token.i):
            return True
        return token.head.lower_ in _UNREAL and token.dep_ == "pobj"

    def _is_vague(self, token: Token, name: str, said: bool) -> bool:
        """A bare "the agreement" or "agreements" that nothing signed or brought into force tells what they are."""
        words = {word.lower() for word in name.split()}
        if not words <= GENERIC:
            return False
        if self._is_handled(token):
            several = token.tag_ in {"NNS", "NNPS"} and _definite(token)  # "the agreements reached": signed or none
            return several and not any(h.token == token.i and h.status == "signed" for h in self.handled)
        return not said or token.tag_ in {"NNS", "NNPS"}

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
        if kind in {"agreement", "joint-statement"}:
            signer = next((h.countries for h in self.handled if h.token == token.i and len(h.countries) == 1), None)
            if signer is not None and named <= set(signer) and not self.clauses.preps(token.i).get("with"):
                return signer  # "Iran signed a memorandum of obligations"
            partner = {c for i in self.clauses.preps(token.i).get("with", ()) for c in self._countries(i)}
            side = self._side_above(token, partner) if len(partner) == 1 else ()
            if side:
                return tuple(sorted({*partner, *side}))  # "Canberra sent police under a treaty with Honiara"
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

    def _side_above(self, token: Token, partner: set[str]) -> tuple[str, ...]:
        """The country of the nearest subject above `token` that is not the partner."""
        for verb in self.clauses.ancestors(token.i):
            found = {c for h in self.clauses.clause(verb).subjects for c in self._countries(h)} - partner
            if found:
                return tuple(sorted(found)) if len(found) == 1 else ()
        return ()

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
    lower = columns_of(doc).lower
    before = [word for word in lower[max(0, i - 6) : i] if word != "-"]
    after = lower[i + 1 : i + 6]
    head_words, tail = words[:at], words[at + 1 :]
    fits_before = not head_words or tuple(before[-len(head_words) :]) == head_words
    return fits_before and tuple(after[: len(tail)]) == tail


def _is_short_form(token: Token) -> bool:
    """ "a memorandum of understanding (MoU)": the letters in brackets."""
    before = token.nbor(-1) if token.i else None
    return before is not None and before.text == "(" and sum(c.isupper() for c in token.text) > 1


def _called(token: Token) -> int | None:
    """The noun that `token` is another name for: "the deal, dubbed the Joint Plan", "known as ...", "called ..."."""
    verb = token.head
    if verb.dep_ == "prep" and verb.lower_ == "as":
        verb = verb.head
    named = lemma_of(verb) in {"dub", "call", "know", "name", "term", "entitle", "title"}
    return int(verb.head.i) if named and verb.dep_ in {"acl", "relcl"} else None


def _definite(token: Token) -> bool:
    determiner = next((c.lower_ for c in token.children if c.dep_ == "det"), "")
    return determiner in {"the", "this", "that", "these"} or any(c.dep_ == "poss" for c in token.children)


def _year_near(doc: Doc, start: int, end: int) -> int | None:
    """A year in the name, before it or right after it: "the 2024 Year of ...", "the Year of ... in 2006"."""
    for token in doc[max(0, start - 2) : min(len(doc), end + 3)]:
        if token.is_digit and len(token) == 4 and token.text[:2] in {"19", "20"}:
            return int(token.text)
    return None
