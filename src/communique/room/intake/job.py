"""The process that adds reports: `python -m communique.room.intake.job`, told on standard input what to do.

It fetches what is to be fetched, then runs `communique add` on the files, and writes down how it went. It is a process
of its own, so that a page that takes long or kills the coder harms no reader.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from communique.errors import InputError

LONGEST = 3600  # seconds for all the files of one job


def run(task: dict[str, Any]) -> None:
    """Do one job: `where` the record is, `job` its number, `folder` its files, `addresses` to fetch, `feed`."""
    from communique.room import project

    project.open_room(task["where"])
    from communique.room.models import Feed, Job  # only an open room has tables

    rows = Job.objects.filter(id=task["job"])
    rows.update(state="working")
    folder = Path(task["folder"])
    said: list[str] = []
    try:
        said += _fetch(folder, task["addresses"])
        if task.get("feed"):
            Feed.objects.filter(url=task["feed"]).update(fetched=datetime.now(UTC))
        files = sorted(p.name for p in folder.iterdir() if p.is_file())
        good, words = True, ""
        if files:
            good, words = _add(folder, files, task["where"])
            said.append(words)
        rows.update(
            state="done" if files and (good or "reports added" in words) else "failed",
            said="\n".join(said), ended=datetime.now(UTC),
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        rows.update(state="failed", said="\n".join([*said, str(error)]), ended=datetime.now(UTC))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fetch(folder: Path, addresses: list[str]) -> list[str]:
    """Fetch pages into the folder; what went wrong, a line each."""
    from communique.room.intake.fetching import as_file, fetch

    wrong = []
    for n, address in enumerate(addresses, 1):
        try:
            ending, body = as_file(fetch(address))
        except InputError as error:
            wrong.append(str(error))
            continue
        (folder / f"page-{n:03d}{ending}").write_bytes(body)
    return wrong


def _add(folder: Path, files: list[str], where: str) -> tuple[bool, str]:
    """Run `communique add` in the folder; whether it went well, and what it said."""
    record = where if "://" in where else str(Path(where).resolve())
    done = subprocess.run(
        [sys.executable, "-m", "communique", "add", *files], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "COMMUNIQUE_RECORD": record, "NO_COLOR": "1"}, timeout=LONGEST, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    lines = [line.removeprefix("communique: ") for line in done.stderr.splitlines() if line.startswith("communique: ")]
    return done.returncode == 0, "\n".join(lines) or f"ended with {done.returncode}"


if __name__ == "__main__":
    run(json.load(sys.stdin))
