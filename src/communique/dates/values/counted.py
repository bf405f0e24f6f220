"""Times that are counted from another day, lengths, repeated and vague times, ranges."""

from __future__ import annotations

from datetime import date, timedelta

from communique.dates.expressions import Form, Reading
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
    year_named,
)
from communique.dates.values.reader import Reader
from communique.dates.values.wording import in_words
from communique.model import DayRange, Granularity


def read_unit(reader: Reader, form: Form) -> Reading:
    """ "today", "last week", "this month", "the same day", "the weekend"."""
    base = reader.base(form)
    unit = form.unit or "day"
    if base is None:
        return reader.none("the day of writing is not known")
    past = reader.context.tense == "past"
    shift = form.shift or 0
    if unit == "weekend" and form.shift is None:
        shift = -1 if past and base.last.weekday() < 5 else 0
    elif unit == "weekend" and shift == 0 and past and base.last.weekday() < 3:
        shift = -1  # "this weekend" of what has happened, written early in the week
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
    return reader.made(year_named(day.year + sign * int(count)), why)


def read_period(reader: Reader, form: Form) -> Reading:
    """ "the past two days": as many days up to the base, the base's day counted; "the next": after it."""
    unit, sign = form.unit or "day", form.shift or -1
    value = duration(form.number, unit)
    base = reader.base(form)
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
    else:
        days = DayRange(day, day)
    return Reading(value, days, "days", f"{reader.quoted}, counted from {in_words(base)}")


def _between(a: date, b: date) -> DayRange:
    return DayRange(min(a, b), max(a, b))


def read_duration(reader: Reader, form: Form) -> Reading:
    """ "three years"."""
    return Reading(duration(form.number, form.unit or "day"), None, None, f"{reader.quoted}, a length of time")


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
