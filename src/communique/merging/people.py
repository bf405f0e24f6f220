"""People across reports: one person, many spellings, and the offices that reports give them over time.

A person is a component of mentions that share a country and whose names can be one person's; where two people of a
country have like names, only full names join. Offices are checked against the table of officeholders.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from communique.merging.groups import components
from communique.merging.mentions import digest
from communique.merging.names import name_parts, same_person
from communique.tables import rows


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person as one report has them. `offices` are (title, key) as told; `written` the report's day."""

    id: str
    report: str
    name: str
    country: str | None
    offices: tuple[tuple[str, str | None], ...] = ()
    written: date | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office as reports give it: the first and last day of writing of those that do.

    `in_table` says whether the table of officeholders has the person in such an office then: True, False (the table
    knows the office but has somebody else) or None (the table does not know).
    """

    title: str
    first: date | None
    last: date | None
    reports: tuple[str, ...]
    in_table: bool | None


@dataclass(frozen=True, slots=True)
class Individual:
    """One person: the usual full name, all spellings, the country acted for, the offices."""

    id: str
    name: str
    names: tuple[str, ...]
    country: str | None
    offices: tuple[Tenure, ...]
    reports: tuple[str, ...]
    mentions: tuple[str, ...]


def merge_people(mentions: Iterable[PersonMention]) -> tuple[Individual, ...]:
    """The people of a set of mentions, sorted by id."""
    by_country: dict[str, list[PersonMention]] = {}
    for mention in sorted(mentions, key=lambda m: m.id):
        by_country.setdefault(mention.country or "~", []).append(mention)
    found = [_individual(group) for group in by_country.values() for group in _of_one_country(group)]
    return tuple(sorted(found, key=lambda person: person.id))


def _of_one_country(mentions: Sequence[PersonMention]) -> list[list[PersonMention]]:
    """The people of one country. A bare family name joins a full name only if it fits one person."""
    spelled: dict[tuple[str, ...], list[PersonMention]] = {}
    for mention in mentions:
        spelled.setdefault(name_parts(mention.name), []).append(mention)
    keys = {" ".join(parts): parts for parts in spelled}
    full = sorted(key for key, parts in keys.items() if len(parts) > 1)
    pairs = [(a, b) for i, a in enumerate(full) for b in full[i + 1 :] if same_person(a, b)]
    people = components(full, pairs)
    groups = {names: [m for name in names for m in spelled[keys[name]]] for names in people}
    alone: list[list[PersonMention]] = []
    for key in sorted(key for key, parts in keys.items() if len(parts) == 1):
        fits = [names for names in people if any(same_person(key, name) for name in names)]
        if len(fits) == 1:
            groups[fits[0]] += spelled[keys[key]]
        else:
            alone.append(spelled[keys[key]])
    return [*groups.values(), *alone]


def _individual(group: Sequence[PersonMention]) -> Individual:
    counts: dict[str, int] = {}
    for mention in group:
        counts[mention.name] = counts.get(mention.name, 0) + 1
    names = sorted(counts, key=lambda n: (-min(len(name_parts(n)), 2), -counts[n], -len(n), n))
    country = group[0].country
    return Individual(
        id=digest(["person", min(m.id for m in group)]),
        name=names[0],
        names=tuple(names),
        country=country,
        offices=_tenures(names[0], country, group),
        reports=tuple(sorted({m.report for m in group})),
        mentions=tuple(sorted(m.id for m in group)),
    )


def _tenures(name: str, country: str | None, group: Sequence[PersonMention]) -> tuple[Tenure, ...]:
    told: dict[tuple[str, str | None], list[PersonMention]] = {}
    titles: dict[str, str] = {}  # "President" and "president" are one
    for mention in sorted(group, key=lambda m: m.id):
        for title, key in mention.offices:
            told.setdefault((titles.setdefault(title.lower(), title), key), []).append(mention)
    found = []
    for (title, key), mentions in told.items():
        days = sorted(m.written for m in mentions if m.written)
        found.append(
            Tenure(
                title,
                days[0] if days else None,
                days[-1] if days else None,
                tuple(sorted({m.report for m in mentions})),
                held(name, country, key, days[0]) if days and key and country else None,
            )
        )
    return tuple(sorted(found, key=lambda t: (t.first or date.max, t.title)))


_TABLES = ("officeholders", "foreign_ministers", "foreign_ministers_2003_2011")
_IN_TABLE = {
    "president": ("head of state", "head of government"), "monarch": ("head of state",), "king": ("head of state",),
    "emperor": ("head of state",), "queen": ("head of state",), "prime minister": ("head of government",),
    "chancellor": ("head of government",), "leader": ("head of state", "head of government"),
}  # fmt: skip
"""Offices as reports name them, where the tables of officeholders call them otherwise."""


@lru_cache(maxsize=1)
def _holders() -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    table: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for name in _TABLES:
        for row in rows(name):
            for person in (row["person"], *filter(None, row["aliases"].split("|"))):
                table.setdefault((row["country"], row["office"]), []).append((person, row["from"], row["to"]))
    return table


def held(name: str, country: str, office: str, day: date) -> bool | None:
    """Whether the tables of officeholders have this person in the office on the day; None if they have nobody then."""
    known = False
    terms = [term for key in _IN_TABLE.get(office, (office,)) for term in _holders().get((country, key), ())]
    for person, first, last in terms:
        if (first and first[:10] > day.isoformat()) or (last and last < day.isoformat()[: len(last)]):
            continue
        if same_person(person, name):
            return True
        known = known or bool(first)
    return False if known else None
