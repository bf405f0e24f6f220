"""What the manual says is true: its examples run, its links lead somewhere, its options exist."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from functools import lru_cache
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


# The cells run inside a running event loop, as they do in Jupyter, where Django refuses to ask a database unless told.
_NOTEBOOK = """
import asyncio, json, sys
cells = json.load(open(sys.argv[1], encoding="utf-8"))["cells"]
async def run():
    names = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    return names
names = asyncio.run(run())
assert len(names["plt"].get_fignums()) == 2
assert names["table"].to_numpy().sum() > 10
"""


@pytest.mark.model
def test_the_notebook_runs_from_a_folder_to_a_table_and_two_plots(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the notebook needs more: pip install 'communique[notebook]'")
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    command = [sys.executable, "-c", _NOTEBOOK, ROOT / "docs" / "dyads.ipynb"]
    environment = {**os.environ, "MPLBACKEND": "agg"}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_each_make_target_in_the_manual_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    said = {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8"))}
    assert said <= targets


@lru_cache
def _help(*command: str) -> str:
    done = subprocess.run([sys.executable, "-m", "communique", *command, "--help"], capture_output=True, check=False)
    return done.stdout.decode()


@pytest.mark.parametrize("command", sorted({c for page in PAGES for c in _commands(page)}))
def test_each_option_in_the_manual_is_an_option_of_its_command(command: str) -> None:
    words = shlex.split(command)
    words = words[words.index("communique") :]
    sub = words[1:3] if words[1] in ("accounts", "codebook", "correct") else words[1:2]
    known = _help(*sub)
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


def test_the_citation_is_of_this_version_and_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    said = dict(re.findall(r"^([\w-]+): (.+)$", citation, re.MULTILINE))
    assert (said["version"], said["license"]) == (project["version"], project["license"])
    assert {"cff-version", "title", "message", "type"} <= set(said)


def test_the_design_names_every_room_and_no_other() -> None:
    page = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    house = re.search(r"^src/communique/\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert house
    said = {name.rstrip("/") for line in house[1].splitlines() for name in line[:18].split()}
    there = {
        p.name for p in (ROOT / "src" / "communique").iterdir() if p.name[0] not in "_." and p.suffix in ("", ".py")
    }
    assert said == there


def test_each_kind_of_block_in_the_manual_is_one_that_is_tried() -> None:
    languages = {name for page in PAGES for name in re.findall(r"^ *```(\w+)$", page.read_text("utf-8"), re.MULTILINE)}
    assert languages <= {"console", "python", "toml"}  # toml: tests/codebook/test_own.py


def test_each_shell_line_in_the_readme_and_the_start_is_a_make_target_or_a_known_command() -> None:
    pages = [ROOT / "README.md", ROOT / "docs" / "start.md"]
    lines = [
        line
        for page in pages
        for line in re.findall(
            r"^    (\w.*)$", re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL), re.MULTILINE
        )
    ]
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    allowed = [*(f"make {target}" for target in targets), "source .venv/bin/activate"]
    assert [line for line in lines if line.split("#")[0].strip() not in allowed] == []
