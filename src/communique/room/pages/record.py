"""About the record: what was read, what failed, where months are missing, how to cite it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from communique.room import framing
from communique.room.kept import kept
from communique.room.project import current
from communique.room.twins import Page, Table
from communique.store import judged, models, reports


def about(request: HttpRequest) -> Page:
    """The record itself."""
    alias = current().alias

    def gathered() -> dict[str, Any]:
        found = reports.coverage(alias)
        found["months"] = [dict(row) for row in found["months"]]
        return dict(found)

    found = kept("coverage", gathered)
    runs = reports.runs(alias)
    covers = kept("covers", framing.covers)
    failures = [
        {"run": run.began.isoformat(), "what": run.what, "failures": run.failures}
        for run in models.Run.objects.exclude(failures=[]).order_by("-began")[:20]
    ]
    data = {
        "coverage": found, "runs": runs[:100], "runs_in_all": len(runs), "failures": failures,
        "corrections": models.Correction.objects.filter(withdrawn=False).count(),
        "orphaned": len(judged.orphans(alias)), "coder": covers["coder"],
    }  # fmt: skip
    columns = ("month", "reports")
    extra = {"highest": max((m["reports"] for m in found["months"]), default=1)}
    return Page("record", "About this record", data, Table(columns, lambda: found["months"]), None, extra)
