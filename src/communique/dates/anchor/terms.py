"""Office holders named in a text with their office, and the years between which they held it."""

from __future__ import annotations

import re
import unicodedata
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
    r"minister of foreign affairs|foreign secretary|secretary of state|secretary[- ]general)(?P<plural>s)?\b"
    r"(?![- ]?elect)",
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


def _words(name: str) -> list[str]:
    """A name's words in lower case; "Amir-Abdollahian" is one word, accents are dropped."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[^\W\d_]+", re.sub(r"(?<=\w)[-'’](?=\w)", "", plain.lower()))


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
def _people() -> dict[str, tuple[tuple[str, frozenset[str], str, DayRange, str], ...]]:
    """Last word of a name -> (full name, words of its names, office, term)."""
    found: dict[str, list[tuple[str, frozenset[str], str, DayRange, str]]] = {}
    for table in ("officeholders", "foreign_ministers_2003_2011"):
        for row in rows(table):
            if row["office"] not in ("head of state", "head of government", "foreign minister"):
                continue
            term = _term(row)
            if term is None:
                continue
            names = [row["person"], *row["aliases"].split("|")]
            words = frozenset(w for name in names for w in _words(name))
            keys = {_words(name)[-1] for name in names if _words(name)}
            keys |= set(_words(row["family_name"])[-1:])
            for key in sorted(keys):
                found.setdefault(key, []).append((row["person"], words, row["office"], term, row["country"]))
    for row in rows("officeholders_international"):
        if (
            row["office"].startswith("United Nations Secretary-General")
            or row["office"] == "Secretary-General of the United Nations"
        ):
            first, last = _day(row["from"], last=False), _day(row["to"], last=True) or _OPEN
            if first:
                words = frozenset(_words(row["person"]))
                key = _words(row["person"])[-1]
                found.setdefault(key, []).append((row["person"], words, "Secretary-General", DayRange(first, last), ""))
    return {key: tuple(value) for key, value in found.items()}


_NAME: Final = re.compile(r"[A-Z][\w'’-]+(?:\s+(?:bin|al|el|van|von|de|da|dos|[A-Z]\.|[A-Z][\w'’-]+)){0,4}")


def find_holders(text: str) -> tuple[Holder, ...]:
    """Persons named directly after or before one of the offices that the table knows, each once, with their terms.

    "Foreign Minister Jo Lind", "President of Norland Jo Lind" and "Jo Lind, the foreign minister of Norland";
    never "former", "vice" or "-elect". Names are matched by two of their words, or by the last with the title.
    """
    found: dict[tuple[str, str], Holder] = {}
    for match in _TITLE.finditer(text):
        if _NOT_NOW.search(text[max(0, match.start() - 14) : match.start()]):
            continue
        title = match.group("title").lower()
        offices = _TITLES[title.replace("secretary general", "secretary-general")]
        for name in _names_beside(text, match):
            holder = _holder(name, title, offices)
            if holder is not None:
                found.setdefault((holder.person, title), holder)
                if not match.group("plural"):
                    break
    return tuple(found.values())


def find_known(text: str) -> tuple[Holder, ...]:
    """Full names of office holders without an office beside them, each once: weaker than `find_holders`."""
    found: dict[str, Holder] = {}
    for name in _NAME.finditer(text):
        if len(_words(name.group())) > 1 and not _NOT_NOW.search(text[max(0, name.start() - 14) : name.start()]):
            holder = _holder(name, "", ("head of state", "head of government", "foreign minister"))
            if holder is not None:
                found.setdefault(holder.person, holder)
    return tuple(found.values())


def _holder(name: re.Match[str], title: str, offices: tuple[str, ...]) -> Holder | None:
    """The office holder that a name means: its last two known words fit one person, or the last with a title."""
    words = _words(name.group())
    people = _people()
    for j in range(len(words), 0, -1):
        fits = [r for r in people.get(words[j - 1], ()) if r[2] in offices]
        fits = [r for r in fits if all(w in r[1] for w in words[max(0, j - 2) : j])]
        if (j == 1 and len({r[0] for r in fits}) > 1) or (j == 1 and not title):
            continue
        if fits:
            # The same person under another spelling ("Benyamin", "Binyamin"): one family name, country and initial.
            like = {(r[4], word[0]) for r in fits for word in _words(r[0])[:1]}
            same = [r for r in people[words[j - 1]] if r[2] in offices and (r[4], _words(r[0])[0][0]) in like]
            terms = tuple(sorted({r[3] for r in (*fits, *same)}))
            return Holder(fits[0][0], title or fits[0][2], terms, Span(name.start(), name.end()))
    return None


_OF: Final = re.compile(r"\s+of\s+(?:the\s+)?")
_BEFORE_TITLE: Final = re.compile(r"\s*,\s*(?:the\s+)?(?:[\w'’-]+\s+){0,3}")


def _names_beside(text: str, title: re.Match[str]) -> list[re.Match[str]]:
    """Names right after an office ("President of Norland Jo Lind") or right before it, up to three after a plural."""
    names: list[re.Match[str]] = []
    end = title.end()
    of = _OF.match(text, end)
    window = text[end : end + (110 if title.group("plural") or of else 45)]
    stop = re.search(r"[.;:\n()]", re.sub(r"\b[A-Z]\.", "XX", window))
    limit = end + (stop.start() if stop else len(window))
    gap = re.compile(r"\s*,?\s*(?=[A-Z])").match(text, end) or of
    if gap:
        for name in _NAME.finditer(text, gap.end() if not of else of.end(), limit):
            names.append(name)
            if len(names) >= (4 if title.group("plural") or of else 1):
                break
    before = list(_NAME.finditer(text, max(0, title.start() - 70), title.start()))
    if before and _BEFORE_TITLE.fullmatch(text[before[-1].end() : title.start()]):
        names.append(before[-1])
    return names
