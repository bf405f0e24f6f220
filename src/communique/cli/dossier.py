"""`communique dossier`: all that a record has of two countries."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.events import SHOWN
from communique.cli.record import Where, opened, table
from communique.cli.recorded import event_cells, instrument_cells, promise_cells

PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("encounters", "Who met whom", SHOWN),
    ("acts", "Acts", SHOWN),
    ("instruments", "Agreements, mechanisms, themed years", ("name", "kind", "parties", "status", "steps", "reports")),
    (
        "promises",
        "Planned, and not reported since",
        ("due", "what", "who", "where", "told on", "overdue", "perhaps", "id"),
    ),
    ("people", "People", ("name", "country", "events")),
    ("statements", "Statements", ("day", "speaker", "country", "words")),
    ("reports", "Reports", ("written", "published", "claim_contradicted", "publisher", "title")),
)

CELLS = {
    "encounters": event_cells, "acts": event_cells, "instruments": instrument_cells, "promises": promise_cells
}  # fmt: skip


def command(
    first: Annotated[str, typer.Argument(help="One country: CHN.")],
    second: Annotated[str, typer.Argument(help="The other one: KAZ.")],
    record: Where,
    format_: Annotated[str, typer.Option("--format", "-f", help="table or json.")] = "table",
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write it as one web page that needs nothing else.")
    ] = None,
) -> None:
    """All of two countries: who met whom, agreements and where they stand, statements, open promises, the reports.

    Example:  communique dossier GHA KEN --record ghana.db --html ghana-kenya.html
    """
    if html is not None:
        _write(record, first, second, html)
        return
    with opened(record) as store:
        found = store.dossier(first, second, today=date.today())
    if format_ == "json":
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif format_ == "table":
        for part, title, columns in PARTS:
            cells = CELLS.get(part)
            table([cells(row) for row in found[part]] if cells else found[part], columns, title)
    else:
        raise typer.BadParameter(f"there is no format {format_!r}. Choose table or json.")


def _write(record: str, first: str, second: str, path: Path) -> None:
    """The dossier as one file."""
    from communique.cli.talk import say
    from communique.room import project

    project.open_room(record, fixed=True)
    from communique.errors import SettingsError
    from communique.room.site.alone import dossier_file

    text = dossier_file(first, second)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"cannot write {path}: {(error.strerror or str(error)).lower()}.") from error
    say(f"the dossier is in {path}")
