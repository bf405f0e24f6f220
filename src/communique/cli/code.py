"""`communique code`: reports in, the record out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import CodebookFolders, Columns, Model, Parse, Paths, columns_of, settings_of
from communique.cli.output import output as written_to
from communique.settings import DEFAULT


def command(
    paths: Paths,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="table, json, jsonl, csv, xlsx, parquet, plover, gdelt or annotation. "
            "Default: what the name of --output says, else table.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")
    ] = None,
    table: Annotated[
        str, typer.Option(help="For csv and parquet: events, statements, instruments, people or reports.")
    ] = "events",
    columns: Columns = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Take text files as they are: look for no page furniture.")
    ] = False,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with the mark by which Excel knows UTF-8.")] = False,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="For plover: leave the sentences out, keep their offsets.")
    ] = False,
    skip_broken: Annotated[
        bool, typer.Option("--skip-broken", help="Inputs that cannot be read do not count as failure (exit 0).")
    ] = False,
    fail_if_empty: Annotated[
        bool, typer.Option("--fail-if-empty", help="Exit with 3 when no event and no statement is found.")
    ] = False,
    model: Model = DEFAULT.model,
    codebook: CodebookFolders = None,
    parse: Parse = DEFAULT.parse,
) -> None:
    """Code reports: who did what, with or to whom, when, where, and on whose word.

    Example:  communique code sample:accra-visit.txt

    A folder to a spreadsheet:  communique code reports/ -o record.xlsx

    Reads plain text, HTML pages, feeds, mail, JSON, JSONL and CSV. Inputs that fail are told at the end and do not
    stop the rest; the exit code is then 1.
    """
    from communique.cli.reading import Run, with_progress

    name = format_ or (_format_of(output) if output else "table")
    run = Run(paths, settings_of(model, codebook, parse), columns=columns_of(columns), plain=plain)
    found = 0
    if name == "table":
        if output is not None:
            raise typer.BadParameter("tables go to the terminal. For a file choose --format csv, xlsx, json ...")
        from communique.cli.talk import console
        from communique.export.terminal import print_record

        codings = list(with_progress(run))
        found = sum(len(coding.events) + len(coding.statements) for coding in codings)
        print_record(codings, console())
    else:
        from communique.export.writers import Options, open_writer

        with written_to(output, name) as out:
            writer = open_writer(name, out, Options(table=table, bom=bom, text=not no_text))
            for coding in with_progress(run):
                found += len(coding.events) + len(coding.statements)
                writer.write(coding)
            writer.close()
    code = run.tell(skip_broken=skip_broken)
    raise typer.Exit(code or (3 if fail_if_empty and not found else 0))


def _format_of(output: Path) -> str:
    from communique.export.writers import FORMATS, format_of

    name = format_of(output)
    if name is None:
        raise typer.BadParameter(f"the name {output.name!r} tells no format. Add --format {'|'.join(FORMATS)}.")
    return name
