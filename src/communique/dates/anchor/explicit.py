"""Clues from printed dates: with their year or weekday, tied to "today" or "last month", in anniversaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from communique.dates.anchor import grid
from communique.dates.anchor.grid import ABSURD, Clue, floor
from communique.dates.expressions import Form, TimeExpression
from communique.dates.values import in_words, one_day
from communique.dates.values.wording import DAY_NAMES
from communique.model import DayRange, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from communique.dates.anchor.grid import Array

_RUNNING: Final = 14  # days: of what goes on for longer, the report may be of any time
_TIED: Final = re.compile(r"\s*[,(]?\s*(?:in|on)?\s*(?:the\s*)?")
_DECLARES: Final = re.compile(r"\b(?:declar|designat|proclaim|nam|announc)\w*", re.IGNORECASE)
_ANNIVERSARY: Final = re.compile(
    r"\b(?P<n>\d{1,3})(?:st|nd|rd|th)\s+(?:\w+\s+){0,2}?anniversary|\b(?P<n2>\d{1,3})\s+years\s+since\b", re.IGNORECASE
)


def weekday_dates(times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """ "Friday, March 29": only some years have that weekday on that day."""
    pairs: dict[tuple[int, int, int], TimeExpression] = {}
    for item in times:
        form = item.form
        if form.kind == "date" and form.weekday is not None and form.month and form.day and form.year is None:
            pairs.setdefault((form.weekday, form.month, form.day), item)
    for (weekday, month, number), item in pairs.items():
        fits = [day for day in _such_days(month, number) if day.weekday() == weekday]
        years = ", ".join(str(day.year) for day in fits[-8:])
        note = f"{item.text!r}: that day was a {DAY_NAMES[weekday]} only in {years}"
        yield Clue("weekday-date", floor(_nearest(fits), ABSURD), note, None, item.span, hard=True)


def _such_days(month: int, number: int) -> list[date]:
    """That day of every year of the grid that has it."""
    found = []
    for year in range(grid.FIRST.year, grid.LAST.year + 1):
        try:
            found.append(date(year, month, number))
        except ValueError:
            continue
    return found


def _nearest(fits: list[date]) -> Array:
    """The days to which one of `fits` is the nearest such day."""
    import numpy

    days = grid.days()
    mask = numpy.zeros(len(days.ordinal), dtype=bool)
    for day in fits:
        mask[days.index(day - timedelta(120)) : days.index(day + timedelta(300)) + 1] = True
    return mask


def full_dates(doc: Doc, times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """Dates with their year: past tense puts the writing on or after them, future tense before."""
    days = grid.days()
    newest: tuple[date, TimeExpression] | None = None
    soonest: tuple[date, TimeExpression] | None = None
    now: tuple[DayRange, TimeExpression] | None = None
    for item in times:
        span = printed_days(item.form)
        if span is None or (span.days > 27 and not _dates_a_verb(doc, item)):
            continue
        if item.tense == "past" and (newest is None or span.first > newest[0]):
            newest = span.first, item
        elif item.tense == "future" and (soonest is None or span.last < soonest[0]):
            soonest = span.last, item
        elif item.tense == "present" and now is None and span.days <= _RUNNING and _is_going_on(doc, item):
            now = span, item
    if now and now[0].first > grid.FIRST and now[0].last < grid.LAST:
        during = (days.ordinal >= now[0].first.toordinal() - 1) & (days.ordinal <= now[0].last.toordinal())
        said = f"{now[1].text!r} is going on: written {in_words(now[0])}, or the day before"
        yield Clue(
            "explicit-date", floor(during, ABSURD / 10), said, f"{now[0].first}/{now[0].last}", now[1].span, hard=True
        )
    if newest and grid.FIRST < newest[0] < grid.LAST:
        later = days.ordinal >= newest[0].toordinal()
        said = f"{newest[1].text!r} is told in the past tense: written on or after {in_words(one_day(newest[0]))}"
        yield Clue("explicit-date", floor(later, 2e-3), said, f"{newest[0]}/..", newest[1].span, hard=True)
    if soonest and grid.FIRST < soonest[0] < grid.LAST:
        before = days.ordinal <= soonest[0].toordinal()
        said = f"{soonest[1].text!r} still lies ahead: written on or before {in_words(one_day(soonest[0]))}"
        yield Clue("explicit-date", floor(before, 2e-3), said, f"../{soonest[0]}", soonest[1].span, hard=True)


def _is_going_on(doc: Doc, item: TimeExpression) -> bool:
    """ "Is visiting Oslo from 4 to 5 May 2013"."""
    verbs = (token for token in doc[item.start : item.end].root.ancestors if token.pos_ == "VERB")
    verb = next(verbs, None)
    return verb is not None and verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.tag_ != "TO" for c in verb.children)


def _dates_a_verb(doc: Doc, item: TimeExpression) -> bool:
    """A year or month right under a verb, "signed in 2021": not "the 2021 model", "the plan for 2021"."""
    root = doc[item.start : item.end].root
    preposition = root.head
    if root.dep_ != "pobj" or preposition.lower_ not in ("in", "since", "during"):
        return False
    verb = preposition.head
    return verb.pos_ in ("VERB", "AUX") and verb.tag_ in ("VBD", "VBN", "VB") and item.tense is not None


def printed_days(form: Form) -> DayRange | None:
    """The days of a form that carries its own year and month, or year alone."""
    if form.kind == "range" and form.first and form.last:
        first, last = printed_days(form.first), printed_days(form.last)
        return DayRange(first.first, last.last) if first and last and first.first <= last.last else None
    if form.kind != "date" or form.year is None or form.bc or form.other:
        return None
    try:
        if form.month and form.day:
            return one_day(date(form.year, form.month, form.day))
        if form.month:
            begin = date(form.year, form.month, 1)
            return DayRange(begin, (begin + timedelta(31)).replace(day=1) - timedelta(1))
        return DayRange(date(form.year, 1, 1), date(form.year, 12, 31))
    except ValueError:
        return None


def tied_words(doc: Doc, times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """ "today, 20 October 2010", "last month, in April 2023", "this year, 2024", "last year ... declared 2024 the"."""
    days = grid.days()
    month_number = days.year * 12 + days.month - 1
    text = doc.text  # spaCy joins the tokens anew each time it is asked
    for item, following in pairwise(times):
        form, next_form = item.form, following.form
        relative, explicit = (form, next_form) if form.kind == "unit" else (next_form, form)
        if relative.kind != "unit" or relative.base != "writing" or relative.shift is None or relative.part:
            continue
        if explicit.kind != "date" or item.sentence != following.sentence:
            continue
        between = text[item.span.end : following.span.start]
        span = Span(item.span.start, following.span.end)
        words = repr(text[span.start : span.end])
        tied = _TIED.fullmatch(between) is not None
        shift = relative.shift
        if tied and relative.unit == "day" and explicit.month and explicit.day:
            same = (days.month == explicit.month) & (days.day == explicit.day)
            if explicit.year:
                same &= days.year == explicit.year
            yield Clue("tied-words", floor(_moved(same, -shift), ABSURD), f"{words} gives the day of writing",
                       None, span, hard=True)  # fmt: skip
        elif explicit.year is None:
            continue
        elif tied and relative.unit == "month" and explicit.month:
            target = explicit.year * 12 + explicit.month - 1 - shift
            yield Clue("tied-words", floor(month_number == target, ABSURD), f"{words} gives the month of writing",
                       None, span, hard=True)  # fmt: skip
        elif tied and relative.unit == "year" and not (explicit.month and "," not in between and "(" not in between):
            target = explicit.year - shift
            yield Clue("tied-words", floor(days.year == target, ABSURD), f"{words} gives the year of writing",
                       str(target), span, hard=True)  # fmt: skip
        elif relative.unit == "year" and _DECLARES.search(between) and explicit.month is None and shift <= 0:
            yield _themed_year(explicit.year, shift, words, span)


def _themed_year(year: int, shift: int, words: str, span: Span) -> Clue:
    """ "Last year, the two declared 2024 the Year of Culture": it is declared the year before."""
    import numpy

    days = grid.days()
    late = floor(days.year == year + 1, ABSURD, 0.01)
    likelihood = numpy.maximum(floor(days.year == year, ABSURD), late)
    told = f"a themed year is declared the year before: written in {year}" if shift == -1 else "the year of writing"
    return Clue("themed-year", likelihood, f"{words}: {told}", str(year), span, hard=True)


def _moved(mask: Array, steps: int) -> Array:
    import numpy

    return numpy.roll(mask, steps)


def anniversaries(text: str) -> Iterator[Clue]:
    """ "established in 1992 ... this year marks the 32nd anniversary"."""
    days = grid.days()
    for match in _ANNIVERSARY.finditer(text):
        start = text.rfind(".", 0, match.start()) + 1
        end = text.find(". ", match.end())
        sentence = text[start : end if end >= 0 else len(text)]
        number = int(match.group("n") or match.group("n2"))
        year_words = re.search(r"\bthis year\b|\bmark|\bcelebrat|\bon the occasion\b", sentence, re.I)
        years = [int(y) for y in re.findall(r"\b(1[5-9]\d\d|20\d\d)\b", sentence)]
        fits = [y for y in years if grid.FIRST.year <= y + number <= grid.LAST.year]
        if len(fits) == 1 and year_words and not re.search(r"\b(?:next|last) year\b", sentence, re.I):
            target = fits[0] + number
            note = f"{match.group()!r} of {fits[0]}: the year of writing is {target}"
            span = Span(match.start(), match.end())
            yield Clue("anniversary", floor(days.year == target, 1e-3), note, str(target), span, hard=True)
