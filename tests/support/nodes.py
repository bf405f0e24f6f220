"""A Dask cluster in processes of its own, to kill."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


class Nodes:
    """A Dask scheduler and nodes, each a nanny with one worker, in process groups of their own."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self.started: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--no-show")
        wait_for(self.file.exists)

    def add(self) -> subprocess.Popen[bytes]:
        return self._start("worker", "--host", "127.0.0.1", "--nworkers", "1", "--nthreads", "1", "--no-dashboard")

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + what, "--scheduler-file", str(self.file), *options]
        started = subprocess.Popen(
            command, start_new_session=True, cwd=self.file.parent,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.started.append(started)
        return started

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text())["address"])

    def workers(self) -> list[int]:
        """The process ids of the workers."""
        import distributed

        with distributed.Client(self.address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            return list(client.run(os.getpid).values())  # type: ignore[no-untyped-call]

    def close(self) -> None:
        for started in self.started:
            kill_group(started)


def kill_group(started: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)
    started.wait()


def wait_for(what: object, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        if time.monotonic() > end:
            raise TimeoutError("it did not happen")
        time.sleep(0.1)
