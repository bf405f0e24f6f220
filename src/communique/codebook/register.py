"""Whether a report is about something else: sport, the stage, weather and shopping borrow the words of diplomacy."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from communique.language.columns import columns_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ENOUGH = 4  # different words of the register
_DIPLOMACY = "diplomacy"


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    """Word -> registers that it belongs to."""
    text = (Path(__file__).resolve().parent / "registers.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for register, words in tomllib.loads(text).items():
        for word in words.split():
            found.setdefault(word, []).append(register)
    return {word: tuple(registers) for word, registers in found.items()}


def other_register(doc: Doc) -> str | None:
    """The register that the report is in, where that is not diplomacy: "sport"; None for reports to be coded."""
    table = _words()
    seen: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    columns = columns_of(doc)
    for base, lower in zip(columns.base, columns.lower, strict=True):
        word = base if base in table else lower
        for register in table.get(word, ()):
            seen.setdefault(register, set()).add(word)
            counts[register] += 1
    others = [r for r in seen if r != _DIPLOMACY and len(seen[r]) >= _ENOUGH and counts[r] > counts[_DIPLOMACY]]
    return max(others, key=lambda r: (counts[r], r), default=None)
