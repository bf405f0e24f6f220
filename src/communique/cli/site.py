"""`communique site`: the whole reading room as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.record import Where


def command(
    folder: Annotated[Path, typer.Argument(help="Where to write; an empty folder, or one that is not there yet.")],
    record: Where,
) -> None:
    """Write the reading room as pages that need no server: open index.html, or put the folder on any web server.

    Example:  communique site room --record ghana.db

    Search needs a server and is left out, and so are forms. Each page has its JSON, CSV and Atom beside it.
    """
    from communique.cli.talk import say
    from communique.room import project

    project.open_room(record, fixed=True)
    from communique.room.site.folder import write

    done = write(folder, told=lambda n: say(f"{n:,} files"))
    say(f"{done.pages:,} pages and {done.twins:,} files of data are in {folder}; begin with {folder / 'index.html'}")
    if done.missing:
        say(f"{len(done.missing):,} addresses led nowhere, the first: {done.missing[0]}")
        raise typer.Exit(1)
