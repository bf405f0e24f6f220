"""Mentions to events: one happening, once.

1. Copies of one sentence, and mentions that say the same in all fields, are one unit.
2. Units with sharp days are joined by complete link: two groups join only if all of one are compatible with all of the
   other, those that agree most first.
3. Vague units (no day, or only a month or a year) come second. Each goes to the event it fits if exactly one fits, or
   to the one near its report's other days; else it stays apart with its candidates listed.
4. Vague units that fit no event are joined with each other by complete link.

Corrections are must-links and cannot-links before step 2. Every step is a function of the set of mentions; ties are
decided by what the mentions say and then by their ids, so any order, split or one-by-one adding gives the same events.

Formulation and measurements: docs/merging.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from communique.merging.compatible import NEXT_DAY, agreement, compatible, keys, reach, word_keys
from communique.merging.groups import components
from communique.merging.kinds import family_of
from communique.merging.mentions import SHARP, Mention
from communique.merging.names import name_parts

NEAR = 10  # days from a report's other days within which an undated mention is looked for


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: the ids of its mentions, sorted. `id` is the smallest id of its sharp mentions (of all, if none is).

    `vague` are the mentions that were attached without sharp days of their own. `candidates` are events that a vague
    mention of this one would have fitted too.
    """

    id: str
    mentions: tuple[str, ...]
    vague: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """Mentions that say one thing; `lead` is the most specific of them and is compared in their name."""

    lead: Mention
    members: tuple[Mention, ...]


Group = tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """What corrections say of pairs of mentions. Each pair is sorted."""

    must: frozenset[tuple[str, str]] = frozenset()
    cannot: frozenset[tuple[str, str]] = frozenset()

    def forbids(self, a: Unit, b: Unit) -> bool:
        """True when a correction says that two units are different."""
        return bool(self.cannot) and any(
            ((x.id, y.id) if x.id < y.id else (y.id, x.id)) in self.cannot for x in a.members for y in b.members
        )


NO_LINKS = Links()


def merge(mentions: Iterable[Mention], links: Links = NO_LINKS) -> tuple[Happening, ...]:
    """The events of a set of mentions, sorted by id; each mention is in exactly one."""
    units = make_units(mentions, links)
    sharp = [unit for unit in units if unit.lead.is_sharp]
    vague = [unit for unit in units if not unit.lead.is_sharp]
    events = [group for part in linked(sharp, links) for group in complete_link(part, links)]
    return tuple(sorted(attach(events, vague, links), key=lambda event: event.id))


# --- 1. units -------------------------------------------------------------------------------------------------------


def make_units(mentions: Iterable[Mention], links: Links = NO_LINKS) -> list[Unit]:
    """Mentions grouped into units, sorted by their leads' ids."""
    every = {mention.id: mention for mention in mentions}
    groups: dict[object, list[str]] = {}
    for key in sorted(every):
        for mark in signatures(every[key]):
            groups.setdefault(mark, []).append(key)
    pairs: list[tuple[str, str]] = []
    for group in groups.values():
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
        found.append(("same", mention.kind, people, mention.start, mention.end, place, mention.instrument))
    return tuple(found)


def _specific(mention: Mention) -> tuple[object, ...]:
    """Sorts the mention that says most first."""
    days = (mention.end - mention.start).days if mention.start and mention.end else 100_000
    return (days >= SHARP, days, -len(mention.parties), mention.place is None, mention.instrument is None, mention.id)


# --- 2. sharp -------------------------------------------------------------------------------------------------------


def linked(units: Sequence[Unit], links: Links = NO_LINKS) -> list[Group]:
    """The connected components of units under compatibility: what one of them becomes depends on nothing outside it."""
    by_id = {unit.lead.id: unit for unit in units}
    index = Index(units)
    pairs = [
        (key, other)
        for key in sorted(by_id)
        for other in index.near(by_id[key])
        if key < other and _units_agree(by_id[key], by_id[other], links)
    ]
    return [tuple(by_id[key] for key in ids) for ids in components(by_id, pairs)]


def complete_link(part: Group, links: Links = NO_LINKS) -> list[Group]:
    """The events within one component."""
    if len(part) == 1:
        return [part]
    agree: dict[tuple[int, int], int] = {}
    ranked: list[tuple[int, str, str, int, int]] = []
    for i, a in enumerate(part):
        for j in range(i + 1, len(part)):
            level = _units_agree(a, part[j], links)
            if level:
                agree[i, j] = level
                ranked.append((-agreement(a.lead, part[j].lead), a.lead.id, part[j].lead.id, i, j))
    groups: dict[int, list[int]] = {i: [i] for i in range(len(part))}
    where = list(range(len(part)))
    for _, _, _, i, j in sorted(ranked):
        x, y = where[i], where[j]
        if x != y and _groups_agree(part, groups[x], groups[y], agree):
            x, y = min(x, y), max(x, y)
            groups[x] += groups.pop(y)
            for k in groups[x]:
                where[k] = x
    return [tuple(part[k] for k in sorted(members)) for members in groups.values()]


def _units_agree(a: Unit, b: Unit, links: Links) -> int:
    if links.forbids(a, b):
        return 0
    level = compatible(a.lead, b.lead)
    if not level and (len(a.members) > 1 or len(b.members) > 1) and _joined_by_hand(a, b, links):
        level = max(compatible(x, y) for x in a.members for y in b.members)
    return level


