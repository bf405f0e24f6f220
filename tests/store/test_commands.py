"""The commands that read and correct a record, from a record made without the coder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from made import collection

from communique.store import Record

COMMANDS = ["add", "attach", "copies", "coverage", "digest", "dossier", "dyads", "events", "instruments", "people",
            "promises", "remove", "search", "stories"]  # fmt: skip


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
    one = json.loads(run("events", "--show", rows[0]["id"], "--record", record, "-f", "json").stdout)
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


def test_an_event_is_told_in_full_with_the_beginning_of_its_id(record: str) -> None:
    (row,) = json.loads(run("events", "MLT", "PER", "--record", record, "-f", "json").stdout)
    said = run("events", "--show", row["id"][:8], "--record", record).stdout
    assert "  told by: 2 reports, 2 origins" in said
    assert "      Ian Borg called Rosa Quispe late at night." in said


def test_the_beginning_of_an_id_that_several_have_is_refused(record: str) -> None:
    done = run("events", "--show", "zz", "--record", record)
    assert done.returncode == 2
    assert "has no event zz" in done.stderr


def test_promises_tell_what_may_have_been_meant(record: str) -> None:
    (row,) = json.loads(run("promises", "--record", record, "--on", "2024-01-01", "-f", "json").stdout)
    assert (row["start"], row["told"], row["overdue"]) == ("2023-09-12", "2023-03-07", True)
    assert [e["start"] for e in row["perhaps"]] == ["2023-03-07", "2023-04-20"]
    assert run("promises", "--overdue", "--record", record, "--on", "2023-09-01", "-f", "jsonl").stdout == ""


def test_copies_name_their_origin_and_what_their_pages_claim(record: str) -> None:
    (family,) = json.loads(run("copies", "--record", record, "-f", "json").stdout)
    assert (family["source"], len(family["reports"])) == ("andina", 2)
    assert family["reports"][0]["publisher"] == "Andina"
    assert "probable origin: credits andina" in run("copies", "--record", record).stdout


def test_coverage_tells_months_silences_and_runs(record: str) -> None:
    found = json.loads(run("coverage", "--record", record, "-f", "json").stdout)
    assert found["silences"][0] == {"first": "2023-03-08", "last": "2023-04-01", "days": 25}
    assert "12 reports of 11 texts, written from 2023-03-07 to 2023-06-02" in run("coverage", "--record", record).stdout


def test_steps_of_instruments_come_with_their_sentences(record: str) -> None:
    (step,) = json.loads(run("instruments", "--sentences", "--record", record, "-f", "json").stdout)
    assert step["sentence"]["words"] in (
        "A fisheries protocol was signed by Quispe and Lekoetje.",
        "The protocol on fisheries, signed in Maseru, pleases Lima.",
    )


def test_stories_and_search_find_reports(record: str) -> None:
    assert len(json.loads(run("stories", "PER", "LSO", "--record", record, "-f", "json").stdout)) > 1
    assert len(json.loads(run("search", "trawler", "quota", "--record", record, "-f", "json").stdout)) == 2


def test_texts_are_given_back_to_a_record_without_them_and_a_report_is_taken_out(tmp_path: Path) -> None:
    text = "LIMA, 7 March 2023 - Rosa Quispe of Peru met Thabo Lekoetje of Lesotho on Tuesday."
    page = tmp_path / "page.txt"
    page.write_text(text)
    where = str(tmp_path / "bare.db")
    from communique.intake.files import read_input
    from communique.model import Report
    from communique.settings import DEFAULT

    (report,) = [found for found in read_input(page, DEFAULT) if isinstance(found, Report)]
    with Record.open(where) as store:
        made = collection()[2]
        store.add([replace(made, report=replace(report, written=made.report.written), events=())], text=False)
    done = run("attach", str(page), "--record", where)
    assert "1 reports have their text again, 0 texts were not asked for" in done.stderr
    assert json.loads(run("search", "Lekoetje", "--record", where, "-f", "json").stdout)
    run("remove", report.id[:10], "--record", where)
    assert json.loads(run("coverage", "--record", where, "-f", "json").stdout)["reports"] == 0
