"""Adding to a merged record: only what a change touches is merged again, and the result is the batch's.

What becomes of a mention with sharp days depends on mentions at most `REACH` steps of compatibility away, and where a
vague one goes on the events that it fits. So those around a change are read, merged anew, and written where they came
out differently; the rest of the record is neither read nor written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from communique.merging.accounts import REACH, Group, join, slot_of
from communique.merging.compatible import compatible
from communique.merging.events import Happening, happening
from communique.merging.lookup import Index
from communique.merging.mentions import Mention
from communique.merging.units import NO_LINKS, Links, Unit, event_id, make_units, same_unit
from communique.merging.vague import choose, doubts, fits, join_lone, side_by_side

Near = Callable[[Mention, Mention], int | None]
"""How many steps two mentions are apart: 0 of one account, 1 of neighbouring ones, None not compatible."""


Which = Literal["all", "sharp", "vague"]


class Shelf(Protocol):
    """Where the mentions of a record are: a database, or a dictionary in a test."""

    def get(self, ids: Collection[str]) -> Mapping[str, Mention]:
        """The mentions with these ids that the record has."""

    def neighbours(self, mentions: Collection[Mention], which: Which = "all") -> Iterable[Mention]:
        """At least all mentions (with sharp days, without, or all) that fit one of these, or make a unit with it."""

    def twins(self, mentions: Collection[Mention]) -> Iterable[Mention]:
        """At least all copies of the sentences of these: what makes a unit with one that is not dated alike."""

    def events_of(self, ids: Collection[str]) -> Mapping[str, str]:
        """Mention id -> the id of the event that has it now; nothing for a mention that no event has."""

    def happenings(self, events: Collection[str]) -> Mapping[str, Happening]:
        """The events with these ids as they are now."""


@dataclass(frozen=True, slots=True)
class Change:
    """What to write: events as they are now, and ids that are gone with the event in their place (None: nothing is)."""

    events: tuple[Happening, ...]
    gone: tuple[tuple[str, str | None], ...]


def remerge(
    shelf: Shelf,
    added: Collection[str],
    removed: Mapping[str, tuple[Mention, str | None]] | None = None,
    links: Links = NO_LINKS,
) -> Change:
    """The record after mentions were added (or changed) and removed; `shelf` already has those and lacks these.

    `removed` are the mentions taken out by their ids, each with the event that it was in.
    """
    return _Remerge(shelf, links).run(added, removed or {})


class _Remerge:
    """One change. `known` holds every mention that was looked at."""

    def __init__(self, shelf: Shelf, links: Links) -> None:
        self.shelf = shelf
        self.links = links
        self.known: dict[str, Mention] = {}
        self.stored: dict[str, Happening] = {}
        self._groups: dict[str, Group] = {}

    def run(self, added: Collection[str], removed: Mapping[str, tuple[Mention, str | None]]) -> Change:
        self._learn(self.shelf.get(added).values())
        gone_from = {event for _, event in removed.values() if event}
        changed = set(self.shelf.events_of(added).values())  # of mentions that were there, and say something else now
        dirty = {*self._load({*changed, *gone_from}), *gone_from}
        seeds = {key for key in added if key in self.known}
        for key in sorted(dirty & self.stored.keys()):
            self._learn(self.shelf.get(self.stored[key].mentions).values())
            seeds.update(k for k in self.stored[key].mentions if k in self.known)
        taken = [mention for mention, _ in removed.values()]
        if taken:
            near = list(self.shelf.neighbours(taken))
            self._learn(near)
            seeds |= _beside(taken, near, lambda a, b: self._apart(a, b) is not None)
        region = self._spread(seeds, self._apart, 2 * REACH, self._near_sharp)
        units = make_units((self.known[key] for key in region), self.links)
        groups = join([unit for unit in units if unit.lead.is_sharp], self.links)
        groups = [group for group in groups if any(region[m.id] <= REACH for unit in group for m in unit.members)]
        self._load(set(self.shelf.events_of({m.id for group in groups for u in group for m in u.members}).values()))

        new = {event_id(group): group for group in groups}
        altered = {key for key, group in new.items() if key in dirty or not self._is_stored(key, group)}
        where = {m.id: key for key, group in new.items() for unit in group for m in unit.members}
        out = {
            key for key in self.stored if key in dirty or any(where.get(k) in altered for k in self.stored[key].core)
        }
        out |= gone_from
        vague = {m.id for unit in units if not unit.lead.is_sharp for m in unit.members if m.id in seeds}
        vague |= {k for key in out if key in self.stored for k in self.stored[key].vague}
        vague |= self._unsettled(new, altered, self._before(out, removed), taken, changed)

        found = self._place(vague, new, altered, where, out)
        return self._change(found, out, dirty)

    # --- what is known ------------------------------------------------------------------------------------------------

    def _learn(self, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            self.known.setdefault(mention.id, mention)

    def _load(self, events: Collection[str]) -> Collection[str]:
        missing = [key for key in events if key not in self.stored]
        self.stored.update(self.shelf.happenings(missing) if missing else {})
        return [key for key in events if key in self.stored]

    def _group(self, event: str) -> Group:
        """The units of a stored event's core."""
        if event not in self._groups:
            core = self.shelf.get(self.stored[event].core)
            self._learn(core.values())
            self._groups[event] = tuple(make_units(core.values(), self.links))
        return self._groups[event]

    def _read(self, events: Collection[str]) -> None:
        """Read the mentions of many events at once."""
        self.shelf.get({key for event in events for key in self.stored[event].core})

    def _is_stored(self, key: str, group: Group) -> bool:
        event = self.stored.get(key)
        return event is not None and set(event.core) == {m.id for unit in group for m in unit.members}

    # --- what is near -------------------------------------------------------------------------------------------------

    def _apart(self, a: Mention, b: Mention) -> int | None:
        """The steps between two mentions with sharp days, or of one unit."""
        if same_unit(a, b):
            return 0
        if self._by_hand(a, b):
            return 0 if compatible(a, b) else None
        if not (a.is_sharp and b.is_sharp and compatible(a, b)):
            return None
        return 0 if (a.start, a.end) == (b.start, b.end) else 1

    def _apart_lone(self, a: Mention, b: Mention) -> int | None:
        """The steps between two vague mentions that fit no event."""
        if same_unit(a, b):
            return 0
        if a.is_sharp or b.is_sharp or not compatible(a, b):
            return None
        if self._by_hand(a, b):
            return 0
        x, y = Unit(a, (a,)), Unit(b, (b,))
        if slot_of(x) == slot_of(y) and slot_of(x) is not None:
            return 0
        if not side_by_side(x, y):
            return None
        return 0 if slot_of(x) == slot_of(y) else 1

    def _by_hand(self, a: Mention, b: Mention) -> bool:
        """True when a correction joined one of two mentions with others, in whose name it is compared too."""
        return a.id in self.links.partners or b.id in self.links.partners

    def _near_sharp(self, mentions: Collection[Mention]) -> list[Mention]:
        """All that can be of one account or one unit with these: of a vague one, its copies."""
        wide = [m for m in mentions if m.is_sharp or m.id in self.links.partners]
        return [*self.shelf.neighbours(wide, self._dated), *self.shelf.twins(mentions)]

    @property
    def _dated(self) -> Which:
        """Where mentions with sharp days are looked for. One that a correction joined with them may have none."""
        return "all" if self.links.must else "sharp"

    def _near_vague(self, mentions: Collection[Mention]) -> Iterable[Mention]:
        return self.shelf.neighbours(mentions, "vague")

    def _spread(
        self,
        seeds: Collection[str],
        apart: Near,
        steps: int,
        look: Callable[[Collection[Mention]], Iterable[Mention]],
        admit: Callable[[set[str]], set[str]] | None = None,
    ) -> dict[str, int]:
        """Mentions reached from the seeds in at most `steps` steps, with their steps. Accounts are reached whole."""
        level = dict.fromkeys(seeds, 0)
        refused: set[str] = set()
        frontier = set(seeds)
        for step in range(steps + 1):
            after: set[str] = set()
            while frontier:
                near = {m.id: m for m in look([self.known[key] for key in sorted(frontier)])}
                by_hand = {k for key in frontier for k in self.links.partners.get(key, ())} - level.keys()
                near.update(self.shelf.get(by_hand))
                self._learn(near.values())
                unseen = near.keys() - level.keys() - refused
                if admit is not None and unseen:
                    allowed = admit(unseen)
                    refused |= unseen - allowed
                    unseen = allowed
                others = [self.known[key] for key in sorted(unseen)]
                same, beside = _sorted_by_steps([self.known[key] for key in sorted(frontier)], others, apart)
                same |= by_hand & unseen
                after |= beside
                level.update(dict.fromkeys(same, step))
                frontier = same
            frontier = after - level.keys()
            if step < steps:
                level.update(dict.fromkeys(frontier, step + 1))
        return level

    # --- vague mentions -----------------------------------------------------------------------------------------------

    def _before(self, events: Collection[str], removed: Mapping[str, tuple[Mention, str | None]]) -> dict[str, Group]:
        """Events as they were before the change, what was taken out of them included."""
        taken: dict[str, list[Mention]] = {}
        for mention, event in removed.values():
            if event is not None and mention.is_sharp:
                taken.setdefault(event, []).append(mention)
        found = {}
        for key in events:
            core = self._group(key) if key in self.stored else ()
            if key in taken:
                core = tuple(make_units([*(m for u in core for m in u.members), *taken[key]], self.links))
            if core:
                found[key] = core
        return found

    def _unsettled(
        self,
        new: Mapping[str, Group],
        altered: Collection[str],
        before: Mapping[str, Group],
        taken: Sequence[Mention],
        changed: Collection[str],
    ) -> set[str]:
        """The vague mentions of the record for which an event came, went, or fits now and did not, or the reverse."""
        fresh: list[Unit] = []  # of events that are new, gone, or told of other days: all that fits them is looked at
        grown: list[tuple[Group, Group]] = []
        for key in sorted({*altered, *before}):
            old, now = before.get(key), new.get(key)
            if old and now and key not in changed and {slot_of(u) for u in old} == {slot_of(u) for u in now}:
                if self._named(old).keys() != self._named(now).keys():
                    grown.append((old, now))
            else:
                fresh += [*(old or ()), *(now or ())]
        sources = [*self._named(fresh).values(), *taken]
        also = [m for pair in grown for group in pair for m in self._named(group).values()]
        near = {m.id: m for m in self.shelf.neighbours([*sources, *also], "vague") if not m.is_sharp}
        self._learn(near.values())
        found = _beside(sources, near.values(), lambda a, b: compatible(b, a) > 0)
        index = Index(near.values() if grown else ())
        for old, now in grown:
            was, is_now = self._named(old), self._named(now)
            differ = [m for key, m in {**was, **is_now}.items() if (key in was) != (key in is_now)]
            by_hand = any(len(self.links.compared(u)) > 1 for group in (old, now) for u in group)
            for key in {key for lead in {**was, **is_now}.values() for key in index.near(lead)} - found:
                unit = Unit(near[key], (near[key],))
                if by_hand or key in self.links.partners:
                    found.add(key)  # a unit joined by a correction may fit where no mention alone does
                elif all(compatible(near[key], lead) for lead in differ):
                    continue  # it fits both or neither
                elif fits(unit, old, self.links) != fits(unit, now, self.links):
                    found.add(key)
        return found

    def _named(self, units: Iterable[Unit]) -> dict[str, Mention]:
        """The mentions in whose name units are compared, by id."""
        return {m.id: m for unit in units for m in self.links.compared(unit)}

    def _place(
        self,
        vague: set[str],
        new: Mapping[str, Group],
        altered: Collection[str],
        where: Mapping[str, str],
        out: set[str],
    ) -> list[Happening]:
        """The altered events and those that the vague mentions are in now."""
        self._learn(self.shelf.get(vague).values())
        together = self._spread(
            vague & self.known.keys(), lambda a, b: 0 if same_unit(a, b) else None, 0, self.shelf.twins
        )
        units = [unit for unit in make_units((self.known[key] for key in together), self.links)
                 if not unit.lead.is_sharp]  # fmt: skip
        moving = {m.id for unit in units for m in unit.members}
        held = self.shelf.events_of(moving)
        self._load(set(held.values()))
        out |= {key for key in held.values() if not self.stored[key].core or self._is_vague_alone(key)}

        attached: dict[str, list[Unit]] = {}
        made: list[Happening] = []
        lone: set[str] = set()
        for unit, fitting in self._fitting(units, new, where, out):
            chosen = choose(unit, [group for _, group in fitting])
            if chosen is not None:
                attached.setdefault(fitting[chosen][0], []).append(unit)
            elif fitting:
                made.append(happening((unit,), (), doubts(unit, fitting)))
            else:
                lone.update(m.id for m in unit.members)
        left = {key for key, event in self.stored.items() if any(k in moving or k in where for k in event.vague)}
        for key in sorted({*altered, *attached, *(left - out)}):
            group = new[key] if key in altered else self._group(key)
            kept = () if key in altered or key not in self.stored else self.stored[key].vague
            stay = [k for k in kept if k not in moving and k not in where]
            made.append(_with(happening(group, attached.get(key, ())), stay))
        return made + self._lone(lone, moving | where.keys(), held, out)

    def _fitting(
        self, units: Sequence[Unit], new: Mapping[str, Group], where: Mapping[str, str], out: Collection[str]
    ) -> Iterable[tuple[Unit, list[tuple[str, Group]]]]:
        """Each vague unit with the events that it fits, by id."""
        near = {m.id: m for m in self.shelf.neighbours(self._named(units).values(), self._dated)}
        self._learn(near.values())
        held = self.shelf.events_of([key for key in near if key not in where])
        self._load(set(held.values()))
        alone = {held[key] for key, m in near.items() if key in held and not m.is_sharp}
        events = (
            {*where.values(), *held.values()} - {k for k in alone if self._is_vague_alone(k)} - (set(out) - new.keys())
        )
        self._read(events - new.keys())
        groups = {key: new[key] if key in new else self._group(key) for key in events}
        home = {m.id: key for key, group in groups.items() for unit in group for m in self.links.compared(unit)}
        index = Index(self.known[key] for key in home)
        for unit in units:
            found = {home[key] for mention in self.links.compared(unit) for key in index.near(mention)}
            yield unit, [(key, groups[key]) for key in sorted(found) if fits(unit, groups[key], self.links)]

    def _is_vague_alone(self, event: str) -> bool:
        """True for an event of vague mentions only."""
        return not any(m.is_sharp for m in self.shelf.get(self.stored[event].core).values())

    def _lone(self, lone: set[str], moving: Collection[str], held: Mapping[str, str], out: set[str]) -> list[Happening]:
        """The events of vague mentions that fit no other event, around those that came to be or ceased to be such."""
        were = {key for key in moving if key in held and held[key] in out and self._is_lone(held[key])}
        mates = {k for key in were for k in self.stored[held[key]].mentions}
        self._learn(self.shelf.get(mates).values())

        def admit(ids: set[str]) -> set[str]:
            events = self.shelf.events_of(ids - set(moving))
            self._load(set(events.values()))
            return {key for key in ids if key in lone or (key in events and self._is_lone(events[key]))}

        region = self._spread(lone | were | mates, self._apart_lone, 2 * REACH, self._near_vague, admit)
        stay = [key for key in region if key in lone or key not in moving]
        groups = join_lone(make_units((self.known[key] for key in stay), self.links), self.links)
        made = []
        for group in groups:
            members = [m.id for unit in group for m in unit.members]
            if any(region[key] <= REACH for key in members):
                made.append(happening(group))
                out.update(self._load(set(self.shelf.events_of(members).values())))
        return made

    def _is_lone(self, event: str) -> bool:
        happening_ = self.stored[event]
        return not happening_.candidates and not happening_.vague and self._is_vague_alone(event)

    # --- the result ---------------------------------------------------------------------------------------------------

    def _change(self, found: Sequence[Happening], out: Collection[str], dirty: Collection[str]) -> Change:
        after = {event.id: event for event in found}
        where = {key: event.id for event in found for key in event.mentions}
        gone = []
        for old in sorted(set(out) - after.keys()):
            event = self.stored.get(old)
            heirs = sorted({where[key] for key in event.mentions if key in where}) if event else []
            gone.append((old, where.get(old) or (heirs[0] if heirs else None)))
        fresh = [event for event in found if event.id in dirty or self.stored.get(event.id) != event]
        return Change(tuple(sorted(fresh, key=lambda event: event.id)), tuple(gone))


