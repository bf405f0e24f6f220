"""What the manual says is true: its examples run, its links lead somewhere, its options exist."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])


def _blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def _commands(page: Path) -> list[str]:
    """The communique commands of a page, in order."""
    lines = [line for block in _blocks(page, "console") for line in block.splitlines()]
    return [line.strip().removeprefix("$ ") for line in lines if line.strip().startswith("$ ") and "communique" in line]


@pytest.mark.model
@pytest.mark.parametrize("page", [p for p in PAGES if _commands(p)], ids=lambda page: page.name)
def test_the_commands_of_a_page_run_one_after_the_other(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    environment = {**os.environ, "NO_COLOR": "1", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for command in _commands(page):
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stderr.decode()}"


@pytest.mark.model
@pytest.mark.parametrize("page", [p for p in PAGES if _blocks(p, "python")], ids=lambda page: page.name)
def test_the_python_of_a_page_runs_from_top_to_bottom(page: Path, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    code = "\n".join(_blocks(page, "python"))
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_each_make_target_in_the_manual_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    said = {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8"))}
    assert said <= targets


@pytest.mark.parametrize("command", sorted({c for page in PAGES for c in _commands(page)}))
def test_each_option_in_the_manual_is_an_option_of_its_command(command: str) -> None:
    words = shlex.split(command)
    words = words[words.index("communique") :]
    sub = words[1:3] if words[1] in ("accounts", "codebook", "correct") else words[1:2]
    known = subprocess.run(
        [sys.executable, "-m", "communique", *sub, "--help"], capture_output=True, check=False
    ).stdout.decode()
    assert [word for word in words if word.startswith("--") and word not in known] == []


def test_each_sample_is_described() -> None:
    page = (ROOT / "docs" / "samples.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)
    assert sorted(described) == sorted(path.name for path in (ROOT / "samples").iterdir())


def test_the_licence_is_whole_and_named() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"


def test_the_changelog_tells_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
