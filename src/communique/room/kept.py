"""Answers about the whole record that are dear to compute: kept a while, renewed behind the readers' backs.

What took less than `CHEAP` seconds is never kept, so in a record of some thousand reports every page is of this moment.
Beyond that an answer is renewed after `FRESH` seconds, or thirty times as long as it took, when somebody asks; nobody
waits for it but the first, and `warm` is the first, before the room opens.
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
    found: tuple[float, float, Any] | None = cache.get(key)
    if found is None:
        return _make(key, make)
    made, took, value = found
    if time.time() - made > max(FRESH, 30 * took) and cache.add(f"{key}:busy", 1, timeout=120):
        threading.Thread(target=_renew, args=(key, make), daemon=True).start()
    answer: T = value
    return answer


def _make(key: str, make: Callable[[], T]) -> T:
    began = time.perf_counter()
    value = make()
    took = time.perf_counter() - began
    if took >= CHEAP:
        cache.set(key, (time.time(), took, value), timeout=LASTS)
    return value


def _renew(key: str, make: Callable[[], Any]) -> None:
    try:
        _make(key, make)
    finally:
        cache.delete(f"{key}:busy")
        connections.close_all()


def warm() -> None:
    """Make the answers that the front page and the lists need, so that the first reader does not wait for them."""
    from communique.room import asking, framing
    from communique.room.charts import world
    from communique.room.pages import countries, front, months

    nothing = asking.Asked()
    rows = asking.events(nothing)
    kept("covers", framing.covers)
    kept("pairs", front.pairs)
    kept("first pairs", front.first_pairs)
    kept("countries", countries.counts)
    kept("months", months.months)
    kept("facets", lambda: asking.facets(nothing, rows))
    kept("total events", lambda: rows.count())
    world.shaded({})
