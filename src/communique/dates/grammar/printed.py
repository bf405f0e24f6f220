"""Printed dates: days, months, years, decades and clock times that stand in the text as such."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from communique.dates.expressions import Form, Unit
from communique.dates.grammar import lexicon as words
from communique.dates.grammar.cursor import DASHES, Cursor, Result

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?(?![\d-])")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)(?![\d.]*\d)")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/-])")
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?![\d/.]*\d)")
_COMPACT = re.compile(r"(?:19|20)\d{6}(?!\d)")

# Words after which a number below 1900 is a year.
_SPEAKS_OF_YEARS: Final = frozenset(
    ("in", "since", "until", "till", "by", "of", "from", "to", "during", "before", "after", "early", "late", "mid",
     "the", "through", "between", "and", "year", "around", "about", "circa", "c", "(", ",", "for", "&", "as", "into",
     "throughout", "ending", "last", "per", "than", "or", ";", "\n", ":", "this", "that", "/", "on", "back", "fiscal",
     "-", "–", "—", "its", "their", "with", "winter", "summer", "spring", "autumn", "fall", "a", "at", "beyond", "both")
)  # fmt: skip


def _valid(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def _full_year(number: int) -> int:
    if number >= 100:
        return number
    return number + (2000 if number <= 40 else 1900)


def unit_form(unit: Unit, shift: int, word: str) -> Form:
    base = "reference" if word in words.FROM_REFERENCE else "writing"
    return Form("unit", unit=unit, shift=shift, base=base)  # type: ignore[arg-type]


class Printed(Cursor):
    """Rules for dates that are printed."""

    def month(self, i: int) -> tuple[int, int] | None:
        low = self.low(i)
        if not self.capital(i):
            return None
        if low in words.MONTHS:
            return i + 1, words.MONTHS[low]
        if low in words.SHORT_MONTHS:
            return self.skip(i + 1, "."), words.SHORT_MONTHS[low]
        return None

    def weekday(self, i: int) -> tuple[int, int] | None:
        low = self.low(i)
        if low in words.WEEKDAYS and self.capital(i):
            return i + 1, words.WEEKDAYS[low]
        if low in words.SHORT_WEEKDAYS and self.capital(i):
            return self.skip(i + 1, "."), words.SHORT_WEEKDAYS[low]
        return None

    def day(self, i: int) -> tuple[int, int] | None:
        low = self.low(i)
        if low.isdigit() and len(low) <= 2 and 1 <= int(low) <= 31:
            j = i + 1
            if self.low(j) in ("st", "nd", "rd", "th"):
                j += 1
            return j, int(low)
        found = self.ordinal(i)
        return found if found and found[1] <= 31 else None

    def year(self, i: int, *, after_date: bool = False) -> tuple[int, int] | None:
        """A year in four digits, or "'82" after an apostrophe."""
        low = self.low(i)
        if low.isdigit() and len(low) == 4 and 1000 <= int(low) <= 2199:
            if self.low(i + 1) in ("%", "m", "km", "°") or self._is_clock(i):
                return None
            if self.low(i + 1) == "." and self.glued(i + 1) and self.low(i + 2).isdigit() and self.glued(i + 2):
                return None
            return i + 1, int(low)
        if low in ("'", "’", "‘") and self.low(i + 1).isdigit() and len(self.low(i + 1)) == 2 and self.glued(i + 1):
            if self.low(i + 2) == "s" and self.glued(i + 2):
                return None
            number = int(self.low(i + 1))
            return i + 2, number + (1900 if number > 40 else 2000)
        return None

    def _year_after(self, i: int) -> tuple[int, int | None]:
        """An optional ", 2024", " 2024", " of 2024" after a month or day."""
        j = i
        if self.low(j) == ",":
            j += 1
        elif self.low(j) in ("of", "in"):
            j += 1
            j = self.skip(j, "the")
            if self.low(j) == "year":
                j += 1
        found = self.year(j)
        return (i, None) if found is None else found

    def numeric(self, i: int) -> Result | None:
        """ISO, dotted and slashed dates; "03/06/2024" keeps both readings."""
        start = self.one(i).start
        if i and self.glued(i) and self.low(i - 1) in ("/", "-", ".", "$", "€", "£", "#", "_"):
            return None
        if match := _ISO.match(self.text, start):
            y, m, d = (int(g) for g in match.groups()[:3])
            clock = None
            if match.group(4):
                clock = "T" + match.group(4) + ("Z" if match.group(5) in ("Z", "+00:00", "+0000") else "")
            form = Form("date", year=y, month=m, day=d, clock=clock)
        elif match := _YEAR_FIRST.match(self.text, start):
            y, m, d = int(match.group(1)), int(match.group(3)), int(match.group(4))
            form = Form("date", year=y, month=m, day=d)
        elif match := _DOTTED.match(self.text, start):
            d, m, y = (int(g) for g in match.groups())
            form = Form("date", year=_full_year(y), month=m, day=d)
        elif match := _SLASHED.match(self.text, start):
            a, b, y = int(match.group(1)), int(match.group(3)), _full_year(int(match.group(4)))
            if match.group(2) == "-" and len(match.group(4)) == 2:
                return None
            american = Form("date", year=y, month=a, day=b)
            european = Form("date", year=y, month=b, day=a)
            if a > 12 or not _valid(y, a, b):
                form = european
            elif b > 12 or a == b or not _valid(y, b, a):
                form = american
            else:
                form = replace(american, other=european)
        elif match := _COMPACT.match(self.text, start):
            g = match.group()
            form = Form("date", year=int(g[:4]), month=int(g[4:6]), day=int(g[6:]))
        else:
            return None
        if not (1 <= (form.month or 0) <= 12 and _valid(form.year, form.month or 0, form.day or 0)):
            return None
        j = i
        while j < self._n and self.lex[j].start < match.end():
            j += 1
        return j, form

    def weekday_date(self, i: int) -> Result | None:
        """ "Friday", "Friday, March 29, 2024", "Friday the 29th of March", "Friday morning"."""
        found = self.weekday(i)
        if found is None:
            return None
        j, weekday = found
        k = self.skip(j, ",")
        k = self.skip(k, "the", "(")
        dated = self.month_day(k) or self.day_month(k)
        if dated and dated[1].kind == "date" and dated[1].day:
            end = dated[0]
            if self.low(k - 1) == "(" and self.low(end) == ")":
                end += 1
            elif self.low(k - 1) == "(":
                end = dated[0]
            return self._with_clock(end, replace(dated[1], weekday=weekday))
        numbered = self.numeric(k) if self.low(k).isdigit() else None
        if numbered:
            return numbered[0], replace(numbered[1], weekday=weekday)
        if self.low(i) not in words.WEEKDAYS:
            return None
        if self.low(j) == "the" or self.low(k - 1) == "the":
            alone = self.ordinal(k)
            if alone and alone[1] <= 31 and self.low(alone[0]) not in words.UNITS and self.low(k).isdigit():
                return alone[0], Form("date", day=alone[1], weekday=weekday)
        pointed = {"last": -1, "next": 1}.get(self.low(j))
        if pointed and self.low(j + 1) == "week":
            return j + 2, Form("weekday", weekday=weekday, inner=Form("unit", unit="week", shift=pointed))
        if self.words_at(j, "of", "this", "week") or self.words_at(j, "of", "last", "week"):
            shift = 0 if self.low(j + 1) == "this" else -1
            return j + 3, Form("weekday", weekday=weekday, inner=Form("unit", unit="week", shift=shift))
        if self.words_at(j, "last"):
            return j + 1, Form("weekday", weekday=weekday, shift=-1)
        return self._with_clock(j, Form("weekday", weekday=weekday))

    def month_day(self, i: int) -> Result | None:
        """ "March 29", "March 29, 2024", "March 28-30, 2024", "March 2024", "March"."""
        found = self.month(i)
        if found is None:
            return None
        j, month = found
        k = self.skip(j, "the")
        day = self.day(k) if (k == j or self.low(k).isdigit() or self.low(k) in words.ORDINALS) else None
        if day and not self._is_clock(k) and self.low(day[0]) not in words.UNITS:
            j, number = day
            if _valid(None, month, number):
                second = self._second_day(j, number)
                if second:
                    end, last = second
                    end, year = self._year_after(end)
                    if _valid(year, month, last):
                        return end, Form(
                            "range", first=Form("date", year=year, month=month, day=number),
                            last=Form("date", year=year, month=month, day=last),
                        )  # fmt: skip
                end, year = self._year_after(j)
                of = self._of_pointed_year(j) if year is None else None
                of = of if of and of[1].shift else None
                if of:
                    return of[0], Form("date", month=month, day=number, inner=of[1])
                if _valid(year, month, number):
                    return self._with_clock(end, Form("date", year=year, month=month, day=number))
        end, year = self._year_after(found[0])
        if year is not None:
            return end, Form("date", year=year, month=month)
        if self.low(i) not in words.MONTHS:
            return None
        of = self._of_pointed_year(found[0])
        if of:
            return of[0], Form("date", month=month, inner=of[1])
        return found[0], Form("date", month=month)

    def _of_pointed_year(self, i: int) -> Result | None:
        """ "of last year", "this year", "next year", "that year" after a month, quarter or season."""
        j = i
        if self.low(j) == ",":
            j += 1
        j = self.skip(j, "of", "in")
        pointer = self.pointer(j)
        if pointer and self.low(pointer[0]) == "year":
            return pointer[0] + 1, unit_form("year", pointer[1], pointer[2])
        return None

    def _second_day(self, i: int, first: int) -> tuple[int, int] | None:
        """ "-30" or " to 30" or " and 30" after a first day of the same month."""
        if self.low(i) in DASHES or self.low(i) in ("to", "and", "through", "/", "&"):
            found = self.day(i + 1)
            if found and found[1] > first and self.low(found[0]) not in words.UNITS:
                if self.low(i) in ("and", "to", "through") and (
                    self.month(found[0]) or (self.low(found[0]) == "of" and self.month(found[0] + 1))
                ):
                    return None  # "March 28 and 3 April"
                if self.low(i + 1).isdigit() and self.low(found[0]) in ("%", "people"):
                    return None
                if self.low(i) == "and" and not self._plain_after(found[0]):
                    return None
                return found
        return None

    def day_month(self, i: int) -> Result | None:
        """ "29 March", "29th of March 2024", "28-30 March", "28 and 29 March", "28 March to 2 April"."""
        found = self.day(i)
        if found is None or (i and self.glued(i) and self.low(i - 1) in ("$", "€", "£", ".", ",", ":", "/")):
            return None
        j, number = found
        last = None
        if self.low(j) in DASHES or self.low(j) in ("to", "and", "through", "/", "&", "or"):
            k = self.skip(j + 1, "the")
            second = self.day(k)
            if second and second[1] > number and self.month(self.skip(second[0], "of")):
                last, j = second[1], second[0]
        elif self.low(j) == "," and self.low(j + 1).isdigit():  # "28, 29 and 30 March"
            k = j
            numbers = [number]
            while self.low(k) in (",", "and") and (more := self.day(self.skip(k + 1, "and"))):
                numbers.append(more[1])
                k = more[0]
            if self.month(k) and numbers == sorted(numbers):
                last, j = numbers[-1], k
        k = self.skip(j, "of", "day")
        if self.low(j) == "day" and self.low(k) == "of":
            k += 1
        month = self.month(k)
        if month is None or not _valid(None, month[1], last or number):
            return None
        if self.low(k) == "may" and k == j and self.low(i + 1) in ("", "\n"):
            return None
        end, year = self._year_after(month[0])
        if year is None:
            of = self._of_pointed_year(month[0])
            if of and last is None:
                return of[0], Form("date", month=month[1], day=number, inner=of[1])
        if not _valid(year, month[1], last or number):
            end, year = month[0], None
        form = Form("date", year=year, month=month[1], day=number)
        if last is not None:
            return end, Form("range", first=form, last=replace(form, day=last))
        return self._with_clock(end, form)

    def bare_year(self, i: int) -> Result | None:
        """ "2024", "'82", "2010-11", "490 BC", "1960s"."""
        era = self._bc(i)
        if era:
            return era
        found = self.year(i)
        if found is None:
            return None
        j, number = found
        named = self.low(i - 1) in DASHES and self.glued(i) and self.glued(i - 1) and self.capital(i - 2)
        if named and self.low(i - 2) not in words.PART_WORDS and self.low(i - 2).isalpha():
            return None  # the name of an exercise or a rocket: "Shield-2021"
        marked = i and self.glued(i) and self.low(i - 1) in ("$", "€", "£", ".", ":", "#", "/", "_", "&")
        if marked and not (self.low(i - 1) == "/" and self.low(i - 2).isdigit()):
            return None
        if self.low(j) == "s" and self.glued(j) and number % 10 == 0:
            if number % 100 == 0 and self.low(i - 1) not in ("early", "late", "mid", "-"):
                return j + 1, Form("decade", year=number)
            return j + 1, Form("decade", year=number)
        if self.low(j) in words.COUNTED or self.low(j) in words.UNITS or (self.glued(j) and self.one(j).text.isalpha()):
            return None
        if self.low(j) in DASHES and self.glued(j) and self.low(j + 1) in words.UNITS:
            return None
        before = self.low(i - 1)
        if not 1900 <= number <= 2060 and before not in _SPEAKS_OF_YEARS:
            return None
        if number > 2060 and before not in ("in", "by", "until", "since", "year"):
            return None
        if self.low(j) in (DASHES | {"/"}) and self.glued(j) and self.glued(j + 1):
            following = self.low(j + 1)
            if following.isdigit() and len(following) == 2 and int(following) > number % 100:
                last = number - number % 100 + int(following)
                if not self.glued(j + 2) or not self.low(j + 2).isalpha():
                    return j + 2, Form("range", first=Form("date", year=number), last=Form("date", year=last))
        return j, Form("date", year=number)

    def _bc(self, i: int) -> Result | None:
        low = self.low(i)
        if not (low.isdigit() and len(low) <= 4):
            return None
        j = i + 1
        if self.low(j) == "bc" or self.low(j) == "bce":
            return j + 1, Form("date", year=int(low), bc=True)
        if self.words_at(j, "b", ".", "c"):
            return self.skip(j + 3, "."), Form("date", year=int(low), bc=True)
        if self.low(j) in DASHES and self.low(j + 1).isdigit() and self.low(j + 2) == "bc":
            first = Form("date", year=int(low), bc=True)
            return j + 3, Form("range", first=first, last=Form("date", year=int(self.low(j + 1)), bc=True))
        if self.low(j) == "ad" and self.one(j).text == "AD":
            return j + 1, Form("date", year=int(low))
        return None

    def decade(self, i: int) -> Result | None:
        """ "the 1980s", "the '80s", "the eighties"."""
        j = self.skip(i, "the")
        if self.low(j) in ("early", "late", "mid"):
            return None
        if self.low(j) in ("'", "’", "‘") and self.glued(j + 1):
            j += 1
        if self.low(j).isdigit() and len(self.low(j)) == 2 and self.low(j + 1) == "s" and self.glued(j + 1):
            number = int(self.low(j))
            if number % 10 == 0 and number >= 20 and self.low(i) in ("the", "'", "’", "‘") | words.PART_WORDS.keys():
                return j + 2, Form("decade", year=number)
            if (
                number % 10 == 0
                and number >= 20
                and self.low(i - 1) in ("the", "early", "late", "mid", "and", "to", "-")
            ):
                return j + 2, Form("decade", year=number)
        if self.low(j) in words.DECADE_WORDS and (j > i or self.low(j - 1) in words.PART_WORDS):
            return j + 1, Form("decade", year=words.DECADE_WORDS[self.low(j)])
        if j > i and self.low(j).isdigit():
            return self._decade_number(j)
        return None

    def _decade_number(self, j: int) -> Result | None:
        found = self.bare_year(j)
        return found if found and found[1].kind == "decade" else None

    def _clock(self, i: int) -> tuple[int, str] | None:
        low = self.low(i)
        if not low.isdigit():
            return None
        hour, minute, j = int(low), 0, i + 1
        colon = False
        if (
            self.low(j) in (":", ".")
            and self.glued(j)
            and self.glued(j + 1)
            and len(self.low(j + 1)) == 2
            and self.low(j + 1).isdigit()
        ):
            if self.low(j) == ".":
                after = self.low(j + 2)
                if after not in ("am", "pm") and not (after in ("a", "p") and self.low(j + 3) in (".", "m")):
                    return None
            minute, colon, j = int(self.low(j + 1)), True, j + 2
            if self.low(j) == ":" and self.glued(j) and self.low(j + 1).isdigit():
                j += 2
        elif len(low) == 4 and (self.low(j) in ("utc", "gmt", "hrs") or (self.low(j) == "hours" and low[0] in "012")):
            hour, minute, colon = int(low[:2]), int(low[2:]), True
        half = None
        if self.low(j) in ("am", "pm"):
            half, j = self.low(j), j + 1
        elif self.low(j) in ("a", "p") and self.low(j + 1) in (".", "m") and "m" in (self.low(j + 1), self.low(j + 2)):
            half = self.low(j) + "m"
            j = j + 2 if self.low(j + 1) == "m" else j + 3
            j = self.skip(j, ".")
        elif self.words_at(j, "o", "'", "clock") or self.words_at(j, "o", "’", "clock"):
            colon, j = True, j + 3
        elif self.words_at(j, "in", "the", "morning") or self.words_at(j, "in", "the", "afternoon"):
            if not colon:
                return None
            half, j = ("am" if self.low(j + 2) == "morning" else "pm"), j + 3
        if not colon and half is None:
            return None
        if hour > 24 or minute > 59 or (half and hour > 12):
            return None
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        zone = ""
        if self.words_at(j, "local", "time"):
            j += 2
        elif self.low(j) in words.ZONES:
            zone = words.ZONES[self.low(j)]
            j += 1
        elif self.low(j) == "(" and self.low(j + 1) in words.ZONES:
            k = j + 2
            while k < j + 6 and self.low(k) not in (")", ""):
                k += 1
            if self.low(k) == ")":
                j = k + 1
        return j, f"T{hour:02d}:{minute:02d}{zone}"

    def _with_clock(self, j: int, form: Form) -> Result:
        """A part of the day or an hour after a day: "Friday morning", "Monday at 15:00 GMT"."""
        if form.clock:
            return j, form
        part = words.DAY_PARTS.get(self.low(j))
        if part:
            return j + 1, replace(form, clock=part)
        k = self.skip(j, "at", ",")
        if (k == j or self.low(j) == "at") or self.low(j) == ",":
            found = self._clock(k)
            if found:
                return found[0], replace(form, clock=found[1])
        return j, form

    def feast(self, i: int) -> Result | None:
        """Days that fall on the same date everywhere: "New Year's Eve", "Christmas Day"."""
        if not self.capital(i):
            return None
        for size in (4, 3, 2, 1):
            key = tuple(self.low(i + k).replace("’", "'") for k in range(size))
            fixed = words.FIXED_DAYS.get(key)
            if fixed:
                end, year = self._year_after(i + size)
                if size == 1 and year is None and self.capital(i + size):
                    return None
                return end, Form("date", year=year, month=fixed[0], day=fixed[1])
        return None
