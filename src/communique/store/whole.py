"""A whole record, or a part of it, row by row: what exports read. Nothing here holds more than a batch in memory.

Answers are plain dictionaries. An event comes with all its mentions and with the one that tells it best, as coded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from communique.store import corrections, judged, models, queries, reports, sql

Row = dict[str, Any]
QUERIES = frozenset(
    "full_events full_statements full_reports full_people full_instruments full_corrections full_codings".split()
)
_BATCH = 500


def full_events(
    alias: str,
    *,
    countries: Sequence[str] = (),
    kind: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[Row]:
    """Events by day (those without one last), each as `queries.event` gives it, with `lead` and `counts`.

    `lead` is the mention that tells it best: the event as coded, its sentence, and its report as coded. `counts` are
    mentions, reports, publishers, and whether a report tells it in its first coded sentence.
    """
    rows = queries.chosen(alias, countries=countries, kind=kind, since=since, until=until)
    keys = list(queries.by_day(rows).values_list("id", flat=True))
    for i in range(0, len(keys), _BATCH):
        yield from _told(alias, keys[i : i + _BATCH])


def _told(alias: str, keys: Sequence[str]) -> Iterator[Row]:
    events = models.Event.objects.using(alias).in_bulk(keys)
    told: dict[str, list[models.Mention]] = {}
    fields = models.Mention.objects.using(alias).filter(event__in=keys).select_related("report")
    for mention in fields.defer("report__fingerprint", "report__coding").order_by("report__written", "id"):
        told.setdefault(mention.event or "", []).append(mention)
    first = _first_sentences(alias, {m.report_id for mentions in told.values() for m in mentions})
    leads = {key: _lead(events[key], told.get(key, [])) for key in keys if told.get(key)}
    codings = dict(
        models.Report.objects.using(alias)
        .filter(id__in={m.report_id for m in leads.values()})
        .values_list("id", "coding")
    )
    urls = _urls(alias, {m.report_id for mentions in told.values() for m in mentions})
    for key in keys:
        mentions = told.get(key)
        if not mentions:
            continue
        lead = leads[key]
        yield queries.as_event(events[key]) | {
            "since": events[key].since.isoformat(),
            "evidence": [queries.as_evidence(m) | {"url": urls.get(m.report_id)} for m in mentions],
            "lead": {
                "mention": lead.id,
                "coded": lead.coded,
                "coding": codings[lead.report_id],
                "text": lead.report.text,
                "title": lead.report.title,
            },
            "sectors": _sectors(mentions),
            "counts": {
                "mentions": len(mentions),
                "reports": len({m.report_id for m in mentions}),
                "publishers": len({m.report.publisher for m in mentions if m.report.publisher}),
                "leads": any(m.sentence_start == first.get(m.report_id) for m in mentions),
            },
        }


def _lead(event: models.Event, mentions: Sequence[models.Mention]) -> models.Mention:
    """The mention that tells an event best: of its kind and day, by name, with words, earliest."""
    start = event.start.isoformat() if event.start else None

    def rank(m: models.Mention) -> tuple[object, ...]:
        said = m.said
        named = sum(p["kind"] != "state" for p in said["parties"])
        return (
            m.vague, m.kind != event.kind, said["modality"] != event.modality, said["start"] != start, -named,
            m.report.text is None, m.report.written or date.max, m.id,
        )  # fmt: skip

    return min(mentions, key=rank)


def _sectors(mentions: Sequence[models.Mention]) -> dict[str, str]:
    """Participant's name -> PLOVER sector, as coded."""
    return {p["name"]: p["sector"] for m in mentions for p in m.coded["participants"] if p["sector"]}


def _first_sentences(alias: str, reports_: set[str]) -> dict[str, int]:
    statement = "SELECT report, MIN(sentence_start) FROM mention WHERE report IN {} GROUP BY report"
    return dict(sql.select_in(alias, statement, reports_))


def _urls(alias: str, reports_: set[str]) -> dict[str, str]:
    """Report -> where it was seen: an address if there is one, else a path."""
    statement = "SELECT report, url, path FROM sighting WHERE report IN {} ORDER BY id"
    found: dict[str, str] = {}
    for report, url, path in sql.select_in(alias, statement, reports_):
        if url or report not in found:
            found[report] = url or path
    return found


