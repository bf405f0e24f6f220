"""Instruments across reports: one agreement, mechanism or themed year under its many names, and its life so far.

Each step of a life (proposed, negotiated, agreed, signed, ratified, in force, suspended, ended; a mechanism's rounds;
a year's opening and closing) is a coded event or a coded status, with the mention that tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from communique.merging.groups import components
from communique.merging.kinds import ONCE, family_of
from communique.merging.mentions import digest
from communique.merging.names import content, country_names, instrument_match
from communique.merging.view import EventView

STEPS = (
    "proposed", "negotiated", "agreed", "established", "signed", "ratified", "in-force", "opened", "active", "round",
    "suspended", "closed", "ended",
)  # fmt: skip
STATUS_OF = {"opened": "active", "closed": "ended"}  # steps of ceremonies and years, as statuses
_STEP_OF_KIND = {
    "proposal": "proposed", "initiative": "proposed", "talks": "negotiated", "agreement": "agreed", "signing": "signed",
    "trade-deal": "signed", "ratification": "ratified", "entry-into-force": "in-force", "visa-regime": "in-force",
    "establishment": "established", "mechanism": "established", "launch": "established", "declaration": "established",
    "ceremony": "active", "themed-year": "established", "session": "round", "dialogue": "round", "conference": "round",
    "summit": "round", "consultations": "round", "suspension": "suspended", "withdrawal": "ended",
}  # fmt: skip
_ROUNDS = frozenset({"mechanism", "organisation", "partnership"})  # what meets in rounds


@dataclass(frozen=True, slots=True)
class InstrumentMention:
    """An instrument as one report names it. `sentence` is a digest; `origin` the report's family of copies."""

    id: str
    report: str
    kind: str
    name: str
    parties: tuple[str, ...]
    status: str
    since: date | None
    origin: str
    written: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an instrument's life. `told_by` are mentions of it: of an event, or of the instrument's status.

    `round` counts a mechanism's rounds where the reports do.
    """

    step: str
    day: date | None
    last: date | None
    told_by: tuple[str, ...]
    event: str | None = None
    planned: bool = False
    round: int | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """One instrument: its fullest name, other names, parties, where it stands, and the steps that led there."""

    id: str
    kind: str
    name: str
    names: tuple[str, ...]
    parties: tuple[str, ...]
    status: str
    steps: tuple[Step, ...]
    mentions: tuple[str, ...]


def merge_instruments(mentions: Iterable[InstrumentMention], events: Iterable[EventView] = ()) -> tuple[Life, ...]:
    """The instruments of a set of mentions, sorted by id, with the events that changed them."""
    every = sorted(mentions, key=lambda m: m.id)
    by_id = {m.id: m for m in every}
    postings: dict[str, list[InstrumentMention]] = {}
    pairs: list[tuple[str, str]] = []
    for mention in every:
        near: dict[str, InstrumentMention] = {}
        for key in _keys(mention):
            near.update((m.id, m) for m in postings.setdefault(key, []))
            postings[key].append(mention)
        pairs += [(other.id, mention.id) for other in near.values() if same_instrument(other, mention)]
    events = list(events)
    pairs += _of_one_event(by_id, events)
    groups = [[by_id[key] for key in ids] for ids in components(by_id, pairs)]
    changed = _Events(events)
    return tuple(sorted((_life(group, changed) for group in groups), key=lambda life: life.id))


def _of_one_event(mentions: Mapping[str, InstrumentMention], events: Iterable[EventView]) -> Iterator[tuple[str, str]]:
    """Pairs that one signing, founding ... is about: the "seven memoranda" of one report, another's "agreements"."""
    for event in events:
        if family_of(event.kind).name in ONCE:
            papers = [key for key in event.papers if key in mentions]
            yield from ((a, b) for a, b in pairwise(papers) if mentions[a].kind == mentions[b].kind)


class _Events:
    """Events that are about instruments, by these and by the telling words of their names."""

    def __init__(self, events: Iterable[EventView]) -> None:
        self._by_paper: dict[str, list[EventView]] = {}
        self._by_name: dict[str, list[EventView]] = {}
        self._by_word: dict[str, set[str]] = {}
        for event in events:
            for paper in event.papers:
                self._by_paper.setdefault(paper, []).append(event)
            words = content(event.instrument or "") - country_names()
            if event.instrument and words:
                self._by_name.setdefault(event.instrument, []).append(event)
            for word in words:
                self._by_word.setdefault(word, set()).add(event.instrument or "")

    def of(self, group: Sequence[InstrumentMention]) -> list[EventView]:
        """The events that changed an instrument, sorted by id."""
        found = {event.id: event for m in group for event in self._by_paper.get(m.id, ())}
        for name in {m.name for m in group}:
            near = {name, *(other for word in content(name) for other in self._by_word.get(word, ()))}
            for other in near & self._by_name.keys():
                if other == name or instrument_match(other, name) >= 0.6:
                    found.update((e.id, e) for e in self._by_name[other] if _same_parties(group, e))
        return [found[key] for key in sorted(found)]


