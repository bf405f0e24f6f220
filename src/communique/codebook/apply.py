"""The rooms of one parsed text put together: clauses, roles, matcher, modality. The coder and the checker use it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.actors.cast import Cast
from communique.codebook.loader import Codebook
from communique.codebook.matcher import Match, Matcher, Miss
from communique.codebook.modality import ModalityReader
from communique.codebook.occasions import complete
from communique.codebook.records import Assembler, Dater, Found
from communique.codebook.roles import Party, RoleReader
from communique.language.clauses import Clauses
from communique.places.locate import Locator

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from communique.model import DayRange, Modality, Place, When


@dataclass(frozen=True, slots=True)
class Applied:
    """What the codebook found in one text, and what nearly matched."""

    found: tuple[Found, ...]
    matches: tuple[Match, ...]
    misses: tuple[Miss, ...]


class Bench:
    """Everything that works on one Doc, built once."""

    def __init__(self, doc: Doc, cast: Cast, codebook: Codebook, *, dateline: str | None = None) -> None:
        self.doc = doc
        self.cast = cast
        self.codebook = codebook
        self.clauses = Clauses(doc)
        self.locator = Locator(doc, self.clauses, cast, dateline=dateline)
        self.roles = RoleReader(doc, self.clauses, cast, self.locator.country_at)
        self.modality = ModalityReader(doc, self.clauses)

    def apply(self, dater: Dater | None = None) -> Applied:
        """All events of the text. Without `dater` they have no days."""
        matcher = Matcher(self.doc, self.clauses, self.codebook, self.roles)
        matches = matcher.matches()
        assembler = Assembler(self.doc, self.codebook, self.roles, self.modality)
        found = complete(assembler.assemble(matches, dater or _undated, self._place), self._in_one_breath)
        return Applied(tuple(found), tuple(matches), tuple(matcher.misses))

    def _in_one_breath(self, a: int, b: int) -> bool:
        """Whether two triggers stand in one sentence or in sentences next to each other."""
        first, second = sorted((a, b))
        return bool(self.doc[second].sent.start <= self.doc[first].sent.end)

    def _place(self, match: Match, parties: Sequence[Party], kind: str) -> Place | None:
        countries = [p.country for p in parties if p.country]
        return self.locator.place_of(match.trigger, match.support, countries, goal=kind == "visit")


def _undated(trigger: int, modality: Modality) -> tuple[DayRange | None, When | None]:
    return None, None
