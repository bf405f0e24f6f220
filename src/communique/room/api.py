"""The JSON API, described by OpenAPI at /api/openapi.json and in words at /api/docs.

It gives what the pages give, under names that stay; lists come in pages of at most 200. Reading needs what reading the
pages needs. Corrections are sent from a session, with the token of any form of its pages in the header X-CSRFToken.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from ninja import NinjaAPI, Path, Query, Schema, Status
from ninja.errors import HttpError
from ninja.utils import check_csrf
from pydantic import ConfigDict, Field

from communique.errors import RecordError
from communique.export.json import coding_to_dict
from communique.room import asking, showing, words
from communique.room.accounts import deeds, limits
from communique.room.pages import countries, dossier, event, front, instruments, months, people
from communique.room.project import current
from communique.room.twins import Page
from communique.store import Record, dossiers, judged, models, reports

MOST = 200
api = NinjaAPI(
    title="Communiqué reading room", version="1", docs_url=None, openapi_url="openapi.json", urls_namespace="api",
    description="The record of this room: who did what, with or to whom, when, where, and on whose word.",
)  # fmt: skip

Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Code = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3")]
Acting = Annotated[str, Field(pattern=r"^([A-Z]{3}|none)$", description="country acted for, or none")]
Key = Annotated[str, Field(pattern=r"^[0-9a-f]{1,64}$")]
Number = Annotated[int, Field(ge=1, le=100_000)]
Size = Annotated[int, Field(ge=1, le=MOST)]


class Party(Schema):
    name: str
    kind: str
    country: str | None
    role: str | None = None
    office: str | None = None


class EventLine(Schema):
    """An event as lists give it."""

    model_config = ConfigDict(extra="ignore")
    id: str
    address: str
    type: str | None
    kind: str
    cameo: str | None
    modality: str
    start: str | None
    end: str | None
    place: str | None
    place_country: str | None
    instrument: str | None
    parties: list[Party]
    countries: list[str]
    reports: int
    origins: list[int]
    contested: list[str]
    accepted: bool
    rejected: bool
    says: str
    changed: str


class ReportLine(Schema):
    """A report as lists give it."""

    model_config = ConfigDict(extra="ignore")
    id: str
    address: str
    title: str
    publisher: str | None
    agency: str | None
    written: str | None
    published: str | None
    claim_contradicted: bool
    section: str | None
    language: str | None
    words: int
    family: str
    events: int | None


class Events(Schema):
    total: int
    page: int
    left_out: list[str]
    events: list[EventLine]


class Reports(Schema):
    total: int
    page: int
    left_out: list[str]
    reports: list[ReportLine]


class Wrong(Schema):
    """What went wrong, in words."""

    detail: str


class Judgement(Schema):
    """A correction to write."""

    what: Literal["accept", "reject", "edit", "merge", "split"]
    targets: Annotated[list[Key], Field(min_length=1, max_length=50)]
    field: str | None = None
    value: Annotated[str, Field(max_length=200)] | None = None
    reason: Annotated[str, Field(max_length=400)] = ""


class Asking(Schema):
    """What is asked for; as in the addresses of the pages."""

    q: Annotated[str, Field(max_length=200, description="words of the reports")] = ""
    country: list[str] = Field(default=[], description="countries that all take part: KAZ, or a name")
    person: str = ""
    kind: str = ""
    type: str = ""
    modality: str = ""
    year: str = ""
    since: str = ""
    until: str = ""
    place: str = ""
    origins: str = Field(default="", description="1, or 2 for two and more")
    contested: str = ""
    reviewed: str = Field(default="", description="accepted, rejected or open")


def _asked(request: HttpRequest) -> asking.Asked:
    return asking.read(request.GET)


def _data(page: Page | Any) -> dict[str, Any]:
    """The data of a page; where a page leads elsewhere, the id is an old one."""
    if not isinstance(page, Page):
        raise HttpError(404, f"look at {page['Location']}")
    return dict(page.data)


def _query(**values: str) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update({name: value for name, value in values.items() if value})
    return made


@api.exception_handler(RecordError)
def _refused(request: HttpRequest, error: RecordError) -> HttpResponse:
    return api.create_response(request, {"detail": str(error)}, status=400)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": str(error) or "there is nothing here"}, status=404)


# --- lists ------------------------------------------------------------------------------------------------------------


@api.get("/events", response=Events, summary="Events that are asked for, latest first", tags=["search"])
def list_events(request: HttpRequest, asked: Query[Asking], page: Number = 1, size: Size = 50) -> dict[str, Any]:
    """Events by words, who, what, when and where. What could not be understood is told in `left_out`."""
    understood = _asked(request)
    rows = asking.events(understood)
    listed = asking.by_day(rows, latest=True)[(page - 1) * size : page * size]
    return {"total": rows.count(), "page": page, "left_out": understood.wrong, "events": showing.events(listed)}


@api.get("/reports", response=Reports, summary="Reports that are asked for", tags=["search"])
def list_reports(request: HttpRequest, asked: Query[Asking], page: Number = 1, size: Size = 50) -> dict[str, Any]:
    """Reports by their words, best first, or by the events that they tell of, latest first."""
    understood = _asked(request)
    rows, order = asking.reports(understood)
    rows = rows.defer(*showing.LIGHT)
    first = (page - 1) * size
    if order is None:
        from django.db.models import F

        listed = list(rows.order_by(F("written").desc(nulls_last=True), "id")[first : first + size])
        total = rows.count()
    else:
        there = rows.in_bulk(order[first : first + size])
        listed, total = [there[key] for key in order[first : first + size] if key in there], len(order)
    return {"total": total, "page": page, "left_out": understood.wrong, "reports": showing.reports(listed)}


@api.get("/pairs", response=list[dict[str, Any]], summary="All pairs of countries", tags=["relations"])
def list_pairs(request: HttpRequest) -> Any:
    """Pairs that take part in the same events, those with most events first, with events by month."""
    return front.pairs()


@api.get("/countries", response=dict[str, int], summary="Countries and their numbers of events", tags=["relations"])
def list_countries(request: HttpRequest) -> Any:
    """ISO 3166-1 alpha-3 codes."""
    return countries.counts()


@api.get(
    "/people", response=list[dict[str, Any]], summary="People, of one country or those named most", tags=["people"]
)
def list_people(request: HttpRequest, country: Code | None = None) -> Any:
    """Each with all names that reports give, the offices, and the number of reports."""
    found = [people._line(p) for p in people.of_country(country)] if country else people._most_named()
    return sorted(found, key=lambda p: (-p["reports"], p["name"]))


@api.get(
    "/instruments", response=list[dict[str, Any]], summary="Agreements, mechanisms, themed years", tags=["instruments"]
)
def list_instruments(request: HttpRequest, country: Code | None = None, kind: str = "") -> Any:
    """Each with where it stands and the steps that led there."""
    request.GET = _query(country=country or "", kind=kind)
    return instruments.index(request).data["instruments"]


@api.get("/months", response=list[dict[str, Any]], summary="Events and reports by month", tags=["record"])
def list_months(request: HttpRequest) -> Any:
    """Months that have an event or a report."""
    return months.months()


@api.get("/dyads", response=list[dict[str, Any]], summary="Events counted by pair of countries", tags=["relations"])
def list_dyads(
    request: HttpRequest,
    by: Literal["day", "month", "year"] = "month",
    country: Annotated[list[Code], Query()] = [],  # noqa: B006
) -> Any:
    """Events that occurred, by pair, period and type; one event counts once, however many report it."""
    return dossiers.dyads(current().alias, by=by, countries=country)


@api.get("/coverage", response=dict[str, Any], summary="What the record covers", tags=["record"])
def coverage(request: HttpRequest) -> Any:
    """Reports by month and publisher, months without a report, runs that were not finished."""
    return reports.coverage(current().alias)


@api.get("/digest", response={200: dict[str, Any], 400: Wrong}, summary="What the record has learned", tags=["record"])
def digest(request: HttpRequest, since: Day) -> Any:
    """New and changed events since a day (UTC)."""
    try:
        day = date.fromisoformat(since)
    except ValueError:
        return Status(400, {"detail": f"{since!r} is no day; write it like 2024-03-28"})
    return Status(200, dossiers.digest(current().alias, datetime.combine(day, time(), UTC)))


# --- one of a kind ----------------------------------------------------------------------------------------------------


@api.get("/events/{key}", response={200: dict[str, Any], 404: Wrong}, summary="One event", tags=["search"])
def one_event(request: HttpRequest, key: Path[Key]) -> Any:
    """Its fields with who gives them, witnesses by origin, corrections. An old id leads to the event of now."""
    return Status(200, _data(event.event(request, Record(current().alias, current().where).resolve(key) or key)))


@api.get(
    "/reports/{key}/coding",
    response={200: dict[str, Any], 404: Wrong},
    summary="The coding of a report",
    tags=["search"],
)
def one_coding(request: HttpRequest, key: Path[Key]) -> Any:
    """The JSON that `communique code` prints: what the coder found, without anybody's corrections."""
    if not models.Report.objects.filter(id=key).exists():
        return Status(404, {"detail": f"the record has no report {key}"})
    return Status(200, coding_to_dict(Record(current().alias, current().where).coding(key)))


