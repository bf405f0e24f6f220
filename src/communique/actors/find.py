"""Finding all actors of a parsed report: the room's front door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.actors.cast import Cast
from communique.actors.countries import find_countries, place_countries
from communique.actors.draft import Draft
from communique.actors.lexicon import scan
from communique.actors.names import find_runs
from communique.actors.offices import find_offices
from communique.actors.people import People
from communique.actors.words import Words
from communique.model import DayRange, Person

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_actors(doc: Doc, *, day: DayRange | None = None) -> Cast:
    """All actors of `doc` and every place that names them.

    `doc` comes from `communique.language.pipeline.parse_text`. `day` is the day of writing where it is known: the
    tables of office holders are then asked for that day only.
    """
    words = Words(doc)
    draft = Draft(words)
    if not words.n:
        return draft.freeze()
    hits = scan(words)
    states = find_countries(words, hits)
    country_at = {i: (hit.start, hit.end, hit.code) for hit in states for i in range(hit.start, hit.end)}
    closed = [False] * words.n
    for hit in hits:
        if any(e.kind in ("organisation", "body", "trap") for e in hit.entries) or hit.start in country_at:
            for i in range(hit.start, hit.end):
                closed[i] = True
    phrases = find_offices(words, country_at)
    office = [False] * words.n
    for phrase in phrases:
        for i in range(phrase.start, phrase.end):
            office[i] = True
    people = People(draft, find_runs(words, closed, office), phrases)
    people.link_offices()
    place_countries(draft, states)
    people.build()
    return draft.freeze()


def people_of(cast: Cast) -> tuple[Person, ...]:
    """Every person and every group of named members, ids "p1", "p2" ... by first mention."""
    chosen = [a for a in cast.actors if a.kind == "person" and a.named]
    return tuple(
        Person(
            id=f"p{n}", name=a.name, mentions=tuple(m.span for m in cast.mentions_of(a.index)), country=a.country,
            offices=a.offices,
        )
        for n, a in enumerate(chosen, 1)
    )  # fmt: skip
