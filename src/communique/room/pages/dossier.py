"""The dossier of two countries: everything the record has of their relation, in the order a reader asks for it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect

from communique.room import asking, showing, summary, words
from communique.room.charts import strips, world
from communique.room.pages import instruments
from communique.room.pages.people import statements
from communique.room.pages.search import of
from communique.room.project import current
from communique.room.prose import person_address
from communique.room.twins import Page, Table
from communique.store import models
from communique.store.dossiers import MET

MOST_REPORTS = 100
MOST = 120  # events that the page tells one by one; the twin tables have all


def dossier(request: HttpRequest, first: str, second: str) -> Page | HttpResponseBase:
    """Two countries."""
    pair = sorted((first.upper(), second.upper()))
    for code in pair:
        if not is_known(code):
            raise Http404(f"{code} is no country's code; the codes are ISO 3166-1 alpha-3, as in KAZ")
    if pair[0] == pair[1]:
        return HttpResponseRedirect(f"/countries/{pair[0]}")
    if [first, second] != pair:
        return HttpResponseRedirect(f"/pairs/{pair[0]}-{pair[1]}" + request.path.removeprefix(
            f"/pairs/{first}-{second}"))  # fmt: skip
    return gathered(pair)


def is_known(code: str) -> bool:
    """Whether a code is that of a country, or of something else that takes part in events of the record."""
    return code in words.countries() or models.EventCountry.objects.filter(country=code).exists()


def rows_of(pair: list[str]) -> Any:
    """The events in which both countries take part."""
    rows = models.Event.objects.filter(rejected=False)
    for code in pair:
        rows = rows.filter(id__in=models.EventCountry.objects.filter(country=code).values("event"))
    return rows


def gathered(pair: list[str], today: date | None = None) -> Page:
    """The page of a pair, its codes sorted."""
    today = today or date.today()
    keys = list(rows_of(pair).values_list("id", flat=True))
    total, rows = len(keys), models.Event.objects.filter(id__in=keys)
    mentions = models.Mention.objects.filter(event__in=keys)
    reports = list(mentions.order_by().values_list("report", flat=True).distinct())
    latest = list(asking.by_day(rows, latest=True)[:MOST])
    events = of(reversed(latest)) if latest else []
    events = [e for e in events if e["start"]] + [e for e in events if not e["start"]]
    done = [e for e in events if e["modality"] == "occurred"]
    agreed = instruments.of_pair(pair)
    promises = [e | {"overdue": bool(e["end"] and e["end"] < today.isoformat())}
                for e in events if e["modality"] == "planned"]  # fmt: skip
    said = _statements(pair, reports)
    places = _places(rows)
    data: dict[str, Any] = {
        "countries": pair,
        "names": [words.country(code) for code in pair],
        "total": total,
        "shown": len(events),
        "summary": summary.summary(pair, done, agreed, promises, total),
        "meetings": [e for e in done if e["kind"] in MET],
        "met": _met(done, pair),
        "agreements": [i for i in agreed if i["kind"] in ("agreement", "visa-regime", "joint-statement", "partnership",
                                                           "sanctions-regime")],
        "mechanisms": [i for i in agreed if i["kind"] in ("mechanism", "organisation")],
        "themed_years": [i for i in agreed if i["kind"] == "themed-year"],
        "initiatives": [i for i in agreed if i["kind"] == "initiative"],
        "statements": said,
        "promises": promises,
        "timeline": events,
        "places": places,
        "coverage": _coverage(reports),
        "today": today.isoformat(),
    }  # fmt: skip
    name = words.pair_name(*pair)
    by_id = {e["id"]: e for e in events}
    cited = list(dict.fromkeys(key for clause in data["summary"] for key in clause["events"] if key in by_id))
    _tell_by(events)
    extra = {
        "anchors": True,
        "sources": showing.reports(_reports(reports)[:MOST_REPORTS]),
        "footnotes": {key: n for n, key in enumerate(cited, 1)},
        "footnoted": [by_id[key] | {"n": n} for n, key in enumerate(cited, 1)],
        "strip": _strip(events), "map": world.pair(pair, places), "years": _years(events), "grid": _grid(events),
        "undated": [e for e in events if not e["start"] and e["modality"] != "planned"],
    }  # fmt: skip
    return Page("dossier", name, data,
                Table(showing.EVENT_COLUMNS, lambda: showing.events(asking.by_day(rows).iterator(chunk_size=200))),
                lambda: showing.entries(rows.order_by("-since", "id")[:50]), extra)  # fmt: skip


def _reports(keys: list[str]) -> Any:
    return models.Report.objects.filter(id__in=keys).defer(*showing.LIGHT).order_by("written", "id")


def _tell_by(events: list[dict[str, Any]]) -> None:
    """To each event the reports that tell it, by source and day of writing."""
    keys = {e["id"]: e for e in events}
    rows = models.Mention.objects.filter(event__in=list(keys)).order_by("report__written", "report")
    values = rows.values_list(
        "event", "report", "report__agency", "report__publisher", "report__title", "report__written"
    )
    for key, report, agency, publisher, title, written in values:
        told = keys[key].setdefault("told_by", [])
        if all(one["id"] != report for one in told):
            name = agency or publisher or title or report[:8]
            told.append({"id": report, "name": f"{name}, {words.day(written)}" if written else name})


def _met(events: list[dict[str, Any]], pair: list[str]) -> list[dict[str, Any]]:
    """Who met whom: pairs of people of the two sides, how often, first and last time."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    people: dict[str, dict[str, Any]] = {}
    for event in events:
        if event["kind"] not in MET:
            continue
        sides = [[p for p in event["parties"] if p["kind"] == "person" and p["country"] == code] for code in pair]
        for a in sides[0]:
            for b in sides[1]:
                keys = (words.slug(a["name"]), words.slug(b["name"]))
                people.update({keys[0]: a, keys[1]: b})
                found.setdefault(keys, []).append(event)
    return [
        {
            "who": [{"name": people[k]["name"], "country": people[k]["country"], "office": people[k].get("office"),
                     "address": person_address(people[k]["name"], people[k]["country"])} for k in keys],
            "times": len(events), "events": [e["id"] for e in events],
            "list": [{"id": e["id"], "kind": e["kind"], "start": e["start"], "end": e["end"], "place": e["place"]}
                     for e in events],
        }
        for keys, events in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    ]  # fmt: skip


