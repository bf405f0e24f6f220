"""Shards on several machines: `code_shard` on Dask distributed. All of them see the archive and the folder of results.

Start workers with one thread each (`dask worker ADDRESS --nworkers 4 --nthreads 1`): a worker then codes one shard at
a time, and when it dies the mark of its document tells which one did it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from communique.cluster.shards import Shard
from communique.cluster.work import DEATHS, Told, code_shard
from communique.errors import MissingExtra, SettingsError
from communique.settings import Settings

_TRIES = 2 * DEATHS  # of a shard that the scheduler gives up as a killer of workers
_WAIT = 30  # seconds for the scheduler to answer


def on_cluster(shards: Sequence[Shard], folder: Path, settings: Settings, address: str) -> Iterator[tuple[Shard, Told]]:
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
        # The folder is told whole: the workers may have been started elsewhere.
        here = str(folder.resolve())
        tries = {shard.name: 0 for shard in shards}

        def submit(shard: Shard) -> Any:
            tries[shard.name] += 1
            key = f"code-{shard.name}-{tries[shard.name]}"
            return client.submit(code_shard, shard, here, settings, key=key, pure=False)

        running = {submit(shard): shard for shard in shards}
        queue = dask.as_completed(list(running), loop=client.loop)
        for future in queue:
            shard = running.pop(future)
            try:
                yield shard, future.result()
            except dask.KilledWorker:  # also of the innocent that waited beside a killer
                if tries[shard.name] >= _TRIES:
                    why = f"cannot code {shard.name}: its workers die before its first document. Is memory short?"
                    yield shard, Told(failures=((shard.name, why),))
                    continue
                again = submit(shard)
                running[again] = shard
                queue.add(again)
