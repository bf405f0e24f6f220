"""What can be asked of a record. Every answer is plain dictionaries, days as ISO texts, with the ids to go on from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from communique.merging.instruments import InstrumentMention, Life, Step, merge_instruments
from communique.merging.mentions import Party
from communique.merging.people import Individual, PersonMention, merge_people
from communique.merging.view import EventView
from communique.store import models, reports
from communique.store.reports import iso

QUERIES = frozenset("events event people instruments evidence".split())
Row = dict[str, Any]

GIVEN = Q(rejected=False)


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
    return [as_row(row) for row in by_day(rows)[: limit or None]]


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
    rows = of_countries(alias, countries)
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


def of_countries(alias: str, countries: Sequence[str]) -> QuerySet[models.Event]:
    rows = models.Event.objects.using(alias).all()
    for country in countries:
        named = models.EventCountry.objects.using(alias).filter(country=country.upper()).values("event")
        rows = rows.filter(id__in=named)
    return rows


def by_day(rows: QuerySet[models.Event]) -> QuerySet[models.Event]:
    """By first day, those without one last."""
    from django.db.models import F

    return rows.order_by(F("start").asc(nulls_last=True), "id")


def as_row(row: models.Event) -> Row:
    return {
        "id": row.id,
        "type": row.type,
        "kind": row.kind,
        "cameo": row.cameo,
        "modality": row.modality,
        "start": iso(row.start),
        "end": iso(row.end),
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
    return as_row(row) | {
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
        "written": iso(row.report.written),
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
            {"title": t.title, "first": iso(t.first), "last": iso(t.last), "reports": len(t.reports),
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
    changed = of_countries(alias, countries).filter(GIVEN, instrument__isnull=False)
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
            {"step": s.step, "day": iso(s.day), "last": iso(s.last), "planned": s.planned, "round": s.round,
             "event": s.event, "told_by": list(s.told_by), "sentence": _sentence_of(s, told)}
            for s in life.steps
        ],
        "reports": len(life.mentions),
    }  # fmt: skip
