"""Paths to reports: files, folders, standard input. The only module of this room that opens anything."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from communique.errors import CommuniqueError, InputError, InputTooLarge, NotSupported
from communique.intake import tables
from communique.intake.archives import pages_of_packed_warc, pages_of_warc, report_of_pdf
from communique.intake.encodings import decode
from communique.intake.feeds import items_of_feed, items_of_newsml
from communique.intake.gunzip import unpacked
from communique.intake.html import report_from_html
from communique.intake.kinds import Kind, kind_of
from communique.intake.mail import letters_of_mbox, report_of_mail, report_of_mhtml
from communique.intake.raw import Failure, Raw, fault, is_fault
from communique.intake.sitemaps import pages_of_sitemap
from communique.intake.text import report_from_text
from communique.limits import time_limit
from communique.model import Report, Source
from communique.settings import DEFAULT, Settings

__all__ = ["Failure", "Part", "Raw", "can_be_parted", "find_inputs", "read_input"]

_HEAD = 65_536
_SAMPLE = 50  # rows that decide which column is which
_JUNK = (".ds_store", "thumbs.db", "desktop.ini")
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # marks of encodings in which a line does not end with one byte


class Part(NamedTuple):
    """The records of a file that begin in these bytes, `[start, end)`; None is the end of the file."""

    start: int
    end: int | None


WHOLE = Part(0, None)


def read_input(
    path: str | Path,
    settings: Settings = DEFAULT,
    *,
    columns: Mapping[str, str] | None = None,
    plain: bool = False,
) -> Iterator[Report | Failure]:
    """The reports of a file, of a folder (with what is in it, by name), or of standard input ("-").

    `columns` names the columns of a table ({"text": "body", "date": "day"}); `plain` takes text as it stands for the
    article. What a file is, its content tells. Never raises for an input: each that cannot be read gives a Failure,
    and the rest go on. A package that is missing for a format gives a Failure too.
    """
    for found in find_inputs(path, settings, columns=columns, plain=plain):
        yield found.read(settings) if isinstance(found, Raw) else found


def find_inputs(
    path: str | Path,
    settings: Settings = DEFAULT,
    *,
    columns: Mapping[str, str] | None = None,
    plain: bool = False,
    part: Part = WHOLE,
) -> Iterator[Raw | Failure]:
    """What `read_input` reads, before it is read: to pass over what is known already, or to read with a limit.

    `part`: only the records that begin in these bytes of a file that `can_be_parted`.
    """
    name = str(path)
    reading = _Reading(name, settings, columns, plain, part)
    if name == "-":
        yield from reading.found(sys.stdin.buffer)
        return
    path = Path(path)
    if path.is_dir():
        yield from _folder(path, settings, columns, plain)
        return
    if path.is_fifo() or path.is_socket() or path.is_char_device() or path.is_block_device():
        yield Failure(name, f"cannot read {name}: it is no regular file.")  # opening one may wait for ever
        return
    try:
        file = path.open("rb")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        yield Failure(name, f"cannot read {name}: {why}. Check the name and your rights.")
        return
    except ValueError:  # a null character
        yield Failure(name, f"cannot read {name!r}: that is no file name.")
        return
    with file:
        yield from reading.found(file)


def files_below(folder: Path) -> Iterator[Path]:
    """All files below `folder`, sorted; links to folders are not followed, hidden folders are left out."""
    for root, folders, files in os.walk(folder, onerror=None, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(files))


def can_be_parted(path: Path) -> bool:
    """Whether `find_inputs` can read a part of this file: JSON lines, and WARC files packed record by record."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    kind = kind_of(head, str(path))
    if kind == "gzip":
        return kind_of(_unpacked_head(head), str(path).removesuffix(".gz")) == "warc"
    return kind == "jsonl" and not head.startswith(_WIDE)


def _folder(
    folder: Path, settings: Settings, columns: Mapping[str, str] | None, plain: bool
) -> Iterator[Raw | Failure]:
    count = 0
    for path in files_below(folder):
        if is_hidden(path):
            yield Failure(str(path), f"left out {path}: a hidden file.", skipped=True)
            continue
        count += 1
        for found in find_inputs(path, settings, columns=columns, plain=plain):
            if isinstance(found, Failure) and is_binary(path):
                found = replace(found, skipped=True)
            yield found
    if not count:
        yield Failure(str(folder), f"cannot read {folder}: the folder has no files. Check the name.")


def is_hidden(path: Path) -> bool:
    """Whether a folder's file is none of its reports: hidden, or left there by a file manager."""
    return path.name.startswith(".") or path.name.lower() in _JUNK


