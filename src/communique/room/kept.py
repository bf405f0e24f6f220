"""Answers about the whole record that are dear to compute: kept a while, renewed behind the readers' backs.

What took less than `CHEAP` seconds is never kept, so in a record of some thousand reports every page is of this moment.
Beyond that an answer is at most `FRESH` seconds old when somebody reads often, and nobody waits for it but the first.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

from django.core.cache import cache
from django.db import connections

from communique.room.project import current

CHEAP, FRESH, LASTS = 0.05, 30, 3600
T = TypeVar("T")


def kept(name: str, make: Callable[[], T]) -> T:
    """The answer `make` gives, or gave not long ago. `name` tells it from others of this record."""
    key = f"{current().alias}:{quote(name)[:150]}"
    found: tuple[float, Any] | None = cache.get(key)
    if found is None:
        return _make(key, make)
    made, value = found
    if time.time() - made > FRESH and cache.add(f"{key}:busy", 1, timeout=120):
        threading.Thread(target=_renew, args=(key, make), daemon=True).start()
    answer: T = value
    return answer


def _make(key: str, make: Callable[[], T]) -> T:
    began = time.perf_counter()
    value = make()
    if time.perf_counter() - began >= CHEAP:
        cache.set(key, (time.time(), value), timeout=LASTS)
    return value


def _renew(key: str, make: Callable[[], Any]) -> None:
    try:
        cache.set(key, (time.time(), make()), timeout=LASTS)
    finally:
        cache.delete(f"{key}:busy")
        connections.close_all()
