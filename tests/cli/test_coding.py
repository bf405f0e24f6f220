"""Commands and calls that code reports."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import communique
from communique.errors import InputError

pytestmark = pytest.mark.model


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "communique", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "140"},
        check=False,
        timeout=300,
    )


def test_a_sample_gives_the_record_as_tables() -> None:
    done = run("code", "sample:accra-visit.txt")
    said = " ".join(done.stdout.decode().split())
    assert done.returncode == 0
    assert "Events by day" in said
    assert "2024-04-03 talks William Ruto" in said
    assert "Reports (1)" in said
    assert done.stderr == b""


def test_a_spreadsheet_of_events_has_a_sentence_in_each_row(tmp_path: Path) -> None:
    out = tmp_path / "record.csv"
    assert run("code", "sample:accra-visit.txt", "-o", str(out)).returncode == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert rows
    assert all(row["sentence"] for row in rows)
    assert [path.name for path in tmp_path.iterdir()] == ["record.csv"]


def test_standard_input_is_a_report() -> None:
    text = b"The foreign ministers of Ghana and Togo met in Accra on 3 May 2023."
    coding = json.loads(run("code", "-", "-f", "json", stdin=text).stdout)
    assert [event["kind"] for event in coding["events"]] == ["meeting"]
    assert coding["events"][0]["start"] == "2023-05-03"


def test_failed_inputs_are_told_at_the_end_and_do_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ghana's president met the president of Togo in Accra on 3 May 2023.")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text("France and Spain signed an agreement in Paris on 4 May 2023.")
    done = run("code", str(tmp_path), "-f", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert b"b.txt" in done.stderr
    assert b"2 reports were coded, 1 inputs failed" in done.stderr
    assert run("code", str(tmp_path), "-f", "jsonl", "--skip-broken").returncode == 0


def test_a_file_that_is_not_there_is_one_clear_line() -> None:
    done = run("code", "no/such/report.txt")
    assert done.returncode == 1
    assert b"no/such/report.txt" in done.stderr
    assert b"Traceback" not in done.stderr


def test_nothing_found_exits_with_three_when_asked_to() -> None:
    text = b"The weather in the mountains stays fine, and the lakes are warm."
    assert run("code", "-", "-f", "json", "--fail-if-empty", stdin=text).returncode == 3
    assert run("code", "-", "-f", "json", stdin=text).returncode == 0


def test_two_processes_give_the_same_bytes() -> None:
    first, second = (run("code", "sample:accra-visit.txt", "sample:lima-hanoi.txt", "-f", "jsonl") for _ in range(2))
    assert first.stdout == second.stdout
    assert first.stdout


def test_why_gives_the_sentence_the_rule_and_the_reasoning() -> None:
    done = run("why", "1", "sample:accra-visit.txt")
    said = done.stdout.decode()
    assert done.returncode == 0
    assert "sentence [" in said
    assert "rule: " in said
    assert "day of writing: " in said


def test_why_of_an_unknown_event_lists_those_there_are() -> None:
    done = run("why", "zzz", "sample:accra-visit.txt")
    assert done.returncode == 3
    assert b"It has:" in done.stderr


def test_try_names_the_frame_that_fires() -> None:
    said = run("try", "The foreign ministers of Ghana and Togo met in Accra on Monday.").stdout.decode()
    assert "CONSULT meeting" in said


def test_code_takes_a_text_a_path_and_a_sample(tmp_path: Path) -> None:
    text = "The foreign ministers of Ghana and Togo met in Accra on 3 May 2023."
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert [e.kind for e in communique.code(text).events] == ["meeting"]
    assert [e.kind for e in communique.code(str(path)).events] == ["meeting"]
    assert [e.kind for e in communique.code(path).events] == ["meeting"]
    assert communique.code("sample:accra-visit.txt").events


def test_code_refuses_a_path_that_is_not_there() -> None:
    with pytest.raises(InputError, match="there is no file"):
        communique.code("reports/nothing.txt")


def test_a_result_becomes_data_frames_and_html() -> None:
    result = communique.code("sample:accra-visit.txt")
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("polars")
    frame = result.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["event_id"]) == [event.id for event in result.events]
    assert result.to_polars("reports").height == 1
    assert "<mark" in result._repr_html_()


def test_data_frames_of_nothing_still_have_their_columns() -> None:
    pytest.importorskip("pandas")
    result = communique.code("The weather in the mountains stays fine, and the lakes are warm.")
    assert "sentence" in result.to_pandas().columns


def test_every_span_of_every_sample_points_into_its_text() -> None:
    for coding in communique.code("sample:").to_dicts():
        text = coding["report"]["text"]
        spans = [span for event in coding["events"] for span in event["evidence"].values()]
        spans += [span for event in coding["events"] for who in event["participants"] for span in who["spans"]]
        spans += [span for statement in coding["statements"] for span in statement["content"]]
        assert all(0 <= start < end <= len(text) for start, end in spans)


def test_csv_on_standard_output_can_be_read_back() -> None:
    done = run("code", "sample:lima-hanoi.txt", "-f", "csv", "--table", "instruments")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert "themed-year" in {row["kind"] for row in rows}


def test_parse_candidates_passes_over_other_news_and_other_words_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ghana's president met the president of Togo in Accra on 3 May 2023.")
    (tmp_path / "b.txt").write_text("Police said that strikers in Lima blocked two roads on Monday.")
    done = run("code", str(tmp_path), "--parse", "candidates", "-f", "jsonl")
    codings = [json.loads(line) for line in done.stdout.splitlines()]
    assert [coding["uncoded"] for coding in codings] == [None, "no candidates"]
    assert run("code", str(tmp_path), "--parse", "some").returncode == 2
