"""Both sides of an act: a side that the sentence does not name again is taken from what the report tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.codebook.found import Found, SpeakerAt
from communique.codebook.home import DOERS, HomeFinder
from communique.codebook.journeys import JourneyReader
from communique.codebook.kind import Kind
from communique.codebook.matcher import Match
from communique.codebook.referents import ReferentFinder
from communique.codebook.roles import Party, RoleReader
from communique.codebook.targets import TargetFinder

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OFTEN = 2  # mentions that make a country one that the report is about
_FAR_BACK = 200  # tokens: about ten sentences


class SideFinder:
    """Completes the parties of the matches of one Doc."""

    def __init__(self, doc: Doc, roles: RoleReader, home: HomeFinder, speaker_at: SpeakerAt | None = None) -> None:
        self.doc = doc
        self.roles = roles
        self.home = home
        self.speaker_at = speaker_at or (lambda i: None)
        self.journeys = JourneyReader(doc, roles)
        self.targets = TargetFinder(doc, roles.clauses, roles)
        self.referents = ReferentFinder(doc, roles, self.speaker_at)
        self.about = self._about()

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

    def complete(
        self, match: Match, kind: Kind, before: Sequence[Found]
    ) -> tuple[tuple[Party, ...] | None, tuple[str, ...]]:
        """The parties, a missing side taken from the discourse; None when the record would lack a side it needs."""
        parties = _without_own_state(_without_the_body(match) if kind.gathering else match.parties)
        if kind.at_home in {"often", "always"}:
            parties = self.targets.settled(match, parties)
        parties = self.home.settled(parties, match, at_home=bool(kind.at_home))
        parties = _toward_others(parties, at_home=bool(kind.at_home))
        sides = {p.side for p in parties}
        if parties and all(p.role == "mediator" for p in parties):
            between = self._mediated({p.country for p in parties if p.country}, before)
            sought = tuple(self.roles.state(country, "party", match.trigger, implied=True) for country in between)
            note = "the two sides are not said here, taken from what the report tells before"
            return (*parties, *sought), ((note,) if sought else ())
        if match.frame.sides < 2:
            return self._addressed(match, kind, parties, before) if parties else (None, ())
        if len(sides) > 1:
            return self.journeys.in_person(match, parties) if kind.journey else parties, ()
        if len(parties) > 1 and len(sides) == 1 and not match.unknown_agent:
            return None, ()  # inside one country
        journey = self.journeys.complete(match, parties, before) if kind.journey else None
        if journey is not None:
            return journey, ("who went where was told before",)
        speaker = self._speaker(match, sides)
        if speaker is not None:
            return (speaker, *parties), (f"{speaker.name} says so of himself or herself",)
        if not match.frame.mutual and not match.unknown_agent and not kind.journey:
            toward = self.targets.find(match, at_home=False)
            if toward:
                return (*parties, *toward), ()
        facing = self._whose_counterpart(parties)
        if facing is not None:
            return (facing, *parties), (f"{facing.name} is the one whose counterpart is named",)
        other = self._other_side(match, {p.country for p in parties if p.country}, before)
        if not other:
            return None, ()
        role = "counterpart" if match.frame.mutual else "host" if kind.journey else "recipient"
        if any(p.role == role for p in parties) or match.unknown_agent:
            role = "guest" if kind.journey else "initiator"
        added = [self.roles.state(country, role, match.trigger, implied=True) for country in other]
        names = " and ".join(p.name for p in added)
        return (*parties, *added), (f"{names}: not said here, taken from what the report tells just before",)

    def _whose_counterpart(self, parties: Sequence[Party]) -> Party | None:
        """The person whose counterpart one of the parties is: "in a call with his Kenyan counterpart, X"."""
        for party in parties:
            token = self.doc[party.token]
            noun = token.head if token.dep_ == "appos" else token
            if not noun.lower_.startswith("counterpart"):
                continue
            for owner in self.roles.clauses.owners(noun.i):
                mention = self.roles.cast.at(owner)
                person = self.roles.cast.actors[mention.actor] if mention is not None else None
                if person is not None and person.kind == "person" and person.country not in {None, party.country}:
                    return self.roles.party(person, "initiator", owner)
        return None

    def _speaker(self, match: Match, sides: set[str]) -> Party | None:
        """Whose words these are, where they leave out who acts: "Pleasure to meet President X today", Y wrote."""
        actor = self.speaker_at(match.trigger)
        if actor is None or self.roles.clauses.surface_subjects(match.support):
            return None
        party = self.roles.party(self.roles.cast.actors[actor], "initiator", match.trigger)
        return replace(party, implied=True) if party.side not in sides and party.country else None

    def _addressed(
        self, match: Match, kind: Kind, parties: tuple[Party, ...], before: Sequence[Found]
    ) -> tuple[tuple[Party, ...], tuple[str, ...]]:
        """An act toward somebody whom the sentence does not name again: the other side of what was told just before."""
        if match.frame.mutual:
            alone = len({p.side for p in parties}) == 1 and not kind.gathering
            return (*parties, *(self.targets.find(match, at_home=False) if alone else ())), ()
        parties = self._with_doer(match, kind, parties)
        toward = self.targets.find(match, at_home=kind.at_home in {"often", "always"})
        if toward:
            return self.home.settled((*parties, *toward), match, at_home=bool(kind.at_home)), ()
        referred = self.referents.whose_doing(match, kind, parties, before)
        if referred:
            return (*parties, *referred), ("it speaks of what was told before",)
        if kind.at_home == "doers":  # "rebels surrendered in the eastern town": not to somebody of their own
            doers = {p.side for p in parties if p.role in DOERS}
            parties = tuple(p for p in parties if p.role in DOERS or p.side not in doers or p.kind == "person")
        have = {p.country for p in parties if p.country}
        if len(have) != 1 or any(p.role == "recipient" for p in parties):
            return parties, ()
        alike = self.referents.done_before(match, kind, parties, before)
        if alike:
            return (*parties, *alike), (f"{alike[0].name}: not said here, as in the {kind.name} told before",)
        two_sided = kind.recipient == "always"
        rest, where = self._main_other(have) if two_sided else None, "the other country that the report is about"
        if rest is None:
            start = match.trigger - _FAR_BACK if two_sided else two_sentences_before(self.doc, match.trigger)
            recent = [e for e in before if e.trigger >= start and have & e.countries]
            last = next((e for e in reversed(recent) if len(e.countries - have) == 1), None)
            rest = last.countries - have if last is not None and kind.recipient else None
            where = "taken from what the report tells before"
            if last is not None and rest is not None:
                people = _facing(last, parties)
                if people:
                    return (*parties, *people), (f"{people[0].name}: not said here, {where}",)
        if rest is None and any(p.sector == "MIL" and p.kind == "state" for p in parties):
            rest, where = self._main_other(have), "the other country that the report is about"  # troops face abroad
        if rest is None:
            within = self.home.within(match, parties) if kind.at_home == "always" else None
            if within is None or any(p.role not in DOERS for p in parties):
                return parties, ()
            return (*parties, within), (f"it happens within {within.name}",)
        added = self.roles.state(next(iter(rest)), "recipient", match.trigger, implied=True)
        return (*parties, added), (f"{added.name}: not said here, {where}",)

    def _with_doer(self, match: Match, kind: Kind, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """ "Was arrested in Lebanon": of an act told without a doer, the state where it happened has done it by its
        authorities, or it is the work of people there who are not known (PLOVER: unidentified armed forces)."""
        if not match.unknown_agent or any(p.role in DOERS for p in parties):
            return parties
        if match.frame.mode == "expel":  # "was expelled from Kenya": by Kenya
            out_of = self._left_behind(match, {p.country for p in parties})
            return (out_of, *parties) if out_of is not None else parties
        if not kind.at_home:
            return parties
        country = self.home.scene(match)
        if country is None:
            return parties
        doer = self.roles.state(country, "initiator", match.trigger, implied=True)
        if kind.unidentified:
            doer = replace(doer, name="unidentified", kind="group", actor=None, sector="UAF")
        return (doer, *parties)

    def _left_behind(self, match: Match, others: set[str | None]) -> Party | None:
        """The state that somebody was made to leave, as a doer."""
        preps = self.roles.clauses.preps(match.trigger)
        for i in (*preps.get("from", ()), *preps.get("of", ()), *preps.get("out of", ())):
            for party in self.roles.parties(i, "initiator", "actor", places=True):
                if party.country and party.country not in others:
                    return party
        return None

    def _main_other(self, have: set[str]) -> frozenset[str] | None:
        """The other one of the two countries that the report is about; None for a third country's act."""
        pair = set(self.about[:2])
        return frozenset(pair - have) if len(pair) == 2 and have < pair else None

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
        return []

    def _countries_near(self, start: int, end: int) -> set[str]:
        cast = self.roles.cast
        return {
            member.country
            for m in cast.mentions
            if start <= m.start < end and m.form != "place"
            for member in cast.expand(cast.actors[m.actor])
            if member.country and member.acts
        }


