"""An event of the report, with its working parts: what the stages after the matcher hand on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from communique.codebook.kind import Kind
from communique.codebook.matcher import Match
from communique.codebook.modality import Verdict
from communique.codebook.roles import Party
from communique.model import DayRange, Modality, Place, When


@dataclass(frozen=True, slots=True)
class Found:
    """An event of the report, with its working parts. `order` is the trigger's token."""

    match: Match
    kind: Kind
    parties: tuple[Party, ...]
    verdict: Verdict
    days: DayRange | None = None
    when: When | None = None
    place: Place | None = None
    others: tuple[Match, ...] = ()  # further mentions of the same happening
    notes: tuple[str, ...] = ()
    cameo: str | None = None

    @property
    def trigger(self) -> int:
        return self.match.trigger

    @property
    def modality(self) -> Modality:
        return self.verdict.modality

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(p.country for p in self.parties if p.country)

    @property
    def sides(self) -> frozenset[str]:
        return frozenset(p.side for p in self.parties)


Dater = Callable[[int, Modality], tuple[DayRange | None, When | None]]
Placer = Callable[[Match, Sequence[Party], Kind], Place | None]
SpeakerAt = Callable[[int], int | None]  # the actor whose quoted words hold a token
