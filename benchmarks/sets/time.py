"""Time expressions (`meantime`, `gum`, `wikiwars`): the day of publication is given, every expression is read.

TIMEX3 has no ranges: "from 2003 to 2005" is given as its two ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from communique.dates.expressions import Reading, TimeExpression, find_times
from communique.dates.values import read_all, read_time
from communique.language.pipeline import load_model, parse_text
from communique.model import DayRange
from communique.settings import DEFAULT


def predict(path: Path) -> Iterator[dict[str, object]]:
    """One line per document: id and the expressions with characters, type and value."""
    nlp = load_model(DEFAULT.model)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        doc = parse_text(nlp, row["text"])
        day = date.fromisoformat(row["dct"]) if row.get("dct") else None
        anchor = DayRange(day, day) if day else None
        times = find_times(doc)
        found: list[dict[str, object]] = []
        for expression, reading in zip(times, read_all(times, anchor), strict=True):
            if expression.form.kind == "range" and expression.parts:
                found.extend(_ends(expression, reading, anchor))
            else:
                found.append(_item(expression, reading))
        yield {"id": row["id"], "timex": found}


def _item(expression: TimeExpression, reading: Reading) -> dict[str, object]:
    item: dict[str, object] = {
        "start": expression.span.start,
        "end": expression.span.end,
        "type": expression.type,
        "value": reading.value,
    }
    if reading.days and expression.form.kind == "range":
        item["begin"], item["end_time"] = reading.days.first.isoformat(), reading.days.last.isoformat()
    return item


def _ends(expression: TimeExpression, whole: Reading, anchor: DayRange | None) -> Iterator[dict[str, object]]:
    for form, span in zip((expression.form.first, expression.form.last), expression.parts, strict=True):
        if form is None:
            continue
        year = whole.days.first.year if whole.days else None
        if form.year is None and form.month and year:  # a year read from the passage serves both ends
            form = replace(form, year=year)
        reading = read_time(replace(expression, form=form, type="DATE"), anchor)
        yield {"start": span.start, "end": span.end, "type": "DATE", "value": reading.value}
