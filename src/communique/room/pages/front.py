"""The front page: what is new, and the relations at a glance."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from itertools import combinations
from typing import Any

from django.db.models import Count, Max, Min
from django.http import HttpRequest

from communique.room import showing, views, words
from communique.room.asking import months_between, step_of
from communique.room.charts import strips
from communique.room.kept import kept
from communique.room.project import current
from communique.room.twins import Page, Table
from communique.store import models

LATEST = 12
SHOWN_PAIRS = 12


def latest(number: int = LATEST, *, countries: tuple[str, ...] = ()) -> list[models.Event]:
    """The events that the record learned of last."""
    rows = models.Event.objects.filter(rejected=False)
    for code in countries:
        rows = rows.filter(id__in=models.EventCountry.objects.filter(country=code).values("event"))
    return list(rows.order_by("-since", "-start", "id")[:number])


def pairs() -> list[dict[str, Any]]:
    """All pairs of countries that events bring together: how many events, from when to when, by month."""
    rows = (
        models.Event.objects.filter(rejected=False, countries__contains=" ")
        .annotate(month=step_of("start", "end"))
        .values("countries", "month")
        .annotate(n=Count("*"), first=Min("start"), last=Max("end"))
        .values_list("countries", "month", "n", "first", "last")
    )
    totals: Counter[tuple[str, str]] = Counter()
    months: dict[tuple[str, str], Counter[str]] = {}
    reach: dict[tuple[str, str], list[date]] = {}
    for countries, month, n, first, last in rows:
        for pair in combinations(sorted(countries.split()), 2):
            totals[pair] += n
            if month:
                months.setdefault(pair, Counter())[month] += n
                reach.setdefault(pair, []).extend((first, last))
    return [
        {
            "countries": list(pair),
            "name": words.pair_name(*pair),
            "address": f"/pairs/{pair[0]}-{pair[1]}",
            "events": n,
            "first": showing.iso(min(reach[pair])) if pair in reach else None,
            "last": showing.iso(max(reach[pair])) if pair in reach else None,
            "months": dict(sorted(months.get(pair, Counter()).items())),
        }
        for pair, n in sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    ]


def first_pairs() -> tuple[list[dict[str, Any]], int]:
    """The pairs with most events, and how many pairs there are."""
    every = pairs()
    return every[:SHOWN_PAIRS], len(every)


def multiples(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pairs with their chart: one scale of months and of numbers for all."""
    every = sorted({m for pair in listed for m in pair["months"] if len(m) == 7})
    if not every:
        return [pair | {"chart": None} for pair in listed]
    axis = _axis(every)
    highest = max(n for pair in listed for n in _by_axis(pair["months"], axis))
    return [pair | {"chart": strips.strip(_by_axis(pair["months"], axis), axis, highest)} for pair in listed]


def _axis(months: list[str]) -> list[str]:
    """The months of the chart; years, where there are too many months to tell apart."""
    axis = list(months_between(date.fromisoformat(months[0] + "-01"), date.fromisoformat(months[-1] + "-01")))
    return axis if len(axis) <= 72 else sorted({month[:4] for month in axis})


def _by_axis(months: dict[str, int], axis: list[str]) -> list[int]:
    length = len(axis[0])
    counts: Counter[str] = Counter()
    for month, n in months.items():
        if len(month) >= length:  # what is known to the year only stands in no month
            counts[month[:length]] += n
    return [counts[step] for step in axis]


def front(request: HttpRequest) -> Page:
    """The latest updates, the relations, the plans that come next."""
    new = latest()
    listed, in_all = kept("first pairs", first_pairs)
    quoted = showing.sentences([row.id for row in new])
    rows = [showing.event(row) | {"sentence": quoted.get(row.id)} for row in new]
    reports = models.Report.objects.defer(*showing.LIGHT).order_by("-added", "id")[:6]
    since = _since(request)
    data = {
        "latest": rows,
        "pairs": listed,
        "pairs_in_all": in_all,
        "reports": showing.reports(reports),
        "since": since.isoformat() if since else None,
        "new_since": models.Event.objects.filter(rejected=False, since__gte=since).count() if since else None,
    }
    extra = {"multiples": kept("multiples", lambda: multiples(listed))}
    table = Table(showing.EVENT_COLUMNS, lambda: showing.events(latest(500)))
    return Page("front", "Latest updates", data, table, lambda: showing.entries(latest(50)), extra)


def _since(request: HttpRequest) -> datetime | None:
    """The visit before this one: of a team's member, or of the one who reads alone."""
    account = getattr(request, "visitor", None) and request.visitor.account
    if account:
        return account.visited
    return views.visit() if not current().fixed else None


def index(request: HttpRequest) -> Page:
    """All pairs of countries."""
    listed = kept("pairs", pairs)
    data = {"pairs": listed}
    columns = ("countries", "name", "events", "first", "last")
    return Page("pairs", "Relations", data, Table(columns, lambda: listed), None,
                {"multiples": multiples(listed[:60])})  # fmt: skip
