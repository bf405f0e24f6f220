"""The grammar of time expressions: from words to a `Form`, without knowing when they were written.

A recursive-descent parser over small lexemes (words, numbers, marks), in layers: cursor.py (words and numbers),
printed.py (dates that are printed), relative.py (dates that are counted from others), and here ranges, repeated and
vague times. Each rule is a method that takes the index of its first lexeme and returns `(index after it, form)`, or
None when the words do not fit; `Grammar.at` returns the longest that any rule reads. What depends on the sentence
(tense, "May" the verb) is left to finding.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from communique.dates.expressions import Form
from communique.dates.grammar import lexicon as words
from communique.dates.grammar.cursor import DASHES, Lexeme, Result, lexemes
from communique.dates.grammar.relative import Relative

__all__ = ["Grammar", "Lexeme", "lexemes"]


class Grammar(Relative):
    """Reads time expressions in one text. `at(i)` gives the longest one that starts at lexeme `i`."""

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
        for rule in (self.numeric, self.day_month, self.month_day, self.weekday_date, self.bare_year,
                     self.decade, self.parted, self.day_word):  # fmt: skip
            if rule is self.numeric and not self.low(i).isdigit():
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