@api.get("/reports/{key}", response={200: dict[str, Any], 404: Wrong}, summary="One report", tags=["search"])
def one_report(request: HttpRequest, key: Path[Key]) -> Any:
    """Its text, three dates, copies, and its records in the order of the text."""
    from communique.room.pages import report

    request.path += ".json"  # is not counted as opening the page
    return Status(200, _data(report.report(request, key)))


@api.get(
    "/pairs/{first}/{second}",
    response={200: dict[str, Any], 404: Wrong},
    summary="The dossier of two countries",
    tags=["relations"],
)
def one_pair(request: HttpRequest, first: Path[Code], second: Path[Code]) -> Any:
    """Summary, meetings, agreements, promises, statements, timeline, coverage."""
    if first == second or not {first, second} <= words.countries().keys():
        return Status(404, {"detail": "that is no pair of countries"})
    return Status(200, _data(dossier.gathered(sorted((first, second)))))


@api.get("/people/{country}/{name}", response={200: dict[str, Any], 404: Wrong}, summary="One person", tags=["people"])
def one_person(request: HttpRequest, country: Path[Acting], name: str) -> Any:
    """Offices, events, statements; `country` is the one acted for, or none."""
    found = people.named(None if country == "none" else country, name)
    if found is None:
        return Status(404, {"detail": "the record knows nobody of that name"})
    return Status(200, _data(people.of_person(found)))


