"""Meetings that come round, found in a text: which edition, and on which days it was held."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from communique.model import DayRange, Span
from communique.tables import rows

# A meeting of ministers, officials or others of the forum is another one than that of its leaders.
_OTHERS: Final = (
    r"(?i:(?:foreign|finance|defen[cs]e|trade|energy|environment|interior|justice|health|agriculture|labou?r|tourism"
    r"|culture|education|digital|youth|women|business|economic(?! leaders)|emergency|extraordinary|special|security"
    r"|expert|senior|minist\w+|officials?|experts?|parliament\w*|speakers?|chiefs?|ceo)\b)"
)
_BETWEEN: Final = rf"\s+(?:(?!{_OTHERS})\w+['’]?s?\s+){{0,2}}?"
# What must follow the name for the leaders' meeting to be meant, by the column `noun`.
_NOUNS: Final = {
    "meeting": rf"(?:{_BETWEEN}(?i:summit|forum|conference|meeting|session|gathering|leaders|week|dialogue|talks)\b)",
    "summit": rf"(?:{_BETWEEN}(?i:summit|leaders['’]? (?:meeting|week|retreat))\b)",
    "ministerial": r"(?:\s+(?i:ministerial|ministers['’]?)\b)",
}
_BEFORE: Final = {
    "meeting": r"(?i:summit|meeting|conference|session|gathering)\s+of\s+(?:the\s+)?(?:leaders\s+of\s+)?(?:the\s+)?",
    "summit": r"[Ss]ummit\s+of\s+(?:the\s+)?(?:leaders\s+of\s+)?(?:the\s+)?",
    "ministerial": r"ministerial\s+of\s+(?:the\s+)?",
}
_ORDINALS: Final = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_FEW: Final = 8  # editions: "Brussels" leaves a hundred of the European Council's
_HERE: Final = r"(?:\W+(?!and\b|talks\b|before\b|after\b)\w+){0,3}?\W+in (?:the )?"  # "the summit held last week in"
_NAMED: Final = ("alone", *_NOUNS, *(f"of_{noun}" for noun in _NOUNS))


@dataclass(frozen=True, slots=True)
class Edition:
    organisation: str
    year: int
    ordinal: int | None
    days: DayRange
    places: tuple[str, ...]
    country: str


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
        places = tuple(row["place"].strip("()").rpartition("; ")[2].split("|"))
        edition = Edition(row["organisation"], int(row["year"]), ordinal, days, places, row["country"])
        found.setdefault(row["organisation"], []).append(edition)
    return {code: tuple(editions) for code, editions in found.items()}


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all names, and the organisation that each name means."""
    names: dict[str, str] = {}
    by_noun: dict[str, list[str]] = {noun: [] for noun in ("", *_NOUNS)}
    for row in rows("forum_names"):
        names[row["name"]] = row["organisation"]
        by_noun[row["noun"]].append(row["name"])
    parts = [rf"(?P<alone>{_either(by_noun[''])})\b(?! on\b|['’]s\b)(?:{_NOUNS['meeting']})?"]
    for noun, follows in _NOUNS.items():
        parts.append(rf"(?P<{noun}>{_either(by_noun[noun])})\b(?:['’]s)?{follows}")
        parts.append(rf"{_BEFORE[noun]}(?P<of_{noun}>{_either(by_noun[noun])})\b(?!['’]?s?\s+{_OTHERS})")
    parts.append(r"(?P<cop>COP\s?-?(?P<number>\d\d))\b")
    return re.compile(rf"(?<![-–/\w])(?:{'|'.join(parts)})"), names


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=256)
def _in_country(code: str) -> re.Pattern[str]:
    names = [r["form"] for r in rows("country_forms") if r["iso3"] == code and r["kind"] in ("name", "variant")]
    return re.compile(rf"{_HERE}(?:{_either(names)})\b")


def find_occasions(text: str) -> tuple[Occasion, ...]:
    """Recurring meetings named in `text`, with the editions that year, number and place leave."""
    pattern, names = _pattern()
    found: list[Occasion] = []
    for match in pattern.finditer(text):
        groups = match.groupdict()
        name = next((groups[part] for part in _NAMED if groups[part]), "")
        code = names.get(name, "COP")
        editions = _editions().get(code, ())
        line_start = max(text.rfind("\n", 0, match.start()), text.rfind(". ", 0, match.start())) + 1
        line_end = min(
            (k for k in (text.find("\n", match.end()), text.find(". ", match.end())) if k >= 0), default=len(text)
        )
        before, after = text[line_start : match.start()], text[match.end() : line_end]
        near = f"{before[-60:]}\n{after[:80]}"
        number = int(groups["number"]) if groups["number"] else _number_before(before)
        chosen = _narrowed(editions, near, number, after)
        if chosen:
            years = [e.year for e in editions]
            exact = number is not None or any(str(e.year) in near for e in chosen)
            narrowed = exact or len(chosen) <= min(_FEW, len(editions) - 1) or len(editions) == 1
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


def _narrowed(editions: tuple[Edition, ...], near: str, number: int | None, after: str) -> tuple[Edition, ...]:
    """The editions that fit a number, a year or a place beside the name; none where those fit no edition."""
    if number is not None and any(e.ordinal for e in editions):
        numbered = tuple(e for e in editions if e.ordinal == number)
        if numbered:
            return numbered
    years = {int(y) for y in re.findall(r"\b((?:19|20)\d\d)\b", near)}
    chosen = tuple(e for e in editions if e.year in years) if years else editions
    if years and not chosen:
        return ()
    placed = tuple(e for e in chosen if any(place in near for place in e.places))
    if not placed:
        placed = tuple(e for e in chosen if _in_country(e.country).match(after))
    return placed or chosen
