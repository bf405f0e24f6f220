"""What an archive is cut into: shards, each a few files, or a part of a large one.

The cut depends on the files alone, not on who codes them, and a shard's name on what is in it and on the coder: a
finished shard is known by its name, and one of other bytes or of another coder is never taken for it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from communique import tables
from communique.errors import InputError
from communique.intake.files import Part, can_be_parted, files_below, is_hidden
from communique.settings import Settings

FILES = 100  # most files in a shard
BYTES = 4_000_000  # a shard ends where it reaches so many


@dataclass(frozen=True, slots=True)
class Shard:
    """Files, or one part `[start, end)`, in bytes, of a file. `name` is also that of its result, without ending."""

    name: str
    files: tuple[str, ...]
    start: int = 0
    end: int | None = None
    columns: tuple[tuple[str, str], ...] = ()  # of tables: (what, name of the column)

    @property
    def part(self) -> Part:
        return Part(self.start, self.end)


def cut(
    paths: Iterable[str], settings: Settings, *, columns: Mapping[str, str] | None = None, size: int = BYTES
) -> list[Shard]:
    """The shards of files and folders, in order. Raises InputError for a path that is not there."""
    named = tuple(sorted((columns or {}).items()))
    stamp = f"{coder_stamp(settings)}\0{named}"
    return [
        Shard(_name(files, start, end, stamp), tuple(map(str, files)), start, end, named)
        for files, start, end in _pieces(paths, size)
    ]


def _pieces(paths: Iterable[str], size: int) -> Iterator[tuple[list[Path], int, int | None]]:
    """(files, start, end) of each shard."""
    files: list[Path] = []
    held = 0
    for path in _files(paths):
        length = path.stat().st_size
        parts = length > size and can_be_parted(path)
        if files and (parts or held + length > size or len(files) == FILES):
            yield files, 0, None
            files, held = [], 0
        if parts:
            for start in range(0, length, size):
                yield [path], start, start + size if start + size < length else None
        else:
            files.append(path)
            held += length
    if files:
        yield files, 0, None


def _files(paths: Iterable[str]) -> Iterator[Path]:
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from (file for file in files_below(path) if not is_hidden(file) and file.is_file())
        elif path.is_file():
            yield path
        else:
            raise InputError(f"cannot read {name}: there is no such file or folder. Check the name.", source=name)


def _name(files: list[Path], start: int, end: int | None, stamp: str) -> str:
    digest = hashlib.sha256(f"{stamp}\0{start}\0{end}".encode())
    for path in files:
        stat = path.stat()
        digest.update(f"\0{path}\0{stat.st_size}\0{stat.st_mtime_ns}".encode())
    stem = re.sub(r"[^\w-]+", "-", files[0].name)[:40].strip("-") or "shard"
    return f"{stem}-{digest.hexdigest()[:16]}"


def coder_stamp(settings: Settings) -> str:
    """What decides how a report is coded: the versions of coder, codebook, tables and model, and the settings."""
    from communique.codebook.loader import load_codebook

    codebook = load_codebook(settings.codebook).version
    return "\0".join((metadata.version("communique"), codebook, tables.version(), repr(settings)))
