"""Meetings that come round, found in a text: which edition, and on which days it was held."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from communique.model import DayRange, Span
from communique.tables import rows

# Names of forums that are words of their own need no noun after them; "G20" or "NATO" do: "the G20 summit".
_NOUN: Final = (
    r"(?:\s+(?:\w+['’]?s?\s+){0,2}?(?:summit|forum|conference|meeting|session|gathering|leaders|week|dialogue|talks))"
)
_BEFORE: Final = r"(?:summit|meeting|conference|session|gathering)\s+of\s+(?:the\s+)?(?:leaders\s+of\s+)?(?:the\s+)?"
_ORDINALS: Final = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_EXTRA_NAMES: Final = {
    "CHINA_CA": ("China-Central Asia Summit", "China–Central Asia Summit"),
    "WEF": ("World Economic Forum", "Davos forum", "WEF"),
    "COP": ("UN climate conference", "UN climate summit", "climate conference", "climate summit"),
    "NATO": ("NATO", "Nato"),
    "SCO": ("Shanghai Cooperation Organisation", "Shanghai Cooperation Organization", "SCO"),
    "SPIEF": ("St. Petersburg International Economic Forum", "St Petersburg International Economic Forum", "SPIEF"),
}
_STANDS_ALONE: Final = frozenset(
    ("BOAO", "BRF", "FOCAC", "MSC", "EEF", "SPIEF", "SLD", "ADF", "CIIE", "CHINA_CA", "WEF", "NSS")
)


@dataclass(frozen=True, slots=True)
class Edition:
    organisation: str
    year: int
    ordinal: int | None
    days: DayRange
    place: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """One place where the text names a recurring meeting, and the editions that it may be."""

    span: Span
    name: str
    editions: tuple[Edition, ...]
    narrowed: bool  # year, number or place single it out among the editions known
    named_edition: bool  # the text gives its number or year
    covered: tuple[int, int]  # first and last year for which the table has editions of this meeting


@lru_cache(maxsize=1)
def _editions() -> dict[str, tuple[Edition, ...]]:
    found: dict[str, list[Edition]] = {}
    for row in rows("forum_editions"):
        days = DayRange(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
        ordinal = int(row["ordinal"]) if row["ordinal"] else None
        edition = Edition(row["organisation"], int(row["year"]), ordinal, days, row["place"])
        found.setdefault(row["organisation"], []).append(edition)
    return {code: tuple(editions) for code, editions in found.items()}


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all names, and the organisation that each name means."""
    names: dict[str, str] = {}
    for row in rows("organisations"):
        if row["code"] in _editions():
            for name in (row["name"], *row["aliases"].split("|")):
                if name and name.lower() not in ("the alliance", "cop"):
                    names.setdefault(name, row["code"])
    for code, extra in _EXTRA_NAMES.items():
        for name in extra:
            names[name] = code
    alone = [n for n, code in names.items() if code in _STANDS_ALONE]
    others = [n for n, code in names.items() if code not in _STANDS_ALONE]

    def either(words: list[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))

    return (
        re.compile(
            rf"\b(?:(?P<alone>{either(alone)})\b(?:{_NOUN})?|(?P<named>{either(others)})\b(?:['’]s)?{_NOUN}"
            rf"|{_BEFORE}(?P<of>{either(others)})\b|(?P<cop>COP\s?-?(?P<number>\d\d))\b)"
        ),
        names,
    )


def find_occasions(text: str) -> tuple[Occasion, ...]:
    """Recurring meetings named in `text`, with the editions that year, number and place leave."""
    pattern, names = _pattern()
    found: list[Occasion] = []
    for match in pattern.finditer(text):
        name = match.group("alone") or match.group("named") or match.group("of")
        code = "COP" if match.group("cop") else names[name]
        editions = _editions().get(code, ())
        line_start = max(text.rfind("\n", 0, match.start()), text.rfind(". ", 0, match.start())) + 1
        line_end = min(
            (k for k in (text.find("\n", match.end()), text.find(". ", match.end())) if k >= 0), default=len(text)
        )
        near = text[max(line_start, match.start() - 60) : min(line_end, match.end() + 80)]
        number = (
            int(match.group("number")) if match.group("number") else _number_before(text[line_start : match.start()])
        )
        chosen = _narrowed(editions, near, number)
        if chosen:
            years = [e.year for e in editions]
            exact = number is not None or any(str(e.year) in near for e in chosen)
            narrowed = exact or len(chosen) < len(editions) or len(editions) == 1
            covered = (min(years), max(years))
            found.append(Occasion(Span(match.start(), match.end()), match.group(), chosen, narrowed, exact, covered))
    return tuple(found)


def _number_before(text: str) -> int | None:
    words = re.findall(r"[\w]+", text)[-3:]
    for word in reversed(words):
        if word.lower() in _ORDINALS:
            return _ORDINALS[word.lower()]
        match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", word)
        if match:
            return int(match.group(1))
    return None


def _narrowed(editions: tuple[Edition, ...], near: str, number: int | None) -> tuple[Edition, ...]:
    """The editions that fit a number, a year or a place beside the name; none where those fit no edition."""
    if number is not None and any(e.ordinal for e in editions):
        numbered = tuple(e for e in editions if e.ordinal == number)
        if numbered:
            return numbered
    years = {int(y) for y in re.findall(r"\b((?:19|20)\d\d)\b", near)}
    chosen = tuple(e for e in editions if e.year in years) if years else editions
    if years and not chosen:
        return ()
    placed = tuple(e for e in chosen if e.place.strip("()").rpartition("; ")[2] in near)
    return placed or chosen
