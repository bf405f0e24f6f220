"""How often the page of a report was opened in this room."""

from __future__ import annotations

from django.db import DatabaseError
from django.db.models import F

from communique.room.models import Opened


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
