"""What an event takes from the occasion it belongs to: a visit's town and days, a summit's town.

A meeting between a guest and the host's people, told without a place or a day, has the place of the visit or gathering
that the report tells around it, and the days of a visit told in the same breath.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from communique.codebook.records import Found
from communique.model import When

_WITHIN = frozenset({"meeting", "talks", "signing", "session", "message", "launch", "conference", "call"})
_PLACED = frozenset({"meeting", "talks", "signing", "session"})
_GATHERINGS = frozenset({"conference", "session"})


def complete(found: Sequence[Found], same_passage: Callable[[int, int], bool]) -> list[Found]:
    """`found` with places and days taken from their occasions. `same_passage(a, b)`: triggers told in one breath."""
    completed: list[Found] = []
    for event in found:
        if event.kind.name in _WITHIN:
            for occasion in found:
                if occasion is not event and _belongs(event, occasion, same_passage):
                    event = _taken(event, occasion, same_passage)
        completed.append(event)
    return completed


def _belongs(event: Found, occasion: Found, same_passage: Callable[[int, int], bool]) -> bool:
    if event.modality != occasion.modality or event.kind.name == "call":
        return False
    if event.days is not None and occasion.days is not None:
        inside = occasion.days.first <= event.days.first and event.days.last <= occasion.days.last
        if not inside:
            return False
    elif not same_passage(event.trigger, occasion.trigger):
        return False
    if occasion.kind.name == "visit":
        return _guests(occasion) <= {p.name for p in event.parties} and bool(_hosts(occasion) & event.countries)
    return occasion.kind.name in _GATHERINGS and occasion.days is not None and event.kind.name not in _GATHERINGS


def _guests(visit: Found) -> set[str]:
    return {p.name for p in visit.parties if p.role != "host"}


def _hosts(visit: Found) -> set[str]:
    return {p.country for p in visit.parties if p.role == "host" and p.country}


def _taken(event: Found, occasion: Found, same_passage: Callable[[int, int], bool]) -> Found:
    place, days, when = event.place, event.days, event.when
    town = occasion.place
    if event.kind.name in _PLACED and town is not None and town.name and place is None and _is_town(occasion):
        place = replace(town)
    if days is None and occasion.days is not None and same_passage(event.trigger, occasion.trigger):
        days = occasion.days
        value = occasion.when.value if occasion.when is not None else occasion.days.first.isoformat()
        granularity = occasion.when.granularity if occasion.when is not None else "days"
        when = When(None, value, granularity, "occasion", f"the days of the {occasion.kind.name} that it belongs to.")
    return replace(event, place=place, days=days, when=when)


def _is_town(occasion: Found) -> bool:
    """Whether the occasion's place says more than its country."""
    place = occasion.place
    return place is not None and (place.lat is not None or place.country not in occasion.countries)
