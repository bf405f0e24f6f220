"""Adding one by one, in any order and split, gives the record of the batch."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st
from test_events import collections

from communique.merging.compatible import compatible
from communique.merging.events import Happening, merge, signatures
from communique.merging.incremental import Change, remerge
from communique.merging.mentions import Mention


class Memory:
    """A record in a dictionary."""

    def __init__(self) -> None:
        self.mentions: dict[str, Mention] = {}
        self.events: dict[str, Happening] = {}

    def get(self, ids: Collection[str]) -> Mapping[str, Mention]:
        return {key: self.mentions[key] for key in ids if key in self.mentions}

    def neighbours(self, mentions: Collection[Mention]) -> Iterable[Mention]:
        return [
            other
            for other in self.mentions.values()
            if any(
                compatible(m, other) or set(signatures(m)) & set(signatures(other))
                for m in mentions
                if m.id != other.id
            )
        ]

    def events_of(self, ids: Collection[str]) -> Mapping[str, str]:
        return {key: event.id for event in self.events.values() for key in event.mentions if key in ids}

    def happenings(self, events: Collection[str]) -> Mapping[str, Happening]:
        return {key: self.events[key] for key in events if key in self.events}

    def add(self, new: Iterable[Mention]) -> None:
        new = list(new)
        self.mentions.update((m.id, m) for m in new)
        self.write(remerge(self, [m.id for m in new]))

    def remove(self, old: Collection[Mention]) -> None:
        for mention in old:
            del self.mentions[mention.id]
        self.write(remerge(self, [], old))

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
    for mention in mentions:
        memory.add([mention])
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
