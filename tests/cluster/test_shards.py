"""How an archive is cut, and how one shard is coded."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from communique.cluster.results import codings_in
from communique.cluster.run import ArchiveRun
from communique.cluster.shards import cut
from communique.cluster.work import DEATHS, code_shard, deaths
from communique.coder import Coder
from communique.errors import InputError
from communique.export.json import coding_to_dict
from communique.intake.text import report_from_text
from communique.settings import DEFAULT

REPORT = "ACCRA - Ghana's foreign minister met the foreign minister of Togo in Accra on {} May 2023."


def write(folder: Path, count: int = 3) -> Path:
    folder.mkdir()
    for n in range(1, count + 1):
        (folder / f"{n:02}.txt").write_text(REPORT.format(n))
    return folder


def test_all_bytes_of_an_archive_are_in_one_shard(tmp_path: Path) -> None:
    write(tmp_path / "a", 5)
    rows = [json.dumps({"text": REPORT.format(n % 28 + 1)}) for n in range(100)]
    (tmp_path / "a" / "rows.jsonl").write_text("\n".join(rows))
    shards = cut([str(tmp_path / "a")], DEFAULT, size=2_000)
    assert [Path(name).name for s in shards for name in s.files if name.endswith("txt")] == [
        f"{n:02}.txt" for n in range(1, 6)
    ]
    parts = [(s.start, s.end) for s in shards if s.files[0].endswith("jsonl")]
    assert len(parts) > 3
    assert [end for _, end in parts] == [*(start for start, _ in parts[1:]), None]
    assert len({s.name for s in shards}) == len(shards)


def test_a_shard_of_other_bytes_or_another_coder_has_another_name(tmp_path: Path) -> None:
    folder = str(write(tmp_path / "a"))
    (first,) = cut([folder], DEFAULT)
    assert cut([folder], DEFAULT) == [first]
    assert cut([folder], replace(DEFAULT, parse="candidates"))[0].name != first.name
    (tmp_path / "a" / "01.txt").write_text("Something else was written here.")
    assert cut([folder], DEFAULT)[0].name != first.name


def test_a_path_that_is_not_there_is_called_out() -> None:
    with pytest.raises(InputError, match="no such file"):
        cut(["nowhere/at/all"], DEFAULT)


@pytest.mark.model
def test_a_finished_shard_is_skipped_and_leaves_nothing_else_behind(tmp_path: Path) -> None:
    (shard,) = cut([str(write(tmp_path / "a"))], DEFAULT)
    told = code_shard(shard, tmp_path / "out")
    result = tmp_path / "out" / f"{shard.name}.jsonl"
    assert told.coded == len(result.read_bytes().splitlines()) == 3
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [result.name, f"{shard.name}.told.json"]
    result.write_bytes(b"as it was")
    assert code_shard(shard, tmp_path / "out") == told
    assert result.read_bytes() == b"as it was"


@pytest.mark.model
def test_a_document_at_which_three_attempts_died_is_quarantined_and_the_rest_coded(tmp_path: Path) -> None:
    (shard,) = cut([str(write(tmp_path / "a"))], DEFAULT)
    out = tmp_path / "out"
    out.mkdir()
    for n in range(DEATHS):
        (out / f".{shard.name}.{n}.at").write_bytes(b"1           ")
    (out / f".{shard.name}.cut.at").write_bytes(b"")  # died before it said where it was
    assert deaths(shard, out) == {1: DEATHS}
    told = code_shard(shard, out)
    assert told.coded == 2
    assert [Path(where).name for where in told.quarantined] == ["02.txt"]
    assert "3 processes died" in told.failures[0][1]
    assert not list(out.glob(".*"))


@pytest.mark.model
def test_failures_are_told_with_their_reason(tmp_path: Path) -> None:
    write(tmp_path / "a")
    (tmp_path / "a" / "empty.txt").write_bytes(b"")
    run = ArchiveRun([str(tmp_path / "a")], tmp_path / "out")
    assert len(list(run)) == 1
    assert run.told.coded == 3
    assert [(os.path.basename(source), "empty" in why) for source, why in run.told.failures] == [("empty.txt", True)]
    again = ArchiveRun([str(tmp_path / "a")], tmp_path / "out")
    assert list(again) == []
    assert again.told == run.told


@pytest.mark.model
def test_codings_of_results_are_those_that_were_written(tmp_path: Path) -> None:
    list(ArchiveRun([str(write(tmp_path / "a"))], tmp_path / "out"))
    found = list(codings_in([str(tmp_path / "out")]))
    coder = Coder()
    whole = [coder.code(report_from_text(REPORT.format(n))) for n in (1, 2, 3)]
    assert [coding.events for coding in found] == [coding.events for coding in whole]
    assert coding_to_dict(found[0])["report"]["written"] == coding_to_dict(whole[0])["report"]["written"]
    with pytest.raises(InputError, match="no results"):
        list(codings_in([str(tmp_path)]))
