"""One view, four forms at one address: the page, and the same data as `.json`, `.csv` and `.atom`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed

from communique.export.cells import safe_cell


@dataclass(frozen=True, slots=True)
class Table:
    """The view as rows. `rows` is read once, when the table is asked for."""

    columns: Sequence[str]
    rows: Callable[[], Iterable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `key` never changes; `changed` is when the record last said something new of it."""

    key: str
    title: str
    address: str
    words: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """What a view gives: plain data for everyone, and what only one of the forms needs."""

    template: str
    title: str
    data: Mapping[str, Any] = field(default_factory=dict)
    table: Table | None = None
    feed: Callable[[], Iterable[Entry]] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)  # for the page alone: charts, forms


class Form:
    """The ending of an address that says in which form: "", ".json", ".csv" or ".atom"."""

    regex = r"(?:\.(?:json|csv|atom))?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def twin(view: Callable[..., Page]) -> Callable[..., HttpResponseBase]:
    """A view of four forms from a function that gives a `Page`."""

    @wraps(view)
    def shown(request: HttpRequest, form: str = "", **named: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return HttpResponse("only reading here", status=405, content_type="text/plain")
        page = view(request, **named)
        if isinstance(page, HttpResponseBase):
            return page
        if form == ".json":
            return HttpResponse(json.dumps(page.data, ensure_ascii=False, indent=1), content_type="application/json")
        if form == ".csv":
            return _csv(request, page)
        if form == ".atom":
            return _atom(request, page)
        forms = [".json", *([".csv"] if page.table else []), *([".atom"] if page.feed else [])]
        context = {"title": page.title, "forms": _addresses(request, forms), **page.data, **page.extra}
        return render(request, f"room/{page.template}.html", context)

    return shown


def _addresses(request: HttpRequest, forms: Sequence[str]) -> list[tuple[str, str]]:
    """The other forms of this page: name and address, the question kept, the page number dropped."""
    asked = request.GET.copy()
    asked.pop("page", None)
    query = f"?{asked.urlencode()}" if asked else ""
    path = "/index" if request.path == "/" else request.path
    return [(form[1:].upper() if form != ".atom" else "Atom", f"{path}{form}{query}") for form in forms]


def _csv(request: HttpRequest, page: Page) -> HttpResponseBase:
    if page.table is None:
        raise Http404("this page has no table")
    table = page.table

    def lines() -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        if request.GET.get("bom"):
            buffer.write("\ufeff")
        writer.writerow(table.columns)
        for row in table.rows():
            writer.writerow([safe_cell(cell(row.get(name))) for name in table.columns])
            if buffer.tell() > 60_000:
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue()

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{request.path.strip("/").replace("/", "-") or "room.csv"}"'
    return answer


def cell(value: object) -> str:
    """A value as one cell: lists are joined, unknown is empty."""
    if value is None or value == [] or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(cell(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {cell(item)}" for key, item in value.items() if item not in (None, [], ""))
    return str(value)


def _atom(request: HttpRequest, page: Page) -> HttpResponse:
    if page.feed is None:
        raise Http404("this page has no feed")
    from communique.room.project import current

    name = current().name
    here = request.build_absolute_uri(request.path.removesuffix(".atom") + (
        f"?{request.GET.urlencode()}" if request.GET and "key" not in request.GET else ""))  # fmt: skip
    feed = Atom1Feed(title=_printable(f"{page.title} · {name}"), link=here, description="", feed_url=None,
                     feed_guid=f"tag:communique,2024:{name}{request.path}")  # fmt: skip
    for entry in page.feed():
        feed.add_item(
            title=_printable(entry.title), link=request.build_absolute_uri(entry.address),
            description=_printable(entry.words), unique_id=f"tag:communique,2024:{entry.key}",
            updateddate=entry.changed, pubdate=entry.changed,
        )  # fmt: skip
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _printable(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or c.isprintable())
