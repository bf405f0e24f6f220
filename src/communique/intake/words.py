"""The vocabulary of page furniture (`vocabulary.toml`), read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word lists, all in lower case but `openers`."""

    labels: dict[str, str]  # label -> field: "release time" -> "published"
    interface: frozenset[str]
    commands: frozenset[str]
    listing: frozenset[str]
    listing_core: frozenset[str]
    sections: frozenset[str]
    off_topic: frozenset[str]
    nobody: frozenset[str]
    outlet: frozenset[str]
    agencies: frozenset[str]
    combining: frozenset[str]
    dangling: frozenset[str]
    grammar: frozenset[str]
    openers: frozenset[str]
    summary: frozenset[str]
    notices: tuple[str, ...]
    salutations: frozenset[str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The word lists that ship with the package."""
    with (Path(__file__).resolve().parent / "vocabulary.toml").open("rb") as file:
        data = tomllib.load(file)
    labels = {label: field for field, names in data["labels"].items() for label in names}
    words = data["words"]
    sets = {name: frozenset(words[name]) for name in words if name != "notices"}
    return Vocabulary(labels=labels, notices=tuple(words["notices"]), **sets)
