"""Counts of units: "five days ago", "a week later", "three years", "a week on Friday", "the same quarter last year"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from communique.dates.expressions import Form, Unit
from communique.dates.grammar import lexicon as words
from communique.dates.grammar.cursor import DASHES, Result
from communique.dates.grammar.periods import Periods

# "for a day", "within a quarter": a length; without such a word "a day" is mostly no time.
_MEASURES: Final = frozenset(
    ("for", "than", "over", "nearly", "almost", "about", "in", "within", "after", "of", "half", "last", "lasted")
)
_TURNING: Final = frozenset(
    ("ago", "previously", "earlier", "before", "prior", "later", "after", "hence", "afterwards", "since")
)
_ALIKE: Final = frozenset(("same", "corresponding", "comparable", "equivalent", "like", "similar"))
_STRETCHES: Final = frozenset(("period", "time", "span", "stretch"))


class Counting(Periods):
    """Rules for counted units."""

    def counted(self, i: int) -> Result | None:
        """ "five days ago", "two weeks later", "three years", "a 27-year", "two and a half years", "a week's time"."""
        found = self.amount(i)
        if found is None:
            return None
        j, number = found
        hyphen = self.low(j) in DASHES
        j += hyphen
        if not hyphen:
            j = self.skip(j, "consecutive", "straight", "full", "more", "long", "whole", "entire", "successive",
                          "trading", "working", "calendar", "short", "further", "other")  # fmt: skip
        low = self.low(j)
        if low not in words.UNITS:
            return None
        unit = words.UNITS[low]
        if low in ("second", "quarter", "quarters") and not hyphen and number == 1:
            return None
        if self.low(i).isdecimal() and 1900 <= int(self.low(i)) < 2100 and low not in words.PLURALS and not hyphen:
            return None  # "World Cup 2018 day five"
        end = j + 1
        if number == 1 and self.words_at(end, "and", "a", "half"):
            number, end = 1.5, end + 3
        pointed = self._pointed_count(end, number, unit)
        if pointed:
            return pointed
        ended = self._stretch_to(end) if low in words.PLURALS else None
        if ended:
            return end, Form("period", number=number, unit=unit, shift=-1, inner=ended)
        if self.low(i) in ("a", "an") and i + 1 == j and not hyphen:
            if unit in ("day", "week", "month", "year", "hour", "minute") and self._is_rate(i):
                return end, Form("set", number=1, unit=unit)
            short = unit in ("day", "quarter", "season", "second", "century") or low == "night"
            if short and self.low(i - 1) not in _MEASURES and self.low(end) not in ("before", "after"):
                return None
        return end, Form("duration", number=number, unit=unit)

    def _pointed_count(self, end: int, number: float | None, unit: Unit) -> Result | None:
        """What makes a count a date: "ago", "later", "from now", "on Friday" (a week on), "time" ("in a week's")."""
        if self.low(end) in _TURNING:
            return self._turned(end, number, unit)
        later = Form("shift", number=number, unit=unit, shift=1)
        if self.low(end) == "from":
            if self.low(end + 1) in ("now", "today"):
                return end + 2, later
            # "a week from Monday", but "three days from Monday" is how long
            inner = self.weekday_date(end + 1) if unit in ("week", "fortnight", "month", "year") else None
            inner = inner or (self.day_word(end + 1) if self.low(end + 1) == "tomorrow" else None)
            return (inner[0], replace(later, inner=inner[1])) if inner else None
        if self.low(end) == "on" and unit in ("week", "fortnight") and number == 1:
            weekday = self.weekday_date(end + 1)
            return (weekday[0], replace(later, inner=weekday[1])) if weekday else None
        if self.low(end) in ("'s", "’s", "'", "’") and self.low(end + 1) == "time":
            return end + 2, later
        return None

    def _stretch_to(self, i: int) -> Form | None:
        """ "ended June 30", "to June 30", "ending in March" behind "the nine months": the date that ends it."""
        if self.low(i) not in ("ended", "ending", "to", "through"):
            return None
        k = self.skip(i + 1, "on", "in")
        inner = self.month_day(k) or self.day_month(k) or (self.bare_year(k) if k > i + 1 else None)
        return inner[1] if inner and inner[1].kind == "date" else None

    def quarter_ended(self, i: int) -> Result | None:
        """ "the quarter" before "ended Sept. 30": the one that holds that day."""
        j = self.skip(i, "the", "its")
        unit = words.UNITS.get(self.low(j))
        if unit not in ("quarter", "half", "month", "week") or self.low(j) in words.PLURALS:
            return None
        inner = self._stretch_to(j + 1) if self.low(j + 1) != "to" else None
        return (j + 1, Form("unit", unit=unit, shift=0, inner=inner)) if inner else None

    def _is_rate(self, i: int) -> bool:
        """ "15 a year", "twice a week", "three times a day", "$30 a month"."""
        before = self.low(i - 1)
        return before.replace(",", "").isdecimal() or before in (
            "times", "twice", "once", "percent", "%", "dollars", "euros", "tonnes", "tons", "barrels", "people",
            "million", "billion", "passengers", "hours", "days", "cents", "share",
        )  # fmt: skip

    def _turned(self, i: int, number: float | None, unit: Unit) -> Result | None:
        """ "ago", "later", "before", "after" behind a count."""
        direction = self.low(i)
        if direction == "ago":
            return self._ago(i + 1, number, unit)
        if direction in ("later", "afterwards"):
            if self.low(i + 1) == "than":
                return None
            return i + 1, Form("shift", number=number, unit=unit, shift=1, base="reference")
        if direction in ("earlier", "previously", "prior"):
            if self.low(i + 1) in ("than", "to"):
                return None
            return i + 1, Form("shift", number=number, unit=unit, shift=-1, base="reference")
        if direction == "hence":
            return i + 1, Form("shift", number=number, unit=unit, shift=1)
        if direction in ("before", "after"):
            sign = -1 if direction == "before" else 1
            inner = self.day_behind(i + 1)
            if inner:
                return inner[0], Form("shift", number=number, unit=unit, shift=sign, inner=inner[1])
            if direction == "before" and self.phrase_ends(i + 1):
                return i + 1, Form("shift", number=number, unit=unit, shift=-1, base="reference")
        return None

    def _ago(self, i: int, number: float | None, unit: Unit) -> Result:
        """ "ago", or "ago today", "ago this week", "ago on Monday": then the day or month is exact."""
        if unit in ("year", "decade", "century") and number == (number and int(number)):
            k = self.skip(i, "on")
            inner = self.day_word(k) or (self.weekday_date(k) if k > i else None) or self.pointed(k)
            inner = inner or (self.month_day(k) or self.day_month(k) if k > i else None)
            if inner and (inner[1].kind in ("weekday", "unit") or (inner[1].kind == "date" and inner[1].day)):
                years = (number or 1) * {"decade": 10, "century": 100}.get(unit, 1)
                return inner[0], Form("likewise", number=years, shift=-1, inner=inner[1])
        return i, Form("shift", number=number, unit=unit, shift=-1)

    def plural_unit(self, i: int) -> Result | None:
        """ "years", "months", "decades" without a number; "years ago", "days later"."""
        low = self.low(i)
        if low not in words.PLURALS or low in ("seconds", "quarters", "nights"):
            return None
        unit = words.UNITS[low]
        turned = self._turned(i + 1, None, unit)
        if turned:
            return turned
        before = self.low(i - 1)
        if before in ("several", "few", "many", "some", "recent", "these", "those", "the", "its", "their", "his"):
            return None
        if self.low(i + 1) in DASHES and self.low(i + 2) in ("long", "old"):
            return i + 1, Form("duration", unit=unit)
        if before in ("for", "of", "after", "in", "within", "take", "took", "lasted", "spent", "over"):
            return i + 1, Form("duration", unit=unit)
        if self.low(i + 1) in ("before", "after") and unit in ("hour", "minute"):
            return i + 1, Form("duration", unit=unit)  # "hours after the vote"
        return None

    # --- the same of another year ------------------------------------------------------------------------------------

    def likewise(self, i: int) -> Result | None:
        """ "the same quarter last year", "the year-ago period", "this time next year", "a year-earlier quarter"."""
        j = self.skip(i, "the", "a")
        if self.low(j) in ("year", "prior", "previous") and self.low(j + 1) in DASHES:
            second, k = self.low(j + 2), j + 3
            if second not in ("ago", "earlier", "before") and not (self.low(j) != "year" and second == "year"):
                return None
            stretch = self._stretch(k)
            return (k + 1, Form("likewise", number=1, shift=-1, unit=stretch[0], base="reference")) if stretch else None
        if self.low(j) in _ALIKE or (self.low(j) == "this" and j == i):
            stretch = self._stretch(j + 1)
            if stretch is None or (self.low(j) == "this" and self.low(j + 1) not in ("time", "day", "week", "month")):
                return None
            year = self._other_year(self.skip(j + 2, "of", "in", "for", "from"))
            if year:
                base = "writing" if self.low(j) == "this" else "reference"
                return year[0], replace(year[1], unit=stretch[0], base=base)  # type: ignore[arg-type]
        return None

    def _stretch(self, i: int) -> tuple[Unit | None] | None:
        """The unit of "quarter" or "month"; none of "period" or "time": as long as the time last spoken of."""
        low = self.low(i)
        if low in _STRETCHES:
            return (None,)
        unit = words.UNITS.get(low)
        return (unit,) if unit in ("day", "week", "month", "quarter", "half", "weekend") else None

    def _other_year(self, i: int) -> Result | None:
        """ "last year", "a year earlier", "the year before", "1988" as a "likewise" form."""
        if self.words_at(i, "a", "year") and self.low(i + 2) in ("earlier", "ago", "before", "previously"):
            return i + 3, Form("likewise", number=1, shift=-1)
        if self.words_at(i, "the", "year", "before") or self.words_at(i, "the", "year", "earlier"):
            return i + 3, Form("likewise", number=1, shift=-1)
        pointer = self.pointer(i)
        if pointer and self.low(pointer[0]) == "year" and pointer[1]:
            return pointer[0] + 1, Form("likewise", number=1, shift=pointer[1])
        year = self.year(i)
        return (year[0], Form("likewise", year=year[1])) if year else None

    # --- times of day ------------------------------------------------------------------------------------------------

    def day_part(self, i: int) -> Result | None:
        """ "the morning of April 19", "the evening", "at dawn on Friday", "the early hours of Friday"."""
        j = self.skip(i, "the")
        if self.low(j) in ("early", "small", "wee") and self.low(j + 1) == "hours":
            part: str | None = "TMO"
            k = j + 2
        else:
            j = self.skip(j, "early", "late") if j > i else j
            part = words.DAY_PARTS.get(self.low(j))
            k = self.skip(j + 1, "hours")
        if part is None:
            return None
        if self.low(k) in ("of", "on"):
            day = self.skip(k + 1, "the")
            for rule in (self.weekday_date, self.month_day, self.day_month, self.day_word, self.pointed):
                inner = rule(day)
                if inner and inner[1].kind == "range" and inner[1].first and part == "TNI":
                    return inner  # "the night of 3-4 March"
                if inner and (inner[1].kind == "weekday" or inner[1].unit == "day" or inner[1].day):
                    return inner[0], replace(inner[1], clock=part)
            alone = self.day_alone(k + 1)
            if alone:
                return alone[0], replace(alone[1], clock=part)
        if j > i or self.low(i - 1) in ("at", "by", "until", "before", "after", "in", "around", "since"):
            return k, Form("unit", unit="day", shift=0, clock=part, base="reference")
        return None

    def clock(self, i: int) -> Result | None:
        """ "15:00", "6:40 p.m. (GMT+8)", "3 pm on Friday", "12:00 UTC Monday", "0800 UTC"."""
        found = self.clock_at(i)
        if found is None:
            return None
        j, value = found
        k = self.skip(self.skip(j, "on", ","), "the")
        for rule in (self.weekday_date, self.month_day, self.day_month, self.day_word, self.numeric, self.pointed):
            if rule == self.numeric and not self.low(k).isdecimal():
                continue
            inner = rule(k)
            is_day = inner and (inner[1].kind == "weekday" or inner[1].unit == "day" or inner[1].day)
            if inner and is_day and inner[1].clock is None:
                return inner[0], replace(inner[1], clock=value)
        return j, Form("clock", clock=value)
