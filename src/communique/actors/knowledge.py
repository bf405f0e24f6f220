"""What the tables know of office holders: they complete and check a report, they never decide against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from communique.actors.names import fold
from communique.actors.spelling import alike
from communique.model import DayRange
from communique.tables import rows

# Days by which a holder's term is stretched at both ends: the tables' end days are weak.
SLACK = 60

# Which of the tables' three offices a normalised key can mean.
_TABLE_OFFICES: dict[str, tuple[str, ...]] = {
    "president": ("head of state",), "head of state": ("head of state",), "monarch": ("head of state",),
    "pope": ("head of state",), "head of government": ("head of government",),
    "foreign minister": ("foreign minister",),
    "leader": ("head of state", "head of government"), "governor-general": ("governor-general",),
    "secretary of state": ("foreign minister",), "secretary": ("foreign minister",),
    "general secretary": ("head of state",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holder:
    """One spell in office. `first` and `last` are None where the table does not say."""

    person: str
    family: str
    aliases: tuple[str, ...]
    country: str
    office: str
    title: str
    first: date | None
    last: date | None
    wikidata: str


def _day(text: str, *, end: bool) -> date | None:
    """A table's day, month or year as its first (or last) day."""
    if not text:
        return None
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 2:
        year, month = parts
        if not end:
            return date(year, month, 1)
        return date(year + (month == 12), month % 12 + 1, 1) - timedelta(days=1)
    return date(parts[0], 12, 31) if end else date(parts[0], 1, 1)


def _aliases(table: str, row: Mapping[str, str]) -> tuple[str, ...]:
    """Other names of a holder, the one that news prints first. Two tables print that one themselves."""
    others = [a for a in row["aliases"].split("|") if a]
    return (row["person"], *others) if table in {"foreign_ministers", "officials"} else tuple(others)


@lru_cache(maxsize=1)
def holders() -> tuple[Holder, ...]:
    """All spells of the tables of national office holders.

    `officeholders` saw foreign ministers on a few days only; where `foreign_ministers` has the state, its spells stand
    instead.
    """
    out = []
    told = {row["country"] for row in rows("foreign_ministers")}
    for name in ("officeholders", "foreign_ministers_2003_2011", "foreign_ministers", "officials"):
        for row in rows(name):
            older = name == "officeholders" and row["office"] == "foreign minister" and row["country"] in told
            if older or not row["country"]:
                continue
            family = (row["family_name"] or row["person"]).split()[-1] if row["person"] else ""
            family = (
                row["family_name"] if len(row["family_name"].split()) > 1 and "." not in row["family_name"] else family
            )
            out.append(
                Holder(
                    row["person"], family, _aliases(name, row), row["country"],
                    row["office"], row["title"], _day(row["from"] or row["first_seen"], end=False),
                    _day(row["to"], end=True), row["wikidata"],
                )
            )  # fmt: skip
    return tuple(out)


@lru_cache(maxsize=1)
def _by_word() -> dict[str, tuple[int, ...]]:
    """A folded word of a holder's names -> positions in `holders()`."""
    found: dict[str, list[int]] = {}
    for n, holder in enumerate(holders()):
        for word in {w for name in (holder.person, *holder.aliases) for w in _parts(name)}:
            found.setdefault(word, []).append(n)
    return {word: tuple(numbers) for word, numbers in found.items()}


@lru_cache(maxsize=20_000)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(p.replace("-", "").replace("'", "") for p in fold(name).split() if not p.endswith("."))


# Given names and the short forms that papers print.
_SHORT = {
    "bill": "william", "joe": "joseph", "tony": "anthony", "jim": "james", "jimmy": "james", "dick": "richard",
    "mike": "michael", "bob": "robert", "tim": "timothy", "tom": "thomas", "ted": "edward", "al": "albert",
    "ed": "edward", "nick": "nicholas", "dave": "david", "liz": "elizabeth", "chuck": "charles", "jack": "john",
}  # fmt: skip


@lru_cache(maxsize=1)
def _by_start() -> dict[str, tuple[str, ...]]:
    """First two letters -> the words of holders' names that begin so."""
    found: dict[str, list[str]] = {}
    for word in _by_word():
        found.setdefault(word[:2], []).append(word)
    return {start: tuple(words) for start, words in found.items()}


@lru_cache(maxsize=20_000)
def _spellings(word: str) -> tuple[str, ...]:
    """The words of holders' names that spell `word`: itself, and near spellings of a long word."""
    found = [word] if word in _by_word() else []
    if len(word) >= 5:
        found += [w for w in _by_start().get(word[:2], ()) if w != word and len(w) >= 5 and _near(word, w)]
    return tuple(found)


def _near(a: str, b: str) -> bool:
    return alike(a, b, 0.83)


