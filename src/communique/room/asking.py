"""What an address asks for: words, who, what, when, where. Facets are counts of what one more word would leave."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import connections
from django.db.models import Case, CharField, Count, F, Q, QuerySet, When
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import Exact

from communique.room import words
from communique.room.project import current
from communique.store import models

MODALITIES = tuple(words.MODALITIES)
REVIEWED = {"accepted": "accepted", "rejected": "rejected", "open": "not yet reviewed"}
ORIGINS = {"1": "one origin", "2": "two origins or more"}
MOST_HITS = 2_000  # reports that a search for words goes on from
RANKED = 4_000  # reports that are ordered by how well the words fit


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked. `wrong` says in words what of the address could not be understood; it is then left out."""

    q: str = ""
    country: tuple[str, ...] = ()
    person: str = ""
    kind: str = ""
    type: str = ""
    modality: str = ""
    year: str = ""
    since: str = ""
    until: str = ""
    place: str = ""
    origins: str = ""
    contested: str = ""
    reviewed: str = ""
    wrong: tuple[str, ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self) if f.name != "wrong")

    def address(self, **changes: Any) -> str:
        """The query of an address that asks this with changes; empty values fall away."""
        asked = replace(self, **changes)
        pairs = [("country", c) for c in asked.country]
        pairs += [(f.name, getattr(asked, f.name)) for f in fields(self) if f.name not in ("country", "wrong")]
        return urlencode([(name, value) for name, value in pairs if value])

    def told(self) -> list[tuple[str, str]]:
        """What is asked, in words, each with the address that leaves it out."""
        said = [(f"“{self.q}”", self.address(q=""))] if self.q else []
        said += [(words.country(c), self.address(country=tuple(o for o in self.country if o != c)))
                 for c in self.country]  # fmt: skip
        labels = {
            "person": self.person, "kind": words.kind(self.kind), "type": words.TYPES.get(self.type, self.type),
            "modality": words.MODALITIES.get(self.modality, ""), "year": self.year,
            "since": f"from {words.day(self.since)}", "until": f"until {words.day(self.until)}",
            "place": f"in {self.place}", "origins": ORIGINS.get(self.origins, ""),
            "contested": "reports disagree", "reviewed": REVIEWED.get(self.reviewed, ""),
        }  # fmt: skip
        said += [(label, self.address(**{name: ""})) for name, label in labels.items() if getattr(self, name)]
        return said


def read(query: Mapping[str, Any]) -> Asked:
    """What a query string asks. Never raises: what is not understood is left out and told in `wrong`."""
    wrong: list[str] = []

    def one(name: str, allowed: Sequence[str] = ()) -> str:
        value = str(query.get(name, "")).replace("\x00", "").strip()[:200]
        if value and allowed and value not in allowed:
            wrong.append(f"{name} {value!r} is none of {', '.join(allowed)}")
            return ""
        return value

    def day(name: str) -> str:
        value = one(name)
        try:
            return date.fromisoformat(value).isoformat() if value else ""
        except ValueError:
            wrong.append(f"{value!r} is no day; write it like 2024-03-28")
            return ""

    listed = query.getlist("country") if hasattr(query, "getlist") else query.get("country", ())
    codes = []
    for value in (part for text in listed for part in str(text).replace(",", " ").split()):
        code = _code(value)
        if code and code not in codes:
            codes.append(code)
        elif not code:
            wrong.append(f"{value[:40]!r} is no country; use its three letters, as in KAZ")
    year = one("year")
    if year and not (year.isascii() and year.isdecimal() and 1 <= int(year) <= 9999):
        wrong.append(f"{year!r} is no year")
        year = ""
    return Asked(
        q=one("q"), country=tuple(codes[:10]), person=one("person"), kind=one("kind"), type=one("type").upper(),
        modality=one("modality", MODALITIES), year=year, since=day("since"), until=day("until"), place=one("place"),
        origins=one("origins", tuple(ORIGINS)), contested=one("contested", ("1",)),
        reviewed=one("reviewed", tuple(REVIEWED)), wrong=tuple(wrong),
    )  # fmt: skip


def _code(value: str) -> str | None:
    """The code of a country given by code or by name."""
    if value.upper() in words.countries():
        return value.upper()
    return next((code for code, name in words.countries().items() if name.lower() == value.lower()), None)


def page_of(query: Mapping[str, Any]) -> int:
    """The page that is asked for, from 1."""
    value = str(query.get("page", "1"))
    return min(max(int(value), 1), 100_000) if value.isascii() and value.isdecimal() and len(value) < 7 else 1


# --- events -----------------------------------------------------------------------------------------------------------


