"""Which kinds of event can be one happening, from the table merge_families."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from communique.tables import rows

ONCE = frozenset({"agree", "ratify", "in-force", "establish", "initiative", "year", "declare"})
"""Families whose events happen once to an instrument: two days told for it are a conflict, not two events."""

LASTING = frozenset({"visit"})
"""Families whose events go on for days: days side by side are one event's, and none contradicts the other."""


class Family(NamedTuple):
    """How mentions of some kinds are compared; the columns of the table."""

    name: str
    two_sided: bool
    directed: bool
    same_thing: str  # "day", "instrument" or "words"


@lru_cache(maxsize=1)
def _families() -> dict[str, Family]:
    table: dict[str, Family] = {}
    for row in rows("merge_families"):
        sided, directed = row["two_sided"] == "yes", row["directed"] == "yes"
        table[row["kind"]] = Family(row["family"], sided, directed, row["same_thing"])
    return table


def family_of(kind: str) -> Family:
    """The family of a kind; one of its own, compared by its words too, for a kind that the table does not know."""
    return _families().get(kind) or Family(kind, two_sided=False, directed=False, same_thing="words")


def alike(kind: str) -> tuple[str, ...]:
    """The kinds of a kind's family, itself included, sorted."""
    name = family_of(kind).name
    return tuple(sorted({kind, *(other for other, family in _families().items() if family.name == name)}))
