"""Printed dates: days, months, years, decades and clock times that stand in the text as such."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from communique.dates.expressions import Form, Unit
from communique.dates.grammar import lexicon as words
from communique.dates.grammar.cursor import DASHES, Result
from communique.dates.grammar.hours import Hours

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


def is_day(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def full_year(number: int) -> int:
    if number >= 100:
        return number
    return number + (2000 if number <= 40 else 1900)


def unit_form(unit: Unit, shift: int, word: str) -> Form:
    base = "reference" if word in words.FROM_REFERENCE else "writing"
    return Form("unit", unit=unit, shift=shift, base=base)  # type: ignore[arg-type]


class Printed(Hours):
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
        if low.isdecimal() and len(low) <= 2 and 1 <= int(low) <= 31:
            j = i + 1
            if self.low(j) in ("st", "nd", "rd", "th"):
                j += 1
            return j, int(low)
        found = self.ordinal(i)
        return found if found and found[1] <= 31 else None

    def year(self, i: int) -> tuple[int, int] | None:
        """A year in four digits, or "'82" after an apostrophe."""
        low = self.low(i)
        if low.isdecimal() and len(low) == 4 and 1000 <= int(low) <= 2199:
            if self.low(i + 1) in ("%", "m", "km", "°") or self.is_clock(i):
                return None
            if self.low(i + 1) == "." and self.glued(i + 1) and self.low(i + 2).isdecimal() and self.glued(i + 2):
                return None
            return i + 1, int(low)
        if low in ("'", "’", "‘") and self.low(i + 1).isdecimal() and len(self.low(i + 1)) == 2 and self.glued(i + 1):
            if self.low(i + 2) == "s" and self.glued(i + 2):
                return None
            number = int(self.low(i + 1))
            return i + 2, number + (1900 if number > 40 else 2000)
        return None

    def year_after(self, i: int) -> tuple[int, int | None]:
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
            form = Form("date", year=full_year(y), month=m, day=d)
        elif match := _SLASHED.match(self.text, start):
            a, b, y = int(match.group(1)), int(match.group(3)), full_year(int(match.group(4)))
            if match.group(2) == "-" and len(match.group(4)) == 2:
                return None
            american = Form("date", year=y, month=a, day=b)
            european = Form("date", year=y, month=b, day=a)
            if a > 12 or not is_day(y, a, b):
                form = european
            elif b > 12 or a == b or not is_day(y, b, a):
                form = american
            else:
                form = replace(american, other=european)
        elif match := _COMPACT.match(self.text, start):
            g = match.group()
            form = Form("date", year=int(g[:4]), month=int(g[4:6]), day=int(g[6:]))
        else:
            return None
        if not (1 <= (form.month or 0) <= 12 and is_day(form.year, form.month or 0, form.day or 0)):
            return None
        return self.index_after(i, match.end()), form

    # --- days --------------------------------------------------------------------------------------------------------

    def weekday_date(self, i: int) -> Result | None:
        """ "Friday", "Friday, March 29, 2024", "Friday the 29th of March", "Friday (29 March)", "Friday morning"."""
        found = self.weekday(i)
        if found is None or self._is_named_day(i):
            return None
        j, weekday = found
        k = self.skip(j, ",")
        k = self.skip(k, "the", "(")
        bracket = self.low(k - 1) == "("
        dated = self.month_day(k) or self.day_month(k)
        if dated and dated[1].kind == "date" and dated[1].day:
            end = dated[0] + (bracket and self.low(dated[0]) == ")")
            return self.with_clock(end, replace(dated[1], weekday=weekday))
        numbered = self.numeric(k) if self.low(k).isdecimal() else None
        if numbered:
            return numbered[0], replace(numbered[1], weekday=weekday)
        if self.low(i) not in words.WEEKDAYS:
            return None
        if self.low(j) == "the" or self.low(k - 1) == "the":
            alone = self.ordinal(k)
            if alone and alone[1] <= 31 and self.low(alone[0]) not in words.UNITS and self.low(k).isdecimal():
                return alone[0], Form("date", day=alone[1], weekday=weekday)
        week = self._week_behind(j)
        if week:
            return week[0], Form("weekday", weekday=weekday, inner=week[1])
        if self.low(j) == "last" and self.low(j + 1) not in words.UNITS:
            return j + 1, Form("weekday", weekday=weekday, shift=-1)
        if self.low(j) == "next" and self.phrase_ends(j + 1):
            return j + 1, Form("weekday", weekday=weekday, shift=1)
        return self.with_clock(j, Form("weekday", weekday=weekday))

    def _is_named_day(self, i: int) -> bool:
        """ "Black Friday", "Bloody Sunday", "Super Tuesday": the name of a day of its own."""
        return self.capital(i - 1) and (self.low(i - 1), self.low(i)) in words.NAMED_WEEKDAYS

    def _week_behind(self, i: int) -> Result | None:
        """ "last week", "of next week", "of that week" behind a weekday."""
        j = self.skip(i, "of")
        pointer = self.pointer(j)
        if pointer is None or self.low(pointer[0]) != "week" or (j == i and self.low(j) not in ("last", "next")):
            return None
        return pointer[0] + 1, unit_form("week", pointer[1], pointer[2])

    def month_day(self, i: int) -> Result | None:
        """ "March 29", "March 29, 2024", "March 28-30, 2024", "March 2024", "March", "March 29 last year"."""
        found = self.month(i)
        if found is None:
            return None
        j, month = found
        k = self.skip(j, "the")
        day = self.day(k) if (k == j or self.low(k).isdecimal() or self.low(k) in words.ORDINALS) else None
        if day and self.low(k - 1) == "the" and not self.low(k).isdecimal() and not self.plain_after(day[0]):
            day = None  # "In March the Second Army"
        if day and not self.is_clock(k) and self.low(day[0]) not in words.UNITS and is_day(None, month, day[1]):
            j, number = day
            second = self._second_day(j, number)
            if second:
                end, year = self.year_after(second[0])
                if is_day(year, month, second[1]):
                    first = Form("date", year=year, month=month, day=number)
                    return end, Form("range", first=first, last=replace(first, day=second[1]))
            end, year = self.year_after(j)
            of = self._of_pointed_year(j) if year is None else None
            if of and (of[1].shift or self.low(j) == "of"):
                return of[0], Form("date", month=month, day=number, inner=of[1])
            if is_day(year, month, number):
                return self.with_clock(end, Form("date", year=year, month=month, day=number))
        end, year = self.year_after(found[0])
        if year is not None:
            return end, Form("date", year=year, month=month)
        if self.low(i) not in words.MONTHS:
            return None
        of = self._of_pointed_year(found[0])
        if of:
            return of[0], Form("date", month=month, inner=of[1])
        return found[0], Form("date", month=month)

    def _of_pointed_year(self, i: int) -> Result | None:
        """ "of last year", "this year", "next year", "that year", "the year before" after a month or day."""
        j = self.skip(i, ",")
        j = self.skip(j, "of", "in")
        if self.low(j) == "the" and self.low(j + 1) == "year" and self.low(j + 2) in ("before", "after"):
            return j + 3, Form("unit", unit="year", shift=-1 if self.low(j + 2) == "before" else 1, base="reference")
        pointer = self.pointer(j)
        if pointer and self.low(pointer[0]) == "year":
            return pointer[0] + 1, unit_form("year", pointer[1], pointer[2])
        return None

    def _second_day(self, i: int, first: int) -> tuple[int, int] | None:
        """ "-30", " to 30", or " and 30" of the day after, behind a first day of the same month."""
        low = self.low(i)
        if low not in DASHES and low not in ("to", "and", "through", "/", "&"):
            return None
        found = self.day(i + 1)
        if found is None or found[1] <= first or self.low(found[0]) in words.UNITS:
            return None
        after = found[0]
        if low in ("and", "to", "through", "&") and (
            self.month(after) or (self.low(after) == "of" and self.month(after + 1))
        ):
            return None  # "March 28 and 3 April"
        if low in ("and", "&", "/") and (found[1] != first + 1 or not self.plain_after(after)):
            return None  # "March 3 and 9" are two days: see `Grammar.several`
        return None if self.low(after) in ("%", "people") else found

    def day_month(self, i: int) -> Result | None:
        """ "29 March", "29th of March 2024", "28-30 March", "28 and 29 March", "28, 29 and 30 March", "27 Oct 89"."""
        found = self.day(i)
        if found is None or (i and self.glued(i) and self.low(i - 1) in ("$", "€", "£", ".", ",", ":", "/")):
            return None
        j, number = found
        last = number
        low = self.low(j)
        if low in DASHES or low in ("to", "and", "through", "/", "&", ","):
            numbers = [number]
            k = j
            while self.low(k) in DASHES or self.low(k) in ("to", "and", "through", "/", "&", ","):
                more = self.day(self.skip(self.skip(k + 1, "and"), "the"))
                if more is None or more[1] <= numbers[-1]:
                    break
                numbers.append(more[1])
                k = more[0]
            stretch = low in DASHES or low in ("to", "through") or numbers[-1] - number == len(numbers) - 1
            if len(numbers) > 1 and stretch and self.month(self.skip(k, "of")):
                last, j = numbers[-1], k
        k = self.skip(j, "of")
        if self.low(j) == "day" and self.low(j + 1) == "of":
            k = j + 2
        month = self.month(k)
        if month is None or not is_day(None, month[1], last):
            return None
        if self.low(k) == "may" and k == j and self.low(i + 1) in ("", "\n"):
            return None
        end, year = self.year_after(month[0])
        if year is None and end == month[0]:
            end, year = self._short_year(end)
        if year is None and (of := self._of_pointed_year(month[0])) and last == number:
            return of[0], Form("date", month=month[1], day=number, inner=of[1])
        if not is_day(year, month[1], last):
            end, year = month[0], None
        form = Form("date", year=year, month=month[1], day=number)
        if last != number:
            return end, Form("range", first=form, last=replace(form, day=last))
        return self.with_clock(end, form)

    def _short_year(self, i: int) -> tuple[int, int | None]:
        """ "27 Oct 89": two digits behind a day and month that end the phrase."""
        low = self.low(i)
        if low.isdecimal() and len(low) == 2 and not self.glued(i) and self.phrase_ends(i + 1) and int(low) > 31:
            return i + 1, full_year(int(low))
        return i, None

    def day_alone(self, i: int) -> Result | None:
        """ "the 15th", "the 15th of this month": the month is that of the story."""
        if self.low(i) != "the":
            return None
        found = self.ordinal(i + 1)
        if found is None or found[1] > 31:
            return None
        j, number = found
        if self.low(j) == "of":
            pointer = self.pointer(j + 1)
            if pointer and self.low(pointer[0]) == "month":
                inner = unit_form("month", pointer[1], pointer[2])
                return pointer[0] + 1, Form("date", day=number, inner=inner)
            if self.words_at(j, "of", "the", "month"):
                return j + 3, Form("date", day=number, inner=Form("unit", unit="month", shift=0, base="reference"))
            return None
        said = self.low(i - 1) in ("on", "by", "until", "till", "from", "since", "before", "after", "through", "of")
        if not said or not self.low(i + 1).isdecimal() or not self.phrase_ends(j):
            return None
        return j, Form("date", day=number, base="reference")

    # --- years -------------------------------------------------------------------------------------------------------

    def bare_year(self, i: int) -> Result | None:
        """ "2024", "'82", "2010-11", "1890 – 91", "490 BC", "AD 79", "1960s"."""
        era = self._era(i)
        if era:
            return era
        found = self.year(i)
        if found is None:
            return None
        j, number = found
        if self.low(j) in ("s", "'s", "’s") and self.glued(j) and number % 10 == 0:
            return j + 1, Form("decade", year=number)
        if self._is_part_of_a_name(i) or not self._may_be_year(i, j, number):
            return None
        second = self._two_digits_behind(j, number)
        if second:
            return second[0], Form("range", first=Form("date", year=number), last=Form("date", year=second[1]))
        return j, Form("date", year=number)

    def _is_part_of_a_name(self, i: int) -> bool:
        """The name of an exercise or a rocket, "Shield-2021"; a sum; a fraction."""
        if not self.glued(i):
            return False
        before = self.low(i - 1)
        if before in DASHES and self.glued(i - 1) and self.capital(i - 2):
            return self.low(i - 2).isalpha() and self.low(i - 2) not in words.PART_WORDS
        return before in ("$", "€", "£", ".", ":", "#", "_", "&") or (before == "/" and not self.low(i - 2).isdecimal())

    def _may_be_year(self, i: int, j: int, number: int) -> bool:
        """What stands around a number does not count with it, and speaks of years where it is far from today."""
        following = self.low(j)
        if following in words.COUNTED or following in words.UNITS or (self.glued(j) and self.one(j).text.isalpha()):
            return False
        if following in DASHES and self.glued(j) and self.low(j + 1) in words.UNITS:
            return False
        before = self.low(i - 1)
        if number > 2060:
            return before in ("in", "by", "until", "since", "year")
        return number >= 1900 or before in _SPEAKS_OF_YEARS

    def _two_digits_behind(self, j: int, year: int) -> tuple[int, int] | None:
        """ "-11" behind 2010, " – 91" behind 1890: the last year of a stretch."""
        if self.low(j) not in (DASHES | {"/"}):
            return None
        number = self.low(j + 1)
        if not (number.isdecimal() and len(number) == 2 and int(number) > year % 100):
            return None
        if self.glued(j) != self.glued(j + 1) or (self.glued(j + 2) and self.low(j + 2).isalpha()):
            return None
        if not self.glued(j) and (self.low(j) == "/" or not self.phrase_ends(j + 2)):
            return None
        return j + 2, year - year % 100 + int(number)

    def _era(self, i: int) -> Result | None:
        """ "490 BC", "490 B.C.E.", "500-449 BC", "79 AD", "AD 79"."""
        low = self.low(i)
        if low == "ad" and self.one(i).text == "AD":
            number = self.low(i + 1)
            return (i + 2, Form("date", year=int(number))) if number.isdecimal() and 0 < int(number) < 2000 else None
        if not (low.isdecimal() and 1 <= len(low) <= 4 and int(low)):
            return None
        end = self.before_christ(i + 1)
        if end:
            return end, Form("date", year=int(low), bc=True)
        if self.low(i + 1) in DASHES and self.low(i + 2).isdecimal() and (end := self.before_christ(i + 3)):
            first = Form("date", year=int(low), bc=True)
            return end, Form("range", first=first, last=Form("date", year=int(self.low(i + 2)), bc=True))
        if self.one(i + 1).text in ("AD", "CE"):
            return i + 2, Form("date", year=int(low))
        return None

    def before_christ(self, i: int) -> int | None:
        """The lexeme after "BC", "BCE", "B.C." or "B.C.E."; None where none of them stands at `i`."""
        if self.one(i).text in ("BC", "BCE"):
            return i + 1
        if end := self.words_at(i, "b", ".", "c"):
            return self.skip(self.words_at(end, ".", "e") or end, ".")
        return None
