"""Expressions that point: "last week", "five days ago", "the end of 2006", "the first quarter of last year"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from communique.dates.expressions import Form, Unit
from communique.dates.grammar import lexicon as words
from communique.dates.grammar.cursor import DASHES, Result
from communique.dates.grammar.printed import Printed, unit_form

# "the day of the vote", "the day that", "the day's": a day that the words after it name.
_OPENS_A_CLAUSE: Final = frozenset(
    ("of", "that", "when", "which", "after", "before", "the", "he", "she", "it", "they", "we", "i", "you", "'s", "’s",
     "to", "following", "a", "an", "his", "her", "their", "our", "will", "may", "would", "has", "had", "care", "-",
     "job", "trip", "shift", "school", "laborers", "is", "was", "trade", "by")
)  # fmt: skip


# "for a day", "within a quarter": a length; without such a word "a day" is mostly no time.
_MEASURES: Final = frozenset(
    ("for", "than", "over", "nearly", "almost", "about", "in", "within", "after", "of", "half")
)


class Relative(Printed):
    """Rules for dates that are counted from another day."""

    def ordinal_unit(self, i: int) -> Result | None:
        """ "the 20th century", "the first quarter of 2009", "the last week of March", "third-quarter"."""
        j = self.skip(i, "the", "this")
        if self.low(j) in ("last", "final", "closing", "latter"):
            count, k = -1, j + 1
        elif self.low(j) in ("opening",):
            count, k = 1, j + 1
        else:
            found = self.ordinal(j)
            if found is None:
                return None
            k, count = found
        many = 1
        counted = self.cardinal(k) if self.low(k) in words.NUMBERS or self.low(k).isdigit() else None
        if counted and self.low(counted[0]) in words.UNITS and counted[1]:
            k, many = counted[0], int(counted[1])
        hyphen = self.low(k) in DASHES
        k += hyphen
        unit = self.low(k)
        if unit == "century" and count > 0 and not hyphen:
            end = k + 1
            if self.low(end) in ("bc", "bce") or self.words_at(end, "b", ".", "c"):
                return end + 1, Form("century", number=count, bc=True)
            return end, Form("century", number=count)
        if unit == "half":
            inner = self._of(k + 1)
            if inner and inner[1].kind in ("date", "unit", "decade", "century") and count in (1, 2, -1):
                return inner[0], Form("half", number=2 if count == -1 else count, inner=inner[1])
            return None
        if unit in ("quarter", "quarters") and (1 <= count <= 4 or count == -1) and many == 1:
            if self.low(j) == "last" and self.low(k + 1) != "of" and self.low(i) != "the":
                return None
            inner = self._of(k + 1)
            if inner:
                return inner[0], Form("quarter", number=4 if count == -1 else count, inner=inner[1])
            if self.low(k + 1) == "of" and self.low(k + 2) in ("its", "the"):
                return None
            return k + 1, Form("quarter", number=4 if count == -1 else count)
        if unit in words.UNITS and unit not in ("second", "seconds", "minute", "minutes", "hour", "hours"):
            inner = self._of(k + 1)
            if inner and inner[1].kind in ("date", "unit", "decade", "century", "season", "quarter"):
                return inner[0], Form("ordinal", number=count, unit=words.UNITS[unit], inner=inner[1], shift=many)
        return None

    def _of(self, i: int) -> Result | None:
        """ "of 2009", "of last year", "in March", "2009" after a quarter, week or part."""
        j = i
        if self.low(j) in ("of", "in", ","):
            j += 1
        if j == i and self.year(j) is None and self.pointer(j) is None:
            return None
        if self.low(j) == "the" and self.low(j + 1) == "year" and self.low(j) != ",":
            return j + 2, Form("unit", unit="year", shift=0, base="reference")
        best: Result | None = None
        for rule in (self.month_day, self.bare_year, self.decade, self.pointed, self.ordinal_unit,
                     self.season, self.day_month, self.weekday_date, self.quarter_code):  # fmt: skip
            found = rule(j)
            if found and (best is None or found[0] > best[0]):
                best = found
        if best and best[1].kind in ("range", "vague", "period", "clock"):
            return None
        return best

    def quarter_code(self, i: int) -> Result | None:
        """ "Q3 2009", "H1 2020"."""
        low = self.low(i)
        if low not in ("q", "h") or not self.glued(i + 1) or self.low(i + 1) not in ("1", "2", "3", "4"):
            return None
        number = int(self.low(i + 1))
        if low == "h" and number > 2:
            return None
        j = i + 2
        inner = self._of(j)
        kind = "quarter" if low == "q" else "half"
        if inner:
            return inner[0], Form(kind, number=number, inner=inner[1])  # type: ignore[arg-type]
        return (j, Form("quarter", number=number)) if low == "q" else None

    def season(self, i: int) -> Result | None:
        """ "last summer", "the spring of 1862", "winter 2013-14", "this spring"."""
        j = i
        shift: int | None = None
        base = "writing"
        pointer = self.pointer(i)
        if pointer and self.low(pointer[0]) in words.SEASONS:
            j, shift, word = pointer
            base = "reference" if word in words.FROM_REFERENCE else "writing"
        else:
            j = self.skip(i, "the")
            j = self.skip(j, "early", "late", "mid") if j == i else j
        season = words.SEASONS.get(self.low(j))
        if season is None:
            return None
        form = Form("season", season=season, shift=shift, base=base)  # type: ignore[arg-type]
        inner = self._of(j + 1)
        if inner and inner[1].kind == "unit" and inner[1].unit == "year":
            return inner[0], replace(form, inner=inner[1])
        year = self.year(j + 2) if self.low(j + 1) == "of" else self.year(j + 1)
        if year is None and self.words_at(j + 1, "of", "the", "year"):
            year = None
        if year:
            end = year[0]
            if self.low(end) in (DASHES | {"/"}) and self.glued(end) and self.low(end + 1).isdigit():
                end += 2
            return end, replace(form, year=year[1])
        if self.low(j) == "fall" and shift is None:
            return None
        if self.low(j) == "spring" and self.capital(j) and self.capital(j - 1):
            return None
        return j + 1, form

    def day_word(self, i: int) -> Result | None:
        """ "today", "earlier today", "the day before yesterday", "yesterday morning", "tonight", "last night"."""
        if found := self.words_at(i, "the", "day", "before", "yesterday"):
            return found, Form("unit", unit="day", shift=-2)
        if found := self.words_at(i, "the", "day", "after", "tomorrow"):
            return found, Form("unit", unit="day", shift=2)
        if found := self.words_at(i, "last", "night"):
            return found, Form("unit", unit="day", shift=-1, clock="TNI")
        if self.low(i) in ("earlier", "later", "late", "early") and self.low(i + 1) in words.DAY_WORDS:
            return self._with_clock(i + 2, Form("unit", unit="day", shift=words.DAY_WORDS[self.low(i + 1)]))
        if self.low(i) in words.DAY_WORDS:
            form = Form("unit", unit="day", shift=words.DAY_WORDS[self.low(i)])
            if self.low(i) == "tonight":
                form = replace(form, clock="TNI")
            return self._with_clock(i + 1, form)
        if self.low(i) in ("this", "that") and self.low(i + 1) in words.DAY_PARTS:
            base = "writing" if self.low(i) == "this" else "reference"
            clock = words.DAY_PARTS[self.low(i + 1)]
            return i + 2, Form("unit", unit="day", shift=0, clock=clock, base=base)  # type: ignore[arg-type]
        if self.low(i) == "the" and self.low(i + 1) in ("following", "next", "previous", "same"):
            part = words.DAY_PARTS.get(self.low(i + 2))
            if part:
                shift = words.POINTERS[self.low(i + 1)]
                return i + 3, Form("unit", unit="day", shift=shift, clock=part, base="reference")
        return None

    def pointed(self, i: int) -> Result | None:
        """ "last week", "the previous year", "next Monday", "last March", "the same day", "the past two days"."""
        pointer = self.pointer(i)
        if pointer is None:
            return None
        j, shift, word = pointer
        following = self.low(j)
        if following in words.UNITS and following not in words.PLURALS:
            unit = words.UNITS[following]
            if unit in ("second", "minute", "hour"):
                return None
            vague = word in ("last", "past", "current", "coming") or (word == "this" and self.low(i) != "this")
            if following == "day" and vague:
                return None
            form = unit_form(unit, shift, word)
            if self.low(i) == "the" and word == "next":
                form = replace(form, base="reference")
            stretch = word == "past" or (
                word == "last" and self.low(i - 1) in ("over", "in", "during", "for", "within")
            )
            if self.low(i) == "the" and stretch and unit != "day":
                # "over the past year": the stretch that ends now, not the calendar year before
                return j + 1, Form("period", number=1, unit=unit, shift=-1)
            if following == "night":
                form = replace(form, clock="TNI")
            return self._with_clock(j + 1, form) if unit == "day" else (j + 1, form)
        weekday = self.weekday(j) if following in words.WEEKDAYS else None
        if weekday:
            base = "reference" if word in words.FROM_REFERENCE else "writing"
            if word == "same":
                return None
            form = Form("weekday", weekday=weekday[1], shift=shift, base=base)  # type: ignore[arg-type]
            return self._with_clock(weekday[0], form)
        month = self.month(j) if following in words.MONTHS else None
        if month:
            base = "reference" if word in words.FROM_REFERENCE else "writing"
            end, year = self._year_after(month[0])
            day = self.day(month[0])
            if day and self.low(day[0]) not in words.UNITS and self.low(month[0]).isdigit():
                return day[0], Form("date", month=month[1], day=day[1], shift=shift, base=base)  # type: ignore[arg-type]
            return end, Form("date", year=year, month=month[1], shift=shift, base=base)  # type: ignore[arg-type]
        if following in words.SEASONS:
            return self.season(i)
        if word in ("this", "that", "same", "current"):
            return None
        counted = self.amount(j)
        if counted and following not in ("a", "an", "the"):
            k, number = counted
            k += self.low(k) in DASHES and self.low(k + 1) in words.UNITS
            k = self.skip(k, "consecutive", "straight", "full", "trading", "working", "calendar", "successive")
            if self.low(k) in words.UNITS:
                unit = words.UNITS[self.low(k)]
                base = "reference" if word in words.FROM_REFERENCE else "writing"
                return k + 1, Form("period", number=number, unit=unit, shift=shift or -1, base=base)  # type: ignore[arg-type]
        if following in words.PLURALS and word in ("past", "last", "recent", "coming", "next", "following", "previous"):
            base = "reference" if word in words.FROM_REFERENCE else "writing"
            return j + 1, Form("period", unit=words.UNITS[following], shift=shift, base=base)  # type: ignore[arg-type]
        return None

    def bare_unit(self, i: int) -> Result | None:
        """ "the day", "the week", "the weekend", "the year": the one last spoken of."""
        if self.low(i) != "the":
            return None
        low = self.low(i + 1)
        if low == "week" and self.low(i - 1) == "during" and self._phrase_ends(i + 2):
            return i + 2, Form("unit", unit="week", shift=0)
        if low == "weekend":
            return i + 2, Form("unit", unit="weekend", shift=None)
        if low in ("day", "week", "month", "year") and self.low(i + 2) in ("before", "after", "previous", "earlier",
                                                                          "prior"):  # fmt: skip
            if self.low(i + 2) in ("before", "after") and not self._phrase_ends(i + 3):
                inner = self._after_before(i + 3)
                if inner:
                    shift = -1 if self.low(i + 2) == "before" else 1
                    return inner[0], Form("shift", number=1, unit=words.UNITS[low], shift=shift, inner=inner[1])
                return None
            shift = 1 if self.low(i + 2) == "after" else -1
            return i + 3, Form("unit", unit=words.UNITS[low], shift=shift, base="reference")
        if low == "day" and self.low(i + 2) not in _OPENS_A_CLAUSE:
            return i + 2, Form("unit", unit="day", shift=0, base="reference")
        return None

    def _after_before(self, i: int) -> Result | None:
        """A date after "the day before"."""
        for rule in (self.month_day, self.day_month, self.weekday_date, self.day_word, self.numeric):
            found = rule(i)
            if found and not (found[1].kind == "date" and found[1].day is None):
                return found
        return None

    def counted(self, i: int) -> Result | None:
        """ "five days ago", "two weeks later", "three years", "a 27-year", "two and a half years", "6 months old"."""
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
        end = j + 1
        if number == 1 and self.low(end) == "and" and self.words_at(end, "and", "a", "half"):
            number, end = 1.5, end + 3
        direction = self.low(end)
        if direction in (
            "ago",
            "previously",
            "earlier",
            "before",
            "prior",
            "later",
            "after",
            "hence",
            "afterwards",
            "since",
        ):
            turned = self._turned(end, number, unit)
            if turned:
                return turned
        if self.words_at(end, "from", "now") or self.words_at(end, "from", "today"):
            return end + 2, Form("shift", number=number, unit=unit, shift=1)
        low_first = self.low(i)
        if low_first in ("a", "an") and i + 1 == j and not hyphen:
            before = self.low(i - 1)
            if unit in ("day", "week", "month", "year", "hour", "minute") and self._is_rate(i):
                return end, Form("set", number=1, unit=unit)
            short = unit in ("day", "quarter", "season", "second", "century") or low == "night"
            if short and before not in _MEASURES:
                return None
        return end, Form("duration", number=number, unit=unit)

    def _is_rate(self, i: int) -> bool:
        """ "15 a year", "twice a week", "three times a day", "$30 a month"."""
        before = self.low(i - 1)
        return before in ("times", "twice", "once", "percent", "%", "dollars", "euros", "tonnes", "tons", "barrels",
                          "people", "people", "million", "billion", "passengers", "hours", "days") or (
            before.isdigit() or (before.replace(",", "").isdigit() and before != ""))  # fmt: skip

    def _turned(self, i: int, number: float | None, unit: Unit) -> Result | None:
        """ "ago", "later", "before", "after" behind a count."""
        direction = self.low(i)
        if direction == "ago":
            return i + 1, Form("shift", number=number, unit=unit, shift=-1)
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
            inner = self._after_before(i + 1)
            if inner:
                return inner[0], Form("shift", number=number, unit=unit, shift=sign, inner=inner[1])
            if direction == "before" and self._phrase_ends(i + 1):
                return i + 1, Form("shift", number=number, unit=unit, shift=-1, base="reference")
        return None

    def plural_unit(self, i: int) -> Result | None:
        """ "years", "months", "decades" without a number; "years ago", "days later"."""
        low = self.low(i)
        if low not in words.PLURALS or low in ("seconds", "quarters", "nights"):
            return None
        unit = words.UNITS[low]
        turned = self._turned(i + 1, None, unit)
        if turned:
            return turned
        if self.low(i - 1) in (
            "several",
            "few",
            "many",
            "some",
            "recent",
            "these",
            "those",
            "the",
            "its",
            "their",
            "his",
        ):
            return None
        if self.low(i + 1) in DASHES and self.low(i + 2) in ("long", "old"):
            return i + 1, Form("duration", unit=unit)
        if self.low(i - 1) in ("for", "of", "after", "in", "within", "take", "took", "lasted", "spent", "took", "over"):
            return i + 1, Form("duration", unit=unit)
        return None

    def parted(self, i: int) -> Result | None:
        """ "early June", "late 2006", "mid-2011", "the end of last year", "the beginning of 2007"."""
        j = self.skip(i, "the")
        j = self.skip(j, "very")
        low = self.low(j)
        if low in words.PART_NOUNS and (self.low(j + 1) == "of"):
            inner = self._of(j + 1)
            if inner is None and self.low(j + 2) in ("the", "this", "that"):
                unit = words.UNITS.get(self.low(j + 3))
                if unit and self.low(j + 3) not in words.PLURALS and unit not in ("second", "minute", "hour"):
                    inner = j + 4, Form("unit", unit=unit, shift=0, base="reference")
            if inner is None and self.low(j + 2) in words.UNITS and self.low(j + 2) in ("year", "month", "week", "day"):
                inner = j + 3, Form("unit", unit=words.UNITS[self.low(j + 2)], shift=0)
            if inner and inner[1].kind in (
                "date",
                "unit",
                "decade",
                "century",
                "season",
                "weekday",
                "quarter",
                "fiscal",
            ):
                return inner[0], replace(inner[1], part=words.PART_NOUNS[low])  # type: ignore[arg-type]
            return None
        if low in ("year", "month", "week") and self.words_at(j + 1, "-", "end"):
            return j + 3, Form("unit", unit=words.UNITS[low], shift=0, part="end")
        if low == "year" and self.low(j + 1) == "end":
            return j + 2, Form("unit", unit="year", shift=0, part="end")
        if low in words.PART_WORDS:
            k = j + 1
            if self.low(k) in DASHES:
                k += 1
            if low in ("earlier", "later"):
                k = self.skip(k, "in", "on")
                inner = self.pointed(k) or (self.month_day(k) if k > j + 1 or low == "later" else None)
                if inner is None and k > j + 1:
                    inner = self.bare_year(k) or (
                        (k + 2, Form("unit", unit=words.UNITS[self.low(k + 1)], shift=0, base="reference"))
                        if self.low(k) == "the" and self.low(k + 1) in ("day", "week", "month", "year")
                        else None
                    )
                if inner and inner[1].kind in ("unit", "date", "weekday"):
                    return inner[0], replace(inner[1], part=words.PART_WORDS[low])  # type: ignore[arg-type]
                return None
            if self.low(k) == "in" and self.low(k + 1) in ("the", "this"):
                unit = words.UNITS.get(self.low(k + 2))
                if unit in ("day", "week", "month", "year"):
                    return k + 3, Form("unit", unit=unit, shift=0, base="reference", part=words.PART_WORDS[low])  # type: ignore[arg-type]
            k = self.skip(k, "in") if self.low(k + 1).isdigit() or self.low(k + 1) in words.MONTHS else k
            inner = (
                self.month_day(k) or self.decade(k) or self.bare_year(k) or self.ordinal_unit(k) or self.season(k)
                or self.pointed(k) or self.weekday_date(k)
            )  # fmt: skip
            if inner and inner[1].kind in ("date", "decade", "century", "season", "unit", "quarter", "weekday"):
                return inner[0], replace(inner[1], part=words.PART_WORDS[low])  # type: ignore[arg-type]
        return None

    def day_part(self, i: int) -> Result | None:
        """ "the morning of April 19", "the evening", "at dawn on Friday"."""
        j = self.skip(i, "the")
        j = self.skip(j, "early", "late") if j > i else j
        part = words.DAY_PARTS.get(self.low(j))
        if part is None:
            return None
        k = j + 1
        if self.low(k) in ("of", "on"):
            for rule in (self.weekday_date, self.month_day, self.day_month, self.day_word, self.pointed):
                inner = rule(self.skip(k + 1, "the"))
                if inner and (inner[1].kind == "weekday" or inner[1].unit == "day" or inner[1].day):
                    return inner[0], replace(inner[1], clock=part)
        if j > i or self.low(i - 1) in ("at", "by", "until", "before", "after", "in"):
            return k, Form("unit", unit="day", shift=0, clock=part, base="reference")
        return None

    def clock(self, i: int) -> Result | None:
        """ "15:00", "6:40 p.m. (GMT+8)", "3 pm on Friday", "12:00 UTC Monday", "0800 UTC"."""
        found = self._clock(i)
        if found is None:
            return None
        j, value = found
        k = self.skip(j, "on", ",")
        k = self.skip(k, "the")
        for rule in (self.weekday_date, self.month_day, self.day_month, self.day_word, self.numeric,
                     self.pointed):  # fmt: skip
            inner = rule(k)
            if (
                inner
                and (inner[1].kind == "weekday" or inner[1].unit == "day" or inner[1].day)
                and inner[1].clock is None
            ):
                return inner[0], replace(inner[1], clock=value)
        return j, Form("clock", clock=value)

    def fiscal(self, i: int) -> Result | None:
        """ "fiscal year 2013", "the 2013 fiscal year", "FY2013", "fiscal 2008"."""
        j = self.skip(i, "the")
        if self.low(j) == "fy" and (year := self.year(j + 1)):
            return year[0], Form("fiscal", year=year[1])
        if self.low(j) in ("fiscal", "financial"):
            k = self.skip(j + 1, "year")
            year = self.year(k)
            if year:
                end = year[0]
                if self.low(end) in (DASHES | {"/"}) and self.low(end + 1).isdigit() and self.glued(end + 1):
                    end += 2
                return end, Form("fiscal", year=year[1])
            if self.low(j + 1) == "year" and j > i:
                return j + 2, Form("fiscal")
        year = self.year(j)
        if year:
            k = year[0]
            if self.low(k) in (DASHES | {"/"}) and self.low(k + 1).isdigit() and self.glued(k + 1):
                k += 2
            if self.low(k) in ("fiscal", "financial") and self.low(k + 1) == "year":
                return k + 2, Form("fiscal", year=year[1])
        return None
