"""The record as flat rows, one table for each kind of thing: what CSV, XLSX, Parquet and data frames hold.

Every value is text or a number; codes are text ("057" stays "057"), days are ISO 8601, unknown is None and the
column beside it says why. Lists are joined with "; ". Columns are only ever added at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from communique.export.cameo import quad_of, scale_of
from communique.export.sides import sides

if TYPE_CHECKING:
    from communique.export.cells import Cell
    from communique.model import Coding, Event, Participant, Person, Report, Span, Speaker

Row = dict[str, "Cell"]

EVENTS = (
    "event_id", "type", "kind", "cameo", "quad", "scale", "modality", "start", "end", "granularity", "day_words",
    "day_reason", "participants", "countries", "actors", "actor_countries", "recipients", "recipient_countries",
    "place", "place_country", "latitude", "longitude", "occasion", "instrument", "stated_by", "sentence", "trigger",
    "sentence_start", "sentence_end", "rule", "confidence", "mode", "contexts", "report_id", "report_title", "path",
    "record", "url", "written", "page_claims", "page_claim_is_false",
)  # fmt: skip
STATEMENTS = (
    "statement_id", "act", "speaker", "speaker_country", "speaker_office", "medium", "direct", "to", "day", "content",
    "cue", "content_start", "content_end", "report_id", "report_title", "path", "record", "url",
)  # fmt: skip
INSTRUMENTS = (
    "instrument_id", "kind", "name", "parties", "status", "since", "sentence", "sentence_start", "sentence_end",
    "report_id", "report_title", "path", "record", "url",
)  # fmt: skip
PEOPLE = (
    "person_id", "name", "kind", "country", "offices", "members", "mentions", "first_mention", "report_id",
    "report_title", "path", "record", "url",
)  # fmt: skip
REPORTS = (
    "report_id", "title", "path", "record", "url", "language", "happened_first", "happened_last", "written",
    "written_earliest", "written_latest", "written_confidence", "written_reason", "page_claims",
    "page_claim_is_false", "publisher", "agency", "author", "section", "events", "statements", "instruments",
    "characters", "text_sha256", "notes",
)  # fmt: skip

NUMBERS = frozenset({
    "quad", "scale", "latitude", "longitude", "confidence", "written_confidence", "sentence_start", "sentence_end",
    "content_start", "content_end", "mentions", "events", "statements", "instruments", "characters",
})  # fmt: skip


def event_rows(coding: Coding) -> Iterator[Row]:
    """One row an event, with its sentence; the columns are `EVENTS`."""
    text = coding.report.text
    instruments = {instrument.id: instrument.name for instrument in coding.instruments}
    speakers = {statement.id: statement.speaker for statement in coding.statements}
    for event in coding.events:
        actors, recipients = sides(event)
        place = event.place
        speaker = speakers.get(event.stated_in or "")
        yield _row(EVENTS, {
            "event_id": event.id, "type": event.type, "kind": event.kind, "cameo": event.cameo,
            "quad": quad_of(event.type), "scale": scale_of(event.type), "modality": event.modality,
            "start": _iso(event.start), "end": _iso(event.end),
            "granularity": event.when.granularity if event.when else None,
            "day_words": _at(text, event.when.span) if event.when else None,
            "day_reason": day_reason(event),
            "participants": _joined(describe(p) for p in event.participants),
            "countries": _joined(countries(event.participants)),
            "actors": _joined(p.name for p in actors), "actor_countries": _joined(countries(actors)),
            "recipients": _joined(p.name for p in recipients), "recipient_countries": _joined(countries(recipients)),
            "place": place.name if place else None, "place_country": place.country if place else None,
            "latitude": place.lat if place else None, "longitude": place.lon if place else None,
            "occasion": event.occasion,
            "instrument": instruments.get(event.instrument or ""),
            "stated_by": describe(speaker) if speaker else None,
            "sentence": _at(text, event.evidence.sentence), "trigger": _at(text, event.evidence.trigger),
            "sentence_start": event.evidence.sentence.start, "sentence_end": event.evidence.sentence.end,
            "rule": event.rule, "confidence": event.confidence, "mode": event.mode,
            "contexts": _joined(event.contexts),
            **_origin(coding.report),
            "written": _iso(coding.report.written.day) if coding.report.written else None,
            "page_claims": coding.report.declared.published,
            "page_claim_is_false": claim_is_false(coding.report),
        })  # fmt: skip


def statement_rows(coding: Coding) -> Iterator[Row]:
    """One row a statement; the columns are `STATEMENTS`. Content in several pieces is joined with " … "."""
    text = coding.report.text
    for statement in coding.statements:
        speaker = statement.speaker
        yield _row(STATEMENTS, {
            "statement_id": statement.id, "act": statement.act, "speaker": speaker.name if speaker else None,
            "speaker_country": speaker.country if speaker else None,
            "speaker_office": speaker.office if speaker else None,
            "medium": statement.medium, "direct": "yes" if statement.direct else "no", "to": statement.to,
            "day": _iso(statement.day), "content": " … ".join(text[s:e] for s, e in statement.content) or None,
            "cue": _at(text, statement.cue),
            "content_start": statement.content[0].start if statement.content else None,
            "content_end": statement.content[-1].end if statement.content else None,
            **_origin(coding.report),
        })  # fmt: skip


def instrument_rows(coding: Coding) -> Iterator[Row]:
    """One row an instrument; the columns are `INSTRUMENTS`."""
    for instrument in coding.instruments:
        yield _row(INSTRUMENTS, {
            "instrument_id": instrument.id, "kind": instrument.kind, "name": instrument.name,
            "parties": _joined(instrument.parties), "status": instrument.status, "since": _iso(instrument.since),
            "sentence": _at(coding.report.text, instrument.evidence.sentence),
            "sentence_start": instrument.evidence.sentence.start, "sentence_end": instrument.evidence.sentence.end,
            **_origin(coding.report),
        })  # fmt: skip


def person_rows(coding: Coding) -> Iterator[Row]:
    """One row a person or group of named members; the columns are `PEOPLE`."""
    names = {person.id: person.name for person in coding.people}
    for person in coding.people:
        yield _row(PEOPLE, {
            "person_id": person.id, "name": person.name, "kind": person.kind, "country": person.country,
            "offices": _joined(offices(person)),
            "members": _joined(names.get(member, member) for member in person.members or ()),
            "mentions": len(person.mentions),
            "first_mention": _at(coding.report.text, person.mentions[0]) if person.mentions else None,
            **_origin(coding.report),
        })  # fmt: skip


def report_rows(coding: Coding) -> Iterator[Row]:
    """One row: the report and its three dates (happened, written, page claims); the columns are `REPORTS`."""
    report = coding.report
    written = report.written
    first, last = happened(coding)
    origin = _origin(report)
    yield _row(REPORTS, {
        "report_id": report.id, "title": report.title, "path": origin["path"], "record": origin["record"],
        "url": origin["url"], "language": report.language,
        "happened_first": first, "happened_last": last,
        "written": _iso(written.day) if written else None,
        "written_earliest": _iso(written.earliest) if written else None,
        "written_latest": _iso(written.latest) if written else None,
        "written_confidence": written.confidence if written else None,
        "written_reason": written_reason(report),
        "page_claims": report.declared.published, "page_claim_is_false": claim_is_false(report),
        "publisher": report.declared.publisher, "agency": report.declared.agency, "author": report.declared.author,
        "section": report.declared.section, "events": len(coding.events), "statements": len(coding.statements),
        "instruments": len(coding.instruments), "characters": len(report.text), "text_sha256": report.text_sha256,
        "notes": _joined(report.notes),
    })  # fmt: skip


TABLES: dict[str, tuple[tuple[str, ...], Callable[[Coding], Iterator[Row]]]] = {
    "events": (EVENTS, event_rows),
    "statements": (STATEMENTS, statement_rows),
    "instruments": (INSTRUMENTS, instrument_rows),
    "people": (PEOPLE, person_rows),
    "reports": (REPORTS, report_rows),
}


# --- parts of a row ----------------------------------------------------------------------------------------------


def describe(who: Participant | Speaker) -> str:
    """A name with office and country, as far as they are known: "Lina Osei (foreign minister, GHA)"."""
    known = [part for part in (who.office, who.country if who.kind != "state" else None) if part]
    return f"{who.name} ({', '.join(known)})" if known else who.name


def countries(participants: Iterable[Participant]) -> list[str]:
    """Their countries, each once, in the order of the participants."""
    return list(dict.fromkeys(p.country for p in participants if p.country))


def offices(person: Person) -> list[str]:
    """A person's offices as text: "Minister of Foreign Affairs, KAZ"; "former" and the like before it."""
    found = []
    for office in person.offices:
        title = office.title if office.status == "current" else f"{office.status} {office.title}"
        found.append(", ".join(part for part in (title, office.body, office.country) if part))
    return found


