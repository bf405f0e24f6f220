"""Options that several commands share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from communique.settings import DEFAULT, Settings

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Files or folders; - is standard input; sample:NAME is a bundled sample.",
        show_default=False,
    ),
]
Model = Annotated[str, typer.Option(help="The language model: a spaCy package or a path.")]
Parse = Annotated[
    str,
    typer.Option(
        help="all, or candidates: pass over reports in which no sentence names two states, or one and a word of "
        "diplomacy. For archives of general news.",
        metavar="WHICH",
    ),
]
CodebookFolders = Annotated[
    list[Path] | None,
    typer.Option("--codebook", help="A folder of your own codebook files, over ours. May be repeated.", metavar="DIR"),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        help="What a column of a CSV or JSONL holds: text=body, title=headline, published=day, url=link. Repeatable.",
        metavar="WHAT=NAME",
    ),
]


def settings_of(model: str, codebook: list[Path] | None, parse: str = DEFAULT.parse) -> Settings:
    """The settings that the shared options ask for; ill-named files are called out at once (exit 2)."""
    if parse not in ("all", "candidates"):
        raise typer.BadParameter(f"there is no --parse {parse!r}. Choose all or candidates.")
    for path in codebook or ():
        if not path.exists():
            raise typer.BadParameter(f"{path} does not exist")
    return replace(DEFAULT, model=model, codebook=tuple(codebook or ()), parse=parse)  # type: ignore[arg-type]


def columns_of(columns: list[str] | None) -> dict[str, str] | None:
    """{"text": "body", ...} from the values of --column."""
    if not columns:
        return None
    found = {}
    for pair in columns:
        what, equals, name = pair.partition("=")
        if not (what and equals and name):
            raise typer.BadParameter(f"--column {pair}: write WHAT=NAME, for example text=body")
        found[what] = name
    return found
