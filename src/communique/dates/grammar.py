"""The grammar of time expressions: from words to a `Form`, without knowing when they were written.

A recursive-descent parser over small lexemes (words, numbers, marks). Each rule is a method that takes the index of
its first lexeme and returns `(index after it, form)`, or None when the words do not fit; `Grammar.at` returns the
longest that any rule reads. What depends on the sentence (tense, "May" the verb) is left to finding.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from communique.dates import lexicon as words
from communique.dates.expressions import Form, Unit

_LEXEME = re.compile(r"\n|\d{1,3}(?:,\d{3})+(?!\d)|\d+|[^\W\d_]+|['’‘`]s\b|[^\w\s]")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?(?![\d-])")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)(?![\d.]*\d)")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/-])")
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?![\d/.]*\d)")
_COMPACT = re.compile(r"(?:19|20)\d{6}(?!\d)")

_DASHES: Final = frozenset("-–—‑−")
_SMALL: Final = frozenset(("s", "st", "nd", "rd", "th"))
# "the day of the vote", "the day that", "the day's": a day that the words after it name.
_OPENS_A_CLAUSE: Final = frozenset(
    ("of", "that", "when", "which", "after", "before", "the", "he", "she", "it", "they", "we", "i", "you", "'s", "’s",
     "to", "following", "a", "an", "his", "her", "their", "our", "will", "may", "would", "has", "had", "care", "-",
     "job", "trip", "shift", "school", "laborers", "is", "was", "trade", "by")
)  # fmt: skip
_SPEAKS_OF_YEARS: Final = frozenset(
    ("in", "since", "until", "till", "by", "of", "from", "to", "during", "before", "after", "early", "late", "mid",
     "the", "through", "between", "and", "year", "around", "about", "circa", "c", "(", ",", "for", "&", "as", "into",
     "throughout", "ending", "last", "per", "than", "or", ";", "\n", ":", "this", "that", "/", "on", "back", "fiscal",
     "-", "–", "—", "its", "their", "with", "winter", "summer", "spring", "autumn", "fall", "a", "at", "beyond", "both")
)  # fmt: skip

Result = tuple[int, Form]


class Lexeme(NamedTuple):
    low: str
    text: str
    start: int
    end: int


def lexemes(text: str) -> list[Lexeme]:
    """`text` in words, numbers and marks; line breaks are lexemes of their own, other white space is dropped."""
    return [Lexeme(m.group().lower(), m.group(), m.start(), m.end()) for m in _LEXEME.finditer(text)]


_NOTHING: Final = Lexeme("", "", -1, -1)


def _valid(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


class Grammar:
    """Reads time expressions in one text. `at(i)` gives the longest one that starts at lexeme `i`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lex = lexemes(text)
        self._n = len(self.lex)

    # --- small things ---

    def low(self, i: int) -> str:
        return self.lex[i].low if 0 <= i < self._n else ""

    def one(self, i: int) -> Lexeme:
        return self.lex[i] if 0 <= i < self._n else _NOTHING

    def glued(self, i: int) -> bool:
        """Lexeme `i` follows the one before it without a space."""
        return 0 < i < self._n and self.lex[i - 1].end == self.lex[i].start

    def words_at(self, i: int, *expected: str) -> int | None:
        for k, word in enumerate(expected):
            if self.low(i + k) != word:
                return None
        return i + len(expected)

    def skip(self, i: int, *optional: str) -> int:
        return i + 1 if self.low(i) in optional else i

    def capital(self, i: int) -> bool:
        return self.one(i).text[:1].isupper()

    # --- numbers ---

    def cardinal(self, i: int) -> tuple[int, float | None] | None:
        """A count: "five", "20", "a", "twenty-five", "2.5", "several" (None: not known)."""
        low = self.low(i)
        if low.isdigit() or ("," in low and low.replace(",", "").isdigit()):
            number = float(low.replace(",", ""))
            j = i + 1
            if self.low(j) == "." and self.glued(j) and self.low(j + 1).isdigit() and self.glued(j + 1):
                return j + 2, float(f"{low.replace(',', '')}.{self.low(j + 1)}")
            return (j, number) if number < 100000 else None
        if low in ("a", "an", "the") and self.low(i + 1) in ("few", "couple", "dozen", "hundred", "half"):
            if self.low(i + 1) == "half":
                return None
            j = self.skip(i + 2, "of")
            return j, {"couple": 2.0, "dozen": 12.0, "hundred": 100.0}.get(self.low(i + 1))
        if low in ("couple",):
            return self.skip(i + 1, "of"), 2.0
        if low in ("a", "an"):
            return i + 1, 1.0
        if low in words.UNKNOWN_NUMBERS:
            return i + 1, None
        if low in words.NUMBERS:
            number = float(words.NUMBERS[low])
            j = i + 1
            if 20 <= number < 100:
                k = j + 1 if self.low(j) in _DASHES else j
                extra = words.NUMBERS.get(self.low(k), 0)
                if 0 < extra < 10:
                    return k + 1, number + extra
            if self.low(j) in ("hundred", "thousand") and number < 100:
                number *= words.NUMBERS[self.low(j)]
                j += 1
            return j, number
        return None

    def amount(self, i: int) -> tuple[int, float | None] | None:
        """A count with "and a half" and an approximation before it."""
        j = i
        if (
            (self.low(j) in ("more", "less", "fewer") and self.low(j + 1) == "than")
            or (self.low(j) == "at" and self.low(j + 1) in ("least", "most"))
            or (self.low(j) == "up" and self.low(j + 1) == "to")
        ):
            j += 2
        elif self.low(j) in words.APPROXIMATE:
            j += 1
        if self.low(j) == "half" and self.low(j + 1) in ("a", "an"):
            return j + 2, 0.5
        if self.low(j) in ("a", "an") and self.low(j + 1) == "half":
            return (j + 3 if self.low(j + 2) in _DASHES else j + 2), 0.5
        found = self.cardinal(j)
        if found is None:
            return None
        j, number = found
        if number is not None and self.words_at(j, "and", "a", "half"):
            return j + 3, number + 0.5
        if self.low(j) in ("or", "to") or self.low(j) in _DASHES:  # "two or three years": the larger
            second = self.cardinal(j + 1)
            if second and second[1] is not None and number is not None and second[1] > number:
                after = second[0] + (self.low(second[0]) in _DASHES)
                if self.low(after) in words.UNITS:
                    return second[0], None
        return j, number

    def ordinal(self, i: int) -> tuple[int, int] | None:
        low = self.low(i)
        if low in words.ORDINALS:
            return i + 1, words.ORDINALS[low]
        if low.isdigit() and self.low(i + 1) in ("st", "nd", "rd", "th") and len(low) < 4:
            return i + 2, int(low)
        if low in ("twenty", "thirty"):
            k = i + 2 if self.low(i + 1) in _DASHES else i + 1
            extra = words.ORDINALS.get(self.low(k), 0)
            if 0 < extra < 10:
                return k + 1, words.NUMBERS[low] + extra
        return None

    # --- pieces of a date ---

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
        if found is None or (self.low(i) == "," and self._list_of_years(found[0])):
            return i, None
        return found

    def _list_of_years(self, i: int) -> bool:
        return False

    def pointer(self, i: int) -> tuple[int, int, str] | None:
        """ "last", "this", "the following", "that", ...: (next, shift, word)."""
        j = self.skip(i, "the", "its", "their")
        low = self.low(j)
        if low == "that" and j == i:
            return (j + 2 if self.low(j + 1) == "same" else j + 1), 0, "that"
        if low == "this" and self.low(j + 1) in ("past", "coming", "same"):
            return j + 2, {"past": -1, "coming": 1, "same": 0}[self.low(j + 1)], self.low(j + 1)
        if low in words.POINTERS:
            if low == "same" and j == i:
                return None
            return j + 1, words.POINTERS[low], low
        return None

    # --- the rules ---

    def at(self, i: int) -> tuple[int, Form] | None:
        """The longest expression that starts at lexeme `i`."""
        low = self.low(i)
        best: Result | None = None
        for rule in _RULES.get(low, ()) if not low.isdigit() else _NUMBER_RULES:
            found = rule(self, i)
            if found and (best is None or found[0] > best[0]):
                best = found
        if best is None:
            return None
        return self._extended(*best)

    def _extended(self, j: int, form: Form) -> Result:
        """The end of a range, or the rest of a compound, after what was read."""
        wider = self._range_after(j, form)
        return wider or (j, form)

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
            return pointer[0] + 1, _unit("year", pointer[1], pointer[2])
        return None

    def _second_day(self, i: int, first: int) -> tuple[int, int] | None:
        """ "-30" or " to 30" or " and 30" after a first day of the same month."""
        if self.low(i) in _DASHES or self.low(i) in ("to", "and", "through", "/", "&"):
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

    def _plain_after(self, i: int) -> bool:
        """What follows a bare number ends the phrase, so the number counts nothing."""
        following = self.one(i)
        return following.low in ("", ",", ".", ";", ")", "\n", "in", "at", "with", "of", "for", "to", "and", "-", "–")

    def day_month(self, i: int) -> Result | None:
        """ "29 March", "29th of March 2024", "28-30 March", "28 and 29 March", "28 March to 2 April"."""
        found = self.day(i)
        if found is None or (i and self.glued(i) and self.low(i - 1) in ("$", "€", "£", ".", ",", ":", "/")):
            return None
        j, number = found
        last = None
        if self.low(j) in _DASHES or self.low(j) in ("to", "and", "through", "/", "&", "or"):
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
        if self.low(i - 1) in _DASHES and self.glued(i) and self.glued(i - 1) and self.capital(i - 2):
            if self.low(i - 2) not in words.PART_WORDS and self.low(i - 2).isalpha():
                return None  # the name of an exercise or a rocket: "Shield-2021"
        if i and self.glued(i) and self.low(i - 1) in ("$", "€", "£", ".", ":", "#", "/", "_", "&"):
            if not (self.low(i - 1) == "/" and self.low(i - 2).isdigit()):
                return None
        if self.low(j) == "s" and self.glued(j) and number % 10 == 0:
            if number % 100 == 0 and self.low(i - 1) not in ("early", "late", "mid", "-"):
                return j + 1, Form("decade", year=number)
            return j + 1, Form("decade", year=number)
        if self.low(j) in words.COUNTED or self.low(j) in words.UNITS or (self.glued(j) and self.one(j).text.isalpha()):
            return None
        if self.low(j) in _DASHES and self.glued(j) and self.low(j + 1) in words.UNITS:
            return None
        before = self.low(i - 1)
        if not 1900 <= number <= 2060 and before not in _SPEAKS_OF_YEARS:
            return None
        if number > 2060 and before not in ("in", "by", "until", "since", "year"):
            return None
        if self.low(j) in (_DASHES | {"/"}) and self.glued(j) and self.glued(j + 1):
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
        if self.low(j) in _DASHES and self.low(j + 1).isdigit() and self.low(j + 2) == "bc":
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
        hyphen = self.low(k) in _DASHES
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
        for rule in (Grammar.month_day, Grammar.bare_year, Grammar.decade, Grammar.pointed, Grammar.ordinal_unit,
                     Grammar.season, Grammar.day_month, Grammar.weekday_date, Grammar.quarter_code):  # fmt: skip
            found = rule(self, j)
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
            if self.low(end) in (_DASHES | {"/"}) and self.glued(end) and self.low(end + 1).isdigit():
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
            if following == "day" and word in ("last", "past", "this", "current", "next", "coming") and word != "next":
                if self.low(i) != "this" or word != "this":
                    return None
            form = _unit(unit, shift, word)
            if self.low(i) == "the" and word == "next":
                form = replace(form, base="reference")
            if self.low(i) == "the" and word in ("past", "last") and unit != "day":
                # "over the past year": the stretch that ends now, not the calendar year before
                if word == "past" or self.low(i - 1) in ("over", "in", "during", "for", "within"):
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
            k += self.low(k) in _DASHES and self.low(k + 1) in words.UNITS
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

    def _phrase_ends(self, i: int) -> bool:
        return self.low(i) in (
            "",
            ",",
            ".",
            ";",
            ":",
            ")",
            "\n",
            "and",
            "in",
            "at",
            "with",
            "but",
            "when",
            "as",
            "'",
            '"',
        )

    def _after_before(self, i: int) -> Result | None:
        """A date after "the day before"."""
        for rule in (Grammar.month_day, Grammar.day_month, Grammar.weekday_date, Grammar.day_word, Grammar.numeric):
            found = rule(self, i)
            if found and not (found[1].kind == "date" and found[1].day is None):
                return found
        return None

    def counted(self, i: int) -> Result | None:
        """ "five days ago", "two weeks later", "three years", "a 27-year", "two and a half years", "6 months old"."""
        found = self.amount(i)
        if found is None:
            return None
        j, number = found
        hyphen = self.low(j) in _DASHES
        j += hyphen
        if not hyphen:
            j = self.skip(j, "consecutive", "straight", "full", "more", "long", "whole", "entire", "successive", "trading",
                          "working", "calendar", "short", "further", "other")  # fmt: skip
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
            if unit in ("day", "quarter", "season", "second", "century", "night") or low == "night":
                if before not in (
                    "for",
                    "than",
                    "over",
                    "nearly",
                    "almost",
                    "about",
                    "in",
                    "within",
                    "after",
                    "of",
                    "half",
                ):
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
        if self.low(i + 1) in _DASHES and self.low(i + 2) in ("long", "old"):
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
            if self.low(k) in _DASHES:
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
            for rule in (Grammar.weekday_date, Grammar.month_day, Grammar.day_month, Grammar.day_word, Grammar.pointed):
                inner = rule(self, self.skip(k + 1, "the"))
                if inner and (inner[1].kind == "weekday" or inner[1].unit == "day" or inner[1].day):
                    return inner[0], replace(inner[1], clock=part)
        if j > i or self.low(i - 1) in ("at", "by", "until", "before", "after", "in"):
            return k, Form("unit", unit="day", shift=0, clock=part, base="reference")
        return None

    def _is_clock(self, i: int) -> bool:
        return self.low(i).isdigit() and self.low(i + 1) == ":" and self.glued(i + 1) and self.low(i + 2).isdigit()

    def clock(self, i: int) -> Result | None:
        """ "15:00", "6:40 p.m. (GMT+8)", "3 pm on Friday", "12:00 UTC Monday", "0800 UTC"."""
        found = self._clock(i)
        if found is None:
            return None
        j, value = found
        k = self.skip(j, "on", ",")
        k = self.skip(k, "the")
        for rule in (Grammar.weekday_date, Grammar.month_day, Grammar.day_month, Grammar.day_word, Grammar.numeric,
                     Grammar.pointed):  # fmt: skip
            inner = rule(self, k)
            if (
                inner
                and (inner[1].kind == "weekday" or inner[1].unit == "day" or inner[1].day)
                and inner[1].clock is None
            ):
                return inner[0], replace(inner[1], clock=value)
        return j, Form("clock", clock=value)

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
                if self.low(end) in (_DASHES | {"/"}) and self.low(end + 1).isdigit() and self.glued(end + 1):
                    end += 2
                return end, Form("fiscal", year=year[1])
            if self.low(j + 1) == "year" and j > i:
                return j + 2, Form("fiscal")
        year = self.year(j)
        if year:
            k = year[0]
            if self.low(k) in (_DASHES | {"/"}) and self.low(k + 1).isdigit() and self.glued(k + 1):
                k += 2
            if self.low(k) in ("fiscal", "financial") and self.low(k + 1) == "year":
                return k + 2, Form("fiscal", year=year[1])
        return None

    def repeated(self, i: int) -> Result | None:
        """ "every year", "each Monday", "daily", "per day", "annual"."""
        low = self.low(i)
        if low in words.SET_WORDS:
            if low in ("daily",) and self.capital(i) and self.capital(i + 1):
                return None  # the name of a newspaper
            return i + 1, Form("set", ref=words.SET_WORDS[low])
        if low in ("every", "each", "per"):
            j = i + 1
            number: float | None = 1
            counted = self.cardinal(j) if low == "every" else None
            if counted and self.low(counted[0]) in words.UNITS:
                j, number = counted
            if self.low(j) in ("other",):
                number, j = 2, j + 1
            if self.low(j) in words.UNITS:
                return j + 1, Form("set", number=number, unit=words.UNITS[self.low(j)])
            weekday = self.weekday(j)
            if weekday and low != "per":
                return weekday[0], Form("set", weekday=weekday[1])
            month = self.month(j)
            if month and low != "per":
                return month[0], Form("set", month=month[1])
        return None

    def vague(self, i: int) -> Result | None:
        """ "now", "currently", "in recent years", "the future", "the same time": no day."""
        low = self.low(i)
        if low in words.VAGUE:
            return i + 1, Form("vague", ref=words.VAGUE[low])
        if low in ("more", "very") and self.low(i + 1) in ("recently", "soon"):
            return i + 2, Form("vague", ref=words.VAGUE[self.low(i + 1)])
        if low == "recent" and self.low(i + 1) in words.PLURALS:
            return i + 2, Form("vague", ref="PAST_REF")
        if low in words.VAGUE_WORDS:
            return i + 1, Form("vague", ref=words.VAGUE_WORDS[low])
        if low == "the":
            j = self.skip(i + 1, "near", "distant", "foreseeable", "recent")
            if self.low(j) in words.VAGUE_NOUNS and self.low(j + 1) not in words.UNITS and not self._names(j + 1):
                return j + 1, Form("vague", ref=words.VAGUE_NOUNS[self.low(j)])
            if self.words_at(i, "the", "time", "being"):
                return i + 3, Form("vague", ref="PRESENT_REF")
            if self.low(i + 1) in ("present", "current") and self.low(i + 2) == "time":
                return i + 3, Form("vague", ref="PRESENT_REF")
        if low in ("that", "this") and self.low(i + 1) == "time":
            return i + 2, Form("vague", ref="PRESENT_REF" if low == "this" else "PAST_REF", base="reference")
        if low == "at" and self.low(i + 1) == "present":
            return i + 2, Form("vague", ref="PRESENT_REF")
        return None

    def _names(self, i: int) -> bool:
        """A noun follows: "the past few", "the present government" - the word before is an adjective."""
        word = self.one(i)
        return word.text.isalpha() and word.low not in (
            "and", "or", "of", "but", "in", "as", "the", "is", "was", "will", "are", "to", "with", "for", "that", "when",
            "has", "have", "had", "could", "may", "would", "were", "on", "at", "by", "he", "she", "it", "they", "we",
        )  # fmt: skip

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

    def between(self, i: int) -> Result | None:
        """ "between 2003 and 2005", "from 3 to 6 May": the range without its first word."""
        link = ("and",) if self.low(i) == "between" else ("to", "until", "till", "through")
        j = self.skip(i + 1, "the")
        first = self._point(j)
        k = first[0] if first else -1
        if first is None:
            bare = self.day(j)  # "from 3 to 6 May", "between 28 and 30 March"
            if bare and self.low(bare[0]) in link:
                whole = self.day_month(self.skip(bare[0] + 1, "the"))
                form = whole[1] if whole else None
                if whole and form and form.kind == "date" and form.month and form.day and form.day > bare[1]:
                    return whole[0], Form("range", first=replace(form, day=bare[1]), last=form)
            return None
        if self.low(k) not in link:
            return None
        second = self._point(self.skip(k + 1, "the"))
        if second is None:
            if first[1].day and first[1].month:
                bare = self.day(k + 1)
                if bare and bare[1] > first[1].day and self._plain_after(bare[0]):
                    return bare[0], Form("range", first=first[1], last=replace(first[1], day=bare[1], weekday=None))
            return None
        return second[0], _joined(first[1], second[1])

    def _point(self, i: int) -> Result | None:
        """A date that may be an end of a range."""
        best: Result | None = None
        for rule in (Grammar.numeric, Grammar.day_month, Grammar.month_day, Grammar.weekday_date, Grammar.bare_year,
                     Grammar.decade, Grammar.parted, Grammar.day_word):  # fmt: skip
            if rule is Grammar.numeric and not self.low(i).isdigit():
                continue
            found = rule(self, i)
            if found and found[1].kind != "range" and (best is None or found[0] > best[0]):
                best = found
        return best

    def _range_after(self, j: int, form: Form) -> Result | None:
        """ "March 28 - April 2", "2003-2005", "Monday to Wednesday", "May-June 2024": the rest of a range."""
        if form.kind not in ("date", "weekday", "decade") or form.clock:
            return None
        low = self.low(j)
        if low in _DASHES:
            second = self._point(j + 1)
        elif low in ("to", "through"):
            second = self._point(self.skip(j + 1, "the"))
        else:
            return None
        if second is None or second[1].kind != form.kind or second[1].part != form.part:
            return None
        return (second[0], _joined(form, second[1])) if _fits(form, second[1]) else None


