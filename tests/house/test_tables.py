"""Each table has a page, and the page tells the truth about it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "communique"
TABLES = sorted([*(PACKAGE / "tables").glob("*.csv"), *(PACKAGE / "export").glob("*.csv")])
NAMED = pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _page(path: Path) -> str:
    page = path.with_suffix(".md")
    assert page.is_file(), f"{path.name} has no page {page.name} beside it"
    return page.read_text(encoding="utf-8")


@NAMED
def test_the_page_describes_exactly_the_columns(path: Path) -> None:
    described = re.findall(r"^\| `([^`]+)` \|", _page(path), re.MULTILINE)
    assert described == _rows(path)[0]


@NAMED
def test_the_page_counts_the_rows(path: Path) -> None:
    said = re.search(r"^Rows: ([\d,]+)$", _page(path), re.MULTILINE)
    assert said, "no line 'Rows: N'"
    assert int(said.group(1).replace(",", "")) == len(_rows(path)) - 1


@NAMED
def test_the_page_names_source_and_licence(path: Path) -> None:
    page = _page(path)
    assert re.search(r"^Source: \S", page, re.MULTILINE)
    assert re.search(r"^Licence: \S", page, re.MULTILINE)


@NAMED
def test_each_row_has_as_many_cells_as_the_header_and_no_stray_space(path: Path) -> None:
    header, *rows = _rows(path)
    assert [n for n, row in enumerate(rows, 2) if len(row) != len(header)] == []
    assert [(n, cell) for n, row in enumerate(rows, 2) for cell in row if cell != cell.strip()] == []


def test_there_is_no_table_in_the_package_without_such_a_page() -> None:
    assert sorted(PACKAGE.rglob("*.csv")) == TABLES


@pytest.mark.parametrize("folder", ["room/charts/atlas", "room/static/room/fonts"])
def test_what_others_drew_has_its_licence_beside_it(folder: str) -> None:
    licences = [path.read_text(encoding="utf-8") for path in (PACKAGE / folder).glob("LICENSE*")]
    assert licences
    assert all("ermission" in text or "License" in text for text in licences)
