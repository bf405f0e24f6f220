"""The words that give somebody's words: read from tables/statement_cues.csv and tables/statement_nouns.csv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from communique import tables
from communique.model import Act, Medium

CueClass = Literal["speech", "attitude", "evidence"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying, hoping, thinking or demanding, in one of its uses.

    `shapes` are the ways its content may look (the table's page explains them); `deed` those among them in which the
    words are an act of their own, recorded as an event and not as a statement.
    """

    lemma: str
    particle: str
    act: Act
    kind: CueClass
    shapes: frozenset[str]
    addressee: str  # "object", a preposition, or ""
    deed: frozenset[str]


@dataclass(frozen=True, slots=True)
class CueNoun:
    """A noun that holds a position after "express", "voice", "have" ("hope", "concern"), or stands for a saying."""

    lemma: str
    act: Act
    position: bool  # False: courtesy or an act ("thanks", "condolences", "apology")


@lru_cache(maxsize=1)
def cues() -> dict[str, tuple[Cue, ...]]:
    """Uses by lemma; those with a particle come first, speech before attitude before evidence."""
    found: dict[str, list[Cue]] = {}
    for row in tables.rows("statement_cues"):
        cue = Cue(
            row["lemma"], row["particle"], cast(Act, row["act"]), cast(CueClass, row["class"]),
            frozenset(row["shapes"].split()), row["addressee"], frozenset(row["deed"].split()),
        )  # fmt: skip
        found.setdefault(cue.lemma, []).append(cue)
    order = ("speech", "attitude", "evidence")
    return {
        lemma: tuple(sorted(uses, key=lambda cue: (not cue.particle, order.index(cue.kind), cue.act)))
        for lemma, uses in found.items()
    }


@lru_cache(maxsize=1)
def nouns() -> dict[str, CueNoun]:
    """Nouns by lemma."""
    return {
        row["lemma"]: CueNoun(row["lemma"], cast(Act, row["act"]), row["position"] == "yes")
        for row in tables.rows("statement_nouns")
    }


@lru_cache(maxsize=1)
def media() -> tuple[tuple[tuple[str, ...], Medium], ...]:
    """Word sequences (lower-case lemmas or forms) that tell the medium, longest first."""
    found = [(tuple(row["words"].split()), cast(Medium, row["medium"])) for row in tables.rows("statement_media")]
    return tuple(sorted(found, key=lambda item: (-len(item[0]), item[0])))
