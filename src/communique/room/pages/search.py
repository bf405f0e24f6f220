"""Search: the events and the reports that an address asks for, with facets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from communique.room import asking, showing, words
from communique.room.kept import kept
from communique.room.twins import Page, Table
from communique.store import models

PER_PAGE = 50


def events(request: HttpRequest) -> Page:
    """Events by who, what, when, where and the words of their reports."""
    asked = asking.read(request.GET)
    latest = request.GET.get("order", "latest") != "earliest"
    found_rows = asking.events(asked)
    rows = asking.by_day(found_rows, latest=latest)
    total = _total("events", asked, found_rows)
    number = asking.page_of(request.GET)
    listed = list(rows[(number - 1) * PER_PAGE : number * PER_PAGE])
    quoted = showing.sentences([row.id for row in listed])
    found = [showing.event(row) | {"sentence": quoted.get(row.id)} for row in listed]
    facets = kept("facets", lambda: asking.facets(asked, found_rows)) if not asked else asking.facets(asked, found_rows)
    data = _framed(request, asked, total, number) | {"events": found}
    data["facets"] = [
        {"name": f.name, "label": f.label,
         "values": [{"value": v, "label": label, "events": n, "query": q} for v, label, n, q in f.values]}
        for f in facets
    ]  # fmt: skip
    table = Table(showing.EVENT_COLUMNS, lambda: _streamed(rows, showing.event))
    return Page("events", _title(asked, "Events"), data, table,
                lambda: showing.entries(asking.events(asked).order_by("-since", "id")[:50]),
                {"asked": asked, "latest": latest, "countries": words.countries()})  # fmt: skip


def reports(request: HttpRequest) -> Page:
    """Reports by their words, and by the events that they tell of."""
    asked = asking.read(request.GET)
    rows, order = asking.reports(asked)
    rows = rows.defer(*showing.LIGHT)
    number = asking.page_of(request.GET)
    first = (number - 1) * PER_PAGE
    if order is None:
        from django.db.models import F

        ordered = rows.order_by(F("written").desc(nulls_last=True), "id")
        total = _total("reports", asked, rows)
        listed = list(ordered[first : first + PER_PAGE])
    else:
        total = len(order)
        there = rows.in_bulk(order[first : first + PER_PAGE])
        listed = [there[key] for key in order[first : first + PER_PAGE] if key in there]
        ordered = rows
    shown = showing.reports(listed)
    if asked.q:
        cut = asking.excerpts(asked.q, [row.id for row in listed])
        for line in shown:
            line["excerpt"] = cut.get(line["id"])
    data = _framed(request, asked, total, number) | {"reports": shown, "capped": total >= asking.MOST_HITS}
    table = Table(showing.REPORT_COLUMNS, lambda: _in_lots(ordered))
    return Page("reports", _title(asked, "Reports"), data, table, None,
                {"asked": asked, "countries": words.countries()})  # fmt: skip


def _in_lots(rows: Any) -> Iterator[dict[str, Any]]:
    lot = []
    for row in rows.iterator(chunk_size=200):
        lot.append(row)
        if len(lot) == 200:
            yield from showing.reports(lot)
            lot = []
    yield from showing.reports(lot)


def _streamed(rows: Any, show: Any) -> Iterator[dict[str, Any]]:
    yield from (show(row) for row in rows.iterator(chunk_size=200))


def _total(name: str, asked: asking.Asked, rows: Any) -> int:
    return rows.count() if asked else kept(f"total {name}", lambda: rows.count())


def _title(asked: asking.Asked, what: str) -> str:
    told = [label for label, _ in asked.told()]
    return f"{what}: {', '.join(told)}" if told else what


def _framed(request: HttpRequest, asked: asking.Asked, total: int, number: int) -> dict[str, Any]:
    pages = max(1, -(-total // PER_PAGE))
    query = asked.address()
    order = request.GET.get("order", "")
    if order in ("earliest",):
        query = f"{query}&order={order}" if query else f"order={order}"
    return {
        "total": total, "page": number, "pages": pages, "query": query,
        "previous": _page(query, number - 1) if number > 1 else None,
        "next": _page(query, number + 1) if number < pages else None,
        "told": [{"label": label, "without": without} for label, without in asked.told()],
        "wrong": list(asked.wrong),
    }  # fmt: skip


def _page(query: str, number: int) -> str:
    return f"{query}&page={number}" if query else f"page={number}"


def neighbours_in_time(row: models.Event, most: int = 8) -> list[dict[str, Any]]:
    """What else happened between the same countries in the two weeks around an event."""
    codes = row.countries.split()
    if row.start is None or row.end is None or len(codes) < 2:
        return []
    rows: Any = models.Event.objects.filter(rejected=False).exclude(id=row.id)
    for code in codes[:3]:
        rows = rows.filter(id__in=models.EventCountry.objects.filter(country=code).values("event"))
    near = rows.filter(start__lte=row.end + timedelta(days=14), end__gte=row.start - timedelta(days=14))
    return showing.events(asking.by_day(near)[:most])


def of(rows: Iterable[models.Event]) -> list[dict[str, Any]]:
    """Events with the sentence that tells each."""
    listed = list(rows)
    quoted = showing.sentences([row.id for row in listed])
    return [showing.event(row) | {"sentence": quoted.get(row.id)} for row in listed]
