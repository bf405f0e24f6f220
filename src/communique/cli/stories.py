"""`communique stories`: reports of one story, copies or not."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.events import Countries
from communique.cli.record import Format, Where, day_of, opened, show


def command(
    record: Where,
    countries: Countries = None,
    since: Annotated[str | None, typer.Option(help="Written not before this day.", metavar="DAY")] = None,
    until: Annotated[str | None, typer.Option(help="Written not after this day.", metavar="DAY")] = None,
    format_: Format = "table",
) -> None:
    """Part the reports into stories: by their words, and by their days as far as these can be trusted.

    Example:  communique stories GHA KEN --record ghana.db
    """
    with opened(record) as store:
        rows = store.stories(
            countries=countries or (), since=day_of(since, "--since"), until=day_of(until, "--until")
        )  # fmt: skip
    columns = ("first", "last", "reports", "families", "title", "publishers", "ids")
    show(rows, columns, format_, "Stories", shown=columns[:-1])
