"""`communique search`: reports of a record by their words."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.record import Format, Where, opened, show


def command(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="All of them must be in the report.")],
    record: Where,
    limit: Annotated[int, typer.Option(help="How many reports at most.")] = 20,
    format_: Format = "table",
) -> None:
    """Find reports by words of their titles and texts, in any grammatical form, best first.

    Example:  communique search visa fees --record ghana.db
    """
    with opened(record) as store:
        rows = store.search(" ".join(words), limit=limit)
    show(rows, ("written", "publisher", "title", "id"), format_, "Reports")
