"""The codings in folders of results, for a record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.cluster.work import RESULT, TOLD, read_told
from communique.errors import InputError
from communique.export.json import coding_from_dict
from communique.model import Coding


def codings_in(folders: Iterable[str]) -> Iterator[Coding]:
    """The codings of all finished shards, folder by folder, by name.

    Raises InputError for a folder without results and for a line that is no coding.
    """
    for folder in folders:
        for path in _results(folder):
            yield from _codings(path)


def counted_in(folders: Iterable[str]) -> int:
    """How many codings those are, without reading them."""
    return sum(read_told(path.with_name(path.stem + TOLD)).coded for folder in folders for path in _results(folder))


def _results(folder: str) -> list[Path]:
    paths = [p for p in sorted(Path(folder).glob(f"*{RESULT}")) if p.with_name(p.stem + TOLD).exists()]
    if not paths:
        raise InputError(f"{folder} has no results of `communique archive`. Check the name.", source=folder)
    return paths


def _codings(path: Path) -> Iterator[Coding]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield coding_from_dict(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(
                    f"cannot read {path}, line {number}: it is no coding of this version. Code the archive again.",
                    source=str(path),
                ) from error
