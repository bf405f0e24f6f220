"""Completing persons: the country an unmarked office belongs to, and what the tables add to a bare name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from communique.actors import knowledge
from communique.actors.draft import DraftActor, DraftMention
from communique.actors.knowledge import Holder
from communique.actors.names import NameRun, fold
from communique.actors.people import People
from communique.actors.words import Words
from communique.intake.datelines import find_dateline
from communique.model import DayRange, Office

_HEAD_PARAGRAPHS = 4
# Offices of a state that are printed without the state where the reader knows which one is meant.
_NATIONAL = frozenset(
    """president;head of state;monarch;head of government;deputy head of government;vice president;crown prince;
    secretary of state;chief cabinet secretary;state councillor;speaker;general secretary;deputy foreign minister;
    national security adviser;governor-general;chief of general staff;attorney general;cabinet secretary;chair;
    deputy chair;deputy minister;minister;secretary;deputy secretary;spokesperson;ambassador;opposition leader;
    legislator""".replace("\n    ", "").split(";")
)


def complete(people: People, words: Words, day: DayRange | None) -> None:
    """Give persons the country and full name that the report and the tables settle."""
    for person in people.persons:
        _from_table(person, day, people)
    for run in people.runs:
        if run.start not in people.person_of and not run.long:
            _known_family(people, run, day)
    _owners(people, words)
    home = home_country(people, words)
    for person in people.persons:
        if person.country is None and person.country_basis != "body" and _is_national(person):
            guesses = (
                _from_subject(person, people, words),
                home if not person.keys & _ABROAD else None,
                _from_place(person, people, words),
                _other_of_two(person, people),
                _from_dateline(person, words),
            )
            code = next((c for c in guesses if c and not _taken(person, c, people)), None)
            if code:
                person.country, person.country_basis = code, "context"
    _joined(people, words)


def _joined(people: People, words: Words) -> None:
    """ "Foreign Minister X and Trade Minister Y": of two officials without a printed state both are of the same."""
    for person in people.persons:
        if person.country is not None or person.country_basis == "body" or not _is_national(person):
            continue
        for mention in person.mentions:
            others = [
                people.draft.taken[words.head[i]] or _held_by(people, words.head[i])
                for i in range(mention.full_start, mention.full_end)
                if words.dep[i] == "conj" and not mention.full_start <= words.head[i] < mention.full_end
            ]
            other = next((o.actor for o in others if o is not None and o.actor.kind == "person"), None)
            if other is None or other is person or other.country_basis not in ("table", "context", "title"):
                continue
            if other.country and not _taken(person, other.country, people):
                person.country, person.country_basis = other.country, "context"


def _held_by(people: People, i: int) -> DraftMention | None:
    """The person whose office or apposition token `i` belongs to."""
    around = (m for m in people.draft.around(i) if m.full_start <= i < m.full_end and m.actor.kind == "person")
    return next(around, None)


# Offices that a state gives to one person at a time.
_SINGLE = frozenset(
    {
        "president", "head of state", "monarch", "head of government", "foreign minister", "defence minister",
        "interior minister", "finance minister", "speaker", "secretary of state",
    }
)  # fmt: skip
# Who serves abroad is not of the state in which the report is at home.
_ABROAD = frozenset({"ambassador", "charge d'affaires", "high commissioner", "consul", "special envoy"})
_OWNING = frozenset(
    "movement group country kingdom republic nation emirate state island government sultanate militia".split()
)
_TRAVEL = frozenset(
    "arrive fly travel visit be go come land depart leave tour return receive welcome host sign".split()
)


def _taken(person: DraftActor, code: str, people: People) -> bool:
    """Whether another person of that state already holds an office that only one can hold."""
    mine = person.keys & _SINGLE
    return bool(mine) and any(
        p is not person and p.country == code and p.keys & mine and not any(o.status == "former" for o in p.offices)
        for p in people.persons
    )


def _owners(people: People, words: Words) -> None:
    """ "the movement's envoy", "its foreign minister": the state or body last named owns the office."""
    for run in people.runs:
        person = people.person_of.get(run.start)
        if person is None or person.country is not None:
            continue
        phrases = [p for p in (people.before.get(run.start), *people.after.get(run.start, [])) if p is not None]
        for phrase in phrases:
            if phrase.owner is None or phrase.international:
                continue
            word = words.lower[phrase.owner]
            if word in _OWNING or word in ("its", "their"):
                person.country = last_state(people, words, phrase.start)
            elif word in ("his", "her"):
                mentions = [m for m in people.draft.mentions if m.start < phrase.start and m.actor.kind == "person"]
                near = max(mentions, key=lambda m: m.start, default=None)
                person.country = near.actor.country if near is not None and near.actor is not person else None
            else:  # "Silva's press secretary"
                owner = people.draft.taken[phrase.owner]
                if owner is not None and owner.actor.kind == "person" and owner.actor is not person:
                    person.country = owner.actor.country
            if person.country:
                person.country_basis = "context"


def last_state(people: People, words: Words, i: int) -> str | None:
    """The state or national body last named before token `i`, in this sentence or the one before; subjects first."""
    best: tuple[int, int, str] | None = None
    for mention in people.draft.before(i, sentences=1):
        actor = mention.actor
        if not actor.country or actor.kind not in ("state", "organisation") or mention.form == "place":
            continue
        subject = int(words.dep[mention.head] in ("nsubj", "nsubjpass", "poss"))
        rank = (subject, mention.start, actor.country)
        if best is None or rank > best:
            best = rank
    return best[2] if best else None


def _from_subject(person: DraftActor, people: People, words: Words) -> str | None:
    """ "France will not join: Foreign Minister X said ...": the one state that is a subject in the sentence."""
    first = min((m.start for m in person.mentions), default=None)
    if first is None:
        return None
    states = [
        m for m in people.draft.mentions
        if m.actor.kind == "state" and words.sentence[m.start] == words.sentence[first] and m.form != "place"
    ]  # fmt: skip
    codes = {m.actor.country for m in states}
    if len(codes) != 1 or not states or states[0].start > first:
        return None
    subject = any(words.dep[m.head] in ("nsubj", "nsubjpass") and m.form in ("name", "metonym") for m in states)
    marks = any(words.text[k] in (":", ";", "—", "–") for k in range(states[0].start, first))
    return states[0].actor.country if subject and marks else None


def _is_national(person: DraftActor) -> bool:
    return any(key in _NATIONAL or key.endswith(" minister") for key in person.keys) and person.sector != "IGO"


def _national_only(spells: Sequence[Holder], people: People) -> list[Holder]:
    """Leave out second thrones (co-princes, monarchs of other realms) unless the report is about that state."""
    countries = {h.country for h in spells}
    if len(countries) < 2:
        return list(spells)
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
    spells = knowledge.by_family_name(name)
    if person.country is None and not person.keys:
        # A bare family name counts if the tables know one such person only.
        if len(name) >= 5 and spells and knowledge.same_person(_national_only(spells, people)):
            known = knowledge.in_office(_national_only(spells, people), day)
            if known:
                _take(person, known, day)
        return
    if person.country is not None:
        spells = [h for h in spells if h.country == person.country]
    spells = [h for h in knowledge.in_office(spells, day) if _agrees(person, [h])]
    spells = _national_only(spells, people)
    if spells and knowledge.same_person(spells):
        _take(person, spells, day)
    elif person.country is None and len({h.country for h in spells}) == 1:
        person.country, person.country_basis = spells[0].country, "table"  # one of several who held the office there


def _agrees(person: DraftActor, spells: list[Holder]) -> bool:
    """Whether an office that the report gives is the one of the table."""
    offices = {h.office for h in spells}
    for key in person.keys:
        if offices & set(knowledge.table_offices(key)):
            return True
    return not person.keys


def _add_table_office(person: DraftActor, spells: list[Holder], day: DayRange | None) -> None:
    if day is None and not person.keys:
        # The day is not known: what the person ever was helps to read "the Chinese leader", but is no record.
        person.keys.update(h.office for h in spells)
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


def dateline_country(words: Words) -> str | None:
    """The state whose capital stands in the dateline of one of the first paragraphs: "QUITO, May 4 -"."""
    start = 0
    for number in range(_HEAD_PARAGRAPHS):
        end = next((i for i in range(start, words.n) if words.paragraph[i] > number), words.n)
        dateline = find_dateline(words.words(start, end)) if end > start else None
        if dateline is not None and dateline.place is not None:
            return _folded_capitals().get(fold(dateline.place))
        start = end
    return None


@lru_cache(maxsize=1)
def _folded_capitals() -> dict[str, str]:
    return {fold(name): code for name, code in knowledge.capitals().items()}


def _from_dateline(person: DraftActor, words: Words) -> str | None:
    """An office printed without its state in a report from a capital is that state's, unless its holder came there."""
    if _travels(person, words) or person.keys & _ABROAD:
        return None
    return dateline_country(words)


