"""Applying the frames to a parsed text: every trigger with the parties that its frame gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.codebook.frames import Filler, Frame, Slot, Words
from communique.codebook.kind import TYPES, Codebook
from communique.codebook.modality import ModalityReader, support
from communique.codebook.roles import Party, RoleReader
from communique.codebook.slots import VERBAL, SlotReader, particles_of
from communique.codebook.starts import frames_by_token
from communique.language.clauses import Clauses, lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs that say nothing of their own before such a noun.
_BARE_CARRIERS = frozenset("hold have pay make conduct give take do".split())
# Auxiliaries that make a "not" a refusal.
_REFUSING = frozenset("will wo would 'll 'd shall can ca could".split())
_NOUNS = frozenset({"NOUN", "PROPN"})
_THINGS = frozenset({"it", "this", "these", "those", "them", "they", "that", "both"})


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that a trigger satisfied. `support`: the light verb of a noun trigger, else the trigger itself."""

    frame: Frame
    trigger: int
    support: int
    parties: tuple[Party, ...]
    words: tuple[int, ...]  # tokens that satisfied word slots: "agreement", "sanctions"
    unknown_agent: bool  # an agent there is, but it could not be told who
    weight: int = 0  # how much of what the frame asks for was there: of two at one trigger, the heavier one wins


@dataclass(frozen=True, slots=True)
class Miss:
    """A frame whose head word is in the sentence but that did not match, and what it lacked."""

    frame: Frame
    trigger: int
    lacked: str
    filled: int  # slots that were there


