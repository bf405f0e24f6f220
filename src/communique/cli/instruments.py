"""`communique instruments`: agreements, mechanisms, themed years, and where they stand."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.events import Countries
from communique.cli.record import Format, Where, opened, show


def command(
    record: Where,
    countries: Countries = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind: agreement, mechanism, themed-year ...")] = None,
    format_: Format = "table",
) -> None:
    """List the instruments of a record with the steps of their lives.

    Example:  communique instruments GHA KEN --record ghana.db
    """
    with opened(record) as store:
        rows = store.instruments(countries=countries or (), kind=kind)
    if format_ == "table":
        rows = [{**row, "steps": [f"{s['step']} {s['day'] or ''}".strip() for s in row["steps"]]} for row in rows]
    show(rows, ("name", "kind", "parties", "status", "steps", "reports", "id"), format_, "Instruments")
