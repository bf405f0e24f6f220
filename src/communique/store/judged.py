"""What people judged: corrections as plain data, and as gold in the form that `communique evaluate` reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from communique.store import corrections, models, sql
from communique.store.reports import iso

QUERIES = frozenset({"orphans", "gold", "gold_files"})
Row = dict[str, Any]
_EDITED = {"kind", "type", "modality", "start", "end"}  # fields of a gold event


def orphans(alias: str) -> list[Row]:
    """Corrections whose targets are gone."""
    return [as_correction(found.row) for found in corrections.active(alias) if found.orphaned]


def gold(alias: str) -> list[Row]:
    """The corrections as judgements on mentions, for scoring a coder: each with report, spans, and what is right."""
    found = []
    for resolved in corrections.active(alias):
        keys = [key for key in resolved.mentions if key]
        rows = models.Mention.objects.using(alias).filter(id__in=keys).order_by("id")
        found.append(
            as_correction(resolved.row)
            | {
                "orphaned": resolved.orphaned,
                "mentions": [
                    {"report": m.report_id, "sentence": [m.sentence_start, m.sentence_end],
                     "trigger": [m.trigger_start, m.trigger_end], "kind": m.kind, "coded": m.coded}
                    for m in rows
                ],
            }
        )  # fmt: skip
    return found


def as_correction(row: models.Correction) -> Row:
    """A correction as plain data."""
    return {
        "id": row.id,
        "what": row.what,
        "field": row.field,
        "value": row.value,
        "author": row.author,
        "at": iso(row.at),
        "reason": row.reason,
        "targets": row.targets,
    }


def gold_files(alias: str) -> Iterator[tuple[Row, Row | None]]:
    """For each report of which something was judged its gold file and the report; None without its text.

    What was accepted, edited or added must be found; what was rejected is `wrong`; the rest was not judged, so the
    gold is not `complete`. Of several judgements of one mention the latest counts. A mention that is gone after
    re-coding is judged as it was when somebody saw it.
    """
    judged = _judged(alias)
    for part in sql.pieces(judged):
        reports = models.Report.objects.using(alias).defer("coding", "fingerprint").in_bulk(part)
        for key in part:
            row = reports.get(key)
            events = [event for event, right in judged[key].values() if right]
            wrong = [event for event, right in judged[key].values() if not right]
            gold = {"id": key, "file": f"reports/{key}.json", "complete": False, "events": events, "wrong": wrong}
            yield gold, _report(row) if row is not None and row.text else None


def _judged(alias: str) -> dict[str, dict[str, tuple[Row, bool]]]:
    """Report -> mention -> the event as judged, and whether it is right."""
    found: dict[str, dict[str, tuple[Row, bool]]] = {}
    rows = models.Correction.objects.using(alias).filter(withdrawn=False).order_by("at", "id")
    for row in rows.iterator():
        if row.what == "add":
            value = json.loads(row.value or "{}")
            target = row.targets[0]
            event = {name: value.get(name) for name in (*_EDITED, "participants")} | {"must": True}
            found.setdefault(target["report"], {})[target["mention"]] = (event, True)
        elif row.what in ("accept", "reject", "edit"):
            for target in row.targets:
                mentions = found.setdefault(target["report"], {})
                event, right = mentions.get(target["mention"], (target["coded"] | {"must": True}, True))
                if row.what == "edit" and row.field == "participants":
                    named = corrections.participants(row.value or "")
                    event = event | {"participants": [{"name": name, "country": code} for name, code in named]}
                elif row.what == "edit" and row.field in _EDITED:
                    event = event | {row.field: row.value or None}
                    if row.field in ("start", "end") and row.value:
                        event = _in_order(event, row.field)
                mentions[target["mention"]] = (event, right if row.what == "edit" else row.what == "accept")
    return found


def _in_order(event: Row, field: str) -> Row:
    """The event with the day that was not edited moved where it would contradict the other."""
    if not event["start"] or not event["end"] or event["end"] < event["start"]:
        return event | {"start": event[field], "end": event[field]}
    return event


def _report(row: models.Report) -> Row:
    return {"title": row.title, "published": row.published, "publisher": row.publisher, "text": row.text}
