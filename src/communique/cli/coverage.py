"""`communique coverage`: what a record has read."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from communique.cli.record import Where, opened, table


def command(
    record: Where,
    format_: Annotated[str, typer.Option("--format", "-f", help="table or json.")] = "table",
) -> None:
    """What was read and when: reports by month and publisher, stretches without any, the runs that added them.

    Example:  communique coverage --record ghana.db
    """
    with opened(record) as store:
        found = store.coverage()
    if format_ == "json":
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    if format_ != "table":
        raise typer.BadParameter(f"there is no format {format_!r}. Choose table or json.")
    span = f", written from {found['first']} to {found['last']}" if found["first"] else ""
    typer.echo(f"{found['reports']:,} reports of {found['families']:,} texts{span}; {found['events']:,} events")
    for count, what in (
        (found["without_day"], "without a day of writing"),
        (found["without_text"], "kept without text"),
    ):
        if count:
            typer.echo(f"{count:,} reports {what}")
    table(found["months"], ("month", "reports"), "Reports by month of writing")
    table(found["silences"], ("first", "last", "days"), "Stretches without a report")
    table(found["publishers"], ("publisher", "reports"), "Publishers")
    runs = [row | {"ended": row["ended"] or "not ended: the same command goes on"} for row in found["runs"]]
    table(runs, ("began", "ended", "what", "added", "skipped"), "Runs")
