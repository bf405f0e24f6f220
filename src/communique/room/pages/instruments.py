"""Agreements, mechanisms, initiatives, themed years: where each stands, and the steps that led there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect

from communique.merging.instruments import InstrumentMention, Life, merge_instruments
from communique.merging.names import content, country_names
from communique.room import asking, showing, words
from communique.room.kept import kept
from communique.room.pages.search import of
from communique.room.twins import Page, Table
from communique.store import models, queries

RAILS = {
    "agreement": ("proposed", "negotiated", "agreed", "signed", "ratified", "in-force", "ended"),
    "visa-regime": ("proposed", "negotiated", "agreed", "signed", "in-force", "suspended", "ended"),
    "mechanism": ("proposed", "agreed", "established", "active", "suspended", "ended"),
    "organisation": ("proposed", "agreed", "established", "active", "suspended", "ended"),
    "partnership": ("proposed", "agreed", "established", "active", "suspended", "ended"),
    "initiative": ("proposed", "agreed", "active", "suspended", "ended"),
    "themed-year": ("proposed", "agreed", "established", "opened", "active", "closed"),
    "joint-statement": ("negotiated", "agreed", "signed"),
    "sanctions-regime": ("proposed", "agreed", "in-force", "suspended", "ended"),
}
GROUPS = (
    ("Agreements", ("agreement", "visa-regime", "joint-statement", "partnership")),
    ("Mechanisms and bodies", ("mechanism", "organisation")),
    ("Initiatives", ("initiative",)),
    ("Themed years", ("themed-year",)),
    ("Sanctions", ("sanctions-regime",)),
)
_FIELDS = ("id", "report", "kind", "name", "parties", "status", "since", "report__family", "report__written")


def lives(rows: Any, events: Iterable[models.Event]) -> tuple[Life, ...]:
    """The instruments of some mentions, with the events that changed them.

    Reports that say the very same of one are compared once; the life has all of their mentions. A name that says
    nothing ("an agreement") means the same only within a family of copies.
    """
    same: dict[tuple[object, ...], list[str]] = {}
    first: dict[str, InstrumentMention] = {}
    for key, report, what, name, parties, status, since, family, written in rows.order_by("id").values_list(*_FIELDS):
        says = bool(content(name) - country_names())
        alike = same.setdefault((what, name, parties, status, since, "" if says else family), [])
        if not alike:
            first[key] = InstrumentMention(
                key, report, what, name, tuple(parties.split()), status, since, family, written
            )
        alike.append(key)
    every = {keys[0]: keys for keys in same.values()}
    merged = merge_instruments(first.values(), [queries.view_of(row) for row in events])
    return tuple(
        replace(life, mentions=tuple(sorted(m for key in life.mentions for m in every[key]))) for life in merged
    )


def of_pair(codes: Sequence[str]) -> list[dict[str, Any]]:
    """The instruments to which all of some countries are party."""
    rows = models.InstrumentMention.objects.all()
    changed = models.Event.objects.filter(rejected=False, instrument__isnull=False)
    for code in codes:
        rows = rows.filter(parties__contains=code)
        changed = changed.filter(id__in=models.EventCountry.objects.filter(country=code).values("event"))
    found = [show(life) for life in lives(rows, changed)]
    return sorted(found, key=lambda i: (i["first"] or "9999", i["name"].lower()))


def show(life: Life) -> dict[str, Any]:
    """An instrument as plain data, its address the id of its first mention."""
    steps = [
        {"step": s.step, "start": showing.iso(s.day), "end": showing.iso(s.last), "planned": s.planned,
         "event": s.event, "told_by": list(s.told_by)}
        for s in life.steps
    ]  # fmt: skip
    days = [s["start"] for s in steps if s["start"]]
    return {
        "id": life.mentions[0], "address": f"/instruments/{life.mentions[0]}", "kind": life.kind, "name": life.name,
        "names": list(life.names), "parties": list(life.parties), "status": life.status, "steps": steps,
        "rail": rail(life.kind, steps), "rounds": [s for s in steps if s["step"] == "round"],
        "reports": len(life.mentions), "first": min(days, default=None), "last": max(days, default=None),
    }  # fmt: skip


def rail(kind: str, steps: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps that an instrument of this kind can go through, each with what the record has of it, or nothing."""
    order = list(RAILS.get(kind, RAILS["agreement"]))
    for step in steps:
        if step["step"] not in order and step["step"] != "round":
            order.append(step["step"])
    made = []
    for name in order:
        if name in ("suspended", "ended") and not any(s["step"] == name for s in steps):
            continue  # an end is told when there is one; its absence is no gap
        taken = [s for s in steps if s["step"] == name]
        done = next((s for s in taken if not s["planned"]), None)
        one = done or (taken[0] if taken else None)
        made.append({"step": name, "state": "done" if done else "planned" if one else "open",
                     "start": one["start"] if one else None, "end": one["end"] if one else None,
                     "event": one["event"] if one else None, "told_by": one["told_by"] if one else []})  # fmt: skip
    return made


