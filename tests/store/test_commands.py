"""The commands that read and correct a record, from a record made without the coder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from made import collection

from communique.store import Record

COMMANDS = ["add", "dossier", "events", "people", "instruments", "digest", "dyads"]


def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "communique", *arguments], capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "160", **env},
    )  # fmt: skip


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("record") / "made.db"
    with Record.open(path) as store:
        store.add(collection())
    return str(path)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    assert f"Example:  communique {command}" in run(command, "--help").stdout


def test_the_record_can_be_named_once_for_all_commands(record: str) -> None:
    done = run("dyads", "PER", "LSO", "--format", "csv", COMMUNIQUE_RECORD=record)
    assert done.stdout.splitlines()[:2] == ["country1,country2,month,type,events", "LSO,PER,2023-03,CONSULT,2"]


def test_a_dossier_reads_like_one(record: str) -> None:
    said = run("dossier", "PER", "LSO", "--record", record).stdout
    assert "Who met whom (3)" in said
    assert "Planned, and not reported since (1)" in said


def test_events_show_with_their_sentences(record: str) -> None:
    rows = json.loads(run("events", "PER", "LSO", "--kind", "meeting", "--record", record, "-f", "json").stdout)
    one = json.loads(run("events", "--show", rows[0]["id"], "--record", record).stdout)
    assert any("Rosa Quispe met Thabo Lekoetje" in sentence["words"] for sentence in one["evidence"])


def test_a_correction_from_the_command_line(record: str) -> None:
    (tea,) = json.loads(run("events", "LSO", "MLT", "--record", record, "-f", "json").stdout)
    done = run("correct", "reject", tea["id"], "--record", record, "--author", "AB", "--reason", "a rehearsal")
    assert done.returncode == 0, done.stderr
    assert run("events", "LSO", "MLT", "--record", record, "-f", "jsonl").stdout == ""
    (gold,) = json.loads(run("correct", "list", "--record", record, "-f", "json").stdout)
    assert (gold["what"], gold["author"], gold["mentions"][0]["kind"]) == ("reject", "AB", "meeting")
    run("correct", "withdraw", done.stdout.strip(), "--record", record)
    assert run("events", "LSO", "MLT", "--record", record, "-f", "jsonl").stdout


def test_a_record_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    done = run("events", "--record", str(tmp_path / "none.db"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no record" in done.stderr