def is_binary(path: Path) -> bool:
    """Whether a file is nothing that could be read as text."""
    try:
        with path.open("rb") as file:
            return kind_of(file.read(_HEAD)) == "binary"
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class _Reading:
    """How one open file is to be read."""

    name: str
    settings: Settings
    columns: Mapping[str, str] | None
    plain: bool
    part: Part

    def found(self, file: BinaryIO) -> Iterator[Raw | Failure]:
        """The file's records; errors become Failures. Looking for the next one has a limit of time too."""
        records = self._records(file)
        while True:
            try:
                with time_limit(self.settings.max_seconds, self.name):
                    found = self._next(records)
            except CommuniqueError as error:
                yield Failure(self.name, str(error))
                return
            if found is None:
                return
            yield Failure(found.source or self.name, str(found)) if isinstance(found, InputError) else found

    def _next(self, records: Iterator[Raw | InputError]) -> Raw | InputError | None:
        try:
            return next(records, None)
        except CommuniqueError:
            raise
        except OSError as error:  # the disk, or a package that reads the file itself
            said = " ".join(str(error).split())[:120]
            raise InputError(f"cannot read {self.name} to its end: {said}. Try again.", source=self.name) from error
        except BaseException as error:
            if not is_fault(error):
                raise
            raise InputError(fault(f"cannot read {self.name}", error), source=self.name) from error

    def _records(self, file: BinaryIO) -> Iterator[Raw | InputError]:
        """The records of one open file by its kind."""
        head = file.read(_HEAD)
        kind = kind_of(head, self.name)
        if kind == "gzip":
            yield from self._of_gzip(head, file)
        elif kind == "warc":
            yield from pages_of_warc(_seekable(head, file), self.name, max_bytes=self.settings.max_bytes)
        elif kind in _STREAMED and not head.startswith(_WIDE):
            yield from self._of_lines(kind, _from_start(head, file), head)
        elif kind == "parquet" and file.seekable():
            yield from self._of_rows(tables.rows_of_parquet(_from_start(head, file), self.name), "row")
        else:
            yield from self._of_bytes(self._whole(_from_start(head, file)), kind)

    def _of_gzip(self, head: bytes, file: BinaryIO) -> Iterator[Raw | InputError]:
        """The records of a packed file. What is broken or cut off is told after what could be read."""
        inner_name = self.name.removesuffix(".gz")
        inner = _unpacked_head(head)
        if not inner:
            raise InputError(f"cannot read {self.name}: broken gzip file. Fetch it again.", source=self.name)
        kind = kind_of(inner, inner_name)
        whole = _seekable(head, file)
        stream, packed = unpacked(whole, start=self.part.start, end=self.part.end)
        if kind == "warc":
            try:
                yield from pages_of_packed_warc(packed, self.name, max_bytes=self.settings.max_bytes)
            except OverflowError:  # packed as a whole, not record by record
                whole.seek(0)
                yield from pages_of_warc(whole, self.name, max_bytes=self.settings.max_bytes)
        elif kind in _STREAMED and not inner.startswith(_WIDE):
            yield from self._of_lines(kind, stream, inner)
        else:
            yield from self._of_bytes(self._whole(stream, "unpacked it is"), kind)
        if packed.broken:
            yield InputError(
                f"{self.name} is damaged: {packed.broken:,} packed parts of it cannot be unpacked and were left out. "
                "The rest was read; fetch the file again.",
                source=self.name,
            )
        if packed.cut:
            yield InputError(
                f"{self.name} is cut off: the packed file ends in the middle. What came before was read; "
                "fetch the file again.",
                source=self.name,
            )

    def _whole(self, stream: BinaryIO, it_is: str = "it is") -> bytes:
        data = stream.read(self.settings.max_bytes + 1)
        if len(data) > self.settings.max_bytes:
            raise InputTooLarge(
                f"cannot read {self.name}: {it_is} larger than {self.settings.max_bytes:,} bytes. "
                "Split it, or raise max_bytes.",
                source=self.name,
            )
        return data

    def _of_bytes(self, data: bytes, kind: Kind) -> Iterator[Raw | InputError]:
        """The records in the bytes of one file."""
        name, source = self.name, Source(path=self.name)
        single = {
            "html": partial(report_from_html, data, source=source),
            "mail": partial(report_of_mail, data, source),
            "mhtml": partial(report_of_mhtml, data, source),
            "pdf": partial(report_of_pdf, data, source),
            "text": partial(_plain_text, name, data, self.settings, self.plain),
        }.get(kind)
        if kind == "empty":
            raise InputError(f"cannot read {name}: the file is empty. Leave it out.", source=name)
        if single is not None:
            yield Raw(name, single)
        elif kind == "feed":
            yield from items_of_feed(data, name)
        elif kind == "sitemap":
            yield from pages_of_sitemap(data, name)
        elif kind in ("newsml", "xml"):
            yield from items_of_newsml(data, name)
        elif kind == "mbox":
            yield from letters_of_mbox(data, name)
        elif kind == "json":
            yield from self._of_rows(tables.rows_of_json(decode(data)[0], name), "row")
        elif kind == "jsonl":
            yield from self._of_rows(tables.lines_of_json(decode(data)[0].splitlines(), name), "line")
        elif kind in ("csv", "tsv"):
            lines = io.StringIO(decode(data)[0])
            yield from self._of_rows(tables.rows_of_csv(lines, "\t" if kind == "tsv" else ",", name), "row")
        elif kind == "parquet":
            yield from self._of_rows(tables.rows_of_parquet(io.BytesIO(data), name), "row")
        else:
            raise NotSupported(_REFUSED.get(kind, _REFUSED["binary"]).format(name=name), source=name)

    # --- tables ------------------------------------------------------------------------------------------------------

    def _of_lines(self, kind: Kind, stream: BinaryIO, head: bytes) -> Iterator[Raw | InputError]:
        """The rows of a table that is read line by line, so that it may be of any size."""
        if kind != "jsonl":
            lines = self._lines(stream)
            yield from self._of_rows(tables.rows_of_csv(lines, "\t" if kind == "tsv" else ",", self.name), "row")
            return
        before = 0
        sample = None
        if self.part.start:  # the first rows of the file decide for all its parts
            first = islice(tables.lines_of_json(self._lines(stream), self.name), _SAMPLE)
            sample = [row for _, row in first if not isinstance(row, InputError)]
            before = _go_to_line(stream, self.part.start)
        lines = self._lines(stream, self.part.end)
        rows = ((n + before, row) for n, row in tables.lines_of_json(lines, self.name))
        yield from self._of_rows(rows, "line", sample)

    def _lines(self, stream: BinaryIO, end: int | None = None) -> Iterator[str]:
        """Lines of text, those that begin before `end`; a line over the limit ends the reading."""
        limit = self.settings.max_bytes
        while end is None or stream.tell() < end:
            line = stream.readline(limit + 1)
            if not line:
                return
            if len(line) > limit:
                raise InputTooLarge(
                    f"cannot read {self.name}: a line is longer than {limit:,} bytes.", source=self.name
                )
            yield decode(line)[0]

    def _of_rows(
        self, numbered: Iterable[tuple[int, tables.Row | InputError]], word: str, sample: list[tables.Row] | None = None
    ) -> Iterator[Raw | InputError]:
        """A record for each row; the first rows decide which column is which."""
        rows = iter(numbered)
        first: list[tuple[int, tables.Row | InputError]] = []
        if sample is None:
            first = list(islice(rows, _SAMPLE))
            sample = [row for _, row in first if not isinstance(row, InputError)]
        if not sample:
            yield InputError(f"cannot read {self.name}: it has no rows that can be read.", source=self.name)
            return
        columns = tables.columns_of(sample, self.columns, self.name)
        for number, row in chain(first, rows):
            where = f"{word} {number}"
            if isinstance(row, InputError):
                yield InputError(f"cannot read {self.name}, {where}: {row}", source=self.name)
            else:
                yield Raw(f"{self.name}, {where}", partial(self._row, row, columns, where))

    def _row(self, row: tables.Row, columns: Mapping[str, str], where: str) -> Report:
        try:
            cell = row.get(columns["text"]) if "text" in columns else None
            if isinstance(cell, str) and len(cell) > self.settings.max_characters * 10:
                raise InputTooLarge(f"the text has {len(cell):,} characters. Split it.")
            return tables.report_from_row(row, columns, Source(self.name, where), plain=self.plain)
        except InputError as error:
            raise InputError(f"cannot read {self.name}, {where}: {error}", source=self.name) from error


