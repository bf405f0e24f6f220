"""Whether two mentions can be one happening: by kind, people, days, place and instrument.

Each test looks at the two mentions alone. What one report leaves open contradicts nothing; what two reports say
differently does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from communique.merging.kinds import LASTING, ONCE, family_of
from communique.merging.mentions import Mention, Party, window
from communique.merging.names import (
    content,
    instrument_match,
    name_parts,
    places_contradict,
    plain,
    same_organisation,
    same_person,
    speaks_for_state,
)

OVERLAP, NEXT_DAY, DISPUTED = 3, 2, 1  # how the days of two compatible mentions agree
ONCE_SLACK = 31  # days by which reports may differ on something that happens once to an instrument
SHARED_WORDS = 0.25  # of the shorter sentence's telling words, where the words must agree
ATTENDED = frozenset({"ceremony", "summit", "gather"})
"""Families whose events many attend: one report names these, another one those."""
_FRONT = frozenset({"initiator", "guest"})
_BACK = frozenset({"recipient", "host", "counterpart"})


def compatible(a: Mention, b: Mention) -> int:
    """How the days agree (`OVERLAP`, `NEXT_DAY`, `DISPUTED`) if two mentions can be one happening, else 0."""
    family = family_of(a.kind)
    if a.kind != b.kind and family.name != family_of(b.kind).name:
        return 0
    days = days_agree(a, b)
    if not days or not _places_agree(a, b):
        return 0
    if a.report == b.report and not _told_twice(a, b):
        return 0
    if not (family.name in ATTENDED and strongly_named(a, b) and a.countries & b.countries) and not parties_agree(
        a.parties, b.parties, two_sided=family.two_sided, directed=family.directed
    ):
        return 0
    if a.origin == b.origin and a.sentence is not None and a.sentence == b.sentence:
        return days
    if family.same_thing == "instrument" and not _instruments_agree(a, b, days):
        return 0
    if family.same_thing == "words" and not _words_agree(a, b):
        return 0
    if a.round is not None and b.round is not None and a.round != b.round:
        return 0
    if family.same_thing == "day" and a.instrument and b.instrument and _rounds_differ(a.instrument, b.instrument):
        return 0
    return days


def agreement(a: Mention, b: Mention) -> int:
    """How much two compatible mentions say alike; the larger, the earlier they are joined."""
    score = 40 * (compatible_days(a, b) == OVERLAP) + 12 * (a.start == b.start and a.end == b.end)
    score += 8 * (_people(a) == _people(b)) + 4 * (a.countries == b.countries) + 3 * (a.kind == b.kind)
    if a.place and b.place:
        score += 3 * (plain(a.place) == plain(b.place))
    if a.instrument and b.instrument:
        score += round(6 * instrument_match(a.instrument, b.instrument))
    if a.words and b.words:
        score += round(5 * len(a.words & b.words) / min(len(a.words), len(b.words)))
    return score


# --- days -----------------------------------------------------------------------------------------------------------


def days_agree(a: Mention, b: Mention) -> int:
    """`OVERLAP`, `NEXT_DAY` (both single days, one day apart: time zones, datelines), `DISPUTED` (an instrument's one
    signing dated differently) or 0. A day that is not told agrees if the report's own day allows it."""
    x, y = window(a), window(b)
    if x is None or y is None or (x[0] <= y[1] and y[0] <= x[1]):
        return OVERLAP
    gap = _gap(x, y)
    dated = a.start is not None and b.start is not None
    if dated and gap == 1 and x[0] == x[1] and y[0] == y[1]:
        return NEXT_DAY
    if family_of(a.kind).name in ONCE and gap <= ONCE_SLACK and strongly_named(a, b):
        return DISPUTED
    if not dated and strongly_named(a, b):
        return OVERLAP
    return 0


def compatible_days(a: Mention, b: Mention) -> int:
    """`days_agree` without regard to the reports' own days."""
    if a.start is None or b.start is None:
        return NEXT_DAY
    return days_agree(a, b)


def _gap(x: tuple[date, date], y: tuple[date, date]) -> int:
    """Days between two intervals; 0 or less when they share a day."""
    return max((y[0] - x[1]).days, (x[0] - y[1]).days)


def strongly_named(a: Mention, b: Mention) -> bool:
    return bool(a.instrument and b.instrument and instrument_match(a.instrument, b.instrument) >= 0.6)


# --- who ------------------------------------------------------------------------------------------------------------


def _people(mention: Mention) -> frozenset[str]:
    return frozenset(" ".join(name_parts(p.name)) for p in mention.parties if p.kind == "person")


