"""Parts of the calendar by name: quarters, halves, seasons, decades, centuries, fiscal years, "the end of May"."""

from __future__ import annotations

from dataclasses import replace

from communique.dates.expressions import Form
from communique.dates.grammar import lexicon as words
from communique.dates.grammar.cursor import DASHES, Result
from communique.dates.grammar.pointing import Pointing

_PARTABLE = ("date", "unit", "decade", "century", "season", "weekday", "quarter", "fiscal")


class Periods(Pointing):
    """Rules for parts of years and centuries."""

    def ordinal_unit(self, i: int) -> Result | None:
        """ "the 20th century", "the first quarter of 2009", "the last week of March", "the second Monday in May"."""
        found = self._ordinal_word(i)
        if found is None:
            return None
        j, count = found
        many = 1
        k = j
        counted = self.cardinal(k) if self.low(k) in words.NUMBERS or self.low(k).isdecimal() else None
        if counted and self.low(counted[0]) in words.UNITS and counted[1]:
            k, many = counted[0], int(counted[1])
        weekday = self.weekday(k) if many == 1 else None
        if weekday and self.low(k) in words.WEEKDAYS:
            inner = self.of_period(weekday[0])
            if inner and inner[1].kind in ("date", "unit"):
                return inner[0], Form("ordinal", number=count, weekday=weekday[1], inner=inner[1])
            return None
        hyphen = self.low(k) in DASHES
        k += hyphen
        unit = self.low(k)
        if unit == "century" and count > 0 and not hyphen:
            end = self.before_christ(k + 1)
            return end or k + 1, Form("century", number=count, bc=end is not None)
        if unit == "half":
            return self._half(k + 1, count)
        if unit in ("quarter", "quarters") and (1 <= count <= 4 or count == -1) and many == 1:
            if self.low(j - 1) == "last" and self.low(k + 1) != "of" and self.low(i) != "the":
                return None  # "last quarter" is the one before this
            return self._quarter(k + 1, count)
        if unit in words.UNITS and unit not in ("second", "seconds", "minute", "minutes", "hour", "hours"):
            inner = self.of_period(k + 1)
            if inner and inner[1].kind in ("date", "unit", "decade", "century", "season", "quarter", "fiscal"):
                return inner[0], Form("ordinal", number=count, unit=words.UNITS[unit], inner=inner[1], shift=many)
            if many > 1 and unit in words.UNITS and count == 1 and unit in ("months", "weeks", "quarters", "days"):
                year = Form("unit", unit="year", shift=0, base="reference")
                return k + 1, Form("ordinal", number=1, unit=words.UNITS[unit], inner=year, shift=many)
        return None

    def _ordinal_word(self, i: int) -> tuple[int, int] | None:
        """ "the first", "the last" (-1), "fiscal second": the lexeme after it and the number."""
        j = self.skip(i, "the", "this")
        j = self.skip(j, "fiscal")
        if self.low(j) in ("last", "final", "closing", "latter"):
            return j + 1, -1
        return (j + 1, 1) if self.low(j) == "opening" else self.ordinal(j)

    def _half(self, i: int, count: int) -> Result | None:
        """ "of 2009" behind "the first half"; alone, the half of this year."""
        if count not in (1, 2, -1):
            return None
        number = 2 if count == -1 else count
        inner = self.of_period(i)
        if inner and inner[1].kind in ("date", "unit", "decade", "century", "fiscal"):
            return inner[0], Form("half", number=number, inner=inner[1])
        alone = self.phrase_ends(i) and self.low(i - 3) == "the" and self.low(i - 4) in ("in", "for", "during", "of")
        return (i, Form("half", number=number)) if alone else None

    def _quarter(self, i: int, count: int) -> Result | None:
        """ "of 2009" behind "the first quarter"."""
        number = 4 if count == -1 else count
        inner = self.of_period(i)
        if inner:
            return inner[0], Form("quarter", number=number, inner=inner[1])
        if self.low(i) == "of" and self.low(i + 1) in ("its", "the"):
            return None
        return i, Form("quarter", number=number)

    def of_period(self, i: int) -> Result | None:
        """ "of 2009", "of last year", "in March", ", 2009", "of fiscal 2009" after a quarter, week or part."""
        j = i
        if self.low(j) in ("of", "in", ","):
            j += 1
        if j == i and self.year(j) is None and self.pointer(j) is None:
            return None
        if self.low(j) == "the" and self.low(j + 1) == "year" and self.low(j) != ",":
            if self.low(j + 2) == "before":
                return j + 3, Form("unit", unit="year", shift=-1, base="reference")
            return j + 2, Form("unit", unit="year", shift=0, base="reference")
        best: Result | None = None
        for rule in (self.month_day, self.bare_year, self.decade, self.pointed, self.ordinal_unit, self.fiscal,
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
        inner = self.of_period(j)
        kind = "quarter" if low == "q" else "half"
        if inner:
            return inner[0], Form(kind, number=number, inner=inner[1])  # type: ignore[arg-type]
        return (j, Form("quarter", number=number)) if low == "q" else None

    def season(self, i: int) -> Result | None:
        """ "last summer", "the spring of 1862", "winter 2013-14", "this spring", "all summer"."""
        j = i
        shift: int | None = None
        base = "writing"
        pointer = self.pointer(i)
        if pointer and self.low(pointer[0]) in words.SEASONS:
            j, shift, word = pointer
            base = "reference" if word in words.FROM_REFERENCE else "writing"
        else:
            j = self.skip(i, "the", "all")
            j = self.skip(j, "early", "late", "mid") if j == i else j
        season = words.SEASONS.get(self.low(j))
        if season is None:
            return None
        form = Form("season", season=season, shift=shift, base=base)  # type: ignore[arg-type]
        inner = self.of_period(j + 1)
        if inner and inner[1].kind == "unit" and inner[1].unit == "year":
            return inner[0], replace(form, inner=inner[1])
        year = self.year(j + 2) if self.low(j + 1) == "of" else self.year(j + 1)
        if year:
            end = year[0]
            if self.low(end) in (DASHES | {"/"}) and self.glued(end) and self.low(end + 1).isdecimal():
                end += 2
            return end, replace(form, year=year[1])
        if self.low(j) == "fall" and shift is None and not (self.low(j - 1) == "the" and self.phrase_ends(j + 1)):
            return None
        if self.capital(j) and j > i and shift is None and self.capital(j + 1):
            return None  # "the Spring Festival", "the Winter Olympics"
        if self.low(j) == "spring" and self.capital(j) and self.capital(j - 1):
            return None
        return j + 1, form

    def decade(self, i: int) -> Result | None:
        """ "the 1980s", "the '80s", "the eighties"."""
        j = self.skip(i, "the")
        if self.low(j) in ("early", "late", "mid"):
            return None
        j = self.skip(j, "'", "’", "‘") if self.glued(j + 1) else j
        if self.low(j).isdecimal() and len(self.low(j)) == 2 and self.low(j + 1) == "s" and self.glued(j + 1):
            number = int(self.low(j))
            opens = self.low(i) in ("the", "'", "’", "‘") or self.low(i) in words.PART_WORDS
            if number % 10 == 0 and number >= 20 and (opens or self.low(i - 1) in _BEFORE_A_DECADE):
                return j + 2, Form("decade", year=number)
        if self.low(j) in words.DECADE_WORDS and (j > i or self.low(j - 1) in words.PART_WORDS):
            return j + 1, Form("decade", year=words.DECADE_WORDS[self.low(j)])
        if j > i and self.low(j).isdecimal():
            found = self.bare_year(j)
            return found if found and found[1].kind == "decade" else None
        return None

    def fiscal(self, i: int) -> Result | None:
        """ "fiscal year 2013", "the 2013-14 fiscal year", "FY2013/14", "fiscal 2008", "the current fiscal year"."""
        j = self.skip(i, "the")
        if self.low(j) in ("fy", "fiscal", "financial"):
            year = self.year(self.skip(j + 1, "year"))
            if year:
                return self._to_the_next_year(year[0]), Form("fiscal", year=year[1])
            if self.low(j + 1) == "year" and j > i:
                return j + 2, Form("fiscal", shift=0)
        pointer = self.pointer(i)
        if pointer and self.low(pointer[0]) in ("fiscal", "financial") and self.low(pointer[0] + 1) == "year":
            return pointer[0] + 2, Form("fiscal", shift=pointer[1])
        year = self.year(j)
        if year:
            k = self._to_the_next_year(year[0])
            if self.low(k) in ("fiscal", "financial") and self.low(k + 1) == "year":
                return k + 2, Form("fiscal", year=year[1])
        return None

    def _to_the_next_year(self, i: int) -> int:
        """The lexeme after "-14" or "/2014" behind a year."""
        behind = self.low(i) in (DASHES | {"/"}) and self.low(i + 1).isdecimal() and self.glued(i + 1)
        return i + 2 if behind else i

    # --- parts that do not narrow ------------------------------------------------------------------------------------

    def parted(self, i: int) -> Result | None:
        """ "early June", "late 2006", "mid-2011", "the end of last year", "the beginning of 2007", "year's end"."""
        j = self.skip(i, "the")
        j = self.skip(j, "very")
        low = self.low(j)
        if low in words.PART_NOUNS and self.low(j + 1) == "of":
            return self._part_of(j + 1, words.PART_NOUNS[low], by=self.low(i - 1) == "by")
        ended = self._ended_unit(i, j)
        if ended:
            return ended
        if low in ("earlier", "later"):
            return self._earlier_in(j, words.PART_WORDS[low])
        if low not in words.PART_WORDS and low != "end":
            return None
        k = j + 1 + (self.low(j + 1) in DASHES)
        if low == "end" and not (self.month(k) or (self.low(j + 1) in DASHES and self.year(k))):
            return None  # "end-March", "end-2024"
        part = words.PART_WORDS.get(low, "end")
        if self.low(k) == "in" and self.low(k + 1) in ("the", "this"):
            unit = words.UNITS.get(self.low(k + 2))
            if unit in ("day", "week", "month", "year"):
                return k + 3, Form("unit", unit=unit, shift=0, base="reference", part=part)  # type: ignore[arg-type]
        k = self.skip(k, "in", "on") if self.low(k + 1).isdecimal() or self.low(k + 1) in _DAYS_AND_MONTHS else k
        inner = (
            self.month_day(k) or self.decade(k) or self.bare_year(k) or self.ordinal_unit(k) or self.season(k)
            or self.pointed(k) or self.weekday_date(k) or self.day_word(k)
        )  # fmt: skip
        if inner and inner[1].kind in ("date", "decade", "century", "season", "unit", "quarter", "weekday"):
            return inner[0], replace(inner[1], part=part)  # type: ignore[arg-type]
        return None

    def _part_of(self, i: int, part: str, *, by: bool) -> Result | None:
        """ "of last year", "of the year", "of year" behind "the end"; "by the end of the year" means this one."""
        inner = self.of_period(i)
        if inner is None and self.low(i + 1) in ("the", "this", "that"):
            unit = words.UNITS.get(self.low(i + 2))
            if unit and self.low(i + 2) not in words.PLURALS and unit not in ("second", "minute", "hour"):
                base = "writing" if by or self.low(i + 1) == "this" else "reference"
                inner = i + 3, Form("unit", unit=unit, shift=0, base=base)  # type: ignore[arg-type]
        if inner is None and self.low(i + 1) in ("year", "month", "week", "day"):
            inner = i + 2, Form("unit", unit=words.UNITS[self.low(i + 1)], shift=0)
        if inner and inner[1].kind in _PARTABLE:
            return inner[0], replace(inner[1], part=part)  # type: ignore[arg-type]
        return None

    def _ended_unit(self, i: int, j: int) -> Result | None:
        """ "year-end", "year's end", "the month's end", "year-end 2024"."""
        unit = words.UNITS.get(self.low(j))
        if unit not in ("year", "month", "week", "quarter", "season", "decade", "century"):
            return None
        k = j + 1 + (self.low(j + 1) in DASHES or self.low(j + 1) in ("'s", "’s"))
        if self.low(k) != "end" or (k == j + 1 and unit != "year"):
            return None
        year = self.year(k + 1)
        if year and unit == "year":
            return year[0], Form("date", year=year[1], part="end")
        return k + 1, Form("unit", unit=unit, shift=0, part="end")

    def _earlier_in(self, j: int, part: str) -> Result | None:
        """ "earlier this week", "later in the day", "earlier in May", "earlier on Friday"."""
        k = self.skip(j + 1, "in", "on")
        stepped = k > j + 1
        inner = self.pointed(k) or self.weekday_date(k)
        if inner is None and (stepped or part == "end"):
            inner = self.month_day(k)
        if inner is None and stepped:
            inner = self.bare_year(k)
            if inner is None and self.low(k) == "the" and self.low(k + 1) in ("day", "week", "month", "year"):
                inner = k + 2, Form("unit", unit=words.UNITS[self.low(k + 1)], shift=0, base="reference")
        if inner and inner[1].kind in ("unit", "date", "weekday"):
            return inner[0], replace(inner[1], part=part)  # type: ignore[arg-type]
        return None


_BEFORE_A_DECADE = frozenset(("the", "early", "late", "mid", "and", "to", "-"))
_DAYS_AND_MONTHS = words.MONTHS.keys() | words.WEEKDAYS.keys()
