"""What stands on every page: the room's name, the visitor, the look that was chosen, what the record covers."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from django.http import HttpRequest

from communique.room.guarding import NOBODY
from communique.room.kept import kept
from communique.room.project import FOLDER, current
from communique.store import models

STATIC = FOLDER / "static" / "room"
SIZES = ("1", "2", "3")
THEMES = ("auto", "light", "dark")
NAV = (
    ("/pairs", "Relations"), ("/countries", "Countries"), ("/people", "People"), ("/instruments", "Agreements"),
    ("/events", "Events"), ("/reports", "Reports"), ("/months", "Months"),
)  # fmt: skip
ALSO = (("/review", "Review"),)


@lru_cache(maxsize=1)
def version() -> str:
    """A digest of the static files: their addresses change when they do, so a browser may keep them for ever."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(STATIC)).encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def asset(name: str) -> str:
    """The address of a static file."""
    return f"/static/{version()}/{name}"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Django's context processor."""
    visitor = getattr(request, "visitor", NOBODY)
    size, theme = request.COOKIES.get("size", "1"), request.COOKIES.get("theme", "auto")
    framed: dict[str, Any] = {
        "room": current(),
        "visitor": visitor,
        "size": size if size in SIZES else "1",
        "theme": theme if theme in THEMES else "auto",
        "static": asset("").rstrip("/"),
        "sizes": [("1", "Normal"), ("2", "Larger"), ("3", "Largest")],
        "themes": [("auto", "as the system"), ("light", "light"), ("dark", "dark")],
        "nav": [*NAV, *(ALSO if visitor.reviews and not current().fixed else ())],
        "here": "/" + request.path.strip("/").split("/")[0],
    }
    if visitor.role != "nobody":
        framed["covers"] = kept("covers", covers)
    return framed


def covers() -> dict[str, Any]:
    """What the record covers, in numbers: reports, families of copies, events, first and last day of writing."""
    from django.db.models import Count, Max, Min

    reports = models.Report.objects.aggregate(
        n=Count("*"), families=Count("family", distinct=True), dated=Count("written"),
        first=Min("written"), last=Max("written"),
    )  # fmt: skip
    last_run = models.Run.objects.order_by("-began").first()
    failures = sum(len(f) for f in models.Run.objects.values_list("failures", flat=True) if isinstance(f, list))
    return {
        "reports": reports["n"],
        "families": reports["families"],
        "undated": reports["n"] - reports["dated"],
        "first": reports["first"],
        "last": reports["last"],
        "events": models.Event.objects.filter(rejected=False).count(),
        "failures": failures,
        "coder": last_run.coder if last_run else "",
        "added": last_run.began if last_run else None,
    }
