"""Actor and agent dictionaries of TABARI and PETRARCH, read into rows of one's own actors and agents.

The format as it is found in the wild (dictionaries of openeventdata, 2009-2015). An actor record is a line with the
main name, words joined by "_" or spaces, a final "_" for "whole word", perhaps with codes in brackets; lines with "+"
are synonyms; indented lines hold `[CODE <date]`, `[CODE >date]` or `[CODE date-date]`, inclusive, as YYYYMMDD or
YYMMDD. An agent record is `PHRASE {plural} [~CODE]`; `!SET! = A, B` makes a set that phrases may name. "#" and ";"
begin comments.
A code is three letters of a country, or IGO, NGO, MNC, IMG, then blocks of three for the role (CAMEO manual, 3.2).
What cannot be read is told, line by line, and leaves the rest alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from communique import tables
from communique.actors.own import COLUMNS, OwnActor

# CAMEO's country codes that ISO 3166 has in another form.
_COUNTRIES = {
    "ROM": "ROU", "GFR": "DEU", "GER": "DEU", "SER": "SRB", "KSV": "XKX", "KOS": "XKX", "TMP": "TLS", "ZAR": "COD",
    "PAL": "PSE", "TAW": "TWN", "SIN": "SGP", "SUD": "SDN", "BUR": "MMR", "UK": "GBR", "ENG": "GBR", "MTN": "MRT",
    "EUR": "EUU", "EEC": "EUU",
}  # fmt: skip
# CAMEO's roles in PLOVER's sectors.
_SECTORS = {
    "GOV": "GOV", "MIL": "MIL", "REB": "REB", "OPP": "OPP", "COP": "COP", "JUD": "JUD", "LEG": "LEG", "SPY": "SPY",
    "UAF": "UAF", "BUS": "BUS", "MED": "JRN", "HLH": "MED", "EDU": "EDU", "ELI": "ELI", "CVL": "CVL", "LAB": "LAB",
    "REF": "REF", "CRM": "CRM", "AGR": "AGR", "PTY": "PTY", "INS": "REB", "SEP": "REB", "RAD": "REB", "REL": "REL",
    "JRN": "JRN", "SOC": "SOC", "CIV": "CVL", "PRM": "PRM", "DEV": "CVL", "HRI": "CVL", "ENV": "CVL",
}  # fmt: skip
_INTERNATIONAL = {"IGO": "IGO", "NGO": "NGO", "MNC": "BUS", "IMG": "REB", "INT": "IGO", "NGM": "NGO", "UIS": "UAF"}
_TURN = 30  # two-digit years up to this are of this century
_CODE = re.compile(r"\[([^\]\[]*)(\]?)")
_DATES = re.compile(r"^([A-Z~-]+)\s*(?:([<>])\s*(\d+)|(\d+)\s*-\s*(\d+))?$")


@dataclass(slots=True)
class Imported:
    """What a dictionary gave: rows, and the lines that could not be read, with the reason."""

    actors: list[OwnActor] = field(default_factory=list)
    agents: list[tuple[str, str]] = field(default_factory=list)  # phrase in lower case, sector
    problems: list[str] = field(default_factory=list)

    def add(self, other: Imported) -> None:
        self.actors += other.actors
        self.agents += other.agents
        self.problems += other.problems

    def actor_rows(self) -> list[list[str]]:
        """actors.csv, its header first."""
        rows = [list(COLUMNS)]
        for actor in self.actors:
            days = [day.isoformat() if day else "" for day in (actor.first, actor.last)]
            aliases = "|".join(actor.aliases)
            rows.append(
                [actor.name, aliases, actor.kind, actor.country or "", actor.sector or "", "", *days, "imported"]
            )
        return rows

    def agent_rows(self) -> list[list[str]]:
        """agents.csv, its header first."""
        return [["noun", "sector", "alone"], *([noun, sector, ""] for noun, sector in self.agents)]


def read_dictionary(text: str, name: str) -> Imported:
    """An agent dictionary where its codes have a "~", any other as one of actors."""
    return read_agents(text, name) if re.search(r"\[~|~\]", text) else read_actors(text, name)


@dataclass(slots=True)
class _Record:
    """A main name with its synonyms and dated codes."""

    line: int
    names: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def read_actors(text: str, name: str = "actors") -> Imported:
    """The rows of an actor dictionary. `name` is the file's, for what is told of lines that cannot be read."""
    found = Imported()
    for record in _records(text):
        if not record.codes:
            found.problems.append(f"{name}:{record.line}: {record.names[0]!r} has no code")
        for code in record.codes:
            try:
                found.actors.append(_actor(record.names, code))
            except ValueError as error:
                found.problems.append(f"{name}:{record.line}: [{code}]: {error}")
    return found


