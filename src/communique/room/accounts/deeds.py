"""The audit trail: written with every login and every change, read by editors."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from communique.room.accounts.limits import address_of
from communique.room.asking import page_of
from communique.room.models import Deed
from communique.room.project import current
from communique.room.twins import Page, Table

PER_PAGE = 100


def write(request: HttpRequest, what: str, target: str = "", detail: str = "", *, who: str = "") -> None:
    """Write down what the visitor did."""
    name = who or getattr(getattr(request, "visitor", None), "name", "")
    Deed.objects.create(
        who=name[:60], what=what[:40], target=target[:400], detail=detail[:4000], address=address_of(request)
    )


def trail(request: HttpRequest) -> Page:
    """What was done in this room, latest first; for editors."""
    if not request.visitor.edits or current().fixed:
        raise Http404("there is nothing here for you")
    rows = Deed.objects.order_by("-at", "-id")
    number, total = page_of(request.GET), rows.count()
    columns = ("at", "who", "what", "target", "detail", "address")

    def plain(deed: Deed) -> dict[str, str]:
        return {name: deed.at.isoformat() if name == "at" else getattr(deed, name) for name in columns}

    pages = max(1, -(-total // PER_PAGE))
    data = {
        "deeds": [plain(d) for d in rows[(number - 1) * PER_PAGE : number * PER_PAGE]], "total": total, "page": number,
        "pages": pages, "previous": f"page={number - 1}" if number > 1 else None,
        "next": f"page={number + 1}" if number < pages else None,
    }  # fmt: skip
    return Page("deeds", "Audit trail", data, Table(columns, lambda: (plain(d) for d in rows.iterator())))
