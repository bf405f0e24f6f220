"""The day of writing (`anchor_synth`, `anchor_real`): the text, and the date that the page shows or hides."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from communique.dates.anchor import anchor_candidates, date_report
from communique.dates.expressions import find_times
from communique.language.pipeline import load_model, parse_text
from communique.model import Declared, Report, Source
from communique.settings import DEFAULT


def predict(path: Path) -> Iterator[dict[str, object]]:
    """One line per record: the days offered, best first, and whether the page's date is believed."""
    nlp = load_model(DEFAULT.model)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        doc = parse_text(nlp, text)
        times = find_times(doc)
        digest = hashlib.sha256(text.encode()).hexdigest()
        declared = Declared(published=row.get("stated"), url=row.get("url"))
        report = Report(digest[:16], digest, Source(), None, text, "en", declared)
        written = date_report(report, doc, times)
        offered = anchor_candidates(report, doc, times)
        yield {
            "id": row["id"],
            "stated_ok": not written.conflicts,
            "anchors": [
                {"begin": days.first.isoformat(), "end_time": days.last.isoformat(), "p": p} for days, p in offered
            ],
        }