def full_statements(alias: str, *, countries: Sequence[str] = ()) -> Iterator[Row]:
    """Statements by day; with `countries` those by speakers of one of them."""
    rows = models.Statement.objects.using(alias).select_related("report").defer("report__coding", "report__fingerprint")
    if countries:
        rows = rows.filter(country__in=[c.upper() for c in countries])
    for row in _chunks(rows):
        text = row.report.text
        yield {
            "id": row.id, "act": row.act, "speaker": row.speaker, "country": row.country, "medium": row.medium,
            "direct": row.direct, "day": _iso(row.day), "content": row.content,
            "words": " … ".join(text[a:b] for a, b in row.content) if text else None, **_of_report(row.report),
        }  # fmt: skip


def full_reports(alias: str, *, countries: Sequence[str] = ()) -> Iterator[Row]:
    """Reports by id; with `countries` those that tell of an event of all of them."""
    rows = models.Report.objects.using(alias).defer("fingerprint")
    for part in _parts(_telling(alias, rows, countries)):
        urls = _urls(alias, {row.id for row in part})
        known = reports.days_of_families(alias, {row.family for row in part})
        for row in part:
            written = row.coding["report"]["written"] or {}
            yield {
                "id": row.id, "title": row.title, "publisher": row.publisher, "agency": row.agency,
                "author": row.coding["report"]["declared"]["author"], "section": row.section,
                "language": row.language, "written": _iso(row.written), "written_earliest": _iso(row.written_earliest),
                "written_latest": _iso(row.written_latest),
                "written_reason": "; ".join(e["note"] for e in written.get("evidence", ()) if e["note"]) or None,
                "published": row.published, "claim_contradicted": row.claim_contradicted, "family": row.family,
                "words": row.words, "text_sha256": row.text_sha256, "url": urls.get(row.id), "text": row.text,
                "known_since": _iso(known.get(row.family)),
            }  # fmt: skip


def full_codings(alias: str, *, countries: Sequence[str] = ()) -> Iterator[Row]:
    """Reports as coded, by id, with `events`: which event of the record each coded event is of."""
    rows = models.Report.objects.using(alias).defer("fingerprint")
    for part in _parts(_telling(alias, rows, countries)):
        told: dict[str, list[models.Mention]] = {}
        mentions = models.Mention.objects.using(alias).filter(report__in=[row.id for row in part])
        for mention in mentions.order_by("position", "id"):
            told.setdefault(mention.report_id, []).append(mention)
        for row in part:
            coded = told.get(row.id, [])
            yield {
                "coding": row.coding | {"events": [m.coded for m in coded]}, "text": row.text, "title": row.title,
                "events": {m.coded["id"]: m.event for m in coded},
            }  # fmt: skip


def _telling(alias: str, rows: QuerySet[Any], countries: Sequence[str]) -> QuerySet[Any]:
    """The reports that tell of an event of all of some countries; all of them without any."""
    for country in countries:
        told = models.EventCountry.objects.using(alias).filter(country=country.upper()).values("event")
        rows = rows.filter(id__in=models.Mention.objects.using(alias).filter(event__in=told).values("report"))
    return rows


def full_people(alias: str, *, countries: Sequence[str] = ()) -> Iterator[Row]:
    """People as `queries.people` gives them; with `countries` those who act for one of them."""
    for country in countries or (None,):
        yield from queries.people(alias, country=country)


def full_instruments(alias: str, *, countries: Sequence[str] = ()) -> Iterator[Row]:
    """Instruments as `queries.instruments` gives them, with their steps."""
    yield from queries.instruments(alias, countries=countries)


def full_corrections(alias: str) -> Iterator[Row]:
    """All corrections, those withdrawn included, oldest first."""
    rows = models.Correction.objects.using(alias).order_by("at", "id")
    for found in corrections.resolve(alias, rows):
        yield judged.as_correction(found.row) | {"orphaned": found.orphaned, "withdrawn": found.row.withdrawn}


def _of_report(row: models.Report) -> Row:
    return {
        "report": row.id, "title": row.title, "publisher": row.publisher, "written": _iso(row.written),
        "published": row.published,
    }  # fmt: skip


def _chunks(rows: QuerySet[Any]) -> Iterator[Any]:
    for part in _parts(rows):
        yield from part


def _parts(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """The rows by id, in batches; each batch is a statement of its own, so that writers are not kept waiting."""
    last = ""
    while part := list(rows.filter(id__gt=last).order_by("id")[:_BATCH]):
        yield part
        last = part[-1].id


_iso = reports.iso
