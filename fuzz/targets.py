"""What is fuzzed: each target takes bytes and raises when a promise is broken.

A target reads as a user would, from a file of some name; the name only decides where the content does not tell. Errors
of ours (CommuniqueError, or a Failure in its place) are right answers. Anything else is a finding: another error, a
broken promise, more than `SLOW` seconds, or any attempt to write, to start a program or to reach the network. It wants
COMMUNIQUE_DEBUG set: a fault of ours must show, not be told as a failure of the input.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from promises import EXPORTS, check_coding, check_exports, check_report

from communique.errors import CodebookError, CommuniqueError
from communique.intake.files import WHOLE, Failure, _Reading
from communique.intake.raw import Raw
from communique.model import Report
from communique.settings import DEFAULT

SLOW = 30.0  # seconds for one input of at most LARGEST bytes
LARGEST = 20_000
SETTINGS = replace(DEFAULT, max_bytes=300_000, max_characters=100_000, max_seconds=SLOW)
Target = Callable[[bytes], None]


def reading(name: str, *, plain: bool = False) -> Target:
    """A target that reads its bytes as a file called `name`."""

    def target(data: bytes) -> None:
        for found in _Reading(name, SETTINGS, None, plain, WHOLE).found(io.BytesIO(data)):
            one = found.read(SETTINGS) if isinstance(found, Raw) else found
            if isinstance(one, Report):
                check_report(one)
            else:
                check_failure(one)

    return target


def check_failure(failure: Failure) -> None:
    """A failure is one line that a person can read, and not that it took too long."""
    assert failure.message
    assert "\n" not in failure.message, failure
    assert f"more than {SLOW:g} seconds" not in failure.message, failure


@lru_cache(maxsize=1)
def coder() -> Any:
    from communique.coder import Coder

    return Coder(SETTINGS)


def coding(data: bytes) -> None:
    """Text to record to every export, with the language model: slow, so the inputs are short."""
    from communique.export.html import to_html
    from communique.intake.text import report_from_text

    text = data[:2_000].decode("utf-8", "replace")
    try:
        found = coder().code(report_from_text(text))
    except CommuniqueError:
        return
    check_report(found.report)
    check_coding(found)
    check_exports(found, [name for name in EXPORTS if name != "xlsx"])  # XLSX is packed in a temporary file
    assert "<script" not in to_html(found)


def codebook(data: bytes) -> None:
    """A codebook file of a user: it loads, or the error says file and line."""
    from communique.codebook import loader

    folder = _scratch() / "own"
    if not folder.exists():  # only our lists stand beside the user's file: loading all of our kinds takes 0.3 s
        folder.mkdir()
        (_scratch() / "ours").mkdir()
        (_scratch() / "ours" / "lists.toml").write_bytes((loader.FOLDER / "lists.toml").read_bytes())
    (folder / "own.toml").write_bytes(data)
    shipped, loader.FOLDER = loader.FOLDER, _scratch() / "ours"
    try:
        loader._compile((folder,))  # load_codebook keeps what this makes in the user's folder
    except CodebookError as error:
        if not str(error).startswith("own.toml:"):
            raise AssertionError(f"the error does not say where: {error}") from error
    finally:
        loader.FOLDER = shipped


@lru_cache(maxsize=1)
def _scratch() -> Path:
    """The one folder in which a target may write."""
    return Path(tempfile.mkdtemp(prefix="communique-fuzz-"))


TARGETS: dict[str, Target] = {
    "text": reading("page"),
    "html": reading("page.html"),
    "feed": reading("feed.xml"),
    "news": reading("news.xml"),
    "sitemap": reading("sitemap.xml"),
    "mail": reading("letter.eml"),
    "mbox": reading("letters.mbox"),
    "mhtml": reading("page.mhtml"),
    "warc": reading("crawl.warc"),
    "csv": reading("table.csv"),
    "json": reading("table.json"),
    "jsonl": reading("table.jsonl"),
    "parquet": reading("table.parquet"),
    "pdf": reading("report.pdf"),
    "gzip": reading("crawl.warc.gz"),
    "codebook": codebook,
    "coding": coding,
}


_allowed: list[str] = ["/dev/"]


def allow(corpus: Path) -> None:
    """The folders in which the fuzzer and the codebook's target may write."""
    _allowed.extend([str(corpus), str(_scratch())])


def forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: reading must not write, start programs or reach the network."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.system", "os.exec"):
        raise AssertionError(f"an input made the program try {event} {arguments!r}")
    if event == "open":
        path, _, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and not str(path).startswith(tuple(_allowed)):
            raise AssertionError(f"an input made the program write {path!r}")
