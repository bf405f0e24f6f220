"""What an event takes from the occasion it belongs to: a visit's town and days, a summit's town.

A meeting between a guest and the host's people, told without a place or a day, has the place of the visit or gathering
that the report tells around it, and the days of a visit told in the same breath.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from communique.codebook.found import Found
from communique.model import When

_BEFORE = timedelta(days=2)


Together = Callable[[int, int], bool]


def complete(found: Sequence[Found], one_breath: Together, one_paragraph: Together) -> list[Found]:
    """`found` with places and days taken from their occasions.

    Days are taken only within one breath (a sentence and its neighbour), places also within a paragraph.
    """
    completed: list[Found] = []
    for event in found:
        if event.kind.takes:
            for occasion in found:
                if occasion is not event and _belongs(event, occasion, one_breath, one_paragraph):
                    event = _taken(event, occasion, one_breath)
        completed.append(event)
    return completed


def _belongs(event: Found, occasion: Found, one_breath: Together, one_paragraph: Together) -> bool:
    if event.modality != occasion.modality:
        return False
    contact = occasion.kind.occasion and not (occasion.kind.journey or occasion.kind.gathering)
    if contact and not event.kind.occasion:  # "agreed to reopen the border after a meeting on Friday"
        near = one_breath(event.trigger, occasion.trigger)
        return near and not _is_told(event) and event.countries == occasion.countries
    dated = event.days is not None and occasion.days is not None
    if dated and not _inside(event, occasion):
        return False
    if occasion.kind.journey:
        near = dated or _any_mention(event, occasion, one_paragraph) or event.modality == "planned"
        hosts = {p.country for p in occasion.parties if p.role == "host" and p.country}
        guests = {p.name for p in occasion.parties if p.role != "host"}
        return near and guests <= {p.name for p in event.parties} and bool(hosts & event.countries)
    if not occasion.kind.gathering or event.kind.gathering:
        return False
    return occasion.days is not None and (dated or one_breath(event.trigger, occasion.trigger))


def _any_mention(event: Found, occasion: Found, together: Together) -> bool:
    """Whether a mention of the occasion stands by the event: "During the visit they will sign"."""
    return any(together(event.trigger, i) for i in (occasion.trigger, *(m.trigger for m in occasion.others)))


def _is_planned_for(occasion: Found, event: Found) -> bool:
    """What a report of a coming visit announces of guest and host is to happen during it, wherever it says so."""
    return occasion.kind.journey and event.modality == occasion.modality == "planned"


def _is_told(event: Found) -> bool:
    """Whether the text gives the day, which else is that of the report."""
    return event.days is not None and (event.when is None or event.when.basis != "report-day")


def _inside(event: Found, occasion: Found) -> bool:
    """Within the occasion's days; of a gathering often only the last day is told, so the days before count too."""
    assert event.days is not None
    assert occasion.days is not None
    slack = _BEFORE if occasion.kind.gathering else timedelta(0)
    return occasion.days.first - slack <= event.days.first and event.days.last <= occasion.days.last


def _taken(event: Found, occasion: Found, one_breath: Together) -> Found:
    place, days, when = event.place, event.days, event.when
    town = occasion.place
    if "place" in event.kind.takes and town is not None and place is None and _says_where(occasion):
        place = replace(town)
    if (
        "day" in event.kind.takes
        and (days is None or not _is_told(event))
        and occasion.days is not None
        and (_any_mention(event, occasion, one_breath) or _is_planned_for(occasion, event))
    ):
        days = occasion.days
        value = occasion.when.value if occasion.when is not None else occasion.days.first.isoformat()
        granularity = occasion.when.granularity if occasion.when is not None else "days"
        when = When(None, value, granularity, "occasion", f"the days of the {occasion.kind.name} that it belongs to.")
    return replace(event, place=place, days=days, when=when)


def _says_where(occasion: Found) -> bool:
    """A journey takes its guest to its town or country; of a gathering the place must be a town."""
    place = occasion.place
    assert place is not None
    if occasion.kind.journey:
        return True
    return bool(place.name) and (place.lat is not None or place.country not in occasion.countries)
