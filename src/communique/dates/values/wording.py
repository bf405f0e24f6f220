"""Days in words, for the notes that a person reads."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Final

from communique.model import DayRange

MONTH_NAMES: Final = tuple(calendar.month_name)
DAY_NAMES: Final = tuple(calendar.day_name)  # Monday is 0


def in_words(days: DayRange | None) -> str:
    """ "Friday 29 March 2024", "26 to 29 March 2024"."""
    if days is None:
        return "an unknown day"
    a, b = days.first, days.last
    if a == b:
        return f"{DAY_NAMES[a.weekday()]} {a.day} {MONTH_NAMES[a.month]} {a.year}"
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day} to {b.day} {MONTH_NAMES[b.month]} {b.year}"
    return f"{a.day} {MONTH_NAMES[a.month]} {a.year} to {b.day} {MONTH_NAMES[b.month]} {b.year}"


def one_day(day: date) -> DayRange:
    """The range that holds `day` alone."""
    return DayRange(day, day)
