"""Seasons, quarters, halves, decades, centuries, fiscal years, and the n-th part of something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from communique.dates.expressions import Form, Reading
from communique.dates.values.calendar import (
    century_named,
    day_named,
    decade_named,
    duration,
    half_named,
    pieces,
    quarter_named,
    season_named,
    season_year,
    unit_at,
)
from communique.dates.values.feasts import feast_days
from communique.dates.values.reader import Reader
from communique.dates.values.wording import in_words
from communique.model import DayRange


def read_season(reader: Reader, form: Form) -> Reading:
    """ "last summer", "the spring of 1862", "winter"."""
    season = form.season or "SU"
    year = form.year
    why = "as printed"
    if year is None and form.inner is not None:
        inner = reader.read(form.inner)
        if inner.days is None:
            return inner
        year, why = inner.days.first.year, f"of {inner.days.first.year}"
    if year is None:
        base = reader.base(form)
        if reader.context.year is not None:
            year, why = reader.context.year, "in the year the passage tells of"
        elif base is None:
            return reader.none("the day of writing is not known", f"XXXX-{season}")
        else:
            year, why = _season_meant(reader, form, season, base.last), reader.from_words(form)
    return reader.made(season_named(year, season), why)


def _season_meant(reader: Reader, form: Form, season: str, day: date) -> int:
    """The year of "last", "this", "next summer", or of a season alone."""
    newest = season_year(season, day)  # the one that has begun last
    over = season_named(newest, season).days.last < day
    if form.shift is not None and form.shift < 0:
        return newest if over else newest - 1
    if form.shift is not None and form.shift > 0:
        return newest + 1
    if form.shift is None and reader.context.tense == "past":
        return newest
    if over and reader.context.tense != "past":
        return newest + 1 if reader.context.tense == "future" or form.shift == 0 else newest
    return newest


def read_quarter(reader: Reader, form: Form) -> Reading:
    """ "the third quarter", "Q3 2009", "the first quarter of last year"."""
    number = int(form.number or 1)
    of = _year_of(reader, form)
    if of is None and form.inner is not None:
        return reader.none("the year is not known")
    if of is None:
        of = _year_meant(reader, number, 4)
    return reader.made(quarter_named(of[0], number), of[1]) if of else reader.none("the year is not known")


def _year_of(reader: Reader, form: Form) -> tuple[int, str] | None:
    """The year of a quarter or half: printed, or of its inner date. A fiscal year is taken for the calendar year."""
    if form.year is not None:
        return form.year, "as printed"
    if form.inner is not None and form.inner.kind == "fiscal" and form.inner.year:
        return form.inner.year, f"of {form.inner.year}"
    if form.inner is not None:
        inner = reader.read(form.inner)
        return (inner.days.first.year, f"of {inner.days.first.year}") if inner.days else None
    return None


def _year_meant(reader: Reader, number: int, of: int) -> tuple[int, str] | None:
    """The year of "the third quarter" (`number` 3 of 4) or "the first half" (1 of 2) without one."""
    day = reader.day
    if reader.context.year is not None:
        return reader.context.year, "in the year the passage tells of"
    if day is None:
        return None
    now = (day.month - 1) * of // 12 + 1
    tense = reader.context.tense
    if tense == "future":
        return day.year + (number < now), f"the next one, counted from {in_words(reader.anchor)}"
    # One that has not begun is of last year, unless it is the next and no past tense speaks of it.
    last = number > now and (tense == "past" or number > now + 1)
    return day.year - last, f"the nearest one, counted from {in_words(reader.anchor)}"


def read_half(reader: Reader, form: Form) -> Reading:
    """ "the first half of 2009", "the first half"."""
    number = int(form.number or 1)
    if form.inner is None or form.inner.kind == "fiscal":
        of = _year_of(reader, form) or _year_meant(reader, number, 2)
        return reader.made(half_named(of[0], number), of[1]) if of else reader.none("the year is not known")
    inner = reader.read(form.inner)
    if inner.days is None:
        return reader.none("the year is not known")
    if inner.granularity == "year":
        return reader.made(half_named(inner.days.first.year, number), f"of {inner.days.first.year}")
    if inner.granularity in ("decade", "century"):
        return Reading(inner.value, inner.days, inner.granularity, inner.note)
    return replace(inner, note=f"{reader.quoted}, {'first' if number == 1 else 'second'} half, not narrowed")


def read_decade(reader: Reader, form: Form) -> Reading:
    """ "the 1980s", "the eighties"."""
    year = form.year or 0
    why = "as printed"
    if year < 100:
        now = reader.context.year or (reader.day.year if reader.day else 2000)
        century = now // 100 * 100
        year = year + (century if century + year <= now else century - 100)
        why = "the last such decade"
    return reader.made(decade_named(year), why)


def read_century(reader: Reader, form: Form) -> Reading:
    """ "the 19th century"."""
    number = int(form.number or 1)
    if form.bc:
        return Reading(f"BC{number - 1:02d}", None, "century", f"{reader.quoted}, as printed")
    return reader.made(century_named(100 * (number - 1)), "as printed")


def read_fiscal(reader: Reader, form: Form) -> Reading:
    """ "fiscal 2013", "the current fiscal year": a name, but no days."""
    year = form.year
    if year is None:
        now = reader.context.year or (reader.day.year if reader.day else None)
        year = now + (form.shift or 0) if now else None
    return reader.none("fiscal years differ by country, so no days are given", f"FY{year}" if year else None)


def read_ordinal(reader: Reader, form: Form) -> Reading:
    """ "the last week of March", "the first three days of May", "the second Monday in May"."""
    inner = reader.read(form.inner) if form.inner else None
    if inner is None or inner.days is None or form.number is None:
        return reader.none("what it is part of is not known")
    many = max(1, form.shift or 1)
    number = int(form.number)
    unit = form.unit or "day"
    all_of_them = pieces(inner.days, unit)
    if form.weekday is not None:
        all_of_them = [piece for piece in all_of_them if piece.first.weekday() == form.weekday]
    chosen = all_of_them[-many:] if number < 0 else all_of_them[number - 1 : number - 1 + many]
    if not chosen:
        return reader.none("there is no such one")
    first, last = chosen[0].first, chosen[-1].last
    why = f"of {in_words(inner.days)}"
    named = unit_at(unit, first, 0) if many == 1 else None
    if named is not None:
        return reader.made(named, why)
    return Reading(duration(many, unit), DayRange(first, last), "days", f"{reader.quoted}, {why}")


def read_feast(reader: Reader, form: Form) -> Reading:
    """ "Good Friday", "last Ramadan", "Christmas 2022"."""
    key = form.ref or ""
    day = reader.day
    if form.inner is not None:
        inner = reader.read(form.inner)
        year = inner.days.first.year if inner.days else None
    else:
        year = form.year or reader.context.year
    if year is not None:
        chosen = feast_days(key, year)
        return _feast_read(reader, chosen, f"in {year}") if chosen else reader.none(f"not known for {year}")
    if day is None:
        return reader.none("the year is not known")
    near = [days for y in range(day.year - 1, day.year + 2) if (days := feast_days(key, y))]
    before = [days for days in near if days.first <= day]
    after = [days for days in near if days.last >= day]
    tense = reader.context.tense
    if form.shift is not None and form.shift < 0:
        before = [days for days in near if days.last < day]
    if form.shift is not None and form.shift > 0:
        after = [days for days in near if days.first > day]
    ahead = (form.shift or 0) > 0 or (form.shift in (None, 0) and tense == "future")
    if form.shift == 0 and tense != "future":  # "this Ramadan": the one of this year
        after = before = [days for days in near if days.first.year == day.year]
    if ahead and after:
        return _feast_read(reader, min(after), f"the next one, counted from {in_words(reader.anchor)}")
    if not ahead and tense != "past" and form.shift is None and near:
        nearest = min(near, key=lambda days: min(abs((days.first - day).days), abs((days.last - day).days)))
        return _feast_read(reader, nearest, f"the nearest one to {in_words(reader.anchor)}")
    if before:
        return _feast_read(reader, max(before), f"the last one, counted from {in_words(reader.anchor)}")
    return reader.none("not known for that year")


def _feast_read(reader: Reader, days: DayRange, why: str) -> Reading:
    if days.days == 1:
        return reader.made(day_named(days.first), why)
    return Reading(f"{days.first}/{days.last}", days, "days", f"{reader.quoted}, {in_words(days)}, {why}")
