"""Mentions that say one thing are one unit: copies of one sentence, and mentions that agree in every field.

Corrections are must-links (joined into one unit) and cannot-links (never compared as alike).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from communique.merging.compatible import compatible
from communique.merging.groups import components
from communique.merging.kinds import family_of
from communique.merging.mentions import SHARP, Mention
from communique.merging.names import name_parts


@dataclass(frozen=True, slots=True)
class Unit:
    """Mentions that say one thing; `lead` is the most specific of them and is compared in their name."""

    lead: Mention
    members: tuple[Mention, ...]


@dataclass(frozen=True)
class Links:
    """What corrections say of pairs of mentions. Each pair is sorted."""

    must: frozenset[tuple[str, str]] = frozenset()
    cannot: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def parted(self) -> frozenset[str]:
        """The mentions that some correction parts from others."""
        return frozenset(key for pair in self.cannot for key in pair)

    @cached_property
    def partners(self) -> dict[str, set[str]]:
        """Mention id -> the ids that corrections join with it."""
        found: dict[str, set[str]] = {}
        for a, b in self.must:
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
        return found

    def forbids(self, a: Unit, b: Unit) -> bool:
        """True when a correction says that two units are different."""
        if not self.cannot:
            return False
        ours = [m.id for m in a.members if m.id in self.parted]
        theirs = [m.id for m in b.members if m.id in self.parted]
        return any(((x, y) if x < y else (y, x)) in self.cannot for x in ours for y in theirs)

    def compared(self, unit: Unit) -> tuple[Mention, ...]:
        """The mentions in whose name a unit is compared: its lead; all of them where a correction joined them."""
        if self.must and any(m.id in self.partners for m in unit.members):
            return unit.members
        return (unit.lead,)


NO_LINKS = Links()


def make_units(mentions: Iterable[Mention], links: Links = NO_LINKS) -> list[Unit]:
    """Mentions grouped into units, sorted by their leads' ids."""
    every = {mention.id: mention for mention in mentions}
    groups: dict[object, list[str]] = {}
    for key in sorted(every):
        for mark in signatures(every[key]):
            groups.setdefault(mark, []).append(key)
    pairs: list[tuple[str, str]] = []
    for group in groups.values():
        if links.parted.isdisjoint(group):
            pairs += [(group[0], key) for key in group[1:]]
            continue
        joined = [group[0]]
        for key in group[1:]:
            if not any((other, key) in links.cannot for other in joined):
                pairs.append((group[0], key))
                joined.append(key)
    pairs += [pair for pair in links.must if pair[0] in every and pair[1] in every]
    units = []
    for ids in components(every, pairs):
        members = tuple(every[key] for key in ids)
        units.append(Unit(min(members, key=_specific), members))
    return sorted(units, key=lambda unit: unit.lead.id)


def signatures(mention: Mention) -> tuple[object, ...]:
    """What makes mentions one unit when they share one: a copied sentence about the same people; all fields."""
    people = tuple(sorted((" ".join(name_parts(p.name)), p.country or "", p.role or "") for p in mention.parties))
    family = family_of(mention.kind)
    found: list[object] = []
    if mention.sentence is not None:
        found.append(("copy", mention.origin, mention.sentence, mention.kind, people))
    if family.same_thing != "words" and mention.is_sharp and people:
        place = (mention.place, mention.place_country)
        found.append(
            ("same", mention.kind, people, mention.start, mention.end, place, mention.instrument, mention.round)
        )
    return tuple(found)


def same_unit(a: Mention, b: Mention) -> bool:
    """True when two mentions share a signature."""
    if a.kind != b.kind or (a.start != b.start and (a.sentence is None or a.sentence != b.sentence)):
        return False  # spares most pairs the signatures
    return not set(signatures(a)).isdisjoint(signatures(b))


def _specific(mention: Mention) -> tuple[object, ...]:
    """Sorts the mention that says most first; of copies, the one whose report is best dated."""
    days = (mention.end - mention.start).days if mention.start and mention.end else 100_000
    return (
        days >= SHARP, *dating(mention), days, -len(mention.parties), mention.place is None,
        mention.instrument is None, mention.id,
    )  # fmt: skip


def dating(mention: Mention) -> tuple[bool, date]:
    """Sorts copies by how their reports are dated: by their own text first, then the earliest. A repost comes later."""
    return not mention.dated, mention.written or date.max


def units_agree(a: Unit, b: Unit, links: Links = NO_LINKS) -> int:
    """How well the days of two units agree if they can be one happening, else 0 (`compatible`)."""
    if links.forbids(a, b):
        return 0
    if not links.must:
        return compatible(a.lead, b.lead)
    return max(compatible(x, y) for x in links.compared(a) for y in links.compared(b))


def origins(units: Iterable[Unit]) -> int:
    """How many origins tell of some units."""
    return len({m.origin for unit in units for m in unit.members})


def event_id(units: Iterable[Unit]) -> str:
    """An event's id: the smallest id of its sharp mentions, of all of them if none is sharp."""
    members = [m for unit in units for m in unit.members]
    return min((m.id for m in members if m.is_sharp), default=min(m.id for m in members))
