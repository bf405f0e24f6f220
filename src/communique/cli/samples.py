"""`communique samples`: the bundled reports."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from communique.errors import RecordError


def command(
    to: Annotated[Path | None, typer.Argument(help="Copy them into this new folder.", show_default=False)] = None,
) -> None:
    """List the bundled sample reports, or copy them somewhere.

    Example:  communique samples
    """
    from communique.samples import PREFIX, folder

    if to is not None:
        if to.exists():
            raise RecordError(f"cannot copy the samples: {to} is already there. Name a folder that is not.")
        try:
            shutil.copytree(folder(), to)
        except OSError as error:
            raise RecordError(f"cannot copy the samples to {to}: {error.strerror}.") from error
        typer.echo(to)
        return
    for path in sorted(folder().iterdir()):
        if not path.name.startswith("."):
            typer.echo(PREFIX + path.name)
