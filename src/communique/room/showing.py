"""Rows of the record as the plain data that pages, twins and the API give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from communique.room import prose, words
from communique.room.twins import Entry
from communique.store import models

EVENT_COLUMNS = (
    "id", "start", "end", "modality", "kind", "type", "cameo", "says", "who", "countries", "place", "place_country",
    "instrument", "reports", "origins", "contested", "accepted", "rejected", "corrected",
)  # fmt: skip
REPORT_COLUMNS = (
    "id", "title", "publisher", "agency", "written", "published", "claim_contradicted", "section", "language", "words",
    "family", "events", "added",
)  # fmt: skip
Row = dict[str, Any]


def iso(value: date | datetime | None) -> str | None:
    """A day or moment as text."""
    return value.isoformat() if value else None


def event(row: models.Event) -> Row:
    """An event: its fields, its participants, the sentence that tells it, what people said of it."""
    account = row.account
    found: Row = {
        "id": row.id,
        "address": f"/events/{row.id}",
        "type": row.type,
        "kind": row.kind,
        "cameo": row.cameo,
        "modality": row.modality,
        "start": iso(row.start),
        "end": iso(row.end),
        "place": row.place,
        "place_country": row.place_country,
        "instrument": row.instrument,
        "parties": account["parties"],
        "who": [p["name"] for p in account["parties"]],
        "countries": row.countries.split(),
        "reports": row.reports,
        "origins": [row.origins_least, row.origins_most],
        "contested": row.contested.split(),
        "accepted": row.accepted,
        "rejected": row.rejected,
        "corrected": [c["field"] for c in account["corrections"] if c["what"] == "edit" and c["field"]],
        "corrections": account["corrections"],
        "since": iso(row.since),
        "changed": iso(row.changed),
    }
    found["says"] = prose.plain(prose.sentence(found))
    return found


def events(rows: Iterable[models.Event]) -> list[Row]:
    """Events in the order given."""
    return [event(row) for row in rows]


def origins_words(row: Mapping[str, Any]) -> str:
    """How an event is attested: "3 reports · 2 origins"."""
    least, most = row["origins"]
    said = str(most) if least == most else f"{least} to {most}"
    return f"{words.count(row['reports'], 'report')} · {said} {'origin' if most == 1 else 'origins'}"


def entries(rows: Iterable[models.Event]) -> list[Entry]:
    """Events as entries of a feed, each with one sentence of the record and one of evidence."""
    listed = list(rows)
    quoted = sentences([row.id for row in listed])
    made = []
    for row in listed:
        data = event(row)
        text = f"{origins_words(data)}. " + (f"“{quoted[row.id]}”" if row.id in quoted else "")
        made.append(Entry(row.id, data["says"], f"/events/{row.id}", text, row.changed))
    return made


def sentences(keys: Sequence[str]) -> dict[str, str]:
    """Event -> the words of the sentence that tells of it first, where the record has words."""
    from django.db.models import IntegerField
    from django.db.models.functions import Substr

    found: dict[str, str] = {}
    for i in range(0, len(keys), 400):
        rows = models.Mention.objects.filter(event__in=list(keys[i : i + 400]), report__text__isnull=False)
        from django.db.models import ExpressionWrapper, F

        length = ExpressionWrapper(F("sentence_end") - F("sentence_start"), output_field=IntegerField())
        cut = rows.annotate(words=Substr("report__text", F("sentence_start") + 1, length))
        for key, text in cut.order_by("report__written", "id").values_list("event", "words"):
            found.setdefault(key, " ".join(text.split()))
    return found


def report(row: models.Report, *, events: int | None = None) -> Row:
    """A report as a line of a list."""
    return {
        "id": row.id,
        "address": f"/reports/{row.id}",
        "title": row.title or f"Report {row.id[:8]}",
        "publisher": row.publisher,
        "agency": row.agency,
        "written": iso(row.written),
        "published": row.published,
        "claim_contradicted": row.claim_contradicted,
        "section": row.section,
        "language": row.language,
        "words": row.words,
        "family": row.family,
        "events": events,
        "added": iso(row.added),
    }


def reports(rows: Iterable[models.Report]) -> list[Row]:
    """Reports in the order given, each with how many records it has."""
    from django.db.models import Count

    listed = list(rows)
    counts = dict(
        models.Mention.objects.filter(report__in=[row.id for row in listed])
        .values("report").annotate(n=Count("id")).values_list("report", "n")
    )  # fmt: skip
    return [report(row, events=counts.get(row.id, 0)) for row in listed]


LIGHT = ("coding", "fingerprint", "text")  # what lists of reports do not read
