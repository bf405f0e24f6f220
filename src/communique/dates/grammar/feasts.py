"""Feasts and remembrance days by name ("Good Friday", "last Ramadan"), and dates of the Islamic calendar."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from communique.dates.expressions import Form
from communique.dates.grammar.counting import Counting
from communique.dates.grammar.cursor import Result, lexemes
from communique.tables import rows

_HIJRI_MONTHS: Final = (
    r"muharram|safar|rabi['’]? ?(?:al-)?(?:awwal|i)|rabi['’]? ?(?:al-|ath-)?(?:thani|akhir|ii)|"
    r"jumada ?(?:al-)?(?:awwal|ula|i)|jumada ?(?:al-|ath-)?(?:thani|akhir|akhira|ii)|rajab|sha['’]?ban|ramad(?:an|han)|"
    r"shawwal|dhu['’]?l?[ -]?(?:al-)?qa['’]?(?:da|dah)|dhu['’]?l?[ -]?(?:al-)?hijjah?"
)
_HIJRI: Final = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_HIJRI_MONTHS})\s*,?\s*(?P<year>1[34]\d\d)(?:\s*A\.?H\.?\b)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _names() -> MappingProxyType[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word of a feast's name -> its words in lower case and its key, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in rows("feasts"):
        for name in row["names"].split("|"):
            words = tuple(word.low for word in lexemes(name))
            found.setdefault(words[0], []).append((words, row["feast"]))
    return MappingProxyType({first: tuple(sorted(names, key=lambda n: -len(n[0]))) for first, names in found.items()})


def first_words() -> tuple[str, ...]:
    """The words with which a feast's name can begin, in lower case."""
    return tuple(_names())


class Feasts(Counting):
    """Rules for days that have a name."""

    def feast(self, i: int) -> Result | None:
        """ "Good Friday", "Christmas Eve 2022", "last Easter", "Ramadan this year"."""
        pointer = self.pointer(i)
        if pointer is not None and pointer[2] not in ("that", "same"):
            found = self._feast_at(pointer[0])
            return found and (found[0], Form("feast", ref=found[1], shift=pointer[1]))
        found = self._feast_at(self.skip(i, "the"))
        if found is None:
            return None
        j, key = found
        end, year = self.year_after(j)
        of = self._of_pointed_year(j) if year is None else None
        if of:
            return of[0], Form("feast", ref=key, inner=of[1])
        return end, Form("feast", ref=key, year=year)

    def _feast_at(self, i: int) -> tuple[int, str] | None:
        """A feast's name at `i`: the lexeme after it, and its key. "Christmas Island" is none."""
        if not (self.capital(i) or self.low(i).isdecimal()):
            return None
        for words, key in _names().get(self.low(i), ()):
            if all(self.low(i + k).replace("’", "'") == word for k, word in enumerate(words)):
                j = i + len(words)
                if self.capital(j) and self.low(j) not in _AFTER_A_FEAST:
                    return None
                return j, key
        return None

    def hijri(self, i: int) -> Result | None:
        """ "29 Ramadan 1445", "1 Muharram 1446 AH"."""
        match = _HIJRI.match(self.text, self.one(i).start)
        if match is None:
            return None
        form = Form("hijri", year=int(match["year"]), month=_month_number(match["month"]), day=int(match["day"]))
        return self.index_after(i, match.end()), form


_AFTER_A_FEAST: Final = frozenset(("day", "eve", "monday", "sunday", "week", "i", "but", "and", "in", "the"))


def _month_number(name: str) -> int:
    plain = re.sub(r"[^a-z]", "", name.lower())
    for number, start in enumerate(_STARTS, 1):
        if re.match(start, plain):
            return number
    return 1


_STARTS: Final = (
    r"muharram", r"safar", r"rabi(?:al)?(?:awwal|i$)", r"rabi", r"jumada(?:al)?(?:awwal|ula|i$)", r"jumada", r"rajab",
    r"shaban", r"ramad", r"shawwal", r"dhul?(?:al)?q", r"dhu",
)  # fmt: skip
