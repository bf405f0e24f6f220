"""Countries: whom each deals with, its people, its agreements, the latest of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect

from communique.room import asking, showing, words
from communique.room.charts import world
from communique.room.kept import kept
from communique.room.pages import dossier, front, instruments, people
from communique.room.pages.search import of
from communique.room.prose import person_address
from communique.room.twins import Page, Table
from communique.store import models


def counts() -> dict[str, int]:
    """Country -> how many events it takes part in, most first."""
    found = asking.counted(models.Event.objects.filter(rejected=False))["country"]
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def index(request: HttpRequest) -> Page:
    """All countries of the record."""
    found = kept("countries", counts)
    listed = [{"country": c, "name": words.country(c), "address": f"/countries/{c}", "events": n}
              for c, n in found.items()]  # fmt: skip
    return Page("countries", "Countries", {"countries": listed},
                Table(("country", "name", "events"), lambda: listed), None, {"map": world.shaded(found)})  # fmt: skip


def country(request: HttpRequest, code: str) -> Page | HttpResponseBase:
    """One country."""
    if code != code.upper():
        return HttpResponseRedirect(request.path.replace(code, code.upper(), 1))
    if not dossier.is_known(code):
        raise Http404(f"{code} is no country's code; the codes are ISO 3166-1 alpha-3, as in KAZ")
    named = models.EventCountry.objects.filter(country=code).values("event")
    rows = models.Event.objects.filter(rejected=False, id__in=named)
    partners = [pair for pair in kept("pairs", front.pairs) if code in pair["countries"]]
    kinds = asking.counted(rows)["kind"]
    listed = sorted(people.of_country(code), key=lambda p: (-len(p.reports), p.name))[:24]
    recent: list[dict[str, Any]] = of(asking.by_day(rows.filter(start__isnull=False), latest=True)[:20])
    agreements = kept(f"instruments {code}", lambda: instruments.of_pair([code]))
    data: dict[str, Any] = {
        "country": code, "name": words.country(code),
        "events_in_all": sum(kinds.values()),
        "partners": [
            {"country": next(c for c in p["countries"] if c != code), "address": p["address"], "events": p["events"],
             "first": p["first"], "last": p["last"]}
            for p in partners
        ],
        "kinds": [{"kind": k, "events": n} for k, n in kinds.most_common(12)],
        "people": [
            {"name": p.name, "country": p.country, "offices": [t.title for t in p.offices][:2],
             "reports": len(p.reports), "address": person_address(p.name, p.country)}
            for p in listed
        ],
        "instruments": sorted(agreements, key=lambda i: (-i["reports"], i["name"]))[:12],
        "events": recent,
    }  # fmt: skip
    partners_on_map = {p["country"]: p["events"] for p in data["partners"]}
    extra = {"multiples": front.multiples(partners[:9]), "map": world.shaded(partners_on_map, centre=code)}
    return Page("country", words.country(code), data,
                Table(showing.EVENT_COLUMNS, lambda: showing.events(asking.by_day(rows).iterator(chunk_size=200))),
                lambda: showing.entries(rows.order_by("-since", "id")[:50]), extra)  # fmt: skip
