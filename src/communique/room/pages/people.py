"""People: offices over time, whom they met, what they said."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect

from communique.merging.people import Individual, PersonMention, merge_people
from communique.room import asking, showing, words
from communique.room.kept import kept
from communique.room.pages.search import of
from communique.room.prose import person_address
from communique.room.twins import Page, Table
from communique.store import models

MOST = 100


def index(request: HttpRequest) -> Page:
    """The people in most reports; of one country with ?country=KAZ."""
    asked = asking.read(request.GET)
    code = asked.country[0] if asked.country else ""
    by_country = kept("people by country", _countries)
    found = [_line(p) for p in of_country(code)] if code else kept("people", _most_named)
    if asked.q:
        found = [p for p in found if any(asked.q.lower() in n.lower() for n in p["names"])]
    found = sorted(found, key=lambda p: (-p["reports"], p["name"]))
    data = {"people": found[:300], "total": len(found), "country": code or None, "countries": by_country,
            "wrong": list(asked.wrong)}  # fmt: skip
    columns = ("name", "country", "reports", "offices", "names", "address")
    title = f"People of {words.country(code)}" if code else "People"
    return Page("people", title, data, Table(columns, lambda: found), None, {"asked": asked})


def _countries() -> list[dict[str, Any]]:
    counted = (
        models.PersonMention.objects.filter(country__isnull=False).values("country")
        .annotate(n=Count("name", distinct=True)).order_by("-n", "country").values_list("country", "n")
    )  # fmt: skip
    return [{"country": code, "name": words.country(code), "people": n} for code, n in counted]


def _most_named() -> list[dict[str, Any]]:
    """The people who are in most reports: the names told most often, each with its country's other names."""
    counted = (
        models.PersonMention.objects.values("name", "country").annotate(n=Count("id"))
        .order_by("-n", "name").values_list("name", "country", "n")[:3000]
    )  # fmt: skip
    mentions = [PersonMention(f"{i:06d}", "", name, country) for i, (name, country, _) in enumerate(counted)]
    numbers = {(name, country): n for name, country, n in counted}
    found = []
    for person in merge_people(mentions):
        told = sum(numbers[name, person.country] for name in person.names)
        found.append({"name": person.name, "names": list(person.names), "country": person.country, "reports": told,
                      "offices": [], "address": person_address(person.name, person.country)})  # fmt: skip
    return found


def of_country(code: str | None) -> list[Individual]:
    """The people of one country, merged from all reports."""

    def merge() -> list[Individual]:
        rows = models.PersonMention.objects.filter(country=code) if code else models.PersonMention.objects.filter(
            country__isnull=True)  # fmt: skip
        values = rows.values_list("id", "report", "name", "country", "offices", "report__written")
        return list(merge_people(
            PersonMention(key, report, name, country, tuple((o[0], o[1]) for o in offices), written)
            for key, report, name, country, offices, written in values
        ))  # fmt: skip

    return kept(f"people of {code}", merge)


def _line(person: Individual) -> dict[str, Any]:
    return {
        "name": person.name, "names": list(person.names), "country": person.country, "reports": len(person.reports),
        "offices": [t.title for t in person.offices], "address": person_address(person.name, person.country),
    }  # fmt: skip


def person(request: HttpRequest, country: str, name: str) -> Page | HttpResponseBase:
    """One person, by the country acted for and any of the names that reports give."""
    code = None if country == "none" else country
    found = named(code, name)
    if found is None:
        raise Http404(f"the record knows nobody called {name.replace('-', ' ')} who acts for {words.country(code)}")
    if words.slug(found.name) != name:
        tail = request.path.removeprefix(f"/people/{country}/{name}")
        return HttpResponseRedirect(person_address(found.name, code) + tail)
    return of_person(found)


def named(code: str | None, name: str) -> Individual | None:
    """The person of a country with this name, as it stands in addresses; None if there is nobody."""
    found = next((p for p in of_country(code) if any(words.slug(n) == name for n in p.names)), None)
    return found or _only_in_events(name, code)


