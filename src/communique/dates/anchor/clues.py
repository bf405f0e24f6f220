"""What a text says about the day on which it was written, each clue as a likelihood over days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from communique.dates.anchor import grid
from communique.dates.anchor.dated import DAY_NAMES, WEEKDAY_BACK, happening_clues, occasion_clues
from communique.dates.anchor.grid import Clue, floor
from communique.dates.anchor.terms import find_holders, find_known
from communique.dates.expressions import Form, TimeExpression
from communique.dates.grammar.lexicon import MONTHS, SHORT_MONTHS
from communique.dates.values import in_words, one_day
from communique.model import DayRange, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from communique.dates.anchor.grid import Array

_ABSURD: Final = 1e-4  # one misread clue must not kill the truth
_MONTH_NAMES: Final = (
    "|".join(form for m in MONTHS for form in (m.capitalize(), m.upper()))
    + "|"
    + "|".join(f"{form}\\.?" for m in SHORT_MONTHS for form in (m.capitalize(), m.upper()))
)
_PLACE_WORD: Final = r"(?:[A-Z][\w.'’-]*|of|the|de|del|am|an|upon)"
_FILED: Final = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH_NAMES})"
    rf"|(?P<m2>{_MONTH_NAMES})\s?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)"
    r"(?:,?\s+(?P<year>\d{4}))?(?!\d)"
)  # a day in words that are known to be a dateline
_DATELINE: Final = re.compile(
    rf"^[ \t]*(?:{_PLACE_WORD}[ ]){{0,4}}[A-Z][\w.'’-]+(?:,\s*(?:{_PLACE_WORD}[ ]){{0,3}}[A-Z][\w.'’-]+)?"
    rf"(?:\s*/\s*[A-Z][\w ]+)?\s*[,./]?\s*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
    rf"(?:(?P<day>\d{{1,2}})\s+(?P<m1>{_MONTH_NAMES})|(?P<m2>{_MONTH_NAMES})\s+(?P<d2>\d{{1,2}}))"
    rf"(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?(?=\s*(?:[./(:–—-]|--|$))",
    re.MULTILINE,
)  # fmt: skip


def find_clues(doc: Doc, times: tuple[TimeExpression, ...], dateline: str | None) -> list[Clue]:
    """All clues of one text, strongest kinds first."""
    text = doc.text
    clues: list[Clue] = []
    head = _dateline(text, dateline)
    if head:
        clues.append(head)
    skip = head.span if head else None
    usable = tuple(t for t in times if not (skip and t.span.start < skip.end and t.span.end > skip.start))
    clues.extend(occasion_clues(doc, usable))
    clues.extend(happening_clues(doc, usable))
    clues.extend(_weekday_dates(usable))
    clues.extend(_full_dates(doc, usable))
    clues.extend(_tied_words(doc, usable))
    clues.extend(_anniversaries(text))
    clues.extend(_terms(text))
    clues.extend(_names(text))
    clues.extend(_near_days(doc, usable))
    clues.extend(_days_ahead(usable))
    clues.extend(_years(usable))
    weekdays = _weekdays(usable)
    if weekdays:
        clues.append(weekdays)
    return clues


# --- the head of the text --------------------------------------------------------------------------------------------


def _dateline(text: str, given: str | None) -> Clue | None:
    """ "OSLO, March 29 (Agency) --": the day of filing, or the day before publication."""
    import numpy

    match = _FILED.search(given) if given else None
    span: Span | None = None
    if match is not None and given and (at := text.find(given, 0, 1500)) >= 0:
        span = Span(at + match.start(), at + match.end())
    if match is None:
        match = next(_DATELINE.finditer(text[:1500]), None)
        if match is None:
            return None
        span = Span(match.start(), match.end())
    name = (match.group("m1") or match.group("m2")).rstrip(".").lower()
    month = MONTHS.get(name) or SHORT_MONTHS[name]
    number = int(match.group("day") or match.group("d2"))
    days = grid.days()
    year = int(match.group("year")) if match.group("year") else None
    same = (days.month == month) & (days.day == number)
    if year:
        same &= days.year == year
    if not same.any():
        return None
    after = numpy.roll(same, 1)
    likelihood = numpy.where(same, 1.0, numpy.where(after, 0.06, _ABSURD))
    words = given.strip() if given and match.string == given else match.group().strip()
    return Clue(
        "dateline",
        likelihood,
        f"the dateline reads {words!r}",
        f"{year or 'XXXX'}-{month:02d}-{number:02d}",
        span,
        True,
    )


# --- dates -----------------------------------------------------------------------------------------------------------


def _weekday_dates(times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """ "Friday, March 29": only some years have that weekday on that day."""
    days = grid.days()
    pairs: dict[tuple[int, int, int], TimeExpression] = {}
    for item in times:
        form = item.form
        if form.kind == "date" and form.weekday is not None and form.month and form.day and form.year is None:
            pairs.setdefault((form.weekday, form.month, form.day), item)
    for (weekday, month, number), item in pairs.items():
        fits = _years_with(weekday, month, number)
        nearest = _nearest_year_mask(month, number, fits)
        yield Clue(
            "weekday-date",
            floor(nearest, _ABSURD),
            f"{item.text!r}: that day was a {DAY_NAMES[weekday]} only in {', '.join(map(str, fits[-8:]))}",
            None,
            item.span,
            True,
        )
    del days


def _years_with(weekday: int, month: int, number: int) -> list[int]:
    found = []
    for year in range(grid.FIRST.year, grid.LAST.year + 1):
        try:
            if date(year, month, number).weekday() == weekday:
                found.append(year)
        except ValueError:
            continue
    return found


def _nearest_year_mask(month: int, number: int, years: list[int]) -> Array:
    """Days to which the nearest `number`.`month` lies in one of `years`."""
    import numpy

    days = grid.days()
    mask = numpy.zeros(len(days.ordinal), dtype=bool)
    for year in years:
        try:
            middle = date(year, month, number)
        except ValueError:
            continue
        mask[days.index(middle - timedelta(120)) : days.index(middle + timedelta(300)) + 1] = True
    return mask


def _full_dates(doc: Doc, times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """Dates with their year: past tense puts the writing on or after them, future tense before."""
    days = grid.days()
    newest: tuple[date, TimeExpression] | None = None
    soonest: tuple[date, TimeExpression] | None = None
    for item in times:
        span = _printed_days(item.form)
        if span is None or (span.days > 27 and not _dates_a_verb(doc, item)):
            continue
        if item.tense == "past" and (newest is None or span.first > newest[0]):
            newest = span.first, item
        elif item.tense == "future" and (soonest is None or span.last < soonest[0]):
            soonest = span.last, item
    if newest and grid.FIRST < newest[0] < grid.LAST:
        later = days.ordinal >= newest[0].toordinal()
        said = f"{newest[1].text!r} is told in the past tense: written on or after {in_words(one_day(newest[0]))}"
        yield Clue("explicit-date", floor(later, 2e-3), said, f"{newest[0]}/..", newest[1].span, True)
    if soonest and grid.FIRST < soonest[0] < grid.LAST:
        before = days.ordinal <= soonest[0].toordinal()
        said = f"{soonest[1].text!r} still lies ahead: written on or before {in_words(one_day(soonest[0]))}"
        yield Clue("explicit-date", floor(before, 2e-3), said, f"../{soonest[0]}", soonest[1].span, True)


def _dates_a_verb(doc: Doc, item: TimeExpression) -> bool:
    """A year or month right under a verb, "signed in 2021": not "the 2021 model", "the plan for 2021"."""
    root = doc[item.start : item.end].root
    preposition = root.head
    if root.dep_ != "pobj" or preposition.lower_ not in ("in", "since", "during"):
        return False
    verb = preposition.head
    return verb.pos_ in ("VERB", "AUX") and verb.tag_ in ("VBD", "VBN", "VB") and item.tense is not None


def _printed_days(form: Form) -> DayRange | None:
    """The days of a form that carries its own year and month, or year alone."""
    if form.kind == "range" and form.first and form.last:
        first, last = _printed_days(form.first), _printed_days(form.last)
        return DayRange(first.first, last.last) if first and last and first.first <= last.last else None
    if form.kind != "date" or form.year is None or form.bc or form.other:
        return None
    try:
        if form.month and form.day:
            day = date(form.year, form.month, form.day)
            return DayRange(day, day)
        if form.month:
            begin = date(form.year, form.month, 1)
            return DayRange(begin, (begin + timedelta(31)).replace(day=1) - timedelta(1))
        return DayRange(date(form.year, 1, 1), date(form.year, 12, 31))
    except ValueError:
        return None


def _tied_words(doc: Doc, times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """ "last month, in April 2023", "this year, 2024", "last year ... declared 2024 as the Year of Culture"."""
    days = grid.days()
    month_number = days.year * 12 + days.month - 1
    for item, following in pairwise(times):
        form, next_form = item.form, following.form
        relative, explicit = (form, next_form) if form.kind == "unit" else (next_form, form)
        if relative.kind != "unit" or relative.base != "writing" or relative.shift is None or relative.part:
            continue
        if explicit.kind != "date" or explicit.year is None or item.sentence != following.sentence:
            continue
        between = doc.text[item.span.end : following.span.start]
        shift = relative.shift
        span = Span(item.span.start, following.span.end)
        words = doc.text[span.start : span.end]
        tied = re.fullmatch(r"\s*[,(]?\s*(?:in|on)?\s*", between)
        if tied and relative.unit == "month" and explicit.month:
            target = explicit.year * 12 + explicit.month - 1 - shift
            yield Clue(
                "tied-words",
                floor(month_number == target, _ABSURD),
                f"{words!r} gives the month of writing",
                None,
                span,
                True,
            )
        elif tied and relative.unit == "year" and not (explicit.month and "," not in between and "(" not in between):
            target = explicit.year - shift
            yield Clue(
                "tied-words",
                floor(days.year == target, _ABSURD),
                f"{words!r} gives the year of writing",
                str(target),
                span,
                True,
            )
        elif relative.unit == "year" and re.search(r"\b(?:declar|designat|proclaim|nam|announc)\w*", between, re.I):
            if following.form.month is not None or shift > 0 or item is not times[times.index(item)]:
                continue
            mask = days.year == explicit.year
            late = floor(days.year == explicit.year + 1, _ABSURD, 0.01)
            yield Clue(
                "themed-year", _larger(floor(mask, _ABSURD), late),
                f"{words!r}: a themed year is declared the year before: written in {explicit.year}"
                if shift == -1 else f"{words!r}: the year of writing",
                str(explicit.year), span, True,
            )  # fmt: skip


def _larger(a: Array, b: Array) -> Array:
    import numpy

    return numpy.maximum(a, b)


_ANNIVERSARY: Final = re.compile(
    r"\b(?P<n>\d{1,3})(?:st|nd|rd|th)\s+(?:\w+\s+){0,2}?anniversary|\b(?P<n2>\d{1,3})\s+years\s+since\b", re.IGNORECASE
)


def _anniversaries(text: str) -> Iterator[Clue]:
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
            yield Clue(
                "anniversary",
                floor(days.year == target, 1e-3),
                note,
                str(target),
                Span(match.start(), match.end()),
                True,
            )


def _terms(text: str) -> Iterator[Clue]:
    """Offices held only between certain days."""
    import numpy

    days = grid.days()
    titled = find_holders(text)
    known = {holder.person for holder in titled}
    for holder in (*titled, *(h for h in find_known(text[:900]) if h.person not in known)):
        mask = numpy.zeros(len(days.ordinal), dtype=bool)
        for term in holder.terms:
            mask[days.index(term.first) : days.index(term.last) + 1] = True
        said = "; ".join(f"{t.first.year}-{'' if t.last == grid.LAST else t.last.year}" for t in holder.terms)
        low = 0.02 if holder.person in known else 0.15
        yield Clue(
            "office-term", floor(mask, low), f"{holder.person}, {holder.title}: in office {said}", None, holder.span
        )


def _names(text: str) -> Iterator[Clue]:
    """A capital or country under a name that it bore only for a time."""
    match = re.search(r"\bNur-Sultan\b", text)
    if match:
        days = grid.days()
        mask = (days.ordinal >= date(2019, 3, 23).toordinal()) & (days.ordinal <= date(2022, 9, 30).toordinal())
        note = "Astana was called Nur-Sultan from 23 March 2019 to 17 September 2022"
        yield Clue("name", floor(mask, 0.02), note, "2019-03-23/2022-09-17", Span(match.start(), match.end()))


def _near_days(doc: Doc, times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """Days of the month without a year: news tells of the days just past, its lead above all."""
    import numpy

    days = grid.days()
    past: dict[tuple[int, int], TimeExpression] = {}
    for item in times:
        form = item.form.last if item.form.kind == "range" and item.form.last else item.form
        bare = form.kind == "date" and form.month and form.day and form.year is None and form.shift is None
        if bare and not form.inner and item.tense in ("past", None):
            past.setdefault((form.month or 0, form.day or 0), item)
    if not past:
        return
    gaps = None
    for month, number in past:
        marks = numpy.where((days.month == month) & (days.day == number), days.ordinal, 0)
        gap = days.ordinal - numpy.maximum.accumulate(marks)
        gap = numpy.where(gap > 5000, 400, gap)
        gaps = gap if gaps is None else numpy.minimum(gaps, gap)
    assert gaps is not None
    table = numpy.concatenate([[1.0, 0.6, 0.25, 0.2, 0.15, 0.12, 0.1], numpy.full(24, 0.025), numpy.full(400, 0.001)])
    weights = table[numpy.clip(gaps, 0, len(table) - 1)]
    shown = ", ".join(item.text for item in list(past.values())[:3])
    first = next(iter(past.values()))
    news = any(_is_lead(doc, item) and item.tense == "past" for item in past.values())
    yield Clue("near-day", weights, f"{shown}: told as just past", None, first.span, news)


def _days_ahead(times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """A day of the month without a year that still lies ahead: within months, mostly weeks."""
    import numpy

    days = grid.days()
    for item in times:
        form = item.form.first if item.form.kind == "range" and item.form.first else item.form
        bare = form.kind == "date" and form.month and form.day and form.year is None and form.shift is None
        if not bare or form.inner or item.tense != "future":
            continue
        marks = numpy.where((days.month == form.month) & (days.day == form.day), days.ordinal, 10**7)
        ahead = numpy.minimum.accumulate(marks[::-1])[::-1] - days.ordinal
        weights = numpy.where(ahead <= 45, 1.0, numpy.where(ahead <= 120, 0.3, numpy.where(ahead <= 240, 0.05, 0.02)))
        yield Clue("day-ahead", weights, f"{item.text!r} still lies ahead", None, item.span)
        return


def _is_lead(doc: Doc, item: TimeExpression) -> bool:
    """In the first sentences of the body, dating the main verb of its sentence."""
    starts: list[int] = []
    for sentence in doc.sents:
        if any(token.is_punct and token.text in ".!?" for token in sentence[-2:]):
            starts.append(sentence.start)
        if starts:
            break
    if item.sentence not in starts:
        return False
    root = doc[item.start : item.end].root
    head = root.head.head if root.dep_ == "pobj" else root.head
    return head.dep_ == "ROOT" or head.head.dep_ == "ROOT"


def _years(times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """The newest year that the text prints: a report is seldom many years younger."""
    import numpy

    days = grid.days()
    years = [
        (span.first.year, item)
        for item in times
        if item.tense != "future" and (span := _printed_days(item.form)) and span.first.year <= grid.LAST.year
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


def _weekdays(times: tuple[TimeExpression, ...]) -> Clue | None:
    """Bare weekdays in the past tense: each lies mostly on the day of writing or the day before."""
    import numpy

    days = grid.days()
    found: dict[int, TimeExpression] = {}
    for item in times:
        if (
            item.form.kind == "weekday"
            and item.form.shift is None
            and item.form.inner is None
            and item.tense != "future"
        ):
            found.setdefault(item.form.weekday or 0, item)
    if not found or len(found) > 5:
        return None
    table = numpy.array(WEEKDAY_BACK)
    total = numpy.ones(len(days.ordinal))
    for weekday in found:
        total = total * table[(days.weekday - weekday) % 7]
    total = total / total.max()
    names = ", ".join(item.text for item in found.values())
    return Clue("weekday", total, f"{names}: told as just past", None, next(iter(found.values())).span)
