"""The help of each command: an example of its own that runs, and a line in the reference."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from communique.cli.app import app

ROOT = Path(__file__).resolve().parents[2]


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Name and help of every command."""
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, (*path, name))
    if not hasattr(command, "commands"):
        yield " ".join(path), command.help or ""


HELP = dict(_commands(typer.main.get_command(app)))


def _examples(name: str) -> list[str]:
    return re.findall(r"^.*?:  (communique .*)$", HELP[name], re.MULTILINE)


@pytest.mark.parametrize("name", HELP)
def test_the_help_of_each_command_has_an_example_of_it(name: str) -> None:
    assert any(example.startswith(f"communique {name}") for example in _examples(name))


def test_each_command_stands_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    said = " ".join(re.findall(r"^\| `communique .*", page, re.MULTILINE))
    assert [name for name in HELP if f"`communique {name}" not in said] == []


class Desk:
    """A folder in which the examples run one after the other, as a reader of the help would run them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environment = {**os.environ, "NO_COLOR": "1"}
        self._environment["PATH"] = f"{Path(sys.executable).parent}:{self._environment['PATH']}"
        shutil.copytree(ROOT / "samples", folder / "samples")
        shutil.copytree(ROOT / "samples", folder / "reports")
        (folder / "password.txt").write_text("four quiet herons\n")
        (folder / "Phoenix.Countries.actors.txt").write_text("GHANA_ [GHA]\n")
        (folder / "Phoenix.agents.txt").write_text("ENVOY_ [~GOV]\n")
        assert self.run("communique add reports --record ghana.db").returncode == 0
        self.events = [str(row["id"]) for row in self._rows("communique events --record ghana.db --format jsonl")]

    def run(self, command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self._environment, capture_output=True, check=False
        )

    def _rows(self, command: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run(command).stdout.splitlines()]

    def filled(self, example: str) -> str:
        """The example with ids in place of the words that stand for them."""
        if "CORRECTION_ID" in example:
            corrections = self._rows("communique correct list --record ghana.db --format jsonl")
            example = example.replace("CORRECTION_ID", str(corrections[0]["id"]))
        if "MENTION_ID" in example:
            example = example.replace("MENTION_ID", self._mention())
        if "REPORT_ID" in example:
            found = self._rows("communique search Nairobi --record ghana.db --format jsonl")
            example = example.replace("REPORT_ID", str(found[0]["id"]))
        return example.replace("OTHER_ID", self.events[1]).replace("EVENT_ID", self.events[0])

    def _mention(self) -> str:
        """A mention of an event that has others."""
        done = self.run("communique export --record ghana.db --table mentions --format csv")
        rows = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
        counts = [row["event_id"] for row in rows]
        return next(row["mention_id"] for row in rows if counts.count(row["event_id"]) > 1)


_LAST = ("accounts close", "correct export", "evaluate", "attach", "remove")  # what needs or undoes the others' work
_UNTIL_STOPPED = ("room", "watch")  # and they have tests of their own


@pytest.mark.model
@pytest.mark.slow
def test_every_example_in_the_help_runs(tmp_path: Path) -> None:
    if importlib.util.find_spec("ninja") is None:
        pytest.skip("the reading room needs more: pip install 'communique[room]'")
    desk = Desk(tmp_path)
    names = [*(name for name in HELP if name not in (*_LAST, *_UNTIL_STOPPED)), *_LAST]
    wrong = []
    for name in names:
        for example in _examples(name):
            done = desk.run(desk.filled(example))
            if done.returncode:
                wrong.append((example, done.stderr.decode()[-300:]))
    assert wrong == []
