"""Paths to reports. The only module of this room that opens anything."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from communique.intake.html import report_from_html
from communique.intake.text import report_from_text
from communique.model import Report, Source
from communique.settings import DEFAULT, Settings


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no report. `skipped`: left out on purpose, such as a hidden file in a folder."""

    source: str
    message: str
    skipped: bool = False


def read_input(
    path: str | Path, settings: Settings = DEFAULT, *, columns: Mapping[str, str] | None = None, plain: bool = False
) -> Iterator[Report | Failure]:
    """The reports of a file, of a folder (recursive, sorted) or of standard input ("-")."""
    if str(path) == "-":
        yield report_from_text(sys.stdin.buffer.read().decode("utf-8", "replace"), source=Source("-"), plain=plain)
        return
    path = Path(path)
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if not child.name.startswith("."):
                yield from read_input(child, settings, columns=columns, plain=plain)
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        yield Failure(str(path), f"cannot read {path}: {error.strerror}. Check the name and your rights.")
        return
    if data.lstrip()[:1] == b"<":
        yield report_from_html(data, source=Source(str(path)))
    else:
        yield report_from_text(data.decode("utf-8", "replace"), source=Source(str(path)), plain=plain)
