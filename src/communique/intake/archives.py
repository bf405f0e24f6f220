"""WARC archives and PDF files to reports; each needs a package of its own."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, BinaryIO

from communique.errors import InputError, MissingExtra
from communique.intake.gunzip import Gunzip
from communique.intake.html import report_from_html
from communique.intake.raw import Raw
from communique.intake.text import report_from_text
from communique.model import Declared, Report, Source

_MOST_PAGES = 500  # of a PDF file


def pages_of_packed_warc(packed: Gunzip, source: str, *, max_bytes: int) -> Iterator[Raw | InputError]:
    """The pages of a WARC file that packs each record by itself, as `pages_of_warc` gives them.

    Raises OverflowError, before anything is given, for a file that is packed as a whole.
    """
    count = 0
    for member in packed.members():
        for found in _records(io.BytesIO(member), source, max_bytes):
            count += 1
            yield found
    if not count and not packed.is_part:
        yield _no_pages(source)


def pages_of_warc(stream: BinaryIO, source: str, *, max_bytes: int) -> Iterator[Raw | InputError]:
    """The pages of a WARC file, one at a time: HTML responses, and the text of WET files.

    Pages over `max_bytes` are reported and passed over; names in the archive are only written down. Raises MissingExtra
    without fastwarc.
    """
    count = 0
    for found in _records(stream, source, max_bytes):
        count += 1
        yield found
    if not count:
        yield _no_pages(source)


def _no_pages(source: str) -> InputError:
    return InputError(f"cannot read {source}: no web pages are in the archive. Check the file.", source=source)


def _records(stream: BinaryIO, source: str, max_bytes: int) -> Iterator[Raw | InputError]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingExtra(
            f"cannot read {source}: WARC needs a package. Install it with: pip install 'communique[archive]'"
        ) from error
    types = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    short = 0
    try:
        for record in ArchiveIterator(stream, record_types=types, parse_http=True, auto_decode="all"):
            announced = record.content_length  # of what is still to be read, before it is decoded
            found, length = _page(record, source, max_bytes)
            short = announced - length if not _is_encoded(record) and length <= max_bytes else 0
            if found is not None:
                yield found
    except (OSError, ValueError, EOFError) as error:
        yield InputError(
            f"cannot read {source} to its end: {str(error)[:120]}. The pages before were read.", source=source
        )
        return
    if short > 0:
        yield InputError(
            f"{source} is cut off: {short:,} bytes of its last record are missing. What came before was read; "
            "fetch the file again.",
            source=source,
        )


def _page(record: Any, source: str, max_bytes: int) -> tuple[Raw | InputError | None, int]:
    """One record as a page, or None for what is no page; and how many bytes it has."""
    name = str(record.record_id or "")
    is_text = record.headers.get("WARC-Type") == "conversion"
    kind = record.http_content_type or ("" if record.is_http else record.headers.get("Content-Type") or "")
    data = record.reader.read(max_bytes + 1)
    if (kind and "html" not in kind and not is_text) or not data.strip():
        return None, len(data)
    if len(data) > max_bytes:
        error = InputError(f"cannot read {source}, {name}: the page is over {max_bytes:,} bytes.", source=source)
        return error, len(data)
    url, stamp = record.headers.get("WARC-Target-URI"), record.record_date
    captured = date(stamp.year, stamp.month, stamp.day) if stamp else None
    notes = _cut_off(record, len(data))
    make = partial(_report, data, Source(source, name), url, captured, notes, is_text)
    return Raw(f"{source}, {name}", make), len(data)


def _report(
    data: bytes, source: Source, url: str | None, captured: date | None, notes: list[str], is_text: bool
) -> Report:
    try:
        if is_text:
            report = report_from_text(data.decode("utf-8", "replace"), source=source, declared=Declared(url=url))
        else:
            report = report_from_html(data, source=source, url=url)
    except InputError as error:
        raise InputError(f"{error} (record {source.record})", source=source.path or "") from error
    return replace(report, notes=(*report.notes, *notes), captured=captured)


def _is_encoded(record: Any) -> bool:
    headers = record.http_headers
    return headers is not None and bool(headers.get("Content-Encoding") or headers.get("Transfer-Encoding"))


def _cut_off(record: Any, length: int) -> list[str]:
    """A note when the archive holds less of the page than its server announced."""
    headers = record.http_headers
    announced = headers.get("Content-Length") if headers is not None else None
    encoded = headers.get("Content-Encoding") if headers is not None else None
    if encoded or not announced or not announced.isdecimal() or int(announced) <= length:
        return []
    return [f"the page is cut off: {length:,} of {int(announced):,} bytes are in the archive"]


def report_of_pdf(data: bytes, source: Source) -> Report:
    """The report in a PDF file. Lines that most pages repeat (headers, footers, page numbers) are left out.

    Raises MissingExtra without pypdf, InputError for a broken, locked or picture-only file.
    """
    try:
        import pypdf
    except ImportError as error:
        raise MissingExtra(
            f"cannot read {source.path}: PDF needs a package. Install it with: pip install 'communique[pdf]'"
        ) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it warns of is said below, in one line
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if len(reader.pages) > _MOST_PAGES:
            raise InputError(f"cannot read {source.path}: more than {_MOST_PAGES} pages.", source=source.path or "")
        pages = [page.extract_text() or "" for page in reader.pages]
    except InputError:
        raise
    except Exception as error:
        raise InputError(
            f"cannot read {source.path}: broken or locked PDF ({str(error)[:80]}). Save it again, or as text.",
            source=source.path or "",
        ) from error
    text = without_running_lines(pages)
    if not text.strip():
        raise InputError(
            f"cannot read {source.path}: the PDF has no text, only pictures. Run it through text recognition first.",
            source=source.path or "",
        )
    return report_from_text(text, source=source)


def without_running_lines(pages: list[str]) -> str:
    """The pages as one text, without lines that most pages have, digits apart ("Page 3 of 5")."""

    def shape(line: str) -> str:
        return "".join("0" if char.isdecimal() else char for char in line.strip())

    seen = Counter(found for page in pages for found in {shape(line) for line in page.splitlines() if line.strip()})
    often = {line for line, count in seen.items() if len(pages) >= 3 and count * 5 >= len(pages) * 3}
    kept = ["\n".join(line for line in page.splitlines() if shape(line) not in often) for page in pages]
    return "\n".join(kept)
