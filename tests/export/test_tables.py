from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from communique.errors import SettingsError
from communique.export.cells import printable, safe_cell
from communique.export.rows import TABLES, event_rows, report_rows
from communique.export.writers import FORMATS, Options, format_of, open_writer

if TYPE_CHECKING:
    from pathlib import Path

    from communique.model import Coding


def _written(name: str, coding: Coding, options: Options = Options()) -> bytes:  # noqa: B008
    out = io.BytesIO()
    writer = open_writer(name, out, options)
    writer.write(coding)
    writer.close()
    return out.getvalue()


@pytest.mark.parametrize("table", TABLES)
def test_each_row_has_the_columns_of_its_table(coding: Coding, table: str) -> None:
    columns, rows = TABLES[table]
    found = list(rows(coding))
    assert found
    assert all(tuple(row) == columns for row in found)


def test_an_event_row_carries_its_sentence_and_both_sides(coding: Coding) -> None:
    row = next(event_rows(coding))
    assert str(row["sentence"]).startswith("Foreign Minister Lina Osei")
    assert (row["actors"], row["recipients"]) == ("Lina Osei", "Togo")
    assert row["actor_countries"] == "GHA"


def test_an_event_without_a_day_says_why(coding: Coding) -> None:
    planned = list(event_rows(coding))[1]
    assert planned["start"] is None
    assert planned["day_reason"] == "no words of the report give its day"


def test_a_report_row_has_its_three_dates(coding: Coding) -> None:
    [row] = report_rows(coding)
    assert (row["happened_first"], row["written"], row["page_claims"]) == (
        "2024-03-28", "2024-03-29", "2024-06-03T17:55:46",
    )  # fmt: skip
    assert row["page_claim_is_false"] == "June is after the visit"


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5 degrees", "@name", "\t=1"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("value", ["a=1", "057", -12.5, None])
def test_other_cells_are_left_alone(value: str | float | None) -> None:
    assert safe_cell(value) == value


def test_csv_keeps_codes_as_text_and_runs_no_formula(coding: Coding) -> None:
    [row] = csv.DictReader(io.StringIO(_written("csv", coding, Options(table="statements")).decode()))
    assert row["content"] == "'=SUM(A1) is no formula"
    events = list(csv.DictReader(io.StringIO(_written("csv", coding).decode())))
    assert events[0]["cameo"] == "042"


def test_csv_begins_with_a_byte_order_mark_only_when_asked(coding: Coding) -> None:
    assert _written("csv", coding, Options(bom=True)).startswith(b"\xef\xbb\xbf")
    assert not _written("csv", coding).startswith(b"\xef\xbb\xbf")


def test_workbook_has_a_sheet_a_table_no_formula_and_always_the_same_bytes(coding: Coding) -> None:
    data = _written("xlsx", coding)
    book = zipfile.ZipFile(io.BytesIO(data))
    assert all(f'name="{name}"'.encode() in book.read("xl/workbook.xml") for name in TABLES)
    sheets = b"".join(book.read(name) for name in book.namelist() if "worksheets/sheet" in name)
    assert b"<f>" not in sheets
    assert data == _written("xlsx", coding)


def test_parquet_has_the_columns_even_for_a_table_of_one_row(coding: Coding) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(_written("parquet", coding, Options(table="events"))))
    assert tuple(table.column_names) == TABLES["events"][0]
    assert table.column("cameo").to_pylist()[0] == "042"


def test_an_unknown_format_or_table_is_called_out() -> None:
    with pytest.raises(SettingsError, match="no format 'docx'"):
        open_writer("docx", io.BytesIO())
    with pytest.raises(SettingsError, match="no table 'places'"):
        open_writer("csv", io.BytesIO(), Options(table="places"))


@pytest.mark.parametrize(
    ("name", "expected"), [("a.csv", "csv"), ("a.plover.jsonl", "plover"), ("a.jsonl", "jsonl"), ("a.docx", None)]
)
def test_the_name_of_a_file_tells_its_format(tmp_path: Path, name: str, expected: str | None) -> None:
    assert format_of(tmp_path / name) == expected
    assert expected is None or expected in FORMATS


def test_control_characters_do_not_reach_a_terminal() -> None:
    assert printable("a\x1b[31mred\u202eb\nc") == "a\N{REPLACEMENT CHARACTER}[31mred\N{REPLACEMENT CHARACTER}b c"
