"""Words made comparable, and how much a word says: common English says little, a rare word or a name says much.

The weights come from a fixed table of English, never from the collection, so the likeness of two reports does not
change when a third one arrives.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from communique.tables import rows

WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ies", "ing", "ed", "es", "s")
_LENGTH = 300  # words in a usual report
_RAREST = 1e-4  # chance of a word that no table knows


def stem(word: str) -> str:
    """A crude stem, lower case: "meetings" and "meeting" are "meet", "visited" and "visits" are "visit"."""
    word = word.lower()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (3 if ending == "s" else 4):
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    return {row["stem"]: float(row["per_million"]) / 1e6 for row in rows("word_frequency")}


@lru_cache(maxsize=65536)
def weight(stemmed: str) -> float:
    """How much a stem says: minus the logarithm of the chance that a usual English text has it. Never below 0."""
    return -math.log(1.0 - math.exp(-_LENGTH * _frequencies().get(stemmed, 0.0)) + _RAREST) if stemmed else 0.0
