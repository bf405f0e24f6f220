"""Seasons, quarters, halves, decades, centuries, fiscal years, and the n-th part of something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from communique.dates.expressions import Form, Reading
from communique.dates.values.calendar import (
    century_named,
    decade_named,
    duration,
    half_named,
    pieces,
    quarter_named,
    season_named,
    season_year,
    unit_at,
)
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
    if of is None:
        if reader.day is None or form.inner is not None:
            return reader.none("the year is not known")
        year = reader.context.year or reader.day.year
        if reader.context.year is None and number > (reader.day.month + 2) // 3 and reader.context.tense != "future":
            year -= 1
        of = year, f"the last such quarter up to {in_words(reader.anchor)}"
    return reader.made(quarter_named(of[0], number), of[1])


def _year_of(reader: Reader, form: Form) -> tuple[int, str] | None:
    """The year of a quarter: printed, or of its inner date."""
    if form.year is not None:
        return form.year, "as printed"
    if form.inner is not None:
        inner = reader.read(form.inner)
        return (inner.days.first.year, f"of {inner.days.first.year}") if inner.days else None
    return None


def read_half(reader: Reader, form: Form) -> Reading:
    """ "the first half of 2009"."""
    inner = reader.read(form.inner) if form.inner else None
    if inner is None or inner.days is None:
        return reader.none("the year is not known")
    number = int(form.number or 1)
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
    """ "fiscal 2013": a name, but no days."""
    year = form.year or (reader.context.year or (reader.day.year if reader.day else None))
    return reader.none("fiscal years differ by country, so no days are given", f"FY{year}" if year else None)


def read_ordinal(reader: Reader, form: Form) -> Reading:
    """ "the last week of March", "the first three days of May"."""
    inner = reader.read(form.inner) if form.inner else None
    if inner is None or inner.days is None or form.number is None or form.unit is None:
        return reader.none("what it is part of is not known")
    all_of_them = pieces(inner.days, form.unit)
    many = max(1, form.shift or 1)
    number = int(form.number)
    chosen = all_of_them[-many:] if number < 0 else all_of_them[number - 1 : number - 1 + many]
    if not chosen:
        return reader.none("there is no such one")
    first, last = chosen[0].first, chosen[-1].last
    why = f"of {in_words(inner.days)}"
    named = unit_at(form.unit, first, 0) if many == 1 else None
    if named is not None:
        return reader.made(named, why)
    return Reading(duration(many, form.unit), DayRange(first, last), "days", f"{reader.quoted}, {why}")
