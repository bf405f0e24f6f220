"""`communique remove`: take reports out of a record."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.record import Where, opened


def command(
    reports: Annotated[list[str], typer.Argument(metavar="REPORT_ID...", help="Ids of reports, or their beginnings.")],
    record: Where,
) -> None:
    """Take reports out of a record, with all that rests on them alone.

    Example:  communique remove REPORT_ID --record ghana.db

    Events that other reports tell stay. Ids of events that are gone go on being known, so that nobody takes a later
    event for one of them; corrections of what is gone are listed by `communique correct list --orphaned`.
    """
    from communique.cli.talk import say

    with opened(record) as store:
        count = store.remove([store.report_named(key) for key in reports])
    say(f"{count:,} reports taken out")