def _facing(event: Found, parties: Sequence[Party]) -> tuple[Party, ...]:
    """The persons whom the same doer faced in `event`: "X phoned Y. He also extended condolences"."""
    names = {p.name for p in parties if p.kind == "person"}
    if not names & {p.name for p in event.parties}:
        return ()
    own = {p.country for p in parties}
    return tuple(
        replace(p, role="recipient", implied=True)
        for p in event.parties
        if p.kind == "person" and p.country and p.country not in own
    )


def two_sentences_before(doc: Doc, i: int) -> int:
    """The first token of the sentence before that of token `i`."""
    start = doc[i].sent.start
    return int(doc[start - 1].sent.start) if start else 0


def _without_the_body(match: Match) -> tuple[Party, ...]:
    """The body whose session it is takes no part in it beside the states that do."""
    members = [p for p in match.parties if not (p.kind == "organisation" and p.token in match.words)]
    return tuple(members) if any(p.country for p in members) else match.parties


def _without_own_state(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """A person or a ministry makes the own state unnecessary where both were named in one role."""
    acting = {(p.country, p.role) for p in parties if p.kind in {"person", "organisation"} and p.side == p.country}
    return tuple(p for p in parties if not (p.kind == "state" and (p.country, p.role) in acting))


def _toward_others(parties: tuple[Party, ...], *, at_home: bool) -> tuple[Party, ...]:
    """ "Chile's president voiced Chile's concern", "officials of both sides welcomed the Kenyan envoy": of several, a
    party is not the doer's other side by being of his own state. `at_home`: the act may lie within one country."""
    guests = {p.country for p in parties if p.role == "guest" and p.country}
    hosts = [p for p in parties if p.role == "host"]
    if guests and any(p.country not in guests for p in hosts):
        parties = tuple(p for p in parties if p.role != "host" or p.country not in guests)
    officials = {"state", "organisation"}  # of whom a state is made: people may act against their own
    doers = {p.country for p in parties if p.role == "initiator" and p.country and (not at_home or p.kind in officials)}
    return tuple(p for p in parties if not (p.role == "recipient" and p.kind == "state" and p.country in doers))
