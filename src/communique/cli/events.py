"""`communique events`: the events of a record."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from communique.cli.record import Format, Where, day_of, opened, show
from communique.cli.recorded import event_cells, event_in_full
from communique.export.cells import printable

COLUMNS = (
    "start", "end", "modality", "kind", "who", "countries", "place", "instrument", "reports", "origins", "contested",
    "id",
)  # fmt: skip
SHOWN = ("day", "what", "who", "countries", "where", "instrument", "told by", "contested", "id")
Countries = Annotated[
    list[str] | None, typer.Argument(help="Countries that take part, all of them: CHN KAZ.", show_default=False)
]


def command(
    record: Where,
    countries: Countries = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind: meeting, signing ...")] = None,
    modality: Annotated[str | None, typer.Option(help="occurred, planned, called-off, hypothetical or denied.")] = None,
    since: Annotated[str | None, typer.Option(help="Not before this day.", metavar="DAY")] = None,
    until: Annotated[str | None, typer.Option(help="Not after this day.", metavar="DAY")] = None,
    show_event: Annotated[
        str | None, typer.Option("--show", metavar="EVENT_ID", help="All of one event: fields, conflicts, sentences.")
    ] = None,
    format_: Format = "table",
) -> None:
    """List the events of a record, or show one with its sentences and conflicts.

    Example:  communique events GHA KEN --record ghana.db

    `origins` are the least and the most sources that can be told apart; `contested` names the fields on which they
    disagree. The beginning of an id is enough wherever an id is asked for.
    """
    with opened(record) as store:
        if show_event:
            found = store.event(store.named(show_event))
            if format_ == "json":
                typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
            else:
                for line in event_in_full(found):
                    typer.echo(" " * (len(line) - len(line.lstrip())) + printable(line))
            return
        rows = store.events(
            countries=countries or (), kind=kind, modality=modality, since=day_of(since, "--since"),
            until=day_of(until, "--until"),
        )  # fmt: skip
        show(rows, COLUMNS, format_, "Events", cells=event_cells, shown=SHOWN)
