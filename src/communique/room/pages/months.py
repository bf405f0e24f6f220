"""Months: what happened in each, and the list of all of them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest

from communique.room import asking, showing, words
from communique.room.asking import month_of, step_of
from communique.room.kept import kept
from communique.room.pages.search import of
from communique.room.twins import Page, Table
from communique.store import models

MOST = 120


def index(request: HttpRequest) -> Page:
    """All months that have an event or a report."""
    rows = kept("months", months)
    years: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        years.setdefault(str(row["month"])[:4], []).append(row)
    return Page("months", "Months", {"months": rows},
                Table(("month", "events", "reports"), lambda: rows),
                None, {"years": sorted(years.items(), reverse=True),
                       "highest": max((int(str(r["events"])) for r in rows), default=1)})  # fmt: skip


def months() -> list[dict[str, object]]:
    """Each month with the events that are known to fall into it and the reports written in it."""
    happened = _by_month(models.Event.objects.filter(rejected=False, start__isnull=False), step_of("start", "end"))
    written = _by_month(models.Report.objects.filter(written__isnull=False), month_of("written"))
    return [
        {"month": month, "address": f"/months/{month}", "events": happened[month], "reports": written[month]}
        for month in sorted(happened.keys() | written.keys())
    ]


def _by_month(rows: Any, month: Any) -> Counter[str]:
    counted = rows.annotate(month=month).order_by().values("month").annotate(n=Count("*")).values_list("month", "n")
    return Counter({name: n for name, n in counted if len(name) == 7})


def month(request: HttpRequest, name: str) -> Page:
    """One month, day by day."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", name) or name.startswith("0000"):
        raise Http404(f"{name} is no month; write it like 2024-04")
    first, last = asking.days_of_month(name)
    within = models.Event.objects.filter(rejected=False, start__gte=first, end__lte=last)
    total = within.count()
    rows = of(asking.by_day(within)[:MOST])
    beyond = Q(start__lt=first) | Q(end__gt=last)
    spanning = models.Event.objects.filter(beyond, rejected=False, start__lte=last, end__gte=first)
    pairs = Counter(tuple(row["countries"]) for row in rows if len(row["countries"]) == 2)
    reports = models.Report.objects.filter(written__gte=first, written__lte=last).defer(*showing.LIGHT)
    known = [str(row["month"]) for row in kept("months", months)]
    data = {
        "month": name,
        "events": rows,
        "total": total,
        "spanning": showing.events(asking.by_day(spanning, latest=True)[:30]),
        "reports": showing.reports(reports.order_by("written", "id")[:50]),
        "reports_in_all": reports.count(),
        "pairs": [
            {"name": words.pair_name(*pair), "address": f"/pairs/{pair[0]}-{pair[1]}", "events": n}
            for pair, n in pairs.most_common(10)
        ],
        "previous": max((m for m in known if m < name), default=None),
        "next": min((m for m in known if m > name), default=None),
    }
    table = Table(showing.EVENT_COLUMNS, lambda: showing.events(asking.by_day(within).iterator(chunk_size=200)))
    return Page("month", words.month(name), data, table, None, {"asked_month": f"since={first}&until={last}"})
