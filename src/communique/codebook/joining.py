"""One record for one happening: mentions that tell of it again are joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.codebook.found import Found
from communique.codebook.home import DOERS
from communique.codebook.kind import Kind
from communique.language.clauses import lemma_of
from communique.model import DayRange, Place

if TYPE_CHECKING:
    from spacy.tokens import Doc


# Verbs that say what a contact was about.
_DECISIONS = frozenset({"decision", "move", "order", "step"})
_ABOUT = frozenset("discuss exchange review talk speak touch consider explore address raise".split())


class Joiner:
    """Joins the mentions of one Doc."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc

    def joined(self, found: Iterable[Found]) -> list[Found]:
        """`found` in its order, each happening once, completed by what its later mentions add."""
        kept: list[Found] = []
        for event in found:
            at = next((k for k, held in enumerate(kept) if self._same(held, event)), None)
            if at is None:
                kept.append(event)
            else:
                kept[at] = self._merge(kept[at], event)
        return kept

    def _same(self, a: Found, b: Found) -> bool:
        """Whether two mentions tell of one happening."""
        if a.trigger == b.trigger:
            return False
        if a.kind.family != b.kind.family:
            return self._what_was_said(a, b)
        fits = _modalities_fit(a, b) or self._is_its_decision(a, b)
        if not fits or not _days_fit(a.days, b.days) or not _places_fit(a.place, b.place):
            return False
        if not (a.countries <= b.countries or b.countries <= a.countries) or not _people_fit(a, b):
            return False
        if a.kind.journey and b.kind.journey and not _hosts(a) & _hosts(b):
            return False  # who came to whom differs
        if a.kind.occasion:
            return self._one_occasion(a, b)
        return self._one_act(a, b)

    def _is_its_decision(self, a: Found, b: Found) -> bool:
        """ "Expelled five envoys. ... The decision to expel them": what was decided is what was done."""
        planned = a if a.modality == "planned" else b
        verb = self.doc[planned.trigger]
        noun = verb.head
        if {a.modality, b.modality} != {"planned", "occurred"} or verb.dep_ != "acl" or planned.days is not None:
            return False
        pointed = any(c.dep_ == "poss" or c.lower_ in {"the", "this", "that"} for c in noun.children)
        return lemma_of(noun) in _DECISIONS and pointed

    def _what_was_said(self, a: Found, b: Found) -> bool:
        """Talks told of in the sentence of a contact of the same people, or in the next: "X phoned Y. They discussed
        Z." They are what the contact was about."""
        if not (a.kind.occasion and b.kind.occasion) or a.kind.journey or b.kind.journey or a.kind.gathering:
            return False
        if not (self._is_about(a) or self._is_about(b)) or {p.name for p in a.parties} != {p.name for p in b.parties}:
            return False
        if self._is_about(a):  # "raised concerns in a call with X"
            near = self.doc[b.trigger].sent == self.doc[a.trigger].sent
        else:
            near = self.doc[b.trigger].sent.start <= self.doc[a.trigger].sent.end
        return near and _modalities_fit(a, b) and _days_fit(a.days, b.days)

    def _is_about(self, talks: Found) -> bool:
        return lemma_of(self.doc[talks.trigger]) in _ABOUT and not talks.match.words

    def _one_occasion(self, a: Found, b: Found) -> bool:
        if a.sides == b.sides or a.countries == b.countries:
            return True
        return len(a.sides & b.sides) >= 2 or self._close(a, b)

    def _one_act(self, a: Found, b: Found) -> bool:
        """Acts toward one state may be several in one report: they are one only in the same words or close by."""
        if _other_doers(a, b):
            return False
        if _is_bare(b, a) or _is_bare(a, b):
            return a.kind.name == "message" or self._same_words(a, b)  # "It extended warm wishes": the message did
        if a.countries != b.countries:
            doers = {p.name for p in a.parties} & {p.name for p in b.parties}
            if a.kind.once and doers and min(len(a.countries), len(b.countries)) == 1:
                return True
            return self._close(a, b) and bool(a.countries & b.countries)
        if a.kind.name == "signing" and a.days is not None and a.days == b.days:
            return True  # "signed four papers": however many, and whatever they are called
        if a.match.words or b.match.words:
            return self._same_words(a, b)
        return self._word(a.trigger) == self._word(b.trigger) or self._close(a, b)

    def _same_words(self, a: Found, b: Found) -> bool:
        return bool({self._word(i) for i in a.match.words} & {self._word(i) for i in b.match.words})

    def _close(self, a: Found, b: Found) -> bool:
        """In one clause: the second trigger hangs on the first or shares its support verb."""
        if a.match.support == b.match.support or b.match.support == a.trigger or a.match.support == b.trigger:
            return True
        doc = self.doc
        return doc[b.trigger].head.i == a.trigger or doc[a.trigger].head.i == b.trigger

    def _word(self, i: int) -> str:
        lemma = lemma_of(self.doc[i])
        return lemma[:5]

    def _merge(self, a: Found, b: Found) -> Found:
        """`a`, completed by what `b` adds: people for states, a day, a place."""
        parties = list(a.parties)
        for party in b.parties:
            if any(p.actor == party.actor and p.name == party.name for p in parties):
                continue
            if party.kind == "state" and any(p.country == party.country for p in parties):
                continue
            twin = next(
                (k for k, p in enumerate(parties) if p.kind == "state" and p.country == party.country and p.country),
                None,
            )
            if twin is not None:
                parties[twin] = replace(party, role=parties[twin].role)
            elif party.country is None or a.kind.occasion or a.match.trigger == b.match.trigger:
                parties.append(party)
        days, when = a.days, a.when
        if days is None or (b.days is not None and b.days.days < days.days):
            days, when = (b.days, b.when) if b.days is not None else (days, when)
        verdict = a.verdict if a.modality != "planned" or b.modality == "planned" else b.verdict
        kind = b.kind if self._is_about(a) else a.kind
        if a.kind.family == b.kind.family:
            kind = _finer(a.kind, b.kind)
        return replace(
            a, kind=kind, parties=tuple(parties), days=days, when=when, verdict=verdict,
            place=a.place or b.place, others=(*a.others, b.match, *b.others),
        )  # fmt: skip


