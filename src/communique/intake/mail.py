"""E-mail and saved MHTML pages to reports, by the standard library's parser."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from functools import partial

from communique.errors import InputError
from communique.intake.encodings import decode
from communique.intake.html import report_from_html
from communique.intake.raw import Raw
from communique.intake.text import report_from_text
from communique.model import Declared, Report, Source

_MOST_PARTS = 500
_LETTER = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S+ [^\n]*\d\d:\d\d[^\n]*\n")


def report_of_mail(data: bytes, source: Source) -> Report:
    """The report in a mail: its subject is the title, its day and sender are claims. Attachments are not read."""
    message = _message(data, source)
    plain, html, _ = _bodies(message)
    declared = Declared(published=_time(message), author=_sender(message))
    title = _header(message, "subject")
    if plain and plain.strip():
        return report_from_text(plain, source=source, title=title, declared=declared)
    if html and html.strip():
        report = report_from_html(html, source=source)
        claims = replace(report.declared, published=declared.published, author=declared.author)
        return replace(report, title=title or report.title, declared=claims)
    raise InputError(f"cannot read {source.path}: the mail has no text.", source=source.path or "")


def report_of_mhtml(data: bytes, source: Source) -> Report:
    """The report in a page saved as MHTML; its address and the day of saving are kept."""
    message = _message(data, source)
    _, html, location = _bodies(message)
    if not html or not html.strip():
        return report_of_mail(data, source)
    url = _header(message, "snapshot-content-location") or location
    report = report_from_html(html, source=source, url=url)
    saved = _time(message)
    return replace(report, captured=date.fromisoformat(saved[:10]) if saved else None)


def letters_of_mbox(data: bytes, source: str) -> Iterator[Raw | InputError]:
    """The letters of a mailbox file, parted by lines that begin with "From "."""
    starts = [match.start() for match in _LETTER.finditer(data)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        letter = data[data.index(b"\n", start) + 1 : end].replace(b"\n>From ", b"\nFrom ")
        name = f"letter {number}"
        yield Raw(f"{source}, {name}", partial(report_of_mail, letter, Source(source, name)))


def _message(data: bytes, source: Source) -> EmailMessage:
    try:
        return email.message_from_bytes(data, policy=email.policy.default)
    except (ValueError, LookupError, RecursionError) as error:
        raise InputError(f"cannot read {source.path}: broken mail ({error}).", source=source.path or "") from error


def _bodies(message: EmailMessage) -> tuple[str | None, str | None, str | None]:
    """The first plain-text part, the first HTML part, and the HTML part's address."""
    plain = html = location = None
    for part in _parts(message):
        kind = part.get_content_type()
        if part.get_filename() and kind not in ("text/html",):
            continue
        if kind == "text/plain" and plain is None:
            plain = _text(part)
        elif kind == "text/html" and html is None:
            html = _text(part)
            location = _header(part, "content-location")
    return plain, html, location


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that are not containers, outermost first; no more than a mail reader would show."""
    queue = [message]
    for count, part in enumerate(queue):
        if count > _MOST_PARTS:
            return
        if part.is_multipart():
            payload = part.get_payload()
            queue += (
                [inner for inner in payload if isinstance(inner, EmailMessage)] if isinstance(payload, list) else []
            )
        else:
            yield part


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        declared = part.get_content_charset()
    except (LookupError, ValueError):
        declared = None
    return decode(payload, declared=declared)[0]


def _header(message: EmailMessage, name: str) -> str | None:
    """A header on one line. Broken headers read as missing: the standard parser raises many kinds of error on them."""
    try:
        value = message.get(name)
        return " ".join(str(value).split()) or None if value is not None else None
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return None


def _time(message: EmailMessage) -> str | None:
    value = _header(message, "date")
    try:
        return parsedate_to_datetime(value).isoformat() if value else None
    except (ValueError, TypeError, IndexError):
        return None


def _sender(message: EmailMessage) -> str | None:
    value = _header(message, "from")
    if not value:
        return None
    name, address = parseaddr(value)
    return name or address or None
