"""Clues from well-known happenings: their days are in the chronicle, and the text says the weekday or the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from communique.dates.anchor import grid
from communique.dates.anchor.dated import WEEKDAY_BACK
from communique.dates.anchor.grid import Clue
from communique.dates.anchor.usual import told_weekdays
from communique.dates.chronicle import Happening, find_happenings
from communique.dates.expressions import TimeExpression
from communique.dates.values import in_words
from communique.language.sentences import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from communique.dates.anchor.grid import Array

_LEAD: Final = 900  # characters: what a report tells of stands in its first lines
_BESIDE: Final = 200  # characters: how far from its sentence a happening's day may stand
_SOON: Final = (0.5, 0.31)  # no day is named: the day itself, and the next
# "... on 5 March": the year is known, the writing follows within months, mostly soon.
_MONTHS_ON: Final = ((31, 1.0), (120, 0.5), (300, 0.2))
_SAME_STORY: Final = 10  # days
_OVERTAKEN: Final = 0.05  # a report that tells of what came of a happening was not written on its day
_ELSEWHERE: Final = {"weekday": 2e-4, "day": 1e-3, "none": 0.01}  # the table may miss a likelier happening


def happening_clues(doc: Doc, times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """At most one clue for each way in which the first lines date what they tell of.

    "weekday": with its weekday, "today" or "yesterday"; "day": with a day of the month but no year; "none": without.
    A happening that the text puts on another day is some other one, and says nothing.
    """
    votes: dict[str, _Votes] = {}
    for happening in find_happenings(text_of(doc)[:_LEAD]):
        way, weights = _weights(happening, _near(happening, times), frozenset(told_weekdays(times)))
        if weights:
            votes.setdefault(way, _Votes()).add(happening, weights)
    for way in ("weekday", "day"):
        if way in votes:
            yield votes[way].clue(way)
    if "none" in votes and len(votes) == 1:
        yield votes["none"].clue("none")


@dataclass(slots=True)
class _Votes:
    """What happenings dated in the same way say together: any of them may be the one."""

    happenings: list[Happening] = field(default_factory=list)
    weights: list[dict[date, float]] = field(default_factory=list)  # for each, of the days of writing

    def add(self, happening: Happening, weights: dict[date, float]) -> None:
        self.happenings.append(happening)
        self.weights.append(weights)

    def clue(self, way: str) -> Clue:
        import numpy

        days = grid.days()
        likelihood: Array = numpy.full(len(days.ordinal), _ELSEWHERE[way])
        for happening, weights in zip(self.happenings, self.weights, strict=True):
            trust = happening.weight * (_OVERTAKEN if any(_follows(h, happening) for h in self.happenings) else 1.0)
            for day, weight in weights.items():
                k = days.index(day)
                likelihood[k] = max(likelihood[k], trust * weight)
        told = " or ".join(f"{h.what} ({in_words(h.days)})" for h in self.happenings[:3])
        only = self.happenings[0].days if len(self.happenings) == 1 else None
        says = f"{only.first}/{only.last}" if only else None
        times = Counter(h.what for h in self.happenings)  # of what recurs, the table may lack some
        hard = way != "none" and any(h.groups >= 4 and times[h.what] == 1 for h in self.happenings)
        return Clue("happening", likelihood, f"the first lines tell of {told}", says, self.happenings[0].told, hard)


def _follows(later: Happening, earlier: Happening) -> bool:
    """Whether the text tells of `later` as what came of `earlier`: in another sentence, some days after it."""
    return later.told != earlier.told and 0 < (later.days.first - earlier.days.last).days <= _SAME_STORY


def _near(happening: Happening, times: tuple[TimeExpression, ...]) -> list[TimeExpression]:
    """The expressions that may date the happening: in its sentence, or else about it in the first lines."""
    told = happening.told
    inside = [t for t in times if told.start <= t.span.start < told.end and _dates(t)]
    if inside:
        return inside
    return [
        t
        for t in times
        if told.start - _BESIDE < t.span.start < told.end + _BESIDE and _dates(t) and t.tense != "future"
    ]


def _dates(item: TimeExpression) -> bool:
    form = item.form
    if form.kind == "weekday":
        return form.shift is None
    if form.kind == "date":
        return bool(form.month and form.day) and form.year is None
    return form.kind == "unit" and form.unit == "day" and form.base == "writing" and form.shift in (0, -1)


def _weights(
    happening: Happening, near: list[TimeExpression], weighed: frozenset[int]
) -> tuple[str, dict[date, float]]:
    """In which way the text dates the happening, and how likely each day of writing then is; none where it differs.

    `weighed`: the weekdays that a clue of their own weighs; how far back they lie is not counted twice.
    """
    held = [happening.days.first + timedelta(n) for n in range(happening.days.days)]
    if not near:
        return "none", {day + timedelta(n): weight for day in held for n, weight in enumerate(_SOON)}
    said = {t.form.weekday for t in near if t.form.kind == "weekday"}
    dated = {(t.form.month, t.form.day) for t in near if t.form.kind == "date"}
    shifts = {t.form.shift for t in near if t.form.kind == "unit"}
    on_day = [day for day in held if (day.month, day.day) in dated]
    if on_day:
        last = on_day[-1]
        reach = _MONTHS_ON[-1][0]
        return "day", {last + timedelta(n): next(w for top, w in _MONTHS_ON if n <= top) for n in range(reach + 1)}
    out: dict[date, float] = {}
    for shift in shifts:
        for day in held:
            out[day - timedelta(shift or 0)] = 1.0
    agreed = [day for day in held if day.weekday() in said]
    if not agreed and not shifts and said == {(held[-1].weekday() + 1) % 7}:
        agreed = [held[-1] + timedelta(1)]  # told by what came of it on the day after
    for day in agreed:
        for back, weight in enumerate(WEEKDAY_BACK):
            then = day + timedelta(back)
            usual = 1.0 if day.weekday() in weighed else weight / WEEKDAY_BACK[0]
            out[then] = max(out.get(then, 0.0), usual)
    return "weekday", out
