"""`communique people`: the people of a record."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.record import Format, Where, opened, show
from communique.cli.recorded import person_cells


def command(
    record: Where,
    country: Annotated[str | None, typer.Argument(help="The country they act for: KAZ.", show_default=False)] = None,
    name: Annotated[str | None, typer.Option(help="Only names with this in them.")] = None,
    format_: Format = "table",
) -> None:
    """List the people of a record: spellings, and offices with the days on which reports give them.

    Example:  communique people GHA --record ghana.db
    """
    with opened(record) as store:
        rows = store.people(country=country, name=name)
    show(
        rows,
        ("name", "country", "reports", "offices", "names"),
        format_,
        "People",
        cells=person_cells,
        shown=("name", "country", "reports", "offices", "also"),
    )
