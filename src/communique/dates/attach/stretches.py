"""Stretches of days: a length beside a first or last day, the second day of a visit, arrivals and departures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from communique.dates.attach.links import Links
from communique.dates.attach.paths import verbs_near
from communique.dates.expressions import TimeExpression
from communique.dates.grammar.lexicon import ORDINALS
from communique.dates.values import in_words
from communique.model import DayRange

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEGINS: Final = frozenset(("begin", "start", "open", "kick", "launch", "arrive", "commence", "embark", "land", "set"))
_ENDS: Final = frozenset(("end", "conclude", "wrap", "close", "finish", "leave", "depart", "return", "complete"))
_START_NOUNS: Final = frozenset(("start", "beginning", "outset", "opening"))
_END_NOUNS: Final = frozenset(("end", "close", "conclusion"))
_LONGEST: Final = 60  # days: longer ones are terms and ages


class Stretch(NamedTuple):
    """Days that were counted out, and how, in words."""

    days: DayRange
    note: str


class Stretches:
    """Counts out how long what a word tells of lasted."""

    def __init__(self, doc: Doc, links: Links) -> None:
        self.doc = doc
        self.links = links

    def around(self, trigger: Token, days: DayRange) -> Stretch | None:
        """ "a three-day visit that began on Monday", "at the end of five days of talks": `days` is one of its days."""
        if days.days != 1:
            return None
        day = days.first
        numbered = self.numbered(trigger, day)
        if numbered is not None:
            return numbered
        length = self.length(trigger)
        if length is None:
            return None
        if self._is_ended(trigger):
            whole = DayRange(day - timedelta(length - 1), day)
            return Stretch(whole, f"{length} days that ended on {in_words(days)}: {in_words(whole)}")
        if self._is_begun(trigger):
            whole = DayRange(day, day + timedelta(length - 1))
            return Stretch(whole, f"{length} days from {in_words(days)}: {in_words(whole)}")
        return None

    def up_to(self, trigger: Token, base: DayRange | None) -> Stretch | None:
        """ "the deal concludes five days of talks": as many days up to the day that the report is about."""
        if base is None or base.days != 1:
            return None
        numbered = self.numbered(trigger, base.first)
        if numbered is not None:
            return numbered
        length = self.length(trigger)
        if length is None or not self._is_ended(trigger):
            return None
        days = DayRange(base.last - timedelta(length - 1), base.last)
        return Stretch(days, f"{length} days that ended on {in_words(base)}: {in_words(days)}")

    def numbered(self, trigger: Token, day: date) -> Stretch | None:
        """ "on the second day of the three-day visit": counted from `day`; without a length up to that day."""
        for token in trigger.sent:
            if token.lower_ != "day" or not self._leads_to(token, trigger):
                continue
            number = next((n for child in token.children if (n := _ordinal(child)) is not None), None)
            if number is None:
                continue
            length = self.length(trigger)
            if number < 0:
                first, last = (day - timedelta((length or 1) - 1), day)
            else:
                first = day - timedelta(number - 1)
                last = first + timedelta(length - 1) if length and length >= number else day
            whole = DayRange(first, last)
            place = "last" if number < 0 else f"number {number}"
            return Stretch(whole, f"{in_words(DayRange(day, day))} is day {place} of it: {in_words(whole)}")
        return None

    def _leads_to(self, day: Token, trigger: Token) -> bool:
        """ "day of the visit", "day of Jo's visit": the trigger stands under the day by "of"."""
        current = trigger
        for _ in range(5):
            if current.dep_ == "prep" and current.lower_ == "of" and current.head.i == day.i:
                return True
            if current.head.i == current.i or current.pos_ in ("VERB", "AUX"):
                return False
            current = current.head
        return False

    def length(self, trigger: Token) -> int | None:
        """Days that the event lasts: "a two-day visit", "five days of talks"."""
        for expression in self.links.of_sentence(trigger):
            days = _days_of(expression)
            after = self.doc[expression.end].lower_ if expression.end < len(self.doc) else ""
            if days is None or days > _LONGEST or after in ("before", "after", "following"):
                continue
            head = self.doc[expression.start : expression.end].root
            near = head.i == trigger.i or head.head.i == trigger.i or trigger.head.head.i == head.i
            before_noun = expression.end <= trigger.i <= expression.end + 3
            after_arrival = head.head.head.i == trigger.i or head.head.head.head.i == trigger.i
            # "a two-day trip which is his first visit"
            same = trigger.dep_ == "attr" and trigger.head.dep_ == "relcl" and trigger.head.head.i == head.head.i
            if near or before_noun or after_arrival or same:
                return days
        return None

    def _is_begun(self, trigger: Token) -> bool:
        return self._at(trigger, _BEGINS, _START_NOUNS)

    def _is_ended(self, trigger: Token) -> bool:
        return self._at(trigger, _ENDS, _END_NOUNS)

    def _at(self, trigger: Token, verbs: frozenset[str], nouns: frozenset[str]) -> bool:
        """A verb of beginning (or ending) near the trigger, or "at the start of" above it."""
        lemmas = {trigger.lemma_.lower()} | {t.lemma_.lower() for t in verbs_near(trigger)}
        if lemmas & verbs:
            return True
        above = [t for _, t in zip(range(6), trigger.ancestors, strict=False)]
        return any(t.lower_ in nouns and t.pos_ == "NOUN" for t in above)


def _days_of(expression: TimeExpression) -> int | None:
    """The length in days of a duration in days or weeks."""
    form = expression.form
    if form.kind != "duration" or form.unit not in ("day", "week") or not form.number:
        return None
    return int(form.number * (7 if form.unit == "week" else 1))


def _ordinal(token: Token) -> int | None:
    """ "second" 2, "3rd" 3, "final" -1."""
    low = token.lower_
    if low in ("last", "final", "closing"):
        return -1
    if low == "opening":
        return 1
    if low[:-2].isdecimal() and low[-2:] in ("st", "nd", "rd", "th"):
        return int(low[:-2])
    return ORDINALS.get(low)
