"""Office holders named in a text with their office, and the years between which they held it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from communique.model import DayRange, Span
from communique.tables import rows

_TITLES: Final = {
    "president": ("head of state", "head of government"),
    "king": ("head of state",),
    "queen": ("head of state",),
    "emperor": ("head of state",),
    "emir": ("head of state",),
    "sultan": ("head of state",),
    "prime minister": ("head of government",),
    "premier": ("head of government",),
    "chancellor": ("head of government",),
    "foreign minister": ("foreign minister",),
    "minister of foreign affairs": ("foreign minister",),
    "foreign secretary": ("foreign minister",),
    "secretary of state": ("foreign minister",),
    "secretary-general": ("Secretary-General",),
    "secretary general": ("Secretary-General",),
}  # fmt: skip
_NOT_NOW: Final = re.compile(
    r"\b(?:former|ex|late|then|future|incoming|vice|deputy|designate|opposition|previous)[\s-]*$", re.I
)
_TITLE: Final = re.compile(
    r"\b(?P<title>president|king|queen|emperor|emir|sultan|prime minister|premier|chancellor|foreign minister|"
    r"minister of foreign affairs|foreign secretary|secretary of state|secretary[- ]general)\b(?![- ]?elect)",
    re.I,
)
_LONG_AGO: Final = date(1985, 1, 1)
_OPEN: Final = date(2035, 12, 31)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person named with an office, and the days on which they held it: one or more terms."""

    person: str
    title: str
    terms: tuple[DayRange, ...]
    span: Span


def _day(text: str, *, last: bool) -> date | None:
    parts = [int(p) for p in text.split("-")] if text else []
    if not parts:
        return None
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        return (first + timedelta(31)).replace(day=1) - timedelta(1) if last else first
    return date(parts[0], 12, 31) if last else date(parts[0], 1, 1)


def _term(row: dict[str, str]) -> DayRange | None:
    """The days in office, wider where the source is vague."""
    first = _day(row["from"], last=False) or _day(row["first_seen"], last=False)
    slack_before = timedelta(10) if row["from"] else timedelta(800)
    basis = row.get("to_basis", "")
    last = _day(row["to"], last=True)
    slack_after = timedelta(20)
    if basis in ("last seen", "not later than", "unknown") or "gap" in basis:
        slack_after = timedelta(400)
    if last is None:
        last = _OPEN
        slack_after = timedelta(0)
    start = max(_LONG_AGO, (first or _LONG_AGO) - slack_before) if first else _LONG_AGO
    end = min(_OPEN, last + slack_after)
    return DayRange(start, end) if start <= end else None


@lru_cache(maxsize=1)
def _people() -> dict[str, tuple[tuple[str, frozenset[str], str, DayRange], ...]]:
    """Last word of a name -> (full name, words of its names, office, term)."""
    found: dict[str, list[tuple[str, frozenset[str], str, DayRange]]] = {}
    for table in ("officeholders", "foreign_ministers_2003_2011"):
        for row in rows(table):
            if row["office"] not in ("head of state", "head of government", "foreign minister"):
                continue
            term = _term(row)
            if term is None:
                continue
            names = [row["person"], *row["aliases"].split("|")]
            words = frozenset(w.lower() for name in names for w in re.findall(r"\w+", name))
            keys = {re.findall(r"\w+", name)[-1].lower() for name in names if re.findall(r"\w+", name)}
            keys |= {w.lower() for w in re.findall(r"\w+", row["family_name"])[-1:]}
            for key in sorted(keys):
                found.setdefault(key, []).append((row["person"], words, row["office"], term))
    for row in rows("officeholders_international"):
        if (
            row["office"].startswith("United Nations Secretary-General")
            or row["office"] == "Secretary-General of the United Nations"
        ):
            first, last = _day(row["from"], last=False), _day(row["to"], last=True) or _OPEN
            if first:
                words = frozenset(w.lower() for w in re.findall(r"\w+", row["person"]))
                key = re.findall(r"\w+", row["person"])[-1].lower()
                found.setdefault(key, []).append((row["person"], words, "Secretary-General", DayRange(first, last)))
    return {key: tuple(value) for key, value in found.items()}


_NAME: Final = re.compile(r"[A-Z][\w'’-]+(?:\s+(?:bin|al|el|van|von|de|da|dos|[A-Z]\.|[A-Z][\w'’-]+)){0,4}")


def find_holders(text: str) -> tuple[Holder, ...]:
    """Persons named directly after or before one of the offices that the table knows, each once, with their terms.

    "Foreign Minister Jo Lind", "President of Norland Jo Lind" and "Jo Lind, the foreign minister of Norland";
    never "former", "vice" or "-elect". Names are matched by two of their words, or by the last with the title.
    """
    found: dict[tuple[str, str], Holder] = {}
    people = _people()
    for match in _TITLE.finditer(text):
        if _NOT_NOW.search(text[max(0, match.start() - 14) : match.start()]):
            continue
        title = match.group("title").lower()
        offices = _TITLES[title.replace("secretary general", "secretary-general")]
        for name in _names_beside(text, match):
            words = [w.lower() for w in re.findall(r"\w+", name.group())]
            for j in range(len(words), 0, -1):
                rows_ = [r for r in people.get(words[j - 1], ()) if r[2] in offices]
                rows_ = [r for r in rows_ if all(w in r[1] for w in words[max(0, j - 2) : j])]
                if len(words[:j]) == 1 and len({r[0] for r in rows_}) > 1:
                    rows_ = []
                if rows_:
                    terms = tuple(sorted({r[3] for r in rows_}))
                    key = (rows_[0][0], title)
                    span = Span(name.start(), name.end())
                    found.setdefault(key, Holder(rows_[0][0], title, terms, span))
                    break
            else:
                continue
            break
    return tuple(found.values())


def _names_beside(text: str, title: re.Match[str]) -> list[re.Match[str]]:
    names: list[re.Match[str]] = []
    after = re.compile(r"(?:\s+of\s+(?:the\s+)?(?:[A-Z][\w'’-]+\s+){0,4}?|\s*,\s*|\s+)?\s*(?=[A-Z])").match(
        text, title.end()
    )
    if after:
        name = _NAME.match(text, after.end())
        if name:
            names.append(name)
        of = re.compile(r"\s+of\s+(?:the\s+)?").match(text, title.end())
        if of:
            for inner in re.finditer(r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,3}", text[of.end() : of.end() + 70]):
                names.append(_NAME.match(text, of.end() + inner.start()) or name or inner)
                break
    before = list(_NAME.finditer(text, max(0, title.start() - 70), title.start()))
    if before and re.fullmatch(r"\s*,\s*(?:the\s+)?(?:[\w'’-]+\s+){0,3}", text[before[-1].end() : title.start()]):
        names.append(before[-1])
    return names
