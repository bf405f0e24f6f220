"""Codings into the tables of a record, one batch in one transaction: all of it is there afterwards, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db import connections

from communique.merging.fingerprint import Fingerprint, fingerprint
from communique.merging.incremental import Change, remerge
from communique.merging.mentions import Mention, digest, mentions_of, paper_id, says_its_day
from communique.merging.units import Links
from communique.merging.view import EventView, view
from communique.model import CoderInfo, Coding, Event
from communique.store import families, models, sql
from communique.store.corrections import Overlay
from communique.store.shelf import SqlShelf, key_rows, saved

Removed = dict[str, tuple[Mention, str | None]]
"""Mentions taken out of the record, each with the event that it was in."""


def stamp(coding: Coding) -> str:
    """What made a coding: two codings of a report with one stamp are equal."""
    return stamp_of(coding.coder)


def stamp_of(c: CoderInfo) -> str:
    """The stamp of a coder."""
    parse = "" if c.parse == "all" else f" parse {c.parse}"
    return f"{c.name} {c.version} codebook {c.codebook} tables {c.tables} {c.model}{parse}"[:200]


def add_batch(
    alias: str,
    codings: Sequence[Coding],
    run: models.Run,
    *,
    text: bool,
    links: Links,
    overlay: Overlay,
    merge: bool = True,
) -> tuple[int, int]:
    """Add codings to the record; how many were new or coded anew, and how many were there. Call it in a transaction.

    Without `merge` the mentions of new reports wait for `bulk.merge_waiting`.
    """
    known: dict[str, str] = dict(
        sql.select_in(alias, "SELECT id, coder FROM report WHERE id IN {}", {c.report.id for c in codings})
    )
    fresh = {c.report.id: c for c in codings if known.get(c.report.id) != stamp(c)}
    removed = take_out(alias, [key for key in fresh if key in known])
    now = datetime.now(UTC)
    prints = {key: fingerprint(c.report.text, c.report.title) for key, c in fresh.items()}
    new = {key: prints[key] for key in sorted(fresh) if key not in known}
    _write_reports(alias, fresh, prints, set(known), run, now, text=text)
    families.write_shingles(alias, new)
    _write_sightings(alias, codings)
    moved = families.find_families(alias, new) if new else set()
    touched = _write_parts(alias, [fresh[key] for key in sorted(fresh)], text=text)
    if merge:
        touched.update(row[0] for row in sql.select_in(alias, "SELECT id FROM mention WHERE report IN {}", moved))
    else:  # what is merged already stays so: mentions whose family is another one now, and those coded anew
        there = "SELECT id FROM mention WHERE event IS NOT NULL AND report IN {}"
        anew = sql.select_in(alias, "SELECT id FROM mention WHERE report IN {}", fresh.keys() - new.keys())
        touched = {row[0] for row in (*anew, *sql.select_in(alias, there, moved))}
    if touched or removed:
        refresh(alias, touched, removed, links, overlay, run.id)
    return len(fresh), len(codings) - len(fresh)


def refresh(
    alias: str, touched: Collection[str], removed: Removed, links: Links, overlay: Overlay, run: str | None
) -> None:
    """Merge the touched mentions anew and write the events that changed."""
    shelf = SqlShelf(alias)
    change = remerge(shelf, touched, removed, links)
    mentions = shelf.get({key for event in change.events for key in event.mentions})
    named = families.sources(alias, {m.origin for m in mentions.values()})
    write_change(alias, change, [view(event, mentions, named) for event in change.events], overlay, run)


def write_change(alias: str, change: Change, views: Sequence[EventView], overlay: Overlay, run: str | None) -> None:
    """Write events as they are now, `views` in the same order, and take out those that are gone."""
    now = datetime.now(UTC)
    known_since = _retire(alias, change.gone, now, run)
    sql.execute_many(
        alias,
        "UPDATE mention SET event = %s, vague = %s WHERE id = %s",
        [(event.id, key in event.vague, key) for event in change.events for key in event.mentions],
    )
    for part in sql.pieces(event.id for event in change.events):
        models.Lineage.objects.using(alias).filter(old__in=part).delete()
    _write_events(alias, [overlay.apply(event) for event in views], now, known_since)


def _retire(alias: str, gone: Sequence[tuple[str, str | None]], now: datetime, run: str | None) -> dict[str, datetime]:
    """Take out events that are no more, leaving word of what took their place; since when those are known."""
    since = dict(models.Event.objects.using(alias).filter(id__in=[old for old, _ in gone]).values_list("id", "since"))
    known: dict[str, datetime] = {}
    for old, new in gone:
        if new and old in since:  # known under another id: not news
            known[new] = min(since[old], known.get(new, since[old]))
    for part in sql.pieces(old for old, _ in gone):
        models.EventCountry.objects.using(alias).filter(event__in=part).delete()
        models.Event.objects.using(alias).filter(id__in=part).delete()
    models.Lineage.objects.using(alias).bulk_create(
        [models.Lineage(old=old, new=new, at=now, run=run) for old, new in gone]
    )
    return known


# --- reports ----------------------------------------------------------------------------------------------------------


def take_out(alias: str, reports: Sequence[str]) -> Removed:
    """Take out what a coder found in reports; gives back the mentions taken out and the events that they were in."""
    if not reports:
        return {}
    shelf = SqlShelf(alias)
    ids = [row[0] for row in sql.select_in(alias, "SELECT id FROM mention WHERE report IN {}", reports)]
    old, held = shelf.get(ids), shelf.events_of(ids)
    for part in sql.pieces(reports):
        models.MentionKey.objects.using(alias).filter(mention__report__in=part).delete()
        for model in (models.Mention, models.PersonMention, models.InstrumentMention, models.Statement):
            model.objects.using(alias).filter(report__in=part).delete()
    return {key: (mention, held.get(key)) for key, mention in old.items()}


_REPORT = (
    "id", "number", "family", "added", "text_sha256", "title", "text", "words", "language", "published", "publisher",
    "agency", "section", "written", "written_earliest", "written_latest", "claim_contradicted", "coder", "coding",
    "fingerprint", "run", "sequences", "dated",
)  # fmt: skip
_FIXED = ("id", "number", "family", "added")  # of a report that is coded anew


def _write_reports(
    alias: str,
    codings: Mapping[str, Coding],
    prints: Mapping[str, Fingerprint],
    known: Collection[str],
    run: models.Run,
    now: datetime,
    *,
    text: bool,
) -> None:
    """Write new reports, and what is told anew of known ones; their families stay."""
    rows = {key: _report_row(alias, codings[key], prints[key], run, now, text=text) for key in sorted(codings)}
    sql.insert(alias, "report", _REPORT, [row for key, row in rows.items() if key not in known])
    names = [name for name in _REPORT if name not in _FIXED]
    changes = ", ".join(f'"{name}" = %s' for name in names)
    sql.execute_many(
        alias,
        f"UPDATE report SET {changes} WHERE id = %s",
        [(*row[len(_FIXED) :], key) for key, row in rows.items() if key in known],
    )


def _report_row(
    alias: str, coding: Coding, made: Fingerprint, run: models.Run, now: datetime, *, text: bool
) -> tuple[Any, ...]:
    report, declared, written = coding.report, coding.report.declared, coding.report.written
    day = connections[alias].ops.adapt_datefield_value
    kept = coding if text else _without_text(coding)
    kept = replace(kept, events=(), report=replace(kept.report, text="", lines=()))
    return (
        report.id, families.number_of(report.id), report.id,
        connections[alias].ops.adapt_datetimefield_value(now),
        report.text_sha256, clean(report.title) if text else None, clean(report.text) if text else None, made.words,
        report.language, (declared.published or "")[:40] or None, clean(declared.publisher), clean(declared.agency),
        clean(declared.section), day(written.day) if written else None, day(written.earliest) if written else None,
        day(written.latest) if written else None,
        bool(written and any(c.against == "declared.published" for c in written.conflicts)),
        stamp(coding), as_json(kept), made.pack(), run.id,
        len(made.shingles), says_its_day(written),
    )  # fmt: skip


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


def as_json(value: Any) -> str:
    """The value as JSON without characters that PostgreSQL cannot hold."""
    return msgspec.json.encode(value).decode().replace("\\u0000", "")


def clean(text: str | None) -> str | None:
    """The text with the null character, which PostgreSQL cannot hold, replaced by one that shows; offsets stay."""
    return text.replace("\x00", "\ufffd") if text else text


def _write_sightings(alias: str, codings: Iterable[Coding]) -> None:
    rows = []
    for coding in codings:
        report, source = coding.report, coding.report.source
        published = (report.declared.published or "")[:40] or None
        key = digest(["sighting", report.id, source.path, source.record, report.declared.url, published])
        rows.append(
            (key, report.id, clean(source.path), clean(source.record), clean(report.declared.url),
             clean(report.declared.publisher), published)
        )  # fmt: skip
    columns = ("id", "report", "path", "record", "url", "publisher", "published")
    sql.insert(alias, "sighting", columns, rows, conflict="ignore")


# --- what was coded ---------------------------------------------------------------------------------------------------

_MENTION = (
    "id", "report", "vague", "position", "kind", "sentence", "sentence_start", "sentence_end", "trigger_start",
    "trigger_end", "said", "coded",
)  # fmt: skip


def _write_parts(alias: str, codings: Sequence[Coding], *, text: bool) -> set[str]:
    """Write the mentions, people, instruments and statements of reports; the mentions' ids."""
    written: dict[str, tuple[Mention, Event, int]] = {}
    for coding in codings:
        events = (coding if text else _without_text(coding)).events
        for n, (mention, event) in enumerate(zip(mentions_of(coding), events, strict=True)):
            written.setdefault(mention.id, (mention, event, n))
    write_mentions(alias, written.values())
    people = {row[0]: row for coding in codings for row in _people(coding)}
    sql.insert(alias, "person_mention", ("id", "report", "name", "country", "offices"), people.values())
    instruments = {row[0]: row for coding in codings for row in _instruments(alias, coding)}
    columns: tuple[str, ...] = (
        "id", "report", "kind", "name", "parties", "status", "since", "sentence_start", "sentence_end"
    )  # fmt: skip
    sql.insert(alias, "instrument_mention", columns, instruments.values())
    statements = {row[0]: row for coding in codings for row in _statements(alias, coding)}
    columns = ("id", "report", "act", "medium", "direct", "day", "content", "speaker", "country")
    sql.insert(alias, "statement", columns, statements.values())
    return set(written)


