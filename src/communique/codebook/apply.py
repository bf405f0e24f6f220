"""The rooms of one parsed text put together: clauses, roles, matcher, modality. The coder and the checker use it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from communique.actors.cast import Cast
from communique.codebook.found import Dater, Found, SpeakerAt
from communique.codebook.home import HomeFinder
from communique.codebook.kind import Codebook, Kind
from communique.codebook.matcher import Match, Matcher, Miss
from communique.codebook.modality import ModalityReader
from communique.codebook.occasions import complete
from communique.codebook.records import Assembler
from communique.codebook.register import other_register
from communique.codebook.roles import Party, RoleReader
from communique.language.clauses import Clauses
from communique.model import Place
from communique.places.locate import Locator

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from communique.model import DayRange, Modality, When


@dataclass(frozen=True, slots=True)
class Applied:
    """What the codebook found in one text, and what nearly matched."""

    found: tuple[Found, ...]
    matches: tuple[Match, ...]
    misses: tuple[Miss, ...]
    fired: frozenset[str] = frozenset()  # rules of all frames that matched, though another told more


class Bench:
    """Everything that works on one Doc, built once."""

    def __init__(
        self, doc: Doc, cast: Cast, codebook: Codebook, *, dateline: str | None = None,
        speaker_at: SpeakerAt | None = None, latest: date | None = None,
    ) -> None:  # fmt: skip
        self.doc = doc
        self.latest = latest
        self.speaker_at = speaker_at
        self.cast = cast
        self.codebook = codebook
        self.clauses = Clauses(doc)
        self.locator = Locator(doc, self.clauses, cast, dateline=dateline)
        self.roles = RoleReader(doc, self.clauses, cast, codebook.agents, self.locator.country_at)
        self.modality = ModalityReader(doc, self.clauses)

    def apply(self, dater: Dater | None = None, *, near_misses: bool = False) -> Applied:
        """All events of the text; none where it is about something else. Without `dater` they have no days.

        `near_misses`: tell also of the frames that the text has hardly a word of, for people who write frames.
        """
        if other_register(self.doc) is not None:
            return Applied((), (), ())
        matcher = Matcher(self.doc, self.clauses, self.codebook, self.roles, self.modality, near_misses=near_misses)
        matches = matcher.matches()
        home = HomeFinder(self.doc, self.roles, self._scene, self.locator.origin())
        assembler = Assembler(self.doc, self.codebook, self.roles, self.modality, home, self.speaker_at, self.latest)
        found = assembler.assemble(matches, dater or _undated, self._place)
        found = complete(found, self._in_one_breath, self._in_one_paragraph)
        return Applied(tuple(found), tuple(matches), tuple(matcher.misses), frozenset(matcher.fired))

    def _in_one_breath(self, a: int, b: int) -> bool:
        """Whether two triggers stand in one sentence or in sentences next to each other."""
        first, second = sorted((a, b))
        return bool(self.doc[second].sent.start <= self.doc[first].sent.end)

    def _in_one_paragraph(self, a: int, b: int) -> bool:
        first, second = sorted((a, b))
        return not any(t.is_space and "\n" in t.text for t in self.doc[first:second])

    def _scene(self, match: Match) -> str | None:
        """The country in which a match happens, where its own words say so."""
        place = self.locator.place_of(match.trigger, match.support, ())
        return place.country if place is not None else None

    def _place(self, match: Match, parties: Sequence[Party], kind: Kind) -> Place | None:
        countries = [p.country for p in parties if p.country]
        if not kind.journey:
            return self.locator.place_of(match.trigger, match.support, countries, contact=kind.occasion)
        return self._visited(match, parties, countries)

    def _visited(self, match: Match, parties: Sequence[Party], countries: Sequence[str]) -> Place | None:
        """Where a journey goes: the town that names the host, else the place around the trigger in the host's country,
        else the host's country."""
        host = next((p for p in parties if p.role == "host"), None)
        if host is None or host.country is None:
            return self.locator.place_of(match.trigger, match.support, countries, goal=True)
        named = self.locator.place_at(host.token, [host.country]) if not host.implied else None
        if named is not None and named.country == host.country and named.name != host.name:
            return named
        around = self.locator.place_of(match.trigger, match.support, [host.country], goal=True)
        if around is not None and around.country == host.country and around.name != host.name:
            return around
        return Place(None, host.country)


def _undated(trigger: int, modality: Modality) -> tuple[DayRange | None, When | None]:
    return None, None