def _with(event: Happening, kept: Collection[str]) -> Happening:
    """The event with vague mentions that stay attached to it."""
    if not kept:
        return event
    return replace(
        event,
        mentions=tuple(sorted({*event.mentions, *kept})),
        vague=tuple(sorted({*event.vague, *kept})),
    )


def _beside(
    sources: Collection[Mention], others: Iterable[Mention], test: Callable[[Mention, Mention], bool]
) -> set[str]:
    """The ids of the others that pass the test with a source; only pairs that a key brings together are looked at."""
    by_id = {m.id: m for m in sources}
    index = Index(by_id.values())
    copied: dict[str, list[str]] = {}
    for source in by_id.values():
        if source.sentence:
            copied.setdefault(source.sentence, []).append(source.id)
    return {
        other.id
        for other in others
        if any(test(by_id[key], other) for key in (*index.near(other), *copied.get(other.sentence or "", ())))
    }


def _sorted_by_steps(
    frontier: Collection[Mention], others: Collection[Mention], apart: Near
) -> tuple[set[str], set[str]]:
    """The others that are no step, and one step, from the frontier."""
    same: set[str] = set()
    beside: set[str] = set()
    if not others:
        return same, beside
    by_id = {m.id: m for m in frontier}
    index = Index(by_id.values())
    copied: dict[str, list[str]] = {}
    for mention in frontier:
        if mention.sentence:
            copied.setdefault(mention.sentence, []).append(mention.id)
    for other in others:
        for key in (*copied.get(other.sentence or "", ()), *index.near(other)):
            if key == other.id:
                continue
            steps = apart(by_id[key], other)
            if steps == 0:
                same.add(other.id)
                break
            if steps == 1:
                beside.add(other.id)
    return same, beside - same
