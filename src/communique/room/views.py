"""How often the page of a report was opened in this room, and when a lone reader was here before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import DatabaseError
from django.db.models import F

from communique.room.models import Kept, Opened


def opened(report: str) -> int:
    """How often, up to now."""
    return Opened.objects.filter(report=report).values_list("count", flat=True).first() or 0


def count(report: str) -> int:
    """One time more; how often with this one. A room that cannot write now counts nothing."""
    try:
        if not Opened.objects.filter(report=report).update(count=F("count") + 1):
            Opened.objects.create(report=report, count=1)
    except DatabaseError:  # two readers open it for the first time at once, or the disk is full: reading goes on
        pass
    return max(opened(report), 1)


def visit() -> datetime | None:
    """When the visit before this one ended, for one who reads alone; an hour away begins a new visit."""
    now = datetime.now(UTC)
    kept = {row.key: row.value for row in Kept.objects.filter(key__in=("visit", "visit before"))}
    last = datetime.fromisoformat(kept["visit"]) if "visit" in kept else None
    try:
        if last is None or now - last > timedelta(hours=1):
            before = last
            if before:
                Kept.objects.update_or_create(key="visit before", defaults={"value": before.isoformat()})
        else:
            before = datetime.fromisoformat(kept["visit before"]) if "visit before" in kept else None
        if last is None or now - last > timedelta(minutes=1):
            Kept.objects.update_or_create(key="visit", defaults={"value": now.isoformat()})
    except DatabaseError:  # two pages at once: one of them writes it down
        return last
    return before