def events(asked: Asked) -> QuerySet[models.Event]:
    """The events that are asked for, in no order."""
    rows = models.Event.objects.all()
    if asked.reviewed != "rejected":
        rows = rows.filter(rejected=False)
    for code in asked.country:
        rows = rows.filter(id__in=models.EventCountry.objects.filter(country=code).values("event"))
    for name in ("kind", "type", "modality"):
        if getattr(asked, name):
            rows = rows.filter(**{name: getattr(asked, name)})
    if asked.person:
        rows = rows.filter(who__icontains=asked.person)
    if asked.place:
        rows = rows.filter(place__icontains=asked.place)
    first, last = _reach(asked)
    if first:
        rows = rows.filter(end__gte=first)
    if last:
        rows = rows.filter(start__lte=last)
    if asked.origins:
        rows = rows.filter(origins_most=1) if asked.origins == "1" else rows.filter(origins_most__gte=2)
    if asked.contested:
        rows = rows.exclude(contested="")
    if asked.reviewed:
        rows = rows.filter(**{"accepted": {"accepted": True}, "rejected": {"rejected": True},
                              "open": {"accepted": False, "rejected": False}}[asked.reviewed])  # fmt: skip
    if asked.q:
        told = models.Mention.objects.filter(report__in=hits(asked.q), event__isnull=False)
        rows = rows.filter(id__in=set(told.values_list("event", flat=True)))  # found once, then counted and sorted
    return rows


def _reach(asked: Asked) -> tuple[date | None, date | None]:
    first = date.fromisoformat(asked.since) if asked.since else None
    last = date.fromisoformat(asked.until) if asked.until else None
    if asked.year:
        year = int(asked.year)
        first = max(first or date.min, date(year, 1, 1))
        last = min(last or date.max, date(year, 12, 31))
    return first, last


def by_day(rows: QuerySet[models.Event], *, latest: bool = False) -> QuerySet[models.Event]:
    """Events in the order of their days, those without one last."""
    start = F("start").desc(nulls_last=True) if latest else F("start").asc(nulls_last=True)
    return rows.order_by(start, "id")


# --- reports ----------------------------------------------------------------------------------------------------------


def reports(asked: Asked) -> tuple[QuerySet[models.Report], list[str] | None]:
    """The reports that are asked for, and their order where words are asked for: best first."""
    rows = models.Report.objects.all()
    structured = replace(asked, q="", since="", until="", year="")
    if structured:
        told = models.Mention.objects.filter(event__in=events(structured).values("id")).values("report")
        rows = rows.filter(id__in=told)
    first, last = _reach(asked)
    if first:
        rows = rows.filter(written__gte=first)
    if last:
        rows = rows.filter(written__lte=last)
    if not asked.q:
        return rows, None
    found = hits(asked.q)
    if not structured and not first and not last:
        return rows.filter(id__in=found), found
    kept = set(rows.filter(id__in=found).values_list("id", flat=True))
    return rows.filter(id__in=kept), [key for key in found if key in kept]


