"""Names of towns, venues and countries, and the country each one means.

Order of trust: the table of diplomatic places, capitals (old names too), then towns by population, then regions. A name
that several countries share is settled by the countries that the event or the report concerns, else by population.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from communique import tables

VENUES = frozenset(
    """hall palace centre center house university airport hotel guesthouse headquarters residence villa castle chateau
    museum stadium base port institute academy embassy consulate mansion lodge resort complex building square theatre
    theater cathedral basilica church mosque monastery office offices pavilion club room chamber kremlin
    château estate retreat crossing checkpoint camp guesthouse compound terminal temple shrine memorial""".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that a name may mean. `rank`: lower is trusted more."""

    name: str
    country: str
    lat: float | None
    lon: float | None
    population: int
    rank: int


def fold(name: str) -> str:
    """Lower case, without accents, articles and punctuation."""
    text = unicodedata.normalize("NFKD", name)
    text = "".join(c if c.isalnum() else " " for c in text if not unicodedata.combining(c)).lower()
    words = text.split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


@lru_cache(maxsize=1)
def _entries() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    towns: dict[tuple[str, str], Entry] = {}
    for row in tables.rows("towns"):
        entry = Entry(row["name"], row["country"], float(row["lat"]), float(row["lon"]), int(row["population"]), 3)
        towns.setdefault((fold(row["name"]), row["country"]), entry)
        found.setdefault(fold(row["name"]), []).append(entry)
    for row in tables.rows("town_names"):
        town = towns.get((fold(row["town"]), row["country"]))
        if town is not None:
            found.setdefault(fold(row["name"]), []).append(replace(town, name=row["name"]))
    for row in tables.rows("regions"):
        found.setdefault(fold(row["name"]), []).append(Entry(row["name"], row["country"], None, None, 0, 3))
    for row in tables.rows("country_forms"):
        if row["kind"] == "capital":
            known = towns.get((fold(row["form"]), row["iso3"]))
            lat, lon, population = (known.lat, known.lon, known.population) if known else (None, None, 0)
            found.setdefault(fold(row["form"]), []).append(Entry(row["form"], row["iso3"], lat, lon, population, 1))
    for row in tables.rows("diplomatic_places"):
        known = towns.get((fold(row["place"]), row["country"]))
        lat, lon, population = (known.lat, known.lon, known.population) if known else (None, None, 0)
        found.setdefault(fold(row["place"]), []).append(Entry(row["place"], row["country"], lat, lon, population, 0))
    return {name: tuple(sorted(entries, key=lambda e: (e.rank, -e.population))) for name, entries in found.items()}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {
        fold(row["form"]): row["iso3"]
        for row in tables.rows("country_forms")
        if row["kind"] in {"name", "official", "variant"}
    }


@lru_cache(maxsize=1)
def _seats() -> dict[str, str]:
    return {fold(row["form"]): row["iso3"] for row in tables.rows("country_forms") if row["kind"] == "seat"}


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """ISO code -> capital."""
    return {row["iso3"]: row["capital"] for row in tables.rows("countries") if row["capital"]}


def look_up(name: str, *, near: Collection[str] = ()) -> Entry | None:
    """The place called `name`; `near` are countries (ISO) that it is likelier to lie in. None when no table has it."""
    entries = _entries().get(fold(name), ())
    if not entries:
        seat = _seats().get(fold(name))
        return Entry(name, seat, None, None, 0, 0) if seat else None
    if entries[0].rank > 1:
        for entry in entries:
            if entry.country in near:
                return entry
    return entries[0]


def country_of_name(name: str) -> str | None:
    """ISO code of the country called `name`."""
    return _countries().get(fold(name))
