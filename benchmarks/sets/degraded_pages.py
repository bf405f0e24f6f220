"""Predictions for degraded_pages: what intake makes of a page, and the record that the coder finds in it.

Reads pages.jsonl (`id`, `text`, perhaps `html`, which is then read in its place) and yields `id`, `title`, `date`,
`body`, `declared` and `records`, each with its evidence as the page has it. Only the page itself is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from communique.coder import Coder
from communique.errors import InputError
from communique.intake.html import report_from_html
from communique.intake.metadata import Bar, value_kind
from communique.intake.text import page_spans, parse, report_from_text
from communique.model import Coding, Declared, Span, Statement


def predict(path: Path) -> Iterator[dict[str, object]]:
    """A line per page."""
    coder = Coder()
    with path.open(encoding="utf-8") as file:
        for row in file:
            if row.strip():
                page = json.loads(row)
                yield predict_page(str(page["id"]), str(page["text"]), page.get("html"), coder)


def predict_page(name: str, text: str, html: str | None, coder: Coder) -> dict[str, object]:
    """The prediction for one page."""
    if html is None:
        parsed = parse(text)
        report = report_from_text(text)
        declared = declared_on_bars(parsed.bars, published=parsed.declared.published)
    else:
        report = report_from_html(html.encode("utf-8"))
        declared = claims_of(report.declared)
    line: dict[str, object] = {
        "id": name,
        "title": report.title or "",
        "date": "",
        "body": report.text.split("\n\n"),
        "declared": declared,
        "records": [],
    }
    try:
        coding = coder.code(report)
    except InputError:  # a page on which nothing is left to code
        return line
    written = coding.report.written
    line["date"] = written.day.isoformat() if written and written.day else ""
    shown = text if html is None else None
    line["records"] = [
        {"rid": rid, "evidence": evidence, "content": content}
        for rid, content, evidence in contents(coding, report.text, page=shown)
    ]
    return line


def contents(coding: Coding, text: str, *, page: str | None = None) -> list[tuple[str, dict[str, object], str]]:
    """(id, content, evidence) of each event, statement and instrument; the evidence as `page` has it, if given."""
    found: list[tuple[str, dict[str, object], Span]] = []
    for event in coding.events:
        countries = sorted({who.country or who.name for who in event.participants})
        content = {"part": "event", "type": event.type, "kind": event.kind, "modality": event.modality,
                   "countries": countries, "days": [str(event.start), str(event.end)]}  # fmt: skip
        found.append((event.id, content, event.evidence.sentence))
    for said in coding.statements:
        speaker = said.speaker.name if said.speaker else None
        content = {"part": "statement", "speaker": speaker, "direct": said.direct}
        found.append((said.id, content, _words_and_cue(said, text)))
    for item in coding.instruments:
        content = {"part": "instrument", "kind": item.kind, "parties": sorted(item.parties)}
        found.append((item.id, content, item.evidence.sentence))
    spans = [span for _, _, span in found]
    source = text if page is None else page
    back = spans if page is None else page_spans(page, spans)
    return [(rid, content, source[span.start : span.end]) for (rid, content, _), span in zip(found, back, strict=True)]


def _words_and_cue(said: Statement, text: str) -> Span:
    """What is said with the words that say so, where one paragraph holds both; else the first words alone."""
    spans = [*said.content, *([said.cue] if said.cue else [])]
    hull = Span(min(span.start for span in spans), max(span.end for span in spans))
    return said.content[0] if "\n" in text[hull.start : hull.end] else hull


def claims_of(claims: Declared) -> dict[str, object]:
    """The claims of an HTML page under the names that the set gives them."""
    found = {"posted": claims.published, "section": claims.section, "source": claims.agency or claims.publisher,
             "author": claims.author, "views": claims.views, "comments": claims.comments}  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def declared_on_bars(bars: tuple[Bar, ...], *, published: str | None) -> dict[str, object]:
    """The fields of the metadata lines under the names that the set gives them.

    The set tells the value of a label "Source" from a section; a bar whose other labels were left unfilled is a
    template of which the "source" is the site's column.
    """
    found: dict[str, object] = {}
    is_template = any(bar.unfilled for bar in bars)
    for bar in bars:
        for field in bar.fields:
            name, value = field.name, field.value
            if name == "published":
                name, value = "posted", value or (published or "")
            elif name == "modified":
                continue
            elif name == "editor":
                name = "author"
            elif name == "agency":
                name = "source"
            elif name == "source" and is_template and value_kind(value) != "publisher":
                name = "section"
            if value:
                found.setdefault(name, int(value) if name in ("views", "comments") else value)
    return found