@lru_cache(maxsize=65536)
def parties_agree(a: tuple[Party, ...], b: tuple[Party, ...], *, two_sided: bool, directed: bool) -> bool:
    """True when two lists of participants can be those of one happening.

    Every country that both name is represented by compatible persons; for a two-sided kind one side's countries hold
    the other's; a directed one is not turned round.
    """
    ours, theirs = _by_country(a), _by_country(b)
    shared = ours.keys() & theirs.keys()
    if not shared:
        return _share_a_name(a, b)
    if two_sided and not (ours.keys() <= theirs.keys() or theirs.keys() <= ours.keys()):
        return False
    if directed and _turned_round(a, b):
        return False
    return all(_represented(ours[country], theirs[country]) for country in shared)


def _by_country(parties: Iterable[Party]) -> dict[str, list[Party]]:
    """The participants by country; a mediator is left out where two others remain."""
    every = list(parties)
    core = [p for p in every if p.role != "mediator"]
    if len({p.country for p in core if p.country}) < 2:
        core = every
    found: dict[str, list[Party]] = {}
    for party in core:
        if party.country:
            found.setdefault(party.country, []).append(party)
    return found


def _represented(ours: list[Party], theirs: list[Party]) -> bool:
    """True when two lists of one country's participants can be the same people."""
    persons, others = [p.name for p in ours if p.kind == "person"], [p.name for p in theirs if p.kind == "person"]
    if persons and others:
        return any(same_person(x, y) for x in persons for y in others)
    bodies, their_bodies = _bodies(ours), _bodies(theirs)
    if bodies and their_bodies:
        return any(same_organisation(x, y) for x in bodies for y in their_bodies) or (
            all(map(speaks_for_state, bodies)) and all(map(speaks_for_state, their_bodies)) and not (persons or others)
        )
    # one side names a company or society, the other a person or nobody: not the same
    return all(speaks_for_state(x) for x in (*bodies, *their_bodies))


def _bodies(parties: list[Party]) -> list[str]:
    if any(p.kind == "person" for p in parties):
        return []
    return [p.name for p in parties if p.kind == "organisation"]


def _share_a_name(a: Iterable[Party], b: Iterable[Party]) -> bool:
    """True when two lists without a common country have a participant of one name."""
    return any(
        same_person(x.name, y.name) if x.kind == "person" else same_organisation(x.name, y.name)
        for x in a
        for y in b
        if x.kind == y.kind and not (x.country and y.country and x.country != y.country)
    )


def _turned_round(a: Iterable[Party], b: Iterable[Party]) -> bool:
    """True when those who act in one are those acted upon in the other."""
    for roles in (_FRONT, _BACK):
        ours = {p.country for p in a if p.role in roles and p.country}
        theirs = {p.country for p in b if p.role in roles and p.country}
        if ours and theirs and ours.isdisjoint(theirs):
            return True
    return False


def _told_twice(a: Mention, b: Mention) -> bool:
    """True when one report tells of the same people on the same days in two places: one happening, told twice.

    Two mentions of a report that differ in who or when are two happenings; the coder had both before it. But a visit
    goes on from day to day: arriving on one and meeting on the next is one visit.
    """
    if _people(a) != _people(b) or a.countries != b.countries:
        return False
    if a.start is None or b.start is None:
        return True
    return (a.start, a.end) == (b.start, b.end) or family_of(a.kind).name in LASTING


# --- where, and what ------------------------------------------------------------------------------------------------


def _places_agree(a: Mention, b: Mention) -> bool:
    if a.place_country and b.place_country and a.place_country != b.place_country:
        return False
    return not (a.place and b.place and places_contradict(a.place, b.place))


def _instruments_agree(a: Mention, b: Mention, days: int) -> bool:
    """True when both name one instrument, or one names none and both days are sharp and the kinds are the same.

    "Seven memoranda" and "eight agreements" name none: what they were about is not said.
    """
    if a.instrument and b.instrument and content(a.instrument) and content(b.instrument):
        return instrument_match(a.instrument, b.instrument) >= 0.34
    return a.kind == b.kind and a.is_sharp and b.is_sharp and days == OVERLAP


def _rounds_differ(a: str, b: str) -> bool:
    """True when both names are of one series and count another round or year of it."""
    return instrument_match(a, b) == 0.0 and len(content(a) & content(b)) >= 2


def _words_agree(a: Mention, b: Mention) -> bool:
    if not a.words or not b.words:
        return True
    return len(a.words & b.words) >= SHARED_WORDS * min(len(a.words), len(b.words))
