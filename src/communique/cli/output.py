"""Where bytes go: standard output, or a file that appears only when it is complete."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import typer

from communique.errors import RecordError


@contextmanager
def output(path: Path | None, name: str) -> Iterator[IO[bytes]]:
    """A binary file to write on. `name` is the format's; two of them are not for a terminal."""
    if path is None:
        if name in ("xlsx", "parquet") and sys.stdout.isatty():
            raise typer.BadParameter(f"{name} is not for a terminal. Name a file: -o record.{name}")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent or Path())
    except OSError as error:
        raise RecordError(f"cannot write {path}: {error.strerror}. Choose another place with -o.") from error
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise RecordError(f"cannot write {path}: {error.strerror}. Choose another place with -o.") from error
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The rights that new files of this user do not get; a temporary file has fewer than a usual one."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
