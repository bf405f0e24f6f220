"""Toward whom an act is that speaks of what was told before: "condemned the raid", "welcomed the accord", "cut its own
ties"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.codebook.found import Found, SpeakerAt
from communique.codebook.home import DOERS
from communique.codebook.kind import Kind
from communique.codebook.matcher import Match
from communique.codebook.roles import Party, RoleReader
from communique.language.clauses import lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Types that judge what others do, and what they may judge.
_JUDGING = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST"})
_DEEDS = _FORCE | {"AGREE", "COOPERATE", "CONCEDE", "AID", "CONSULT", "REJECT", "THREATEN", "RETREAT"}
_REMARKS = frozenset("remark comment statement word speech claim allegation accusation criticism threat".split())
_STEPS = frozenset("move step decision measure action development announcement gesture initiative news".split())
_ACCORDS = frozenset("accord agreement deal pact treaty truce ceasefire understanding breakthrough protocol".split())
_BLOWS = frozenset(
    """attack raid incursion strike intrusion invasion assault bombing shelling expulsion killing offensive operation
    launch violation aggression airstrike provocation sanction blockade""".split()
)
_FAR, _NEAR = 100, 50  # tokens: how far back it may have been told


class ReferentFinder:
    """Finds whom judgements and repeated acts of one Doc are about."""

    def __init__(self, doc: Doc, roles: RoleReader, speaker_at: SpeakerAt) -> None:
        self.doc = doc
        self.roles = roles
        self.speaker_at = speaker_at

    def whose_doing(
        self, match: Match, kind: Kind, parties: Sequence[Party], before: Sequence[Found]
    ) -> tuple[Party, ...]:
        """Those who did what is judged here and was told before: "condemned the raid", "welcomed the accord"."""
        if kind.type not in _JUDGING or any(p.role not in DOERS for p in parties):
            return ()
        if any(lemma_of(self.doc[o]) in _REMARKS and self._is_pointed(o) for o in self._judged(match)):
            return self._who_said_it(match, parties)
        types = next((t for o in self._judged(match) if (t := self._spoken_of(o)) is not None), None)
        if types is None:
            return ()
        own = {p.side for p in parties}
        for event in reversed(before):
            if event.trigger < match.trigger - _FAR:
                break
            if event.kind.type in types and event.modality == "occurred" and event.trigger != match.trigger:
                doers = [p for p in event.parties if event.kind.mutual or p.role in DOERS]
                return tuple(replace(p, role="recipient", implied=True) for p in doers if p.side not in own)
        return ()

    def _who_said_it(self, match: Match, parties: Sequence[Party]) -> tuple[Party, ...]:
        """ "Condemned the remark": whoever was last quoted before."""
        own = {p.side for p in parties}
        for i in range(match.trigger - 1, max(match.trigger - _FAR, 0), -1):
            actor = self.speaker_at(i)
            if actor is not None:
                party = replace(self.roles.party(self.roles.cast.actors[actor], "recipient", i), implied=True)
                return (party,) if party.country and party.side not in own else ()
        return ()

    def _is_pointed(self, noun: int) -> bool:
        token = self.doc[noun]
        if any(c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ in {"of", "by", "between"}) for c in token.children):
            return False
        return any(c.dep_ == "det" and c.lower_ in {"the", "this", "that", "these", "those"} for c in token.children)

    def _judged(self, match: Match) -> tuple[int, ...]:
        """The nouns for what is judged: the verb's objects, or the noun that it stands on ("a move welcomed by")."""
        if self.doc[match.trigger].pos_ != "VERB":
            return ()
        return self.roles.clauses.clause(match.trigger).objects

    def _spoken_of(self, noun: int) -> frozenset[str] | None:
        """The types of events that a noun or pronoun can point back at; None where it points at none."""
        token = self.doc[noun]
        if token.lower_ in {"it", "this", "that"}:
            return _DEEDS
        lemma = lemma_of(token)
        if not (self._is_pointed(noun) or token.dep_ == "appos"):  # "..., a move welcomed by Peru"
            return None
        if lemma in _STEPS:
            return _DEEDS
        if lemma in _ACCORDS:
            return frozenset({"AGREE", "COOPERATE", "CONCEDE"})
        return _FORCE if lemma in _BLOWS else None

    def done_before(
        self, match: Match, kind: Kind, parties: Sequence[Party], before: Sequence[Found]
    ) -> tuple[Party, ...]:
        """Toward whom others have just done the same: "Ecuador broke with Colombia. Nicaragua cut its own ties"."""
        own = {p.side for p in parties}
        start = match.trigger - _NEAR
        for event in reversed(before):
            if event.trigger < start or not kind.recipient:
                break
            if event.kind.name == kind.name and event.trigger != match.trigger:
                others = [p for p in event.parties if p.role not in DOERS and p.side not in own and p.country]
                doers = {p.side for p in event.parties if p.role in DOERS}
                return tuple(replace(p, implied=True) for p in others) if not own & doers else ()
        return ()
