"""Predictions for degraded_pages: what intake makes of a page, and the coder's evidence where it is asked for.

Reads pages.jsonl (`id`, `text`, perhaps `html`) and yields `id`, `title`, `date`, `body`, `declared`, and `records`
when `coder` is given. Only the page's own text is used.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from communique.intake.metadata import Bar, value_kind
from communique.intake.text import page_spans, parse, report_from_text
from communique.model import Coding, Report, Source

Code = Callable[[Report], Coding]


def predict(path: Path, coder: Code | None = None) -> Iterator[dict[str, object]]:
    """A line per page. `coder` adds the day of writing and the records, each with its evidence as the page has it."""
    with path.open(encoding="utf-8") as file:
        for row in file:
            if row.strip():
                page = json.loads(row)
                yield predict_page(str(page["id"]), str(page["text"]), coder)


def predict_page(name: str, text: str, coder: Code | None = None) -> dict[str, object]:
    """The prediction for one page."""
    parsed = parse(text)
    line: dict[str, object] = {
        "id": name,
        "title": parsed.title or "",
        "date": "",
        "body": parsed.body.text.split("\n\n"),
        "declared": declared_on_bars(parsed.bars, published=parsed.declared.published),
    }
    if coder is not None:
        report = report_from_text(text, source=Source(path=name))
        coding = coder(replace(report, source=Source(path=name)))
        written = coding.report.written
        line["date"] = written.day.isoformat() if written and written.day else ""
        spans = page_spans(text, [event.evidence.sentence for event in coding.events])
        line["records"] = [{"evidence": text[span.start : span.end]} for span in spans]
    return line


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
