"""Shards on several machines: the tasks of one machine, on Dask distributed.

To code, all of them must see the archive and the folder of results. Start workers with one thread each (`dask worker
ADDRESS --nworkers 4 --nthreads 1`): a worker then codes one shard at a time, and when it dies the mark of its document
tells which one did it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid4

from communique.cluster.local import R, S, Task
from communique.cluster.work import DEATHS
from communique.errors import MissingExtra, SettingsError

_TRIES = 2 * DEATHS  # of a shard that the scheduler gives up as a killer of workers
_WAIT = 30  # seconds for the scheduler to answer


def on_cluster(shards: Iterable[S], task: Task[S, R], address: str) -> Iterator[tuple[S, R]]:
    """On the cluster whose scheduler is at `address` ("tcp://host:8786"), as they are finished.

    Raises MissingExtra without Dask distributed, SettingsError when the scheduler does not answer.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingExtra(
            "Dask distributed is not installed. Install the extra: pip install 'communique[cluster]'"
        ) from error
    dask: Any = distributed  # it has types for half of itself
    try:
        client = dask.Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SettingsError(f"no cluster answers at {address}. Is `dask scheduler` running there?") from error
    with client:
        tries: dict[str, int] = {}
        run = uuid4().hex[:8]  # two runs may have shards of one name and other contents

        def submit(shard: S) -> Any:
            name = task.name(shard)
            tries[name] = tries.get(name, 0) + 1
            return client.submit(task, shard, key=f"{type(task).__name__}-{run}-{name}-{tries[name]}", pure=False)

        running = {submit(shard): shard for shard in shards}
        queue = dask.as_completed(list(running), loop=client.loop)
        for future in queue:
            shard = running.pop(future)
            try:
                yield shard, future.result()
            except dask.KilledWorker:  # also of the innocent that waited beside a killer
                if tries[task.name(shard)] >= _TRIES:
                    yield shard, task.given_up(shard, "its workers died")
                    continue
                again = submit(shard)
                running[again] = shard
                queue.add(again)
