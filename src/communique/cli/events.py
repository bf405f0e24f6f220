"""`communique events`: the events of a record."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.record import Format, Where, day_of, opened, show

COLUMNS = (
    "start", "end", "modality", "kind", "who", "countries", "place", "instrument", "reports", "origins", "contested",
    "id",
)  # fmt: skip
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
    disagree.
    """
    with opened(record) as store:
        if show_event:
            _one(store, show_event)
            return
        rows = store.events(
            countries=countries or (), kind=kind, modality=modality, since=day_of(since, "--since"),
            until=day_of(until, "--until"),
        )  # fmt: skip
        show(rows, COLUMNS, format_, "Events")


def _one(store: object, key: str) -> None:
    import json

    from communique.errors import RecordError
    from communique.store import Record

    assert isinstance(store, Record)
    now = store.resolve(key)
    if now is None:
        raise RecordError(f"the record has no event {key}.")
    typer.echo(json.dumps(store.event(now), ensure_ascii=False, indent=2))
