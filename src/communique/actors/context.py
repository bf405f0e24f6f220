"""Completing persons: the country an unmarked office belongs to, and what the tables add to a bare name."""

from __future__ import annotations

from collections import Counter

from communique.actors import knowledge
from communique.actors.draft import DraftActor
from communique.actors.knowledge import Holder
from communique.actors.names import NameRun
from communique.actors.people import People
from communique.actors.words import Words
from communique.model import DayRange, Office

# Offices of a state that are printed without the state where the reader knows which one is meant.
_NATIONAL = frozenset(
    """president;head of state;monarch;head of government;deputy head of government;vice president;crown prince;
    secretary of state;chief cabinet secretary;state councillor;speaker;general secretary;deputy foreign minister;
    national security adviser;governor-general;chief of general staff;attorney general;cabinet secretary;chair;
    deputy chair;deputy minister;minister;spokesperson;ambassador;opposition leader;legislator""".replace(
        "\n    ", ""
    ).split(";")
)


def complete(people: People, words: Words, day: DayRange | None) -> None:
    """Give persons the country and full name that the report and the tables settle."""
    for person in people.persons:
        _from_table(person, day, people)
    for run in people.runs:
        if run.start not in people.person_of and not run.long:
            _known_family(people, run, day)
    home = home_country(people, words)
    for person in people.persons:
        if person.country is None and person.country_basis != "body" and _is_national(person):
            code = _from_place(person, people, words) or home or _other_of_two(person, people)
            if code:
                person.country, person.country_basis = code, "context"


def _is_national(person: DraftActor) -> bool:
    return any(key in _NATIONAL or key.endswith(" minister") for key in person.keys) and person.sector != "IGO"


def _national_only(spells: list[Holder], people: People) -> list[Holder]:
    """Leave out second thrones (co-princes, monarchs of other realms) unless the report is about that state."""
    countries = {h.country for h in spells}
    if len(countries) < 2:
        return spells
    states = people.draft.states()
    named = [h for h in spells if h.country in states]
    if named and len({h.country for h in named}) == 1:
        return named
    return [h for h in (named or spells) if h.country != "AND"]


def _from_table(person: DraftActor, day: DayRange | None, people: People) -> None:
    """Country and office of a person whose full name, or family name and country, the table holds."""
    name = person.name
    if len(name.split()) >= 2:
        spells = _national_only(knowledge.by_full_name(name), people)
        if person.country is not None:
            spells = [h for h in spells if h.country == person.country]
        if not spells or len({h.country for h in spells}) != 1:
            return
        if person.country is None and person.country_basis != "body":
            current = knowledge.in_office(spells, day)
            if person.keys and not _agrees(person, spells) and not current:
                return
            person.country, person.country_basis = spells[0].country, "table"
        _add_table_office(person, spells, day)
        return
    if person.country is None and not person.keys:
        return
    spells = knowledge.by_family_name(name)
    if person.country is not None:
        spells = [h for h in spells if h.country == person.country]
    spells = [h for h in knowledge.in_office(spells, day) if _agrees(person, [h])]
    spells = _national_only(spells, people)
    if spells and knowledge.same_person(spells):
        _take(person, spells, day)


def _agrees(person: DraftActor, spells: list[Holder]) -> bool:
    """Whether an office that the report gives is the one of the table."""
    offices = {h.office for h in spells}
    for key in person.keys:
        if offices & set(knowledge.table_offices(key)):
            return True
    return not person.keys


def _add_table_office(person: DraftActor, spells: list[Holder], day: DayRange | None) -> None:
    if day is None or person.offices:
        return
    for holder in knowledge.in_office(spells, day):
        if holder.office not in person.keys:
            person.offices.append(
                Office(holder.title or holder.office, None, holder.country, holder.office, basis="table")
            )
            person.keys.add(holder.office)
            person.sector = person.sector or "GOV"


def _take(person: DraftActor, spells: list[Holder], day: DayRange | None) -> None:
    printed = person.name
    person.name = knowledge.usual_name(spells[-1], printed)
    if person.country is None:
        person.country, person.country_basis = spells[-1].country, "table"
    _add_table_office(person, spells, day)


def _known_family(people: People, run: NameRun, day: DayRange | None) -> None:
    """A family name alone: a known leader, if one only is meant and the report names that state."""
    if run.score < -1:
        return
    words = people.words
    spells = knowledge.by_family_name(words.words(run.start, run.end))
    if not spells:
        return
    states = people.draft.states()
    spells = [h for h in knowledge.in_office(spells, day) if h.country in states]
    if not spells or not knowledge.same_person(spells):
        return
    text = words.words(run.start, run.end)
    if not (words.ent[run.start] == "PERSON" or run.score >= 1):
        return
    person = next((p for p in people.persons if p.name == knowledge.usual_name(spells[-1], text)), None)
    if person is None:
        person = people.stand_alone(run)
        _take(person, spells, day)
    else:
        people.join(person, run)


def home_country(people: People, words: Words) -> str | None:
    """The state whose offices the report prints without naming it: that of unmarked holders whom the tables know."""
    votes: Counter[str] = Counter()
    for person in people.persons:
        if person.country and person.country_basis == "table" and _is_national(person):
            votes[person.country] += 1
    if not votes:
        return None
    (code, n), *rest = votes.most_common(2)
    return code if not rest or n > rest[0][1] else None


def _from_place(person: DraftActor, people: People, words: Words) -> str | None:
    """The state whose capital stands in the sentence that introduces the person, if it is nobody else's."""
    capitals = knowledge.capitals()
    first = min((m.start for m in person.mentions), default=None)
    if first is None:
        return None
    begin, end = words.sentence_bounds[words.sentence[first]]
    others = {
        p.country for p in people.persons
        if p is not person and p.country and p.country_basis == "own" and any(begin <= m.start < end for m in p.mentions)
    }  # fmt: skip
    found = []
    for i in range(begin, end):
        for n in (1, 2):
            code = capitals.get(words.words(i, min(end, i + n)))
            if code:
                found.append(code)
    codes = list(dict.fromkeys(c for c in found if c not in others))
    return codes[0] if len(codes) == 1 else None


def _other_of_two(person: DraftActor, people: People) -> str | None:
    """In a report about two states, an unmarked office beside a marked one belongs to the other state."""
    words = people.words
    first = min((m.start for m in person.mentions), default=0)
    counted: Counter[str] = Counter()
    for code, state in people.draft.states().items():
        counted[code] = sum(1 for m in state.mentions if m.form != "place")
    main = [code for code, n in counted.most_common(3) if n]
    if len(main) < 2 or (len(main) == 3 and counted[main[2]] == counted[main[1]]):
        return None
    pair = set(main[:2])
    sentence = words.sentence[first]
    marked = {
        p.country for p in people.persons
        if p is not person and p.country in pair and p.country_basis in ("own", "context")
        and any(abs(words.sentence[m.start] - sentence) <= 1 for m in p.mentions)
    }  # fmt: skip
    rest = pair - marked
    return next(iter(rest)) if len(rest) == 1 and len(marked) == 1 else None
