"""The two sides of an event, as PLOVER draws them: who acts, and who is acted upon.

A visitor is the actor and the host the recipient; where all take part alike (a signing, talks), all are actors and
there is no recipient (PLOVER manual 0.7, "Compound and Reciprocal Actors" and CONSULT).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.model import Event, Participant

_ACTOR = frozenset({"initiator", "guest", "mediator", "party"})
_MUTUAL = frozenset({"meeting", "talks", "session", "conference", "call", "signing"})


def sides(event: Event) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """(actors, recipients) of an event, each in the order of its participants.

    Counterparts of a meeting, a call or talks act together with whoever opened it, so both are actors.
    """
    mutual = event.kind in _MUTUAL
    actors = tuple(p for p in event.participants if p.role in _ACTOR or (mutual and p.role == "counterpart"))
    recipients = tuple(p for p in event.participants if p not in actors)
    return actors, recipients
