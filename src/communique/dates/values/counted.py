"""Times that are counted from another day, lengths, repeated and vague times, ranges."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from communique.dates.expressions import Form, Reading, Unit
from communique.dates.values.calendar import (
    ONE,
    TIMES,
    day_named,
    duration,
    month_named,
    month_shift,
    months_away,
    unit_at,
    week_of,
    whole,
    year_named,
    years_away,
)
from communique.dates.values.reader import Reader
from communique.dates.values.wording import in_words
from communique.model import DayRange, Granularity

# A unit that is counted from the time last spoken of needs one no wider than itself.
_WIDTH: Final = {"day": 1, "week": 7, "weekend": 7, "month": 31}


def read_unit(reader: Reader, form: Form) -> Reading:
    """ "today", "last week", "this month", "the same day", "the weekend"."""
    unit = form.unit or "day"
    if form.inner is not None:
        return _holding(reader, unit, form.inner)
    base = reader.base(form)
    if base is None:
        return reader.none("the day of writing is not known")
    if unit == "quarter" and form.base == "reference" and form.shift == 0 and whole(base).granularity != "quarter":
        return reader.none("no quarter was spoken of")
    past = reader.context.tense == "past"
    shift = form.shift or 0
    if unit == "weekend" and form.shift is None:
        shift = -1 if past and base.last.weekday() < 5 else 0
    elif unit == "weekend" and shift == 0 and past and base.last.weekday() < 3:
        shift = -1  # "this weekend" of what has happened, written early in the week
    if form.base == "reference" and base.days > _WIDTH.get(unit, 10**6):
        base = _day_told(reader, base)
    if form.base == "reference" and base.days > 1 and unit == "day":
        if shift == 0 and base.days <= 31:
            return reader.none(f"{in_words(base)} is no single day")
        if shift == 0 or base.days > 7:
            return reader.none("the day last spoken of is not known")
    day = base.first if form.base == "reference" and shift < 0 else base.last
    if form.base == "writing" and unit == "day" and base is reader.anchor and base.days > 1:
        days = DayRange(base.first + shift * ONE, base.last + shift * ONE)
        why = f"{reader.quoted}, {reader.from_words(form)}, which is not known to the day"
        return Reading(days.last.isoformat(), days, "days", why)
    named = unit_at(unit, day, shift)
    return reader.made(named, reader.from_words(form)) if named else reader.none("names no span of days")


def _day_told(reader: Reader, told: DayRange) -> DayRange:
    """The day that "later in the day" means where a month or year was spoken of last: the news goes on."""
    day, anchor = reader.context.told_day, reader.anchor
    if day is not None and told.first <= day.first <= told.last:
        return day
    if reader.context.narrative or anchor is None or anchor.days > 1:
        return told
    return day if day is not None and 0 <= (anchor.last - day.last).days <= 7 else anchor


def _holding(reader: Reader, unit: Unit, inner: Form) -> Reading:
    """ "the week of March 11", "the weekend of 9-10 March", "the quarter ended Sept. 30"."""
    days = reader.read(inner).days
    named = unit_at(unit, days.last if unit == "quarter" else days.first, 0) if days else None
    return (
        reader.made(named, f"the one that holds {in_words(days)}") if named else reader.none("its days are not known")
    )


def read_shift(reader: Reader, form: Form) -> Reading:
    """ "five days ago", "a week later": a day counts days, a month months, a year years."""
    unit, sign = form.unit or "day", form.shift or -1
    if form.number is None:
        return reader.none("how many is not said", "PAST_REF" if sign < 0 else "FUTURE_REF")
    base = reader.read(form.inner).days if form.inner is not None else reader.base(form)
    if base is None:
        return reader.none("the day it counts from is not known")
    why = f"counted from {in_words(base)}"
    day = base.last
    count = form.number * TIMES.get(unit, 1)
    if unit in ("second", "minute", "hour"):
        days = int(count // 24) if unit == "hour" else 0
        return reader.made(day_named(day + sign * days * ONE), why)
    if unit == "day" and base.days > 31:
        return reader.none("the day it counts from is not known")
    if unit in ("day", "week", "weekend", "fortnight"):
        if count != int(count):
            return reader.none("half a day or week is not counted")
        moved = day + sign * int(count) * (1 if unit == "day" else 7) * ONE
        return reader.made(week_of(moved) if unit != "day" and base.days > 7 else day_named(moved), why)
    if unit in ("month", "quarter", "season"):
        months = int(count * (1 if unit == "month" else 3))
        return reader.made(month_named(*month_shift(day.year, day.month, sign * months)), why)
    if unit == "half" or count != int(count):
        return reader.made(month_named(*month_shift(day.year, day.month, sign * int(count * 12))), why)
    like = whole(base)
    compared = ("quarter", "half") if reader.context.narrative or count > 1 else ("month", "quarter", "half")
    if form.base == "reference" and like.granularity in compared:
        # "third-quarter profit fell ... from a year earlier": that quarter of the year before
        return reader.made(years_away(like, sign * int(count)), why)
    return reader.made(year_named(day.year + sign * int(count)), why)


def read_likewise(reader: Reader, form: Form) -> Reading:
    """ "the same quarter last year", "the year-ago period", "20 years ago today": alike in another year."""
    base = reader.read(form.inner).days if form.inner is not None else _alike(reader, form)
    if base is None and form.unit is None and reader.anchor is not None:
        year = form.year or reader.anchor.last.year + int(form.number or 1) * (form.shift or -1)
        return reader.made(year_named(year), "which part of that year is not said")
    if base is None:
        return reader.none("what it is compared with is not known")
    years = form.year - base.first.year if form.year else int(form.number or 1) * (form.shift or -1)
    return reader.made(years_away(whole(base), years), f"as {in_words(base)}, in another year")


def _alike(reader: Reader, form: Form) -> DayRange | None:
    """The time that "the same quarter" or "this time" is compared with."""
    told = reader.context.reference if form.base == "reference" else None
    if told is not None and (form.unit is None or whole(told).granularity == form.unit):
        return told
    if reader.anchor is None or reader.anchor.days > 1:
        return None
    if form.unit is None:
        return reader.anchor if form.base == "writing" else None
    day = reader.anchor.last
    # The quarter that figures are told of is the one that has ended.
    named = unit_at(form.unit, day, -1 if form.unit == "quarter" else 0)
    return named.days if named else None


def read_period(reader: Reader, form: Form) -> Reading:
    """ "the past two days": as many days up to the base, the base's day counted; "the next": after it."""
    unit, sign = form.unit or "day", form.shift or -1
    value = duration(form.number, unit)
    base = reader.read(form.inner).days if form.inner is not None else reader.base(form)
    if form.number is None or base is None:
        return reader.none("how many is not said, or from which day", value)
    count = form.number * TIMES.get(unit, 1)
    day = base.last
    if unit == "day" and count == int(count) and count >= 1:
        steps = int(count) - 1
        days = DayRange(day - steps * ONE, day) if sign < 0 else DayRange(day + ONE, day + (steps + 1) * ONE)
    elif unit in ("week", "weekend", "fortnight"):
        days = _between(day, day + sign * int(7 * count) * ONE)
    elif unit in ("month", "quarter", "year", "decade", "century", "half"):
        months = int(count * {"month": 1, "quarter": 3}.get(unit, 12))
        days = _between(day, months_away(day, sign * months))
        if form.inner is not None:  # "the nine months ended Sept. 30": from the first of January
            days = DayRange(months_away(day + ONE, -months), day)
    else:
        days = DayRange(day, day)
    return Reading(value, days, "days", f"{reader.quoted}, counted from {in_words(base)}")


