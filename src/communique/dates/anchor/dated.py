"""Clues from meetings that come round, whose days are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from communique.dates.anchor import grid
from communique.dates.anchor.grid import Clue, floor
from communique.dates.anchor.occasions import Edition, Occasion, find_occasions
from communique.dates.expressions import TimeExpression
from communique.dates.grammar.tense import governing_verb, verb_tense
from communique.dates.values import in_words
from communique.dates.values.wording import DAY_NAMES
from communique.language.sentences import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from communique.dates.anchor.grid import Array

# How far back the newest weekday of a report lies from its day of writing: measured on dated news.
WEEKDAY_BACK: Final = (0.41, 0.26, 0.10, 0.10, 0.04, 0.02, 0.02)


def occasion_clues(doc: Doc, times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """A recurring meeting whose days are known, told as news."""
    import numpy

    seen: set[tuple[Edition, ...]] = set()
    for occasion in find_occasions(text_of(doc)):
        if occasion.editions in seen:
            continue
        mode = _occasion_mode(doc, times, occasion)
        if mode is None:
            continue
        seen.add(occasion.editions)
        weekday, kind = mode
        likelihood = numpy.zeros(len(grid.days().ordinal))
        for edition in occasion.editions:
            likelihood = numpy.maximum(likelihood, _occasion_days(edition, weekday, kind))
        best = max(occasion.editions, key=lambda e: e.days)
        what = f"{occasion.name} was held from {in_words(best.days)}" if len(occasion.editions) == 1 else occasion.name
        if weekday is not None:
            what += f"; the text puts it on a {DAY_NAMES[weekday]}"
        says = f"{best.days.first}/{best.days.last}" if len(occasion.editions) == 1 else None
        if not occasion.named_edition:  # another one may be meant, outside the years that the table covers
            years = grid.days().year
            known = (years >= occasion.covered[0]) & (years <= occasion.covered[1])
            likelihood = numpy.maximum(likelihood, floor(known, 0.02, 0.0))
        if not occasion.narrowed:  # which edition is not said: it only leans
            likelihood = numpy.maximum(likelihood, 0.1)
        yield Clue("dated-occasion", likelihood, what, says, occasion.span, occasion.narrowed)


def _occasion_mode(doc: Doc, times: tuple[TimeExpression, ...], occasion: Occasion) -> tuple[int | None, str] | None:
    """The weekday that goes with the occasion, and whether it is told as past, going on or ahead.

    None where it is only mentioned: another year or date in the sentence, or a sentence that says nothing happened
    there.
    """
    span = doc.char_span(*occasion.span, alignment_mode="expand")
    if span is None:
        return None
    sentence = span.sent
    words = sentence.text.lower()
    own = [t for t in times if t.sentence == sentence.start]
    weekday = None
    for item in own:
        form = item.form
        if form.kind == "weekday" and form.shift is None:
            weekday = form.weekday
        elif form.kind == "unit" and form.shift == 0 and form.base == "writing" and form.unit in ("week", "day"):
            return None, "now" if form.unit == "week" else "today"
        elif form.kind == "unit" and form.unit == "day" and form.shift == -1:
            return None, "yesterday"
        elif (
            (form.kind in ("unit", "shift") and form.base == "writing")
            or (form.kind == "date" and form.month and form.year is None and form.day)
            or (form.kind == "date" and form.year and item.span.start >= occasion.span.end and form.month)
            or (
                form.kind == "date"
                and form.year
                and not (occasion.span.start - 12 <= item.span.start <= occasion.span.end + 40)
            )
        ):
            return None
    if re.search(
        r"\bis being held|\bare (?:meeting|gathering|attending)|\bis (?:under way|taking place)|\bthis week\b", words
    ):
        return None, "now"
    if re.search(r"\b(?:will|shall|is to|are to|is expected|are expected|ahead of|upcoming|scheduled)\b", words):
        return weekday, "ahead"
    verb = governing_verb(span.root)
    if verb is not None and verb_tense(verb) in ("present", "future"):
        return None, "ahead"
    beside = re.search(
        r"sidelines|attend|met\b|meet|held|took part|address|deliver|speech|told|opened|opens|gather", words
    )
    if not beside and weekday is None:
        return None
    if weekday is None and re.search(r"sidelines|margins|took place|was held", words):
        weekday = _weekday_before(times, sentence.start)
        today = next(
            (t for t in times if t.form.kind == "unit" and t.form.unit == "day" and t.form.base == "writing"), None
        )
        if weekday is None and today is not None and today.form.shift in (0, -1):
            return None, "today" if today.form.shift == 0 else "yesterday"
    return weekday, "past"


def _weekday_before(times: tuple[TimeExpression, ...], sentence: int) -> int | None:
    """The weekday last named before a sentence that has none: "the meeting took place on the sidelines of"."""
    found = None
    for item in times:
        if item.sentence >= sentence:
            break
        if item.form.weekday is not None and item.tense != "future":
            found = item.form.weekday
    return found


def _occasion_days(edition: Edition, weekday: int | None, kind: str) -> Array:
    """How likely each day of writing is when this edition is told as news."""
    import numpy

    days = grid.days()
    out = numpy.full(len(days.ordinal), 2e-4)
    first, last = edition.days.first, edition.days.last
    if kind == "now":
        i, j = days.index(first - timedelta(first.weekday())), days.index(last + timedelta(6 - last.weekday()))
        out[i : j + 1] = 0.3
        out[days.index(first) : days.index(last) + 1] = 1.0
    elif kind in ("today", "yesterday"):
        back = int(kind == "yesterday")
        out[days.index(first) + back : days.index(last) + 1 + back] = 1.0
    elif kind == "ahead":
        i = days.index(first)
        for k in range(1, 90):
            if i - k >= 0:
                out[i - k] = max(out[i - k], 0.5 * 0.95**k)
        out[i : days.index(last) + 1] = 0.6
    else:
        held = [edition.days.first + timedelta(k) for k in range(edition.days.days)]
        exact = [d for d in held if weekday is None or d.weekday() == weekday]
        for day in exact or []:
            for back, weight in enumerate(WEEKDAY_BACK):
                k = days.index(day + timedelta(back))
                out[k] = max(out[k], weight / WEEKDAY_BACK[0])
        after = days.index(last) + 1
        for k in range(30 if weekday is None else 0):  # told again in the weeks after
            if after + k < len(out):
                out[after + k] = max(out[after + k], 0.02 * 0.9**k)
    return out
