"""The page of one report: its text with the records beside it, its three dates, where it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest

from communique.room import marking, notes, showing, views, words
from communique.room.project import current
from communique.room.prose import plain, sentence
from communique.room.twins import Page, Table
from communique.store import models

RECORD_COLUMNS = (
    "n", "what", "kind", "modality", "says", "start", "end", "when_words", "when_note", "place", "instrument",
    "speaker", "direct", "quote", "sentence_start", "sentence_end", "trigger_start", "trigger_end", "event", "rule",
)  # fmt: skip
Row = dict[str, Any]


def report(request: HttpRequest, key: str) -> Page:
    """One report."""
    row = models.Report.objects.defer("fingerprint").filter(id=key).select_related("run").first()
    if row is None:
        raise Http404(f"the record has no report {key}")
    text = row.text or ""
    records = _records(row, text)
    for n, record in enumerate(records, 1):
        record["n"] = n
    marked = marking.mark(text, records)
    for record in records:
        record["anchor"] = marked.anchors.get(record["n"])
    declared = row.coding["report"]["declared"]
    story = [r for r in records if r["what"] == "event"]
    known = [r for r in story if r["start"] and r["modality"] == "occurred"]
    countries = [c for c, _ in Counter(c for r in story for c in r["countries"]).most_common(2)]
    data = showing.report(row, events=len(story)) | {
        "text": row.text,
        "declared": declared,
        "dates": _dates(row, known),
        "topic": _topic(story, countries),
        "pair": sorted(countries) if len(countries) == 2 else None,
        "sightings": _sightings(row),
        "copies": _copies(row),
        "records": [{k: v for k, v in r.items() if k not in ("marks",)} for r in records],
        "notes": notes.of(row.id),
        "opened": views.opened(row.id),
        "intake_notes": row.coding["report"].get("notes", []),
        "coder": row.coder,
        "text_sha256": row.text_sha256,
        "neighbours": _neighbours(row),
        "updates": _updates(row, countries),
    }
    if request.method == "GET" and not current().fixed and "." not in request.path.rsplit("/", 1)[-1]:
        data["opened"] = views.count(row.id)
    table = Table(RECORD_COLUMNS, lambda: [_flat(r) for r in data["records"]])
    extra = {
        "paragraphs": marked.paragraphs,
        "has_text": bool(row.text),
        "kinds": _kinds(),
        "happened": words.days(*data["dates"]["happened"]),
    }
    return Page("report", data["title"], data, table, None, extra)


def _kinds() -> list[tuple[str, str]]:
    from communique.room.prose import phrases

    return [(name, words.kind(name)) for name in sorted(phrases())]


def _flat(record: Row) -> Row:
    spans = record["spans"][0] if record["spans"] else [None, None]
    trigger = record.get("trigger") or [None, None]
    return record | {"sentence_start": spans[0], "sentence_end": spans[1], "trigger_start": trigger[0],
                     "trigger_end": trigger[1]}  # fmt: skip


# --- the records, in the order of the text ----------------------------------------------------------------------------


def _records(row: models.Report, text: str) -> list[Row]:
    found = [*_events(row, text), *_statements(row, text), *_instruments(row, text)]
    return sorted(found, key=lambda r: (r["spans"][0] if r["spans"] else [len(text), 0], r["order"]))


def _events(row: models.Report, text: str) -> Iterable[Row]:
    mentions = list(models.Mention.objects.filter(report=row.id))
    merged = models.Event.objects.in_bulk([m.event for m in mentions if m.event])
    for mention in mentions:
        coded, event = mention.coded, merged.get(mention.event or "")
        when, place = coded.get("when") or {}, coded.get("place") or {}
        said = mention.said
        told = {
            "kind": coded["kind"], "modality": coded["modality"], "parties": coded["participants"],
            "place": place.get("name"), "place_country": place.get("country"), "instrument": said.get("instrument"),
            "start": coded["start"], "end": coded["end"],
        }  # fmt: skip
        others = [m["sentence"] for m in coded.get("mentions", ())]
        yield told | {
            "what": "event", "order": 0, "id": mention.id, "event": mention.event, "type": coded["type"],
            "countries": sorted({p["country"] for p in coded["participants"] if p["country"]}),
            "says": plain(sentence(told)),
            "spans": [[mention.sentence_start, mention.sentence_end], *others],
            "trigger": [mention.trigger_start, mention.trigger_end],
            "marks": {
                "trigger": [[mention.trigger_start, mention.trigger_end]],
                "when": [when["span"]] if when.get("span") else [],
                "where": [place["span"]] if place.get("span") else [],
            },
            "when_words": text[slice(*when["span"])] if when.get("span") and text else None,
            "when_note": when.get("note"),
            "stated_by": _speaker_of(row, coded.get("stated_in")),
            "rule": coded["rule"], "why": coded.get("why", []), "by_person": coded["rule"].startswith("person"),
            "occasion": coded.get("occasion"), "confidence": coded.get("confidence"),
            "now": showing.event(event) if event else None,
        }  # fmt: skip


def _speaker_of(row: models.Report, key: str | None) -> Row | None:
    """On whose word: the statement that claims an event."""
    if not key:
        return None
    stated = next((s for s in row.coding["statements"] if s["id"] == key), None)
    if stated is None:
        return None
    speaker = stated["speaker"] or {}
    return {"speaker": speaker.get("name"), "country": speaker.get("country"), "direct": stated["direct"]}


def _statements(row: models.Report, text: str) -> Iterable[Row]:
    for stated in row.coding["statements"]:
        speaker = stated["speaker"] or {}
        content = [list(span) for span in stated["content"]]
        cue = [list(stated["cue"])] if stated["cue"] else []
        yield {
            "what": "statement", "order": 1, "id": stated["id"], "event": None, "kind": stated["act"],
            "spans": content or cue,
            "marks": {"said": content},
            "speaker": speaker.get("name"), "country": speaker.get("country"), "office": speaker.get("office"),
            "person": speaker.get("kind") == "person",
            "act": stated["act"], "medium": stated["medium"], "direct": stated["direct"],
            "start": stated.get("day"), "end": stated.get("day"), "modality": None,
            "quote": " ".join(" ".join(text[a:b] for a, b in content).split()) if text else None,
            "says": f"{speaker.get('name') or 'Somebody not named'} ({stated['act']})",
        }  # fmt: skip


def _instruments(row: models.Report, text: str) -> Iterable[Row]:
    rows = models.InstrumentMention.objects.filter(report=row.id).order_by("sentence_start", "id")
    for i in rows:
        yield {
            "what": "instrument", "order": 2, "id": i.id, "event": None, "kind": i.kind, "modality": None,
            "spans": [[i.sentence_start, i.sentence_end]], "marks": {},
            "name": i.name, "parties": i.parties.split(), "status": i.status, "start": showing.iso(i.since),
            "end": showing.iso(i.since), "instrument": i.name, "says": f"{i.name}: {words.kind(i.status)}",
        }  # fmt: skip


# --- the three dates --------------------------------------------------------------------------------------------------


def _dates(row: models.Report, known: list[Row]) -> Row:
    written = row.coding["report"].get("written") or {}
    conflicts = written.get("conflicts", [])
    against = next((c for c in conflicts if c.get("against", c.get("with")) == "declared.published"), None)
    return {
        "happened": _happened(known),
        "happened_events": len(known),
        "written": showing.iso(row.written),
        "written_earliest": showing.iso(row.written_earliest),
        "written_latest": showing.iso(row.written_latest),
        "written_why": [e["note"] for e in written.get("evidence", []) if e["note"]],
        "claimed": row.published,
        "claim_is_false": row.claim_contradicted,
        "claim_why": against["note"] if against else None,
        "conflicts": [c["note"] for c in conflicts if c["note"]],
    }


def _happened(known: list[Row]) -> list[str | None]:
    """First and last day of what is news in the report: what is known to the year only is left to its own record."""
    sharp = [r for r in known if r["start"][:7] == r["end"][:7]] or known
    return [min((r["start"] for r in sharp), default=None), max((r["end"] for r in sharp), default=None)]


def _topic(story: list[Row], countries: list[str]) -> Row:
    """What the report is about, as found: the two countries named most and the kinds of what is told."""
    kinds = [kind for kind, _ in Counter(r["kind"] for r in story).most_common(3)]
    return {"countries": countries, "kinds": kinds}


# --- where it came from -----------------------------------------------------------------------------------------------


def _sightings(row: models.Report) -> list[Row]:
    return [
        {"path": s.path, "record": s.record, "url": s.url, "publisher": s.publisher, "published": s.published}
        for s in row.sightings.order_by("published", "id")
    ]


def _copies(row: models.Report) -> list[Row]:
    """The family of copies, the probable origin first: the one credited, else with a credit, else written first."""
    family = list(models.Report.objects.filter(family=row.family).defer(*showing.LIGHT))
    if len(family) < 2:
        return []
    links = models.CopyLink.objects.filter(Q(part__in=[r.id for r in family]) & Q(whole__in=[r.id for r in family]))
    shares: dict[str, float] = {}
    for link in links:
        for end in (link.part_id, link.whole_id):
            shares[end] = max(shares.get(end, 0.0), link.share)
    credited = {(r.agency or "").lower() for r in family if r.agency}

    def claim(r: models.Report) -> tuple[bool, bool, bool, date, int, str]:
        publisher = (r.publisher or "").lower()
        return (not (publisher and publisher in credited), not r.agency, r.claim_contradicted,
                r.written or date.max, -r.words, r.id)  # fmt: skip

    ordered = sorted(family, key=claim)
    texts = dict(models.Report.objects.filter(id__in=[r.id for r in ordered[:8]]).values_list("id", "text"))
    return [
        showing.report(r)
        | {
            "origin": r is ordered[0],
            "this": r.id == row.id,
            "share": round(shares.get(r.id, 0), 2),
            "differs": _first_difference(row.text, texts.get(r.id)) if r.id != row.id else None,
        }
        for r in ordered
    ]


def _first_difference(ours: str | None, theirs: str | None) -> Row | None:
    """The first words in which two copies differ, where both have words."""
    if not ours or not theirs:
        return None
    a, b = ours.split()[:700], theirs.split()[:700]
    for what, i, j, k, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what != "equal":
            return {"here": " ".join(a[i:j][:8]), "there": " ".join(b[k:n][:8])}
    return None


def _neighbours(row: models.Report) -> dict[str, Row | None]:
    """The reports written just before and just after."""
    rows = models.Report.objects.defer(*showing.LIGHT)
    if row.written is None:
        before = rows.filter(written__isnull=True, id__lt=row.id).order_by("-id").first()
        after = rows.filter(written__isnull=True, id__gt=row.id).order_by("id").first()
    else:
        same = Q(written=row.written)
        before = rows.filter(Q(written__lt=row.written) | same & Q(id__lt=row.id)).order_by("-written", "-id").first()
        after = rows.filter(Q(written__gt=row.written) | same & Q(id__gt=row.id)).order_by("written", "id").first()
    return {"previous": showing.report(before) if before else None, "next": showing.report(after) if after else None}


def _updates(row: models.Report, countries: list[str]) -> list[Row]:
    """The latest of the same two countries, from other reports."""
    from communique.room.pages.front import latest

    if len(countries) < 2:
        return []
    here = set(models.Mention.objects.filter(report=row.id).values_list("event", flat=True))
    found = latest(6 + len(here), countries=tuple(countries))
    return showing.events([event for event in found if event.id not in here][:6])
