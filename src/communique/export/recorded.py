"""A record of many reports as flat tables, and its events in the form of codings, for the formats that know these.

What comes in are the dictionaries of `communique.store.whole`; a value that is None was not known. Columns are only
ever added at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from communique.export.cameo import quad_of, scale_of
from communique.export.rows import day_reason
from communique.export.sides import sides
from communique.model import Coding, Event, Participant, Place, When

if TYPE_CHECKING:
    from communique.export.cells import Cell

Full = Mapping[str, Any]
Row = dict[str, "Cell"]

EVENTS = (
    "event_id", "type", "kind", "cameo", "quad", "scale", "modality", "start", "end", "day_reason", "who", "countries",
    "actors", "actor_countries", "recipients", "recipient_countries", "place", "place_country", "latitude",
    "longitude", "instrument", "sentence", "reports", "origins_least", "origins_most", "mentions", "contested",
    "history", "first_written", "accepted", "corrections", "report_id", "report_title", "publisher", "url",
    "candidates",
)  # fmt: skip
MENTIONS = (
    "mention_id", "event_id", "kind", "modality", "start", "end", "sentence", "sentence_start", "sentence_end",
    "trigger_start", "trigger_end", "attached_without_day", "rule", "report_id", "report_title", "publisher", "url",
    "written", "page_claims", "page_claim_is_false", "family",
)  # fmt: skip
STATEMENTS = (
    "statement_id", "act", "speaker", "speaker_country", "medium", "direct", "day", "content", "content_start",
    "content_end", "report_id", "report_title", "publisher", "written", "page_claims",
)  # fmt: skip
INSTRUMENTS = ("instrument_id", "kind", "name", "other_names", "parties", "status", "reports")
STEPS = (
    "instrument_id", "name", "step", "round", "planned", "start", "end", "event_id", "sentence", "report_id",
    "report_title",
)  # fmt: skip
PEOPLE = ("person_id", "name", "other_names", "country", "reports")
OFFICES = ("person_id", "name", "country", "office", "first_told", "last_told", "reports", "in_table")
REPORTS = (
    "report_id", "title", "publisher", "agency", "author", "section", "language", "written", "written_earliest",
    "written_latest", "written_reason", "page_claims", "page_claim_is_false", "family", "words", "url", "text_sha256",
)  # fmt: skip
CORRECTIONS = (
    "correction_id", "what", "field", "value", "author", "at", "reason", "targets", "withdrawn", "target_is_gone"
)  # fmt: skip
NUMBERS = frozenset({
    "quad", "scale", "latitude", "longitude", "reports", "origins_least", "origins_most", "mentions", "corrections",
    "sentence_start", "sentence_end", "trigger_start", "trigger_end", "content_start", "content_end", "round", "words",
})  # fmt: skip
FLOATS = frozenset({"scale", "latitude", "longitude"})


# --- events as codings ----------------------------------------------------------------------------------------------


def as_coding(full: Full) -> Coding:
    """The report that tells an event best, with the event alone, as the record has it: merged and corrected."""
    lead = full["lead"]
    coding = msgspec.convert({**lead["coding"], "events": [lead["coded"]]}, Coding)
    coded = coding.events[0]
    start, end = (date.fromisoformat(full[name]) if full[name] else None for name in ("start", "end"))
    event = replace(
        coded,
        id=full["id"], type=full["type"] or coded.type, kind=full["kind"], cameo=full["cameo"],
        modality=full["modality"], participants=tuple(_participants(full, coded)), start=start, end=end,
        when=_when(full, coded, start, end), place=_place(full, coded), instrument=full["instrument"],
    )  # fmt: skip
    report = replace(coding.report, text=lead["text"] or "", title=lead["title"])
    return replace(coding, report=report, events=(event,))


def _participants(full: Full, coded: Event) -> Iterator[Participant]:
    known = {p.name: p for p in coded.participants}
    for party in full["parties"]:
        here = known.get(party["name"])
        yield Participant(
            party["name"], party["kind"], party["country"], party["office"] or (here.office if here else None),
            full["sectors"].get(party["name"]), party["role"] or "party",
            here.spans if here and full["lead"]["text"] else (),
        )  # fmt: skip


def _when(full: Full, coded: Event, start: date | None, end: date | None) -> When | None:
    """How the day was read; where the record has another one than its best teller, that it is so."""
    if (start, end) == (coded.start, coded.end) or start is None or end is None:
        return coded.when if start is not None else None
    length = (end - start).days
    granularity: Any = "day" if not length else "days" if length < 14 else "month" if length < 31 else "year"
    said = "a correction says so" if any(c["field"] in ("start", "end") for c in full["corrections"]) else (
        "the reports together say so"
    )  # fmt: skip
    return When(None, f"{start}/{end}" if length else str(start), granularity, "record", said)


def _place(full: Full, coded: Event) -> Place | None:
    if coded.place and (coded.place.name, coded.place.country) == (full["place"], full["place_country"]):
        return coded.place
    return Place(full["place"], full["place_country"]) if full["place"] or full["place_country"] else None


# --- tables ---------------------------------------------------------------------------------------------------------


def event_rows(full: Full) -> Iterator[Row]:
    """One row an event, with the sentence that tells it best; the columns are `EVENTS`."""
    event = as_coding(full).events[0]
    actors, recipients = sides(event)
    place, counts = event.place, full["counts"]
    told = next(e for e in full["evidence"] if e["mention"] == full["lead"]["mention"])
    yield _row(EVENTS, {
        "event_id": full["id"], "type": full["type"], "kind": full["kind"], "cameo": full["cameo"],
        "quad": quad_of(event.type), "scale": scale_of(event.type), "modality": full["modality"],
        "start": full["start"], "end": full["end"], "day_reason": day_reason(event), "who": full["who"],
        "countries": _joined(full["countries"]), "actors": _joined(p.name for p in actors),
        "actor_countries": _joined(p.country for p in actors), "recipients": _joined(p.name for p in recipients),
        "recipient_countries": _joined(p.country for p in recipients), "place": full["place"],
        "place_country": full["place_country"], "latitude": place.lat if place else None,
        "longitude": place.lon if place else None, "instrument": full["instrument"], "sentence": _line(told["words"]),
        "reports": counts["reports"], "origins_least": full["origins"][0], "origins_most": full["origins"][1],
        "mentions": counts["mentions"],
        "contested": _joined(f"{f['name']}: {' or '.join(v['value'] for v in f['values'])}"
                             for f in full["fields"] if f["contested"]),
        "history": _joined(f"{v['value']} ({len(v['mentions'])})" for v in full["history"]),
        "first_written": min((e["written"] for e in full["evidence"] if e["written"]), default=None),
        "accepted": "yes" if full["accepted"] else None, "corrections": len(full["corrections"]),
        "report_id": told["report"], "report_title": told["title"], "publisher": told["publisher"],
        "url": told["url"], "candidates": _joined(full["candidates"]),
    })  # fmt: skip


def mention_rows(full: Full) -> Iterator[Row]:
    """One row for each report's sentence that tells an event; the columns are `MENTIONS`."""
    for told in full["evidence"]:
        yield _row(MENTIONS, {
            "mention_id": told["mention"], "event_id": full["id"], "kind": told["kind"], "modality": told["modality"],
            "start": told["start"], "end": told["end"], "sentence": _line(told["words"]),
            "sentence_start": told["sentence"][0], "sentence_end": told["sentence"][1],
            "trigger_start": told["trigger"][0], "trigger_end": told["trigger"][1],
            "attached_without_day": "yes" if told["vague"] else None, "rule": told["rule"],
            "report_id": told["report"], "report_title": told["title"], "publisher": told["publisher"],
            "url": told["url"], "written": told["written"], "page_claims": told["published"],
            "page_claim_is_false": "yes" if told["claim_contradicted"] else None, "family": told["family"],
        })  # fmt: skip


