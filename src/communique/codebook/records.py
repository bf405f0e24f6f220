"""From matches to events: sides completed from the discourse, acts split or joined, one record for one happening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from communique.codebook.loader import Codebook, Kind
from communique.codebook.matcher import Match
from communique.codebook.modality import ModalityReader, Verdict
from communique.codebook.roles import Party, RoleReader
from communique.codebook.targets import TargetFinder
from communique.language.clauses import lemma_of
from communique.model import DayRange, Modality, Place, When

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Kinds that tell of one happening in different words.
FAMILIES = {
    "meeting": "meet", "talks": "meet", "session": "meet", "conference": "meet",
    "suspension": "cut", "sanction": "cut",
    "criticism": "blame", "accusation": "blame",
    "pledge": "agree", "agreement": "agree",
}  # fmt: skip
# Types whose acts are directed at somebody.
_DIRECTED = frozenset(
    {"ACCUSE", "THREATEN", "SUPPORT", "SANCTION", "PROTEST", "AGREE", "REQUEST", "REJECT", "CONCEDE", "MOBILIZE", "AID"}
)
# Kinds that always have another state on the other side, whether or not the sentence names it again.
_TWO_SIDED = frozenset({"suspension", "sanction", "apology", "diplomatic-protest"})
# Types whose planned acts are part of the promise that tells of them.
_PROMISED = frozenset({"AID", "RETREAT", "CONCEDE"})
# Types whose acts are often directed at people of the own country.
_AT_HOME = frozenset(
    {"COERCE", "ASSAULT", "PROTEST", "REJECT", "REQUEST", "ACCUSE", "CONCEDE", "RETREAT", "THREATEN", "MOBILIZE"}
)
_OFTEN = 2  # mentions that make a country one that the report is about
_FAR_BACK = 200  # tokens: about ten sentences
_SPEAK = frozenset({"speak", "talk", "conversation", "converse"})
_PHONE = frozenset({"phone", "telephone", "telephoned", "phoned", "call", "calls", "called"})
# Two-sided kinds whose mentions may be loose references to one happening ("the visit", "the talks").
OCCASIONS = frozenset({"meeting", "talks", "session", "conference", "visit", "call", "mediation", "diplomatic-protest"})
# Acts that one side does once: told again, it is the same act though the other side is not named again.
_ONCE = frozenset({"apology", "recognition", "declaration", "resignation"})


@dataclass(frozen=True, slots=True)
class Found:
    """An event of the report, with its working parts. `order` is the trigger's token."""

    match: Match
    kind: Kind
    parties: tuple[Party, ...]
    verdict: Verdict
    days: DayRange | None = None
    when: When | None = None
    place: Place | None = None
    others: tuple[Match, ...] = ()  # further mentions of the same happening
    notes: tuple[str, ...] = ()

    @property
    def trigger(self) -> int:
        return self.match.trigger

    @property
    def modality(self) -> Modality:
        return self.verdict.modality

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(p.country for p in self.parties if p.country)

    @property
    def sides(self) -> frozenset[str]:
        return frozenset(p.side for p in self.parties)


Dater = Callable[[int, Modality], tuple[DayRange | None, When | None]]
Placer = Callable[[Match, Sequence[Party], str], Place | None]


