"""From matches to events: sides completed, acts split or joined, one record for one happening."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from communique.codebook.echoes import EchoReader
from communique.codebook.finer import FinerReader
from communique.codebook.found import Dater, Found, Placer, SpeakerAt
from communique.codebook.gatherings import EDGES
from communique.codebook.home import DOERS, HomeFinder
from communique.codebook.joining import Joiner
from communique.codebook.kind import Codebook, Kind
from communique.codebook.matcher import Match
from communique.codebook.modality import ModalityReader, Verdict
from communique.codebook.roles import Party, RoleReader
from communique.codebook.sides import SideFinder, two_sentences_before
from communique.language.clauses import lemma_of
from communique.model import DayRange

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STAYS = frozenset("exile prison jail custody hiding hospital asylum room".split())
_NAMING = frozenset("call name term label brand dub describe".split())
_MADE = frozenset({"AGREE", "COOPERATE", "CONCEDE", "CONSULT", "AID"})  # types of what is made or done together
_ONE_BY_ONE = frozenset({"receive", "call"})
_COUNTED = frozenset({"meeting", "call", "conversation"})
_SEPARATE = frozenset({"separate", "separately", "individually", "one-on-one"})


class Assembler:
    """Makes the events of one report from its matches."""

    def __init__(
        self, doc: Doc, codebook: Codebook, roles: RoleReader, modality: ModalityReader, home: HomeFinder,
        speaker_at: SpeakerAt | None = None, latest: date | None = None,
    ) -> None:  # fmt: skip
        self.doc = doc
        self.latest = latest
        self.codebook = codebook
        self.roles = roles
        self.modality = modality
        self.sides = SideFinder(doc, roles, home, speaker_at)
        self.echoes = EchoReader(doc, roles, modality)
        self.joiner = Joiner(doc)
        self.finer = FinerReader(doc, codebook, roles)

    def assemble(self, matches: Iterable[Match], dater: Dater, placer: Placer) -> list[Found]:
        """Events in text order, each happening once."""
        found: list[Found] = []
        waiting = list(self.echoes.verbs())
        for match in matches:
            while waiting and waiting[0] < match.trigger:
                found += self.echoes.repeated(waiting.pop(0), found, dater)
            kind = self.codebook.kinds[match.frame.kind]
            verdict = self._verdict(match)
            if verdict.wish or (kind.at_home and verdict.plain_no) or self._is_backdrop(kind, match):
                continue
            if kind.journey and self._only_stays(match):
                continue
            if kind.type in _MADE and (self._only_names(match) or self._only_listens(match)):
                continue
            if self._only_feels(match):
                continue
            parties, notes = self.sides.complete(match, kind, found)
            if parties is None or not any(self._acts_for_a_state(p) for p in parties) or _is_aimless(parties):
                continue  # nobody who acts between or within states
            kind = self._summit_of_two(self._by_other_words(kind, match), match, parties)
            for group in self._split(kind, parties, match):
                days, when = dater(match.trigger, verdict.modality)
                verdict = self._not_yet(match, verdict, days)
                event = Found(match, kind, group, verdict, days, when, notes=notes, cameo=self.finer.code(match))
                event = replace(event, place=placer(match, group, kind))
                found.append(event)
        for echo in waiting:
            found += self.echoes.repeated(echo, found, dater)
        return self.joiner.joined(self._without_purposes(self._without_promised(found)))

    def _is_backdrop(self, kind: Kind, match: Match) -> bool:
        """ "Met on the margins of the Assembly's session": the session is where it happened, not what is told."""
        governor = self.roles.clauses.governor(match.trigger) if kind.gathering else None
        return governor is not None and self.doc[governor[0]].lower_ in EDGES

    def _only_listens(self, match: Match) -> bool:
        """ "The envoys sat in on the talks": others held them."""
        verb = self.doc[match.support]
        particles = {c.lower_ for c in verb.children if c.dep_ in {"prt", "prep"}}
        return lemma_of(verb) == "sit" and particles >= {"in", "on"}

    def _only_names(self, match: Match) -> bool:
        """ "Called the truce a relief": says what it is, and makes no truce."""
        verb = self.doc[match.trigger]
        return lemma_of(verb) in _NAMING and any(c.dep_ == "oprd" and c.pos_ in {"NOUN", "ADJ"} for c in verb.children)

    def _only_feels(self, match: Match) -> bool:
        """ "I am honoured to welcome the premier": nobody has honoured anybody."""
        verb = self.doc[match.trigger]
        subjects = {c.lower_ for c in verb.children if c.dep_ == "nsubjpass"}
        return match.unknown_agent and bool(subjects & {"i", "we"}) and any(c.dep_ == "xcomp" for c in verb.children)

    def _only_stays(self, match: Match) -> bool:
        """ "X is in exile in Lima", "the captain is in the room": being somewhere is a visit of officials only."""
        if lemma_of(self.doc[match.trigger]) != "be":
            return False
        official = any(p.role == "guest" and p.country and p.acts for p in match.parties)
        within = {lemma_of(self.doc[h]) for heads in self.roles.clauses.preps(match.trigger).values() for h in heads}
        return not official or bool(within & _STAYS)

    def _acts_for_a_state(self, party: Party) -> bool:
        """Of a state, or of a body of states: a person of whom neither a country nor an office is known is nobody."""
        if not party.acts or party.country:
            return party.acts
        office = party.actor is not None and bool(self.roles.cast.actors[party.actor].offices)
        return party.kind in {"organisation", "state"} or (party.kind == "person" and office)

    def _not_yet(self, match: Match, verdict: Verdict, days: DayRange | None) -> Verdict:
        """ "Sets out on Friday": told in the present of a day after the report's, it is planned."""
        if self.latest is None or days is None or days.first <= self.latest or verdict.modality != "occurred":
            return verdict
        if match.frame.future or not self.modality.is_present(match.trigger):
            return verdict
        return Verdict("planned", f"'{self.doc[match.trigger].text}' is told of a day after the report's")

    def _without_promised(self, found: list[Found]) -> list[Found]:
        """What is promised is told by the promise: "agreed to release the crew" is not also a planned release; and what
        is announced inside a threat is that threat: "warned Peru that it would retaliate"."""
        promises = {event.trigger for event in found if event.kind.type == "AGREE"}
        found = [event for event in found if not (event.match.frame.future and self._inside_its_like(event, found))]
        return [
            event
            for event in found
            if event.modality != "planned"
            or not (event.kind.promised or event.kind.type == "REQUEST")
            or not any(token.i in promises for token in self.doc[event.trigger].ancestors)
        ]

    def _without_purposes(self, found: list[Found]) -> list[Found]:
        """ "Summoned the envoy to protest the arrest", "to hand her a note": the summons is the protest."""
        return [
            event
            for event in found
            if event.modality != "planned" or event.kind.type != "PROTEST" or not self._inside_its_like(event, found)
        ]

    def _inside_its_like(self, event: Found, found: list[Found]) -> bool:
        above = {token.i for token in self.doc[event.trigger].ancestors}
        return any(other.trigger in above and other.kind.type == event.kind.type for other in found)

    def _by_other_words(self, kind: Kind, match: Match) -> Kind:
        """The kind that the frame becomes where its sentence or the two before it have the words for it."""
        becomes = match.frame.becomes
        if becomes is None:
            return kind
        start = two_sentences_before(self.doc, match.trigger)
        start = self.doc[start - 1].sent.start if start else 0
        words = {w for t in self.doc[start : self.doc[match.trigger].sent.end] for w in (t.lower_, lemma_of(t))}
        return self.codebook.kinds[becomes.kind] if words & becomes.near else kind

    def _summit_of_two(self, kind: Kind, match: Match, parties: Iterable[Party]) -> Kind:
        """ "X and Y held a summit": a meeting, where a conference has many."""
        sides = {p.country for p in parties if p.kind in {"person", "state"}}
        words = {lemma_of(self.doc[i]) for i in (*match.words, match.trigger)}
        two = len(sides) == 2 and None not in sides and not any(p.kind == "organisation" for p in parties)
        return self.codebook.kinds["meeting"] if kind.name == "conference" and two and "summit" in words else kind

    def _verdict(self, match: Match) -> Verdict:
        if match.frame.modality is not None:
            return Verdict(match.frame.modality, "by the frame")  # type: ignore[arg-type]
        if match.frame.negated:
            return Verdict("occurred", "refusing it is the act")
        verdict = self.modality.read(match.trigger)
        if match.frame.future and not verdict.wish:
            return Verdict("occurred", "announcing it is the act")
        return verdict

    def _split(self, kind: Kind, parties: tuple[Party, ...], match: Match) -> list[tuple[Party, ...]]:
        """One event for each filler of the role named by `each` ("spoke to both": two calls), and for each person of a
        side that met the other "separately"."""
        apart = _one_by_one(parties) if kind.occasion and self._is_separate(match) else []
        if apart:
            return apart
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

    def _is_separate(self, match: Match) -> bool:
        """ "held separate talks", "met separately with"; who is received by a list is received by each, and "meetings
        with X and Y" are two."""
        trigger = self.doc[match.trigger]
        if lemma_of(trigger) in _ONE_BY_ONE or (trigger.tag_ == "NNS" and lemma_of(trigger) in _COUNTED):
            return True
        nodes = {match.trigger, match.support}
        return any(c.lower_ in _SEPARATE for i in nodes for c in self.doc[i].children)


def _is_aimless(parties: Iterable[Party]) -> bool:
    """Nobody does it, and those to whom it is done belong to no state: "the fight against the gangs goes on"."""
    return not any(p.role in DOERS or p.country for p in parties)


def _one_by_one(parties: tuple[Party, ...]) -> list[tuple[Party, ...]]:
    """One group for each of several with the one whom all of them met; [] where neither role has one party only."""
    roles: dict[str, list[Party]] = {}
    for party in parties:
        roles.setdefault(party.role, []).append(party)
    single = next((group[0] for group in roles.values() if len(group) == 1), None)
    others = [party for party in parties if party is not single]
    return [(party, single) for party in others] if single is not None and len(others) > 1 else []
