"""What can be asked of a record. Every answer is plain dictionaries, days as ISO texts, with the ids to go on from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from communique.merging.instruments import InstrumentMention, Life, Step, merge_instruments
from communique.merging.kinds import alike
from communique.merging.mentions import Party
from communique.merging.people import Individual, PersonMention, merge_people
from communique.merging.view import EventView
from communique.store import corrections, models, reports, sql

QUERIES = frozenset("events event dossier people instruments digest dyads promises orphans gold evidence".split())
Row = dict[str, Any]

GIVEN = Q(rejected=False)
LATE = 60  # days after the planned day on which something like it may still be what was planned
MET = ("meeting", "talks", "call", "visit", "session", "dialogue", "summit", "conference", "mediation", "consultations")


# --- events ---------------------------------------------------------------------------------------------------------


def events(
    alias: str,
    *,
    countries: Sequence[str] = (),
    kind: str | None = None,
    type: str | None = None,
    modality: str | None = None,
    since: date | None = None,
    until: date | None = None,
    rejected: bool = False,
    limit: int | None = None,
) -> list[Row]:
    """Events with all of `countries` in them, by day (those without a day last). `since` and `until` bound the days."""
    rows = chosen(
        alias, countries=countries, kind=kind, type=type, modality=modality, since=since, until=until,
        rejected=rejected,
    )  # fmt: skip
    return [_event_row(row) for row in by_day(rows)[: limit or None]]


def chosen(
    alias: str,
    *,
    countries: Sequence[str] = (),
    kind: str | None = None,
    type: str | None = None,
    modality: str | None = None,
    since: date | None = None,
    until: date | None = None,
    rejected: bool = False,
) -> QuerySet[models.Event]:
    """The events that `events` gives, in no order."""
    rows = _events(alias, countries)
    if not rejected:
        rows = rows.filter(GIVEN)
    for field, value in (("kind", kind), ("type", type), ("modality", modality)):
        if value:
            rows = rows.filter(**{field: value})
    if since:
        rows = rows.filter(end__gte=since)
    if until:
        rows = rows.filter(start__lte=until)
    return rows


def _events(alias: str, countries: Sequence[str]) -> QuerySet[models.Event]:
    rows = models.Event.objects.using(alias).all()
    for country in countries:
        named = models.EventCountry.objects.using(alias).filter(country=country.upper()).values("event")
        rows = rows.filter(id__in=named)
    return rows


def by_day(rows: QuerySet[models.Event]) -> QuerySet[models.Event]:
    """By first day, those without one last."""
    from django.db.models import F

    return rows.order_by(F("start").asc(nulls_last=True), "id")


def _event_row(row: models.Event) -> Row:
    return {
        "id": row.id,
        "type": row.type,
        "kind": row.kind,
        "cameo": row.cameo,
        "modality": row.modality,
        "start": _iso(row.start),
        "end": _iso(row.end),
        "who": row.who,
        "countries": row.countries.split(),
        "place": row.place,
        "place_country": row.place_country,
        "instrument": row.instrument,
        "reports": row.reports,
        "origins": [row.origins_least, row.origins_most],
        "contested": row.contested.split(),
        "accepted": row.accepted,
        "rejected": row.rejected,
    }


def _iso(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None


def event(alias: str, key: str) -> Row | None:
    """One event with every field's values, who gives them, its sentences and its corrections; None if there is none."""
    row = models.Event.objects.using(alias).filter(id=key).first()
    if row is None:
        return None
    return as_event(row) | {
        "evidence": evidence(alias, key),
        "formerly": sorted(models.Lineage.objects.using(alias).filter(new=key).values_list("old", flat=True)),
    }


def as_event(row: models.Event) -> Row:
    """An event with its participants, every field's values and who gives them, and its corrections."""
    account = row.account
    return _event_row(row) | {
        "parties": account["parties"],
        "fields": account["fields"],
        "history": account["history"],
        "candidates": account["candidates"],
        "corrections": account["corrections"],
    }