def _fits(first: Form, last: Form) -> bool:
    """Both ends name the same sort of thing, so that they can be one range."""
    if first.kind == "date":
        same = (first.day is None) == (last.day is None) and (first.month is None) == (last.month is None)
        if first.year and last.year and (last.year, last.month or 0, last.day or 0) < (
            first.year, first.month or 0, first.day or 0
        ) and not first.bc:  # fmt: skip
            return False
        return same
    return True


def _joined(first: Form, last: Form) -> Form:
    """A range; a year printed once serves both ends."""
    if first.kind == last.kind == "date":
        if first.year is None and last.year is not None and first.month is not None and last.month is not None:
            year = last.year - (1 if (first.month, first.day or 0) > (last.month, last.day or 0) else 0)
            first = replace(first, year=year)
        elif last.year is None and first.year is not None and last.month is not None and first.month is not None:
            year = first.year + (1 if (first.month, first.day or 0) > (last.month, last.day or 0) else 0)
            last = replace(last, year=year)
        if last.bc and not first.bc:
            first = replace(first, bc=True)
    return Form("range", first=first, last=last)


def _full_year(number: int) -> int:
    if number >= 100:
        return number
    return number + (2000 if number <= 40 else 1900)


def _unit(unit: Unit, shift: int, word: str) -> Form:
    base = "reference" if word in words.FROM_REFERENCE else "writing"
    return Form("unit", unit=unit, shift=shift, base=base)  # type: ignore[arg-type]


