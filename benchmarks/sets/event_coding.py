"""Single news sentences: type, source and target countries of each event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.coder import Coder
from communique.export.cameo import as_happened
from communique.export.sides import sides
from communique.intake.text import report_from_text
from communique.model import Event, Participant


def predict(path: Path) -> Iterator[dict[str, Any]]:
    """A line for each sentence, in the scorer's form: the codes that the PLOVER export gives."""
    coder = Coder()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        coding = coder.code(report_from_text(row["text"], plain=True))
        events = [coded for event in coding.events if (coded := _event(event)) is not None]
        yield {"id": row["id"], "events": events}


def _event(event: Event) -> dict[str, Any] | None:
    coded = as_happened(event)
    if coded is None:
        return None
    actors, recipients = sides(event)
    return {
        "type": coded.type,
        "source": sorted({c for p in actors if (c := _code(p))}),
        "target": sorted({c for p in recipients if (c := _code(p))}),
        "cameo": coded.cameo,
        "mode": event.mode if coded.type == event.type else None,
    }


def _code(participant: Participant) -> str | None:
    if participant.country == "EUU":
        return "EUR"
    if participant.country:
        return participant.country
    return "IGO" if participant.kind == "organisation" else None