def evidence(alias: str, key: str) -> list[Row]:
    """The sentences that tell of an event: report, day of writing, span, and the words where the record has them."""
    rows = models.Mention.objects.using(alias).filter(event=key).select_related("report")
    return [as_evidence(row) for row in rows.order_by("report__written", "id")]


def as_evidence(row: models.Mention) -> Row:
    """A mention as evidence of its event."""
    return {
        "mention": row.id,
        "report": row.report_id,
        "family": row.report.family,
        "title": row.report.title,
        "publisher": row.report.publisher,
        "written": _iso(row.report.written),
        "published": row.report.published,
        "claim_contradicted": row.report.claim_contradicted,
        "sentence": [row.sentence_start, row.sentence_end],
        "trigger": [row.trigger_start, row.trigger_end],
        "words": row.report.text[row.sentence_start : row.sentence_end] if row.report.text else None,
        "kind": row.kind,
        "modality": row.said["modality"],
        "start": row.said["start"],
        "end": row.said["end"],
        "vague": row.vague,
        "rule": row.coded.get("rule"),
    }


def view_of(row: models.Event) -> EventView:
    """The view of an event from its row, as merging uses it; of the account only what a life cycle needs."""
    parties = tuple(Party(**party) for party in row.account["parties"])
    return EventView(
        id=row.id, type=row.type, kind=row.kind, cameo=row.cameo, modality=row.modality, parties=parties,
        start=row.start, end=row.end, place=row.place, place_country=row.place_country, instrument=row.instrument,
        fields=(), history=(), reports=tuple(row.account["reports"]), origins_least=row.origins_least,
        origins_most=row.origins_most, mentions=tuple(row.account["mentions"]), candidates=(),
        turn=row.account.get("turn"), round=row.account.get("round"),
        papers=tuple(row.account.get("papers", ())),
    )  # fmt: skip


# --- people, instruments --------------------------------------------------------------------------------------------


def people(alias: str, *, country: str | None = None, name: str | None = None) -> list[Row]:
    """The people of the record, those in most reports first."""
    rows = models.PersonMention.objects.using(alias).all()
    if country:
        rows = rows.filter(country=country.upper())
    values = list(rows.values_list("id", "report", "name", "country", "offices", "report__family"))
    written = reports.days_of_families(alias, {row[-1] for row in values})
    mentions = [
        PersonMention(key, report, who, where, tuple((o[0], o[1]) for o in offices), written.get(family))
        for key, report, who, where, offices, family in values
    ]
    found = sorted(merge_people(mentions), key=lambda p: (-len(p.reports), p.name, p.id))
    return [_person_row(p) for p in found if not name or any(name.lower() in n.lower() for n in p.names)]


def _person_row(person: Individual) -> Row:
    return {
        "id": person.id,
        "name": person.name,
        "names": list(person.names),
        "country": person.country,
        "reports": len(person.reports),
        "offices": [
            {"title": t.title, "first": _iso(t.first), "last": _iso(t.last), "reports": len(t.reports),
             "in_table": t.in_table}
            for t in person.offices
        ],
    }  # fmt: skip


def instruments(alias: str, *, countries: Sequence[str] = (), kind: str | None = None) -> list[Row]:
    """The agreements, mechanisms, themed years ... with where they stand and the steps that led there."""
    rows = models.InstrumentMention.objects.using(alias).all()
    for country in countries:
        rows = rows.filter(parties__contains=country.upper())
    fields = ("id", "report", "kind", "name", "parties", "status", "since", "report__family", "report__written")
    mentions = [
        InstrumentMention(key, report, what, name, tuple(parties.split()), status, since, family, written)
        for key, report, what, name, parties, status, since, family, written in rows.values_list(*fields)
    ]
    changed = _events(alias, countries).filter(GIVEN, instrument__isnull=False)
    lives = merge_instruments(mentions, [view_of(row) for row in changed])
    shown = [life for life in sorted(lives, key=_first_day) if not kind or life.kind == kind]
    told = reports.sentences(alias, {key for life in shown for step in life.steps for key in step.told_by})
    return [_life_row(life, told) for life in shown]


def _sentence_of(step: Step, told: dict[str, Row]) -> Row | None:
    """The sentence that tells a step: of the report written first."""
    rows = [told[key] for key in step.told_by if key in told]
    return min(rows, key=lambda row: (row["written"] or "9999", row["mention"]), default=None)