Rule = Callable[[Grammar, int], "Result | None"]


def _index() -> dict[str, tuple[Rule, ...]]:
    """For each word that can begin an expression, the rules to try."""
    table: dict[str, list[Rule]] = {}

    def on(rule: Rule, *starts: str) -> None:
        for start in starts:
            table.setdefault(start, []).append(rule)

    g = Grammar
    pointers = (*words.POINTERS, "that", "the", "its", "their")
    counts = (*words.NUMBERS, *words.UNKNOWN_NUMBERS, *words.APPROXIMATE, "a", "an", "half", "couple", "more", "less",
              "fewer", "at", "up", "the")  # fmt: skip
    on(g.weekday_date, *words.WEEKDAYS, *words.SHORT_WEEKDAYS)
    on(g.month_day, *words.MONTHS, *words.SHORT_MONTHS)
    on(g.day_month, *words.ORDINALS, "twenty", "thirty")
    on(g.bare_year, "'", "’", "‘")
    on(g.decade, "the", "'", "’", "‘", *words.DECADE_WORDS)
    on(g.ordinal_unit, *words.ORDINALS, "the", "this", "last", "final", "twenty", "thirty")
    on(g.quarter_code, "q", "h")
    on(g.season, "the", *words.SEASONS, *pointers)
    on(g.day_word, *words.DAY_WORDS, "the", "last", "earlier", "later", "late", "early", "this", "that")
    on(g.pointed, *pointers)
    on(g.bare_unit, "the")
    on(g.counted, *counts)
    on(g.plural_unit, *words.PLURALS)
    on(g.parted, *words.PART_WORDS, *words.PART_NOUNS, "the", "very", "year", "month")
    on(g.day_part, "the", *words.DAY_PARTS)
    on(g.fiscal, "the", "fy", "fiscal", "financial")
    on(g.repeated, *words.SET_WORDS, "every", "each", "per")
    on(g.vague, *words.VAGUE, *words.VAGUE_WORDS, "the", "that", "this", "at", "more", "very")
    on(g.feast, "christmas", "new", "boxing", "valentine", "may", "victory", "bastille", "halloween")
    on(g.between, "between", "from")
    return {start: tuple(dict.fromkeys(rules)) for start, rules in table.items()}


_RULES: Final = _index()
_NUMBER_RULES: Final[tuple[Rule, ...]] = (
    Grammar.numeric, Grammar.clock, Grammar.day_month, Grammar.bare_year, Grammar.counted, Grammar.ordinal_unit,
    Grammar.decade, Grammar.fiscal,
)  # fmt: skip
