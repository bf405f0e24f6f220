"""Reports of which only the headline is there: lists of articles from GDELT, sitemaps for news."""

from __future__ import annotations

from dataclasses import replace

from communique.intake.text import report_from_text
from communique.model import Declared, Report, Source

HEADLINE_ONLY = "only the headline was read: the page itself is not in the file"


def headline_report(title: str, source: Source, declared: Declared) -> Report:
    """A report that is only its headline, and says so in its notes."""
    report = report_from_text(title, source=source, declared=declared, plain=True)
    return replace(report, notes=(*report.notes, HEADLINE_ONLY))
