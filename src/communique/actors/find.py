"""Finding all actors of a parsed report: the room's front door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.actors.cast import Cast
from communique.actors.context import complete, settle_bodies
from communique.actors.countries import find_countries, place_countries
from communique.actors.draft import Draft
from communique.actors.groups import find_groups
from communique.actors.lexicon import scan
from communique.actors.names import find_runs
from communique.actors.office_words import Known
from communique.actors.offices import find_offices
from communique.actors.organisations import (
    bare_ministries,
    known_organisations,
    labelled_organisations,
    place_organisations,
    state_bodies,
    state_of,
)
from communique.actors.own import OwnActors, own_organisations, settle_own_people
from communique.actors.people import People
from communique.actors.resolve import Resolver
from communique.actors.words import Words
from communique.model import DayRange, Person

if TYPE_CHECKING:
    from spacy.tokens import Doc

NONE = OwnActors()


def find_actors(doc: Doc, *, day: DayRange | None = None, own: OwnActors = NONE) -> Cast:
    """All actors of `doc` and every place that names them.

    `doc` comes from `communique.language.pipeline.parse_text`. `day` is the day of writing where it is known: the
    tables of office holders are then asked for that day only. `own` are a researcher's own actors, which go first.
    """
    words = Words(doc)
    draft = Draft(words)
    if not words.n:
        return draft.freeze()
    hits = scan(words)
    states = find_countries(words, hits)
    country_at = {i: (hit.start, hit.end, hit.code) for hit in states for i in range(hit.start, hit.end)}
    own_hits = own.hits(words, day)
    organisations = own_organisations(words, own_hits)
    mine = {i for o in organisations for i in range(o.start, o.end)}
    organisations += [o for o in known_organisations(words, hits, country_at) if o.start not in mine]
    closed = [False] * words.n
    held = [(o.start, o.end) for o in organisations]
    held += [(h.start, h.end) for h in hits if h.start in country_at or any(e.kind == "trap" for e in h.entries)]
    for start, end in held:
        closed[start:end] = [True] * (end - start)
    organisations += state_bodies(words, country_at, closed)
    body_at = {i: (o.start, o.end, state_of(o)) for o in organisations for i in range(o.start, o.end)}
    phrases = find_offices(words, Known(country_at, body_at))
    office = [False] * words.n
    for phrase in phrases:
        office[phrase.start : phrase.end] = [True] * (phrase.end - phrase.start)
    people = People(draft, find_runs(words, closed, office), phrases, country_at, body_at)
    people.link_offices()
    place_countries(draft, states)
    place_organisations(draft, organisations)
    people.build()
    complete(people, words, day)
    settle_own_people(draft, people, own_hits)
    settle_bodies(people, words)
    bare_ministries(draft)
    groups = find_groups(words, country_at, office)
    Resolver(draft, people, groups, country_at, day).run()
    place_organisations(draft, labelled_organisations(words, [m is not None for m in draft.taken], office))
    return draft.freeze()


def people_of(cast: Cast) -> tuple[Person, ...]:
    """Every person and every group of named members, ids "p1", "p2" ... by first mention.

    A group's `members` are ids of persons, or names of states and organisations.
    """
    chosen = [a for a in cast.actors if (a.kind == "person" and a.named) or (a.kind == "group" and a.members)]
    ids = {a.index: f"p{n}" for n, a in enumerate(chosen, 1)}
    return tuple(
        Person(
            id=ids[a.index], name=a.name, mentions=tuple(m.span for m in cast.mentions_of(a.index)), country=a.country,
            offices=a.offices, kind=a.kind,
            members=tuple(ids.get(m, cast.actors[m].name) for m in a.members) if a.members else None,
        )
        for a in chosen
    )  # fmt: skip
