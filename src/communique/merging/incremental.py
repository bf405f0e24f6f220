"""Adding to a merged record: only the groups that a change touches are computed again, and the result is the batch's.

What one event becomes depends on its connected component of compatible mentions alone, and where a vague mention goes
on the events that it fits. So a change is followed from mention to compatible mention until nothing new is found, what
was found is merged anew, and the rest of the record is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from communique.merging.compatible import compatible, keys
from communique.merging.events import (
    NO_LINKS,
    Group,
    Happening,
    Links,
    Unit,
    attach,
    complete_link,
    linked,
    make_units,
    signatures,
)
from communique.merging.mentions import Mention


class Shelf(Protocol):
    """Where the mentions of a record are: a database, or a dictionary in a test."""

    def get(self, ids: Collection[str]) -> Mapping[str, Mention]:
        """The mentions with these ids that the record has."""

    def neighbours(self, mentions: Collection[Mention]) -> Iterable[Mention]:
        """At least all mentions that are compatible with one of these, or make a unit with it."""

    def events_of(self, ids: Collection[str]) -> Mapping[str, str]:
        """Mention id -> the id of the event that has it now; nothing for a mention that no event has."""

    def happenings(self, events: Collection[str]) -> Mapping[str, Happening]:
        """The events with these ids as they are now."""


@dataclass(frozen=True, slots=True)
class Change:
    """What to write: events as they are now, and ids that are gone with the event in their place (None: nothing is)."""

    events: tuple[Happening, ...]
    gone: tuple[tuple[str, str | None], ...]


def remerge(shelf: Shelf, added: Collection[str], removed: Collection[Mention] = (), links: Links = NO_LINKS) -> Change:
    """The record after mentions were added (or changed) and removed; `shelf` already has those and lacks these."""
    known: dict[str, Mention] = dict(shelf.get(added))
    seeds = set(known)
    partners = _partners(links)
    before = dict(shelf.happenings(set(shelf.events_of({*added, *(m.id for m in removed)}).values())))
    for event in before.values():
        known.update(shelf.get(event.mentions))
        seeds.update(key for key in event.mentions if key in known)
    for other in shelf.neighbours(removed) if removed else ():
        if any(compatible(other, mention) for mention in removed):
            known[other.id] = other
            seeds.add(other.id)

    def together(a: Mention, b: Mention) -> bool:
        if _same_unit(a, b) or b.id in partners.get(a.id, ()):
            return True
        return a.is_sharp and b.is_sharp and compatible(a, b) > 0

    core = _closure(shelf, known, seeds, together, partners)
    units = make_units((known[key] for key in core), links)
    sharp = [unit for unit in units if unit.lead.is_sharp]
    groups = [group for part in linked(sharp, links) for group in complete_link(part, links)]

    # vague mentions: those of the change, those that fit a changed event, and what is compatible with them
    vague = {m.id for unit in units if not unit.lead.is_sharp for m in unit.members}
    changed = [*(known[key] for key in sorted(core) if key not in vague), *removed]
    near = {other.id: other for other in shelf.neighbours(changed) if not other.is_sharp and other.id not in core}
    for key, other in near.items():
        known.setdefault(key, other)
    vague |= _touched_by(changed, near.values(), lambda a, b: compatible(b, a) > 0)
    loose = _closure(shelf, known, vague, lambda a, b: not b.is_sharp and _like(a, b, partners), partners)
    loose -= {key for key in core if key not in vague}
    vague_units = [unit for unit in make_units((known[k] for k in loose), links) if not unit.lead.is_sharp]
    vague_units = [unit for unit in vague_units if not _has_sharp_twin(shelf, unit.members, loose)]
    handled = {m.id for unit in vague_units for m in unit.members} | core

    outside = _events_outside(shelf, vague_units, core, handled)
    before.update(outside)
    outer: list[Group] = []
    kept: dict[str, tuple[str, ...]] = {}
    for event in outside.values():
        members = shelf.get([key for key in event.mentions if key not in event.vague])
        outer.append(tuple(make_units(members.values(), links)))
        kept[event.id] = tuple(key for key in event.vague if key not in handled)
    found = attach([*groups, *outer], vague_units, links)
    found = [_with_kept(event, kept.get(event.id, ())) for event in found]
    return _change(shelf, found, before, handled, removed)


def _same_unit(a: Mention, b: Mention) -> bool:
    if a.kind != b.kind or (a.start != b.start and (a.sentence is None or a.sentence != b.sentence)):
        return False  # spares most pairs the digest below
    return not set(signatures(a)).isdisjoint(signatures(b))


def _like(a: Mention, b: Mention, partners: Mapping[str, Collection[str]]) -> bool:
    return _same_unit(a, b) or b.id in partners.get(a.id, ()) or compatible(a, b) > 0


def _touched_by(
    sources: Iterable[Mention], others: Iterable[Mention], together: Callable[[Mention, Mention], bool]
) -> set[str]:
    """The ids of the others that belong together with a source; only pairs with a common key are looked at."""
    by_mark: dict[str, list[Mention]] = {}
    for source in sources:
        for mark in _marks(source):
            by_mark.setdefault(mark, []).append(source)
    return {
        other.id
        for other in others
        if any(together(source, other) for mark in _marks(other) for source in by_mark.get(mark, ()))
    }


def _marks(mention: Mention) -> tuple[str, ...]:
    return (*keys(mention), f"sentence {mention.sentence}") if mention.sentence else keys(mention)


def _partners(links: Links) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for a, b in links.must:
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return found


def _closure(
    shelf: Shelf,
    known: dict[str, Mention],
    seeds: Collection[str],
    together: Callable[[Mention, Mention], bool],
    partners: Mapping[str, Collection[str]],
) -> set[str]:
    """All mentions reached from the seeds; `known` grows by what was looked at."""
    reached = set(seeds)
    frontier = sorted(seeds)
    while frontier:
        near = list(shelf.neighbours([known[key] for key in frontier]))
        by_hand = {other for key in frontier for other in partners.get(key, ())} - reached
        near += shelf.get(by_hand).values()
        for other in near:
            known.setdefault(other.id, other)
        unseen = {other.id: known[other.id] for other in near if other.id not in reached}
        fresh = _touched_by((known[key] for key in frontier), unseen.values(), together)
        fresh |= by_hand & unseen.keys()
        reached |= fresh
        frontier = sorted(fresh)
    return reached


def _has_sharp_twin(shelf: Shelf, members: Collection[Mention], loose: Collection[str]) -> bool:
    """True when a copy outside has the day that these lost: then they belong to its unit and are not looked at."""
    return any(
        other.id not in loose and other.is_sharp and any(_same_unit(other, m) for m in members)
        for other in shelf.neighbours(members)
    )


def _events_outside(
    shelf: Shelf, vague: Iterable[Unit], core: Collection[str], handled: Collection[str]
) -> dict[str, Happening]:
    """The untouched events that a vague unit could fit or belongs to now."""
    leads = [unit.lead for unit in vague]
    near = {m.id for m in shelf.neighbours(leads) if m.is_sharp and m.id not in core} if leads else set()
    found = dict(shelf.happenings(set(shelf.events_of(near).values())))
    inside = set(core)
    return {
        key: event
        for key, event in found.items()
        if not inside.intersection(k for k in event.mentions if k not in event.vague)
        and any(k not in handled for k in event.mentions)
    }


def _with_kept(event: Happening, kept: tuple[str, ...]) -> Happening:
    if not kept:
        return event
    return replace(
        event,
        mentions=tuple(sorted({*event.mentions, *kept})),
        vague=tuple(sorted({*event.vague, *kept})),
    )


def _change(
    shelf: Shelf,
    found: Collection[Happening],
    before: dict[str, Happening],
    handled: Collection[str],
    removed: Collection[Mention],
) -> Change:
    held = shelf.events_of(handled)
    before.update(shelf.happenings(set(held.values()) - before.keys()))
    after = {event.id: event for event in found}
    lost = {key for key in {*held.values(), *shelf.events_of({m.id for m in removed}).values()} if key not in after}
    where = {key: event.id for event in found for key in event.mentions}
    gone = []
    for old in sorted(lost):
        heirs = sorted({where[key] for key in before[old].mentions if key in where}) if old in before else []
        gone.append((old, where.get(old) or (heirs[0] if heirs else None)))
    fresh = [event for event in found if before.get(event.id) != event]
    return Change(tuple(sorted(fresh, key=lambda event: event.id)), tuple(gone))
