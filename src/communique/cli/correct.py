"""`communique correct`: what a person knows better than the coder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.record import Format, Where, opened, show
from communique.errors import RecordError

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Correct a record; the reports stay as they are.")

Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of events, or of single mentions.")]
Author = Annotated[str, typer.Option("--author", envvar="COMMUNIQUE_AUTHOR", help="Who says so: a name or initials.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in a sentence.")]


def _write(record: str, what: str, ids: list[str], author: str, reason: str, **edit: str | None) -> None:
    with opened(record) as store:
        typer.echo(store.correct(what, ids, author=author, reason=reason, **edit))


@app.command("accept")
def accept(ids: Ids, record: Where, author: Author, reason: Reason = "") -> None:
    """Say that events are right.

    Example:  communique correct accept EVENT_ID --record ghana.db --author AB
    """
    _write(record, "accept", ids, author, reason)


@app.command("reject")
def reject(ids: Ids, record: Where, author: Author, reason: Reason = "") -> None:
    """Say that there was no such event.

    Example:  communique correct reject EVENT_ID --record ghana.db --author AB --reason "a film"
    """
    _write(record, "reject", ids, author, reason)


@app.command("edit")
def edit(
    ids: Ids,
    record: Where,
    author: Author,
    field: Annotated[
        str,
        typer.Option(help="type, kind, modality, start, end, place, place_country, instrument or participants."),
    ],
    value: Annotated[str, typer.Option(help="What it is; empty for unknown.")],
    reason: Reason = "",
) -> None:
    """Say what a field of an event should be. Days are ISO 8601, participants like: Rosa Quispe (PER); Lesotho (LSO).

    Example:  communique correct edit EVENT_ID --field place --value Accra --record ghana.db --author AB
    """
    _write(record, "edit", ids, author, reason, field=field, value=value)


@app.command("merge")
def merge(ids: Ids, record: Where, author: Author, reason: Reason = "") -> None:
    """Say that events are one.

    Example:  communique correct merge EVENT_ID OTHER_ID --record ghana.db --author AB
    """
    _write(record, "merge", ids, author, reason)


@app.command("split")
def split(ids: Ids, record: Where, author: Author, reason: Reason = "") -> None:
    """Say that a mention is of another event than the rest of its event.

    Example:  communique correct split MENTION_ID --record ghana.db --author AB
    """
    _write(record, "split", ids, author, reason)


@app.command("withdraw")
def withdraw(correction: Annotated[str, typer.Argument(metavar="CORRECTION_ID")], record: Where) -> None:
    """Take a correction back; it stays listed.

    Example:  communique correct withdraw CORRECTION_ID --record ghana.db
    """
    with opened(record) as store:
        store.withdraw(correction)


@app.command("list")
def list_(
    record: Where,
    orphaned: Annotated[bool, typer.Option("--orphaned", help="Only those whose target is gone.")] = False,
    format_: Format = "table",
) -> None:
    """List the corrections in force, each with the mentions it is about.

    Example:  communique correct list --record ghana.db --format jsonl
    """
    with opened(record) as store:
        rows = store.gold()
    if orphaned:
        rows = [row for row in rows if row["orphaned"]]
    show(rows, ("what", "field", "value", "author", "at", "reason", "orphaned", "id"), format_, "Corrections")


@app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="Where the gold files go; made if it is not there.")], record: Where
) -> None:
    """Write the corrections as gold files, with their reports, for `communique evaluate`.

    Example:  communique correct export my-gold --record ghana.db

    Only what people judged is gold: what they accepted, edited or added should be found, what they rejected should
    not. The rest of a report counts neither way.
    """
    from communique.cli.output import output
    from communique.cli.talk import say

    reports = folder / "reports"
    count = left = 0
    with opened(record) as store:
        for gold, report in store.gold_files():
            if report is None:
                left += 1
                continue
            try:
                reports.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise RecordError(f"cannot write {folder}: {error.strerror}. Choose another folder.") from error
            for path, data in ((folder / f"{gold['id']}.json", gold), (reports / f"{gold['id']}.json", report)):
                with output(path, "json") as out:
                    out.write(json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n")
            count += 1
    say(f"{count:,} gold files in {folder}" + (f"; of {left:,} reports the record keeps no text" if left else ""))
