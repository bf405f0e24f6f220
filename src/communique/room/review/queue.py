"""The queue: events that nobody has judged yet, those with most doubts first."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from communique.room import asking
from communique.room.guarding import needs
from communique.room.pages import event as event_page
from communique.room.pages.search import of
from communique.store import models

SHOWN = 12
# what makes an event doubtful, and how much; `communique.room.pages.event.doubts` says the same in words
WEIGHTS = (
    (~Q(contested=""), 4), (Q(start__isnull=True), 2), (~Q(countries__contains=" "), 2),
    (Q(modality__in=("hypothetical", "denied")), 1), (Q(origins_most=1), 1),
)  # fmt: skip


def queued(asked: asking.Asked) -> QuerySet[models.Event]:
    """The events to judge, most doubtful first."""
    doubt: Any = Value(0)
    for condition, weight in WEIGHTS:
        doubt = doubt + Case(When(condition, then=Value(weight)), default=Value(0), output_field=IntegerField())
    rows = asking.events(asked).filter(accepted=False, rejected=False)
    return rows.annotate(doubt=doubt).order_by("-doubt", "-since", "id")


@needs("reviewer")
def queue(request: HttpRequest) -> HttpResponseBase:
    """The first of the queue with all that is needed to judge it, and what comes after it."""
    asked = asking.read(request.GET)
    rows = queued(asked)
    skip = request.GET.get("skip", "0")
    passed = min(int(skip), 100_000) if skip.isascii() and skip.isdecimal() and len(skip) < 7 else 0
    keys = list(rows.values_list("id", flat=True)[passed : passed + SHOWN])
    there = models.Event.objects.in_bulk(keys)
    listed = of([there[key] for key in keys if key in there])
    first: dict[str, Any] | None = None
    if listed:
        page = event_page.event(request, listed[0]["id"])
        first = {**page.data, **page.extra}
    own = models.Correction.objects.filter(withdrawn=False, author=request.visitor.name).order_by("-at").first()
    query = asked.address()
    context = {
        "title": "Review", "first": first, "event": listed[0] if listed else None, "rest": listed[1:],
        "left": rows.count(), "judged": models.Correction.objects.filter(withdrawn=False).count(),
        "last": {"id": own.id, "what": own.what, "field": own.field, "value": own.value} if own else None,
        "asked": asked, "query": query, "passed": passed,
        "pass": f"/review?{query + '&' if query else ''}skip={passed + 1}",
        "here_again": request.get_full_path(),
        "told": [{"label": label, "without": without} for label, without in asked.told()],
    }  # fmt: skip
    return render(request, "room/review.html", context)
