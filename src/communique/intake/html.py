"""HTML to a report."""

from __future__ import annotations

from dataclasses import replace

from communique.intake.text import report_from_text
from communique.model import Report, Source


def report_from_html(data: bytes | str, *, source: Source = Source(), url: str | None = None) -> Report:  # noqa: B008
    """The report in a saved page. Nothing is fetched."""
    import trafilatura

    text = trafilatura.extract(data, favor_precision=True, include_comments=False, url=url) or ""
    report = report_from_text(text.replace("\n", "\n\n"), source=source)
    return replace(report, declared=replace(report.declared, url=url))
