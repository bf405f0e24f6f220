"""`communique export`: a whole record, or a part of it, in the formats that others read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli.events import Countries
from communique.cli.output import output
from communique.cli.record import Where, day_of, opened

if TYPE_CHECKING:
    from communique.export.record import Ask
    from communique.export.writers import Options
    from communique.store import Record


def command(
    record: Where,
    countries: Countries = None,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE_OR_FOLDER", help="Where to write; a folder for all tables."),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="csv, xlsx, parquet, json, jsonl, plover, gdelt, annotation, followthemoney, "
            "ris, bibtex or html; told by the file's name if not given.",
        ),
    ] = None,
    table: Annotated[
        str,
        typer.Option(
            help="For csv and parquet: events, mentions, statements, instruments, steps, people, offices, "
            "reports or corrections."
        ),
    ] = "events",
    kind: Annotated[str | None, typer.Option(help="Only events of this kind.")] = None,
    since: Annotated[str | None, typer.Option(help="Only events not before this day.", metavar="DAY")] = None,
    until: Annotated[str | None, typer.Option(help="Only events not after this day.", metavar="DAY")] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave the words of the reports out; offsets and digests stay.")
    ] = False,
    bom: Annotated[bool, typer.Option("--bom", help="CSV for Excel: begin with a byte order mark.")] = False,
) -> None:
    """Write a record for others: tables, event data, annotations, entities, references, a page.

    Example:  communique export GHA KEN --record ghana.db -o ghana.xlsx

    With a folder for --output, csv and parquet write all tables and a datapackage.json. html writes the dossier of two
    countries as one page.
    """  # fmt: skip
    from communique.export.record import FORMATS, format_of, write_record
    from communique.export.writers import Options

    folder = out is not None and (out.is_dir() or not out.suffix)
    name = format_ or ("csv" if folder else format_of(out.name) if out else None)
    if name == "html" or (name is None and out is not None and out.suffix in (".html", ".htm")):
        _page(record, countries or [], out)
        return
    if name is None:
        raise typer.BadParameter(f"say in which format: --format {'|'.join(FORMATS)}|html, or a file's name")
    options = Options(table, bom, not no_text)
    chosen = {"kind": kind, "since": day_of(since, "--since"), "until": day_of(until, "--until")}
    with opened(record) as store:
        ask = asking(store, countries or (), chosen)
        if folder and out is not None:
            _folder(out, name, ask, options, str(record))
            return
        with output(out, name) as file:
            write_record(name, ask, file, options)


def asking(store: Record, countries: Iterable[str], chosen: Mapping[str, Any]) -> Ask:
    """What answers an export's questions: the record, of these countries and events alone."""

    def ask(question: str) -> Iterable[Mapping[str, Any]]:
        if question == "full_corrections":
            return store.full_corrections()  # type: ignore[no-any-return]
        more = chosen if question == "full_events" else {}
        return getattr(store, question)(countries=tuple(countries), **more)  # type: ignore[no-any-return]

    return ask


def _folder(folder: Path, name: str, ask: Ask, options: Options, title: str) -> None:
    """All tables, a file each, and the description of the folder."""
    from communique.errors import RecordError
    from communique.export.record import datapackage, write_record
    from communique.export.recorded import TABLES

    if name not in ("csv", "parquet"):
        raise typer.BadParameter(f"a folder takes csv or parquet. For {name} name a file.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordError(f"cannot write {folder}: {error.strerror}. Choose another place with -o.") from error
    files = {table: f"{table}.{name}" for table in TABLES}
    for table, file in files.items():
        with output(folder / file, name) as out:
            write_record(name, ask, out, options._replace(table=table))
    with output(folder / "datapackage.json", "json") as out:
        out.write(datapackage(files, f"Record {Path(title).stem}"))


def _page(record: str, countries: list[str], out: Path | None) -> None:
    """The dossier of two countries as one page: what `communique dossier --html` writes."""
    from communique.cli import dossier

    if len(countries) != 2 or out is None:
        raise typer.BadParameter(
            "html is the dossier of two countries in a file: communique export GHA KEN -o page.html"
        )
    dossier.command(countries[0], countries[1], record, html=out)
