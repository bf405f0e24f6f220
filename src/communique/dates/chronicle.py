"""Well-known happenings whose day is known, recognised in a report's first lines."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from communique.model import DayRange
from communique.tables import rows


@dataclass(frozen=True, slots=True)
class Happening:
    what: str
    days: DayRange
    groups: int  # how many groups of words the text had to contain


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[Happening, tuple[re.Pattern[str], ...]], ...]:
    found = []
    for row in rows("chronicle"):
        groups = [group.split("|") for group in row["words"].split(";")]
        patterns = tuple(re.compile(r"\b(?:" + "|".join(map(re.escape, group)) + ")") for group in groups)
        days = DayRange(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
        found.append((Happening(row["what"], days, len(groups)), patterns))
    return tuple(found)


def find_happenings(lead: str) -> tuple[Happening, ...]:
    """The happenings of the table all of whose words stand in `lead`."""
    text = unicodedata.normalize("NFKD", lead).lower().replace("’", "'")
    plain = "".join(c for c in text if not unicodedata.combining(c))
    return tuple(h for h, patterns in _table() if all(pattern.search(plain) for pattern in patterns))
