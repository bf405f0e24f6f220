"""Notes of readers on a report. They are part of the record: who, when, on which words; never lost, never edited."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from communique.store import models


def of(report: str) -> list[dict[str, Any]]:
    """The notes on a report, oldest first."""
    return [
        {"id": n.id, "author": n.author, "at": n.at.isoformat(), "text": n.text, "span": n.span}
        for n in models.Note.objects.filter(report=report, withdrawn=False).order_by("at", "id")
    ]


def write(report: str, text: str, author: str, span: list[int] | None = None) -> str:
    """Write a note; its id."""
    now = datetime.now(UTC)
    note = models.Note.objects.create(
        id=uuid4().hex, report=report, text=text.replace("\x00", ""), author=author, at=now, span=span
    )
    return str(note.id)
