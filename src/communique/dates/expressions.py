"""Time expressions: where they are, and the rule by which each one becomes days.

An expression keeps its rule, not its answer: a better day of writing re-resolves it without parsing again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from communique.model import DayRange, Granularity, Span

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means once the day of writing is known."""

    value: str | None  # TIMEX3 value: "2024-03-28", "2024-W13", "P3Y", "PRESENT_REF"; None when it cannot be said
    days: DayRange | None  # None where it names no span of days (durations, "recently")
    granularity: Granularity | None
    note: str  # in words: "'Thursday', the last one up to Saturday 30 March 2024"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression of the text. `start`, `end` are tokens; `span` is characters."""

    span: Span
    start: int
    end: int
    type: TimexType
    text: str
    rule: str