def hits(text: str, most: int = MOST_HITS) -> list[str]:
    """The reports whose title or text has all the words, no more than `most`.

    Best first; where more than `RANKED` have them the words tell little apart, and those added last come first.
    """
    terms = ["".join(c if c.isalnum() else " " for c in part) for part in text.split()]
    listed = [term for part in terms for term in part.split()][:20]
    if not listed:
        return []
    connection = connections[current().alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            match = " ".join(f'"{term}"' for term in listed)
            found = "FROM report_search WHERE report_search MATCH %s"
            cursor.execute(f"SELECT count(*) FROM (SELECT rowid {found} LIMIT {RANKED + 1})", [match])
            order = "rank" if cursor.fetchone()[0] <= RANKED else "rowid DESC"
            cursor.execute(f"SELECT report {found} ORDER BY {order} LIMIT %s", [match, most])
        else:
            said = " ".join(listed)
            found = "FROM report WHERE search @@ plainto_tsquery('english', %s)"
            cursor.execute(f"SELECT count(*) FROM (SELECT 1 {found} LIMIT {RANKED + 1}) AS first", [said])
            if cursor.fetchone()[0] <= RANKED:
                ranked = f"SELECT id {found} ORDER BY ts_rank(search, plainto_tsquery('english', %s)) DESC, id LIMIT %s"
                cursor.execute(ranked, [said, said, most])
            else:
                cursor.execute(f"SELECT id {found} ORDER BY added DESC, id LIMIT %s", [said, most])
        return [row[0] for row in cursor.fetchall()]


def excerpts(text: str, keys: Sequence[str]) -> dict[str, list[tuple[str, bool]]]:
    """Report -> a stretch of its text with the words asked for, as (text, is it one of the words)."""
    stems = {word.lower().rstrip("s")[:12] for word in "".join(c if c.isalnum() else " " for c in text).split()}
    rows = models.Report.objects.filter(id__in=list(keys), text__isnull=False).values_list("id", "text")
    return {key: list(_excerpt(body, stems)) for key, body in rows}


def _excerpt(body: str, stems: set[str], width: int = 260) -> Iterator[tuple[str, bool]]:
    import re

    found = [m for m in re.finditer(r"\w+", body) if any(m[0].lower().startswith(stem) for stem in stems if stem)]
    start = max(0, found[0].start() - 70) if found else 0
    start = body.find(" ", start) + 1 if start else 0
    end = min(len(body), start + width)
    end = body.rfind(" ", start, end) if end < len(body) else end
    at = start
    yield ("… " if start else ""), False
    for match in found:
        if match.start() >= at and match.end() <= end:
            yield body[at : match.start()], False
            yield match[0], True
            at = match.end()
    yield body[at:end] + (" …" if end < len(body) else ""), False


# --- facets -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow what is asked: its values with how many events each would leave."""

    name: str
    label: str
    values: tuple[tuple[str, str, int, str], ...]  # value, label, count, query of the address


def facets(asked: Asked, rows: QuerySet[models.Event], *, most: int = 12) -> list[Facet]:
    """The ways to narrow what is asked, each with counts, commonest first; years in order. `rows` is what it asks."""
    counts = counted(rows)
    found = []
    if len(asked.country) < 2:
        common = [(c, n) for c, n in _commonest(counts["country"]) if c not in asked.country][:most]
        values = [(c, words.country(c), n, asked.address(country=(*asked.country, c))) for c, n in common]
        found.append(Facet("country", "Country", tuple(values)))
    for name, label, say in (
        ("kind", "What", words.kind),
        ("modality", "Did it happen", lambda value: words.MODALITIES.get(value, value)),
    ):
        if not getattr(asked, name):
            common = _commonest(counts[name])[:most]
            found.append(Facet(name, label, _linked(asked, name, [(v, str(say(v)), n) for v, n in common])))
    if not asked.year and not (asked.since or asked.until):
        years = sorted(counts["year"].items(), reverse=True)[:40]
        found.append(Facet("year", "Year", _linked(asked, "year", [(y, y, n) for y, n in years])))
    if not asked.origins:
        values_ = [(v, label, counts["origins"][v]) for v, label in ORIGINS.items()]
        found.append(Facet("origins", "On how many sources", _linked(asked, "origins", values_)))
    if not asked.contested:
        values_ = [("1", "reports disagree", counts["contested"]["1"])]
        found.append(Facet("contested", "Contested", _linked(asked, "contested", values_)))
    if not asked.reviewed and counts["reviewed"]["accepted"]:
        values_ = [(v, REVIEWED[v], counts["reviewed"][v]) for v in ("accepted", "open")]
        found.append(Facet("reviewed", "Reviewed", _linked(asked, "reviewed", values_)))
    return [facet for facet in found if facet.values and not _says_nothing(facet)]


def counted(rows: QuerySet[models.Event]) -> dict[str, Counter[str]]:
    """How many events there are of each country, kind, modality, year, number of origins ...: one look at an index."""
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("country", "kind", "modality", "year", "origins", "contested", "reviewed")
    }
    fields = ("countries", "kind", "modality", "year", "origins_most", "contested", "accepted", "rejected")
    grouped = rows.annotate(year=year_of("start")).order_by().values(*fields).annotate(n=Count("*"))
    for countries, kind, modality, year, origins, contested, accepted, rejected, n in grouped.values_list(*fields, "n"):
        for code in countries.split():
            counts["country"][code] += n
        counts["kind"][kind] += n
        counts["modality"][modality] += n
        if year:
            counts["year"][year] += n
        counts["origins"]["1" if origins <= 1 else "2"] += n
        counts["contested"]["1" if contested else ""] += n
        counts["reviewed"]["accepted" if accepted else "rejected" if rejected else "open"] += n
    return counts


def year_of(field: str) -> Any:
    """The year of a day, as text, in the database's own words."""
    return Substr(Cast(field, CharField()), 1, 4)


def month_of(field: str) -> Any:
    """The month of a day, "2024-04", in the database's own words."""
    return Substr(Cast(field, CharField()), 1, 7)


def step_of(first: str, last: str) -> Any:
    """The month in which something took place, or its year, where no month is known, or its first year."""
    one_month = Q(**{f"{last}__isnull": False}) & Exact(month_of(first), month_of(last))
    return Case(When(one_month, then=month_of(first)), default=year_of(first), output_field=CharField())


def _commonest(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _linked(asked: Asked, name: str, values: list[tuple[str, str, int]]) -> tuple[tuple[str, str, int, str], ...]:
    return tuple((v, label, n, asked.address(**{name: v})) for v, label, n in values if n)


def _says_nothing(facet: Facet) -> bool:
    return len(facet.values) == 1 and facet.name in ("origins", "reviewed")


def months_between(first: date, last: date) -> Iterator[str]:
    """The months from one day to another: "2024-03", "2024-04" ..."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield f"{year:04d}-{month:02d}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def days_of_month(month: str) -> tuple[date, date]:
    """The first and last day of a month like "2024-04". Raises ValueError for what is no month."""
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
