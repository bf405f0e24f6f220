"""Codings into the tables of a record, one batch in one transaction: all of it is there afterwards, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db import connections

from communique.merging.copies import SHARED, Link, compare, mark_digests
from communique.merging.events import Links
from communique.merging.fingerprint import Fingerprint, fingerprint, unpack
from communique.merging.groups import components
from communique.merging.incremental import remerge
from communique.merging.mentions import Mention, digest, mentions_of
from communique.merging.view import EventView, view
from communique.model import CoderInfo, Coding, Event
from communique.store import models
from communique.store.corrections import Overlay
from communique.store.shelf import SqlShelf, key_rows, pieces, saved

POSTINGS = 2000  # reports of a sequence that are looked at


def stamp(coding: Coding) -> str:
    """What made a coding: two codings of a report with one stamp are equal."""
    return stamp_of(coding.coder)


def stamp_of(c: CoderInfo) -> str:
    """The stamp of a coder."""
    return f"{c.name} {c.version} codebook {c.codebook} tables {c.tables} {c.model}"[:200]


def add_batch(
    alias: str, codings: Sequence[Coding], run: models.Run, *, text: bool, links: Links, overlay: Overlay
) -> tuple[int, int]:
    """Add codings to the record; how many were new or coded anew, and how many were there. Call it in a transaction."""
    fresh: dict[str, Coding] = {}
    known = dict(
        models.Report.objects.using(alias).filter(id__in=[c.report.id for c in codings]).values_list("id", "coder")
    )
    skipped = 0
    for coding in codings:
        if known.get(coding.report.id) == stamp(coding):
            skipped += 1
        else:
            fresh[coding.report.id] = coding
    removed = _remove_codings(alias, [key for key in fresh if key in known])
    now = datetime.now(UTC)
    prints = {key: fingerprint(c.report.text, c.report.title) for key, c in fresh.items()}
    rows = {key: _report_row(c, prints[key], run, now, text=text) for key, c in fresh.items()}
    _write_reports(alias, [rows[key] for key in sorted(rows)], set(known), prints)
    _write_sightings(alias, codings)
    moved = _find_families(alias, {key: prints[key] for key in fresh if key not in known})
    touched = _write_parts(alias, [fresh[key] for key in sorted(fresh)], text=text)
    for part in pieces(moved):
        touched.update(models.Mention.objects.using(alias).filter(report__in=part).values_list("id", flat=True))
    refresh(alias, touched, removed, links, overlay, run.id)
    return len(fresh), skipped


def refresh(
    alias: str, touched: Collection[str], removed: Sequence[Mention], links: Links, overlay: Overlay, run: str | None
) -> None:
    """Merge the touched mentions anew and write the events that changed."""
    shelf = SqlShelf(alias)
    change = remerge(shelf, touched, removed, links)
    now = datetime.now(UTC)
    known_since: dict[str, datetime] = {}
    for old, new in change.gone:
        row = models.Event.objects.using(alias).filter(id=old).first()
        if row and new:  # known under another id: not news
            known_since[new] = min(row.since, known_since.get(new, row.since))
        models.Event.objects.using(alias).filter(id=old).delete()
        models.Lineage.objects.using(alias).create(old=old, new=new, at=now, run=run)
    with connections[alias].cursor() as cursor:
        cursor.executemany(
            "UPDATE mention SET event = %s, vague = %s WHERE id = %s",
            [(event.id, key in event.vague, key) for event in change.events for key in event.mentions],
        )
    for part in pieces(event.id for event in change.events):
        models.Lineage.objects.using(alias).filter(old__in=part).delete()
    anew = {event.id: event for event in change.events}
    others = set(shelf.events_of(touched).values()) - anew.keys()
    anew.update(shelf.happenings(others))
    mentions = shelf.get({key for event in anew.values() for key in event.mentions})
    sources = _sources(alias, {m.origin for m in mentions.values()})
    shown = [overlay.apply(view(anew[key], mentions, sources)) for key in sorted(anew)]
    _write_events(alias, shown, now, known_since)


# --- reports ----------------------------------------------------------------------------------------------------------


def _remove_codings(alias: str, reports: Sequence[str]) -> list[Mention]:
    """Take out what an earlier coder found in reports; gives back the mentions taken out."""
    if not reports:
        return []
    shelf = SqlShelf(alias)
    ids = list(models.Mention.objects.using(alias).filter(report__in=reports).values_list("id", flat=True))
    old = list(shelf.get(ids).values())
    held = shelf.events_of(ids)
    for model in (models.Mention, models.PersonMention, models.InstrumentMention, models.Statement):
        model.objects.using(alias).filter(report__in=reports).delete()
    orphans = set(held.values()) - set(
        models.Mention.objects.using(alias).filter(event__in=set(held.values())).values_list("event", flat=True)
    )
    now = datetime.now(UTC)
    for event in sorted(orphans):
        models.Event.objects.using(alias).filter(id=event).delete()
        models.Lineage.objects.using(alias).create(old=event, new=None, at=now)
    return old


def _report_row(coding: Coding, made: Fingerprint, run: models.Run, now: datetime, *, text: bool) -> models.Report:
    report = coding.report
    written = report.written
    kept = coding if text else _without_text(coding)
    return models.Report(
        id=report.id,
        family=report.id,
        added=now,
        text_sha256=report.text_sha256,
        title=clean(report.title) if text else None,
        text=clean(report.text) if text else None,
        words=made.words,
        language=report.language,
        published=(report.declared.published or "")[:40] or None,
        publisher=clean(report.declared.publisher),
        agency=clean(report.declared.agency),
        section=clean(report.declared.section),
        written=written.day if written else None,
        written_earliest=written.earliest if written else None,
        written_latest=written.latest if written else None,
        claim_contradicted=bool(written and any(c.against == "declared.published" for c in written.conflicts)),
        coder=stamp(coding),
        coding=_plain(msgspec.to_builtins(replace(kept, report=replace(kept.report, text="", lines=())))),
        fingerprint=made.pack(),
        run_id=run.id,
    )


def _write_reports(
    alias: str, rows: Sequence[models.Report], known: Collection[str], prints: dict[str, Fingerprint]
) -> None:
    """Write new reports with their sequences, and what is told anew of known ones; their families stay."""
    new = [row for row in rows if row.id not in known]
    models.Report.objects.using(alias).bulk_create(new)
    again = [row for row in rows if row.id in known]
    if again:
        fixed = {"id", "family", "added"}
        names = [f.name for f in models.Report._meta.concrete_fields if f.name not in fixed]
        models.Report.objects.using(alias).bulk_update(again, names)
    with connections[alias].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO shingle (hash, report) VALUES (%s, %s)",
            [(signed(h), row.id) for row in new for h in sorted(prints[row.id].shingles)],
        )


def _without_text(coding: Coding) -> Coding:
    """The coding without words of the report: no title, no text, no reasoning that quotes it. Names of actors stay."""
    report = coding.report
    written = report.written
    if written is not None:
        evidence = tuple(replace(e, note="") for e in written.evidence)
        conflicts = tuple(replace(c, note="") for c in written.conflicts)
        written = replace(written, evidence=evidence, conflicts=conflicts)
    declared = replace(report.declared, dateline=None)
    bare = replace(report, title=None, text="", lines=(), notes=(), written=written, declared=declared)
    events = tuple(
        replace(event, why=(), when=replace(event.when, note="") if event.when else None) for event in coding.events
    )
    return replace(coding, report=bare, events=events)


def _plain(value: Any) -> Any:
    """The value without characters that PostgreSQL cannot hold, and with lists for tuples."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def clean(text: str | None) -> str | None:
    """The text with the null character, which PostgreSQL cannot hold, replaced by one that shows; offsets stay."""
    return text.replace("\x00", "\ufffd") if text else text