def write_mentions(alias: str, mentions: Collection[tuple[Mention, Event, int]]) -> None:
    """Write mentions, each with the event as coded and its position among those of its report."""
    sql.insert(alias, "mention", _MENTION, [_mention_row(*mention) for mention in mentions])
    keys = [row for mention, _, _ in mentions for row in key_rows(mention)]
    sql.insert(alias, "mention_key", ("mention", "key", "first", "last", "size"), keys)


def _mention_row(mention: Mention, event: Event, n: int) -> tuple[Any, ...]:
    sentence, trigger = event.evidence.sentence, event.evidence.trigger
    return (
        mention.id, mention.report, False, min(n, 32_767), mention.kind, mention.sentence, sentence.start,
        sentence.end, trigger.start, trigger.end, as_json(saved(mention)), as_json(event),
    )  # fmt: skip


def _people(coding: Coding) -> Iterator[tuple[Any, ...]]:
    report = coding.report.id
    for person in coding.people:
        if person.kind == "person" and not person.members:
            offices = as_json([[o.title, o.key] for o in person.offices])
            yield digest(["person", report, person.id]), report, clean(person.name), person.country, offices


def _instruments(alias: str, coding: Coding) -> Iterator[tuple[Any, ...]]:
    report, day = coding.report.id, connections[alias].ops.adapt_datefield_value
    for i in coding.instruments:
        sentence = i.evidence.sentence
        yield (
            paper_id(report, i.id), report, i.kind, clean(i.name), " ".join(i.parties), i.status,
            day(i.since), sentence.start, sentence.end,
        )  # fmt: skip


