"""One writer for each format: it takes codings one by one and never holds more than it must."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol

from communique.errors import SettingsError
from communique.export.cells import safe_cell
from communique.export.json import to_json
from communique.export.rows import TABLES

if TYPE_CHECKING:
    from communique.model import Coding


class Writer(Protocol):
    """Takes codings; `close` completes the file. Nothing it writes is valid before that."""

    def write(self, coding: Coding) -> None: ...

    def close(self) -> None: ...


class Options(NamedTuple):
    """What a user can say about a format."""

    table: str = "events"  # which table, where a format holds one
    bom: bool = False  # CSV: begin with a byte order mark, so that Excel reads UTF-8
    text: bool = True  # False: leave the words of the report out, keep offsets and digests


class Format(NamedTuple):
    """A format: how a file of it is called, and what writes it."""

    suffixes: tuple[str, ...]
    describes: str
    make: Callable[[IO[bytes], Options], Writer]


class JsonWriter:
    """One object for one report; a list of them for several."""

    def __init__(self, out: IO[bytes], options: Options) -> None:
        self._out = out
        self._first: bytes | None = None
        self._several = False

    def write(self, coding: Coding) -> None:
        encoded = to_json(coding, indent=2)
        if self._first is None and not self._several:
            self._first = encoded  # one alone is not a list: wait for a second
            return
        if self._first is not None:
            self._out.write(b"[\n" + self._first)
            self._first, self._several = None, True
        self._out.write(b",\n" + encoded)

    def close(self) -> None:
        self._out.write(b"\n]\n" if self._several else (self._first or b"[]") + b"\n")


class LinesWriter:
    """JSONL: one line a report."""

    def __init__(self, out: IO[bytes], options: Options) -> None:
        self._out = out

    def write(self, coding: Coding) -> None:
        self._out.write(to_json(coding) + b"\n")

    def close(self) -> None:
        self._out.flush()


class CsvWriter:
    """One of the tables, UTF-8, with a header; cells are safe to open in a spreadsheet."""

    def __init__(self, out: IO[bytes], options: Options) -> None:
        self._columns, self._rows = TABLES[options.table]
        self._file = io.TextIOWrapper(out, encoding="utf-8-sig" if options.bom else "utf-8", newline="")
        self._csv = csv.writer(self._file, lineterminator="\n")
        self._csv.writerow(self._columns)

    def write(self, coding: Coding) -> None:
        for row in self._rows(coding):
            self._csv.writerow(["" if cell is None else cell for cell in map(safe_cell, row.values())])

    def close(self) -> None:
        self._file.flush()
        self._file.detach()


def _xlsx(out: IO[bytes], options: Options) -> Writer:
    from communique.export.xlsx import XlsxWriter

    return XlsxWriter(out)


def _parquet(out: IO[bytes], options: Options) -> Writer:
    from communique.export.parquet import ParquetWriter

    return ParquetWriter(out, options.table)


def _plover(out: IO[bytes], options: Options) -> Writer:
    from communique.export.plover import PloverWriter

    return PloverWriter(out, text=options.text)


def _gdelt(out: IO[bytes], options: Options) -> Writer:
    from communique.export.gdelt import GdeltWriter

    return GdeltWriter(out)


def _annotation(out: IO[bytes], options: Options) -> Writer:
    from communique.export.annotation import AnnotationWriter

    return AnnotationWriter(out)


FORMATS: dict[str, Format] = {
    "json": Format((".json",), "one object for one report, a list for several", JsonWriter),
    "jsonl": Format((".jsonl", ".ndjson"), "one line a report", LinesWriter),
    "csv": Format((".csv",), "one table (--table), one row a record", CsvWriter),
    "xlsx": Format((".xlsx",), "a workbook with all tables", _xlsx),
    "parquet": Format((".parquet",), "one table (--table); needs the extra 'tables'", _parquet),
    "plover": Format((".plover.jsonl",), "PLOVER records, one line an event", _plover),
    "gdelt": Format((".tsv", ".export.csv"), "the 61 columns of GDELT 2.0 events, tab-separated, no header", _gdelt),
    "annotation": Format((".jsonld",), "W3C Web Annotations, one line each", _annotation),
}


def format_of(path: Path) -> str | None:
    """The format that a file's name asks for, by its longest known ending."""
    endings = [(suffix, name) for name, format_ in FORMATS.items() for suffix in format_.suffixes]
    for suffix, name in sorted(endings, key=lambda ending: -len(ending[0])):
        if path.name.lower().endswith(suffix):
            return name
    return None


def open_writer(name: str, out: IO[bytes], options: Options = Options()) -> Writer:  # noqa: B008 - immutable
    """A writer of format `name` on the binary file `out`, which the caller opens and closes.

    Raises SettingsError for an unknown format or table, MissingExtra when a package is not installed.
    """
    if name not in FORMATS:
        raise SettingsError(f"there is no format {name!r}. Choose one of: {', '.join(FORMATS)}.")
    if options.table not in TABLES:
        raise SettingsError(f"there is no table {options.table!r}. Choose one of: {', '.join(TABLES)}.")
    return FORMATS[name].make(out, options)