def _first_day(life: Life) -> tuple[date, str]:
    return min((s.day for s in life.steps if s.day), default=date.max), life.id


def _life_row(life: Life, told: dict[str, Row]) -> Row:
    return {
        "id": life.id,
        "kind": life.kind,
        "name": life.name,
        "names": list(life.names),
        "parties": list(life.parties),
        "status": life.status,
        "steps": [
            {"step": s.step, "day": _iso(s.day), "last": _iso(s.last), "planned": s.planned, "round": s.round,
             "event": s.event, "told_by": list(s.told_by), "sentence": _sentence_of(s, told)}
            for s in life.steps
        ],
        "reports": len(life.mentions),
    }  # fmt: skip


# --- the dossier ----------------------------------------------------------------------------------------------------


def dossier(alias: str, first: str, second: str, *, today: date | None = None) -> Row:
    """All that the record has of two countries: encounters, instruments, statements, open promises, numbers."""
    pair = (first.upper(), second.upper())
    rows = events(alias, countries=pair)
    return {
        "countries": list(pair),
        "encounters": [row for row in rows if row["kind"] in MET],
        "acts": [row for row in rows if row["kind"] not in MET],
        "instruments": instruments(alias, countries=pair),
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
    told = models.Mention.objects.using(alias).filter(event__in=_events(alias, pair).values("id")).values("report")
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
                "day": _iso(row.day),
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
                "written": _iso(row.written),
                "claim_contradicted": row.claim_contradicted,
                "family": row.family,
            }
    return sorted(reports.values(), key=lambda r: (r["written"] or "9999", r["id"]))


def promises(alias: str, *, countries: Sequence[str] = (), today: date | None = None) -> list[Row]:
    """Planned events of which no report says that they happened or were called off; `overdue` as of `today`.

    `told` is the first day of writing that has the plan. `perhaps` are events of the same sort and countries that
    occurred after it and up to `LATE` days after the planned day: not certainly what was planned, but worth a look.
    """
    rows = list(by_day(_events(alias, countries).filter(GIVEN, modality="planned")))
    told = _first_told(alias, [row.id for row in rows])
    found = []
    for row in rows:
        overdue = None if today is None else bool(row.end and row.end < today)
        perhaps = _perhaps(alias, row, told.get(row.id))
        found.append(_event_row(row) | {"told": _iso(told.get(row.id)), "overdue": overdue, "perhaps": perhaps})
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
    rows = _events(alias, named).filter(
        GIVEN, modality="occurred", kind__in=alike(plan.kind), start__gte=told, start__lte=last
    )
    return [{"id": row.id, "kind": row.kind, "start": _iso(row.start), "who": row.who} for row in by_day(rows)[:5]]


def digest(alias: str, since: datetime) -> Row:
    """What the record has learned since a moment: new events, changed ones, reports."""
    rows = models.Event.objects.using(alias).filter(GIVEN, changed__gte=since)
    return {
        "since": since.isoformat(),
        "reports": models.Report.objects.using(alias).filter(added__gte=since).count(),
        "new": [_event_row(row) for row in by_day(rows.filter(since__gte=since))],
        "changed": [_event_row(row) for row in by_day(rows.filter(since__lt=since))],
    }


def dyads(alias: str, *, by: str = "month", countries: Sequence[str] = ()) -> list[Row]:
    """Events that occurred, counted by pair of countries, period ("day", "month", "year") and type.

    An event of several countries counts once for each pair. One whose days span two periods counts where it begins;
    one that is vaguer than the period is left out.
    """
    length = {"day": 10, "month": 7, "year": 4}[by]
    widest = {"day": 1, "month": 31, "year": 366}[by]
    counts: Counter[tuple[str, str, str, str]] = Counter()
    rows = _events(alias, countries).filter(GIVEN, modality="occurred", start__isnull=False)
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


# --- what people said of it -----------------------------------------------------------------------------------------


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
        "at": _iso(row.at),
        "reason": row.reason,
        "targets": row.targets,
    }
