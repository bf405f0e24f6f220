"""Mentions to events: one happening, once.

1. Copies of one sentence, and mentions that say the same in all fields, are one unit (`units`).
2. Units with sharp days are joined: first those of the same days, then those of neighbouring ones (`accounts`).
3. Vague units (no day, or only a month or a year) come second and are led to the event that they fit (`vague`).

Corrections are must-links and cannot-links before step 2. Every step is a function of the set of mentions; ties are
decided by what the mentions say and then by their ids, so any order, split or one-by-one adding gives the same events.

Formulation and measurements: docs/merging.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from communique.merging.accounts import Group, join
from communique.merging.lookup import Index
from communique.merging.mentions import Mention
from communique.merging.units import NO_LINKS, Links, Unit, event_id, make_units
from communique.merging.vague import choose, doubts, fits, join_lone

__all__ = ["Happening", "Links", "merge"]


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

    @property
    def core(self) -> tuple[str, ...]:
        """The mentions that make the event: all but the attached ones."""
        return tuple(key for key in self.mentions if key not in self.vague) if self.vague else self.mentions


def merge(mentions: Iterable[Mention], links: Links = NO_LINKS) -> tuple[Happening, ...]:
    """The events of a set of mentions, sorted by id; each mention is in exactly one."""
    units = make_units(mentions, links)
    events = join([unit for unit in units if unit.lead.is_sharp], links)
    vague = [unit for unit in units if not unit.lead.is_sharp]
    return tuple(sorted(_attach(events, vague, links), key=lambda event: event.id))


def _attach(events: Collection[Group], vague: Sequence[Unit], links: Links) -> list[Happening]:
    """The events with the vague units attached or left apart."""
    listed = list(events)
    event_of = {m.id: i for i, group in enumerate(listed) for unit in group for m in links.compared(unit)}
    index = Index(m for group in listed for unit in group for m in links.compared(unit))
    added: dict[int, list[Unit]] = {}
    made: list[Happening] = []
    lone: list[Unit] = []
    for unit in vague:
        near = sorted({event_of[key] for m in links.compared(unit) for key in index.near(m)})
        fitting = [i for i in near if fits(unit, listed[i], links)]
        chosen = choose(unit, [listed[i] for i in fitting])
        if chosen is not None:
            added.setdefault(fitting[chosen], []).append(unit)
        elif fitting:
            made.append(happening((unit,), (), doubts(unit, [(event_id(listed[i]), listed[i]) for i in fitting])))
        else:
            lone.append(unit)
    made += [happening(group, added.get(i, ())) for i, group in enumerate(listed)]
    made += [happening(group) for group in join_lone(lone, links)]
    return made


def happening(group: Group, vague: Sequence[Unit] = (), candidates: tuple[str, ...] = ()) -> Happening:
    """The event of a group of units with vague ones attached to it."""
    attached = sorted(m.id for unit in vague for m in unit.members)
    own = [m.id for unit in group for m in unit.members]
    return Happening(event_id(group), tuple(sorted(own + attached)), tuple(attached), candidates)