def _between(a: date, b: date) -> DayRange:
    return DayRange(min(a, b), max(a, b))


def read_duration(reader: Reader, form: Form) -> Reading:
    """ "three years"."""
    return Reading(duration(form.number, form.unit or "day"), None, None, f"{reader.quoted}, a length of time")


def ahead(form: Form, day: date, *, within: bool) -> DayRange | None:
    """ "in two weeks", "within 30 days" of what lies ahead, counted from `day`; None where it cannot be counted.

    A day or week counts days, a month or year names the whole one. `within`: any day up to then.
    """
    unit = form.unit or "day"
    if not form.number:
        return None
    count = form.number * TIMES.get(unit, 1)
    if unit in ("hour", "minute", "second"):
        last = day_named(day + int(count // 24) * ONE if unit == "hour" else day).days
    elif unit in ("day", "week", "fortnight"):
        last = day_named(day + int(count * (1 if unit == "day" else 7)) * ONE).days
    elif unit == "month":
        last = month_named(*month_shift(day.year, day.month, int(count))).days
    elif unit in ("year", "decade"):
        last = year_named(day.year + int(count)).days
    else:
        return None
    return (
        DayRange(day, months_away(day, 12 * int(count)) if unit in ("year", "decade") else last.last)
        if within
        else last
    )


def read_set(reader: Reader, form: Form) -> Reading:
    """ "every year", "each Monday", "annually"."""
    if form.ref:
        value = form.ref
    elif form.weekday is not None:
        value = f"XXXX-WXX-{form.weekday + 1}"
    elif form.month is not None:
        value = f"XXXX-{form.month:02d}"
    else:
        value = duration(form.number, form.unit or "day")
    return Reading(value, None, None, f"{reader.quoted}, a repeated time")


def read_vague(reader: Reader, form: Form) -> Reading:
    """ "recently", "now"."""
    return Reading(form.ref, None, None, f"{reader.quoted} names no day")


def read_range(reader: Reader, form: Form) -> Reading:
    """ "from 3 to 6 May", "2003-2005", "Monday to Wednesday"."""
    if form.first is None or form.last is None:
        return reader.none("an end of the range is missing")
    first = reader.read(form.first)
    if form.first.kind == "weekday" and form.last.kind == "weekday" and first.days:
        length = timedelta(((form.last.weekday or 0) - (form.first.weekday or 0)) % 7 or 7)
        a = first.days.first
        if reader.day and a + length > reader.day and reader.context.tense == "past":
            a -= 7 * ONE
        days = DayRange(a, a + length)
        return Reading(f"{days.first}/{days.last}", days, "days", f"{reader.quoted}, {in_words(days)}")
    last = reader.read(form.last)
    if first.days is None or last.days is None:
        return reader.none("an end of the range is not known")
    a, b = first.days.first, last.days.last
    if b < a and form.first.year is None and form.first.month is not None:
        a = months_away(a, -12)
    if b < a:
        return reader.none("the range ends before it begins")
    granularity: Granularity = "days"
    if first.granularity == last.granularity and first.granularity in ("year", "decade"):
        granularity = "years"
    days = DayRange(a, b)
    return Reading(f"{first.value}/{last.value}", days, granularity, f"{reader.quoted}, {in_words(days)}")