def index(request: HttpRequest) -> Page:
    """All instruments, by kind; of one country with ?country=KAZ."""
    asked = asking.read(request.GET)
    code = asked.country[0] if asked.country else ""

    def found() -> list[dict[str, Any]]:
        if code:
            return of_pair([code])
        changed = models.Event.objects.filter(rejected=False, instrument__isnull=False)
        return [show(life) for life in lives(models.InstrumentMention.objects.all(), changed)]

    listed = kept(f"instruments {code}", found)
    if asked.kind:
        listed = [i for i in listed if i["kind"] == asked.kind]
    if asked.q:
        listed = [i for i in listed if any(asked.q.lower() in n.lower() for n in i["names"])]
    listed = sorted(listed, key=lambda i: (-i["reports"], i["name"].lower()))
    data = {"instruments": listed[:400], "total": len(listed), "wrong": list(asked.wrong)}
    groups = [(title, [i for i in listed[:400] if i["kind"] in kinds]) for title, kinds in GROUPS]
    columns = ("id", "kind", "name", "parties", "status", "first", "last", "reports", "steps", "names")
    title = "Agreements and bodies" + (f" of {words.country(code)}" if code else "")
    return Page("instruments", title, data, Table(columns, lambda: listed), None,
                {"groups": [g for g in groups if g[1]], "asked": asked, "country": code})  # fmt: skip


def instrument(request: HttpRequest, key: str) -> Page | HttpResponseBase:
    """One instrument, by the id of any of its mentions."""
    seed = models.InstrumentMention.objects.filter(id=key).first()
    if seed is None:
        raise Http404(f"the record has no agreement or body {key}")
    near = Q(id=key)
    for code in seed.parties.split()[:12]:
        near |= Q(parties__contains=code)
    rows = models.InstrumentMention.objects.filter(near | Q(parties="") if seed.parties else Q())
    changed = models.Event.objects.filter(rejected=False, instrument__isnull=False)
    if seed.parties:
        told = models.EventCountry.objects.filter(country__in=seed.parties.split()).values("event")
        changed = changed.filter(Q(id__in=told) | Q(countries=""))
    life = next(found for found in lives(rows, changed) if key in found.mentions)
    shown = show(life)
    if shown["id"] != key:
        return HttpResponseRedirect(shown["address"] + request.path.removeprefix(f"/instruments/{key}"))
    told_by = models.InstrumentMention.objects.filter(id__in=life.mentions).select_related("report")
    data = shown | {
        "events": of(asking.by_day(models.Event.objects.filter(id__in=[s.event for s in life.steps if s.event]))),
        "mentions": [
            {"report": m.report_id, "title": m.report.title or m.report_id[:8], "publisher": m.report.publisher,
             "written": showing.iso(m.report.written), "name": m.name, "status": m.status,
             "address": f"/reports/{m.report_id}#s{m.sentence_start}",
             "words": " ".join((m.report.text or "")[m.sentence_start : m.sentence_end].split()) or None}
            for m in told_by.order_by("report__written", "id")
        ],
    }  # fmt: skip
    columns = ("step", "start", "end", "planned", "event", "told_by")
    return Page("instrument", life.name, data, Table(columns, lambda: shown["steps"]), None,
                {"rail_of": shown})  # fmt: skip
