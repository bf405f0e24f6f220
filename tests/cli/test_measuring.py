"""The commands that measure: evaluate and missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique.cli.app import app

pytestmark = pytest.mark.model


def test_evaluate_scores_a_codebook_on_reports_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The foreign ministers of Ghana and Togo met in Accra on Monday.\n", encoding="utf-8"
    )
    pair = [{"name": "Ghana", "country": "GHA"}, {"name": "Togo", "country": "TGO"}]
    gold = {
        "id": "a", "file": "a.txt",
        "events": [
            {"type": "CONSULT", "kind": "meeting", "participants": pair},
            {"type": "COOPERATE", "kind": "signing", "participants": pair},
        ],
    }  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    done = CliRunner().invoke(app, ["evaluate", str(tmp_path), "--format", "csv"])
    assert done.exit_code == 0
    rows = {line.split(",")[0]: line.split(",") for line in done.output.splitlines()}
    assert rows["meeting"][1:5] == ["1", "1", "1", "1.000"]
    assert rows["signing"][1:4] == ["1", "0", "0"]
    assert rows["all kinds"][1:4] == ["2", "1", "1"]


def test_evaluate_says_when_there_is_no_gold(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate", str(tmp_path)])
    assert done.exit_code != 0
    assert "no gold file" in str(done.exception)


def test_missed_lists_a_verb_that_no_frame_knows(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Peru's president hoodwinked Chile on Monday. Peru hoodwinked Bolivia too.\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["missed", str(path)])
    assert done.exit_code == 0
    assert "hoodwink" in done.output


def test_corrections_of_a_record_are_gold_for_evaluate(tmp_path: Path) -> None:
    page, record, gold = tmp_path / "page.txt", str(tmp_path / "a.db"), tmp_path / "gold"
    page.write_text(
        "ACCRA, 8 May 2023 - The foreign ministers of Ghana and Togo met in Accra on Monday. Ghana criticised Mali.\n"
    )

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, [*arguments, "--record", record] if arguments[0] != "evaluate" else arguments)
        assert done.exit_code == 0, done.output
        return done.stdout

    run("add", str(page))
    events = {row["kind"]: row["id"] for row in json.loads(run("events", "-f", "json"))}
    run("correct", "accept", events["meeting"], "--author", "AB")
    run("correct", "reject", events["criticism"], "--author", "AB")
    run("correct", "export", str(gold))
    rows = {line.split(",")[0]: line.split(",") for line in run("evaluate", str(gold), "-f", "csv").splitlines()}
    assert rows["meeting"][1:4] == ["1", "1", "1"]
    assert rows["criticism"][1:4] == ["0", "1", "0"]
