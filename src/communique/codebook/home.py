"""Where people and bodies of no stated country belong: police and demonstrators, a court, gunmen.

They belong where they are said to be ("a court in Lima"), else where the act happens, where the sentence says so
("gunmen struck in northern Nigeria"); else to the one country of those on the other side; else to the country from
which the report comes, or the only one that it names. PLOVER counts an unidentified armed group to the country where it
acts, and people to the state whose authorities act on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.codebook.matcher import Match
from communique.codebook.roles import Party, RoleReader

if TYPE_CHECKING:
    from spacy.tokens import Doc

DOERS = frozenset({"initiator", "party", "mediator", "guest"})
Scene = Callable[[Match], str | None]


class HomeFinder:
    """Gives parties of one Doc their country. `scene` is the country where a match happens, as its words say;
    `origin` the country of the report's dateline."""

    def __init__(self, doc: Doc, roles: RoleReader, scene: Scene, origin: str | None) -> None:
        self.doc = doc
        self.roles = roles
        self.scene = scene
        self.origin = origin

    def settled(self, parties: tuple[Party, ...], match: Match, *, at_home: bool) -> tuple[Party, ...]:
        """`parties` with a country for those that have none. `at_home`: the act may lie within one country."""
        if not any(_is_lost(p) for p in parties):
            return parties
        doers = [p for p in parties if p.role in DOERS]
        others = [p for p in parties if p.role not in DOERS]
        scene = self.scene(match) if at_home else None
        settled: dict[int, Party] = {}
        for mine, theirs in ((doers, others), (others, doers)):
            known = _one_country(theirs) or _one_country(mine)
            for party in mine:
                if _is_lost(party):
                    country = self.roles.seat(party.token) or scene or known or (self._here() if at_home else None)
                    settled[id(party)] = replace(party, country=country)
        return tuple(settled.get(id(p), p) for p in parties)

    def within(self, match: Match, doers: Sequence[Party]) -> Party | None:
        """The state within which an act without a named recipient happens: that of its scene, else the doers' own."""
        country = self.scene(match) or _one_country(doers)
        return self.roles.state(country, "recipient", match.trigger, implied=True) if country else None

    def _here(self) -> str | None:
        """The country that the report comes from, or the only one that it names."""
        if self.origin is not None:
            return self.origin
        return next(iter(self.roles.named)) if len(self.roles.named) == 1 else None


def _is_lost(party: Party) -> bool:
    """A group, or a public body, known by its noun alone."""
    return party.country is None and (
        party.actor is None or (party.kind == "organisation" and party.sector is not None)
    )


def _one_country(parties: Sequence[Party]) -> str | None:
    countries = {p.country for p in parties if p.country}
    return next(iter(countries)) if len(countries) == 1 else None
