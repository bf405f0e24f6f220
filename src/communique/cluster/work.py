"""`code_shard`: one shard in, one file out. What runs in the process, in a pool and on a cluster is this function.

The result appears under its name when it is complete: it is written under another name, synced and renamed. What a
shard's documents did wrong stands in a second file, which is there before the first: a shard is finished when its
result is there, and is then skipped.

A document that kills its process (a fault in a library, all memory taken) leaves a mark: the number of the document
being coded stands in a small file of the attempt, which outlives the process. Documents are parsed some together, where
no mark can say which one kills; the next attempt takes each by itself. A document at which three attempts died is
quarantined: it is passed over and told as a failure, and the rest of the shard is coded.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from communique.api import code_each, coder_for
from communique.cluster.shards import Shard
from communique.export.json import to_json
from communique.intake.files import Failure, Raw, find_inputs
from communique.model import Report
from communique.settings import DEFAULT, Settings

DEATHS = 3  # attempts that die at a document before it is quarantined
RESULT, TOLD = ".jsonl", ".told.json"


@dataclass(frozen=True, slots=True)
class Told:
    """How a shard went. `failures` are (source, message) of inputs that were not coded; `left_out` of no reports."""

    coded: int = 0
    failures: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    quarantined: tuple[str, ...] = ()  # sources; they are among the failures too


@dataclass(frozen=True, slots=True)
class Code:
    """`code_shard` as a task. `folder` is told whole: workers may have been started elsewhere."""

    folder: Path
    settings: Settings

    def __call__(self, shard: Shard, /) -> Told:
        return code_shard(shard, self.folder, self.settings)

    def name(self, shard: Shard, /) -> str:
        return shard.name

    def deaths(self, shard: Shard, /) -> int:
        return deaths(shard, self.folder).total()

    def given_up(self, shard: Shard, how: str, /) -> Told:
        why = f"cannot code {shard.name}: {how} before its first document. Is memory short?"
        return Told(failures=((shard.name, why),))


def code_shard(shard: Shard, folder: str | Path, settings: Settings = DEFAULT) -> Told:
    """Code the documents of `shard` into FOLDER/NAME.jsonl, one coding a line, in order; how it went.

    A finished shard is not coded again. The same shard gives the same bytes wherever it is coded; two that code it at
    once do not disturb each other. Documents that fail are told and stop nothing. Raises OSError where `folder`
    cannot be written.
    """
    folder = Path(folder)
    result, told = folder / (shard.name + RESULT), folder / (shard.name + TOLD)
    if result.exists():
        return read_told(told)
    with _attempt(shard, folder) as attempt, attempt.output.open("wb") as out:
        how = _code(shard, settings, attempt, out)
        out.flush()
        os.fsync(out.fileno())
        _write(told, json.dumps(asdict(how), ensure_ascii=False, indent=1).encode())
        os.replace(attempt.output, result)
        _sync(folder)
    for path in folder.glob(f".{shard.name}.*"):
        path.unlink(missing_ok=True)
    return how


def read_told(path: Path) -> Told:
    """How a finished shard went."""
    found = json.loads(path.read_bytes())
    pairs = {name: tuple(tuple(pair) for pair in found[name]) for name in ("failures", "left_out")}
    return Told(found["coded"], quarantined=tuple(found["quarantined"]), **pairs)


def deaths(shard: Shard, folder: str | Path) -> Counter[int]:
    """For each document, by number, how many attempts ended while it was being coded, or are at it now."""
    found: Counter[int] = Counter()
    for path in Path(folder).glob(f".{shard.name}.*.at"):
        said = path.read_text(encoding="ascii", errors="replace").strip()
        if said.isdecimal():
            found[int(said)] += 1
    return found


def _code(shard: Shard, settings: Settings, attempt: _Attempt, out: BinaryIO) -> Told:
    coder = coder_for(settings)
    failures: list[tuple[str, str]] = []
    left_out: list[tuple[str, str]] = []
    quarantined: list[str] = []
    coded = 0
    documents = _documents(shard, settings, attempt, quarantined)
    # Where an attempt died, each document is parsed by itself, so that the next mark tells which one did it.
    for found in code_each(coder, documents, wait=attempt.is_again, at=attempt.at):
        if isinstance(found, Failure):
            (left_out if found.skipped else failures).append((found.source, found.message))
        else:
            out.write(to_json(found) + b"\n")
            coded += 1
    return Told(coded, tuple(failures), tuple(left_out), tuple(quarantined))


def _documents(
    shard: Shard, settings: Settings, attempt: _Attempt, quarantined: list[str]
) -> Iterator[Report | Failure]:
    """The documents of a shard, each at its number; those at which attempts died are failures, and `quarantined`."""
    died = deaths(shard, attempt.folder)
    numbers = count()
    for path in shard.files:
        for raw in find_inputs(path, settings, columns=dict(shard.columns) or None, part=shard.part):
            number = next(numbers)
            if died[number] >= DEATHS:
                where = raw.where if isinstance(raw, Raw) else raw.source
                quarantined.append(where)
                why = f"quarantined {where}: {DEATHS} processes died while they coded it. Look at it by itself."
                yield Failure(where, why)
                continue
            attempt.at(number)
            yield raw if isinstance(raw, Failure) else raw.read(settings)


class _Attempt:
    """One process at work on a shard: where it writes, and the mark of the document that it is at."""

    def __init__(self, shard: Shard, folder: Path) -> None:
        self.folder = folder
        base = f".{shard.name}.{uuid4().hex}"
        self.output = folder / f"{base}.part"
        self.mark = folder / f"{base}.at"
        self.is_again = any(folder.glob(f".{shard.name}.*.at"))  # another one died, or is at it now
        self._file = os.open(self.mark, os.O_CREAT | os.O_WRONLY, 0o644)

    def at(self, number: int | None) -> None:
        """Mark the document that is read or coded now; None where it is several."""
        os.pwrite(self._file, f"{'' if number is None else number:<12}".encode(), 0)

    def close(self) -> None:
        os.close(self._file)
        self.mark.unlink(missing_ok=True)
        self.output.unlink(missing_ok=True)


@contextmanager
def _attempt(shard: Shard, folder: Path) -> Iterator[_Attempt]:
    """An attempt whose traces go when it ends in an orderly way; those of a death stay."""
    folder.mkdir(parents=True, exist_ok=True)
    attempt = _Attempt(shard, folder)
    try:
        yield attempt
    finally:
        attempt.close()


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def _sync(folder: Path) -> None:
    """A renamed file is there after a loss of power only when its folder was written too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