def signed(value: int) -> int:
    """An unsigned 64-bit hash as the signed number that databases hold."""
    return value - (1 << 64) if value >= 1 << 63 else value


def _write_sightings(alias: str, codings: Iterable[Coding]) -> None:
    rows = []
    for coding in codings:
        report, source = coding.report, coding.report.source
        published = (report.declared.published or "")[:40] or None
        key = digest(["sighting", report.id, source.path, source.record, report.declared.url, published])
        rows.append(
            models.Sighting(
                id=key,
                report_id=report.id,
                path=clean(source.path),
                record=clean(source.record),
                url=clean(report.declared.url),
                publisher=clean(report.declared.publisher),
                published=published,
            )
        )
    models.Sighting.objects.using(alias).bulk_create(rows, ignore_conflicts=True)


# --- copies -----------------------------------------------------------------------------------------------------------


def _find_families(alias: str, prints: dict[str, Fingerprint]) -> set[str]:
    """Link new reports with their copies; the reports, new ones included, whose family is another one now."""
    found: dict[str, Fingerprint] = dict(prints)
    touched: set[str] = set()
    new: dict[str, models.CopyLink] = {}
    for key, text in sorted(prints.items()):
        near = _sharing(alias, key, text)
        found.update(_prints(alias, near - found.keys()))
        for other in sorted(near):
            link = compare(key, text, other, found[other])
            if link:
                row = _link_row(link)
                new[row.id] = row
                touched |= {link.part, link.whole}
    models.CopyLink.objects.using(alias).bulk_create(new.values(), ignore_conflicts=True)
    if not touched:
        return set()
    links, members = _linked_reports(alias, touched)
    prints_of = {**_prints(alias, members), **{k: v for k, v in prints.items() if k in members}}
    marked = mark_digests(links, prints_of)
    before_marks = {(link.part, link.whole): link.how for link in links}
    for link in marked:
        if before_marks[link.part, link.whole] != link.how:
            models.CopyLink.objects.using(alias).filter(id=_link_row(link).id).update(how=link.how)
    moved: set[str] = set()
    before = dict(models.Report.objects.using(alias).filter(id__in=members).values_list("id", "family"))
    for ids in components(members, [(link.part, link.whole) for link in marked if link.how == "copy"]):
        changed = [key for key in ids if before[key] != ids[0]]
        models.Report.objects.using(alias).filter(id__in=changed).update(family=ids[0])
        moved.update(changed)
    return moved


