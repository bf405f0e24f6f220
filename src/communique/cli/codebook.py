"""`communique codebook`: read it, check it, begin a file of your own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import CodebookFolders, Model
from communique.errors import RecordError
from communique.settings import DEFAULT

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Read the codebook, check it, extend it.")


@app.command("show")
def show(
    kind: Annotated[
        str | None, typer.Argument(help="A kind (meeting) or a type (CONSULT).", show_default=False)
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="All of it as one document: the manual's chapter.")
    ] = False,
    codebook: CodebookFolders = None,
) -> None:
    """List the kinds of event, or show one with its definition, frames and examples.

    Example:  communique codebook show meeting
    """
    from communique.codebook.document import chapter
    from communique.codebook.loader import load_codebook

    book = load_codebook(tuple(codebook or ()))
    if markdown:
        typer.echo(chapter(book), nl=False)
        return
    wanted = [k for k in book.kinds.values() if kind is None or kind.lower() == k.name or kind.upper() == k.type]
    if not wanted:
        raise typer.BadParameter(f"the codebook has no kind or type {kind!r}. See: communique codebook show")
    for k in sorted(wanted, key=lambda k: (k.type, k.name)):
        if kind is None:
            typer.echo(f"{k.type:10} {k.name:24} {k.definition}")
            continue
        typer.echo(f"{k.name} ({k.type}, CAMEO {k.cameo or 'none'})\n  {k.definition}")
        if k.not_coded:
            typer.echo(f"  Not coded: {k.not_coded}")
        for frame in k.frames:
            typer.echo(f"  frame [{frame.rule}]: {frame.pattern}")
        for example in k.examples:
            typer.echo(f"  codes: {example.text}")
        for example in k.near_misses:
            typer.echo(f"  does not: {example.text}")


@app.command("check")
def check(
    types: Annotated[list[str] | None, typer.Argument(help="Only these types.", show_default=False)] = None,
    codebook: CodebookFolders = None,
    model: Model = DEFAULT.model,
) -> None:
    """Run every example and near miss of the codebook; exit 1 if one fails.

    Example:  communique codebook check CONSULT
    """
    from communique.api import coder_for
    from communique.cli.options import settings_of
    from communique.cli.talk import say
    from communique.codebook.check import check_codebook

    coder = coder_for(settings_of(model, codebook))
    faults = check_codebook(coder.nlp, coder.codebook, types={name.upper() for name in types or ()})
    for fault in faults:
        typer.echo(str(fault))
    say(f"{len(faults)} faults" if faults else "every example codes and every near miss does not")
    raise typer.Exit(1 if faults else 0)


@app.command("codes")
def codes(codebook: CodebookFolders = None) -> None:
    """List the CAMEO codes and say which of them the codebook can give an event.

    Example:  communique codebook codes
    """
    from communique.cli.talk import say
    from communique.codebook.loader import load_codebook
    from communique.export.cameo import codes as all_codes
    from communique.export.cameo import intended

    reached = load_codebook(tuple(codebook or ())).codes()
    planned = {plan for code in reached if (plan := intended(code))}
    for code, name in all_codes().items():
        how = "coded" if code in reached else "planned acts" if code in planned else "not coded"
        typer.echo(f"{code:5} {how:13} {name}")
    given = [code for code in all_codes() if code in reached | planned]
    say(f"{len(given)} of {len(all_codes())} codes")


_TEMPLATE = """# A kind of your own: change it, add others. Use it with:  communique code --codebook {folder} ...
# The format is described in docs/codebook-format.md. Check it with:  communique codebook check --codebook {folder}
type = "CONSULT"

[kind.golf]
definition = "Leaders or officials of two states play golf together."
not_coded = "Golf inside one government; a tournament of professionals."
cameo = "040"
mutual = true
sides = 2
verbs = ["{{initiator}} play golf|round with {{counterpart}}"]
examples = [
  {{ text = "The president of Ghana played golf with the prime minister of Togo on Sunday.", who = ["GHA", "TGO"] }},
  {{ text = "Peru's foreign minister played a round with Chilean President Gabriel Boric.", who = ["PER", "CHL"] }},
  {{ text = "Togo's leader will play golf with the president of Ghana.", who = ["GHA", "TGO"], modality = "planned" }},
]
near_misses = [
  "The students played golf with their teachers.",
  "Ghana's president played a role in the talks with Togo.",
]
"""


@app.command("new")
def new(folder: Annotated[Path, typer.Argument(help="A folder for your own codebook files.")]) -> None:
    """Begin a codebook folder of your own, with one kind to copy and change.

    Example:  communique codebook new my-codebook
    """
    path = folder / "own.toml"
    if path.exists():
        raise RecordError(f"{path} is already there. Change that file, or name another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(_TEMPLATE.format(folder=folder), encoding="utf-8")
    except OSError as error:
        raise RecordError(f"cannot write {path}: {error.strerror}.") from error
    typer.echo(path)