def _statements(alias: str, coding: Coding) -> Iterator[tuple[Any, ...]]:
    report, day = coding.report.id, connections[alias].ops.adapt_datefield_value
    for s in coding.statements:
        yield (
            digest(["statement", report, s.id]), report, s.act, s.medium, s.direct, day(s.day),
            as_json([list(span) for span in s.content]), clean(s.speaker.name) if s.speaker else None,
            s.speaker.country if s.speaker else None,
        )  # fmt: skip


# --- events -----------------------------------------------------------------------------------------------------------

_EVENT = (
    "id", "type", "kind", "cameo", "modality", "start", "end", "place", "place_country", "instrument", "who",
    "countries", "reports", "origins_least", "origins_most", "contested", "rejected", "accepted", "candidates",
    "account",
)  # fmt: skip


def _write_events(
    alias: str, shown: Sequence[tuple[EventView, dict[str, Any]]], now: datetime, since: Mapping[str, datetime]
) -> None:
    """Write the events that are new or say something else than before."""
    moment = connections[alias].ops.adapt_datetimefield_value
    there = {row.id: row for part in sql.pieces(event.id for event, _ in shown)
             for row in models.Event.objects.using(alias).filter(id__in=part)}  # fmt: skip
    rows, countries = [], []
    for event, marks in shown:
        values = _event_values(alias, event, marks)
        old = there.get(event.id)
        if old is not None and _is_said(old, event, marks):
            continue
        known = old.since if old is not None else since.get(event.id, now)
        rows.append((*values, moment(now), moment(known)))
        countries += [(event.id, country) for country in event.countries]
    sql.insert(alias, "event", (*_EVENT, "changed", "since"), rows, conflict="id")
    for part in sql.pieces(row[0] for row in rows if row[0] in there):
        models.EventCountry.objects.using(alias).filter(event__in=part).delete()
    sql.insert(alias, "event_country", ("event", "country"), countries)


def _is_said(row: models.Event, event: EventView, marks: dict[str, Any]) -> bool:
    """True when an event's row says all this already."""
    said = row.account == msgspec.json.decode(as_json(_account(event, marks)))
    return said and (row.rejected, row.accepted) == (marks["rejected"], marks["accepted"])


def _account(event: EventView, marks: dict[str, Any]) -> dict[str, Any]:
    account: dict[str, Any] = msgspec.to_builtins(event)
    return account | marks


def _event_values(alias: str, event: EventView, marks: dict[str, Any]) -> tuple[Any, ...]:
    day = connections[alias].ops.adapt_datefield_value
    return (
        event.id, event.type, event.kind, event.cameo, event.modality, day(event.start), day(event.end), event.place,
        event.place_country, event.instrument, "; ".join(p.name for p in event.parties), " ".join(event.countries),
        len(event.reports), event.origins_least, event.origins_most, " ".join(event.contested), marks["rejected"],
        marks["accepted"], " ".join(event.candidates), as_json(_account(event, marks)),
    )  # fmt: skip
