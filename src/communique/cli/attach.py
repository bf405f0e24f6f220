"""`communique attach`: give a record that was kept without texts its texts back."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.options import Columns, Paths, columns_of
from communique.cli.record import Where, opened
from communique.settings import DEFAULT


def command(
    paths: Paths,
    record: Where,
    columns: Columns = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Take text files as they are: look for no page furniture.")
    ] = False,
) -> None:
    """Give the texts of reports back to a record that has offsets and digests only. Nothing is coded anew.

    Example:  communique attach sample:accra-visit.txt --record ghana.db

    Only the very same text is taken, read in the same way as when it was added. What does not fit is counted.
    """
    from communique.cli.reading import reports_in
    from communique.cli.talk import say

    with opened(record) as store:
        failures: list[str] = []
        found = list(reports_in(paths, DEFAULT, columns=columns_of(columns), plain=plain, failures=failures))
        given = store.attach(found)
    for message in failures:
        say(message)
    say(f"{given:,} reports have their text again, {len(found) - given:,} texts were not asked for")
    raise typer.Exit(1 if failures else 0)
