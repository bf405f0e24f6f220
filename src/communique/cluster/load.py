"""The results of an archive into a record; where they outnumber what it holds, merged in shards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.cluster.results import codings_in, counted_in
from communique.cluster.run import spread
from communique.errors import RecordError
from communique.merging.parts import Merged, Shard, merge_shard
from communique.store import Added, Record

BATCH = 500  # reports that are added to a larger record at a time


@dataclass(frozen=True, slots=True)
class Merge:
    """`merge_shard` as a task. It reads and writes nothing, so a worker that dies is only replaced."""

    def __call__(self, shard: Shard, /) -> Merged:
        return merge_shard(shard)

    def name(self, shard: Shard, /) -> str:
        return shard.name

    def deaths(self, shard: Shard, /) -> int:
        return 0

    def given_up(self, shard: Shard, how: str, /) -> Merged:
        raise RecordError(
            f"cannot merge {len(shard.mentions):,} mentions: {how} at it. Is memory short? All reports are in the "
            "record; the same command again, with fewer --jobs, merges them."
        )


def add_results(
    record: Record, folders: Sequence[str], *, text: bool = True, jobs: int = 1, cluster: str | None = None
) -> Added:
    """Add the codings in folders of results. `jobs` and `cluster` are those of an `ArchiveRun`.

    Where most of them must be new and outnumber what the record has, or where mentions wait to be merged, all are
    written and then merged together.
    """
    codings, what = codings_in(folders), " ".join(folders)
    if record.waiting() or counted_in(folders) > 2 * record.size():
        return record.load(
            codings, text=text, what=what, merger=lambda shards: spread(shards, Merge(), jobs=jobs, cluster=cluster)
        )
    return record.add(codings, text=text, what=what, batch=BATCH)
