"""Journeys of which a sentence names one side only: who goes, or where to, was told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.codebook.found import Found
from communique.codebook.matcher import Match
from communique.codebook.roles import Party, RoleReader

if TYPE_CHECKING:
    from spacy.tokens import Doc


class JourneyReader:
    """Completes journeys of one Doc by the journeys told before."""

    def __init__(self, doc: Doc, roles: RoleReader) -> None:
        self.doc = doc
        self.roles = roles

    def complete(self, match: Match, parties: Sequence[Party], before: Sequence[Found]) -> tuple[Party, ...] | None:
        """Guest and host: the host is that of the same guest's last journey.

        A possessor of whom no journey is told is not the guest where somebody else in the sentence has come to his
        country: "X held talks with Y during his visit" is Y's visit. None where nothing before settles it.
        """
        guests = [p for p in parties if p.role != "host"]
        journeys = [event for event in reversed(before) if event.kind.journey]
        own = {p.name for p in guests}
        hosts = next((_roles(j, "host") for j in journeys if guests and own & _names(j, "guest")), ())
        if hosts:
            return (*parties, *(replace(p, implied=True) for p in hosts))
        if not any(self.doc[i].tag_ == "PRP$" for i in self.roles.clauses.owners(match.trigger)):
            return None
        countries = {p.country for p in guests}
        for journey in journeys:
            came = _names(journey, "guest") & self._named_in_sentence(match.trigger)
            if came and countries & {p.country for p in _roles(journey, "host")}:
                return tuple(replace(p, implied=True) for p in journey.parties if p.role in {"guest", "host"})
        return None

    def in_person(self, match: Match, parties: Sequence[Party]) -> tuple[Party, ...]:
        """ "X met Y in Lima, the first visit of a Fijian leader to Peru": the guest is the Fijian just named."""
        preps = self.roles.clauses.preps(match.trigger)
        tokens = {i for name in ("of", "by") for i in preps.get(name, ())}
        cast = self.roles.cast
        start = self.doc[match.trigger].sent.start
        people = [cast.actors[m.actor] for m in cast.mentions if start <= m.start < match.trigger]
        named = [a for a in people if a.kind == "person" and a.named and a.acts]
        found = []
        for party in parties:
            described = party.role == "guest" and party.kind == "state" and party.token in tokens
            fits = [a for a in named if described and a.country == party.country]
            found.append(replace(self.roles.party(fits[0], "guest", party.token), implied=True) if fits else party)
        return tuple(found)

    def _named_in_sentence(self, i: int) -> set[str]:
        sentence = self.doc[i].sent
        cast = self.roles.cast
        return {cast.actors[m.actor].name for m in cast.mentions if sentence.start <= m.start < sentence.end}


def _roles(event: Found, role: str) -> tuple[Party, ...]:
    return tuple(p for p in event.parties if p.role == role)


def _names(event: Found, role: str) -> set[str]:
    return {p.name for p in _roles(event, role)}
