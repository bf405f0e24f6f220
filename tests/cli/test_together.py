"""Reports that are parsed together: each has its own outcome, as if it had been alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import communique
from communique import api
from communique.api import code_each, coder_for
from communique.cli.reading import Run
from communique.coder import READ_AHEAD, Coder
from communique.intake.files import Failure, read_input
from communique.intake.text import report_from_text
from communique.language import pipeline
from communique.model import Coding, Report
from communique.settings import DEFAULT
from communique.store import Record

pytestmark = pytest.mark.model

REPORT = "ACCRA - Ghana's foreign minister met the foreign minister of Togo in Accra on {} May 2023.{}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty reports, more than are parsed together."""
    made = tmp_path / "reports"
    made.mkdir()
    for n in range(1, 31):
        (made / f"{n:02}.txt").write_text(REPORT.format(n, f" They spoke of harbour {n}."))
    return made


def alone(folder: Path) -> list[Coding]:
    coder = coder_for()
    return [coder.code(report) for report in read_input(folder) if isinstance(report, Report)]


def test_a_folder_gives_the_codings_of_its_reports_one_by_one(folder: Path) -> None:
    run = Run([str(folder)], DEFAULT)
    assert list(run) == alone(folder)
    assert list(communique.code(folder)) == alone(folder)


def test_what_fails_fails_alone_and_in_its_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rest = [coding for coding in alone(folder) if coding.report.source.path not in map(str, folder.glob("0[24].txt"))]
    (folder / "02.txt").write_bytes(b"")
    (folder / "03a.txt").write_text(REPORT.format(3, " They walked." * 10))
    (folder / "04.txt").write_text(REPORT.format(4, " The talks were cursed."))
    analyse = Coder.analyse

    def cursed(coder: Coder, report: Report, *rest: Any) -> Any:
        if "cursed" in report.text:
            raise RuntimeError("out of luck")
        return analyse(coder, report, *rest)

    monkeypatch.setattr(Coder, "analyse", cursed)
    run = Run([str(folder)], replace(DEFAULT, max_characters=150))
    assert list(run) == rest
    assert ["02.txt" in run.failures[0], "03a.txt" in run.failures[1], "04.txt" in run.failures[2]] == [True] * 3
    assert "more than the 150" in run.failures[1]
    assert "out of luck" in run.failures[2]
    assert len(run.failures) == 3


def test_a_slow_report_fails_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rest = [coding for coding in alone(folder) if not str(coding.report.source.path).endswith("05.txt")]
    (folder / "05.txt").write_text(REPORT.format(5, " The talks were ponderous."))
    read = pipeline._Parser._read

    def slow(parser: Any, paragraphs: list[str]) -> Any:
        if any("ponderous" in paragraph for paragraph in paragraphs):
            time.sleep(20)
        return read(parser, paragraphs)

    monkeypatch.setattr(pipeline._Parser, "_read", slow)
    pipeline.forget()
    run = Run([str(folder)], replace(DEFAULT, max_seconds=1.5))
    assert list(run) == rest
    assert len(run.failures) == 1
    assert "05.txt" in run.failures[0]
    assert "more than 1.5 seconds" in run.failures[0]


def test_reading_ahead_that_fails_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> None:
        raise ValueError("no")

    monkeypatch.setattr(pipeline, "read_ahead", fail)
    run = Run([str(folder)], DEFAULT)
    assert list(run) == alone(folder)
    assert run.failures == []


def taken_before_the_first(texts: list[str], **how: bool) -> int:
    """How many reports are read before the first is coded."""
    taken = 0

    def source() -> Iterator[Report | Failure]:
        nonlocal taken
        for text in texts:
            taken += 1
            yield report_from_text(text)

    next(code_each(coder_for(), source(), **how))
    return taken


def test_few_reports_are_held_at_once_and_fewer_long_ones() -> None:
    texts = [REPORT.format(n % 30 + 1, "") for n in range(100)]
    assert taken_before_the_first(texts) == READ_AHEAD
    assert taken_before_the_first([f"{text}\n{'The weather was fine. ' * 2_000}" for text in texts[:4]]) == 3


def test_input_that_is_still_written_is_coded_as_it_comes() -> None:
    assert taken_before_the_first([REPORT.format(n, "") for n in range(1, 9)], wait=True) == 1


def test_each_report_is_told_before_it_is_coded_and_that_some_are_parsed_together() -> None:
    told: list[int | None] = []
    found: list[Report | Failure] = [report_from_text(REPORT.format(n, "")) for n in range(1, READ_AHEAD + 3)]
    found[1] = Failure("b.txt", "cannot read b.txt")
    assert len(list(code_each(coder_for(), found, at=told.append))) == len(found)
    assert told == [None, 0, *range(2, READ_AHEAD), None, READ_AHEAD, READ_AHEAD + 1]
    told.clear()
    list(code_each(coder_for(), found[:3], wait=True, at=told.append))
    assert told == [0, 2]


def test_a_run_that_is_stopped_has_kept_what_was_coded(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = api.code_within_limits

    def stopped(coder: Coder, report: Report) -> Coding:
        if report.source.path == str(folder / "28.txt"):
            raise KeyboardInterrupt
        return code(coder, report)

    monkeypatch.setattr(api, "code_within_limits", stopped)
    with Record.open(tmp_path / "record.db") as record:
        with pytest.raises(KeyboardInterrupt):
            record.add(Run([str(folder)], DEFAULT))
        assert record.coverage()["reports"] == 27
        monkeypatch.setattr(api, "code_within_limits", code)
        run = Run([str(folder)], DEFAULT, known=lambda report, coder: record.has(report.id, coder))
        assert record.add(run).added == 3
        assert run.passed == 27
