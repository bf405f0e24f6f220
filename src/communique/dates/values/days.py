"""Printed dates, with or without their year, weekdays, and hours of a day."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from functools import lru_cache

from communique.dates.expressions import Form, Reading
from communique.dates.values.calendar import ONE, day_named, month_named, month_shift, year_named
from communique.dates.values.reader import Reader
from communique.dates.values.wording import DAY_NAMES, in_words, one_day
from communique.tables import rows


def read_date(reader: Reader, form: Form) -> Reading:
    """ "29 March 2024", "March 29", "March", "2024", "March of last year", "the 29th"."""
    if form.bc:
        return Reading(f"BC{form.year:04d}", None, "year", f"{reader.quoted}, as printed")
    if form.year is not None:
        return _dated(reader, form, form.year, form.month, form.day, _as_printed(form))
    if form.inner is not None:
        inner = reader.read(form.inner)
        if inner.days is None:
            return inner
        first = inner.days.first
        month = form.month or first.month
        return _dated(reader, form, first.year, month, form.day, f"of {in_words(inner.days)}")
    if form.month is None:
        return _day_alone(reader, form)
    if form.shift is not None:
        return _pointed(reader, form)
    return _nearest(reader, form, form.month)


def _as_printed(form: Form) -> str:
    if form.other and form.other.month and form.other.day and form.year:
        second = date(form.year, form.other.month, form.other.day)
        return f"read month first; day first it would be {in_words(one_day(second))}"
    return "as printed"


def _dated(reader: Reader, form: Form, year: int, month: int | None, day: int | None, why: str) -> Reading:
    if month is None:
        return reader.made(year_named(year), why)
    if day is None:
        return reader.made(month_named(year, month), why)
    if form.other and reader.day and form.other.month and form.other.day:
        first, second = date(year, month, day), date(year, form.other.month, form.other.day)
        far = abs((second - reader.day).days)
        if far < abs((first - reader.day).days) and far < 15:
            day, month = second.day, second.month
            why = f"read day first; month first it would be {in_words(one_day(first))}"
    try:
        full = date(year, month, day)
    except ValueError:
        return reader.none(f"{year} has no such day")
    if form.weekday is not None and full.weekday() != form.weekday:
        why += f"; but that day was a {DAY_NAMES[full.weekday()]}, not a {DAY_NAMES[form.weekday]}"
    return reader.made(day_named(full), why)


def _day_alone(reader: Reader, form: Form) -> Reading:
    """ "the 15th": of the month last spoken of where a story is told, else the last or next such day."""
    told = reader.context.reference
    if form.base == "reference" and told and told.days <= 31 and (reader.context.narrative or told != reader.anchor):
        return _after(reader, form, told.first)
    base = reader.day
    if base is None or form.day is None:
        return reader.none("no month is given")
    step = 1 if reader.context.tense == "future" else -1
    for away in range(400 if form.weekday is not None else 62):
        day = base + step * away * ONE
        if day.day == form.day and (form.weekday is None or day.weekday() == form.weekday):
            side = "next" if step > 0 else "last"
            return reader.made(day_named(day), f"the {side} such day, counted from {in_words(reader.anchor)}")
    return reader.none("no near month has such a day")


def _after(reader: Reader, form: Form, told: date) -> Reading:
    """ "on the 5th" in a story: in the month it has come to, or the next where the day has passed."""
    number = form.day or 1
    ahead = number < told.day - 6 and reader.context.narrative
    year, month = month_shift(told.year, told.month, 1 if ahead else 0)
    if number > calendar.monthrange(year, month)[1]:
        return reader.none("the month last spoken of has no such day")
    return reader.made(day_named(date(year, month, number)), "of the month last spoken of")


def _pointed(reader: Reader, form: Form) -> Reading:
    """ "last March", "next 5 May"."""
    base = reader.base(form)
    if base is None or form.month is None or form.shift is None:
        return reader.none("the day of writing is not known")
    day = base.last if form.base == "writing" else base.first
    year = day.year
    if form.shift < 0:
        year -= form.month >= day.month
    elif form.shift > 0:
        year += form.month <= day.month
    return _dated(reader, form, year, form.month, form.day, reader.from_words(form))


def _nearest(reader: Reader, form: Form, month: int) -> Reading:
    """A day or month without a year: the nearest, on the side of its tense where it is a month."""
    if reader.context.year is not None:
        year = reader.context.year
        if reader.context.narrative or reader.day is None:
            year = _ordered_year(reader, month)
        return _dated(reader, form, year, month, form.day, "in the year the passage tells of")
    if reader.day is None:
        value = f"XXXX-{month:02d}" + (f"-{form.day:02d}" if form.day else "")
        reading = reader.none("no year is given and the day of writing is not known", value)
        return replace(reading, granularity="day" if form.day else "month")
    if form.day is None:
        return _nearest_month(reader, month)
    candidates = _candidates(reader.day, form, month, form.day)
    if not candidates:
        return reader.none("no near year fits")
    return _nearest_day(reader, form, candidates)


def _candidates(anchor: date, form: Form, month: int, number: int) -> list[date]:
    """That day in the years around the day of writing; of the printed weekday, if there is one near."""

    def fitting(years: range) -> list[date]:
        days = [date(y, month, number) for y in years if calendar.monthrange(y, month)[1] >= number]
        return [d for d in days if form.weekday is None or d.weekday() == form.weekday]

    near = fitting(range(anchor.year - 1, anchor.year + 2))
    return near or sorted(fitting(range(anchor.year - 6, anchor.year + 7)), key=lambda d: abs(d - anchor))[:1]


def _nearest_day(reader: Reader, form: Form, candidates: list[date]) -> Reading:
    assert reader.day is not None
    anchor = reader.day
    best = min(candidates, key=lambda day: (abs((day - anchor).days), day > anchor))
    if reader.context.tense == "past" and best > anchor + 2 * ONE:
        earlier = [day for day in candidates if day <= anchor]
        # Far ahead and in the past tense: the one before, however far; near ahead the tense may mislead.
        if earlier and (best - anchor).days > 45:
            best = max(earlier)
    elif reader.context.tense == "future" and best < anchor:
        later = [day for day in candidates if day >= anchor]
        if later and (anchor - best).days > 45:
            best = min(later)
    why = f"the nearest such day to {in_words(reader.anchor)}"
    if form.weekday is not None and best.weekday() == form.weekday:
        why += f", a {DAY_NAMES[form.weekday]} as printed"
    return reader.made(day_named(best), why)


def _nearest_month(reader: Reader, month: int) -> Reading:
    assert reader.day is not None
    tense = reader.context.tense
    ahead = (month - reader.day.month) % 12  # months until the next such one
    back = (reader.day.month - month) % 12
    if tense == "future":
        forward = ahead <= 10
    elif tense == "past":
        forward = False
    else:
        forward = ahead < back and ahead <= 5
    steps = ahead if forward else -back
    year, number = month_shift(reader.day.year, reader.day.month, steps)
    side = "next" if steps > 0 else "last"
    return reader.made(month_named(year, number), f"the {side} one, counted from {in_words(reader.anchor)}")


def _ordered_year(reader: Reader, month: int) -> int:
    """In a history told in order: the year of the day before, or the next where the month would run backwards."""
    year = reader.context.year or 0
    before = reader.context.reference
    told = before is not None and before.days < 32 and reader.context.reference_form is not None
    if before and told and before.first.year == year and before.first.month - month >= 9:
        return year + 1  # November, then February: the year has turned, unless the story looks back
    return year


def read_weekday(reader: Reader, form: Form) -> Reading:
    """ "Friday", "last Friday", "Friday of next week"."""
    if form.weekday is None:
        return reader.none("names no weekday")
    if form.inner is not None:
        week = reader.read(form.inner)
        if week.days is None:
            return week
        return reader.made(day_named(week.days.first + form.weekday * ONE), f"in the week of {in_words(week.days)}")
    base = reader.base(form)
    if base is None:
        return reader.none("the day of writing is not known", f"XXXX-WXX-{form.weekday + 1}")
    day = base.last
    back = (day.weekday() - form.weekday) % 7
    ahead = (form.weekday - day.weekday()) % 7
    where = in_words(base)
    name = DAY_NAMES[form.weekday]
    if form.base == "reference" and form.shift is not None:
        steps = (ahead or 7) if form.shift > 0 else -(back or 7)
        return _weekday_at(reader, day + steps * ONE, f"the {name} {'after' if steps > 0 else 'before'} {where}")
    if form.shift is not None and form.shift < 0:
        return _weekday_at(reader, day - (back or 7) * ONE, f"the last {name} before {where}")
    if form.shift is not None and form.shift > 0:
        return _weekday_at(reader, day + (ahead or 7) * ONE, f"the next {name} after {where}")
    if form.shift == 0 and reader.context.tense != "past":
        return _weekday_at(reader, day + ahead * ONE, f"the next {name} from {where}")
    if reader.context.tense == "future":
        return _weekday_at(reader, day + ahead * ONE, f"the next {name} from {where}, since the verb looks ahead")
    return _weekday_at(reader, day - back * ONE, f"the last {name} up to {where}")


def _weekday_at(reader: Reader, day: date, why: str) -> Reading:
    if reader.anchor is not None and reader.anchor.days > 1:
        why += " (the day of writing is not known to the day)"
    return reader.made(day_named(day), why)


def read_clock(reader: Reader, form: Form) -> Reading:
    """ "15:00": on the day last spoken of."""
    reference = reader.context.reference
    base = reference if reference and reference.days == 1 else reader.anchor
    if base is None or base.days > 1:
        return reader.none("on which day is not said", f"XXXX-XX-XX{form.clock}")
    named = day_named(base.first)
    value = f"{named.value}{form.clock}"
    return reader.made(named._replace(value=value), f"on {in_words(base)}, last spoken of")


def read_hijri(reader: Reader, form: Form) -> Reading:
    """ "29 Ramadan 1445": by the table of the Umm al-Qura calendar."""
    first = _hijri_months().get((form.year or 0, form.month or 0))
    if first is None or form.day is None:
        return reader.none("outside the table of Islamic months")
    day = first + (form.day - 1) * ONE
    return reader.made(day_named(day), "by the Umm al-Qura calendar; where the moon is sighted, a day later or earlier")


@lru_cache(maxsize=1)
def _hijri_months() -> dict[tuple[int, int], date]:
    return {(int(row["year"]), int(row["month"])): date.fromisoformat(row["from"]) for row in rows("hijri_months")}
