"""Reference facts: UTF-8 CSV files, each with a page that says what a row is, where it came from and its licence."""

from __future__ import annotations

import csv
import hashlib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@lru_cache(maxsize=64)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `name`.csv as text, "" where a cell is empty."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@lru_cache(maxsize=1)
def version() -> str:
    """A short digest of all tables: records made with the same tables carry the same one."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.csv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
