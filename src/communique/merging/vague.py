"""Where a mention without sharp days goes: to the event that it fits, or nowhere.

One that fits exactly one event belongs to it; of several, to the only one near its report's other days; else it stays
apart, with the events that it fits listed. Those that fit no event are joined with each other where their reports were
written within days of each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from communique.merging.accounts import Group, join, slot_of
from communique.merging.compatible import strongly_named
from communique.merging.units import NO_LINKS, Links, Unit, units_agree

NEAR = 10  # days from a report's other days within which an undated mention is looked for
LISTED = 12  # events that are listed where an undated mention fits many


def fits(unit: Unit, event: Group, links: Links = NO_LINKS) -> bool:
    """True when a vague unit is compatible with all that is told of an event."""
    return all(units_agree(unit, other, links) for other in event)


def choose(unit: Unit, fitting: Sequence[Group]) -> int | None:
    """Which of the events that a vague unit fits it belongs to; None when that cannot be said."""
    if len(fitting) <= 1:
        return 0 if fitting else None
    days = _days_of(unit)
    close = [i for i, group in enumerate(fitting) if any(_distance(day, group) <= NEAR for day in days)]
    return close[0] if len(close) == 1 else None


def doubts(unit: Unit, fitting: Sequence[tuple[str, Group]]) -> tuple[str, ...]:
    """The ids of the events that a unit left apart would have fitted, sorted: the `LISTED` nearest of them."""
    days = _days_of(unit)
    nearest = sorted((min((_distance(day, group) for day in days), default=0), key) for key, group in fitting)
    return tuple(sorted(key for _, key in nearest[:LISTED]))


def _days_of(unit: Unit) -> set[date]:
    days = set(unit.lead.around)
    if unit.lead.written is not None:
        days.add(unit.lead.written)
    return days


def _distance(day: date, group: Group) -> int:
    """Days between a day and an event."""
    gaps = []
    for unit in group:
        if unit.lead.start is not None and unit.lead.end is not None:
            gaps.append(max((unit.lead.start - day).days, (day - unit.lead.end).days, 0))
    return min(gaps, default=100_000)


def together(links: Links = NO_LINKS) -> Callable[[Unit, Unit], int]:
    """How well two vague units that fit no event fit each other."""

    def agree(a: Unit, b: Unit) -> int:
        return units_agree(a, b, links) if side_by_side(a, b) else 0

    return agree


def side_by_side(a: Unit, b: Unit) -> bool:
    """True when the days that two vague units are told of are close, or both name one instrument."""
    x, y = slot_of(a), slot_of(b)
    if x is not None and y is not None and max((y[0] - x[1]).days, (x[0] - y[1]).days) <= NEAR:
        return True
    return strongly_named(a.lead, b.lead)


def join_lone(units: Sequence[Unit], links: Links = NO_LINKS) -> list[Group]:
    """The events of vague units that fit no other event."""
    return join(units, links, together(links))
