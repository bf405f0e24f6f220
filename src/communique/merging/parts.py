"""Mentions in parts that merging never compares with each other: each part can be merged by itself, anywhere.

A part is a connected component under all that brings two mentions together: a blocking key and days in reach, a word
of an instrument's name, a signature, a correction. So the events of all mentions are those of the parts, put together.
In a large record a part is often all that a family of kinds has: news has no gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from communique.merging.events import Happening, merge
from communique.merging.groups import components
from communique.merging.lookup import keys, reach, word_keys
from communique.merging.mentions import Mention
from communique.merging.units import NO_LINKS, Links, signatures
from communique.merging.view import EventView, view

_ALWAYS = (0, 1 << 40)  # the reach of a mention that nothing bounds


@dataclass(frozen=True, slots=True)
class Shard:
    """Whole parts, with all that merging them needs. `sources` names the sources of families, as `view` takes them."""

    name: str
    mentions: tuple[Mention, ...]
    links: Links = NO_LINKS
    sources: Mapping[str, str] = field(default_factory=dict)


Merged = tuple[tuple[Happening, EventView], ...]


def merge_shard(shard: Shard) -> Merged:
    """The events of a shard, by id, each with its view."""
    mentions = {mention.id: mention for mention in shard.mentions}
    return tuple((event, view(event, mentions, shard.sources)) for event in merge(shard.mentions, shard.links))


def parts(mentions: Iterable[Mention], together: Iterable[tuple[str, str]] = ()) -> list[tuple[str, ...]]:
    """The ids of mentions in parts, each sorted, sorted by their first id.

    `together` are pairs that stay in one part: what corrections join. Holds no mention longer than it looks at it.
    """
    ids: list[str] = []
    at_key: dict[str, list[tuple[int, int, str]]] = {}  # first and last day of the reach, id
    alike: dict[object, str] = {}  # signature or word of a name -> the first mention that has it
    pairs: list[tuple[str, str]] = []
    for mention in mentions:
        ids.append(mention.id)
        days = reach(mention) or _ALWAYS
        for key in keys(mention):
            at_key.setdefault(key, []).append((*days, mention.id))
        for mark in (*word_keys(mention), *signatures(mention)):
            pairs.append((alike.setdefault(mark, mention.id), mention.id))
    for entries in at_key.values():
        pairs += _overlapping(sorted(entries))
    known = set(ids)
    pairs += [pair for pair in together if known.issuperset(pair)]
    return components(ids, pairs)


def _overlapping(entries: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    """Pairs that connect all of these, sorted by first day, that overlap."""
    farthest = entries[0]
    for entry in entries[1:]:
        if entry[0] <= farthest[1]:
            yield farthest[2], entry[2]
        if entry[1] > farthest[1]:
            farthest = entry


def pack(found: Iterable[Sequence[str]], size: int) -> list[tuple[str, ...]]:
    """Parts packed into shards of at most `size` mentions, the largest first; a larger part is a shard of its own."""
    packed: list[tuple[str, ...]] = []
    held: list[str] = []
    for part in sorted(found, key=lambda part: (-len(part), part[0])):
        if held and len(held) + len(part) > size:
            packed.append(tuple(held))
            held = []
        held += part
    return [*packed, tuple(held)] if held else packed


def within(links: Links, ids: Iterable[str]) -> Links:
    """What corrections say of these mentions among themselves."""
    inside = frozenset(ids)
    must, cannot = (
        frozenset(pair for pair in pairs if inside.issuperset(pair)) for pairs in (links.must, links.cannot)
    )
    return Links(must, cannot)
