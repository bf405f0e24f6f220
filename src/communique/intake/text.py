"""Plain text to a report: the article alone, the page's furniture kept beside it with its role."""

from __future__ import annotations

import hashlib
import re

from communique.model import Declared, Line, Report, Source, Span

_BLANK = re.compile(r"\n[ \t]*\n")
_WORD = re.compile(r"\w+")
_RUNNING_WORDS = 12


def text_id(text: str) -> str:
    """16 hex digits that are the same for texts that differ only in case, spaces and punctuation."""
    return hashlib.sha256(" ".join(_WORD.findall(text.casefold())).encode("utf-8", "replace")).hexdigest()[:16]


def report_from_text(text: str, *, source: Source = Source(), plain: bool = False) -> Report:  # noqa: B008
    """The report in `text`; with `plain` the whole text is taken as the article, as it stands."""
    lines: list[Line] = []
    title: str | None = None
    kept = text
    if not plain:
        paragraphs: list[str] = []
        length = 0
        for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            line = " ".join(raw.split())
            if not line:
                continue
            running = len(line.split()) >= _RUNNING_WORDS and ":" not in line[:12]
            if running or (paragraphs and line[-1] in ".!?\"”"):
                start = length + 2 if paragraphs else 0
                paragraphs.append(line)
                length = start + len(line)
                lines.append(Line("body", line, Span(start, length)))
            elif title is None and not paragraphs and ":" not in line[:12]:
                title = line
                lines.append(Line("title", line))
            else:
                lines.append(Line("furniture", line))
        kept = "\n\n".join(paragraphs)
    return Report(
        id=text_id(kept),
        text_sha256=hashlib.sha256(kept.encode("utf-8", "replace")).hexdigest(),
        source=source,
        title=title,
        text=kept,
        language="en",
        declared=Declared(),
        lines=tuple(lines),
    )