def statement_rows(full: Full) -> Iterator[Row]:
    """One row a statement; the columns are `STATEMENTS`."""
    yield _row(STATEMENTS, {
        "statement_id": full["id"], "act": full["act"], "speaker": full["speaker"],
        "speaker_country": full["country"], "medium": full["medium"], "direct": "yes" if full["direct"] else "no",
        "day": full["day"], "content": _line(full["words"]),
        "content_start": full["content"][0][0] if full["content"] else None,
        "content_end": full["content"][-1][1] if full["content"] else None, "report_id": full["report"],
        "report_title": full["title"], "publisher": full["publisher"], "written": full["written"],
        "page_claims": full["published"],
    })  # fmt: skip


def instrument_rows(full: Full) -> Iterator[Row]:
    """One row an instrument; the columns are `INSTRUMENTS`."""
    yield _row(INSTRUMENTS, {
        "instrument_id": full["id"], "kind": full["kind"], "name": full["name"],
        "other_names": _joined(n for n in full["names"] if n != full["name"]), "parties": _joined(full["parties"]),
        "status": full["status"], "reports": full["reports"],
    })  # fmt: skip


def step_rows(full: Full) -> Iterator[Row]:
    """One row for each step in an instrument's life, with the sentence that tells it; the columns are `STEPS`."""
    for step in full["steps"]:
        told = step["sentence"] or {}
        yield _row(STEPS, {
            "instrument_id": full["id"], "name": full["name"], "step": step["step"], "round": step["round"],
            "planned": "yes" if step["planned"] else None, "start": step["day"], "end": step["last"],
            "event_id": step["event"], "sentence": _line(told.get("words")), "report_id": told.get("report"),
            "report_title": told.get("title"),
        })  # fmt: skip


