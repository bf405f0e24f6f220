"""Time expressions: where they are, and the rule by which each one becomes days.

An expression keeps its rule, not its answer: a better day of writing re-resolves it without parsing again.
`find_times` finds them (grammar.py reads the words), `values.read_time` says what one means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from communique.model import DayRange, Granularity, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Tense = Literal["past", "present", "future"]
Unit = Literal[
    "second", "minute", "hour", "day", "weekend", "week", "fortnight", "month", "quarter", "half", "season", "year",
    "decade", "century", "millennium",
]  # fmt: skip
Kind = Literal[
    "date",  # year, month, day, weekday: those that are printed
    "weekday",  # a bare weekday, or with last/this/next in `shift`
    "season",  # `season`, with year or `shift`
    "quarter",  # `number` 1-4, with year or `inner`
    "half",  # `number` 1-2, with year or `inner`
    "decade",  # `year` is its first year; below 100 the century is open
    "century",  # `number`
    "fiscal",  # fiscal year
    "unit",  # the week, month, year ... `shift` away from the base; with `inner` the one that holds it
    "shift",  # `number` units before or after the base: "five days ago", "a week later"
    "period",  # "the past two days", "the next four years"
    "duration",
    "set",
    "vague",  # PAST_REF, PRESENT_REF, FUTURE_REF in `ref`
    "clock",  # a time of day without a day
    "ordinal",  # the `number`-th `unit` or `weekday` of `inner` ("the last week of March"; -1 is the last)
    "range",  # `first` to `last`
    "likewise",  # the same stretch `number` years away, or in `year`: of `inner`, else the time last spoken of
    "feast",  # `ref` is its key in the table of feasts
    "hijri",  # year, month and day of the Islamic calendar
]


@dataclass(frozen=True, slots=True)
class Form:
    """What the words of an expression say, before anybody knows when they were written."""

    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday is 0
    season: str | None = None  # SP SU FA WI
    unit: Unit | None = None
    number: float | None = None  # None beside a unit: "several", "some"
    shift: int | None = None  # -1 last, 0 this, +1 next; None: not said
    base: Literal["writing", "reference"] = "writing"  # "reference": counted from the day last spoken of
    part: Literal["start", "mid", "end"] | None = None  # "early", "late", "the end of": does not narrow the days
    clock: str | None = None  # "T15:00", "T15:00Z", "TMO"
    ref: str | None = None  # of a vague or repeated time its value, of a feast its key
    inner: Form | None = None
    first: Form | None = None
    last: Form | None = None
    other: Form | None = None  # the second reading of a slashed date
    bc: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means once the day of writing is known."""

    value: str | None  # TIMEX3 value: "2024-03-28", "2024-W13", "P3Y", "PRESENT_REF"; None when it cannot be said
    days: DayRange | None  # None where it names no span of days (durations, "recently")
    granularity: Granularity | None
    note: str  # in words: "'Thursday', the last one up to Saturday 30 March 2024"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression of the text. `start`, `end` are tokens; `span` is characters.

    `rule` names the kind of words ("weekday", "date", "shift", ...). `tense` is that of the verb it belongs to,
    "future" also where "until", "by" or "next" says so; None where no verb says. `parts` are the spans of the two
    ends of a range, in characters.
    """

    span: Span
    start: int
    end: int
    type: TimexType
    text: str
    rule: str
    form: Form = field(repr=False, default=Form("vague"))
    tense: Tense | None = None
    sentence: int = 0  # token where its sentence starts
    paragraph: int = 0  # paragraph's number in the text, from 0
    parts: tuple[Span, ...] = ()
    preposition: str | None = None  # the word before it where that is a preposition: "on", "since", "until"


def find_times(doc: Doc) -> tuple[TimeExpression, ...]:
    """All time expressions of `doc` in text order; they do not overlap.

    Knows explicit, relative and vague dates, clock times, durations, repeated times and ranges; see
    `communique.dates.grammar` for the words. Fairs and feast days are left out unless the day is sure.
    """
    from communique.dates.grammar.finding import find

    return find(doc)
