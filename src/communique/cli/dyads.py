"""`communique dyads`: events counted by pair of countries."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.events import Countries
from communique.cli.record import Format, Where, opened, show


def command(
    record: Where,
    countries: Countries = None,
    by: Annotated[str, typer.Option(help="day, month or year.")] = "month",
    format_: Format = "table",
) -> None:
    """Count events that occurred by pair of countries, period and type; one event counts once, however many report it.

    Example:  communique dyads --by month --record ghana.db --format csv
    """
    if by not in ("day", "month", "year"):
        raise typer.BadParameter(f"--by {by}: choose day, month or year.")
    with opened(record) as store:
        rows = store.dyads(by=by, countries=countries or ())
    show(rows, ("country1", "country2", by, "type", "events"), format_, "Events by pair of countries")
