"""HTML to a report: the article by trafilatura, title and claims by rules of our own, the rest by the line parser.

Nothing is fetched, and entities and document types are never resolved.
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import date

from communique.errors import InputError, InputTooLarge
from communique.intake.encodings import decode
from communique.intake.head import Head, read_head
from communique.intake.metadata import declared_of, read_bar
from communique.intake.stamps import first_stamp
from communique.intake.text import report_from_text
from communique.intake.titles import cut_note
from communique.model import Declared, Report, Source

_NO_SOURCE = Source()
_DATA_URI = re.compile(r"data:[\w+.-]+/[\w+.-]+(?:;[\w=-]+)*,[^\"'\s)>]*")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[[^\]]{0,20000}\]?\s*)?>", re.IGNORECASE)
_DECLARATION = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)[^>]*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style|svg)\b(?![^>]*ld\+json)[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
_SAVED = re.compile(r"<!--[^>]{0,200}?\burl:\s*(\S+)\s+saved date:\s*([^\n]{8,60})", re.IGNORECASE)
_NO_DEPTH = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td tr th dt dd option thead tbody tfoot"
    " colgroup html head body optgroup rp rt".split()
)
_DEEPEST = 250  # elements inside each other; lxml gives up at 256, and other readers take quadratic time
_LARGEST = 4_000_000  # characters of one page without embedded pictures; reading them takes some five seconds
_GUARD = 0.5  # of the cheap reader's length: less, and the strict reader has lost the article


def report_from_html(data: bytes | str, *, source: Source = _NO_SOURCE, url: str | None = None) -> Report:
    """The report in a saved page.

    `url` is the page's address where it is known; it is only written down, never fetched. Raises InputTooLarge for
    pages over 4 million characters, and InputError for elements nested more than 250 deep.
    """
    text, note = decode(data) if isinstance(data, bytes) else (data, None)
    name = source.path or "the page"
    saved = _SAVED.search(text[:4_000])
    text = _lightened(text)
    if len(text) > _LARGEST:
        raise InputTooLarge(
            f"cannot read {name}: the page has {len(text):,} characters, more than the {_LARGEST:,} of one page. "
            "Split it, or save the article alone.",
            source=name,
        )
    depth = nesting(text)
    if depth > _DEEPEST:
        raise InputError(
            f"cannot read {name}: its elements are nested {depth:,} deep (at most {_DEEPEST}). "
            "Save the page again as plain text.",
            source=name,
        )
    head = read_head(text)
    body, whole = _main_text(text)
    declared = _declared(head, whole, body, url or (saved[1] if saved else None))
    report = report_from_text(
        _spaced(body), source=source, title=head.title, declared=declared, captured=_saved_day(saved)
    )
    notes = [note] if note else []
    notes += report.notes
    cut = cut_note(report.title, report.text) if report.title else None
    if cut is None and report.title:
        cut = _prefix_note(report.title, head)
    if cut and cut not in notes:
        notes.append(cut)
    return replace(report, notes=(*notes, *_date_notes(head, report.declared)))


def nesting(text: str) -> int:
    """How deep elements are nested, at most; an element that may be left open does not count."""
    depth = deepest = 0
    for closing, name in _TAG.findall(text):
        if name.lower() in _NO_DEPTH:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _lightened(text: str) -> str:
    """Without embedded pictures, document types and, where a page is huge, scripts."""
    text = text.replace("\x00", "")
    if "data:" in text:
        text = _DATA_URI.sub("", text)
    if "<!" in text:
        text = _DECLARATION.sub("", _DOCTYPE.sub("<!DOCTYPE html>", text))
    if len(text) > _LARGEST // 2 and text.count("<script") < 5_000:
        text = _SCRIPT.sub("", text)
    return text


def _main_text(text: str) -> tuple[str, str]:
    """The article's lines, and all lines of the page."""
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    for library in ("trafilatura", "htmldate", "readability"):
        logging.getLogger(library).setLevel(logging.CRITICAL)  # their warnings are about pages, and we say our own
    whole = str(extract_plain_text(text, main_content=False) or "")
    main = str(extract_plain_text(text, main_content=True) or "")
    strict = trafilatura.extract(text, favor_precision=True, include_comments=False) or ""
    if len(strict) >= _GUARD * len(main):
        return strict, whole
    usual = trafilatura.extract(text, include_comments=False) or ""
    return max((strict, usual, main if not (strict or usual) else ""), key=len) or main or whole, whole


def _spaced(body: str) -> str:
    """Every line a paragraph: the extractor has already put wrapped lines together."""
    return "\n\n".join(line for line in body.split("\n") if line.strip())


def _declared(head: Head, whole: str, body: str, url: str | None) -> Declared:
    """The claims of the page's head, completed by the bars that stand over the article."""
    first = next((line.strip()[:40] for line in body.split("\n") if len(line) > 60), "")
    bars = []
    for line in whole.split("\n"):
        if first and first in line:
            break
        bar = read_bar(line.strip()) if line.strip() else None
        if bar is not None:
            bars.append(bar)
    shown, _ = declared_of(bars)
    return Declared(
        published=head.published or shown.published or _day_in(url or head.url),
        section=head.section or shown.section,
        publisher=head.publisher or shown.publisher,
        author=head.author or shown.author,
        agency=shown.agency,
        views=shown.views,
        comments=shown.comments,
        url=url or head.url,
        modified=head.modified or shown.modified,
    )


_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")


def _day_in(url: str | None) -> str | None:
    """The day in a page's address: "/2024/03/29/"."""
    match = _URL_DAY.search(url or "")
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None


def _date_notes(head: Head, declared: Declared) -> list[str]:
    """A note when the page names more than one day as its own."""
    found = {name: value[:10] for name, value in head.days if value}
    day = _day_in(declared.url)
    if day:
        found["address"] = day
    if len(set(found.values())) < 2:
        return []
    return ["the page names several days as its own: " + ", ".join(f"{day} ({name})" for name, day in found.items())]


def _prefix_note(title: str, head: Head) -> str | None:
    """A note when another title of the page goes on where this one stops."""
    for other in head.titles:
        if len(other) > len(title) + 3 and other.startswith(title) and other[len(title)].isalpha():
            return f'the title may be cut: the page also calls itself "{other}"'
    return None


def _saved_day(saved: re.Match[str] | None) -> date | None:
    """The day on which a browser saved the page (SingleFile writes it into a comment)."""
    stamp = first_stamp(saved[2]) if saved else None
    return date.fromisoformat(stamp[:10]) if stamp else None
