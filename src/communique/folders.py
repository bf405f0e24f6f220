"""The folders of one user: where settings are looked for, and where caches go."""

from __future__ import annotations

import os
from pathlib import Path


def config_folder() -> Path:
    """Where a user's settings are looked for: COMMUNIQUE_CONFIG, else the XDG folder."""
    return _folder("COMMUNIQUE_CONFIG", "XDG_CONFIG_HOME", ".config")


def data_folder() -> Path:
    """Where caches go: COMMUNIQUE_DATA, else the XDG folder."""
    return _folder("COMMUNIQUE_DATA", "XDG_DATA_HOME", ".local/share")


def _folder(own: str, xdg: str, otherwise: str) -> Path:
    if os.environ.get(own):
        return Path(os.environ[own])
    return Path(os.environ.get(xdg) or Path.home() / otherwise) / "communique"
