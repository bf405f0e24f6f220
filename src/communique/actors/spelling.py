"""Whether two words are spellings of one name: "Zelensky", "Zelenskyy"."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache


@lru_cache(maxsize=50_000)
def alike(a: str, b: str, least: float) -> bool:
    """Whether the letters that two words share in order are at least `least` of all (Ratcliff and Obershelp)."""
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least
