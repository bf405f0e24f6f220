"""`communique digest`: what a record has learned lately."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import Annotated

import typer

from communique.cli.events import COLUMNS, SHOWN
from communique.cli.record import Format, Where, day_of, opened, show
from communique.cli.recorded import event_cells


def command(
    record: Where,
    since: Annotated[str, typer.Option(metavar="DAY", help="What was learned on this day (UTC) and after it.")],
    format_: Format = "table",
) -> None:
    """What a record has learned since a day: new events, and events that changed.

    Example:  communique digest --since 2024-03-28 --record ghana.db
    """
    day = day_of(since, "--since")
    if day is None:
        raise typer.BadParameter("--since needs a day, like 2024-03-28.")
    with opened(record) as store:
        found = store.digest(datetime.combine(day, time(), UTC))
    if format_ == "json":
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif format_ == "table":
        show(found["new"], COLUMNS, format_, "New events", cells=event_cells, shown=SHOWN)
        show(found["changed"], COLUMNS, format_, "Changed events", cells=event_cells, shown=SHOWN)
    else:
        rows = [{"news": news, **row} for news in ("new", "changed") for row in found[news]]
        show(rows, ("news", *COLUMNS), format_, "Digest")
