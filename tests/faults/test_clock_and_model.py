"""A clock that is wrong, and a language model that is missing or another one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from faults import clock_shim, run

pytest.importorskip("django", reason="the record needs Django: pip install 'communique[store]'")
pytestmark = pytest.mark.model
YEARS = 365 * 86_400


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clock_shim(tmp_path_factory.mktemp("clock"))


def test_the_record_of_a_report_does_not_depend_on_the_clock(shim: Path) -> None:
    at = [run("code", "sample:", "-f", "jsonl", LD_PRELOAD=str(shim), CLOCK_SHIFT=str(n * YEARS)) for n in (-40, 0, 40)]
    assert [done.returncode for done in at] == [0, 0, 0], at[0].stderr.decode()
    assert at[0].stdout == at[1].stdout == at[2].stdout


def test_a_clock_that_goes_back_loses_no_correction_and_no_report(shim: Path, tmp_path: Path) -> None:
    record = tmp_path / "own.db"

    def at(years: int, *arguments: str) -> str:
        moment = {"LD_PRELOAD": str(shim), "CLOCK_SHIFT": str(years * YEARS)}
        done = run(*arguments, "--record", str(record), **moment)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def listed(years: int) -> list[dict[str, object]]:
        return [json.loads(line) for line in at(years, "events", "--format", "jsonl").splitlines()]

    at(30, "add", "sample:accra-visit.txt")
    first = listed(30)[0]
    at(
        30,
        "correct",
        "edit",
        str(first["id"]),
        "--field",
        "kind",
        "--value",
        "talks",
        "--author",
        "AB",
        "--reason",
        "first",
    )
    at(
        -30,
        "correct",
        "edit",
        str(first["id"]),
        "--field",
        "kind",
        "--value",
        "summit",
        "--author",
        "AB",
        "--reason",
        "second",
    )
    at(-30, "add", "sample:lima-hanoi.txt")
    now = {row["id"]: row for row in listed(0)}
    assert now[first["id"]]["kind"] == "summit"  # the later correction holds, whatever the clock said of either
    assert len(now) > 1


def test_a_model_that_is_not_installed_is_named_with_what_to_do() -> None:
    done = run("code", "sample:accra-visit.txt", "--model", "en_core_web_none")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "communique: cannot load the language model 'en_core_web_none': it is not installed. "
        "Install the package, or name another model with --model."
    ]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model as a folder of its own."""
    from communique.language.pipeline import load_model
    from communique.settings import DEFAULT

    folder = tmp_path_factory.mktemp("model") / "english"
    load_model(DEFAULT.model).to_disk(folder)
    return folder


def changed(model: Path, **values: str) -> None:
    meta = json.loads((model / "meta.json").read_text())
    (model / "meta.json").write_text(json.dumps({**meta, **values}))


def test_a_model_for_another_version_of_spacy_is_refused(model: Path) -> None:
    changed(model, spacy_version=">=2.0.0,<3.0.0", version="3.8.0")
    done = run("code", "sample:accra-visit.txt", "-f", "jsonl", "--model", model)
    assert done.returncode == 2
    assert "it was made for another version of spaCy than the one installed" in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1


def test_a_record_says_which_model_made_it_and_codes_again_with_another(model: Path, tmp_path: Path) -> None:
    record = tmp_path / "own.db"
    changed(model, spacy_version=">=3.8.0,<3.9.0", version="9.9.9")
    assert b"1 reports added" in run("add", "sample:accra-visit.txt", "--record", record).stderr
    assert b"1 were in the record" in run("add", "sample:accra-visit.txt", "--record", record).stderr
    other = run("add", "sample:accra-visit.txt", "--record", record, "--model", model)
    assert b"1 reports added" in other.stderr
    coding = json.loads(run("code", "sample:accra-visit.txt", "-f", "json", "--model", model).stdout)
    assert coding["coder"]["model"].endswith("english 9.9.9")


def test_a_model_whose_files_are_damaged_is_one_line(model: Path) -> None:
    parser = model / "parser" / "model"
    whole = parser.read_bytes()
    parser.write_bytes(whole[: len(whole) // 2])
    try:
        done = run("code", "sample:accra-visit.txt", "--model", model)
    finally:
        parser.write_bytes(whole)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"communique: cannot load the language model '{model}'")
    assert len(done.stderr.decode().splitlines()) == 1
