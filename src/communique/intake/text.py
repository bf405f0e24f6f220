"""Plain text to a report: the article alone, the page's furniture kept beside it with its role."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date

from communique.intake import shape
from communique.intake.datelines import Dateline, find_dateline
from communique.intake.languages import language_of
from communique.intake.layout import rows_of, unwrap
from communique.intake.metadata import Bar, declared_of, value_kind
from communique.intake.repair import repair, with_line_feeds
from communique.intake.roles import Judged, Page, assign
from communique.intake.stamps import find_stamps
from communique.intake.titles import cut_note, shown_title, without_site
from communique.intake.tracked import Tracked, join
from communique.intake.words import vocabulary
from communique.model import Declared, Line, Report, Source, Span

_NO_SOURCE = Source()
_NOTHING = Declared()
_WORD = re.compile(r"\w+")
_SHINGLE_WORDS = 6  # a repeated line must be this long to count as a copy
_PARAGRAPH = "\n\n"


def text_id(text: str) -> str:
    """16 hex digits, the same for texts that differ only in case, spaces and punctuation."""
    words = " ".join(_WORD.findall(text.casefold()))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def report_from_text(
    text: str,
    *,
    source: Source = _NO_SOURCE,
    plain: bool = False,
    title: str | None = None,
    declared: Declared = _NOTHING,
    captured: date | None = None,
) -> Report:
    """The report in `text`: the article in `Report.text`, everything else as lines with roles.

    `plain` takes the text as it stands for the article. `title` and `declared` are what is known from elsewhere (a
    column, a feed, the head of an HTML page); they win over what the lines say. Never raises for any text.

    >>> report_from_text("Oslo talks\\n\\nThe two foreign ministers met in Oslo on Monday for an hour.").title
    'Oslo talks'
    """
    if plain:
        return _plain(text, source, title, declared, captured)
    parsed = parse(text, title=title, track=False)
    body = parsed.body.text
    claims = _merged(declared, parsed.declared)
    return Report(
        id=text_id(body),
        text_sha256=_digest(body),
        source=source,
        title=parsed.title,
        text=body,
        language=language_of(body),
        declared=claims,
        captured=captured,
        lines=parsed.lines,
        notes=parsed.notes,
    )


def page_span(page: str, span: Span, *, title: str | None = None) -> Span:
    """Where the characters `span` of the report's text stand in `page`, the text that was read.

    `page` and `title` as they were given to `report_from_text`. `page[span]` is the evidence letter by letter,
    before any repair; it may hold line breaks, and furniture that stood between two halves of a paragraph.
    """
    return page_spans(page, [span], title=title)[0]


def page_spans(page: str, spans: list[Span], *, title: str | None = None) -> list[Span]:
    """`page_span` for many spans of one page."""
    body = parse(page, title=title, track=True).body
    return [body.origin(span.start, span.end) for span in spans]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page taken apart. `bars`: the lines of metadata over the article, as read."""

    title: str | None
    body: Tracked
    lines: tuple[Line, ...]
    declared: Declared
    bars: tuple[Bar, ...]
    notes: tuple[str, ...]


def parse(text: str, *, title: str | None = None, track: bool = False) -> Parsed:
    """Takes a page apart. With `track` the body knows its places in `text`."""
    page = with_line_feeds(Tracked.page(text, track=track))
    page, notes = repair(replace(page, text=unwrap(page.text)))
    rows = rows_of(page)
    judged = assign(rows, title=title)
    notes += judged.notes
    _drop_repeats(judged, notes)
    paragraphs, lines, dateline = _paragraphs(judged)
    body = join(paragraphs, _PARAGRAPH) if paragraphs else page.cut(0, 0)
    shown = _title(judged, page.text, body.text, notes, given=title is not None)
    doubtful = any(field.readings for bar in judged.bars for field in bar.fields)
    days = _days_named(judged) if doubtful else frozenset()
    declared, doubts = declared_of(judged.bars, days=days)
    notes += doubts
    dateline = dateline or next((line.dateline for line in judged.lines if line.role == "dateline"), None)
    if dateline is not None:
        declared = replace(declared, dateline=dateline.words, agency=declared.agency or dateline.agency)
    declared = _credited(declared, judged)
    return Parsed(shown, body, tuple(lines), declared, tuple(judged.bars), tuple(dict.fromkeys(notes)))


def _days_named(page: Page) -> frozenset[str]:
    """ISO days that lines other than the bars name."""
    return frozenset(
        stamp.iso[:10] for line in page.lines if not line.bar for stamp in find_stamps(line.text) if stamp.iso
    )


