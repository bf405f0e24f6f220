"""On which days a feast falls in a given year, by the tables of feasts and of movable feasts."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from communique.dates.values.calendar import ONE, month_end
from communique.dates.values.wording import DAY_NAMES
from communique.model import DayRange
from communique.tables import rows

_NTH: Final = re.compile(r"(?P<month>\d\d) (?P<weekday>[a-z]+) (?P<nth>-?\d)(?: \+(?P<later>\d))?")


@lru_cache(maxsize=512)
def feast_days(key: str, year: int) -> DayRange | None:
    """The days of feast `key` (of the table of feasts) in `year`; None where the tables do not say."""
    rule = _rules()[key]
    if rule == "table":
        return _table().get((key, year))
    if rule.startswith("easter"):
        easter = _table().get(("easter", year))
        day = easter.first + int(rule.removeprefix("easter") or 0) * ONE if easter else None
    elif match := _NTH.fullmatch(rule):
        day = _nth(year, int(match["month"]), match["weekday"].capitalize(), int(match["nth"]))
        day += int(match["later"] or 0) * ONE
    elif len(rule) == 10:
        day = date.fromisoformat(rule)
    else:
        day = date(year, *map(int, rule.split("-")))
    return DayRange(day, day) if day else None


def _nth(year: int, month: int, weekday: str, nth: int) -> date:
    """The `nth` weekday of a month, -1 for the last."""
    wanted = DAY_NAMES.index(weekday)
    if nth < 0:
        last = month_end(year, month)
        return last - ((last.weekday() - wanted) % 7) * ONE
    first = date(year, month, 1)
    return first + ((wanted - first.weekday()) % 7 + 7 * (nth - 1)) * ONE


@lru_cache(maxsize=1)
def _rules() -> dict[str, str]:
    return {row["feast"]: row["rule"] for row in rows("feasts")}


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, int], DayRange]:
    found: dict[tuple[str, int], DayRange] = {}
    for row in rows("feast_days"):
        days = DayRange(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
        found.setdefault((row["feast"], int(row["year"])), days)
    return found