def _joined_by_hand(a: Unit, b: Unit, links: Links) -> bool:
    ids = {m.id for unit in (a, b) for m in unit.members}
    return any(x in ids and y in ids for x, y in links.must)


def _groups_agree(part: Group, x: list[int], y: list[int], agree: Mapping[tuple[int, int], int]) -> bool:
    """All of one with all of the other; and neighbouring days are one day only while one side has a single origin.

    Two days that two origins each tell are two days: the same people can meet on both.
    """
    levels = [agree.get((i, j) if i < j else (j, i), 0) for i in x for j in y]
    if not all(levels):
        return False
    if NEXT_DAY not in levels:
        return True
    return min(_origins(part[k] for k in x), _origins(part[k] for k in y)) == 1


def _origins(units: Iterable[Unit]) -> int:
    return len({m.origin for unit in units for m in unit.members})


class Index:
    """Units by blocking key, to find those that one of them has to be compared with."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._days: dict[str, list[tuple[int, int, str]]] = {}  # first day, last day, id
        self._open: dict[str, list[str]] = {}  # units that nothing bounds
        self._words: dict[str, list[str]] = {}
        self._longest: dict[str, int] = {}
        for unit in sorted(units, key=lambda u: u.lead.id):
            self._add(unit)
        for entries in self._days.values():
            entries.sort()

    def _add(self, unit: Unit) -> None:
        bounds = reach(unit.lead)
        for key in keys(unit.lead):
            if bounds is None:
                self._open.setdefault(key, []).append(unit.lead.id)
            else:
                self._days.setdefault(key, []).append((*bounds, unit.lead.id))
                self._longest[key] = max(self._longest.get(key, 0), bounds[1] - bounds[0])
        for key in word_keys(unit.lead):
            self._words.setdefault(key, []).append(unit.lead.id)

    def near(self, unit: Unit) -> list[str]:
        """The ids of the units that can be compatible with this one, sorted, itself left out."""
        found: set[str] = set()
        bounds = reach(unit.lead)
        for key in keys(unit.lead):
            found.update(self._open.get(key, ()))
            entries = self._days.get(key, [])
            if bounds is None:
                found.update(entry[2] for entry in entries)
                continue
            low = bisect_left(entries, (bounds[0] - self._longest.get(key, 0), -1, ""))
            high = bisect_right(entries, (bounds[1], 1 << 40, ""))
            found.update(entry[2] for entry in entries[low:high] if entry[1] >= bounds[0])
        for key in word_keys(unit.lead):
            found.update(self._words.get(key, ()))
        found.discard(unit.lead.id)
        return sorted(found)


# --- 3 and 4. vague -------------------------------------------------------------------------------------------------


def attach(events: Collection[Group], vague: Sequence[Unit], links: Links = NO_LINKS) -> list[Happening]:
    """The events with the vague units attached or left apart."""
    event_of = {unit.lead.id: i for i, group in enumerate(events) for unit in group}
    listed = list(events)
    index = Index(unit for group in listed for unit in group)
    added: dict[int, list[Unit]] = {}
    apart: list[Unit] = []
    doubts: dict[str, tuple[str, ...]] = {}
    for unit in sorted(vague, key=lambda u: u.lead.id):
        fitting = sorted({event_of[key] for key in index.near(unit)})
        fitting = [i for i in fitting if all(_units_agree(unit, other, links) for other in listed[i])]
        chosen = choose(unit, [listed[i] for i in fitting])
        if chosen is not None:
            added.setdefault(fitting[chosen], []).append(unit)
        else:
            apart.append(unit)
            doubts[unit.lead.id] = tuple(sorted(event_id(listed[i]) for i in fitting))
    made = [_happening(group, added.get(i, [])) for i, group in enumerate(listed)]
    lone = [unit for unit in apart if not doubts[unit.lead.id]]
    for part in linked(lone, links):
        made += [_happening(group, []) for group in complete_link(part, links)]
    made += [_happening((unit,), [], doubts[unit.lead.id]) for unit in apart if doubts[unit.lead.id]]
    return made


def choose(unit: Unit, fitting: Sequence[Group]) -> int | None:
    """Which of the events that a vague unit fits it belongs to; None when that cannot be said."""
    if len(fitting) <= 1:
        return 0 if fitting else None
    days = set(unit.lead.around)
    if unit.lead.written is not None:
        days.add(unit.lead.written)
    close = [i for i, group in enumerate(fitting) if any(_distance(day, group) <= NEAR for day in days)]
    return close[0] if len(close) == 1 else None


def _distance(day: date, group: Group) -> int:
    """Days between a day and an event."""
    gaps = []
    for unit in group:
        if unit.lead.start is not None and unit.lead.end is not None:
            gaps.append(max((unit.lead.start - day).days, (day - unit.lead.end).days, 0))
    return min(gaps, default=100_000)


def event_id(group: Group) -> str:
    """An event's id: the smallest id of its sharp mentions, of all of them if none is sharp."""
    members = [m for unit in group for m in unit.members]
    return min((m.id for m in members if m.is_sharp), default=min(m.id for m in members))


def _happening(group: Group, vague: Sequence[Unit], candidates: tuple[str, ...] = ()) -> Happening:
    attached = sorted(m.id for unit in vague for m in unit.members)
    own = [m.id for unit in group for m in unit.members]
    return Happening(event_id(group), tuple(sorted(own + attached)), tuple(attached), candidates)