def read_agents(text: str, name: str = "agents") -> Imported:
    """The phrases of an agent dictionary with their sectors, sets written out, plurals as stated or regular."""
    found = Imported()
    sets: dict[str, list[str]] = {}
    for number, line in _lines(text):
        made = re.match(r"^!(\w+)!\s*=\s*(.+)$", line)
        if made:
            sets[made[1]] = [word.strip() for word in made[2].split(",") if word.strip()]
            continue
        code = _CODE.search(line)
        if code is None or "~" not in code[1]:
            found.problems.append(f"{name}:{number}: no code with ~ in {line!r}")
            continue
        sector = _sector(code[1].replace("~", ""))
        if sector is None:
            found.problems.append(f"{name}:{number}: [{code[1]}] has no role that PLOVER knows")
            continue
        plural = re.search(r"\{([^}]*)\}", line)
        phrase = line[: min(i for i in (line.find("["), line.find("{")) if i >= 0)]
        for written in _written_out(phrase, sets):
            found.agents.append((written, sector))
            many = _spaced(plural[1]).lower() if plural and "!" not in phrase else _plural(written)
            if many:
                found.agents.append((many, sector))
    found.agents = list(dict.fromkeys(found.agents))
    return found


# --- lines and records -----------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        bare = re.split(r"[#;]", line, maxsplit=1)[0].rstrip()
        if bare.strip() and not bare.lstrip().startswith("<!--"):
            yield number, bare


def _records(text: str) -> Iterator[_Record]:
    record: _Record | None = None
    for number, line in _lines(text):
        codes = [m[1].strip() for m in _CODE.finditer(line) if m[1].strip()]
        name = _spaced(line.split("[", 1)[0])
        if name.startswith("+"):
            if record is not None and name[1:].strip():
                record.names.append(name[1:].strip())
        elif name and not (line[0].isspace() and codes):
            if record is not None:
                yield record
            record = _Record(number, [name])
        if record is not None:
            record.codes += codes
    if record is not None:
        yield record


def _spaced(name: str) -> str:
    return " ".join(name.replace("_", " ").split())


def _written_out(phrase: str, sets: dict[str, list[str]]) -> Iterator[str]:
    """The phrase in lower case with each word of its sets in turn; a set nobody made is left out."""
    match = re.search(r"!(\w+)!", phrase)
    if match is None:
        written = _spaced(phrase).lower()
        if written:
            yield written
        return
    for word in sets.get(match[1], ()):
        yield from _written_out(phrase[: match.start()] + word + phrase[match.end() :], sets)


def _plural(phrase: str) -> str:
    if phrase.endswith(("s", "police", "people", "men")):
        return ""
    if phrase.endswith("man"):
        return phrase[:-3] + "men"
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + ("es" if phrase.endswith(("x", "ch", "sh")) else "s")


# --- codes -----------------------------------------------------------------------------------------------------------


def _actor(names: list[str], code: str) -> OwnActor:
    match = _DATES.match(code.upper())
    if match is None:
        raise ValueError("neither a code nor a code with dates")
    written, sign, bound, start, end = match.groups()
    first = last = None
    if sign == "<":
        last = _day(bound)
    elif sign == ">":
        first = _day(bound)
    elif start:
        first, last = _day(start), _day(end)
    head, rest = written[:3], written[3:]
    country = None
    sector = _INTERNATIONAL.get(head)
    if sector is None:
        country = _COUNTRIES.get(head, head)
        if country not in _iso():
            raise ValueError(f"{head} is no country")
        sector = _sector(rest) or ("GOV" if not rest else None)
    kind = "organisation" if head in _INTERNATIONAL else ""
    printed = [name.title() if name.isupper() else name for name in names]
    return OwnActor(printed[0], tuple(printed[1:]), kind, country, sector, None, first, last)


def _sector(blocks: str) -> str | None:
    """The PLOVER sector of the first block of a role that has one."""
    found = (_SECTORS.get(blocks[i : i + 3]) for i in range(0, len(blocks), 3))
    return next((sector for sector in found if sector), None)


def _day(digits: str) -> date:
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= _TURN else "19") + digits
    if len(digits) != 8:
        raise ValueError(f"{digits} is no date")
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if month in range(1, 13) and day == 31:  # the 31st of a short month, as the dictionaries often have it
        after = date(year + month // 12, month % 12 + 1, 1)
        return after - timedelta(days=1)
    return date(year, month, day)


def _iso() -> frozenset[str]:
    return frozenset(row["iso3"] for row in tables.rows("countries")) | {"EUU", "XKX"}