class Matcher:
    """Finds the matches of one Doc."""

    def __init__(
        self,
        doc: Doc,
        clauses: Clauses,
        codebook: Codebook,
        roles: RoleReader,
        modality: ModalityReader,
        *,
        near_misses: bool = False,
    ) -> None:
        """`near_misses`: keep in `misses` every frame that did not match, and what it lacked; they are many."""
        self._near_misses = near_misses
        self.doc = doc
        self.clauses = clauses
        self.codebook = codebook
        self.roles = roles
        self.modality = modality
        self.slots = SlotReader(doc, clauses, codebook, roles)
        self._particles: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        self._filled: dict[tuple[tuple[str, ...], str, str, tuple[int, ...], bool], list[Party]] = {}
        self.misses: list[Miss] = []
        self.fired: set[str] = set()  # rules of all frames that matched, though another told more

    def matches(self) -> list[Match]:
        """The best match of each kind at each trigger, in text order."""
        found: list[Match] = []
        for i, frames in frames_by_token(self.doc, self.codebook, whole=self._near_misses):
            best: dict[str, Match] = {}
            for frame in frames:
                match = self._match(frame, i)
                if match is None:
                    continue
                self.fired.add(frame.rule)
                held = best.get(frame.kind)
                if held is None or self._rank(match) > self._rank(held):
                    best[frame.kind] = match
            found += self._strongest(list(best.values()))
        return self._without_carriers(found)

    def _without_carriers(self, matches: list[Match]) -> list[Match]:
        """One act in a verb and its noun is told by one of them: "held talks" by the noun, "signed a treaty" by the
        verb, whose frame names the noun; what is called off is the noun's event, called off."""
        cancels = support()["cancel"]
        by_trigger: dict[int, list[Match]] = {}
        for match in matches:
            by_trigger.setdefault(match.trigger, []).append(match)
        dropped: set[int] = set()
        for noun in matches:
            if noun.support == noun.trigger:
                continue
            verb = self.doc[noun.support]
            governor = self.clauses.governor(noun.trigger)
            is_object = governor is not None and governor[1] in {"object", "subject"}
            called_off = lemma_of(verb) in cancels or any(
                f"{lemma_of(verb)}+{c.lower_}" in cancels for c in verb.children if c.dep_ in {"prt", "prep", "advmod"}
            )
            for carrier in by_trigger.get(noun.support, ()):
                if is_object and called_off and self.codebook.kinds[noun.frame.kind].occasion:
                    dropped.add(id(carrier))
                elif noun.trigger in carrier.words and carrier.parties:
                    if not self._speaks_of(carrier, noun):
                        dropped.add(id(noun))
                elif is_object and lemma_of(verb) in _BARE_CARRIERS:
                    dropped.add(id(carrier))
        return [match for match in matches if id(match) not in dropped]

    def _speaks_of(self, carrier: Match, noun: Match) -> bool:
        """ "Kenya welcomed the withdrawal of Chad": what is welcomed is another happening, and somebody else's."""
        kinds = self.codebook.kinds
        if not kinds[carrier.frame.kind].comments or kinds[noun.frame.kind].comments:
            return False
        subjects = set(self.clauses.clause(carrier.trigger).subjects)
        return bool(noun.parties) and not any(p.token in subjects for p in noun.parties)

    @staticmethod
    def _rank(match: Match) -> tuple[bool, int, int, int]:
        return (bool(match.parties), match.weight, len(match.parties), len(match.words))

    def _strongest(self, matches: list[Match]) -> list[Match]:
        """Of several kinds at one trigger the one that asks for the most; among equals the one nearest to diplomacy."""
        if len(matches) < 2:
            return matches
        return [max(matches, key=lambda m: (self._rank(m), -TYPES.index(self.codebook.kinds[m.frame.kind].type)))]

    # --- one frame at one token --------------------------------------------------------------------------------------

    def _match(self, frame: Frame, i: int) -> Match | None:
        token = self.doc[i]
        if frame.nominal:
            if token.pos_ not in _NOUNS and not (token.tag_ == "VBG" and token.dep_ in {"pobj", "dobj", "nsubj"}):
                return None
            if self.roles.has_word(i, frame.head) != i:
                return None
            support_verb = self.slots.support_of(i)
        else:
            if token.pos_ not in VERBAL or token.dep_ in {"aux", "auxpass"} or not self._head_fits(frame, token):
                return None
            support_verb = i
            if frame.negated and not self._refuses(token):
                return None
            if frame.future and not self._announced(token):
                return None
            if frame.but is not None and any(
                self.roles.has_word(o, frame.but) is not None for o in self.clauses.clause(i).objects
            ):
                return None
        return self._fill(frame, i, support_verb)

    def _is_negated(self, verb: int) -> bool:
        """ "decided not to visit" is no decision to visit."""
        return any(c.dep_ == "neg" for c in self.doc[verb].children)

    def _refuses(self, verb: Token) -> bool:
        """ "will not release", "cannot accept", "has no intention to": the doer says no. "Did not" is no refusal."""
        auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
        said_no = any(c.dep_ == "neg" or (c.dep_ == "advmod" and c.lower_ == "never") for c in verb.children)
        if said_no and (auxiliaries & _REFUSING or lemma_of(verb) == "be"):
            return True
        objects = (self.doc[o] for o in self.clauses.clause(verb.i).objects)
        return any(c.dep_ in {"det", "neg"} and c.lower_ == "no" for o in objects for c in o.children)

    def _head_fits(self, frame: Frame, token: Token) -> bool:
        """Whether the verb stands with the particle that the frame wants, and with none that it does not know."""
        if token.i not in self._particles:
            own = frozenset(c.lower_ for c in token.children if c.dep_ == "prt")
            near = frozenset(c.lower_ for c in token.children if c.dep_ in {"prt", "advmod", "prep"})
            self._particles[token.i] = (own, near)
        own, near = self._particles[token.i]
        needed = particles_of(frame, token) if frame.particles else ()
        if needed:
            return not near.isdisjoint(needed)
        return not own or any(w in own for slot in frame.slots for w in slot.where)

    def _announced(self, verb: Token) -> bool:
        """ "will retaliate", "is going to respond", "vowed to hit back"."""
        verdict = self.modality.read(verb.i)
        return verdict.modality == "planned" or (verdict.modality == "hypothetical" and not verdict.wish)

    def _fill(self, frame: Frame, i: int, support_verb: int) -> Match | None:
        parties: list[Party] = []
        words: list[int] = []
        unknown_agent = False
        weight = frame.weight
        at_home = bool(self.codebook.kinds[frame.kind].at_home)
        taken: set[int] = set()
        for k, slot in enumerate(frame.slots):
            heads = self.slots.heads(frame, slot, i, support_verb)
            if taken:
                heads = [h for h in heads if h not in taken]
            filled, got, word = self._try(slot, heads, parties, i, at_home=at_home)
            if filled and slot.where == ("obligation",) and _among_themselves(parties, got):
                return None  # "the two sides need to work together", says one of them
            if filled:
                parties += got
                taken |= {h for h in heads if any(p.token == h for p in got)}
                weight += slot.filler.weight + (1 if slot.filler.owner and got else 0)
                if word is not None:
                    words.append(word)
                continue
            if slot.optional or (frame.mutual and slot.filler.role and len({p.side for p in parties}) > 1):
                continue  # "A and B met" needs no "with"
            if (
                slot.where in {("subject",), ("agent",)}
                and slot.filler.role is not None
                and self._agent_unknown(frame, i, heads)
            ):
                unknown_agent = True
                weight += 1
                continue
            if slot.where == ("subject",) and slot.filler == Filler() and self.clauses.clause(i).passive:
                continue  # "was outraged": by what is left unsaid
            if self._near_misses:
                self.misses.append(Miss(frame, i, self._lack(slot, heads), k))
            return None
        parties = list({(p.actor, p.name): p for p in reversed(parties)}.values())[::-1]
        if not parties and not (words and (unknown_agent or frame.sides >= 2)):
            if self._near_misses:
                self.misses.append(Miss(frame, i, "no actor that the tables or the report know", len(frame.slots)))
            return None
        if self.codebook.kinds[frame.kind].civil and parties and self._are_civilians(parties[0]):
            weight += 2  # crowds block roads in protest, armies to besiege
        if frame.nominal and any(self.roles.ends_with(i, p) for p in frame.head.phrases):
            weight += 1  # "telephone conversation" says more than one word
        return Match(frame, i, support_verb, tuple(parties), tuple(words), unknown_agent, weight)

    def _agent_unknown(self, frame: Frame, i: int, heads: list[int]) -> bool:
        """Whether the missing agent is only unsaid: a passive without "by", an unresolved pronoun."""
        if frame.nominal:
            return frame.sides >= 2 or any(self.roles.is_pronoun(h) for h in heads)
        if not heads:
            return True
        people = {"he", "she", "him", "her", "who", "i", "we"}
        if frame.sides >= 2 and any(self.doc[h].lower_ in people for h in heads):
            return False  # somebody of whom not even the side is known
        return all(self.roles.is_pronoun(h) for h in heads)

    def _are_civilians(self, party: Party) -> bool:
        """Whether a doer is people, not a state or its forces: "farmers", "the union", "Algerians"."""
        if party.sector is not None:
            return party.sector in {"CVL", "LAB", "OPP", "REF", "MED", "BUS"}
        return party.kind == "group" or self.doc[party.token].tag_ in {"NNPS", "NNS"}

    def _lack(self, slot: Slot, heads: list[int]) -> str:
        where = " or ".join(slot.where)
        wanted = f"{{{slot.filler.role}}}" if slot.filler.role else "a word of the frame's list"
        if not heads:
            return f"no {where}"
        return f"{where} '{self.doc[heads[0]].text}' is not {wanted}"

    # --- slots -------------------------------------------------------------------------------------------------------

    def _try(
        self, slot: Slot, heads: list[int], before: list[Party], trigger: int, *, at_home: bool
    ) -> tuple[bool, list[Party], int | None]:
        """Whether the slot is filled by `heads`, with which parties, and the token of its word."""
        filler = slot.filler
        if filler.words is None and filler.role is None:
            if filler.owner is None:
                return bool(heads), [], None
            for h in heads:
                owners = self.roles.owners(h, filler.owner)
                if owners or filler.owner_optional:
                    return True, owners, h
            return False, [], None
        if filler.role is not None:
            if slot.where == ("inside",):
                return self._inside_actors(filler, heads, before)
            key = (slot.where, filler.role, filler.type, tuple(heads), at_home)
            parties = self._filled.get(key)  # frames that one word may start ask for the same doer
            if parties is None:
                parties = self._filled[key] = self._actors(filler, slot, heads, at_home=at_home)
            return bool(parties), parties, None
        assert filler.words is not None
        for h in heads:
            at = self.roles.has_word(h, filler.words)
            if at is None or ("infinitive" in slot.where and self._is_negated(h)):
                continue
            ok, owners = self._owned(filler, at, trigger)
            if ok:
                return True, owners, at
        if filler.owner is None and not filler.own:
            at = self._antecedent(heads, filler.words, trigger)
            if at is not None:
                return True, [], at
        return False, [], None

    def _antecedent(self, heads: list[int], words: Words, trigger: int) -> int | None:
        """The thing that "it" or "these" stands for, if one of `words` was named in this sentence or the one before."""
        if not any(self.doc[h].lower_ in _THINGS and self.roles.cast.at(h) is None for h in heads):
            return None
        start = self.doc[trigger].sent.start
        start = self.doc[start - 1].sent.start if start else 0
        for i in range(trigger - 1, start - 1, -1):
            if self.doc[i].pos_ in {"NOUN", "PROPN"} and self.roles.has_word(i, words) == i:
                return i
        return None

    def _actors(self, filler: Filler, slot: Slot, heads: list[int], *, at_home: bool) -> list[Party]:
        assert filler.role is not None
        # A place stands for its country as a host, and after a preposition other than "in" and "at".
        prepositions = set(slot.where) - {"subject", "object", "indirect", "agent"}
        by_preposition = bool(prepositions)
        places = filler.role == "host" or bool(prepositions - {"in", "at"})
        parties: list[Party] = []
        named: set[int] = set()
        for h in heads:
            if len(slot.where) > 1 and named and any(above.i in named for above in _above(self.doc[h])):
                continue  # "condemnation of Chad's raids against Togo": of the raids, Chad's
            # A capital that does what the frame says is its government: "Beijing hit back".
            countries = by_preposition or slot.where == ("subject",)
            got = self.roles.parties(h, filler.role, filler.type, places=places, countries=countries)
            if filler.role == "initiator" and by_preposition:  # "was summoned to the ministry": there, by the state
                got = [
                    self.roles.state(p.country, p.role, p.token) if p.country and p.kind == "organisation" else p
                    for p in got
                    if p.country or p.kind != "organisation"
                ]
            if slot.where == ("obligation",):  # "called the Polish decision absurd": whose it is
                got = got or self.roles.owners(h, filler.role)
            if not got and filler.type in {"any", "group"} and self.roles.names_people(h, many=filler.type == "group"):
                got = [self.roles.people(h, filler.role)]
            # A court or a band of gunmen of no stated country acts within a country, not between two.
            got = [p for p in got if at_home or p.country or p.sector is None]
            named.update([h] if got else ())
            parties += got
        return parties

    def _inside_actors(
        self, filler: Filler, heads: list[int], before: list[Party]
    ) -> tuple[bool, list[Party], int | None]:
        """ "threatened to cut off power to Peru": the first that somebody is named by, foreign to the doer if it can
        be ("refused to withdraw its troops from Ethiopia")."""
        assert filler.role is not None
        own = {p.side for p in before}
        local: list[Party] = []
        for h in heads:
            got = self.roles.parties(h, filler.role, filler.type, places=True, countries=True)
            got = got or self.roles.owners(h, filler.role)
            if got and not {p.side for p in got if p.country} & own and any(p.country for p in got):
                for other in self.clauses.heads(self.doc[h])[1:]:
                    got = [*got, *self.roles.parties(other, filler.role, filler.type, places=True, countries=True)]
                return True, got, None
            local = local or got
        return bool(local), local, None

    def _owned(self, filler: Filler, at: int, trigger: int) -> tuple[bool, list[Party]]:
        if filler.own:
            owners = self.roles.owners(at, "recipient", near=True)
            subject = {
                p.country for h in self.clauses.clause(trigger).subjects for p in self.roles.parties(h, "party", "any")
            }
            foreign = [p for p in owners if p.country not in subject]
            return (not foreign or not subject), []
        if filler.owner is None:
            return True, []
        # Settlements in Gaza are not by that Gaza's, when their owner is to be the doer.
        # A treaty signed in Oslo is not by that Norway's.
        inside = filler.owner != "party" and not (filler.owner_optional and filler.owner == "initiator")
        owners = [p for p in self.roles.owners(at, filler.owner, inside=inside) if filler.owner_type == "any" or p.acts]
        return bool(owners) or filler.owner_optional, owners


def _above(token: Token) -> Iterator[Token]:
    """The tokens above one, but for those that it is only joined to."""
    for above in token.ancestors:
        if token.dep_ not in {"conj", "appos"}:
            yield above
        token = above


def _among_themselves(speakers: list[Party], meant: list[Party]) -> bool:
    """Whether somebody speaks of a duty of all sides, his own among them."""
    sides = {p.side for p in meant}
    return len(sides) > 1 and bool(sides & {p.side for p in speakers})
