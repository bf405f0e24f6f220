"""What the commands that read or write a record share: the option, the formats, the tables."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from communique.store import Record

Where = Annotated[
    str,
    typer.Option("--record", "-r", metavar="FILE_OR_URL", envvar="COMMUNIQUE_RECORD",
                 help="The record: a file, or postgresql://user@host/name."),
]  # fmt: skip
Format = Annotated[str, typer.Option("--format", "-f", help="table, json, jsonl or csv.")]
Row = dict[str, Any]
_WHOLE = ("start", "end", "kind", "modality", "what", "countries", "id", "written", "due", "told on", "country")


def opened(where: str) -> Record:
    """The record, which must be there."""
    from communique.store import Record

    return Record.open(where, create=False)


def day_of(text: str | None, option: str) -> date | None:
    """A day written like 2024-03-28, or an error about the option (exit 2)."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day. Write it like 2024-03-28.", param_hint=option) from error


def show(
    rows: Sequence[Row],
    columns: Sequence[str],
    format_: str,
    title: str,
    *,
    cells: Callable[[Row], Row] | None = None,
    shown: Sequence[str] | None = None,
) -> None:
    """Print rows: `columns` of them in CSV, all of each in JSON; for a person a table of `shown`, made by `cells`."""
    if format_ == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif format_ == "jsonl":
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    elif format_ == "csv":
        write_csv(rows, columns)
    elif format_ == "table":
        table([cells(row) for row in rows] if cells else rows, shown or columns, title)
    else:
        raise typer.BadParameter(f"there is no format {format_!r}. Choose table, json, jsonl or csv.")


def write_csv(rows: Iterable[Row], columns: Sequence[str]) -> None:
    """CSV on standard output, safe to open in a spreadsheet."""
    from communique.export.cells import safe_cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(cell(row.get(name))) for name in columns])


def table(rows: Sequence[Row], columns: Sequence[str], title: str) -> None:
    """A table on standard output; one line when it is empty."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from communique.cli.talk import console
    from communique.export.cells import printable

    if not rows:
        console().print(f"{title}: none.")
        return
    made = Table(title=f"{title} ({len(rows)})", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        made.add_column(name.replace("_", " "), overflow="fold", no_wrap=name in _WHOLE)
    for row in rows:
        made.add_row(*(Text("\n".join(map(printable, cell(row.get(name)).splitlines()))) for name in columns))
    console().print(made)


def cell(value: object) -> str:
    """A value as one cell: lists are joined, unknown is empty."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list | tuple):
        return " ".join(cell(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {cell(item)}" for key, item in value.items() if item not in (None, [], False))
    return str(value)