class Assembler:
    """Makes the events of one report from its matches."""

    def __init__(self, doc: Doc, codebook: Codebook, roles: RoleReader, modality: ModalityReader) -> None:
        self.doc = doc
        self.codebook = codebook
        self.roles = roles
        self.modality = modality
        self.targets = TargetFinder(doc, roles.clauses, roles)
        self.about = self._about()

    def assemble(self, matches: Iterable[Match], dater: Dater, placer: Placer) -> list[Found]:
        """Events in text order, each happening once."""
        found: list[Found] = []
        waiting = list(self._echoes())
        for match in matches:
            while waiting and waiting[0] < match.trigger:
                found += self._echoed(waiting.pop(0), found, dater)
            kind = self.codebook.kinds[match.frame.kind]
            verdict = self._verdict(match)
            if verdict.wish:
                continue
            parties, notes = self._complete(match, kind, found)
            if parties is None or not any(p.acts and (p.country or p.kind != "group") for p in parties):
                continue  # nobody who acts between or within states
            kind = self._by_phone(kind, match)
            for group in self._split(kind, parties, match):
                days, when = dater(match.trigger, verdict.modality)
                event = Found(match, kind, group, verdict, days, when, notes=notes)
                event = replace(event, place=placer(match, group, kind.name))
                found.append(event)
        for echo in waiting:
            found += self._echoed(echo, found, dater)
        return self._joined(self._without_promised(found))

    def _without_promised(self, found: list[Found]) -> list[Found]:
        """What is promised is told by the promise: "agreed to release the crew" is not also a planned release."""
        promises = {event.trigger for event in found if event.kind.type == "AGREE"}
        return [
            event
            for event in found
            if event.modality != "planned"
            or event.kind.type not in _PROMISED
            or not any(token.i in promises for token in self.doc[event.trigger].ancestors)
        ]

    def _by_phone(self, kind: Kind, match: Match) -> Kind:
        """ "spoke with" is a call where the sentence or the two before it say so."""
        if kind.name != "talks" or "call" not in self.codebook.kinds or lemma_of(self.doc[match.trigger]) not in _SPEAK:
            return kind
        start = self._two_sentences_before(match.trigger)
        start = self.doc[start - 1].sent.start if start else 0
        words = {t.lower_ for t in self.doc[start : self.doc[match.trigger].sent.end]}
        return self.codebook.kinds["call"] if words & _PHONE else kind

    # --- "so did Oslo", "Peru followed suit" -------------------------------------------------------------------------

    def _echoes(self) -> Iterator[int]:
        """Verbs that repeat the act told before with another doer."""
        for token in self.doc:
            lemma = lemma_of(token)
            if lemma == "do" and any(c.lower_ in {"so", "likewise", "same"} for c in token.children):
                yield token.i
            elif lemma == "follow" and token.pos_ == "VERB":
                objects = [c for c in token.children if c.dep_ in {"dobj", "nsubjpass"}]
                if not objects or any(c.lower_ == "suit" for c in objects):
                    yield token.i

    def _echoed(self, i: int, before: Sequence[Found], dater: Dater) -> list[Found]:
        """The act told last, done again by the subjects of verb `i`."""
        verdict = self.modality.read(i)
        start = self._two_sentences_before(i)
        source = next((e for e in reversed(before) if start <= e.trigger < i), None)
        doers = [
            party
            for head in self.roles.clauses.clause(i).subjects
            for party in self.roles.parties(head, "initiator", "actor")
        ]
        if source is None or not doers or verdict.modality != "occurred":
            return []
        others = tuple(p for p in source.parties if p.role in {"recipient", "counterpart", "host"})
        match = replace(source.match, trigger=i, support=i, words=())
        days, when = dater(i, verdict.modality)
        groups = [doers] if source.kind.mutual and not others else [[d] for d in doers]
        note = (f"'{self.doc[i].text}' repeats the {source.kind.name} told before",)
        return [
            Found(match, source.kind, (*group, *others), verdict, days, when, notes=note)
            for group in groups
            if not {p.side for p in group} & {p.side for p in others}
        ]

    def _verdict(self, match: Match) -> Verdict:
        if match.frame.modality is not None:
            return Verdict(match.frame.modality, "by the frame")  # type: ignore[arg-type]
        return self.modality.read(match.trigger)

    # --- sides -------------------------------------------------------------------------------------------------------

    def _about(self) -> tuple[str, ...]:
        """The countries that the report names most, the first two of which are what it is about."""
        counts: Counter[str] = Counter()
        first: dict[str, int] = {}
        for mention in self.roles.cast.mentions:
            actor = self.roles.cast.actors[mention.actor]
            for member in self.roles.cast.expand(actor):
                if member.country and member.acts and mention.form != "place":
                    counts[member.country] += 1
                    first.setdefault(member.country, mention.start)
        ranked = sorted(counts, key=lambda c: (-counts[c], first[c]))
        return tuple(country for country in ranked[:4] if counts[country] >= _OFTEN)

    def _complete(
        self, match: Match, kind: Kind, before: Sequence[Found]
    ) -> tuple[tuple[Party, ...] | None, tuple[str, ...]]:
        """The parties, a missing side taken from the discourse; None when the record would lack a side it needs."""
        parties = _without_own_state(match.parties)
        sides = {p.side for p in parties}
        if parties and all(p.role == "mediator" for p in parties):
            between = self._mediated({p.country for p in parties if p.country}, before)
            sought = tuple(self.roles.state(country, "party", match.trigger, implied=True) for country in between)
            note = "the two sides are not said here, taken from what the report tells before"
            return (*parties, *sought), ((note,) if sought else ())
        if match.frame.sides < 2:
            return self._addressed(match, kind, parties, before) if parties else (None, ())
        if len(sides) > 1:
            return parties, ()
        if len(parties) > 1 and len(sides) == 1 and not match.unknown_agent:
            return None, ()  # inside one country
        other = self._other_side(match, {p.country for p in parties if p.country}, before)
        if not other:
            return None, ()
        role = "counterpart" if match.frame.mutual else "recipient"
        if any(p.role == role for p in parties) or match.unknown_agent:
            role = "initiator"
        added = [self.roles.state(country, role, match.trigger, implied=True) for country in other]
        names = " and ".join(p.name for p in added)
        return (*parties, *added), (f"{names}: not said here, taken from what the report tells just before",)

    def _addressed(
        self, match: Match, kind: Kind, parties: tuple[Party, ...], before: Sequence[Found]
    ) -> tuple[tuple[Party, ...], tuple[str, ...]]:
        """An act toward somebody whom the sentence does not name again: the other side of what was told just before."""
        parties = self._at_home(parties)
        if match.frame.mutual:
            return parties, ()
        toward = self.targets.find(match, at_home=kind.type in _AT_HOME)
        if toward:
            return (*parties, *toward), ()
        have = {p.country for p in parties if p.country}
        if kind.type not in _DIRECTED or len(have) != 1 or any(p.role == "recipient" for p in parties):
            return parties, ()
        two_sided = kind.name in _TWO_SIDED
        rest, where = self._main_other(have) if two_sided else None, "the other country that the report is about"
        if rest is None:
            start = match.trigger - _FAR_BACK if two_sided else self._two_sentences_before(match.trigger)
            recent = [event.countries - have for event in before if event.trigger >= start and have & event.countries]
            rest = next((countries for countries in reversed(recent) if len(countries) == 1), None)
            where = "taken from what the report tells before"
        if rest is None:
            return parties, ()
        added = self.roles.state(next(iter(rest)), "recipient", match.trigger, implied=True)
        return (*parties, added), (f"{added.name}: not said here, {where}",)

    def _main_other(self, have: set[str]) -> frozenset[str] | None:
        """The other one of the two countries that the report is about; None for a third country's act."""
        pair = set(self.about[:2])
        return frozenset(pair - have) if len(pair) == 2 and have < pair else None

    def _at_home(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """People of no stated country belong to the country of the other side: demonstrators and their government."""
        doers = tuple(p for p in parties if p.role in {"initiator", "party"})
        others = tuple(p for p in parties if p not in doers)
        if not doers or not others:
            return parties
        at_home = self.targets.at_home
        if all(p.actor is None and p.kind == "group" and not p.country for p in doers):
            return (*at_home(doers, others), *others)
        return (*doers, *at_home(others, doers))

    def _two_sentences_before(self, i: int) -> int:
        start = self.doc[i].sent.start
        return self.doc[start - 1].sent.start if start else 0

    def _other_side(self, match: Match, have: set[str], before: Sequence[Found]) -> list[str]:
        """Countries of the missing side(s): from the sentence, the last event with the side we have, or the dyad."""
        sentence = self.doc[match.trigger].sent
        if have:
            for event in reversed(before):
                if have & event.countries and event.countries - have and len(event.countries) <= 3:
                    if event.trigger < match.trigger - _FAR_BACK:
                        break
                    rest = sorted(event.countries - have)
                    return rest if len(rest) == 1 else []
            near = self._countries_near(sentence.start, match.trigger) - have
            if len(near) == 1:
                return sorted(near)
            dyad = set(self.about[:2])
            if len(dyad) == 2 and have <= dyad:
                return sorted(dyad - have)
            return []
        near = self._countries_near(sentence.start, match.trigger)
        if len(near) == 2:
            return sorted(near)
        for event in reversed(before):
            if len(event.countries) == 2 and event.trigger >= match.trigger - 60:
                return sorted(event.countries)
        return []

    def _mediated(self, mediator: set[str], before: Sequence[Found]) -> list[str]:
        """The two sides between whom a third one mediates: those of the last event, else what the report is about."""
        for event in reversed(before):
            if len(event.countries - mediator) == 2:
                return sorted(event.countries - mediator)
        rest = [country for country in self.about if country not in mediator]
        return sorted(rest[:2]) if len(rest) >= 2 else []

    def _countries_near(self, start: int, end: int) -> set[str]:
        cast = self.roles.cast
        return {
            member.country
            for m in cast.mentions
            if start <= m.start < end and m.form != "place"
            for member in cast.expand(cast.actors[m.actor])
            if member.country and member.acts
        }

    # --- one act or several ------------------------------------------------------------------------------------------

    def _split(self, kind: Kind, parties: tuple[Party, ...], match: Match) -> list[tuple[Party, ...]]:
        """One event for each filler of the role named by `each` ("spoke to both": two calls)."""
        if kind.each is None:
            return [parties]
        spread = [p for p in parties if p.role == kind.each]
        rest = tuple(p for p in parties if p.role != kind.each)
        if len({p.side for p in spread}) < 2 or not rest or {p.side for p in rest} & {p.side for p in spread}:
            return [parties]
        by_side: dict[str, list[Party]] = {}
        for party in spread:
            by_side.setdefault(party.side, []).append(party)
        return [(*rest, *group) for group in by_side.values()]

    # --- one record for one happening --------------------------------------------------------------------------------

    def _joined(self, found: list[Found]) -> list[Found]:
        kept: list[Found] = []
        for event in found:
            at = next((k for k, held in enumerate(kept) if self._same(held, event)), None)
            if at is None:
                kept.append(event)
            else:
                kept[at] = self._merge(kept[at], event)
        return kept

    def _same(self, a: Found, b: Found) -> bool:
        """Whether two mentions tell of one happening."""
        if a.trigger == b.trigger:
            return False
        if FAMILIES.get(a.kind.name, a.kind.name) != FAMILIES.get(b.kind.name, b.kind.name):
            return False
        if not _modalities_fit(a, b) or not _days_fit(a.days, b.days) or not _places_fit(a.place, b.place):
            return False
        if not (a.countries <= b.countries or b.countries <= a.countries) or not _people_fit(a, b):
            return False
        if a.kind.name == "visit" and b.kind.name == "visit" and not _hosts(a) & _hosts(b):
            return False  # who came to whom differs
        if a.kind.name in OCCASIONS:
            return self._one_occasion(a, b)
        return self._one_act(a, b)

    def _one_occasion(self, a: Found, b: Found) -> bool:
        if a.sides == b.sides or a.countries == b.countries:
            return True
        return len(a.sides & b.sides) >= 2 or self._close(a, b)

    def _one_act(self, a: Found, b: Found) -> bool:
        """Acts toward one state may be several in one report: they are one only in the same words or close by."""
        if a.countries != b.countries:
            doers = {p.name for p in a.parties} & {p.name for p in b.parties}
            if a.kind.name in _ONCE and doers and min(len(a.countries), len(b.countries)) == 1:
                return True
            return self._close(a, b) and bool(a.countries & b.countries)
        same_words = {self._word(i) for i in a.match.words} & {self._word(i) for i in b.match.words}
        same_trigger = self._word(a.trigger) == self._word(b.trigger)
        if a.match.words or b.match.words:
            return bool(same_words)
        return same_trigger or self._close(a, b)

    def _close(self, a: Found, b: Found) -> bool:
        """In one clause: the second trigger hangs on the first or shares its support verb."""
        if a.match.support == b.match.support or b.match.support == a.trigger or a.match.support == b.trigger:
            return True
        doc = self.doc
        return doc[b.trigger].head.i == a.trigger or doc[a.trigger].head.i == b.trigger

    def _word(self, i: int) -> str:
        lemma = lemma_of(self.doc[i])
        return lemma[:5]

    def _merge(self, a: Found, b: Found) -> Found:
        """`a`, completed by what `b` adds: people for states, a day, a place."""
        parties = list(a.parties)
        for party in b.parties:
            if any(p.actor == party.actor and p.name == party.name for p in parties):
                continue
            if party.kind == "state" and any(p.country == party.country for p in parties):
                continue
            twin = next(
                (k for k, p in enumerate(parties) if p.kind == "state" and p.country == party.country and p.country),
                None,
            )
            if twin is not None:
                parties[twin] = replace(party, role=parties[twin].role)
            elif party.country is None or a.kind.name in OCCASIONS or a.match.trigger == b.match.trigger:
                parties.append(party)
        days, when = a.days, a.when
        if days is None or (b.days is not None and b.days.days < days.days):
            days, when = (b.days, b.when) if b.days is not None else (days, when)
        verdict = a.verdict if a.modality != "planned" or b.modality == "planned" else b.verdict
        kind = _finer(a.kind, b.kind)
        return replace(
            a, kind=kind, parties=tuple(parties), days=days, when=when, verdict=verdict,
            place=a.place or b.place, others=(*a.others, b.match, *b.others),
        )  # fmt: skip


def _hosts(visit: Found) -> set[str]:
    return {p.side for p in visit.parties if p.role == "host"}


def _without_own_state(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """A person makes the own state unnecessary where both were named in one role."""
    people = {(p.country, p.role) for p in parties if p.kind == "person"}
    return tuple(p for p in parties if not (p.kind == "state" and (p.country, p.role) in people))


def _finer(a: Kind, b: Kind) -> Kind:
    """Of two kinds of one family the one that says more."""
    order = ("session", "conference", "talks", "meeting")
    ranked = [k for name in order for k in (a, b) if k.name == name]
    return ranked[0] if ranked else a


def _modalities_fit(a: Found, b: Found) -> bool:
    pair = {a.modality, b.modality}
    if len(pair) == 1 or pair in ({"planned", "occurred"}, {"planned", "called-off"}):
        return len(pair) == 1 or (a.days is not None and a.days == b.days) or pair == {"planned", "called-off"}
    return False


def _days_fit(a: DayRange | None, b: DayRange | None) -> bool:
    return a is None or b is None or (a.first <= b.last and b.first <= a.last)


def _places_fit(a: Place | None, b: Place | None) -> bool:
    if a is None or b is None or not a.name or not b.name:
        return True
    return a.name == b.name or (a.country is not None and a.country == b.country)


def _people_fit(a: Found, b: Found) -> bool:
    """Where both name people of one country, one person at least is the same."""
    for country in a.countries & b.countries:
        mine = {p.name for p in a.parties if p.kind == "person" and p.country == country}
        theirs = {p.name for p in b.parties if p.kind == "person" and p.country == country}
        if mine and theirs and not mine & theirs:
            return False
    return True
