"""Runs that are killed, and writers that write at once: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_record import account
from writer import reports

from communique.store import Record

HERE = Path(__file__).resolve().parent
KILLS = int(os.environ.get("COMMUNIQUE_KILLS", "6"))


def start(where: str, seed: int, count: int, batch: int, how: str = "add") -> subprocess.Popen[bytes]:
    paths = [str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, HERE / "writer.py", where, str(seed), str(count), str(batch), how]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def expected(tmp_path: Path, count: int) -> list[object]:
    with Record.open(tmp_path / "whole.db") as record:
        record.add(reports(count))
        return list(account(record))


@pytest.mark.slow
@pytest.mark.parametrize("how", ["add", "load"])
def test_a_run_killed_at_any_point_loses_and_doubles_nothing(where: str, tmp_path: Path, how: str) -> None:
    chance = random.Random(20)
    count = 60
    Record.open(where).close()
    for n in range(KILLS):
        process = start(where, n, count, 2, how)
        time.sleep(chance.uniform(0.3, 1.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stderr.close()  # type: ignore[union-attr]
    process = start(where, 99, count, 20, how)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()
    with Record.open(where) as record:
        assert list(account(record)) == expected(tmp_path, count)


@pytest.mark.slow
def test_two_writers_make_the_record_of_one(where: str, tmp_path: Path) -> None:
    count = 45
    writers = [start(where, seed, count, 3) for seed in (1, 2)]
    for process in writers:
        _, errors = process.communicate(timeout=180)
        assert process.returncode == 0, errors.decode()
    with Record.open(where) as record:
        assert list(account(record)) == expected(tmp_path, count)
