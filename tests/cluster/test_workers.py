"""Workers and whole nodes that die, and a document that kills them: nothing else is lost, the bytes are the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from nodes import Nodes, kill_group, wait_for

from communique.cluster import shards
from communique.cluster.run import ArchiveRun
from communique.settings import DEFAULT

pytestmark = [pytest.mark.model, pytest.mark.slow]

KILLERS = Path(__file__).parent / "killers"
REPORT = "ACCRA - Ghana's foreign minister met the foreign minister of Togo in Accra on {} May 2023.{}\n"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ten documents in five shards. Workers, not this process, are slowed or killed by some words (`killers`)."""
    monkeypatch.setattr(shards, "FILES", 2)
    monkeypatch.setenv("PYTHONPATH", str(KILLERS), prepend=os.pathsep)
    folder = tmp_path / "archive"
    folder.mkdir()
    for n in range(1, 11):
        (folder / f"{n:02}.txt").write_text(REPORT.format(n, " The talks were ponderous."))
    return folder


@pytest.fixture
def whole(archive: Path, tmp_path: Path) -> dict[str, bytes]:
    """What one process makes of it."""
    run = ArchiveRun([str(archive)], tmp_path / "single")
    assert len(list(run)) == 5
    return results(run)


def results(run: ArchiveRun) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in run.results}


def poison(archive: Path, word: str = "poisonous") -> None:
    """One more document, in a shard with a harmless one."""
    (archive / "11.txt").write_text(REPORT.format(11, f" The talks were {word}."))
    (archive / "12.txt").write_text(REPORT.format(12, ""))


def lines(found: dict[str, bytes]) -> int:
    return sum(len(data.splitlines()) for data in found.values())


@pytest.mark.parametrize("word", ["poisonous", "venomous"])  # kills where it is coded; where several are parsed
def test_a_pool_gives_the_bytes_of_one_process_and_quarantines_what_kills(
    archive: Path, whole: dict[str, bytes], tmp_path: Path, word: str
) -> None:
    poison(archive, word)
    run = ArchiveRun([str(archive)], tmp_path / "pool", jobs=2)
    assert len(list(run)) == 6
    found = results(run)
    assert found.items() >= whole.items()
    assert lines(found) == 11
    assert [Path(where).name for where in run.told.quarantined] == ["11.txt"]


def test_a_run_that_was_killed_goes_on_where_it_was(archive: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "killed"
    code = (
        "import sys; from pathlib import Path; from communique.cluster import shards; shards.FILES = 2\n"
        "from communique.cluster.run import ArchiveRun\n"
        "if __name__ == '__main__':\n    list(ArchiveRun([sys.argv[1]], Path(sys.argv[2])))"
    )
    running = subprocess.Popen([sys.executable, "-c", code, str(archive), str(out)])
    wait_for(lambda: len(list(out.glob("*.jsonl"))) >= 1)
    running.kill()
    running.wait()
    run = ArchiveRun([str(archive)], out)
    assert 1 <= len(run.finished) < 5
    assert len(list(run)) == 5 - len(run.finished)
    assert results(run) == whole


# --- a cluster: a scheduler and nodes in processes of their own ------------------------------------------------------


def test_a_cluster_that_loses_a_worker_and_a_node_gives_the_bytes_of_one_process(
    archive: Path, whole: dict[str, bytes], tmp_path: Path, nodes: Nodes
) -> None:
    first, _ = nodes.add(), nodes.add()
    wait_for(lambda: len(nodes.workers()) == 2)
    run = ArchiveRun([str(archive)], tmp_path / "cluster", DEFAULT, cluster=nodes.address)
    done = iter(run)
    next(done)
    os.kill(nodes.workers()[0], signal.SIGKILL)  # its nanny starts another
    next(done)
    kill_group(first)  # a whole node, for good
    assert len(list(done)) == 3
    assert results(run) == whole
    assert run.told.failures == ()


def test_a_document_that_kills_workers_of_a_cluster_is_quarantined_and_nothing_else_lost(
    archive: Path, whole: dict[str, bytes], tmp_path: Path, nodes: Nodes
) -> None:
    poison(archive)
    nodes.add()
    nodes.add()
    run = ArchiveRun([str(archive)], tmp_path / "cluster", DEFAULT, cluster=nodes.address)
    assert len(list(run)) == 6
    found = results(run)
    assert found.items() >= whole.items()
    assert lines(found) == 11
    assert [Path(where).name for where in run.told.quarantined] == ["11.txt"]


def test_a_document_without_end_is_given_up_on_a_cluster_and_nothing_else_lost(
    archive: Path, tmp_path: Path, nodes: Nodes
) -> None:
    (archive / "03.txt").write_text(REPORT.format(3, " The talks were endless."))
    nodes.add()
    run = ArchiveRun([str(archive)], tmp_path / "cluster", replace(DEFAULT, max_seconds=4), cluster=nodes.address)
    assert len(list(run)) == 5
    assert lines(results(run)) == 9
    assert [Path(source).name for source, _ in run.told.failures] == ["03.txt"]
    assert "more than 4 seconds" in run.told.failures[0][1]
    assert run.told.quarantined == ()
