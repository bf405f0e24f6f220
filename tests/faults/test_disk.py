"""A full disk, a folder that cannot be written to, a run that is killed: a clear line, and nothing lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faults import no_file_over, ordinary_rights, run, small_disk

pytest.importorskip("django", reason="the record needs Django: pip install 'communique[store]'")
pytestmark = pytest.mark.model
SAMPLE = "sample:accra-visit.txt"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of one sample."""
    path = tmp_path_factory.mktemp("record") / "one.db"
    assert run("add", SAMPLE, "--record", path).returncode == 0
    return path


@pytest.fixture
def own(record: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(record, tmp_path / "own.db"))


def events(record: Path) -> bytes:
    done = run("events", "--record", record, "--format", "jsonl")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout
    return done.stdout


@pytest.mark.parametrize("ending", ["jsonl", "xlsx", "csv"])
def test_a_full_disk_leaves_the_file_that_was_there_and_no_part_of_the_new_one(ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"record.{ending}"
    out.write_text("last week's")
    done = run("code", SAMPLE, "-o", out, before=no_file_over(1_000))
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"communique: cannot write {out}: ")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(out.name, "last week's")]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["code", SAMPLE, "-f", "jsonl"], ["code", SAMPLE], ["samples"]], ids=" ".join)
def test_standard_output_on_a_full_disk_is_one_line_and_no_traceback(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "communique", *arguments]
        environment = {**os.environ, "COMMUNIQUE_DEBUG": ""}
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, env=environment)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "communique: cannot read or write the output: No space left on device. "
        "Free space or change the rights, and run it again."
    ]


def test_a_record_on_a_full_disk_keeps_what_it_had_and_the_same_command_goes_on(own: Path) -> None:
    before = events(own)
    done = run("add", "sample:", "--record", own, before=no_file_over(own.stat().st_size + 8_192))
    assert done.returncode == 2
    assert "Is the disk full? What was added before is safe" in done.stderr.decode()
    assert events(own) == before
    assert run("add", "sample:", "--record", own).returncode == 0
    assert len(events(own).splitlines()) > len(before.splitlines())


def test_a_record_on_a_small_file_system_keeps_what_it_had(record: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, f"{record.stat().st_size // 1024 + 60}k"):
        own = Path(shutil.copy(record, disk / "own.db"))
        done = run("add", "sample:", "--record", own)
        assert done.returncode == 2
        assert "Is the disk full?" in done.stderr.decode()
        shutil.copy(own, tmp_path / "moved.db")
    assert events(tmp_path / "moved.db") == events(record)
    again = run("add", "sample:", "--record", tmp_path / "moved.db")
    assert again.returncode == 0, again.stderr.decode()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path, record: Path) -> None:
    fixed = tmp_path / "fixed"
    fixed.mkdir()
    fixed.chmod(0o555)
    for arguments in (
        ["code", SAMPLE, "-o", fixed / "a.jsonl"], ["add", SAMPLE, "--record", fixed / "a.db"],
        ["samples", fixed / "a"], ["codebook", "new", fixed / "a"],
        ["export", "--record", record, "-o", fixed / "a.csv"],
        ["site", fixed / "a", "--record", record],
    ):  # fmt: skip
        done = run(*arguments, before=ordinary_rights)
        assert done.returncode == 2, arguments
        assert str(fixed) in done.stderr.decode()
        assert "Traceback" not in done.stderr.decode()
    assert list(fixed.iterdir()) == []


def test_a_record_in_a_folder_that_cannot_be_written_to_is_read_and_says_why_it_takes_no_more(
    own: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        listed = run("events", "--record", own, "--format", "jsonl", before=ordinary_rights)
        more = run("add", "sample:", "--record", own, before=ordinary_rights)
        room = run("room", "--record", own, before=ordinary_rights)
        site = run("site", tmp_path_factory.mktemp("site") / "room", "--record", own, before=ordinary_rights)
    finally:
        tmp_path.chmod(0o755)
    assert listed.returncode == 0, listed.stderr.decode()
    assert listed.stdout == events(own)
    assert more.returncode == 2
    assert "It can be read, not written to: change the rights" in more.stderr.decode()
    assert room.returncode == 2
    assert "write the room as files: communique site FOLDER" in room.stderr.decode()
    assert site.returncode == 0, site.stderr.decode()


def test_a_run_that_is_killed_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    out = tmp_path / "record.jsonl"
    out.write_text("last week's")
    for patience in (0.5, 1.0, 1.5):
        command = [sys.executable, "-m", "communique", "code", *["sample:"] * 40, "-o", out]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(patience)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert out.read_text() == "last week's"
