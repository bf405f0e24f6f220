"""Clues from what is usual in news: it tells of days just past, and prints no year far from its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from communique.dates.anchor import grid
from communique.dates.anchor.dated import WEEKDAY_BACK
from communique.dates.anchor.explicit import printed_days
from communique.dates.anchor.grid import Clue
from communique.dates.expressions import Form, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Doc


# As WEEKDAY_BACK, under a dateline: by the habit of agencies, the day of filing or the day before.
_DISPATCH_BACK: Final = (0.55, 0.28, 0.06, 0.04, 0.03, 0.02, 0.02)
# Beside a day just past, no other that is told of lies in the weeks ahead: it would be a year old, and say so.
_SOON_AHEAD: Final = 45
_YEAR_OLD: Final = 0.1
# A text that says "today" does not also call that day "September 5".
_SAID_OTHERWISE: Final = 0.15


def _without_year(form: Form) -> bool:
    """A day of the month that does not say its year."""
    return bool(
        form.kind == "date" and form.month and form.day and form.year is None and form.shift is None and not form.inner
    )


def is_name(doc: Doc, item: TimeExpression) -> bool:
    """ "Their October 7 attack", "the July 15 coup attempt": the day tells which one is meant, and may be long past."""
    root = doc[item.start : item.end].root
    named = root.head
    if root.dep_ not in ("nmod", "compound", "nummod", "amod") or named.i < item.end or named.pos_ != "NOUN":
        return False
    return any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in ("the", "that")) for c in named.children)


def near_days(doc: Doc, times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """Days of the month without a year: news tells of the days just past, its lead above all."""
    import numpy

    days = grid.days()
    past: dict[tuple[int, int], TimeExpression] = {}
    for item in times:
        form = item.form.last if item.form.kind == "range" and item.form.last else item.form
        if _without_year(form) and item.tense in ("past", None) and not is_name(doc, item):
            past.setdefault((form.month or 0, form.day or 0), item)
    if not past:
        return
    gaps = None
    ahead = numpy.zeros(len(days.ordinal), dtype=bool)
    for (month, number), told in past.items():
        marks = numpy.where((days.month == month) & (days.day == number), days.ordinal, 0)
        gap = days.ordinal - numpy.maximum.accumulate(marks)
        gap = numpy.where(gap > 5000, 400, gap)
        gaps = gap if gaps is None else numpy.minimum(gaps, gap)
        if told.tense == "past":
            ahead |= (gap > 365 - _SOON_AHEAD) & (gap <= 366)
    assert gaps is not None
    table = numpy.concatenate([[1.0, 0.6, 0.25, 0.2, 0.15, 0.12, 0.1], numpy.full(24, 0.025), numpy.full(400, 0.001)])
    for back in {-(item.form.shift or 0) for item in times if _is_near_writing(item)}:
        table[back] *= _SAID_OTHERWISE
    weights = table[numpy.clip(gaps, 0, len(table) - 1)]
    weights = numpy.where(ahead & (gaps <= _SOON_AHEAD), _YEAR_OLD, 1.0) * weights / table.max()
    shown = ", ".join(item.text for item in list(past.values())[:3])
    first = next(iter(past.values()))
    leads = _lead_sentences(doc)
    newly = [item for item in past.values() if item.tense == "past" and item.sentence in leads]
    news = any(item.sentence == leads[0] and _dates_main_verb(doc, item) for item in newly)
    # The lead names no other day: then the day of the month is the news.
    news = news or bool(newly and not any(t.sentence in leads and _is_news_day(t.form) for t in times))
    yield Clue("near-day", weights, f"{shown}: told as just past", None, first.span, hard=news)


def _lead_sentences(doc: Doc) -> list[int]:
    """First tokens of the first two sentences of the running text."""
    starts: list[int] = []
    for sentence in doc.sents:
        if any(token.is_punct and token.text in ".!?" for token in sentence[-2:]):
            starts.append(sentence.start)
        if len(starts) == 2:
            break
    return starts


def _is_news_day(form: Form) -> bool:
    """A bare weekday or "yesterday"."""
    if form.kind == "weekday":
        return form.shift is None
    return form.kind == "unit" and form.unit == "day" and form.base == "writing" and (form.shift or 0) < 0


def _is_near_writing(item: TimeExpression) -> bool:
    """ "today" or "yesterday" of what happened."""
    form = item.form
    day = form.kind == "unit" and form.unit == "day" and form.base == "writing"
    return day and form.shift in (0, -1) and item.tense == "past"


def _dates_main_verb(doc: Doc, item: TimeExpression) -> bool:
    root = doc[item.start : item.end].root
    head = root.head.head if root.dep_ == "pobj" else root.head
    return head.dep_ == "ROOT" or head.head.dep_ == "ROOT"


def days_ahead(times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """A day of the month without a year that still lies ahead: within months, mostly weeks."""
    import numpy

    days = grid.days()
    for item in times:
        form = item.form.first if item.form.kind == "range" and item.form.first else item.form
        if not _without_year(form) or item.tense != "future":
            continue
        marks = numpy.where((days.month == form.month) & (days.day == form.day), days.ordinal, 10**7)
        ahead = numpy.minimum.accumulate(marks[::-1])[::-1] - days.ordinal
        weights = numpy.where(ahead <= 45, 1.0, numpy.where(ahead <= 120, 0.3, numpy.where(ahead <= 240, 0.05, 0.02)))
        yield Clue("day-ahead", weights, f"{item.text!r} still lies ahead", None, item.span)
        return


def newest_year(times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """The newest year that the text prints: a report is seldom many years younger."""
    import numpy

    days = grid.days()
    years = [
        (span.first.year, item)
        for item in times
        if item.tense != "future"
        and (item.preposition or item.form.month)  # not "declared 2026 the Year of"
        and (span := printed_days(item.form))
        and span.first.year <= grid.LAST.year
    ]
    if not years:
        return
    newest, item = max(years, key=lambda pair: pair[0])
    if newest < grid.FIRST.year:
        return
    table = numpy.array([1.0, 0.7, 0.4, 0.22, 0.13, 0.09, 0.07, 0.06, 0.05, 0.04, 0.03])
    gap = days.year - newest
    weights = numpy.where(gap < 0, 0.01, table[numpy.clip(gap, 0, len(table) - 1)])
    yield Clue("newest-year", weights, f"{newest} is the newest year that the text tells of", None, item.span)


def weekdays(times: tuple[TimeExpression, ...], *, dispatch: bool) -> Iterator[Clue]:
    """Bare weekdays in the past tense: each lies mostly on the day of writing or the day before.

    `dispatch`: the report has a dateline with its day, and an agency files on the day itself.
    """
    import numpy

    days = grid.days()
    found = told_weekdays(times)
    if not found:
        return
    table = numpy.array(_DISPATCH_BACK if dispatch else WEEKDAY_BACK)
    total = numpy.ones(len(days.ordinal))
    for weekday in found:
        total = total * table[(numpy.arange(7) - weekday) % 7][days.weekday]
    names = ", ".join(item.text for item in found.values())
    yield Clue("weekday", total / total.max(), f"{names}: told as just past", None, next(iter(found.values())).span)


def told_weekdays(times: tuple[TimeExpression, ...]) -> dict[int, TimeExpression]:
    """The bare weekdays in the past tense; none where the text names nearly all, and none is the newest."""
    found: dict[int, TimeExpression] = {}
    for item in times:
        form = item.form
        if form.kind == "weekday" and form.shift is None and form.inner is None and item.tense != "future":
            found.setdefault(form.weekday or 0, item)
    return found if len(found) <= 5 else {}