def _statements(pair: list[str], reports: list[str], most: int = 40) -> list[dict[str, Any]]:
    """Statements of either side in reports that tell of an event of both."""
    rows = models.Statement.objects.filter(country__in=pair, report__in=reports).select_related("report")
    return statements(rows.defer("report__coding", "report__fingerprint").order_by("-day", "id")[: most * 3])[:most]


def _places(rows: Any, most: int = 2000) -> list[dict[str, Any]]:
    """Where events happened: town, country, coordinates where they are known, how many."""
    counts = Counter(
        dict(rows.filter(place__isnull=False).values("place").annotate(n=Count("id")).values_list("place", "n"))
    )
    where: dict[str, tuple[float, float, str | None]] = {}
    told = models.Mention.objects.filter(event__in=rows.filter(place__isnull=False).values("id"))
    for coded in told.values_list("coded", flat=True)[:most]:
        place = coded.get("place") or {}
        if place.get("lat") is not None and place.get("name"):
            where.setdefault(place["name"], (place["lat"], place["lon"], place.get("country")))
    lands = set(words.countries().values())
    return [
        {"place": name, "events": n, "lat": where.get(name, (None, None, None))[0],
         "lon": where.get(name, (None, None, None))[1], "country": where.get(name, (None, None, None))[2]}
        for name, n in counts.most_common()
        if name not in lands
    ]  # fmt: skip


def _coverage(keys: list[str]) -> dict[str, Any]:
    """What this dossier rests on: reports, origins, days of writing, months without a report."""
    rows = list(models.Report.objects.filter(id__in=keys).values_list("written", "family", "claim_contradicted"))
    written = sorted(day for day, _, _ in rows if day)
    families, count = len({family for _, family, _ in rows}), len(rows)
    gap = max(((b - a).days, a, b) for a, b in pairwise(written)) if len(written) > 1 else None
    return {
        "reports": count, "origins": families, "undated": count - len(written),
        "first": showing.iso(written[0]) if written else None, "last": showing.iso(written[-1]) if written else None,
        "longest_gap": {"days": gap[0], "from": showing.iso(gap[1]), "to": showing.iso(gap[2])} if gap else None,
        "claims_contradicted": sum(false for _, _, false in rows), "record": current().name,
    }  # fmt: skip


def _years(events: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    years: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        if event["start"]:
            years.setdefault(event["start"][:4], []).append(event)
    return sorted(years.items(), reverse=True)


def _strip(events: list[dict[str, Any]]) -> strips.Strip | None:
    months = Counter(e["start"][:7] for e in events if e["start"] and e["start"][:7] == e["end"][:7])
    if not months:
        return None
    first, last = min(months), max(months)
    axis = list(asking.months_between(date.fromisoformat(first + "-01"), date.fromisoformat(last + "-01")))
    if len(axis) < 24:  # a short history is not stretched over the whole width
        end = date.fromisoformat(last + "-01")
        begin = date(end.year - 1, end.month, 1)
        axis = list(asking.months_between(min(begin, date.fromisoformat(first + "-01")), end))
    if len(axis) > 240:
        years = sorted({m[:4] for m in axis})
        by_year = Counter(m[:4] for m in months.elements())
        counts = [by_year[str(y)] for y in range(int(years[0]), int(years[-1]) + 1)]
        return strips.strip(counts, [str(y) for y in range(int(years[0]), int(years[-1]) + 1)], max(counts),
                            width=720, height=70)  # fmt: skip
    counts = [months[m] for m in axis]
    return strips.strip(counts, axis, max(counts), width=720, height=70)


def _grid(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Months x kinds: how many of each; years, where there are more than twelve months or no month is known."""
    known = [e for e in events if e["start"] and e["modality"] == "occurred"]
    sharp = [e for e in known if e["start"][:7] == e["end"][:7]]
    length = 7 if len(sharp) == len(known) and len({e["start"][:7] for e in sharp}) <= 12 else 4
    dated = [e for e in known if e["start"][:length] == e["end"][:length]]
    steps = sorted({e["start"][:length] for e in dated})
    kinds = [k for k, _ in Counter(e["kind"] for e in dated).most_common()]
    counts = Counter((e["kind"], e["start"][:length]) for e in dated)
    return {
        "steps": [{"step": s, "label": strips.say(s), "month": s if length == 7 else None} for s in steps],
        "rows": [{"kind": k, "counts": [counts[k, s] for s in steps], "total": sum(counts[k, s] for s in steps)}
                 for k in kinds],
    }  # fmt: skip
