"""The results of an archive into a record, merged by several processes: the same record, whoever dies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from made import collection
from nodes import Nodes
from test_record import account
from writer import reports

from communique.cluster.load import add_results
from communique.errors import InputError, RecordError
from communique.export.json import to_json
from communique.store import Record, setup

setup.prepare()
from communique.store import bulk  # noqa: E402

KILLERS = Path(__file__).parent / "killers"
EVERY = [*collection(), *reports(48)]


@pytest.fixture
def results(tmp_path: Path) -> list[str]:
    """Two folders of results."""
    folders = [tmp_path / "first", tmp_path / "second"]
    for n, folder in enumerate(folders):
        folder.mkdir()
        codings = EVERY[n::2]
        (folder / "a.jsonl").write_bytes(b"".join(to_json(coding) + b"\n" for coding in codings))
        told = {"coded": len(codings), "failures": [], "left_out": [], "quarantined": []}
        (folder / "a.told.json").write_text(json.dumps(told))
    return [str(folder) for folder in folders]


@pytest.fixture
def deaths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder: for each file in it a worker dies while it merges. Every part is a shard."""
    monkeypatch.setattr(bulk, "SIZE", 1)
    monkeypatch.setenv("PYTHONPATH", str(KILLERS), prepend=os.pathsep)
    folder = tmp_path / "deaths"
    folder.mkdir()
    monkeypatch.setenv("COMMUNIQUE_DEATHS", str(folder))
    return folder


def by_adding(tmp_path: Path) -> object:
    with Record.open(tmp_path / "added.db") as record:
        record.add(EVERY)
        return account(record)


def test_an_empty_record_is_filled_by_a_load_and_a_larger_one_added_to(
    results: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    how: list[str] = []
    for name in ("load", "add"):
        does = getattr(Record, name)
        monkeypatch.setattr(Record, name, lambda *a, _n=name, _d=does, **o: (how.append(_n), _d(*a, **o))[1])
    with Record.open(tmp_path / "record.db") as record:
        assert add_results(record, results[:1]).added == 30
        assert add_results(record, results).added == 30
        assert add_results(record, results[1:]).skipped == 30
        assert how == ["load", "add", "add"]
        assert account(record) == by_adding(tmp_path)


def test_a_folder_without_results_is_called_out_before_anything_is_written(results: list[str], tmp_path: Path) -> None:
    with Record.open(tmp_path / "record.db") as record, pytest.raises(InputError, match="no results"):
        add_results(record, [*results, str(tmp_path)])
    with Record.open(tmp_path / "record.db") as record:
        assert record.size() == 0


def test_the_command_adds_folders_with_several_processes(results: list[str], tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "communique", "add", *arguments, "--record", str(tmp_path / "record.db")]
        return subprocess.run(command, capture_output=True, check=False, timeout=300)

    done = run("--coded", *results, "--jobs", "2")
    assert (done.returncode, done.stderr) == (0, b"communique: 60 reports added\n")
    assert run("--coded", results[0]).stderr == b"communique: 0 reports added, 30 were in the record\n"
    with Record.open(tmp_path / "record.db") as record:
        assert account(record) == by_adding(tmp_path)
    refused = run("sample:accra-visit.txt", "--jobs", "2")
    assert refused.returncode == 2
    assert b"--coded" in refused.stderr


@pytest.mark.slow
def test_workers_of_a_pool_that_die_while_they_merge_change_nothing(
    results: list[str], deaths: Path, tmp_path: Path
) -> None:
    for n in range(3):
        (deaths / str(n)).touch()
    with Record.open(tmp_path / "record.db") as record:
        assert add_results(record, results, jobs=2).added == len(EVERY)
        assert list(deaths.iterdir()) == []
        assert record.waiting() == 0
        assert account(record) == by_adding(tmp_path)


@pytest.mark.slow
def test_where_workers_die_without_end_the_reports_are_kept_and_merged_later(
    results: list[str], deaths: Path, tmp_path: Path
) -> None:
    for n in range(99):
        (deaths / str(n)).touch()
    with Record.open(tmp_path / "record.db") as record:
        with pytest.raises(RecordError, match="3 processes died"):
            add_results(record, results, jobs=2)
        assert record.size() == len(EVERY)
        assert record.waiting() > 0
        done = add_results(record, results)
        assert (done.added, done.skipped, record.waiting()) == (0, len(EVERY), 0)
        assert account(record) == by_adding(tmp_path)


@pytest.mark.slow
def test_a_cluster_whose_worker_dies_merges_the_same(
    results: list[str], deaths: Path, tmp_path: Path, nodes: Nodes
) -> None:
    nodes.add()
    nodes.add()
    (deaths / "once").touch()
    with Record.open(tmp_path / "record.db") as record:
        add_results(record, results, cluster=nodes.address)
        assert list(deaths.iterdir()) == []
        assert account(record) == by_adding(tmp_path)