def day_reason(event: Event) -> str:
    """How an event got its day, or why it has none."""
    if event.when is not None:
        return event.when.note
    return "" if event.start is not None else "no words of the report give its day"


def happened(coding: Coding) -> tuple[str | None, str | None]:
    """First and last day of what the report says occurred and when; None where it gives no day."""
    occurred = [event for event in coding.events if event.modality == "occurred"]
    starts = [event.start for event in occurred if event.start]
    ends = [event.end for event in occurred if event.end]
    return _iso(min(starts, default=None)), _iso(max(ends, default=None))


def written_reason(report: Report) -> str | None:
    """Why the day of writing is what it is: the notes of its evidence."""
    if report.written is None:
        return None
    return _joined(evidence.note for evidence in report.written.evidence)


def claim_is_false(report: Report) -> str | None:
    """The note of the conflict that makes the page's date false; None when nothing contradicts it."""
    if report.written is None:
        return None
    return _joined(conflict.note for conflict in report.written.conflicts)


def _origin(report: Report) -> Row:
    return {
        "report_id": report.id,
        "report_title": report.title,
        "path": report.source.path,
        "record": report.source.record,
        "url": report.declared.url,
    }


def _row(columns: tuple[str, ...], values: Row) -> Row:
    """The values in the order of the columns."""
    return {column: values[column] for column in columns}


def _at(text: str, span: Span | None) -> str | None:
    return " ".join(text[span.start : span.end].split()) if span else None


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _joined(parts: Iterable[str]) -> str | None:
    return "; ".join(part for part in parts if part) or None