def settle_bodies(people: People, words: Words) -> None:
    """The state of a ministry or parliament named without one: "the Foreign Ministry in Kyiv", "its parliament"."""
    capitals = knowledge.capitals()
    fallback = home_country(people, words) or dateline_country(words)
    for actor in people.draft.actors:
        if actor.kind != "organisation" or actor.country or not actor.keys & {"ministry", "parliament", "executive"}:
            continue
        if actor.code or not actor.mentions:
            continue
        mention = actor.mentions[0]
        begin, end = words.sentence_bounds[words.sentence[mention.start]]
        after = words.words(mention.end + 1, mention.end + 2) if mention.end + 1 < end else ""
        code = capitals.get(after) if words.lower[mention.end : mention.end + 1] == ["in"] else None
        if code is None and mention.start and words.lower[mention.start - 1] in ("its", "their"):
            code = last_state(people, words, mention.start)
        if code is None:
            places = {capitals[words.text[k]] for k in range(begin, end) if words.text[k] in capitals}
            code = next(iter(places)) if len(places) == 1 else None
        actor.country = code or fallback
    for person in people.persons:
        if person.country is None and person.country_basis != "body":
            person.country = _of_body(person, people)
            person.country_basis = "context" if person.country else ""


def _of_body(person: DraftActor, people: People) -> str | None:
    """The state of the ministry or palace whose spokesman a person is, once that is known."""
    for mention in person.mentions:
        phrase = people.before.get(mention.start)
        phrases = [phrase] if phrase is not None else []
        for found in (*phrases, *people.after.get(mention.start, [])):
            bodies = (people.draft.taken[k] for k in range(found.start, found.end))
            code = next((b.actor.country for b in bodies if b is not None and b.actor.kind == "organisation"), None)
            if code is not None:
                return code
    return None


