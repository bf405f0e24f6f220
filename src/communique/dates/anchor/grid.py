"""The days on which a report may have been written, as arrays: what the anchor's evidence is weighed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from communique.model import Span

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, numpy.dtype[Any]]

FIRST: Final = date(1985, 1, 1)
LAST: Final = date(2035, 12, 31)
ABSURD: Final = 1e-4  # what a clue leaves to days that it rules out: one misread clue must not kill the truth


@dataclass(frozen=True, slots=True)
class Days:
    """Every day from `FIRST` to `LAST`: ordinals, years, months, days of the month, weekdays (Monday is 0)."""

    ordinal: Array
    year: Array
    month: Array
    day: Array
    weekday: Array

    def index(self, day: date) -> int:
        """The day's place in the arrays; days outside are moved to the border."""
        return min(max(day.toordinal() - FIRST.toordinal(), 0), len(self.ordinal) - 1)


@lru_cache(maxsize=1)
def days() -> Days:
    """The grid. Its arrays are read only."""
    import numpy

    ordinals = numpy.arange(FIRST.toordinal(), LAST.toordinal() + 1)
    every = [date.fromordinal(int(n)) for n in ordinals]
    columns = [
        ordinals,
        numpy.array([d.year for d in every]),
        numpy.array([d.month for d in every]),
        numpy.array([d.day for d in every]),
        (ordinals + 6) % 7,
    ]
    for column in columns:
        column.setflags(write=False)
    return Days(*columns)


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason for or against days of writing: a likelihood for each day of the grid, at most 1.

    `hard`: it says what cannot be (so it may contradict a page), not only what is usual. `says` is the ISO day or
    interval that it speaks for, `note` the reason in words.
    """

    kind: str
    likelihood: Array
    note: str
    says: str | None = None
    span: Span | None = None
    hard: bool = False
    comes_round: bool = False  # it rests on a visit or a meeting, of which the table may lack the right one


def floor(mask: Array, low: float, high: float = 1.0) -> Array:
    """`high` where the mask holds, `low` elsewhere."""
    import numpy

    return numpy.where(mask, high, low)
