"""The grammar of time expressions: from words to a `Form`, without knowing when they were written.

A recursive-descent parser over small lexemes (words, numbers, marks), in layers: cursor.py (words and numbers),
hours.py, printed.py (dates that are printed), pointing.py ("last week"), periods.py (quarters, seasons, decades),
counting.py ("two weeks ago"), feasts.py, and here ranges, lists, repeated and vague times. Each rule is a method that
takes the index of its first lexeme and returns `(index after it, form)`, or None when the words do not fit;
`Grammar.at` returns the longest that any rule reads. What depends on the sentence (tense, "May" the verb) is left to
finding.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from communique.dates.expressions import Form
from communique.dates.grammar import lexicon as words
from communique.dates.grammar.cursor import DASHES, Lexeme, Result, lexemes
from communique.dates.grammar.feasts import Feasts, first_words
from communique.dates.grammar.printed import is_day

__all__ = ["Grammar", "Lexeme", "lexemes"]


class Grammar(Feasts):
    """Reads time expressions in one text. `at(i)` gives the longest one that starts at lexeme `i`."""

    def beginnings(self) -> list[int]:
        """The lexemes with which any rule can begin."""
        return [i for i, lexeme in enumerate(self.lex) if lexeme.low in _RULES or lexeme.low.isdecimal()]

    def at(self, i: int) -> tuple[int, Form] | None:
        """The longest expression that starts at lexeme `i`."""
        low = self.low(i)
        best: Result | None = None
        for rule in _RULES.get(low, ()) if not low.isdecimal() else _NUMBER_RULES:
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

    def repeated(self, i: int) -> Result | None:
        """ "every year", "each Monday", "daily", "per day", "annual", "on Fridays", "on weekdays"."""
        low = self.low(i)
        if low in words.SET_WORDS:
            if low in ("daily",) and self.capital(i) and self.capital(i + 1):
                return None  # the name of a newspaper
            return i + 1, Form("set", ref=words.SET_WORDS[low])
        if low in ("on", "weekends", "weekdays", "alternate"):
            return self._on_weekdays(i)
        if low in ("every", "each", "per"):
            j = i + 1
            number: float | None = 1
            counted = self.cardinal(j) if low == "every" else None
            if counted and self.low(counted[0]) in words.UNITS:
                j, number = counted
            if self.low(j) in ("other", "second"):
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

    def _on_weekdays(self, i: int) -> Result | None:
        """ "on Fridays", "on alternate Mondays", "on weekdays", "weekends"."""
        j = self.skip(self.skip(i, "on"), "alternate")
        low = self.low(j)
        if low in ("weekends", "weekdays") and (j > i or self.phrase_ends(j + 1)):
            return j + 1, Form("set", ref="XXXX-WXX-WE" if low == "weekends" else "P1D")
        if low.endswith("s") and low[:-1] in words.WEEKDAYS and self.capital(j):
            return j + 1, Form("set", weekday=words.WEEKDAYS[low[:-1]])
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
        for phrase, ref in words.VAGUE_PHRASES:
            end = self.words_at(i, *phrase)
            if end and self.low(end) not in ("of", "when", "that", "last", "next"):
                base = "reference" if phrase == ("that", "time") else "writing"
                return end, Form("vague", ref=ref, base=base)  # type: ignore[arg-type]
        if low == "the":
            j = self.skip(i + 1, "near", "distant", "foreseeable", "recent")
            if self.low(j) in words.VAGUE_NOUNS and self.low(j + 1) not in words.UNITS and not self.names(j + 1):
                return j + 1, Form("vague", ref=words.VAGUE_NOUNS[self.low(j)])
        return None

    def week_on(self, i: int) -> Result | None:
        """ "Friday week", "Monday fortnight": a week or two after the coming one."""
        found = self.weekday(i)
        if found is None or self.low(found[0]) not in ("week", "fortnight") or not self.phrase_ends(found[0] + 1):
            return None
        unit = words.UNITS[self.low(found[0])]
        return found[0] + 1, Form("shift", number=1, unit=unit, shift=1, inner=Form("weekday", weekday=found[1]))

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
                if bare and bare[1] > first[1].day and self.plain_after(bare[0]):
                    return bare[0], Form("range", first=first[1], last=replace(first[1], day=bare[1], weekday=None))
            return None
        return second[0], _joined(first[1], second[1])

    def _point(self, i: int) -> Result | None:
        """A date that may be an end of a range."""
        best: Result | None = None
        for rule in (self.numeric, self.day_month, self.month_day, self.weekday_date, self.bare_year,
                     self.decade, self.parted, self.day_word):  # fmt: skip
            if rule is self.numeric and not self.low(i).isdecimal():
                continue
            found = rule(i)
            if found and found[1].kind != "range" and (best is None or found[0] > best[0]):
                best = found
        return best

    def _range_after(self, j: int, form: Form) -> Result | None:
        """ "March 28 - April 2", "2003-2005", "Monday to Wednesday", "May-June 2024": the rest of a range."""
        if form.kind not in ("date", "weekday", "decade") or form.clock:
            return None
        low = self.low(j)
        if low in DASHES:
            second = self._point(j + 1)
        elif low in ("to", "through"):
            second = self._point(self.skip(j + 1, "the"))
        else:
            return None
        if second is None or second[1].kind != form.kind or second[1].part != form.part:
            return None
        return (second[0], _joined(form, second[1])) if _fits(form, second[1]) else None

    # --- lists -------------------------------------------------------------------------------------------------------

    def several(self, i: int) -> list[tuple[int, int, Form]] | None:
        """Dates that share a month or year printed once: "March 3 and 9", "4 and 6 May 2023", "May and June of 2019".

        Each as first lexeme, lexeme after the last, and form. None where no date borrows from another.
        """
        return self._days_of_a_month(i) or self._with_the_last_ones_year(i)

    def _days_of_a_month(self, i: int) -> list[tuple[int, int, Form]] | None:
        month = self.month(i)
        numbers: list[tuple[int, int, int]] = []
        j = month[0] if month else i
        while True:
            day = self.day(j)
            if day is None or (numbers and day[1] <= numbers[-1][2]):
                return None
            numbers.append((j, day[0], day[1]))
            step = self.skip(self.skip(day[0], ","), "and", "or", "&")
            if step == day[0] or self.low(step) == "," or self.day(step) is None:
                break
            j = step
        if len(numbers) < 2:
            return None
        after = numbers[-1][1]
        if month is None:
            month = self.month(self.skip(after, "of"))
            if month is None:
                return None
            after = month[0]
        elif not self.plain_after(after):
            return None
        end, year = self.year_after(after)
        if any(not is_day(year, month[1], number) for _, _, number in numbers):
            return None
        found = [(a, b, Form("date", year=year, month=month[1], day=number)) for a, b, number in numbers]
        first, last = found[0], found[-1]
        return [(i, first[1], first[2]), *found[1:-1], (last[0], end, last[2])]

    def _with_the_last_ones_year(self, i: int) -> list[tuple[int, int, Form]] | None:
        """ "August and September 1914", "the spring and summer of 1979", "March 1, March 5 and April 2, 2019"."""
        found: list[tuple[int, int, Form]] = []
        j = i
        while len(found) < 6:
            point = self._dated_part(j)
            if point is None:
                break
            found.append((j, *point))
            form = point[1]
            if form.year is not None or form.inner is not None:
                break
            step = self.skip(self.skip(point[0], ","), "and", "or", "&")
            if step == point[0]:
                break
            j = self.skip(step, "in", "on", "again")
        if len(found) < 2 or (found[-1][2].year is None and found[-1][2].inner is None):
            return None
        last = found[-1][2]
        filled = []
        later = last
        for a, b, form in reversed(found[:-1]):
            if (form.kind, form.day is None) != (last.kind, last.day is None) or form.shift is not None:
                return None
            turned = form.kind == "date" and (form.month or 0, form.day or 0) > (later.month or 0, later.day or 0)
            if last.year is not None:
                form = replace(form, year=(later.year or last.year) - turned)
            else:
                form = replace(form, inner=last.inner)
            filled.append((a, b, form))
            later = form
        return [*reversed(filled), found[-1]]

    def _dated_part(self, i: int) -> Result | None:
        """A month, a day of a month, or a season, as it may stand in a list."""
        j = self.skip(i, "the")
        found = self.month_day(j) or (self.day_month(j) if self.low(j).isdecimal() else None) or self.season(i)
        if (found is None and self.low(i) in words.PART_WORDS) or self.low(j) in words.PART_WORDS:
            found = self.parted(i)
        return found if found and found[1].kind in ("date", "season") and found[1].clock is None else None


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
    on(g.week_on, *words.WEEKDAYS)
    on(g.month_day, *words.MONTHS, *words.SHORT_MONTHS)
    on(g.day_month, *words.ORDINALS, "twenty", "thirty")
    on(g.day_alone, "the")
    on(g.bare_year, "'", "’", "‘", "ad")
    on(g.decade, "the", "'", "’", "‘", *words.DECADE_WORDS)
    on(g.ordinal_unit, *words.ORDINALS, "the", "this", "last", "final", "twenty", "thirty", "fiscal")
    on(g.quarter_code, "q", "h")
    on(g.season, "the", "all", *words.SEASONS, *pointers)
    on(g.day_word, *words.DAY_WORDS, "the", "last", "earlier", "later", "late", "early", "this", "that")
    on(g.pointed, *pointers)
    on(g.unit_beside, "the", "week", "weekend")
    on(g.quarter_ended, "the", "its", "quarter")
    on(g.bare_unit, "the")
    on(g.whole_unit, "the", "all")
    on(g.counted, *counts)
    on(g.plural_unit, *words.PLURALS)
    on(g.likewise, "the", "a", "this", "year", "prior", "previous", "same", "corresponding")
    on(g.parted, *words.PART_WORDS, *words.PART_NOUNS, "the", "very", "year", "month", "week")
    on(g.day_part, "the", "early", *words.DAY_PARTS)
    on(g.fiscal, "the", "fy", "fiscal", "financial", "current", "last", "next", "this")
    on(g.repeated, *words.SET_WORDS, "every", "each", "per", "on", "weekends", "weekdays", "alternate")
    on(g.vague, *words.VAGUE, *words.VAGUE_WORDS, "the", "that", "this", "at", "more", "very", "long", "some", "these",
       "those")  # fmt: skip
    on(g.feast, *first_words(), *pointers)
    on(g.between, "between", "from")
    return {start: tuple(dict.fromkeys(rules)) for start, rules in table.items()}


_RULES: Final = _index()
_NUMBER_RULES: Final[tuple[Rule, ...]] = (
    Grammar.numeric, Grammar.clock, Grammar.day_month, Grammar.bare_year, Grammar.counted, Grammar.ordinal_unit,
    Grammar.decade, Grammar.fiscal, Grammar.hijri, Grammar.feast,
)  # fmt: skip
