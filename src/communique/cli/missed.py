"""`communique missed`: verbs, people and offices that reports use often and that no table or frame knows."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.options import CodebookFolders, Columns, Model, Paths, columns_of, settings_of
from communique.settings import DEFAULT


def command(
    paths: Paths,
    most: Annotated[int, typer.Option(help="How many to list.", min=1)] = 50,
    columns: Columns = None,
    model: Model = DEFAULT.model,
    codebook: CodebookFolders = None,
) -> None:
    """List what the tables and the codebook do not know: verbs between two actors, people without country, offices.

    Example:  communique missed sample:reykjavik-june.txt
    """
    from communique.api import coder_for
    from communique.cli.talk import say
    from communique.export.cells import printable
    from communique.intake.files import Failure, read_input
    from communique.missed import find_missed
    from communique.samples import resolve

    settings = settings_of(model, codebook)
    inputs = [found for path in paths for found in read_input(resolve(path), settings, columns=columns_of(columns))]
    reports = [found for found in inputs if not isinstance(found, Failure)]
    failures = [found for found in inputs if isinstance(found, Failure) and not found.skipped]
    for item in find_missed(coder_for(settings), reports, most=most):
        typer.echo(f"{item.count:5}  {item.what:7} {printable(item.word):28} {printable(item.example)[:160]}")
    for failure in failures:
        say(failure.message)
    raise typer.Exit(1 if failures else 0)
