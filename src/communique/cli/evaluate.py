"""`communique evaluate`: how right the codebook is on reports that a person has coded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import CodebookFolders, Model, settings_of
from communique.settings import DEFAULT


def command(
    gold: Annotated[Path, typer.Argument(help="A folder of gold files (*.json), reports beside them.")],
    format_: Annotated[str, typer.Option("--format", "-f", help="table or csv.")] = "table",
    model: Model = DEFAULT.model,
    codebook: CodebookFolders = None,
) -> None:
    """Precision, recall and F1 by kind, with 95 % intervals, on reports that you have coded yourself.

    Example:  communique evaluate my-gold/ --codebook my-codebook
    """
    import csv
    import sys

    from communique.api import coder_for
    from communique.evaluate import evaluate

    if format_ not in {"table", "csv"}:
        raise typer.BadParameter("--format is table or csv")
    if not gold.is_dir():
        raise typer.BadParameter(f"{gold} is not a folder")
    scores = evaluate(coder_for(settings_of(model, codebook)), gold)
    rows = [
        [s.kind, s.gold, s.found, s.right, _share(s.precision), *_ends(s.precision_interval()), _share(s.recall),
         *_ends(s.recall_interval()), _share(s.f1)]
        for s in scores
    ]  # fmt: skip
    header = ["kind", "gold", "found", "right", "precision", "from", "to", "recall", "from", "to", "F1"]
    if format_ == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(header)
        writer.writerows(rows)
        return
    typer.echo(f"{header[0]:24}" + "".join(f"{name:>10}" for name in header[1:]))
    for row in rows:
        typer.echo(f"{row[0]:24}" + "".join(f"{cell:>10}" for cell in row[1:]))


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _ends(interval: tuple[float, float] | None) -> tuple[str, str]:
    return ("", "") if interval is None else (f"{interval[0]:.3f}", f"{interval[1]:.3f}")
