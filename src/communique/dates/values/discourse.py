"""The expressions of a whole report, read in order: what "the next day" and a year-less date lean on."""

from __future__ import annotations

from collections.abc import Iterable

from communique.dates.expressions import Form, Reading, TimeExpression
from communique.dates.values.reader import Context
from communique.dates.values.reading import read_time
from communique.model import DayRange


def read_all(times: Iterable[TimeExpression], anchor: DayRange | None) -> tuple[Reading, ...]:
    """The reading of every expression of one report, in order: each knows the day last spoken of before it.

    A text that prints mostly years long past and no "today" is a history: its days without a year belong to the year
    it has come to, and "the next day" counts from the day before.
    """
    items = tuple(times)
    narrative = is_history(items, anchor)
    readings: list[Reading] = []
    reference: DayRange | None = None
    reference_form: Form | None = None
    year: int | None = None
    year_sentence = year_paragraph = -1
    told_day: DayRange | None = None
    for item in items:
        form = item.form
        here = year_sentence == item.sentence
        near = here or (anchor is not None and item.paragraph == year_paragraph)
        told = year if narrative or near else None
        aside = anchor is not None and told is not None and anchor.last.year - told < (1 if here else 2)
        if not narrative and (aside or item.tense == "future"):
            told = None
        context = Context(reference, reference_form, told_day, told, item.tense, narrative)
        reading = read_time(item, anchor, context=context)
        readings.append(reading)
        if reading.days is not None and item.type in ("DATE", "TIME") and form.kind != "vague":
            aside = item.preposition in ("since", "until", "till", "than") and not narrative
            if form.kind != "clock" and not (aside and reading.days.days > 1):
                reference, reference_form = reading.days, form
                told_day = reading.days if reading.days.days == 1 else told_day
            told_now = None if aside else _told_year(item, reading, year, narrative=narrative)
            if told_now is not None:
                year, year_sentence, year_paragraph = told_now, item.sentence, item.paragraph
    return tuple(readings)


def _told_year(item: TimeExpression, reading: Reading, year: int | None, *, narrative: bool) -> int | None:
    """The year that the passage tells of after this expression; None when it stays what it was.

    In a history a bare year far from the story's year ("as in 1812") is an aside.
    """
    if reading.days is None:
        return None
    form = item.form
    explicit = _explicit_year(form)
    if not narrative or year is None:
        return explicit
    found = reading.days.first.year
    if explicit is None:
        if (form.shift or 0) < 0:
            return None  # "as in the previous year" looks back, and the story goes on where it was
        return found if reading.days.days <= 366 and abs(found - year) <= 1 else None
    exact = form.kind != "date" or form.month is not None
    leads = item.start - item.sentence <= 3  # "In 1918, ..."
    return explicit if abs(explicit - year) <= (12 if exact else 3 if leads else 1) else None


def _explicit_year(form: Form) -> int | None:
    if form.kind in ("date", "season", "quarter") and form.year is not None and not form.bc:
        return form.year
    if form.kind == "range" and form.first is not None:
        return _explicit_year(form.first)
    return None


def is_history(times: tuple[TimeExpression, ...], anchor: DayRange | None) -> bool:
    """Whether a text tells of the past in order rather than of the days before it was written."""
    if any(_is_deictic(item.form) for item in times[:3]):
        return False  # news opens with its weekday or "today"
    now = sum(_is_deictic(item.form) for item in times)
    years = [year for item in times if (year := _explicit_year(item.form)) is not None]
    old = len(years) if anchor is None else sum(anchor.last.year - year > 1 for year in years)
    return old >= 4 and old > 3 * now and old > (len(years) - old) / 2


def _is_deictic(form: Form) -> bool:
    """A bare weekday, "today", "yesterday": counted from the day of writing."""
    if form.kind == "weekday":
        return form.shift is None
    return form.kind == "unit" and form.unit == "day" and form.base == "writing"