@api.get(
    "/instruments/{key}",
    response={200: dict[str, Any], 404: Wrong},
    summary="One agreement or body",
    tags=["instruments"],
)
def one_instrument(request: HttpRequest, key: Path[Key]) -> Any:
    """Its steps, the events that changed it, where it is named."""
    page = instruments.instrument(request, key)
    if not isinstance(page, Page):
        page = instruments.instrument(request, page["Location"].split("/")[-1])
    return Status(200, _data(page))


# --- corrections ------------------------------------------------------------------------------------------------------


@api.get("/corrections", response=list[dict[str, Any]], summary="Corrections in force", tags=["corrections"])
def list_corrections(request: HttpRequest) -> Any:
    """As gold for scoring a coder: each with report, spans, and what is right."""
    return judged.gold(current().alias)


def _may_write(request: HttpRequest) -> None:
    if check_csrf(request) is not None:
        raise HttpError(403, "send the token of a form of this room in the header X-CSRFToken")
    if not request.visitor.reviews or current().fixed:
        raise HttpError(403, "this needs the role of a reviewer")
    if limits.spent(limits.WRITE, request.visitor.name):
        raise HttpError(429, "too many in a minute")


@api.post(
    "/corrections",
    response={201: dict[str, str], 400: Wrong, 403: Wrong, 429: Wrong},
    summary="Write a correction",
    tags=["corrections"],
)
def write_correction(request: HttpRequest, judgement: Judgement) -> Any:
    """accept, reject, edit, merge or split; `targets` are ids of events or mentions."""
    _may_write(request)
    key = Record(current().alias, current().where).correct(
        judgement.what, judgement.targets, author=request.visitor.name, reason=judgement.reason, field=judgement.field,
        value=judgement.value,
    )  # fmt: skip
    deeds.write(request, judgement.what, " ".join(judgement.targets), f"{judgement.field} {judgement.value}")
    return Status(201, {"id": key})


@api.delete(
    "/corrections/{key}",
    response={200: dict[str, str], 400: Wrong, 403: Wrong, 429: Wrong},
    summary="Take a correction back",
    tags=["corrections"],
)
def withdraw_correction(request: HttpRequest, key: Path[Key]) -> Any:
    """One's own, or anybody's for an editor; it stays listed in the record."""
    _may_write(request)
    row = models.Correction.objects.filter(id=key).first()
    if row is not None and row.author != request.visitor.name and not request.visitor.edits:
        raise HttpError(403, "this is another's correction; only they or an editor take it back")
    Record(current().alias, current().where).withdraw(key)
    deeds.write(request, "undo", key)
    return Status(200, {"withdrawn": key})


def docs(request: HttpRequest) -> HttpResponse:
    """The API in words: every operation with what it takes, from the OpenAPI description."""
    schema = api.get_openapi_schema()
    operations = [
        {"method": method.upper(), "path": path, "summary": one.get("summary", ""), "tag": (one.get("tags") or [""])[0],
         "description": one.get("description", ""),
         "parameters": [{"name": p["name"], "in": p["in"], "required": p.get("required", False),
                         "about": p["schema"].get("description", "")} for p in one.get("parameters", [])]}
        for path, methods in schema["paths"].items() for method, one in methods.items()
    ]  # fmt: skip
    return render(request, "room/api.html", {"title": "API", "operations": operations})
