"""`communique copies`: reports that are one text, and where it comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.record import Format, Where, opened, show, table
from communique.cli.recorded import copy_cells

_COLUMNS = ("family", "report", "publisher", "written", "page claims", "so", "id")


def command(
    record: Where,
    report: Annotated[str | None, typer.Argument(help="Only the copies of this report.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(help="How many families, the largest first; 0 for all.")] = 50,
    format_: Format = "table",
) -> None:
    """List the families of copies: the probable origin and why, and the day that each copy's page claims.

    Example:  communique copies --record ghana.db
    """
    with opened(record) as store:
        families = store.copies(report=store.report_named(report) if report else None, limit=limit)
    if format_ == "table":
        table([row for family in families for row in copy_cells(family)], _COLUMNS, "Copies")
    else:
        show(families, ("family", "origin", "source", "why", "earliest", "claims", "reports"), format_, "Copies")
