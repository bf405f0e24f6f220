"""The calendar: units that hold a day, steps from one to another, and the TIMEX3 values that name them.

Weeks are ISO weeks, Monday to Sunday; seasons are those of the north, the meteorological ones, and winter of Y reaches
into Y+1; decades and centuries are the round years.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Final, NamedTuple

from communique.dates.expressions import Unit
from communique.model import DayRange, Granularity

ONE: Final = timedelta(1)
_LETTER: Final = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "weekend": "W", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "half": "Y", "season": "Q", "year": "Y", "decade": "Y", "century": "Y", "millennium": "Y",
}  # fmt: skip
# How many of the unit of their letter some units are.
TIMES: Final = {"fortnight": 2, "decade": 10, "century": 100, "millennium": 1000, "half": 0.5}
_SEASON_STARTS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Named(NamedTuple):
    """A stretch of the calendar that has a name: its TIMEX3 value and its days."""

    value: str
    days: DayRange
    granularity: Granularity


def day_named(day: date) -> Named:
    return Named(day.isoformat(), DayRange(day, day), "day")


def week_of(day: date) -> Named:
    monday = day - day.weekday() * ONE
    iso = monday.isocalendar()
    return Named(f"{iso.year}-W{iso.week:02d}", DayRange(monday, monday + 6 * ONE), "week")


def weekend_of(day: date) -> Named:
    value, days, _ = week_of(day)
    return Named(value + "-WE", DayRange(days.first + 5 * ONE, days.last), "days")


def month_named(year: int, month: int) -> Named:
    return Named(f"{year:04d}-{month:02d}", DayRange(date(year, month, 1), month_end(year, month)), "month")


def quarter_named(year: int, number: int) -> Named:
    days = DayRange(date(year, 3 * number - 2, 1), month_end(year, 3 * number))
    return Named(f"{year:04d}-Q{number}", days, "quarter")


def half_named(year: int, number: int) -> Named:
    days = DayRange(date(year, 6 * number - 5, 1), month_end(year, 6 * number))
    return Named(f"{year:04d}-H{number}", days, "half")


def season_named(year: int, season: str) -> Named:
    """`season` is SP, SU, FA or WI."""
    month = _SEASON_STARTS[season]
    end = month_end(*month_shift(year, month, 2))
    return Named(f"{year:04d}-{season}", DayRange(date(year, month, 1), end), "season")


def season_year(season: str, day: date) -> int:
    """The year of the season of that name which began last before `day`, or on it."""
    return day.year - (date(day.year, _SEASON_STARTS[season], 1) > day)


def year_named(year: int) -> Named:
    return Named(f"{year:04d}", DayRange(date(year, 1, 1), date(year, 12, 31)), "year")


def decade_named(first: int) -> Named:
    """The ten years from `first`, a round year."""
    return Named(f"{first // 10:03d}", DayRange(date(max(first, 1), 1, 1), date(first + 9, 12, 31)), "decade")


def century_named(first: int) -> Named:
    """The hundred years from `first`, a round year: 1800 for the 19th century."""
    return Named(f"{first // 100:02d}", DayRange(date(max(first, 1), 1, 1), date(first + 99, 12, 31)), "century")


def unit_at(unit: Unit, day: date, shift: int) -> Named | None:
    """The calendar unit `shift` away from the one that holds `day`; None for units that name no span of days."""
    if unit == "day":
        return day_named(day + shift * ONE)
    if unit in ("week", "fortnight"):
        return week_of(day + 7 * shift * ONE)
    if unit == "weekend":
        return weekend_of(day + 7 * shift * ONE)
    if unit == "month":
        return month_named(*month_shift(day.year, day.month, shift))
    if unit == "quarter":
        k = day.year * 4 + (day.month - 1) // 3 + shift
        return quarter_named(k // 4, k % 4 + 1)
    if unit == "half":
        k = day.year * 2 + (day.month - 1) // 6 + shift
        return half_named(k // 2, k % 2 + 1)
    if unit == "year":
        return year_named(day.year + shift)
    if unit == "decade":
        return decade_named(day.year // 10 * 10 + 10 * shift)
    if unit == "century":
        return century_named(day.year // 100 * 100 + 100 * shift)
    return None


def whole(days: DayRange) -> Named:
    """`days` under the name of the week, month, quarter, season ... that they are exactly, else as a stretch."""
    a = days.first
    if days.days == 1:
        return day_named(a)
    for unit in ("week", "month", "quarter", "half", "year", "decade", "century"):
        named = unit_at(unit, a, 0)
        if named is not None and named.days == days:
            return named
    for season in _SEASON_STARTS:
        named = season_named(season_year(season, a), season)
        if named.days == days:
            return named
    return Named(f"{a}/{days.last}", days, "days")


def years_away(named: Named, years: int) -> Named:
    """The same day, week, month, quarter ... `years` years away."""
    a, b = months_away(named.days.first, 12 * years), months_away(named.days.last, 12 * years)
    if named.granularity == "week":
        return week_of(a + 3 * ONE)
    if named.granularity == "season":
        return season_named(a.year, named.value.partition("-")[2])
    if named.days.days > 1 and named.days.last == month_end(named.days.last.year, named.days.last.month):
        b = month_end(b.year, b.month)  # February has its 29th or not
    return whole(DayRange(a, b))


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def month_shift(year: int, month: int, steps: int) -> tuple[int, int]:
    """Year and month `steps` months away."""
    k = year * 12 + month - 1 + steps
    return k // 12, k % 12 + 1


def months_away(day: date, steps: int) -> date:
    """The same day of the month `steps` months away, or that month's last day."""
    year, month = month_shift(day.year, day.month, steps)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def duration(number: float | None, unit: Unit) -> str:
    """A TIMEX3 duration: "P3Y", "PT24H", "PXM" where the number is not known."""
    letter = _LETTER[unit]
    time = "T" if unit in ("second", "minute", "hour") else ""
    if number is None:
        return f"P{time}X{letter}" if unit not in ("decade", "century") else "PXY"
    count = number * TIMES.get(unit, 1)
    shown = str(int(count)) if count == int(count) else f"{count:g}"
    return f"P{time}{shown}{letter}"


def pieces(days: DayRange, unit: Unit) -> list[DayRange]:
    """The days, weeks, months ... that `days` consists of; a week belongs where its Thursday lies."""
    found: list[DayRange] = []
    day = days.first
    if unit in ("week", "weekend"):
        day -= day.weekday() * ONE
        while day <= days.last:
            if day + 3 * ONE in days:
                found.append(DayRange(day, day + 6 * ONE))
            day += 7 * ONE
        return found
    while day <= days.last and len(found) < 400:
        named = unit_at(unit, day, 0) if unit in ("month", "quarter", "half", "year", "decade") else None
        last = named.days.last if named else day
        found.append(DayRange(day, last))
        day = last + ONE
    return found