def person_rows(full: Full) -> Iterator[Row]:
    """One row a person; the columns are `PEOPLE`."""
    yield _row(PEOPLE, {
        "person_id": full["id"], "name": full["name"],
        "other_names": _joined(n for n in full["names"] if n != full["name"]), "country": full["country"],
        "reports": full["reports"],
    })  # fmt: skip


def office_rows(full: Full) -> Iterator[Row]:
    """One row for each office that reports give a person; the columns are `OFFICES`."""
    for office in full["offices"]:
        yield _row(OFFICES, {
            "person_id": full["id"], "name": full["name"], "country": full["country"], "office": office["title"],
            "first_told": office["first"], "last_told": office["last"], "reports": office["reports"],
            "in_table": {True: "yes", False: "no", None: None}[office["in_table"]],
        })  # fmt: skip


def report_rows(full: Full) -> Iterator[Row]:
    """One row a report; the columns are `REPORTS`."""
    yield _row(REPORTS, {
        "report_id": full["id"], "title": full["title"], "publisher": full["publisher"], "agency": full["agency"],
        "author": full["author"], "section": full["section"], "language": full["language"],
        "written": full["written"], "written_earliest": full["written_earliest"],
        "written_latest": full["written_latest"], "written_reason": full["written_reason"],
        "page_claims": full["published"], "page_claim_is_false": "yes" if full["claim_contradicted"] else None,
        "family": full["family"], "words": full["words"], "url": full["url"], "text_sha256": full["text_sha256"],
        "text_known_since": full["known_since"],
    })  # fmt: skip


def correction_rows(full: Full) -> Iterator[Row]:
    """One row a correction; the columns are `CORRECTIONS`."""
    yield _row(CORRECTIONS, {
        "correction_id": full["id"], "what": full["what"], "field": full["field"], "value": full["value"],
        "author": full["author"], "at": full["at"], "reason": full["reason"] or None,
        "targets": _joined(t["mention"] for t in full["targets"]), "withdrawn": "yes" if full["withdrawn"] else None,
        "target_is_gone": "yes" if full["orphaned"] else None,
    })  # fmt: skip


Table = tuple[str, tuple[str, ...], Callable[[Full], Iterator[Row]]]
TABLES: dict[str, Table] = {
    "events": ("full_events", EVENTS, event_rows),
    "mentions": ("full_events", MENTIONS, mention_rows),
    "statements": ("full_statements", STATEMENTS, statement_rows),
    "instruments": ("full_instruments", INSTRUMENTS, instrument_rows),
    "steps": ("full_instruments", STEPS, step_rows),
    "people": ("full_people", PEOPLE, person_rows),
    "offices": ("full_people", OFFICES, office_rows),
    "reports": ("full_reports", REPORTS, report_rows),
    "corrections": ("full_corrections", CORRECTIONS, correction_rows),
}
"""Table -> the question that a record is asked for it, its columns, and what makes rows of an answer."""


def _row(columns: tuple[str, ...], values: Row) -> Row:
    return {column: values[column] for column in columns}


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def _joined(parts: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(part for part in parts if part)) or None
