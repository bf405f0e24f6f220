"""How often something may be tried: counted in the room's own tables, so that all of its processes count together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from communique.room.models import Tally


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in `minutes`."""

    name: str
    most: int
    minutes: int


LOGIN_NAME = Limit("login name", 10, 15)
LOGIN_ADDRESS = Limit("login address", 50, 15)
WRITE = Limit("write", 120, 1)
INTAKE = Limit("intake", 30, 60)


def spent(limit: Limit, who: str) -> bool:
    """Count one try; True when there have been too many."""
    key, now = f"{limit.name}:{who}"[:120], datetime.now(UTC)
    with transaction.atomic(using="default"):
        Tally.objects.filter(until__lt=now).delete()
        tally, new = Tally.objects.get_or_create(
            key=key, defaults={"count": 1, "until": now + timedelta(minutes=limit.minutes)}
        )
        if not new:
            Tally.objects.filter(key=key).update(count=F("count") + 1)
            tally.count += 1
    return tally.count > limit.most


def forget(limit: Limit, who: str) -> None:
    """Begin to count anew: after a login that went well."""
    Tally.objects.filter(key=f"{limit.name}:{who}"[:120]).delete()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the server sees it."""
    return str(request.META.get("REMOTE_ADDR", ""))[:60]
