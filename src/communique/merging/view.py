"""What the record says of one event: computed from its mentions, never stored in their place.

For every field the values that the mentions give are kept, with who gives them. A coarser value does not contradict a
finer one (2024, March 2024, 29 March 2024); two that cannot both be true make the field contested. The value
shown is the one with most origins, then the finer, then the one written earlier. Copies of one text are one origin;
two sides' own read-outs are two, each with an interest. A copy never adds a value of its own: where its sentence is
another report's and says another day, because the copy's page is dated falsely, the better dated report is heard.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from communique.merging.events import Happening
from communique.merging.kinds import LASTING, family_of
from communique.merging.mentions import SHARP, Mention, Party
from communique.merging.names import name_parts, places_contradict, plain, same_person
from communique.merging.units import dating

T = TypeVar("T")
_MODALITIES = ("occurred", "called-off", "denied", "planned", "hypothetical")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, the mentions that give it and their origins, both sorted."""

    value: str
    mentions: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field's values, the shown one first. `contested` when two of them cannot both be true."""

    name: str
    values: tuple[Value, ...]
    contested: bool

    @property
    def shown(self) -> str | None:
        return self.values[0].value if self.values else None


@dataclass(frozen=True, slots=True)
class EventView:
    """The record's account of one event.

    `modality` is what the event came to: one planned by some and told as past by others occurred. `history` holds
    every modality with its mentions. `origins_least` counts the origins that are certainly different (named sources),
    `origins_most` all families of copies.
    """

    id: str
    type: str | None
    kind: str
    cameo: str | None
    modality: str
    parties: tuple[Party, ...]
    start: date | None
    end: date | None
    place: str | None
    place_country: str | None
    instrument: str | None
    fields: tuple[Field, ...]
    history: tuple[Value, ...]
    reports: tuple[str, ...]
    origins_least: int
    origins_most: int
    mentions: tuple[str, ...]
    candidates: tuple[str, ...]
    turn: str | None = None  # "opening" or "closing"
    round: int | None = None
    papers: tuple[str, ...] = ()  # the instrument mentions that its mentions are about

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(sorted({p.country for p in self.parties if p.country}))

    @property
    def contested(self) -> tuple[str, ...]:
        """The names of the fields on which reports disagree."""
        return tuple(field.name for field in self.fields if field.contested)


def view(event: Happening, mentions: Mapping[str, Mention], sources: Mapping[str, str] | None = None) -> EventView:
    """The view of one event. `sources` names the source that a family of copies goes back to, where it is known."""
    members = sorted((mentions[key] for key in event.mentions), key=lambda m: m.id)
    copied = echoes(members)
    sharp = [m for m in members if m.id not in event.vague] or members
    lasting = all(family_of(m.kind).name in LASTING for m in members)
    days = _field("when", members, _days, _days_part if lasting else _days_contradict, _fineness, copied)
    place = _field("place", members, _place, _places_contradict, _fineness_of_place, copied)
    kind = _field("kind", members, lambda m: m.kind, _never, len, copied)
    instrument = _field("instrument", members, lambda m: m.instrument, _never, len, copied)
    number = _field("number", members, lambda m: str(m.number) if m.number else None, operator.ne, len, copied)
    history = _field("modality", members, lambda m: m.modality, _modalities_contradict, len)
    lead = next(m for m in [*sharp, *members] if m.kind == kind.shown)
    start, end = _whole(days) if lasting else _interval(days.shown)
    where, country = (place.shown or "|").split("|")
    named = sources or {}
    origins = {m.origin for m in members}
    return EventView(
        id=event.id,
        type=lead.type,
        kind=kind.shown or lead.kind,
        cameo=lead.cameo,
        modality=min((v.value for v in history.values), key=_MODALITIES.index),
        parties=_parties(members),
        start=start,
        end=end,
        place=where or None,
        place_country=country or None,
        instrument=instrument.shown,
        fields=tuple(f for f in (days, place, kind, instrument, number, history) if f.values),
        history=tuple(sorted(history.values, key=lambda v: _MODALITIES.index(v.value))),
        reports=tuple(sorted({m.report for m in members})),
        origins_least=max(1, len({named[o] for o in origins if o in named})),
        origins_most=len({named.get(o, o) for o in origins}),
        mentions=tuple(m.id for m in members),
        candidates=event.candidates,
        turn=_usual(m.turn for m in members),
        round=_usual(m.round for m in members),
        papers=tuple(sorted({m.paper for m in members if m.paper})),
    )


