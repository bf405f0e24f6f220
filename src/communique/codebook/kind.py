"""The codebook in memory: kinds of event with what a researcher states about them, their frames and their examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from communique.actors.own import OwnActors
from communique.codebook.frames import Frame, Lists, Words

# The PLOVER types. Where a trigger fits kinds of several types equally well, the earlier one wins.
TYPES = (
    "CONSULT", "SUPPORT", "AGREE", "COOPERATE", "AID", "CONCEDE", "RETREAT", "SANCTION", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "MOBILIZE", "ASSAULT", "COERCE", "PROTEST",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that must code, or must not (a near miss)."""

    text: str
    who: tuple[str, ...]  # ISO codes that the event must name
    modality: str | None
    where: str  # "file:line"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event. What the properties mean is told in docs/codebook-format.md, "Properties of a kind"."""

    name: str
    type: str  # PLOVER type
    definition: str
    not_coded: str
    cameo: str | None
    mode: str | None
    mutual: bool
    sides: int
    each: str | None  # a role of which every filler makes an event of its own (two visited countries)
    family: str  # kinds of one family tell of one happening in different words
    detail: int  # of two mentions of a family, the kind with more detail names the happening
    recipient: str  # "", "often" or "always": whether the act has another state on the other side, named again or not
    # "": between states; "doers": also by people within one; "often", "always": also at people of the own country
    at_home: str
    unidentified: bool  # without a doer it is the work of unidentified people where it happened, not of the state
    promised: bool  # a planned act is part of the promise that tells of it
    occasion: bool  # the sides come into contact at one time: later mentions may be loose ("the talks")
    once: bool  # one side does it once: told again without the other side, it is the same act
    journey: bool  # somebody goes to a host; what happens there belongs to it
    gathering: bool  # an occasion of several days that others happen within
    takes: tuple[str, ...]  # "day", "place": taken from the journey or gathering that it belongs to
    civil: bool  # civilians do it: where a word fits this kind and another, it is this one for them
    comments: bool  # it speaks of another happening, which is recorded beside it
    frames: tuple[Frame, ...]
    examples: tuple[Example, ...]
    near_misses: tuple[Example, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Agent:
    """A noun for somebody who acts: its PLOVER sector, and whether it means somebody public when no state is named."""

    sector: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Codebook:
    """All kinds, and the frames by the word that may start them."""

    kinds: Mapping[str, Kind]
    lists: Lists
    by_lemma: Mapping[str, tuple[Frame, ...]]  # head word -> frames that it may start
    types: Mapping[str, tuple[str, str]]  # type -> definition, boundary
    finer: Mapping[str, tuple[tuple[str, Words], ...]]  # CAMEO code -> finer codes with the words that lead to them
    agents: Mapping[str, Agent]  # noun, or phrase of two words, in lower case
    actors: OwnActors  # a researcher's own names, which go before our tables
    version: str

    def codes(self) -> frozenset[str]:
        """Every CAMEO code that an event of this codebook may have."""
        found = {frame.cameo for kind in self.kinds.values() for frame in kind.frames if frame.cameo}
        while True:
            finer = {code for known in found for code, _ in self.finer.get(known, ())} - found
            if not finer:
                return frozenset(found)
            found |= finer
