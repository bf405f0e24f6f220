"""`communique actors`: dictionaries of actors made elsewhere, for one's own codebook folder."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer

from communique.errors import RecordError

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Bring actors of your own.")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Actor or agent dictionaries.")],
    into: Annotated[Path, typer.Option("--into", help="A folder of your own codebook.", metavar="DIR")],
) -> None:
    """Turn TABARI or PETRARCH dictionaries into actors.csv and agents.csv of a codebook folder.

    A file whose codes begin with ~ holds agents (nouns such as "police"), any other actors. Lines that cannot be read
    are told on standard error, and the rest is kept. Use the folder with --codebook.

    Example:  communique actors import Phoenix.Countries.actors.txt Phoenix.agents.txt --into my-codebook
    """
    from communique.cli.talk import say
    from communique.codebook.tabari import Imported, read_dictionary

    whole = Imported()
    for path in files:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise RecordError(f"cannot read {path}: {error.strerror}.") from error
        whole.add(read_dictionary(text, path.name))
    for problem in whole.problems:
        say(problem)
    if whole.actors:
        _write(into / "actors.csv", whole.actor_rows())
    if whole.agents:
        _write(into / "agents.csv", whole.agent_rows())
    say(f"{len(whole.actors)} spells of actors, {len(whole.agents)} agents; {len(whole.problems)} lines left out")
    raise typer.Exit(1 if whole.problems else 0)


def _write(path: Path, rows: list[list[str]]) -> None:
    if path.exists():
        raise RecordError(f"{path} is already there. Import into another folder, or move it away.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    except OSError as error:
        raise RecordError(f"cannot write {path}: {error.strerror}.") from error
    typer.echo(path)