def home_country(people: People, words: Words) -> str | None:
    """The state whose offices the report prints without naming it: that of unmarked holders whom the tables know."""
    votes: Counter[str] = Counter()
    for person in people.persons:
        if person.country and person.country_basis in ("table", "title") and _is_national(person):
            votes[person.country] += 1
    if not votes:
        return None
    (code, n), *rest = votes.most_common(2)
    return code if not rest or n >= 3 * rest[0][1] else None


def _travels(person: DraftActor, words: Words) -> bool:
    """Whether the sentence that introduces the person sends him or her somewhere."""
    first = min((m.start for m in person.mentions), default=None)
    if first is None:
        return False
    begin, end = words.sentence_bounds[words.sentence[first]]
    return any(
        words.dep[m.head] in ("nsubj", "nsubjpass") and words.lemma[words.head[m.head]] in _TRAVEL
        for m in person.mentions
        if begin <= m.start < end
    )


def _from_place(person: DraftActor, people: People, words: Words) -> str | None:
    """The state whose capital stands in the sentence that introduces the person, if it is nobody else's."""
    capitals = knowledge.capitals()
    first = min((m.start for m in person.mentions), default=None)
    if first is None:
        return None
    begin, end = words.sentence_bounds[words.sentence[first]]
    if _travels(person, words):
        return None
    others = {
        p.country for p in people.persons
        if p is not person and p.country and p.country_basis == "own"
        and any(begin <= m.start < end for m in p.mentions)
    }  # fmt: skip
    found = []
    for i in range(begin, end):
        for n in (1, 2):
            code = capitals.get(words.words(i, min(end, i + n)))
            if code:
                found.append(code)
    codes = list(dict.fromkeys(c for c in found if c not in others))
    spoken = any(words.lower[k] in ("spokesman", "spokeswoman", "official", "officials") for k in range(begin, first))
    return codes[0] if len(codes) == 1 and (others or spoken) else None


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
        and any(words.sentence[m.start] == sentence for m in p.mentions)
    }  # fmt: skip
    rest = pair - marked
    dateline = dateline_country(words)
    if "ambassador" in person.keys and not marked and dateline in pair:
        return next(iter(pair - {dateline}))
    return next(iter(rest)) if len(rest) == 1 and len(marked) == 1 else None
