"""The page of one event: who says so, on how many independent sources, where they disagree, what people corrected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect

from communique.room import showing, words
from communique.room.pages.search import neighbours_in_time
from communique.room.project import current
from communique.room.twins import Page, Table
from communique.store import Record, models

WITNESS_COLUMNS = (
    "origin", "report", "title", "publisher", "written", "kind", "modality", "start", "end", "words", "sentence",
    "mention",
)  # fmt: skip
_FIELDS = {
    "when": "day",
    "place": "place",
    "kind": "kind",
    "instrument": "agreement or body",
    "modality": "did it happen",
}


def event(request: HttpRequest, key: str) -> Page | HttpResponseBase:
    """One event. The id of an event that was merged into another leads to that one."""
    row = models.Event.objects.filter(id=key).first()
    if row is None:
        now = Record(current().alias, current().where).resolve(key)
        if now is None:
            raise Http404(f"the record has no event {key}; if it had one, no report tells of it any more")
        return HttpResponseRedirect(f"/events/{now}{request.path.removeprefix(f'/events/{key}')}")
    found = showing.event(row)
    witnesses = _witnesses(key)
    mentions = {m["mention"]: m for origin in witnesses for m in origin["mentions"]}
    data = found | {
        "origins_told": showing.origins_words(found),
        "witnesses": witnesses,
        "fields": [_field(f, mentions) for f in row.account["fields"]],
        "history": row.account["history"],
        "formerly": sorted(models.Lineage.objects.filter(new=key).values_list("old", flat=True)),
        "candidates": showing.events(models.Event.objects.filter(id__in=row.account["candidates"])),
        "around": neighbours_in_time(row),
        "doubts": doubts(found),
    }
    table = Table(WITNESS_COLUMNS, lambda: (m for o in witnesses for m in o["mentions"]))
    extra = {"event": found, "edit_fields": _edit_fields(found), "kinds": sorted(asking_kinds())}
    title = found["says"][:1].upper() + found["says"][1:]
    return Page("event", title, data, table, None, extra)


def asking_kinds() -> Iterable[str]:
    """The kinds that a correction may name."""
    from communique.room.prose import phrases

    return phrases()


def _edit_fields(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    labels = {"kind": "kind", "modality": "did it happen", "start": "first day", "end": "last day",
              "place": "place", "place_country": "country of the place", "instrument": "agreement or body",
              "type": "PLOVER type"}  # fmt: skip
    return [(name, label, found[name] or "") for name, label in labels.items()]


def _witnesses(key: str) -> list[dict[str, Any]]:
    """The mentions by origin: each family of copies is one witness, its probable first report first."""
    rows = (
        models.Mention.objects.filter(event=key).select_related("report")
        .defer("report__coding", "report__fingerprint").order_by("report__written", "id")
    )  # fmt: skip
    origins: dict[str, dict[str, Any]] = {}
    for m in rows:
        r = m.report
        origin = origins.setdefault(r.family, {"origin": r.family, "sources": [], "mentions": []})
        name = r.agency or r.publisher
        if name and name not in origin["sources"]:
            origin["sources"].append(name)
        when = m.coded.get("when") or {}
        text = r.text or ""
        origin["mentions"].append({
            "origin": r.family, "mention": m.id, "report": r.id, "title": r.title or f"Report {r.id[:8]}",
            "publisher": r.publisher, "written": showing.iso(r.written), "published": r.published,
            "claim_contradicted": r.claim_contradicted, "kind": m.kind, "modality": m.said["modality"],
            "start": m.said["start"], "end": m.said["end"], "place": m.said["place"], "vague": m.vague,
            "sentence": [m.sentence_start, m.sentence_end],
            "address": f"/reports/{r.id}#s{m.sentence_start}",
            "words": " ".join(text[m.sentence_start : m.sentence_end].split()) or None,
            "before": text[m.sentence_start : m.trigger_start],
            "trigger": text[m.trigger_start : m.trigger_end],
            "after": text[m.trigger_end : m.sentence_end],
            "when_note": when.get("note"), "rule": m.coded.get("rule"), "why": m.coded.get("why", []),
        })  # fmt: skip
    return list(origins.values())


def _field(field: dict[str, Any], mentions: dict[str, Any]) -> dict[str, Any]:
    values = []
    for value in field["values"]:
        said = value["value"]
        if field["name"] == "when":
            said = words.days(*said.split("/"))
        elif field["name"] == "place":
            name, _, country = said.partition("|")
            said = ", ".join(part for part in (name, words.country(country)) if part)
        elif field["name"] == "modality":
            said = words.MODALITIES.get(said, said)
        elif field["name"] == "kind":
            said = words.kind(said)
        given_by = [mentions[key] for key in value["mentions"] if key in mentions]
        values.append({"value": said, "origins": len(value["origins"]), "reports": given_by})
    return {"name": _FIELDS.get(field["name"], field["name"]), "field": field["name"], "values": values,
            "contested": field["contested"]}  # fmt: skip


def doubts(found: dict[str, Any]) -> list[str]:
    """What makes an event doubtful, in words; the review queue puts those with most first."""
    said = []
    for name in found["contested"]:
        said.append(f"reports disagree on the {_FIELDS.get(name, name)}")
    if not found["start"]:
        said.append("no report says on which day")
    if len(found["countries"]) < 2 and found["kind"] not in ("resignation", "disarmament"):
        said.append("fewer than two countries are named")
    if found["origins"][1] == 1:
        said.append("it rests on one source")
    if found["modality"] in ("hypothetical", "denied"):
        said.append(f"it is told as {words.MODALITIES[found['modality']]}")
    return said