def of_person(found: Individual) -> Page:
    """The page of a person."""
    rows = _events_of(found)
    events = of(rows[:MOST])
    met = _took_part_with(found, events)
    data = {
        "name": found.name, "names": list(found.names), "country": found.country,
        "offices": [
            {"title": t.title, "first": showing.iso(t.first), "last": showing.iso(t.last), "reports": list(t.reports),
             "in_table": t.in_table}
            for t in found.offices
        ],
        "events": events, "events_in_all": len(rows),
        "met": [{"name": n, "country": c, "events": k, "address": person_address(n, c)}
                for (n, c), k in met.most_common(20)],
        "statements": _statements(found),
        "reports": len(found.reports),
    }  # fmt: skip
    return Page("person", found.name, data, Table(showing.EVENT_COLUMNS, lambda: showing.events(rows)),
                lambda: showing.entries(sorted(rows, key=lambda e: e.since, reverse=True)[:50]))  # fmt: skip


def _took_part_with(person: Individual, events: list[dict[str, Any]]) -> Counter[tuple[str, str | None]]:
    """The others in these events, each under the usual name, with in how many events."""
    own = {words.slug(name) for name in person.names}
    usual: dict[tuple[str, str | None], str] = {}
    met: Counter[tuple[str, str | None]] = Counter()
    for row in events:
        for party in row["parties"]:
            key = (words.slug(party["name"]), party["country"])
            if party["kind"] != "person" or key[0] in own:
                continue
            if key not in usual:
                everyone = of_country(party["country"])
                same = next((p for p in everyone if any(words.slug(n) == key[0] for n in p.names)), None)
                usual[key] = same.name if same else party["name"]
            met[usual[key], party["country"]] += 1
    return met


def _events_of(person: Individual) -> list[models.Event]:
    from functools import reduce
    from operator import or_

    from django.db.models import Q

    named = reduce(or_, (Q(who__contains=name) for name in person.names[:12]))
    rows = models.Event.objects.filter(named, rejected=False)
    if person.country:
        rows = rows.filter(id__in=models.EventCountry.objects.filter(country=person.country).values("event"))
    slugs = {words.slug(name) for name in person.names}
    return [
        row for row in asking.by_day(rows, latest=True)
        if any(words.slug(p["name"]) in slugs and p["country"] == person.country for p in row.account["parties"])
    ]  # fmt: skip


def _only_in_events(name: str, code: str | None) -> Individual | None:
    """Somebody whom an event names as no report's list of people does."""
    rows = models.Event.objects.all()
    for word in name.split("-")[:4]:
        rows = rows.filter(who__icontains=word) if word.isascii() else rows
    for row in rows[:50]:
        for party in row.account["parties"]:
            if words.slug(party["name"]) == name and party["country"] == code:
                return Individual(name, party["name"], (party["name"],), code, (), (), ())
    return None


def _statements(person: Individual, most: int = 40) -> list[dict[str, Any]]:
    rows = models.Statement.objects.filter(speaker__in=person.names, country=person.country)
    return statements(rows.select_related("report").order_by("-day", "id")[: most * 3])[:most]


def statements(rows: Any) -> list[dict[str, Any]]:
    """Statements with their words; what copies of one text repeat is one."""
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for row in rows:
        text = row.report.text
        quote = " ".join(" ".join(text[a:b] for a, b in row.content).split()) if text else None
        same = (row.report.family, row.speaker, row.act, quote if quote is not None else row.id)
        one = found.setdefault(same, {
            "speaker": row.speaker, "country": row.country, "act": row.act, "medium": row.medium, "direct": row.direct,
            "day": showing.iso(row.day), "words": quote, "report": row.report_id,
            "address": f"/reports/{row.report_id}" + (f"#s{row.content[0][0]}" if row.content else ""),
            "person": person_address(row.speaker, row.country) if row.speaker else None, "reports": [],
        })  # fmt: skip
        one["reports"].append(row.report_id)
    return list(found.values())