def _link_row(link: Link) -> models.CopyLink:
    return models.CopyLink(
        id=f"{link.part}>{link.whole}", part_id=link.part, whole_id=link.whole, share=link.share, how=link.how
    )


def _sharing(alias: str, key: str, text: Fingerprint) -> set[str]:
    """The reports that share sampled sequences with a text. A sequence that thousands share is passed over."""
    counts: dict[str, int] = {}
    with connections[alias].cursor() as cursor:
        for part in _slices(sorted(signed(h) for h in text.shingles), 400):
            marks = ",".join(["%s"] * len(part))
            cursor.execute(f"SELECT hash, report FROM shingle WHERE hash IN ({marks})", part)
            postings: dict[int, list[str]] = {}
            for value, report in cursor.fetchall():
                postings.setdefault(value, []).append(report)
            for reports in postings.values():
                for report in sorted(reports)[:POSTINGS]:
                    counts[report] = counts.get(report, 0) + 1
    return {report for report, n in counts.items() if n >= SHARED and report != key}


def _slices(values: list[int], size: int) -> list[list[int]]:
    return [values[i : i + size] for i in range(0, len(values), size)]


def _prints(alias: str, reports: Collection[str]) -> dict[str, Fingerprint]:
    found: dict[str, Fingerprint] = {}
    for part in pieces(reports):
        rows = models.Report.objects.using(alias).filter(id__in=part).values_list("id", "fingerprint")
        found.update((key, unpack(bytes(data))) for key, data in rows)
    return found


def _linked_reports(alias: str, seeds: Collection[str]) -> tuple[list[Link], set[str]]:
    """All copy links reached from some reports, and the reports at their ends."""
    from django.db.models import Q

    members, frontier = set(seeds), set(seeds)
    links: dict[str, Link] = {}
    while frontier:
        fresh: set[str] = set()
        for part in pieces(frontier):
            for row in models.CopyLink.objects.using(alias).filter(Q(part__in=part) | Q(whole__in=part)):
                links[row.id] = Link(row.part_id, row.whole_id, row.share, row.how)
                fresh |= {row.part_id, row.whole_id}
        frontier = fresh - members
        members |= fresh
    return [links[key] for key in sorted(links)], members


def _sources(alias: str, families: Collection[str]) -> dict[str, str]:
    """Family -> the named source that its text goes back to: an agency credited, else the only publisher."""
    from communique.merging.copies import agency_name

    found: dict[str, set[str]] = {}
    publishers: dict[str, set[str]] = {}
    for part in pieces(families):
        rows = models.Report.objects.using(alias).filter(family__in=part)
        for family, agency, publisher in rows.values_list("family", "agency", "publisher"):
            if agency:
                found.setdefault(family, set()).add(agency_name(agency))
            if publisher:
                publishers.setdefault(family, set()).add(agency_name(publisher))
    single = {family: names for family, names in publishers.items() if len(names) == 1}
    return {family: min(names) for family, names in {**single, **found}.items()}


# --- what was coded ---------------------------------------------------------------------------------------------------


