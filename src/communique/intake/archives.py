"""WARC archives and PDF files to reports; each needs a package of its own."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, BinaryIO

from communique.errors import InputError, MissingExtra
from communique.intake.html import report_from_html
from communique.intake.text import report_from_text
from communique.model import Report, Source

_MOST_PAGES = 500  # of a PDF file


def reports_of_warc(stream: BinaryIO, source: str, *, max_bytes: int) -> Iterator[Report | InputError]:
    """The HTML pages among the responses of a WARC file, compressed or not, one at a time.

    Pages over `max_bytes` are reported and passed over; names in the archive are
    only written down. Raises MissingExtra without fastwarc.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingExtra(
            f"cannot read {source}: WARC needs a package. Install it with: pip install 'communique[archive]'"
        ) from error
    count = 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"):
            found = _page(record, source, max_bytes)
            if found is not None:
                count += 1
                yield found
    except (OSError, ValueError, EOFError) as error:
        yield InputError(
            f"cannot read {source} to its end: {str(error)[:120]}. The pages before were read.", source=source
        )
        return
    if not count:
        yield InputError(f"cannot read {source}: no web pages are in the archive. Check the file.", source=source)


def _page(record: Any, source: str, max_bytes: int) -> Report | InputError | None:
    """One response record: a report, a reason why not, or None for what is no page."""
    kind = record.http_content_type or ""
    name = str(record.record_id or "")
    if "html" not in kind and kind:
        return None
    url = record.headers.get("WARC-Target-URI")
    data = record.reader.read(max_bytes + 1)
    if len(data) > max_bytes:
        return InputError(f"cannot read {source}, {name}: the page is over {max_bytes:,} bytes.", source=source)
    if not data.strip():
        return None
    try:
        report = report_from_html(data, source=Source(source, name), url=url)
    except InputError as error:
        return InputError(f"{error} (record {name})", source=source)
    notes = (*report.notes, *_cut_off(record, len(data)))
    stamp = record.record_date
    return replace(report, notes=notes, captured=date(stamp.year, stamp.month, stamp.day) if stamp else None)


def _cut_off(record: Any, length: int) -> list[str]:
    """A note when the archive holds less of the page than its server announced."""
    headers = record.http_headers
    announced = headers.get("Content-Length") if headers is not None else None
    encoded = headers.get("Content-Encoding") if headers is not None else None
    if encoded or not announced or not announced.isdigit() or int(announced) <= length:
        return []
    return [f"the page is cut off: {length:,} of {int(announced):,} bytes are in the archive"]


def report_of_pdf(data: bytes, source: Source) -> Report:
    """The report in a PDF file. Lines that most pages repeat (headers, footers, page numbers) are left out.

    Raises MissingExtra without pypdf, InputError for a broken, locked or picture-only file.
    """
    try:
        import pypdf
        from pypdf.errors import PyPdfError
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
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
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
        return "".join("0" if char.isdigit() else char for char in line.strip())

    seen = Counter(found for page in pages for found in {shape(line) for line in page.splitlines() if line.strip()})
    often = {line for line, count in seen.items() if len(pages) >= 3 and count * 5 >= len(pages) * 3}
    kept = ["\n".join(line for line in page.splitlines() if shape(line) not in often) for page in pages]
    return "\n".join(kept)
