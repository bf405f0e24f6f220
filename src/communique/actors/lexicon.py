"""One pass over a report's text for every country form, organisation name and known false friend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from communique.tables import rows

if TYPE_CHECKING:
    from communique.actors.words import Words

# Kinds of table rows that name a state outright, by its people, or by a place that stands for its government.
NAME_KINDS = frozenset({"name", "official", "variant"})
PLACE_KINDS = frozenset({"capital", "seat"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form can mean. `kind` is a country form's kind, "organisation", "body" or "trap"."""

    kind: str
    code: str  # ISO 3166-1 alpha-3 for country forms, an organisation's code, a trap's class
    caution: str = ""


class Hit(NamedTuple):
    """Tokens `[start, end)` that spell a form of the tables."""

    start: int
    end: int
    form: str
    entries: tuple[Entry, ...]


@lru_cache(maxsize=1)
def forms() -> dict[str, tuple[Entry, ...]]:
    """Every form of the tables with what it can mean; printed case, and capitals for the longer names."""
    found: dict[str, list[Entry]] = {}
    for row in rows("country_forms"):
        if row["iso3"] and not row["form"].startswith("note -"):
            found.setdefault(row["form"], []).append(Entry(row["kind"], row["iso3"], row["caution"]))
    for form, entries in list(found.items()):
        if len(form) >= 5 and form[0].isupper() and not form.isupper():
            plain = [e for e in entries if e.kind in ("name", "demonym", "capital")]
            if plain:
                found.setdefault(form.upper(), []).extend(plain)
    for row in rows("organisations"):
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            found.setdefault(form, []).append(Entry("organisation", row["code"]))
    for row in rows("bodies"):
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            found.setdefault(form, []).append(Entry("body", row["name"] + "|" + row["country"]))
    for row in rows("name_traps"):
        found.setdefault(row["form"], []).append(Entry("trap", row["class"]))
    return {form: tuple(dict.fromkeys(entries)) for form, entries in found.items()}


@lru_cache(maxsize=1)
def _automaton() -> tuple[Any, tuple[str, ...]]:
    from ahocorasick_rs import AhoCorasick

    patterns = tuple(sorted(forms()))
    return AhoCorasick(patterns), patterns


_JOINED = re.compile(r"\w")


def scan(words: Words) -> list[Hit]:
    """All forms in the text that begin and end with a token: the leftmost, and of those the longest."""
    text = words.source
    automaton, patterns = _automaton()
    table = forms()
    found: list[Hit] = []
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if start not in words.by_start or end not in words.by_end:
            continue
        found.append(Hit(words.by_start[start], words.by_end[end] + 1, patterns[index], table[patterns[index]]))
    # An article does not make a form begin earlier: "the [United Nations General Assembly]", not "[the United Nations]"
    found.sort(key=lambda hit: (hit.start + hit.form.startswith("the "), -hit.end, hit.start))
    kept: list[Hit] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-3 -> the short English name."""
    names = {row["iso3"]: row["name"] for row in rows("countries")}
    for row in rows("country_forms"):
        if row["kind"] == "name" and row["iso3"]:
            names.setdefault(row["iso3"], row["form"])
    return names