@lru_cache(maxsize=10_000)
def by_full_name(name: str) -> tuple[Holder, ...]:
    """Every spell of people who can bear `name`: the same words, or near spellings of given and family name.

    Near spellings ("Sergei", "Sergey") count only when the name has a given and a family name that both fit one
    person; two people of one office are never joined by this, for it only looks a printed name up.
    """
    wanted = [_SHORT.get(w, w) if n == 0 else w for n, w in enumerate(_parts(name))]
    if len(wanted) < 2:
        return ()
    printed = set(_parts(name))
    exact: dict[int, None] = {}
    near: dict[int, None] = {}
    for spelling in _spellings(wanted[-1]) + (_spellings(wanted[0]) if wanted[0] in _by_word() else ()):
        for n in _by_word()[spelling]:
            for known in (holders()[n].person, *holders()[n].aliases):
                parts = set(_parts(known))
                if len(parts) < 2:
                    continue
                if set(wanted) <= parts or parts <= set(wanted) or printed <= parts:
                    exact[n] = None
                elif _bears(wanted, known):
                    near[n] = None
    return tuple(holders()[n] for n in (exact or near))


def _bears(wanted: list[str], known: str) -> bool:
    """Whether given and family name are near spellings of those of `known`."""
    parts = _parts(known)
    if len(parts) < 2 or wanted[0][0] != parts[0][0]:
        return False
    family = wanted[-1] == parts[-1] or (
        len(wanted[-1]) >= 5 and wanted[-1][:2] == parts[-1][:2] and _near(wanted[-1], parts[-1])
    )
    return family and (wanted[0] == parts[0] or (len(wanted[0]) >= 5 and alike(wanted[0], parts[0], 0.76)))


def by_family_name(name: str) -> list[Holder]:
    """Every spell of people with that family name."""
    wanted = fold(name).replace("-", "").replace("'", "")
    return [holders()[n] for n in _by_word().get(wanted, ()) if wanted in _parts(holders()[n].family)]


def by_office(country: str, key: str, day: DayRange) -> list[Holder]:
    """Who held the office in `country` on `day`: one, or several where the table cannot tell."""
    wanted = _TABLE_OFFICES.get(key, ())
    found = [h for h in _by_country().get(country, ()) if h.office in wanted and _holds(h, day, 0)]
    if key == "leader" and len({h.person for h in found}) > 1:
        leads = "head of government" if country in _parliamentary() else "head of state"
        found = [h for h in found if h.office == leads]
    return found


@lru_cache(maxsize=1)
def _by_country() -> dict[str, list[Holder]]:
    found: dict[str, list[Holder]] = {}
    for holder in holders():
        found.setdefault(holder.country, []).append(holder)
    return found


@lru_cache(maxsize=1)
def _parliamentary() -> frozenset[str]:
    """States whose "leader" is the head of government."""
    return frozenset(row["iso3"] for row in rows("parliamentary_states"))


def table_offices(key: str) -> tuple[str, ...]:
    """The offices of the tables that a normalised key can mean."""
    return _TABLE_OFFICES.get(key, ())


def in_office(spells: Iterable[Holder], day: DayRange | None) -> list[Holder]:
    """The spells that hold on `day`, give or take; all of them when the day is not known."""
    return [h for h in spells if day is None or _holds(h, day, SLACK)]


def _holds(holder: Holder, day: DayRange, slack: int) -> bool:
    stretch = timedelta(days=slack)
    return (holder.first is None or holder.first - stretch <= day.last) and (
        holder.last is None or day.first <= holder.last + stretch
    )


def usual_name(holder: Holder, printed: str) -> str:
    """The holder's shortest full name that holds the word printed in the report; else the table's own."""
    word = fold(printed)
    names = [n for n in (*holder.aliases, holder.person) if len(n.split()) >= 2]
    fits = [
        n
        for n in names
        if word in [fold(p) for p in n.replace("-", " ").split()] or word in [fold(p) for p in n.split()]
    ]
    best = min(fits or names or [holder.person], key=lambda n: (len(n.split()), names.index(n) if n in names else 0))
    parts = best.split()
    if len(parts) == 3 and parts[1].endswith((".", "vich", "vna")):
        return f"{parts[0]} {parts[2]}"
    return best


def same_person(spells: list[Holder]) -> bool:
    """Whether all spells are of one person: one Wikidata id, or one country and family name and spellings of one given
    name ("Binyamin", "Benyamin")."""
    ids = {h.wikidata for h in spells if h.wikidata}
    if len(ids) > 1:
        return False
    given = sorted({_parts(h.person)[0] for h in spells})
    one_family = len({(h.country, fold(h.family)) for h in spells}) == 1
    same_id = len(ids) == 1 and all(h.wikidata for h in spells)
    return same_id or (one_family and all(alike(given[0], other, 0.8) for other in given[1:]))


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """Capital -> ISO code, where one state only has a capital of that name."""
    found: dict[str, set[str]] = {}
    for row in rows("country_forms"):
        if row["kind"] == "capital" and row["iso3"]:
            found.setdefault(row["form"], set()).add(row["iso3"])
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
