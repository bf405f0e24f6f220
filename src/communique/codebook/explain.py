"""`communique try`: which frames fire in a sentence, which nearly do, and what they lacked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.actors import find_actors
from communique.codebook.apply import Bench
from communique.language.pipeline import parse_text

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from communique.actors.cast import Cast
    from communique.codebook.kind import Codebook

_MOST_MISSES = 8


def explain(nlp: Language, codebook: Codebook, text: str) -> list[str]:
    """Lines for a person: the actors of `text`, the frames that fired with roles and modality, and the near misses."""
    doc = parse_text(nlp, text)
    cast = find_actors(doc, own=codebook.actors)
    applied = Bench(doc, cast, codebook).apply(near_misses=True)
    lines = ["Actors", *_actors(cast, doc)]
    lines.append("Events" if applied.found else "Events: none")
    for event in applied.found:
        frame = event.match.frame
        lines.append(f"  {event.kind.type} {event.kind.name}, {event.modality} ({event.verdict.why})")
        lines.append(f"    '{doc[event.trigger].text}' fits {frame.pattern} [{frame.rule}]")
        for party in event.parties:
            country = f" ({party.country})" if party.country else ""
            lines.append(f"    {party.role}: {party.name}{country}{', concluded' if party.implied else ''}")
        if event.place is not None and event.place.name:
            lines.append(f"    place: {event.place.name}")
    fired = {(m.trigger, m.frame.kind) for m in applied.matches}
    near = [m for m in applied.misses if (m.trigger, m.frame.kind) not in fired]
    near.sort(key=lambda m: (-m.filled, m.trigger, m.frame.rule))
    if near:
        lines.append("Nearly")
        for miss in near[:_MOST_MISSES]:
            word = doc[miss.trigger].text
            lines.append(f"  '{word}' for {miss.frame.pattern} [{miss.frame.rule}]: {miss.lacked}")
        if len(near) > _MOST_MISSES:
            lines.append(f"  and {len(near) - _MOST_MISSES} more")
    return lines


def _actors(cast: Cast, doc: Doc) -> Iterator[str]:
    if not cast.actors:
        yield "  none"
    for actor in cast.actors:
        words = ", ".join(dict.fromkeys(doc[m.start : m.end].text for m in cast.mentions_of(actor.index)))
        offices = "; ".join(office.title for office in actor.offices)
        about = ", ".join(part for part in (actor.kind, actor.country or "country unknown", offices) if part)
        yield f"  {actor.name} ({about}): {words}{'' if actor.acts else ' [does not act for a state]'}"
