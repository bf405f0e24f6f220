"""Shards on one machine: in this process, or in worker processes that are replaced when they die."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol, TypeVar

S = TypeVar("S")
R = TypeVar("R")
Given = TypeVar("Given", contravariant=True)
Made = TypeVar("Made", covariant=True)
_VAIN = 3  # deaths in a row that are no document's fault, after which a shard is given up


class Task(Protocol[Given, Made]):
    """What is done with each shard, in whatever process: a pure function that can be sent to it."""

    def __call__(self, shard: Given, /) -> Made: ...

    def name(self, shard: Given, /) -> str:
        """What tells the shard from the others."""

    def deaths(self, shard: Given, /) -> int:
        """How many processes died so far at something in the shard that the task will pass over in the end."""

    def given_up(self, shard: Given, how: str, /) -> Made:
        """What stands for the result of a shard at which processes die without end; or raises."""


def in_process(shards: Iterable[S], task: Task[S, R]) -> Iterator[tuple[S, R]]:
    """One after the other."""
    for shard in shards:
        yield shard, task(shard)


def in_pool(shards: Iterable[S], task: Task[S, R], jobs: int) -> Iterator[tuple[S, R]]:
    """In `jobs` processes, as they are finished. A worker has a pool of its own, so its death is nobody else's."""
    workers = threading.local()
    made: list[_Worker] = []

    def work(shard: S) -> tuple[S, R]:
        if not hasattr(workers, "own"):
            workers.own = _Worker()
            made.append(workers.own)
        return shard, workers.own.run(task, shard)

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

    def run(self, task: Task[Any, R], shard: Any) -> R:
        vain = 0
        while True:
            before = task.deaths(shard)
            try:
                return self._running().submit(task, shard).result()
            except BrokenProcessPool:
                self.close()
            vain = 0 if task.deaths(shard) > before else vain + 1
            if vain == _VAIN:
                return task.given_up(shard, f"{_VAIN} processes died")

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
