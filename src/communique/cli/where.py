"""`communique where`: the folders that the package reads."""

from __future__ import annotations

from pathlib import Path

import typer


def command() -> None:
    """Print where settings, data and samples are kept.

    Example:  communique where

    COMMUNIQUE_CONFIG and COMMUNIQUE_DATA name other folders; else the XDG folders are used.
    """
    import communique
    from communique.folders import config_folder, data_folder
    from communique.samples import folder

    package = Path(communique.__file__).parent
    for name, place in (
        ("settings", config_folder()),
        ("data", data_folder()),
        ("codebook", package / "codebook" / "kinds"),
        ("tables", package / "tables"),
        ("samples", folder()),
    ):
        typer.echo(f"{name:10}{place}{'' if place.exists() else '  (not there yet)'}")
