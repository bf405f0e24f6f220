"""Clues from names that hold only for a time: persons in their offices, states and capitals under an old name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from communique.dates.anchor import grid
from communique.dates.anchor.grid import Clue, floor
from communique.dates.anchor.terms import Holder, find_holders, find_known
from communique.language.sentences import text_of
from communique.model import DayRange, Span
from communique.tables import rows

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick
    from spacy.tokens import Doc

# How likely a day outside the term is: with the office beside the name, by the name alone (people are named before
# and after they hold an office), and for one who acts in the first sentence.
_TITLED, _NAMED, _ACTING = 0.02, 0.3, 0.01


def office_terms(doc: Doc) -> Iterator[Clue]:
    """Offices held only between certain days."""
    import numpy

    days = grid.days()
    text = text_of(doc)
    titled = find_holders(text)
    known = {holder.person for holder in titled}
    lead = _first_sentence(doc)
    for holder in (*titled, *(h for h in find_known(text[:900]) if h.person not in known)):
        mask = numpy.zeros(len(days.ordinal), dtype=bool)
        for term in holder.terms:
            mask[days.index(term.first) : days.index(term.last) + 1] = True
        acting = holder.person in known and holder.span.end <= lead and _is_in_main_clause(doc, holder)
        low = _ACTING if acting else _TITLED if holder.person in known else _NAMED
        note = f"{holder.person}, {holder.title}: in office {_years(holder.terms)}"
        yield Clue("office-term", floor(mask, low), note, None, holder.span, hard=acting)


def _years(terms: tuple[DayRange, ...]) -> str:
    """ "2005 to 2009 and 2013 to 2017", "from 2021 on": terms that overlap are one."""
    joined: list[DayRange] = []
    for term in terms:
        if joined and term.first <= joined[-1].last:
            joined[-1] = DayRange(joined[-1].first, max(joined[-1].last, term.last))
        else:
            joined.append(term)
    return " and ".join(
        f"from {t.first.year} on" if t.last == grid.LAST else f"{t.first.year} to {t.last.year}" for t in joined
    )


def _first_sentence(doc: Doc) -> int:
    """Character at which the first sentence of the running text ends."""
    for sentence in doc.sents:
        if any(token.is_punct and token.text in ".!?" for token in sentence[-2:]):
            return int(sentence.end_char)
    return 0


def _is_in_main_clause(doc: Doc, holder: Holder) -> bool:
    """The person plays in the sentence's main clause, not in an aside about other days."""
    span = doc.char_span(holder.span.start, holder.span.end, alignment_mode="expand")
    if span is None:
        return False
    current = span.root
    for _ in range(12):
        if current.dep_ in ("relcl", "acl", "advcl", "poss"):
            return False
        if current.head.i == current.i:
            return current.pos_ in ("VERB", "AUX")
        current = current.head
    return False


def bearers_of_names(text: str) -> Iterator[Clue]:
    """Capitals and countries under a name that they bore only for a time; names that are used only since a day."""
    import numpy

    days = grid.days()
    for name, first, last, note, low in _names():
        match = re.search(rf"\b{re.escape(name)}\b", text) if name in text else None
        if match:
            mask = (days.ordinal >= first.toordinal()) & (days.ordinal <= last.toordinal())
            yield Clue("name", floor(mask, low), note, f"{first}/{last}", Span(match.start(), match.end()))
    pattern, machine, table = _dated_names()
    named = pattern.finditer(text) if machine.find_matches_as_indexes(text) else ()
    found = {match.group(): match for match in reversed(list(named))}
    for name, match in found.items():
        first, last = table[name]
        early = floor(days.ordinal >= first.toordinal(), 0.02)
        late = floor(days.ordinal <= last.toordinal(), 0.3)
        note = f"{name!r} is spoken of only since {first.year}"
        yield Clue("name", numpy.minimum(early, late), note, f"{first}/..", Span(match.start(), match.end()))


@lru_cache(maxsize=1)
def _dated_names() -> tuple[re.Pattern[str], AhoCorasick, dict[str, tuple[date, date]]]:
    """One pattern for all names of the table, what tells fast that a text has none, and the days of their use."""
    from ahocorasick_rs import AhoCorasick

    table = {
        row["name"]: (date.fromisoformat(row["from"]), date.fromisoformat(row["to"]) if row["to"] else grid.LAST)
        for row in rows("dated_names")
    }
    names = "|".join(re.escape(name) for name in sorted(table, key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\b"), AhoCorasick(list(table)), table


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, date, date, str, float], ...]:
    """Names with the days between which they were used, the reason, and how likely they are on other days.

    Old spellings linger for years; a new name is not used before it is given.
    """
    table = rows("name_changes")
    found: list[tuple[str, date, date, str, float]] = []
    for row in table:
        begin, end = _day(row["from"]), _day(row["to"])
        if end is None or end.year < 1990:
            continue
        only_then = sum(row["name"] in (r["name"], r["now"]) for r in table) == 1
        if row["kind"] == "capital name" and begin and only_then:
            note = f"the capital was called {row['name']} from {begin.year} to {end.year}"
            found.append((row["name"], begin, end + timedelta(14), note, 0.02))
        if row["kind"] in ("country name", "split"):
            new = [name for name in row["now"].split("; ") if name not in row["name"]]
            found.extend(
                (name, end - timedelta(30), grid.LAST, f"the name {name} is used since {end.year}", 0.1) for name in new
            )
    return tuple(found)


def _day(text: str) -> date | None:
    parts = [int(p) for p in text.split("-")] if text else []
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1) if parts else None
