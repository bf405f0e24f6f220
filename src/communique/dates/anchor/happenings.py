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
from communique.dates.anchor.usual import is_name, told_weekdays
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
_DAY_AFTER: Final = 0.3
_SHORT: Final = 2  # days: a weekday of a longer happening fits by chance too often
_NAMED: Final = 4  # groups of words, the act among them, that name a happening
_ELSEWHERE: Final = {"weekday": 2e-4, "day": 1e-3, "none": 0.01}  # the table may miss a likelier happening


def happening_clues(doc: Doc, times: tuple[TimeExpression, ...]) -> Iterator[Clue]:
    """At most one clue for each way in which the first lines date what they tell of.

    "weekday": with its weekday, "today" or "yesterday"; "day": with a day of the month but no year; "none": without.
    A happening that the text puts on another day is some other one, and says nothing.
    """
    votes: dict[str, _Votes] = {}
    named = [item.span for item in times if is_name(doc, item)]
    found = [
        happening
        for happening in find_happenings(text_of(doc)[:_LEAD])
        if not any(happening.told.start <= span.start < happening.told.end for span in named)
    ]
    held = Counter(_of_its_kind(happening) for happening in found)
    for happening in found:
        way, reading = _weights(happening, _near(happening, times), frozenset(told_weekdays(times)))
        if reading.weights:
            tested = reading.tested and held[_of_its_kind(happening)] == 1 and happening.groups >= _NAMED
            votes.setdefault(way, _Votes()).add(happening, _Reading(reading.weights, tested))
    for way in ("weekday", "day"):
        if way in votes:
            yield votes[way].clue(way)
    if "none" in votes and len(votes) == 1:
        yield votes["none"].clue("none")


def _of_its_kind(happening: Happening) -> str:
    """ "Putin visits Beijing", whomever he met there: what may come round, so that the table may lack some."""
    return happening.what.partition(",")[0]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The days of writing that a happening leaves, each with its weight.

    `tested`: the text names its weekday or day, which would seldom fit by chance, and it fits no other of its kind.
    """

    weights: dict[date, float]
    tested: bool


@dataclass(slots=True)
class _Votes:
    """What happenings dated in the same way say together: any of them may be the one."""

    happenings: list[Happening] = field(default_factory=list)
    readings: list[_Reading] = field(default_factory=list)

    def add(self, happening: Happening, reading: _Reading) -> None:
        self.happenings.append(happening)
        self.readings.append(reading)

    def clue(self, way: str) -> Clue:
        import numpy

        days = grid.days()
        likelihood: Array = numpy.full(len(days.ordinal), _ELSEWHERE[way])
        for happening, reading in zip(self.happenings, self.readings, strict=True):
            trust = happening.weight * (_OVERTAKEN if any(_follows(h, happening) for h in self.happenings) else 1.0)
            for day, weight in reading.weights.items():
                k = days.index(day)
                likelihood[k] = max(likelihood[k], trust * weight)
        told = " or ".join(f"{h.what} ({in_words(h.days)})" for h in self.happenings[:3])
        only = self.happenings[0].days if len(self.happenings) == 1 else None
        says = f"{only.first}/{only.last}" if only else None
        hard = way != "none" and any(reading.tested for reading in self.readings)
        round_ = all(happening.comes_round for happening in self.happenings)
        note = f"the first lines tell of {told}"
        return Clue("happening", likelihood, note, says, self.happenings[0].told, hard, comes_round=round_)


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


def _weights(happening: Happening, near: list[TimeExpression], weighed: frozenset[int]) -> tuple[str, _Reading]:
    """In which way the text dates the happening, and what days of writing that leaves; none where it differs.

    `weighed`: the weekdays that a clue of their own weighs; how far back they lie is not counted twice.
    """
    held = [happening.days.first + timedelta(n) for n in range(happening.days.days)]
    if not near:
        return "none", _Reading({day + timedelta(n): weight for day in held for n, weight in enumerate(_SOON)}, False)
    said = {t.form.weekday for t in near if t.form.kind == "weekday"}
    dated = {(t.form.month, t.form.day) for t in near if t.form.kind == "date"}
    shifts = {t.form.shift for t in near if t.form.kind == "unit"}
    on_day = [day for day in held if (day.month, day.day) in dated]
    if on_day:
        last = on_day[-1]
        reach = _MONTHS_ON[-1][0]
        weights = {last + timedelta(n): next(w for top, w in _MONTHS_ON if n <= top) for n in range(reach + 1)}
        return "day", _Reading(weights, True)
    out: dict[date, float] = {}
    for shift in shifts:
        for day in held:
            out[day - timedelta(shift or 0)] = 1.0
    agreed = [day for day in held if day.weekday() in said]
    tested = bool(agreed) and len(held) <= _SHORT
    trust = 1.0
    if not agreed and not shifts and said == {(held[-1].weekday() + 1) % 7}:
        agreed = [held[-1] + timedelta(1)]  # told by what came of it on the day after
        trust = _DAY_AFTER
    for day in agreed:
        for back, weight in enumerate(WEEKDAY_BACK):
            then = day + timedelta(back)
            usual = 1.0 if day.weekday() in weighed else weight / WEEKDAY_BACK[0]
            out[then] = max(out.get(then, 0.0), trust * usual)
    return "weekday", _Reading(out, tested)