def _write_parts(alias: str, codings: Sequence[Coding], *, text: bool) -> set[str]:
    """Write the mentions, people, instruments and statements of reports; the mentions' ids."""
    rows: dict[type[Any], list[Any]] = {}

    def put(row: Any) -> None:
        rows.setdefault(type(row), []).append(row)

    written: set[str] = set()
    for coding in codings:
        events = (coding if text else _without_text(coding)).events
        for mention, event in zip(mentions_of(coding), events, strict=True):
            if mention.id not in written:
                written.add(mention.id)
                put(_mention_row(mention, event))
                for row in key_rows(mention):
                    put(row)
        for row in _other_rows(coding):
            put(row)
    for model in (models.Mention, models.MentionKey):
        model.objects.using(alias).bulk_create(rows.get(model, []))
    for model in (models.PersonMention, models.InstrumentMention, models.Statement):
        model.objects.using(alias).bulk_create(rows.get(model, []), ignore_conflicts=True)
    return written


def _mention_row(mention: Mention, event: Event) -> models.Mention:
    sentence, trigger = event.evidence.sentence, event.evidence.trigger
    return models.Mention(
        id=mention.id, report_id=mention.report, kind=mention.kind, sentence=mention.sentence,
        sentence_start=sentence.start, sentence_end=sentence.end, trigger_start=trigger.start,
        trigger_end=trigger.end, said=_plain(saved(mention)), coded=_plain(msgspec.to_builtins(event)),
    )  # fmt: skip


def _other_rows(coding: Coding) -> Iterator[Any]:
    """The rows of a report's people, instruments and statements."""
    report = coding.report.id
    for person in coding.people:
        if person.kind == "person" and not person.members:
            yield models.PersonMention(
                id=digest(["person", report, person.id]), report_id=report, name=clean(person.name),
                country=person.country, offices=[[o.title, o.key] for o in person.offices],
            )  # fmt: skip
    for i in coding.instruments:
        yield models.InstrumentMention(
            id=digest(["instrument", report, i.id]), report_id=report, kind=i.kind, name=clean(i.name),
            parties=" ".join(i.parties), status=i.status, since=i.since, sentence_start=i.evidence.sentence.start,
            sentence_end=i.evidence.sentence.end,
        )  # fmt: skip
    for s in coding.statements:
        yield models.Statement(
            id=digest(["statement", report, s.id]), report_id=report, act=s.act, medium=s.medium, direct=s.direct,
            day=s.day, content=[list(span) for span in s.content], speaker=clean(s.speaker.name) if s.speaker else None,
            country=s.speaker.country if s.speaker else None,
        )  # fmt: skip


def _write_events(
    alias: str, shown: Sequence[tuple[EventView, dict[str, Any]]], now: datetime, since: Mapping[str, datetime]
) -> None:
    """Write the events that are new or say something else than before."""
    there: dict[str, models.Event] = {}
    for part in pieces(event.id for event, _ in shown):
        there.update(models.Event.objects.using(alias).in_bulk(part))
    new, again = [], []
    for event, marks in shown:
        values = _event_values(event, marks)
        old = there.get(event.id)
        if old is None:
            new.append(models.Event(id=event.id, changed=now, since=since.get(event.id, now), **values))
        elif any(getattr(old, name) != value for name, value in values.items()):
            again.append(models.Event(id=event.id, changed=now, since=old.since, **values))
    models.Event.objects.using(alias).bulk_create(new)
    if again:
        names = [f.name for f in models.Event._meta.concrete_fields if f.name not in ("id", "since")]
        models.Event.objects.using(alias).bulk_create(
            again, update_conflicts=True, update_fields=names, unique_fields=["id"]
        )
    for part in pieces(row.id for row in again):
        models.EventCountry.objects.using(alias).filter(event__in=part).delete()
    models.EventCountry.objects.using(alias).bulk_create(
        [models.EventCountry(event_id=row.id, country=c) for row in (*new, *again) for c in row.countries.split()]
    )


def _event_values(event: EventView, marks: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": event.type, "kind": event.kind, "cameo": event.cameo, "modality": event.modality,
        "start": event.start, "end": event.end, "place": event.place, "place_country": event.place_country,
        "instrument": event.instrument, "who": "; ".join(p.name for p in event.parties),
        "countries": " ".join(event.countries), "reports": len(event.reports),
        "origins_least": event.origins_least, "origins_most": event.origins_most,
        "contested": " ".join(event.contested), "rejected": marks["rejected"], "accepted": marks["accepted"],
        "account": _plain(msgspec.to_builtins(event)) | marks,
    }  # fmt: skip
