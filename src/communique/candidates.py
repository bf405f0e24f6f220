"""Which reports are worth parsing: told from their words alone, some hundred times faster than a parse.

A report can hold something of the record of states only where it names who acts. One sentence, or the title, must name
two states or organisations of states (by any form of their names, their capital, their people), or one of them beside
a word of diplomacy. What is kept is parsed whole, so nothing that a sentence needs of another is lost: people and their
pronouns, quotations, dates.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from communique.actors.knowledge import holders
from communique.actors.lexicon import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from communique.model import Report

# One of these with one state: another state is meant, though it is not named ("recalled its ambassador").
_DIPLOMACY = tuple(
    """counterpart counterparts bilateral trilateral multilateral ambassador ambassadors embassy embassies envoy envoys
    diplomat diplomats diplomatic diplomatically diplomacy consul consuls consulate consulates consular foreign treaty
    treaties accord accords sanctions summit summits ceasefire truce""".split()
)
_WORD = "word of diplomacy"
_BOUNDARY = re.compile(r"[.!?][\"”’')\]]*\s|\n")


def is_worth_parsing(report: Report) -> bool:
    """Whether a sentence or the title of `report` names two parties, or one beside a word of diplomacy."""
    return _names_a_pair(report.text) or bool(report.title and _names_a_pair(report.title))


def _names_a_pair(text: str) -> bool:
    parties: set[str] = set()  # of the sentence
    last = 0
    for start, end, meant in _found(text):
        if _BOUNDARY.search(text, last, start):
            parties = set()
        last = end
        parties.add(meant)
        if len(parties) > 1:
            return True
    return False


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, whom it means) for each name of a party and each word of diplomacy, in order; characters."""
    automaton, meanings = _automaton()
    for n, start, end in automaton.find_matches_as_indexes(text):
        whole = (not start or not text[start - 1].isalnum()) and (end == len(text) or not text[end].isalnum())
        if whole and meanings[n]:
            yield start, end, meanings[n]


def _leaders() -> dict[str, str]:
    """Full names of office holders -> their country, where they are of one country."""
    countries: dict[str, set[str]] = {}
    for holder in holders():
        for name in (holder.person, *holder.aliases):
            if " " in name:
                countries.setdefault(name, set()).add(holder.country)
    return {name: next(iter(meant)) for name, meant in countries.items() if len(meant) == 1}


@lru_cache(maxsize=1)
def _automaton() -> tuple[Any, tuple[str, ...]]:
    """The names, and for each the code of the party that it means; "" for names that only look like one."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    meanings = {}
    for form, entries in forms().items():
        codes = sorted(entry.code.rpartition("|")[2] for entry in entries if entry.kind != "trap")
        meanings[form] = codes[0] if codes else ""
    for name, country in _leaders().items():
        meanings.setdefault(name, country)
    for word in _DIPLOMACY:
        meanings |= {word: _WORD, word.capitalize(): _WORD}
    names = sorted(meanings)
    automaton = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)
    return automaton, tuple(meanings[name] for name in names)
