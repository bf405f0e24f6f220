"""Who held which office when: the tables of office holders as the anchor needs them, by the last word of a name."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from communique.model import DayRange
from communique.tables import rows

LONG_AGO: Final = date(1985, 1, 1)
OPEN: Final = date(2035, 12, 31)
_TABLES: Final = ("officeholders", "foreign_ministers_2003_2011", "foreign_ministers", "officials")
_OFFICES: Final = ("head of state", "head of government", "foreign minister")
# Rows whose name is more than a name: "... appointed acting prime minister".
_NO_NAME: Final = re.compile(r"\b(?:appointed|acting|minister|president|vacant)\b", re.IGNORECASE)
# How long an office may go on after the last sight of its holder where the source breaks off.
_UNSEEN: Final = timedelta(1500)


class Spell(NamedTuple):
    """One person in one office, and the days of it, wider where the source is vague."""

    person: str
    words: frozenset[str]  # of all forms of the name, in lower case
    office: str
    country: str
    days: DayRange


@lru_cache(maxsize=8_192)
def name_words(name: str) -> tuple[str, ...]:
    """A name's words in lower case; "Amir-Abdollahian" is one word, accents are dropped."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W\d_]+", re.sub(r"(?<=\w)[-'’](?=\w)", "", plain.lower())))


@lru_cache(maxsize=1)
def officials() -> dict[str, tuple[Spell, ...]]:
    """The last word of a name -> the spells of all who are called so."""
    found: dict[str, list[Spell]] = {}
    for table in _TABLES:
        for row in rows(table):
            known = table == "officials" or row["office"] in _OFFICES
            days = _days_of(row) if known and not _NO_NAME.search(row["person"]) else None
            if days is not None:
                _add(found, row, row["office"], days)
    for row in rows("officeholders_international"):
        first = _day(row["from"], last=False)
        if first and "Secretary-General" in row["office"] and "Under" not in row["office"]:
            _add(found, row, row["office"], DayRange(first, _day(row["to"], last=True) or OPEN))
    return {key: tuple(value) for key, value in found.items()}


def _add(found: dict[str, list[Spell]], row: dict[str, str], office: str, days: DayRange) -> None:
    printed = (row["person"], *row.get("aliases", "").split("|"))
    names = [name_words(name.partition(" - ")[0]) for name in printed]  # "Jo Lind - Harbour Party"
    words = frozenset(word for name in names for word in name)
    keys = {name[-1] for name in names if name} | set(name_words(row.get("family_name", ""))[-1:])
    for key in sorted(keys):
        found.setdefault(key, []).append(Spell(row["person"], words, office, row.get("country", ""), days))


def _day(text: str, *, last: bool) -> date | None:
    """A day, month or year of the tables as its first or last day."""
    parts = [int(p) for p in text.split("-")] if text else []
    if not parts:
        return None
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        return (first + timedelta(31)).replace(day=1) - timedelta(1) if last else first
    return date(parts[0], 12, 31) if last else date(parts[0], 1, 1)


def _days_of(row: dict[str, str]) -> DayRange | None:
    """The days in office; where an end is only the last sight, some years more."""
    first = _day(row["from"], last=False) or _day(row["first_seen"], last=False)
    start = max(LONG_AGO, first - (timedelta(10) if row["from"] else timedelta(800))) if first else LONG_AGO
    last = _day(row["to"], last=True)
    seen = _day(row["last_seen"], last=True)
    vague = row["to_basis"] in ("last seen", "not later than", "unknown") or "gap" in row["to_basis"]
    if last is None:
        end = seen + _UNSEEN if seen and row["to_basis"] == "unknown" else OPEN
    else:
        end = last + timedelta(400 if vague else 20)
    end = min(OPEN, end)
    return DayRange(start, end) if start <= end else None
