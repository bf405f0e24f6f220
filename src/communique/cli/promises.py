"""`communique promises`: what was planned, and not reported since."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from communique.cli.events import COLUMNS, Countries
from communique.cli.record import Format, Where, day_of, opened, show
from communique.cli.recorded import PROMISES, promise_cells


def command(
    record: Where,
    countries: Countries = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose day has passed.")] = False,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="As of this day; today if not given.", show_default=False)
    ] = None,
    format_: Format = "table",
) -> None:
    """List planned events of which no report says that they happened or were called off.

    Example:  communique promises GHA KEN --record ghana.db

    `perhaps` names events of the same sort and countries that came after: look whether one was what was planned, and
    if so say it (communique correct merge).
    """
    with opened(record) as store:
        rows = store.promises(countries=countries or (), today=day_of(on, "--on") or date.today())
    if overdue:
        rows = [row for row in rows if row["overdue"]]
    show(rows, (*COLUMNS, "told", "overdue", "perhaps"), format_, "Promises", cells=promise_cells, shown=PROMISES)
