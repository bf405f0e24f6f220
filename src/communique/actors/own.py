"""A researcher's own actors: names with the country, sector and office that they stand for, and since when.

`actors.csv` in a folder of one's own codebook has a row for each name and spell:

    name,aliases,kind,country,sector,office,valid_from,valid_to,source

`aliases` are divided by "|"; `kind` is person, organisation or empty where it is not known; `country` is ISO 3166-1
alpha-3 or empty (an international body); days are ISO 8601, inclusive, empty where open. A row of one's own goes before
what our tables say. `communique actors import` makes such a file from TABARI and PETRARCH dictionaries.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.actors.draft import Draft, DraftActor
from communique.actors.organisations import OrganisationHit
from communique.errors import CodebookError
from communique.model import DayRange, Office

if TYPE_CHECKING:
    from communique.actors.people import People
    from communique.actors.words import Words

COLUMNS = ("name", "aliases", "kind", "country", "sector", "office", "valid_from", "valid_to", "source")
FILE = "actors.csv"
_KINDS = frozenset({"", "person", "organisation"})


@dataclass(frozen=True, slots=True)
class OwnActor:
    """One name during one spell."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""  # "person", "organisation", "" where it is not known
    country: str | None = None
    sector: str | None = None
    office: str | None = None
    first: date | None = None
    last: date | None = None

    def holds(self, day: DayRange | None) -> bool:
        """Whether the row holds on a report's day; on any, where the day is not known."""
        if day is None:
            return True
        return (self.first is None or self.first <= day.last) and (self.last is None or self.last >= day.first)


@dataclass(frozen=True, slots=True)
class OwnHit:
    """Tokens `[start, end)` that spell a name of one's own."""

    start: int
    end: int
    actor: OwnActor


@dataclass(frozen=True)
class OwnActors:
    """All rows of one's own, ready to be looked for in a text."""

    rows: tuple[OwnActor, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows)

    @cached_property
    def _forms(self) -> dict[str, tuple[OwnActor, ...]]:
        found: dict[str, list[OwnActor]] = {}
        for row in self.rows:
            for form in (row.name, *row.aliases):
                found.setdefault(form.lower(), []).append(row)
        return {form: tuple(rows) for form, rows in found.items()}

    @cached_property
    def _automaton(self) -> tuple[Any, tuple[str, ...]]:
        from ahocorasick_rs import AhoCorasick

        patterns = tuple(sorted(self._forms))
        return AhoCorasick(patterns), patterns

    def hits(self, words: Words, day: DayRange | None) -> list[OwnHit]:
        """Names in the text, the longest of those that overlap, whatever their case; a name begins with a capital."""
        if not self.rows:
            return []
        automaton, patterns = self._automaton
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in words.source)
        found: list[OwnHit] = []
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            if start not in words.by_start or end not in words.by_end or not words.source[start].isupper():
                continue
            rows = self._forms[patterns[index]]
            row = next((r for r in reversed(rows) if r.holds(day)), None)
            if row is not None:
                found.append(OwnHit(words.by_start[start], words.by_end[end] + 1, row))
        found.sort(key=lambda hit: (hit.start, -hit.end))
        kept: list[OwnHit] = []
        for hit in found:
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return kept


def read_own(folders: Iterable[Path]) -> OwnActors:
    """The rows of every `actors.csv` in `folders`; later ones go first. Raises CodebookError with file and line."""
    rows: list[OwnActor] = []
    for folder in folders:
        path = folder / FILE
        if path.is_file():
            rows += _read(path)
    return OwnActors(tuple(rows))


def _read(path: Path) -> Iterable[OwnActor]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = {"name", "country"} - set(reader.fieldnames or ())
            if missing:
                raise CodebookError(f"{path.name}:1: the columns {', '.join(sorted(missing))} are missing")
            return [_row(row, f"{path.name}:{reader.line_num}") for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise CodebookError(f"{path.name}: not readable as CSV in UTF-8: {error}") from error


def _row(row: dict[str, Any], where: str) -> OwnActor:
    cell = {key: str(row.get(key) or "").strip() for key in COLUMNS}
    if not cell["name"]:
        raise CodebookError(f"{where}: a name is missing")
    if cell["kind"] not in _KINDS:
        raise CodebookError(f"{where}: kind cannot be {cell['kind']!r}; it is person, organisation or empty")
    if cell["country"] and not (len(cell["country"]) == 3 and cell["country"].isalpha() and cell["country"].isupper()):
        raise CodebookError(f"{where}: {cell['country']!r} is no ISO 3166-1 alpha-3 code")
    days = []
    for key in ("valid_from", "valid_to"):
        try:
            days.append(date.fromisoformat(cell[key]) if cell[key] else None)
        except ValueError as error:
            raise CodebookError(f"{where}: {key} {cell[key]!r} is no day (YYYY-MM-DD)") from error
    return OwnActor(
        cell["name"], tuple(a.strip() for a in cell["aliases"].split("|") if a.strip()), cell["kind"],
        cell["country"] or None, cell["sector"] or None, cell["office"] or None, days[0], days[1],
    )  # fmt: skip


# --- on the draft ----------------------------------------------------------------------------------------------------


def own_organisations(words: Words, hits: Iterable[OwnHit]) -> list[OrganisationHit]:
    """Those that are organisations, or of no stated kind and not what the parser takes for a person."""
    return [
        OrganisationHit(
            h.start, h.end, words.words(h.start, h.end), h.actor.country, None, h.actor.sector, True, "own",
        )
        for h in hits
        if h.actor.kind == "organisation" or (not h.actor.kind and words.ent[h.end - 1] != "PERSON")
    ]  # fmt: skip


def settle_own_people(draft: Draft, people: People, hits: Iterable[OwnHit]) -> None:
    """Persons get what one's own rows say of them; a name that nothing else found becomes a person."""
    for hit in hits:
        if hit.actor.kind == "organisation":
            continue
        mention = next((m for i in range(hit.start, hit.end) if (m := draft.taken[i]) is not None), None)
        person = mention.actor if mention is not None else None
        if person is None:
            if hit.actor.kind != "person":
                continue
            person = draft.add(DraftActor("person", draft.words.words(hit.start, hit.end)))
            people.persons.append(person)
            draft.mention(person, "name", hit.start, hit.end)
        if person.kind != "person":
            continue
        if hit.actor.country is not None:
            person.country, person.country_basis = hit.actor.country, "table"
        person.sector = hit.actor.sector or person.sector
        person.acts = True
        if hit.actor.office and not person.offices:
            person.offices.append(Office(hit.actor.office, None, hit.actor.country))
