"""The commands put together, and what happens when one fails."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from communique.cli import (
    accounts,
    actors,
    add,
    archive,
    attach,
    code,
    codebook,
    copies,
    correct,
    coverage,
    digest,
    dossier,
    dyads,
    evaluate,
    events,
    export,
    instruments,
    missed,
    people,
    promises,
    remove,
    room,
    samples,
    schema,
    search,
    site,
    stories,
    try_,
    watch,
    where,
    why,
)
from communique.cli.talk import say
from communique.errors import CommuniqueError, InputError

app = typer.Typer(
    name="communique",
    help="""Reads news reports about relations between states and keeps the diplomatic record in them.

Begin with:  communique code sample:accra-visit.txt""",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("code")(code.command)
app.command("watch")(watch.command)
app.command("archive")(archive.command)
app.command("why")(why.command)
app.command("try")(try_.command)
app.command("evaluate")(evaluate.command)
app.command("missed")(missed.command)
app.command("samples")(samples.command)
app.command("where")(where.command)
app.command("schema")(schema.command)
app.command("add")(add.command)
app.command("dossier")(dossier.command)
app.command("events")(events.command)
app.command("people")(people.command)
app.command("instruments")(instruments.command)
app.command("digest")(digest.command)
app.command("dyads")(dyads.command)
app.command("room")(room.command)
app.command("site")(site.command)
app.add_typer(accounts.app, name="accounts")
app.command("promises")(promises.command)
app.command("copies")(copies.command)
app.command("stories")(stories.command)
app.command("coverage")(coverage.command)
app.command("search")(search.command)
app.command("export")(export.command)
app.command("attach")(attach.command)
app.command("remove")(remove.command)
app.add_typer(correct.app, name="correct")
app.add_typer(codebook.app, name="codebook")
app.add_typer(actors.app, name="actors")


def _version(asked: bool) -> None:
    if asked:
        from importlib import metadata

        typer.echo(f"communique {metadata.version('communique')}")
        raise typer.Exit


@app.callback()
def _all(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Reads news reports about relations between states and keeps the diplomatic record in them.

    Begin with:  communique code sample:accra-visit.txt
    """


def run() -> None:
    """Run the command line; errors that the package raises on purpose become one line and an exit code."""
    try:
        app()
    except CommuniqueError as error:
        say(str(error))
        sys.exit(1 if isinstance(error, InputError) else 2)
    except KeyboardInterrupt:
        say("stopped")
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has seen enough: `communique ... | head`
        _leave_output()
        sys.exit(0)
    except OSError as error:  # the disk is full, a folder is read-only, a device is gone
        if os.environ.get("COMMUNIQUE_DEBUG"):
            raise
        place = f"{error.filename}" if error.filename else "the output"
        say(
            f"cannot read or write {place}: {error.strerror or error}. "
            "Free space or change the rights, and run it again."
        )
        _leave_output()
        sys.exit(2)


def _leave_output() -> None:
    """What is still in the buffer of standard output goes nowhere: the interpreter would fail on it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
