"""Many reports at once: all are written first, batch by batch, and merged at the end in parts that never meet.

A mention that waits has no event. Where a run is killed between writing and merging, the next `merge_waiting` finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from communique.merging.events import Happening
from communique.merging.incremental import Change
from communique.merging.mentions import Mention
from communique.merging.parts import Merged, Shard, merge_shard, pack, parts, within
from communique.merging.units import Links
from communique.store import families, sql, writing
from communique.store.corrections import Overlay
from communique.store.shelf import SqlShelf, decode

Merger = Callable[[Sequence[Shard]], Iterable[tuple[Shard, Merged]]]
"""Merges shards, in any order: each with its events (`communique.merging.parts.merge_shard`)."""

SIZE = 2_000  # mentions in a shard
_READ = 5_000  # mentions that are read at a time


def waiting(alias: str) -> int:
    """How many mentions wait to be merged."""
    ((count,),) = sql.select(alias, "SELECT COUNT(*) FROM mention WHERE event IS NULL")
    return int(count)


def merge_waiting(alias: str, merger: Merger, links: Links, overlay: Overlay, run: str | None) -> None:
    """Merge all parts in which a mention waits, and write their events. Call it in a transaction."""
    held: dict[str, str | None] = {}
    found = parts(_mentions(alias, held), chain(links.must, _of_one_event(held)))
    touched = [part for part in found if any(held[key] is None for key in part)]
    shards = [_shard(alias, ids, links) for ids in pack(touched, SIZE)]
    for shard, merged in merger(shards):
        events = [event for event, _ in merged]
        gone = _gone(events, {m.id: event for m in shard.mentions if (event := held[m.id])})
        writing.write_change(alias, Change(tuple(events), gone), [shown for _, shown in merged], overlay, run)


def merge_here(shards: Iterable[Shard]) -> Iterator[tuple[Shard, Merged]]:
    """In this process, one after the other."""
    for shard in shards:
        yield shard, merge_shard(shard)


def _mentions(alias: str, held: dict[str, str | None]) -> Iterator[Mention]:
    """All mentions, by id; `held` gets the event that each is in."""
    statement = (
        "SELECT m.id, m.event, r.family, CAST(m.said AS text) FROM mention m JOIN report r ON r.id = m.report"
        f" WHERE m.id > %s ORDER BY m.id LIMIT {_READ}"
    )
    last = ""
    while rows := sql.select(alias, statement, [last]):
        for key, event, family, said in rows:
            held[key] = event
            yield replace(decode(said), origin=family)
        last = rows[-1][0]


def _of_one_event(held: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Pairs that connect the mentions of each event: an event is never in two parts."""
    first: dict[str, str] = {}
    for key, event in held.items():
        if event is not None:
            yield first.setdefault(event, key), key


def _shard(alias: str, ids: Sequence[str], links: Links) -> Shard:
    mentions = SqlShelf(alias).get(ids)
    sources = families.sources(alias, {m.origin for m in mentions.values()})
    return Shard(f"{min(ids)}-{len(ids)}", tuple(mentions.values()), within(links, ids), sources)


def _gone(events: Sequence[Happening], before: Mapping[str, str]) -> tuple[tuple[str, str | None], ...]:
    """The events of `before` (mention -> event) that are no more, each with what took its place."""
    now = {key: event.id for event in events for key in event.mentions}
    heirs: dict[str, str] = {}
    for key in sorted(before):
        heirs.setdefault(before[key], now[key])
    kept = {event.id for event in events}
    return tuple((old, now.get(old, heir)) for old, heir in sorted(heirs.items()) if old not in kept)
