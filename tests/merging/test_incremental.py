"""Adding one by one, in any order and split, gives the record of the batch."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_events import LEKOETJE, QUISPE, collections, mention, person

from communique.merging.compatible import compatible
from communique.merging.events import Happening, Links, merge
from communique.merging.incremental import Change, remerge
from communique.merging.mentions import Mention, Party
from communique.merging.units import signatures


class Memory:
    """A record in a dictionary."""

    def __init__(self) -> None:
        self.mentions: dict[str, Mention] = {}
        self.events: dict[str, Happening] = {}
        self.links = Links()

    def get(self, ids: Collection[str]) -> Mapping[str, Mention]:
        return {key: self.mentions[key] for key in ids if key in self.mentions}

    def neighbours(self, mentions: Collection[Mention], which: str = "all") -> Iterable[Mention]:
        return [
            other
            for other in self.mentions.values()
            if which in ("all", "sharp" if other.is_sharp else "vague")
            and any(
                compatible(m, other) or set(signatures(m)) & set(signatures(other))
                for m in mentions
                if m.id != other.id
            )
        ]

    def twins(self, mentions: Collection[Mention]) -> Iterable[Mention]:
        return [m for m in self.neighbours(mentions) if any(m.sentence == other.sentence for other in mentions)]

    def events_of(self, ids: Collection[str]) -> Mapping[str, str]:
        return {key: event.id for event in self.events.values() for key in event.mentions if key in ids}

    def happenings(self, events: Collection[str]) -> Mapping[str, Happening]:
        return {key: self.events[key] for key in events if key in self.events}

    def add(self, new: Iterable[Mention]) -> None:
        new = list(new)
        self.mentions.update((m.id, m) for m in new)
        self.write(remerge(self, [m.id for m in new], links=self.links))

    def remove(self, old: Collection[Mention]) -> None:
        held = self.events_of([m.id for m in old])
        for one in old:
            del self.mentions[one.id]
        left = {key: self.left(event) for key, event in self.events.items()}
        self.events = {key: event for key, event in left.items() if event}
        self.write(remerge(self, [], {m.id: (m, held[m.id]) for m in old}, self.links))

    def left(self, event: Happening) -> Happening | None:
        """The event without the mentions that are there no more: what a database has of it."""
        stay = tuple(key for key in event.mentions if key in self.mentions)
        return replace(event, mentions=stay, vague=tuple(k for k in event.vague if k in stay)) if stay else None

    def write(self, change: Change) -> None:
        for key, _ in change.gone:
            self.events.pop(key, None)
        self.events.update((event.id, event) for event in change.events)

    def record(self) -> list[Happening]:
        return sorted(self.events.values(), key=lambda event: event.id)


@given(collections(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_one_by_one_in_any_order_gives_the_record_of_the_batch(mentions: list[Mention], chance: random.Random) -> None:
    chance.shuffle(mentions)
    memory = Memory()
    for one in mentions:
        memory.add([one])
    assert memory.record() == list(merge(mentions))


@given(collections(), st.randoms(use_true_random=False), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_any_split_gives_the_record_of_the_batch(mentions: list[Mention], chance: random.Random, size: int) -> None:
    chance.shuffle(mentions)
    memory = Memory()
    for i in range(0, len(mentions), size):
        memory.add(mentions[i : i + size])
    assert memory.record() == list(merge(mentions))


@given(collections(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_what_is_taken_out_leaves_no_trace(mentions: list[Mention], chance: random.Random) -> None:
    memory = Memory()
    memory.add(mentions)
    out = [m for m in mentions if chance.random() < 0.4]
    memory.remove(out)
    assert memory.record() == list(merge(m for m in mentions if m not in out))


def daily(seed: int, count: int) -> list[Mention]:
    """Mentions of the same people's meetings day after day for a month: all of them hang together."""
    chance = random.Random(seed)
    made = []
    for i in range(count):
        day = date(2023, 3, 1) + timedelta(days=chance.randrange(30))
        draw = chance.random()
        start, end = (
            (None, None) if draw < 0.15 else (day, day + timedelta(days=int(draw > 0.8) * chance.randrange(1, 8)))
        )
        peru = chance.choice([QUISPE, QUISPE, person("Quispe", "PER"), Party("Peru", "state", "PER")])
        made.append(
            mention(
                f"{chance.randrange(10**6):06d}/{i}", start=start, end=end, parties=(peru, LEKOETJE), written=day,
                origin=f"o{chance.randrange(count)}", sentence=chance.choice([None, f"s{chance.randrange(5)}"]),
            )
        )  # fmt: skip
    return made


@pytest.mark.parametrize("seed", range(12))
def test_days_that_hang_together_for_a_month_give_the_record_of_the_batch(seed: int) -> None:
    mentions = daily(seed, 40)
    chance = random.Random(seed)
    pairs = [tuple(sorted(chance.sample([m.id for m in mentions], 2))) for _ in range(4)]
    memory = Memory()
    memory.links = Links(frozenset(pairs[:2]), frozenset(pairs[2:])) if seed % 2 else Links()  # type: ignore[arg-type]
    for one in mentions:
        memory.add([one])
    assert memory.record() == list(merge(mentions, memory.links))
    moved = [replace(m, origin="o0") for m in chance.sample(mentions, 5)]  # they turn out to be copies of others
    mentions = [next((n for n in moved if n.id == m.id), m) for m in mentions]
    memory.add(moved)
    assert memory.record() == list(merge(mentions, memory.links))
    out = chance.sample(mentions, 12)
    for one in out:
        memory.remove([one])
    assert memory.record() == list(merge((m for m in mentions if m not in out), memory.links))
