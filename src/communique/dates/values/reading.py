"""From a time expression to days: the conventions of news, measured, with the reason in words.

A bare weekday is the last one up to the day of writing, counting that day, unless its verb lies in the future. A day
of the month without a year is the nearest such day, a bare month the nearest month on the side of its tense. Words
for weeks, months and years mean the whole one; "early" and "the end of" do not narrow it.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from communique.dates.expressions import Reading, TimeExpression
from communique.dates.values import counted, days, parts
from communique.dates.values.reader import Context, Reader
from communique.model import DayRange

_READERS: Final = MappingProxyType(
    {
        "date": days.read_date, "weekday": days.read_weekday, "clock": days.read_clock, "hijri": days.read_hijri,
        "season": parts.read_season, "quarter": parts.read_quarter, "half": parts.read_half,
        "decade": parts.read_decade, "century": parts.read_century, "fiscal": parts.read_fiscal,
        "ordinal": parts.read_ordinal, "feast": parts.read_feast,
        "unit": counted.read_unit, "shift": counted.read_shift, "period": counted.read_period,
        "duration": counted.read_duration, "set": counted.read_set, "vague": counted.read_vague,
        "range": counted.read_range, "likewise": counted.read_likewise,
    }
)  # fmt: skip


def read_time(expression: TimeExpression, anchor: DayRange | None, *, context: Context | None = None) -> Reading:
    """What `expression` means in a report written on `anchor` (None: not known).

    `days` is an inclusive range of civil days, None for durations, repeated and vague times, and wherever the day
    of writing would be needed and is not known; `note` says how it was read. When `anchor` is wider than a day, a
    relative expression takes the anchor's last day, and its reading is as wide as the anchor.
    """
    context = context or Context(tense=expression.tense)
    if context.tense is None and expression.tense is not None:
        context = replace(context, tense=expression.tense)
    reader = Reader(repr(expression.text), anchor, context, _READERS)
    try:
        reading = reader.read(expression.form)
    except (OverflowError, ValueError):  # a day before year 1 or after 9999
        return reader.none("outside the calendar")
    if expression.form.clock and reading.days and reading.days.days == 1:
        return replace(reading, value=f"{reading.days.first.isoformat()}{expression.form.clock}")
    return reading
