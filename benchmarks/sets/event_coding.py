"""Single news sentences: type, source and target countries of each event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.coder import Coder
from communique.intake.text import report_from_text
from communique.model import Event, Participant

_SOURCE = {"initiator", "party", "guest", "mediator"}


def predict(path: Path) -> Iterator[dict[str, Any]]:
    """A line for each sentence, in the scorer's form."""
    coder = Coder()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        coding = coder.code(report_from_text(row["text"], plain=True))
        yield {"id": row["id"], "events": [_event(e) for e in coding.events if e.modality != "hypothetical"]}


def _event(event: Event) -> dict[str, Any]:
    sources = [p for p in event.participants if p.role in _SOURCE]
    targets = [p for p in event.participants if p.role not in _SOURCE]
    return {
        "type": event.type,
        "source": sorted({c for p in sources if (c := _code(p))}),
        "target": sorted({c for p in targets if (c := _code(p))}),
        "cameo": event.cameo,
        "mode": event.mode,
    }


def _code(participant: Participant) -> str | None:
    if participant.country == "EUU":
        return "EUR"
    if participant.country:
        return participant.country
    return "IGO" if participant.kind == "organisation" else None
