"""A workbook with a sheet for each table; everything is text that Excel leaves alone, save real numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING

from communique.errors import SettingsError
from communique.export.rows import TABLES

if TYPE_CHECKING:
    from communique.export.cells import Cell
    from communique.export.rows import Row
    from communique.model import Coding

_MOST_ROWS = 1_048_576  # of a sheet, header included
_MOST_CHARACTERS = 32_767  # of a cell
_WIDE = frozenset({"sentence", "content", "participants", "day_reason", "written_reason", "notes", "report_title"})
_CUT = " [cut]"


class Workbook:
    """A sheet for each table. Written row by row: memory does not grow.

    Codes stay text ("057"), no cell is a formula or a link, and the file carries no time of writing, so the same
    rows give the same bytes. A cell longer than Excel allows ends in "[cut]".
    """

    def __init__(self, out: IO[bytes], tables: Mapping[str, Sequence[str]]) -> None:
        import xlsxwriter

        self._book = xlsxwriter.Workbook(
            out,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"title": "Communiqué record", "created": datetime(2000, 1, 1)})
        head = self._book.add_format({"bold": True})
        self._sheets = {}
        self._next = dict.fromkeys(tables, 1)
        for name, columns in tables.items():
            sheet = self._book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            for j, column in enumerate(columns):
                sheet.set_column(j, j, 60 if column in _WIDE else 16)
                sheet.write_string(0, j, column, head)
            self._sheets[name] = sheet

    def put(self, name: str, row: Row) -> None:
        """Add a row to a sheet. Raises SettingsError when the sheet is full."""
        i = self._next[name]
        if i >= _MOST_ROWS:
            raise SettingsError(
                f"a sheet holds {_MOST_ROWS - 1:,} rows and there are more {name}. Use --format csv or parquet."
            )
        for j, cell in enumerate(row.values()):
            self._cell(name, i, j, cell)
        self._next[name] = i + 1

    def _cell(self, name: str, i: int, j: int, cell: Cell) -> None:
        if cell is None:
            return
        if isinstance(cell, str):
            if len(cell) > _MOST_CHARACTERS:
                cell = cell[: _MOST_CHARACTERS - len(_CUT)] + _CUT
            self._sheets[name].write_string(i, j, cell)
        else:
            self._sheets[name].write_number(i, j, cell)

    def close(self) -> None:
        self._book.close()


class XlsxWriter:
    """Sheets events, statements, instruments, people, reports of codings."""

    def __init__(self, out: IO[bytes]) -> None:
        self._book = Workbook(out, {name: columns for name, (columns, _) in TABLES.items()})

    def write(self, coding: Coding) -> None:
        for name, (_, rows) in TABLES.items():
            for row in rows(coding):
                self._book.put(name, row)

    def close(self) -> None:
        self._book.close()
