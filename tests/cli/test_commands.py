"""The commands, run as a user runs them; those that code are in test_coding.py."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = ["code", "why", "try", "samples", "where", "codebook show", "codebook check", "codebook new"]


def run(*arguments: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """`python -m communique` with these arguments."""
    return subprocess.run(
        [sys.executable, "-m", "communique", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "120", **env},
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_has_an_example(command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.returncode == 0
    assert f"Example:  communique {command}" in done.stdout.decode()


def test_help_lists_each_command() -> None:
    said = run("--help").stdout.decode()
    assert all(command.split()[0] in said for command in COMMANDS)


def test_version_is_the_package_version() -> None:
    from importlib import metadata

    assert run("--version").stdout.decode().split() == ["communique", metadata.version("communique")]


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["where"], ["samples"], ["code", "--help"]], ids=" ".join
)
def test_what_does_not_code_imports_neither_spacy_nor_numpy(arguments: list[str]) -> None:
    code = (
        "import sys; from communique.cli.app import app\n"
        f"try: app({arguments!r})\n"
        "except SystemExit: pass\n"
        "assert not {'spacy', 'numpy', 'django', 'pandas', 'msgspec'} & set(sys.modules), sorted(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_import_of_the_package_is_quick_and_light() -> None:
    code = "import sys, communique; assert not {'spacy', 'numpy', 'rich', 'typer'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_commands_that_do_not_code_start_in_a_moment() -> None:
    # 0.12 s of processor time where it was measured; a busy machine lengthens the wall clock, not this
    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run("where")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(once() for _ in range(5)) < 0.25


def test_where_obeys_the_environment(tmp_path: Path) -> None:
    said = run("where", COMMUNIQUE_DATA=str(tmp_path / "d"), XDG_CONFIG_HOME=str(tmp_path / "c")).stdout.decode()
    assert str(tmp_path / "d") in said
    assert str(tmp_path / "c" / "communique") in said


def test_samples_are_listed_and_copied_but_never_over_something(tmp_path: Path) -> None:
    assert "sample:accra-visit.txt" in run("samples").stdout.decode()
    to = tmp_path / "mine"
    assert run("samples", str(to)).returncode == 0
    assert (to / "accra-visit.txt").is_file()
    again = run("samples", str(to))
    assert again.returncode == 2
    assert b"already there" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["code"], b"Missing argument"),
        (["code", "x.txt", "--format", "docx"], b"no format 'docx'"),
        (["code", "x.txt", "-o", "x.docx"], b"tells no format"),
        (["code", "x.txt", "--column", "body"], b"WHAT=NAME"),
        (["code", "x.txt", "--codebook", "/nowhere/at/all"], b"does not exist"),
        (["sing"], b"No such command"),
        (["codebook", "show", "sonnet"], b"no kind or type"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_exits_with_two_and_says_what_is_wrong(arguments: list[str], says: bytes) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == b""


def test_an_unknown_sample_is_an_input_that_failed() -> None:
    done = run("code", "sample:nothing.txt")
    assert done.returncode == 1
    assert b"there is no sample 'nothing.txt'" in done.stderr


def test_a_sample_name_cannot_leave_the_folder() -> None:
    assert b"there is no sample" in run("code", "sample:../pyproject.toml").stderr


def test_codebook_show_gives_definition_frames_and_examples() -> None:
    said = run("codebook", "show", "meeting").stdout.decode()
    assert "meeting (CONSULT" in said
    assert "frame [" in said
    assert "codes: " in said


def test_codebook_new_writes_a_file_once(tmp_path: Path) -> None:
    assert run("codebook", "new", str(tmp_path / "own")).returncode == 0
    assert (tmp_path / "own" / "own.toml").is_file()
    assert run("codebook", "new", str(tmp_path / "own")).returncode == 2