_STREAMED: tuple[Kind, ...] = ("jsonl", "csv", "tsv")
_REFUSED = {
    "zip": "cannot read {name}: it is a ZIP archive (or a Word or Excel file). Unpack it, or save it as text.",
    "gzip": "cannot read {name}: a gzip file inside a gzip file. Unpack it once.",
    "warc": "cannot read {name}: a WARC file packed as a whole. Unpack it once.",
    "binary": "cannot read {name}: it is not text. Give a text, web page, table, feed, mail, PDF or WARC file.",
}


def _from_start(head: bytes, file: BinaryIO) -> BinaryIO:
    """The file from its first byte, also where it cannot be wound back (standard input)."""
    if file.seekable():
        file.seek(0)
        return file
    return io.BufferedReader(_Joined(head, file))


def _seekable(head: bytes, file: BinaryIO) -> BinaryIO:
    """The file from its first byte, as one that can be wound back: a pipe is kept on disk until it is read."""
    if not file.seekable():
        spool = tempfile.TemporaryFile()  # noqa: SIM115 - it ends with the reading
        shutil.copyfileobj(_from_start(head, file), spool)
        file = spool
    file.seek(0)
    return file


class _Joined(io.RawIOBase):
    """What was read of a stream, and the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _unpacked_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, _HEAD)
    except zlib.error:
        return b""


def _go_to_line(stream: BinaryIO, start: int) -> int:
    """Move to the first line that begins at byte `start` or later; gives how many lines are before it."""
    stream.seek(0)
    lines, left = 0, start - 1
    while left > 0 and (data := stream.read(min(left, 1_000_000))):
        lines += data.count(b"\n")
        left -= len(data)
    return lines + bool(stream.readline())


def _plain_text(name: str, data: bytes, settings: Settings, plain: bool) -> Report:
    text, note = decode(data)
    if len(text) > settings.max_characters:
        raise InputTooLarge(
            f"cannot read {name}: it has {len(text):,} characters, more than the "
            f"{settings.max_characters:,} of one report. Split it, or raise max_characters.",
            source=name,
        )
    report = report_from_text(text, source=Source(path=name), plain=plain)
    return replace(report, notes=(note, *report.notes)) if note else report
