"""Shards on one machine: in this process, or in worker processes that are replaced when they die."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from communique.cluster.shards import Shard
from communique.cluster.work import Told, code_shard, deaths
from communique.settings import Settings

_VAIN = 3  # deaths in a row that are no document's fault, after which a shard is given up


def in_process(shards: Sequence[Shard], folder: Path, settings: Settings) -> Iterator[tuple[Shard, Told]]:
    """One after the other."""
    for shard in shards:
        yield shard, code_shard(shard, folder, settings)


def in_pool(shards: Sequence[Shard], folder: Path, settings: Settings, jobs: int) -> Iterator[tuple[Shard, Told]]:
    """In `jobs` processes, as they are finished. A worker has a pool of its own, so its death is nobody else's."""
    workers = threading.local()
    made: list[_Worker] = []

    def work(shard: Shard) -> tuple[Shard, Told]:
        if not hasattr(workers, "own"):
            workers.own = _Worker()
            made.append(workers.own)
        return shard, workers.own.code(shard, folder, settings)

    with ThreadPoolExecutor(jobs) as threads:
        try:
            for done in as_completed([threads.submit(work, shard) for shard in shards]):
                yield done.result()
        finally:
            threads.shutdown(cancel_futures=True)
            for worker in made:
                worker.close()


class _Worker:
    """One process, and the next when it dies."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def code(self, shard: Shard, folder: Path, settings: Settings) -> Told:
        vain = 0
        while True:
            before = deaths(shard, folder).total()
            try:
                return self._running().submit(code_shard, shard, folder, settings).result()
            except BrokenProcessPool:
                self.close()
            vain = 0 if deaths(shard, folder).total() > before else vain + 1
            if vain == _VAIN:
                why = f"cannot code {shard.name}: {_VAIN} processes died before its first document. Is memory short?"
                return Told(failures=((shard.name, why),))

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            start_fresh = multiprocessing.get_context("spawn")  # a fork would copy threads of the language model
            self._pool = ProcessPoolExecutor(1, mp_context=start_fresh, initializer=_go_with, initargs=(os.getpid(),))
        return self._pool


def _go_with(parent: int) -> None:
    """End this worker when the process that started it is gone: a killed run leaves nobody behind."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
