"""Expressions that point at a unit of the calendar: "last week", "the same day", "this coming Friday", "the year"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from communique.dates.expressions import Form
from communique.dates.grammar import lexicon as words
from communique.dates.grammar.cursor import DASHES, Result
from communique.dates.grammar.printed import Printed, unit_form

# "the day of the vote", "the day that", "the day's": a day that the words after it name.
_OPENS_A_CLAUSE: Final = frozenset(
    ("of", "that", "when", "which", "after", "before", "the", "he", "she", "it", "they", "we", "i", "you", "'s", "’s",
     "to", "following", "a", "an", "his", "her", "their", "our", "will", "may", "would", "has", "had", "care", "-",
     "job", "trip", "shift", "school", "laborers", "is", "was", "trade", "by")
)  # fmt: skip
_WHOLE: Final = frozenset(("whole", "entire", "full"))


class Pointing(Printed):
    """Rules for units that lie at a given distance from the day of writing or the day last spoken of."""

    def day_word(self, i: int) -> Result | None:
        """ "today", "earlier today", "the day before yesterday", "yesterday morning", "tonight", "last night"."""
        if found := self.words_at(i, "the", "day", "before", "yesterday"):
            return self.with_clock(found, Form("unit", unit="day", shift=-2))
        if found := self.words_at(i, "the", "day", "after", "tomorrow"):
            return self.with_clock(found, Form("unit", unit="day", shift=2))
        if found := self.words_at(i, "last", "night"):
            return found, Form("unit", unit="day", shift=-1, clock="TNI")
        if self.low(i) in ("earlier", "later", "late", "early") and self.low(i + 1) in words.DAY_WORDS:
            return self.with_clock(i + 2, Form("unit", unit="day", shift=words.DAY_WORDS[self.low(i + 1)]))
        if self.low(i) in words.DAY_WORDS:
            form = Form("unit", unit="day", shift=words.DAY_WORDS[self.low(i)])
            if self.low(i) == "tonight":
                form = replace(form, clock="TNI")
            return self.with_clock(i + 1, form)
        return self._pointed_part(i)

    def _pointed_part(self, i: int) -> Result | None:
        """ "this morning", "that evening", "the following night", "the morning after"."""
        if self.low(i) in ("this", "that") and self.low(i + 1) in words.DAY_PARTS:
            base = "writing" if self.low(i) == "this" else "reference"
            clock = words.DAY_PARTS[self.low(i + 1)]
            return i + 2, Form("unit", unit="day", shift=0, clock=clock, base=base)  # type: ignore[arg-type]
        if self.low(i) != "the":
            return None
        if self.low(i + 1) in ("following", "next", "previous", "same"):
            part = words.DAY_PARTS.get(self.low(i + 2))
            shift = words.POINTERS[self.low(i + 1)]
            return (i + 3, Form("unit", unit="day", shift=shift, clock=part, base="reference")) if part else None
        part = words.DAY_PARTS.get(self.low(i + 1))
        if part and self.low(i + 2) in ("before", "after") and self.phrase_ends(i + 3):
            shift = 1 if self.low(i + 2) == "after" else -1
            return i + 3, Form("unit", unit="day", shift=shift, clock=part, base="reference")
        return None

    def pointed(self, i: int) -> Result | None:
        """ "last week", "the previous year", "next Monday", "last March", "the same day", "the past two days"."""
        pointer = self.pointer(i)
        if pointer is None:
            return None
        j, shift, word = pointer
        following = self.low(j)
        base = "reference" if word in words.FROM_REFERENCE else "writing"
        if following in words.UNITS and following not in words.PLURALS:
            return self._pointed_unit(i, j, shift, word)
        weekday = self.weekday(j) if following in words.WEEKDAYS else None
        if weekday:
            if word == "same":
                return None
            form = Form("weekday", weekday=weekday[1], shift=shift, base=base)  # type: ignore[arg-type]
            return self.with_clock(weekday[0], form)
        month = self.month(j) if following in words.MONTHS else None
        if month:
            end, year = self.year_after(month[0])
            day = self.day(month[0])
            if day and self.low(day[0]) not in words.UNITS and self.low(month[0]).isdecimal():
                return day[0], Form("date", month=month[1], day=day[1], shift=shift, base=base)  # type: ignore[arg-type]
            return end, Form("date", year=year, month=month[1], shift=shift, base=base)  # type: ignore[arg-type]
        if word in ("this", "that", "same", "current", "latest") or following in words.SEASONS:
            return None
        counted = self.amount(j)
        if counted and following not in ("a", "an", "the"):
            k, number = counted
            k += self.low(k) in DASHES and self.low(k + 1) in words.UNITS
            k = self.skip(k, "consecutive", "straight", "full", "trading", "working", "calendar", "successive",
                          "fiscal", "or")  # fmt: skip
            if self.low(k) in words.UNITS:
                unit = words.UNITS[self.low(k)]
                return k + 1, Form("period", number=number, unit=unit, shift=shift or -1, base=base)  # type: ignore[arg-type]
        if following in words.PLURALS and word in ("past", "last", "recent", "coming", "next", "following", "previous"):
            return j + 1, Form("period", unit=words.UNITS[following], shift=shift, base=base)  # type: ignore[arg-type]
        return None

    def _pointed_unit(self, i: int, j: int, shift: int, word: str) -> Result | None:
        """A unit behind "last", "this", "the next" ...; `j` is the unit's lexeme."""
        low = self.low(j)
        unit = words.UNITS[low]
        if unit in ("second", "minute", "hour"):
            return None
        vague = word in ("last", "past", "current", "coming", "latest") or (word == "this" and self.low(i) != "this")
        if low == "day" and vague:
            return None
        form = unit_form(unit, shift, word)
        if word == "latest":
            if unit not in ("week", "month", "quarter", "year"):
                return None
            return j + 1, replace(form, shift=-1)
        if self.low(i) == "the" and word == "next":
            form = replace(form, base="reference")
        over = word == "last" and self.low(i - 1) in ("over", "in", "during", "for", "within")
        if self.low(i) == "the" and (word == "past" or over) and unit != "day":
            # "over the past year": the stretch that ends now, not the calendar year before
            return j + 1, Form("period", number=1, unit=unit, shift=-1)
        if low == "night":
            form = replace(form, clock="TNI")
        return self.with_clock(j + 1, form) if unit == "day" else (j + 1, form)

    def unit_beside(self, i: int) -> Result | None:
        """ "the week before last", "the year after next", "the week of March 11", "the weekend of 9-10 March"."""
        j = self.skip(i, "the")
        low = self.low(j)
        if low not in ("week", "weekend", "month", "year"):
            return None
        unit = words.UNITS[low]
        if self.words_at(j + 1, "before", "last") and low != "weekend":
            return j + 3, Form("unit", unit=unit, shift=-2)
        if self.words_at(j + 1, "after", "next") and low != "weekend":
            return j + 3, Form("unit", unit=unit, shift=2)
        if low in ("week", "weekend"):
            starts = self.low(j + 1) in ("starting", "beginning", "ending", "ended", "of", "to")
            k = self.skip(j + 2, "on", "the")
            k = self.skip(k, "the")
            inner = (self.month_day(k) or self.day_month(k) or self.weekday_date(k)) if starts else None
            if inner and (inner[1].day or inner[1].kind == "range"):
                return inner[0], Form("unit", unit=unit, shift=0, inner=inner[1])
        return None

    def bare_unit(self, i: int) -> Result | None:
        """ "the day", "the week", "the weekend", "the year", "the day before": the one last spoken of."""
        if self.low(i) != "the":
            return None
        low = self.low(i + 1)
        if low == "week" and self.low(i - 1) == "during" and self.phrase_ends(i + 2):
            return i + 2, Form("unit", unit="week", shift=0)
        if low == "weekend":
            return i + 2, Form("unit", unit="weekend", shift=None)
        if low in ("day", "week", "month", "year") and self.low(i + 2) in ("before", "after", "previous", "earlier",
                                                                          "prior", "following"):  # fmt: skip
            forward = self.low(i + 2) in ("after", "following")
            if self.low(i + 2) in ("before", "after") and not self.phrase_ends(i + 3):
                inner = self.day_behind(i + 3)
                if inner:
                    shift = 1 if forward else -1
                    return inner[0], Form("shift", number=1, unit=words.UNITS[low], shift=shift, inner=inner[1])
                return None
            if self.low(i + 2) == "following" and not self.phrase_ends(i + 3):
                return None
            return i + 3, Form("unit", unit=words.UNITS[low], shift=1 if forward else -1, base="reference")
        if low == "day" and self.low(i + 2) not in _OPENS_A_CLAUSE:
            return i + 2, Form("unit", unit="day", shift=0, base="reference")
        if low == "quarter" and self.low(i - 1) in ("for", "in", "during"):
            return i + 2, Form("unit", unit="quarter", shift=0, base="reference")
        return None

    def whole_unit(self, i: int) -> Result | None:
        """ "all day", "all week", "the entire year", "throughout the month"."""
        low = self.low(i)
        if low == "all" and self.low(i + 1) in ("day", "week", "month", "year", "night", "weekend"):
            if self.low(i + 2) in DASHES or self.low(i + 2) == "long":
                return None
            clock = "TNI" if self.low(i + 1) == "night" else None
            unit = words.UNITS[self.low(i + 1)]
            return i + 2, Form("unit", unit=unit, shift=0, base="reference", clock=clock)
        if low == "the" and self.low(i + 1) in _WHOLE and self.low(i + 2) in ("day", "week", "month", "year"):
            return i + 3, Form("unit", unit=words.UNITS[self.low(i + 2)], shift=0, base="reference")
        if low == "the" and self.low(i - 1) == "throughout" and self.low(i + 1) in ("week", "month", "year"):
            return i + 2, Form("unit", unit=words.UNITS[self.low(i + 1)], shift=0, base="reference")
        return None

    def day_behind(self, i: int) -> Result | None:
        """A day after "the day before", "two weeks after"."""
        j = self.skip(i, "the")
        for rule in (self.month_day, self.day_month, self.weekday_date, self.day_word, self.numeric):
            if rule == self.numeric and not self.low(j).isdecimal():
                continue
            found = rule(j)
            if found and not (found[1].kind == "date" and found[1].day is None):
                return found
        return None
