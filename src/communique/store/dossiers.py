"""What the record has of two countries, what was promised, what is new, and how often pairs of countries met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from communique.merging.kinds import alike
from communique.merging.people import PersonMention, merge_people
from communique.store import models, queries, sql
from communique.store.queries import Row
from communique.store.reports import iso

QUERIES = frozenset({"dossier", "promises", "digest", "dyads"})
LATE = 60  # days after the planned day on which something like it may still be what was planned
MET = ("meeting", "talks", "call", "visit", "session", "dialogue", "summit", "conference", "mediation", "consultations")


def dossier(alias: str, first: str, second: str, *, today: date | None = None) -> Row:
    """All that the record has of two countries: encounters, instruments, statements, open promises, numbers."""
    pair = (first.upper(), second.upper())
    rows = queries.events(alias, countries=pair)
    return {
        "countries": list(pair),
        "encounters": [row for row in rows if row["kind"] in MET],
        "acts": [row for row in rows if row["kind"] not in MET],
        "instruments": queries.instruments(alias, countries=pair),
        "promises": promises(alias, countries=pair, today=today),
        "people": _people_of(alias, rows),
        "statements": _statements(alias, pair),
        "reports": _reports_of(alias, [row["id"] for row in rows]),
    }


def _people_of(alias: str, rows: Iterable[Row]) -> list[Row]:
    counts: Counter[tuple[str, str | None]] = Counter()
    keys = [row["id"] for row in rows]
    for i in range(0, len(keys), 500):
        accounts = models.Event.objects.using(alias).filter(id__in=keys[i : i + 500]).values_list("account", flat=True)
        for account in accounts:
            counts.update((p["name"], p["country"]) for p in account["parties"] if p["kind"] == "person")
    mentions = [PersonMention(f"{n}", "", name, country) for n, (name, country) in enumerate(counts)]
    found = [
        {"name": p.name, "country": p.country, "events": sum(counts[name, p.country] for name in p.names)}
        for p in merge_people(mentions)
    ]
    return sorted(found, key=lambda p: (-p["events"], p["name"], p["country"] or ""))


def _statements(alias: str, pair: tuple[str, str]) -> list[Row]:
    """Statements by either side in reports that tell of an event of both; what copies repeat is one."""
    told = (
        models.Mention.objects.using(alias)
        .filter(event__in=queries.of_countries(alias, pair).values("id"))
        .values("report")
    )
    rows = models.Statement.objects.using(alias).filter(country__in=pair, report__in=told).select_related("report")
    found: dict[tuple[object, ...], Row] = {}
    for row in rows.order_by("day", "id"):
        words = " ".join(row.report.text[a:b] for a, b in row.content) if row.report.text else None
        same = (row.report.family, row.speaker, row.act, words if words is not None else row.id)
        one = found.setdefault(
            same,
            {
                "id": row.id,
                "reports": [],
                "speaker": row.speaker,
                "country": row.country,
                "act": row.act,
                "medium": row.medium,
                "direct": row.direct,
                "day": iso(row.day),
                "words": words,
            },
        )
        one["reports"].append(row.report_id)
    return list(found.values())


def _reports_of(alias: str, keys: Sequence[str]) -> list[Row]:
    reports: dict[str, Row] = {}
    for i in range(0, len(keys), 500):
        rows = models.Report.objects.using(alias).filter(mentions__event__in=keys[i : i + 500]).distinct()
        for row in rows:
            reports[row.id] = {
                "id": row.id,
                "title": row.title,
                "publisher": row.publisher,
                "agency": row.agency,
                "published": row.published,
                "written": iso(row.written),
                "claim_contradicted": row.claim_contradicted,
                "family": row.family,
            }
    return sorted(reports.values(), key=lambda r: (r["written"] or "9999", r["id"]))


def promises(alias: str, *, countries: Sequence[str] = (), today: date | None = None) -> list[Row]:
    """Planned events of which no report says that they happened or were called off; `overdue` as of `today`.

    `told` is the first day of writing that has the plan. `perhaps` are events of the same sort and countries that
    occurred after it and up to `LATE` days after the planned day: not certainly what was planned, but worth a look.
    """
    rows = list(queries.by_day(queries.of_countries(alias, countries).filter(queries.GIVEN, modality="planned")))
    told = _first_told(alias, [row.id for row in rows])
    found = []
    for row in rows:
        overdue = None if today is None else bool(row.end and row.end < today)
        perhaps = _perhaps(alias, row, told.get(row.id))
        found.append(queries.as_row(row) | {"told": iso(told.get(row.id)), "overdue": overdue, "perhaps": perhaps})
    return found


def _first_told(alias: str, events: Iterable[str]) -> dict[str, date]:
    """Event -> the first day of writing of the reports that tell of it."""
    found: dict[str, date] = {}
    for part in sql.pieces(events):
        rows = models.Mention.objects.using(alias).filter(event__in=part, report__written__isnull=False)
        for key, day in rows.values_list("event", "report__written"):
            found[key] = min(day, found.get(key, day))
    return found


def _perhaps(alias: str, plan: models.Event, told: date | None) -> list[Row]:
    named = plan.countries.split()
    if told is None or not named:
        return []
    last = (plan.end or told) + timedelta(days=LATE)
    rows = queries.of_countries(alias, named).filter(
        queries.GIVEN, modality="occurred", kind__in=alike(plan.kind), start__gte=told, start__lte=last
    )
    return [
        {"id": row.id, "kind": row.kind, "start": iso(row.start), "who": row.who} for row in queries.by_day(rows)[:5]
    ]


def digest(alias: str, since: datetime) -> Row:
    """What the record has learned since a moment: new events, changed ones, reports."""
    rows = models.Event.objects.using(alias).filter(queries.GIVEN, changed__gte=since)
    return {
        "since": since.isoformat(),
        "reports": models.Report.objects.using(alias).filter(added__gte=since).count(),
        "new": [queries.as_row(row) for row in queries.by_day(rows.filter(since__gte=since))],
        "changed": [queries.as_row(row) for row in queries.by_day(rows.filter(since__lt=since))],
    }


def dyads(alias: str, *, by: str = "month", countries: Sequence[str] = ()) -> list[Row]:
    """Events that occurred, counted by pair of countries, period ("day", "month", "year") and type.

    An event of several countries counts once for each pair. One whose days span two periods counts where it begins;
    one that is vaguer than the period is left out.
    """
    length = {"day": 10, "month": 7, "year": 4}[by]
    widest = {"day": 1, "month": 31, "year": 366}[by]
    counts: Counter[tuple[str, str, str, str]] = Counter()
    rows = queries.of_countries(alias, countries).filter(queries.GIVEN, modality="occurred", start__isnull=False)
    for row in rows.only("start", "end", "type", "countries").iterator():
        if row.start is None or row.end is None or (row.end - row.start).days >= widest:
            continue
        named = sorted(row.countries.split())
        for i, a in enumerate(named):
            for b in named[i + 1 :]:
                counts[a, b, row.start.isoformat()[:length], row.type or ""] += 1
    return [
        {"country1": a, "country2": b, by: period, "type": type_ or None, "events": n}
        for (a, b, period, type_), n in sorted(counts.items())
    ]
