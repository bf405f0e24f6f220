"""Paths to reports: files, folders, standard input. The only module of this room that opens anything."""

from __future__ import annotations

import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from communique.errors import CommuniqueError, InputError, InputTooLarge, NotSupported
from communique.intake import shape, tables
from communique.intake.archives import report_of_pdf, reports_of_warc
from communique.intake.encodings import decode
from communique.intake.feeds import reports_of_feed, reports_of_newsml
from communique.intake.html import report_from_html
from communique.intake.kinds import Kind, kind_of
from communique.intake.mail import report_of_mail, report_of_mhtml
from communique.intake.text import report_from_text
from communique.model import Report, Source
from communique.settings import DEFAULT, Settings

_HEAD = 65_536
_STREAMED: tuple[Kind, ...] = ("warc", "jsonl")  # read a record at a time, so the file may be of any size
_FEWEST_WORDS = 3  # of a report; less is a stray link or a button
_JUNK = (".ds_store", "thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no report: what happened, on what, and the next step.

    `skipped`: left out on purpose (a hidden or binary file in a folder), which is no error of the run.
    """

    source: str
    message: str
    skipped: bool = False


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
    name = str(path)
    if name == "-":
        yield from _guarded(name, sys.stdin.buffer, settings, columns, plain)
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
        yield from _guarded(name, file, settings, columns, plain)


def _folder(
    folder: Path, settings: Settings, columns: Mapping[str, str] | None, plain: bool
) -> Iterator[Report | Failure]:
    """All files below `folder`, sorted; links to folders are not followed."""
    count = 0
    for root, folders, files in os.walk(folder, onerror=None, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            if name.startswith(".") or name.lower() in _JUNK:
                yield Failure(str(path), f"left out {path}: a hidden file.", skipped=True)
                continue
            count += 1
            for found in read_input(path, settings, columns=columns, plain=plain):
                if isinstance(found, Failure) and _is_binary(path):
                    found = Failure(found.source, found.message, skipped=True)
                yield found
    if not count:
        yield Failure(str(folder), f"cannot read {folder}: the folder has no files. Check the name.")


def _is_binary(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return kind_of(file.read(_HEAD)) == "binary"
    except OSError:
        return False


def _guarded(
    name: str, file: BinaryIO, settings: Settings, columns: Mapping[str, str] | None, plain: bool
) -> Iterator[Report | Failure]:
    """Reads one open file; errors become Failures, and reports without text too."""
    try:
        for found in _reports(name, file, settings, columns, plain):
            if isinstance(found, InputError):
                yield Failure(found.source or name, str(found))
            else:
                yield _checked(found, name, settings)
    except CommuniqueError as error:
        yield Failure(name, str(error))
    except OSError as error:  # the disk, or a package that reads the file itself
        yield Failure(name, f"cannot read {name} to its end: {' '.join(str(error).split())[:120]}. Try again.")


def _checked(report: Report, name: str, settings: Settings) -> Report | Failure:
    where = name + (f", {report.source.record}" if report.source.record else "")
    if len(shape.words(report.text)) < _FEWEST_WORDS:
        return Failure(where, f"cannot read {where}: no article was found in it. Is it a list or a form? Leave it out.")
    if len(report.text) > settings.max_characters:
        return Failure(
            where,
            f"cannot read {where}: the text has {len(report.text):,} characters, more than the "
            f"{settings.max_characters:,} of one report. Split it, or raise max_characters.",
        )
    return report


def _reports(
    name: str, file: BinaryIO, settings: Settings, columns: Mapping[str, str] | None, plain: bool
) -> Iterator[Report | InputError]:
    """The reports of one open file by its kind."""
    head = file.read(_HEAD)
    kind = kind_of(head, name)
    if kind == "gzip":
        inner = _unpacked_head(head)
        inner_kind = kind_of(inner, name.removesuffix(".gz"))
        if inner_kind == "warc":
            yield from reports_of_warc(_from_start(head, file), name, max_bytes=settings.max_bytes)
            return
        data = _gunzip(head, file, name, settings.max_bytes)
        yield from _from_bytes(name, data, kind_of(data[:_HEAD], name.removesuffix(".gz")), settings, columns, plain)
        return
    if kind == "warc":
        yield from reports_of_warc(_from_start(head, file), name, max_bytes=settings.max_bytes)
        return
    if kind == "jsonl":
        lines = _lines(head, file, settings.max_bytes, name)
        yield from _rows(name, tables.lines_of_json(lines, name), columns, plain, settings, "line")
        return
    data = head + file.read(max(0, settings.max_bytes + 1 - len(head)))
    if len(data) > settings.max_bytes:
        raise InputTooLarge(
            f"cannot read {name}: it is larger than {settings.max_bytes:,} bytes. Split it, or raise max_bytes.",
            source=name,
        )
    yield from _from_bytes(name, data, kind, settings, columns, plain)


def _from_start(head: bytes, file: BinaryIO) -> BinaryIO:
    """The file from its first byte; what cannot be wound back (standard input) is held in memory."""
    if file.seekable():
        file.seek(0)
        return file
    return io.BytesIO(head + file.read())


def _lines(head: bytes, file: BinaryIO, max_bytes: int, name: str) -> Iterator[str]:
    """Lines of text, without holding the file; a line over the limit ends the reading."""
    rest = io.BytesIO(head)
    pending = b""
    for part in (rest, file):
        while line := part.readline(max_bytes + 1):
            pending += line
            if len(pending) > max_bytes:
                raise InputTooLarge(f"cannot read {name}: a line is longer than {max_bytes:,} bytes.", source=name)
            if pending.endswith(b"\n"):
                yield decode(pending)[0]
                pending = b""
    if pending:
        yield decode(pending)[0]


def _unpacked_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, _HEAD)
    except zlib.error:
        return b""


def _gunzip(head: bytes, file: BinaryIO, name: str, max_bytes: int) -> bytes:
    """The content of a gzip file, member by member, up to the limit: a bomb is never unpacked whole."""
    out = bytearray()
    unpack = zlib.decompressobj(wbits=31)
    data = head
    try:
        while data:
            out += unpack.decompress(data, max_bytes + 1 - len(out))
            if len(out) > max_bytes:
                raise InputTooLarge(f"cannot read {name}: unpacked it is larger than {max_bytes:,} bytes.", source=name)
            if unpack.eof:
                data = unpack.unused_data.lstrip(b"\x00") or file.read(_HEAD)
                unpack = zlib.decompressobj(wbits=31)
            else:
                data = unpack.unconsumed_tail or file.read(_HEAD)
    except zlib.error as error:
        raise InputError(f"cannot read {name}: broken gzip file ({error}). Fetch it again.", source=name) from error
    if not out:
        raise InputError(f"cannot read {name}: broken gzip file (nothing in it). Fetch it again.", source=name)
    return bytes(out)


def _from_bytes(
    name: str, data: bytes, kind: Kind, settings: Settings, columns: Mapping[str, str] | None, plain: bool
) -> Iterator[Report | InputError]:
    """The reports in the bytes of one file."""
    source = Source(path=name)
    if kind == "empty":
        raise InputError(f"cannot read {name}: the file is empty. Leave it out.", source=name)
    if kind == "html":
        yield report_from_html(data, source=source)
    elif kind == "feed":
        yield from reports_of_feed(data, name)
    elif kind in ("newsml", "xml"):
        yield from reports_of_newsml(data, name)
    elif kind == "mail":
        yield report_of_mail(data, source)
    elif kind == "mhtml":
        yield report_of_mhtml(data, source)
    elif kind == "pdf":
        yield report_of_pdf(data, source)
    elif kind in ("json", "jsonl", "csv", "tsv", "parquet"):
        yield from _rows(name, _table(name, data, kind), columns, plain, settings, "row")
    elif kind == "text":
        yield _plain_text(name, data, settings, plain)
    else:
        raise NotSupported(_REFUSED.get(kind, _REFUSED["binary"]).format(name=name), source=name)


_REFUSED = {
    "zip": "cannot read {name}: it is a ZIP archive (or a Word or Excel file). Unpack it, or save it as text.",
    "gzip": "cannot read {name}: a gzip file inside a gzip file. Unpack it once.",
    "warc": "cannot read {name}: a WARC file packed as a whole. Unpack it once.",
    "binary": "cannot read {name}: it is not text. Give a text, web page, table, feed, mail, PDF or WARC file.",
}


def _plain_text(name: str, data: bytes, settings: Settings, plain: bool) -> Report:
    text, note = decode(data)
    if len(text) > settings.max_characters:
        raise InputTooLarge(
            f"cannot read {name}: it has {len(text):,} characters, more than the "
            f"{settings.max_characters:,} of one report. Split it, or raise max_characters.",
            source=name,
        )
    report = report_from_text(text, source=Source(path=name), plain=plain)
    if note:
        from dataclasses import replace

        report = replace(report, notes=(note, *report.notes))
    return report


def _table(name: str, data: bytes, kind: Kind) -> Iterable[tuple[int, tables.Row | InputError]]:
    if kind == "parquet":
        return enumerate(tables.rows_of_parquet(data, name), 1)
    text, _ = decode(data)
    if kind == "json":
        return enumerate(tables.rows_of_json(text, name), 1)
    if kind == "jsonl":
        return tables.lines_of_json(text.splitlines(), name)
    return enumerate(tables.rows_of_csv(text, "\t" if kind == "tsv" else ",", name), 1)


def _rows(
    name: str,
    numbered: Iterable[tuple[int, tables.Row | InputError]],
    named: Mapping[str, str] | None,
    plain: bool,
    settings: Settings,
    word: str,
) -> Iterator[Report | InputError]:
    """A report for each row; the first rows decide which column is which."""
    rows = iter(numbered)
    first = list(islice(rows, 50))
    sample = [row for _, row in first if not isinstance(row, InputError)]
    if not sample:
        yield InputError(f"cannot read {name}: it has no rows that can be read.", source=name)
        return
    columns = tables.columns_of(sample, named, name)
    for part in (first, rows):
        for number, row in part:
            where = f"{word} {number}"
            if isinstance(row, InputError):
                yield InputError(f"cannot read {name}, {where}: {row}", source=name)
                continue
            try:
                cell = row.get(columns["text"])
                if isinstance(cell, str) and len(cell) > settings.max_characters * 10:
                    raise InputTooLarge(f"the text has {len(cell):,} characters. Split it.")
                yield tables.report_from_row(row, columns, Source(name, where), plain=plain)
            except InputError as error:
                yield InputError(f"cannot read {name}, {where}: {error}", source=name)
