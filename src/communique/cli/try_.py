"""`communique try`: what the codebook makes of one sentence."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.options import CodebookFolders, Model, settings_of
from communique.settings import DEFAULT


def command(
    sentence: Annotated[str, typer.Argument(help="A sentence, in quotation marks.")],
    model: Model = DEFAULT.model,
    codebook: CodebookFolders = None,
) -> None:
    """Show which frames of the codebook fire in a sentence, which nearly do, and what they lack.

    Example:  communique try "The foreign ministers of Ghana and Togo met in Accra on Monday."
    """
    from communique.api import coder_for
    from communique.codebook.explain import explain
    from communique.export.cells import printable

    coder = coder_for(settings_of(model, codebook))
    for line in explain(coder.nlp, coder.codebook, sentence):
        indent = line[: len(line) - len(line.lstrip())]
        typer.echo(indent + printable(line.lstrip()))