def _usual(values: Iterable[T | None]) -> T | None:
    """The value given most often, the smallest of those; None when none is given."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], str(value)), default=None)


def echoes(members: Iterable[Mention]) -> frozenset[str]:
    """The mentions whose sentence another report of their family has too, and is better dated."""
    copies: dict[tuple[str, str, str], list[Mention]] = {}
    for mention in members:
        if mention.sentence is not None:
            copies.setdefault((mention.origin, mention.sentence, mention.kind), []).append(mention)
    found: set[str] = set()
    for group in copies.values():
        heard = min(group, key=lambda m: (*dating(m), m.id)).report
        found.update(m.id for m in group if m.report != heard)
    return frozenset(found)


def _field(
    name: str,
    members: Sequence[Mention],
    read: Callable[[Mention], str | None],
    contradict: Callable[[str, str], bool],
    fineness: Callable[[str], int],
    copied: Collection[str] = (),
) -> Field:
    given: dict[str, list[Mention]] = {}
    for mention in sorted(members, key=lambda m: (m.id in copied, m.id)):
        value = read(mention)
        if value and (mention.id not in copied or value in given):
            given.setdefault(value, []).append(mention)

    def rank(value: str) -> tuple[int, int, date, str]:
        # a coarser value backs every finer one that it holds: only origins that contradict count against
        backing = {m.origin for v, ms in given.items() if not contradict(v, value) for m in ms}
        written = min((m.written for m in given[value] if m.written), default=date.max)
        return -len(backing), -fineness(value), written, value

    ordered = sorted(given, key=rank)
    contested = any(contradict(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :])
    values = tuple(
        Value(v, tuple(sorted(m.id for m in given[v])), tuple(sorted({m.origin for m in given[v]}))) for v in ordered
    )
    return Field(name, values, contested)


def _days(mention: Mention) -> str | None:
    return f"{mention.start}/{mention.end}" if mention.start and mention.end else None


def _interval(value: str | None) -> tuple[date | None, date | None]:
    if value is None:
        return None, None
    first, last = value.split("/")
    return date.fromisoformat(first), date.fromisoformat(last)


def _days_contradict(a: str, b: str) -> bool:
    (a1, a2), (b1, b2) = (value.split("/") for value in (a, b))
    return a2 < b1 or b2 < a1


def _days_part(a: str, b: str) -> bool:
    """Contradiction where an event goes on from day to day: only a gap between the days is one."""
    (a1, a2), (b1, b2) = (_interval(value) for value in (a, b))
    return bool(a1 and a2 and b1 and b2) and ((b1 - a2).days > 1 or (a1 - b2).days > 1)  # type: ignore[operator]


def _whole(days: Field) -> tuple[date | None, date | None]:
    """From the first to the last day that is told, of the exact values that hang together with the shown one."""
    start, end = _interval(days.shown)
    for value in days.values:
        first, last = _interval(value.value)
        if first and last and start and end and (last - first).days < SHARP and not _days_part(
            f"{first}/{last}", f"{start}/{end}"
        ):  # fmt: skip
            start, end = min(start, first), max(end, last)
    return start, end


def _fineness(value: str) -> int:
    first, last = _interval(value)
    return -(last - first).days if first and last else -100_000


def _place(mention: Mention) -> str | None:
    if not mention.place and not mention.place_country:
        return None
    return f"{(mention.place or '').replace('|', ' ')}|{mention.place_country or ''}"


def _places_contradict(a: str, b: str) -> bool:
    (a_name, a_country), (b_name, b_country) = a.split("|"), b.split("|")
    if a_country and b_country and a_country != b_country:
        return True
    return bool(a_name and b_name) and places_contradict(a_name, b_name)


def _fineness_of_place(value: str) -> int:
    return 1 if value.split("|")[0] else 0


def _modalities_contradict(a: str, b: str) -> bool:
    """Occurred and denied, occurred and called off cannot both be; planned and occurred are one event's history."""
    return {a, b} in ({"occurred", "denied"}, {"occurred", "called-off"})


def _never(a: str, b: str) -> bool:
    return False


def _parties(members: Iterable[Mention]) -> tuple[Party, ...]:
    """Everybody named, each once under the fullest name; a state only where no person or body of it is named."""
    found: list[Party] = []
    for party in sorted(
        (p for m in members for p in m.parties),
        key=lambda p: (p.country or "~", p.kind, -len(name_parts(p.name)), plain(p.name), p.name, p.role or "~"),
    ):
        if not any(_same_party(party, other) for other in found):
            found.append(party)
    persons = {p.country for p in found if p.kind != "state"}
    return tuple(p for p in found if p.kind != "state" or p.country not in persons)


def _same_party(a: Party, b: Party) -> bool:
    if a.kind != b.kind or (a.country and b.country and a.country != b.country):
        return False
    return same_person(a.name, b.name) if a.kind == "person" else plain(a.name) == plain(b.name)
