"""Mentions merged part by part: the events of all of them merged at once."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from test_events import collections, mention, person
from test_incremental import daily

from communique.merging.events import Happening, Links, merge
from communique.merging.lookup import Index
from communique.merging.mentions import Mention, Party
from communique.merging.parts import Shard, merge_shard, pack, parts, within
from communique.merging.units import signatures
from communique.merging.view import view

COUNTRIES = ("PER", "LSO", "MLT", "GHA", "TGO", "NOR")
KINDS = ("meeting", "talks", "visit", "call", "signing", "message", "criticism", "dialogue")
PAPERS = (None, None, "fisheries protocol", "protocol on fisheries", "extradition treaty", "fifth strategic dialogue")


def news(seed: int, count: int) -> list[Mention]:
    """Mentions of all kinds between several countries over two years: with days, a month, none, in copies."""
    chance = random.Random(seed)
    made = []
    for i in range(count):
        day = date(2022, 1, 1) + timedelta(days=chance.randrange(700))
        draw = chance.random()
        start, end = (day, day + timedelta(days=chance.choice((0, 0, 0, 3))))
        if draw < 0.1:
            start, end = day.replace(day=1), day.replace(day=28)
        parties = tuple(
            chance.choice((Party(c.title(), "state", c), person(f"{chance.choice('AB')}na {c.title()}ova", c)))
            for c in chance.sample(COUNTRIES, chance.choice((1, 2, 2, 3)))
        )
        if chance.random() < 0.1:
            parties = (Party("Harbour Union", "organisation", None), *parties[: chance.randrange(2)])
        made.append(
            mention(
                f"{chance.randrange(10**6):06d}/{i}", kind=chance.choice(KINDS), parties=parties,
                start=None if draw > 0.75 else start, end=None if draw > 0.75 else end,
                modality=chance.choice(("occurred", "occurred", "planned")), instrument=chance.choice(PAPERS),
                written=day if chance.random() < 0.8 else None, origin=f"o{chance.randrange(count)}",
                sentence=chance.choice((None, f"s{chance.randrange(count // 4)}")),
                place=chance.choice((None, None, "Lima", "Cusco")),
            )
        )  # fmt: skip
    return made


def corrections(mentions: list[Mention], seed: int) -> Links:
    chance = random.Random(seed)
    pairs = [tuple(sorted(chance.sample([m.id for m in mentions], 2))) for _ in range(6)]
    return Links(frozenset(pairs[:3]), frozenset(pairs[3:]))  # type: ignore[arg-type]


def in_parts(mentions: list[Mention], links: Links, size: int) -> tuple[Happening, ...]:
    """The events of mentions merged in shards, those put together by id; their views are those of the whole."""
    by_id = {m.id: m for m in mentions}
    found = []
    for ids in pack(parts(mentions, links.must), size):
        for event, shown in merge_shard(Shard("s", tuple(by_id[key] for key in ids), within(links, ids))):
            assert shown == view(event, by_id)
            found.append(event)
    return tuple(sorted(found, key=lambda event: event.id))


@pytest.mark.parametrize("seed", range(20))
def test_parts_give_the_events_of_the_whole(seed: int) -> None:
    mentions = news(seed, 250)
    chance = random.Random(seed)
    links = corrections(mentions, seed) if seed % 2 else Links()
    expected = merge(mentions, links)
    chance.shuffle(mentions)
    assert in_parts(mentions, links, chance.choice((1, 20, 90))) == expected


@given(collections())
@settings(max_examples=100, deadline=None)
def test_parts_of_any_mentions_give_the_events_of_the_whole(mentions: list[Mention]) -> None:
    assert in_parts(mentions, Links(), 1) == merge(mentions)


@pytest.mark.parametrize("seed", range(4))
def test_days_that_hang_together_are_one_part_and_give_the_events_of_the_whole(seed: int) -> None:
    mentions = daily(seed, 60)
    links = corrections(mentions, seed)
    assert in_parts(mentions, links, 1) == merge(mentions, links)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_looked_up_for_a_mention_is_in_its_part(seed: int) -> None:
    mentions = news(seed, 200)
    found = parts(mentions)
    part_of = {key: part for part in found for key in part}
    assert sorted(part_of) == sorted(m.id for m in mentions)
    index = Index(mentions)
    for one in mentions:
        near = set(index.near(one)) | {m.id for m in mentions if set(signatures(m)) & set(signatures(one))}
        assert near <= set(part_of[one.id])
    assert len(found) > 10


def test_no_part_could_be_made_smaller() -> None:
    day = date(2023, 3, 7)
    chain = [mention(f"{n}/0", start=day + timedelta(days=2 * n)) for n in range(4)]
    far = mention("far/0", start=day + timedelta(days=40))
    assert parts([*chain, far]) == [("0/0", "1/0", "2/0", "3/0"), ("far/0",)]
    assert parts([*chain[:1], *chain[2:], far]) == [("0/0",), ("2/0", "3/0"), ("far/0",)]
    unbounded = mention("any/0", start=None, end=None)
    assert parts([*chain, far, unbounded]) == [("0/0", "1/0", "2/0", "3/0", "any/0", "far/0")]
    assert len(parts([chain[0], far], [("0/0", "far/0")])) == 1


def test_shards_are_filled_with_whole_parts_the_largest_first() -> None:
    found = [tuple(f"{name}{n}" for n in range(size)) for name, size in (("a", 2), ("b", 9), ("c", 3), ("d", 1))]
    assert [len(shard) for shard in pack(found, 4)] == [9, 3, 3]
    assert pack([], 4) == []