def _other_doers(a: Found, b: Found) -> bool:
    """Whether the text names doers of both, and they are of different sides: each reopened its own embassy."""
    mine = {p.side for p in a.parties if not p.implied and p.role == "initiator"}
    theirs = {p.side for p in b.parties if not p.implied and p.role == "initiator"}
    return bool(mine and theirs) and not mine & theirs


def _is_bare(again: Found, first: Found) -> bool:
    """Whether a mention does not say who did it, to somebody to whom the first one tells that it was done: "the
    expulsion of the diplomats was announced"."""
    if any(p.role in DOERS for p in again.parties) or not any(p.role in DOERS for p in first.parties):
        return False
    toward = frozenset(p.country for p in first.parties if p.role not in DOERS)
    return again.countries <= toward


def _hosts(visit: Found) -> set[str]:
    return {p.side for p in visit.parties if p.role == "host"}


def _finer(a: Kind, b: Kind) -> Kind:
    """Of two kinds of one family the one that says more."""
    return b if b.detail > a.detail else a


def _modalities_fit(a: Found, b: Found) -> bool:
    pair = {a.modality, b.modality}
    if len(pair) == 1 or pair in ({"planned", "occurred"}, {"planned", "called-off"}):
        return len(pair) == 1 or (a.days is not None and a.days == b.days) or pair == {"planned", "called-off"}
    return False


def _days_fit(a: DayRange | None, b: DayRange | None) -> bool:
    return a is None or b is None or (a.first <= b.last and b.first <= a.last)


def _places_fit(a: Place | None, b: Place | None) -> bool:
    if a is None or b is None or not a.name or not b.name:
        return True
    return a.name == b.name or (a.country is not None and a.country == b.country)


def _people_fit(a: Found, b: Found) -> bool:
    """Where both name people of one country, one person at least is the same."""
    for country in a.countries & b.countries:
        mine = {p.name for p in a.parties if p.kind == "person" and p.country == country}
        theirs = {p.name for p in b.parties if p.kind == "person" and p.country == country}
        if mine and theirs and not mine & theirs:
            return False
    return True
