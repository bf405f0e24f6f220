"""Answers and pages that are dear to make: kept a while, answers renewed behind the readers' backs.

What took less than `CHEAP` seconds is never kept, so in a record of some thousand reports every page is of this moment.
Beyond that an answer is renewed after `FRESH` seconds, or thirty times as long as it took, when somebody asks; nobody
waits for it but the first, and `warm` is the first, before the room opens. Where the record is `LARGE`, lists and
overviews of the lone reader's room are given again for `BRIEF` seconds as they are.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

from django.core.cache import cache
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from communique.room.project import current

CHEAP, FRESH, LASTS = 0.05, 30, 3600
BRIEF, LARGE = 10, 20_000  # seconds; reports
_OVERVIEWS = re.compile(r"/|/(?:index|events)|/(?:pairs|countries|people|instruments|months)(?:/[A-Za-z0-9-]+)?")
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


def pages(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: pages made a moment ago are given again. What is written through this process ends that."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not cache.get(f"{current().alias}:large") or current().team:
            return get_response(request)
        if request.method != "GET":
            if request.method != "HEAD":
                cache.set(f"{current().alias}:written", time.time(), timeout=LASTS)
            return get_response(request)
        look = "".join(request.COOKIES.get(name, "-")[:8] for name in ("size", "theme"))
        key = f"{current().alias}:page:{quote(request.get_full_path())[:150]}:{quote(look)}:{request.get_host()}"
        found: tuple[float, bytes, str] | None = cache.get(key)
        if found is not None and found[0] > cache.get(f"{current().alias}:written", 0.0):
            return HttpResponse(found[1], content_type=found[2])
        began = time.time()
        response = get_response(request)
        if isinstance(response, HttpResponse) and time.time() - began >= CHEAP and _is_for_all(request, response):
            cache.set(key, (began, response.content, response.headers["Content-Type"]), timeout=BRIEF)
        return response

    return answer


def _is_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """An overview that holds nothing of one browser: no cookie, no form with its token."""
    own = bool(response.cookies) or bool(request.META.get("CSRF_COOKIE_NEEDS_UPDATE"))
    long = len(quote(request.get_full_path())) > 150
    return response.status_code == 200 and not (own or long) and bool(_OVERVIEWS.fullmatch(request.path))


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
    from communique.store import models

    large = models.Report.objects.count() >= LARGE
    cache.set(f"{current().alias}:large", large, timeout=None)
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
