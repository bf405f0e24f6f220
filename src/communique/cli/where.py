"""`communique where`: the folders that the package reads."""

from __future__ import annotations

import os
from pathlib import Path

import typer


def command() -> None:
    """Print where settings, data and samples are kept.

    Example:  communique where

    COMMUNIQUE_CONFIG and COMMUNIQUE_DATA name other folders; else the XDG folders are used.
    """
    import communique
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


def config_folder() -> Path:
    """Where a user's settings are looked for."""
    return _folder("COMMUNIQUE_CONFIG", "XDG_CONFIG_HOME", ".config")


def data_folder() -> Path:
    """Where records and caches go unless a path is given."""
    return _folder("COMMUNIQUE_DATA", "XDG_DATA_HOME", ".local/share")


def _folder(own: str, xdg: str, otherwise: str) -> Path:
    if os.environ.get(own):
        return Path(os.environ[own])
    return Path(os.environ.get(xdg) or Path.home() / otherwise) / "communique"
