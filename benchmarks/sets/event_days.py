"""The day of given event mentions (`meantime_events`): offsets and the day of publication are given.

This set asks for the best day of every mention, so where the report does not say, the day of publication is answered
for what has happened; the coder itself would answer "not known".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from communique.dates.attach import Clock
from communique.dates.expressions import find_times
from communique.language.pipeline import load_model, parse_text
from communique.model import Written
from communique.settings import DEFAULT


def predict(path: Path) -> Iterator[dict[str, object]]:
    """One line per document: the first and last day of each mention."""
    nlp = load_model(DEFAULT.model)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        doc = parse_text(nlp, row["text"])
        day = date.fromisoformat(row["dct"])
        clock = Clock(doc, find_times(doc), Written(day, day, day, None))
        found = []
        for event in row["events"]:
            span = doc.char_span(event["start"], event["end"], alignment_mode="expand")
            if span is None:
                continue
            days = clock.best_days(span.root.i)
            if days is not None:
                begin, end = days.first.isoformat(), days.last.isoformat()
                found.append({"start": event["start"], "end": event["end"], "begin": begin, "end_time": end})
        yield {"id": row["id"], "events": found}