def _plain(text: str, source: Source, title: str | None, declared: Declared, captured: date | None) -> Report:
    """The text as it stands, one line per paragraph; the dateline is noticed all the same."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    lines = [Line("body", match.group(), Span(*match.span())) for match in re.finditer(r"[^\s][^\n]*", text)]
    found = find_dateline(text.lstrip())
    if found is not None and declared.dateline is None:
        declared = replace(declared, dateline=found.words, agency=declared.agency or found.agency)
    return Report(
        text_id(text), _digest(text), source, title, text, language_of(text), declared, captured, tuple(lines)
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _merged(known: Declared, read: Declared) -> Declared:
    """What is known from elsewhere, completed by what the lines say."""
    names = Declared.__dataclass_fields__
    return Declared(
        **{name: getattr(known, name) if getattr(known, name) is not None else getattr(read, name) for name in names}
    )


def _title(page: Page, text: str, body: str, notes: list[str], *, given: bool) -> str | None:
    """The title without the site's name, with a note when it was cut."""
    if page.title is None:
        return None
    title = page.title if given else without_site(" ".join(page.title.split()), text)
    note = cut_note(title, body)
    if note:
        notes.append(note)
    return shown_title(title) or title


def _drop_repeats(page: Page, notes: list[str]) -> None:
    """A paragraph that another one repeats or contains counts once; a labelled summary gives way to the text."""
    body = [line for line in page.lines if line.role == "body"]
    if len(body) < 2:
        return
    words = [" ".join(_WORD.findall(line.text.casefold())) for line in body]
    label = [_summary_length(line.text) for line in body]
    dropped = 0
    for n, line in enumerate(body):
        mine = words[n] if not label[n] else " ".join(_WORD.findall(line.text[label[n] :].casefold()))
        if mine.count(" ") < _SHINGLE_WORDS - 1:
            continue
        for m, other in enumerate(words):
            if m == n or body[m].role != "body" or mine not in other:
                continue
            if label[n] or len(other) > len(mine) or m < n:
                line.role = "furniture"
                dropped += 1
                break
    if dropped:
        notes.append(f"left out: {dropped} repeated {'paragraph' if dropped == 1 else 'paragraphs'}")


def _summary_length(line: str) -> int:
    """The characters of a label like "Summary:" at the start of a paragraph; 0 without one."""
    found = shape.label_of(line[:40])
    if found is None or found[0] not in vocabulary().summary:
        return 0
    return line.index(":") + 1 if ":" in line[:40] else 0


def _paragraphs(page: Page) -> tuple[list[Tracked], list[Line], Dateline | None]:
    """The article's paragraphs; all lines with their places in it; the dateline before its first words."""
    paragraphs: list[Tracked] = []
    lines: list[Line] = []
    dateline: Dateline | None = None
    length = 0
    for line in page.lines:
        if line.role != "body":
            lines.append(Line(line.role or "furniture", line.text))
            continue
        kept, pieces = _without_embedded(line)
        if kept is None:
            lines.append(Line("furniture", line.text))
            continue
        start = length + len(_PARAGRAPH) if paragraphs else 0
        found = find_dateline(kept.text) if dateline is None and len(paragraphs) < 2 else None
        dateline = dateline or found
        paragraphs.append(kept)
        length = start + len(kept.text)
        lines += _piece_lines(pieces, start, len(found.words) if found else 0)
    return paragraphs, lines, dateline


def _without_embedded(line: Judged) -> tuple[Tracked | None, list[tuple[bool, str]]]:
    """The line's own words, and its pieces in order: (is article, text). None when nothing is left."""
    text = line.text
    spans = line.glued
    label = _summary_length(text)
    if label:
        spans = [(0, label), *(span for span in spans if span[0] >= label)]
    if not spans:
        return line.row.text, [(True, text)]
    pieces: list[tuple[bool, str]] = []
    kept: list[Tracked] = []
    last = 0
    for start, end in [*spans, (len(text), len(text))]:
        a, b = _trim(text, last, start)
        if a < b:
            kept.append(line.row.text.cut(a, b))
            pieces.append((True, text[a:b]))
        a, b = _trim(text, start, end)
        if a < b:
            pieces.append((False, text[a:b]))
        last = max(last, end)
    return (join(kept, " ") if kept else None), pieces


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _piece_lines(pieces: list[tuple[bool, str]], start: int, dateline: int) -> list[Line]:
    """Lines for the pieces of the paragraph that begins at `start`; its first `dateline` characters are a dateline."""
    lines: list[Line] = []
    at = start
    for is_article, text in pieces:
        if not is_article:
            lines.append(Line("furniture", text))
            continue
        if at == start and 0 < dateline < len(text):
            lines.append(Line("dateline", text[:dateline], Span(at, at + dateline)))
            rest = text[dateline:].lstrip()
            lines.append(Line("body", rest, Span(at + len(text) - len(rest), at + len(text))))
        else:
            lines.append(Line("body", text, Span(at, at + len(text))))
        at += len(text) + 1
    return lines


def _credited(declared: Declared, page: Page) -> Declared:
    """An agency named in the credit below the article."""
    if declared.agency is not None:
        return declared
    for line in page.lines:
        if line.role == "credit":
            value = line.text.strip("()[]（）【】. ").rsplit(":", 1)[-1].strip()
            if value_kind(value) == "agency":
                return replace(declared, agency=value)
    return declared
