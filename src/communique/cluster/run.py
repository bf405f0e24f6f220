"""A run over an archive: its shards coded by whoever is there, and what is to be told of it at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from communique.cluster.local import R, S, Task, in_pool, in_process
from communique.cluster.shards import Shard, cut
from communique.cluster.work import RESULT, TOLD, Code, Told, read_told
from communique.settings import DEFAULT, Settings


def spread(
    shards: Sequence[S], task: Task[S, R], *, jobs: int = 1, cluster: str | None = None
) -> Iterator[tuple[S, R]]:
    """Shards with what the task made of them, as they are finished: on a cluster, in a pool, or in this process."""
    if cluster:
        from communique.cluster.dask import on_cluster

        return on_cluster(shards, task, cluster)
    if jobs > 1 and len(shards) > 1:
        return in_pool(shards, task, jobs)
    return in_process(shards, task)


class ArchiveRun:
    """One pass over an archive. Iterate over it, then read `told`; stopped anywhere, a new one goes on."""

    def __init__(
        self,
        paths: Sequence[str],
        folder: Path,
        settings: Settings = DEFAULT,
        *,
        jobs: int = 1,
        cluster: str | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> None:
        """`columns` names the columns of tables. `cluster` is the address of a Dask scheduler; without it `jobs`
        processes of this machine do the work.
        """
        self.folder = folder
        self.settings = replace(settings, codebook=tuple(path.resolve() for path in settings.codebook))
        self.shards = cut([os.path.abspath(path) for path in paths], self.settings, columns=columns)
        self.finished = [shard for shard in self.shards if (folder / (shard.name + RESULT)).exists()]
        self._given_up: dict[str, Told] = {}
        self._jobs = jobs
        self._cluster = cluster

    def __iter__(self) -> Iterator[Shard]:
        """Each shard that was not finished yet, when it is."""
        folder = self.folder
        folder.mkdir(parents=True, exist_ok=True)
        left = [shard for shard in self.shards if shard not in set(self.finished)]
        task = Code(folder.resolve(), self.settings)
        for shard, told in spread(left, task, jobs=self._jobs, cluster=self._cluster):
            if not (folder / (shard.name + RESULT)).exists():
                self._given_up[shard.name] = told
            yield shard

    @property
    def results(self) -> list[Path]:
        """The files of results that are there, in the order of the archive."""
        paths = [self.folder / (shard.name + RESULT) for shard in self.shards]
        return [path for path in paths if path.exists()]

    @property
    def told(self) -> Told:
        """How all shards went together, those of earlier runs too."""
        each = [
            read_told(self.folder / (shard.name + TOLD))
            for shard in self.shards
            if (self.folder / (shard.name + RESULT)).exists()
        ]
        each += self._given_up.values()
        return Told(
            sum(told.coded for told in each),
            tuple(failure for told in each for failure in told.failures),
            tuple(failure for told in each for failure in told.left_out),
            tuple(where for told in each for where in told.quarantined),
        )