def _same_parties(group: Sequence[InstrumentMention], event: EventView) -> bool:
    return not any(m.parties and event.countries and not set(m.parties) & set(event.countries) for m in group)


def _keys(mention: InstrumentMention) -> tuple[str, ...]:
    words = content(mention.name) - country_names()
    return tuple(sorted(words)) or tuple(mention.parties) or ("~",)


def same_instrument(a: InstrumentMention, b: InstrumentMention) -> bool:
    """True when two mentions name one instrument: like kinds, parties that hold each other, names that agree."""
    if a.kind != b.kind and {a.kind, b.kind} & {"themed-year", "organisation", "sanctions-regime"}:
        return False
    ours, theirs = set(a.parties), set(b.parties)
    if ours and theirs and not (ours <= theirs or theirs <= ours):
        return False
    match = instrument_match(a.name, b.name)
    if not content(a.name) - country_names() and not content(b.name) - country_names():
        # "an agreement", "a treaty": a name that says nothing is the same only in one text's copies
        return a.origin == b.origin and a.kind == b.kind
    return match >= (0.6 if ours & theirs or not (ours and theirs) else 1.0)


def _life(group: Sequence[InstrumentMention], changed: _Events) -> Life:
    names = sorted({m.name for m in group}, key=lambda n: (-len(content(n)), n))
    kinds = sorted({m.kind for m in group}, key=lambda k: (-sum(m.kind == k for m in group), k))
    parties = tuple(sorted({p for m in group for p in m.parties}))
    steps = _steps(kinds[0], group, changed.of(group))
    done = [s for s in steps if not s.planned]
    standing = max((s for s in done if s.step != "round"), key=_stands, default=None)
    if standing is not None:
        status = STATUS_OF.get(standing.step, standing.step)
    else:
        status = "active" if done else (steps[-1].step if steps else group[0].status)
    members = tuple(m.id for m in group)
    return Life(digest(["instrument", min(members)]), kinds[0], names[0], tuple(names), parties, status, steps, members)


def _stands(step: Step) -> tuple[bool, date, int]:
    """Sorts the step that an instrument stands at last: suspensions and ends by their days, all else by its order.

    What is suspended and then taken up again is in force; what was signed on a day not told is still signed before
    it entered into force.
    """
    turn = step.step in ("suspended", "closed", "ended", "in-force", "active", "opened")
    return turn, (step.day or date.min) if turn else date.min, STEPS.index(step.step)


def _steps(kind: str, group: Sequence[InstrumentMention], events: Sequence[EventView]) -> tuple[Step, ...]:
    found: list[Step] = []
    for event in events:
        step = _step_of(kind, event)
        if step and event.modality in ("occurred", "planned"):
            planned = event.modality == "planned"
            found.append(Step(step, event.start, event.end, event.mentions, event.id, planned, event.round))
    told: dict[str, list[InstrumentMention]] = {}
    for mention in group:
        told.setdefault(mention.status, []).append(mention)
    for status, mentions in sorted(told.items()):
        if not any(STATUS_OF.get(step.step, step.step) == status and not step.planned for step in found):
            day = min((m.since for m in mentions if m.since), default=None)
            found.append(Step(status, day, day, tuple(sorted(m.id for m in mentions))))
    return tuple(
        sorted(found, key=lambda s: (STEPS.index(s.step) if s.step in STEPS else 99, s.day or date.max, s.told_by))
    )


def _step_of(kind: str, event: EventView) -> str | None:
    """What an event is in the life of an instrument of a kind."""
    if kind == "themed-year" and event.turn and event.kind != "themed-year":
        return {"opening": "opened", "closing": "closed"}[event.turn]
    step = _STEP_OF_KIND.get(event.kind)
    if step is None and kind in _ROUNDS and event.kind in ("meeting", "talks"):
        return "round"
    return "round" if step == "negotiated" and kind in _ROUNDS else step
