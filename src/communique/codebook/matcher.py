"""Applying the frames to a parsed text: every trigger with the parties that its frame gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.codebook.frames import Filler, Frame, Slot, Words
from communique.codebook.loader import Codebook
from communique.codebook.modality import support
from communique.codebook.roles import Party, RoleReader
from communique.language.clauses import RELATIVES, Clauses, is_passive, lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBAL = frozenset({"VERB", "AUX"})
# Prepositions that may follow a place or a time inside the argument they really belong beside.
# Verbs that say nothing of their own before such a noun.
_BARE_CARRIERS = frozenset("hold have pay make conduct give take do".split())
# Which type wins where a trigger fits several equally well.
_ORDER = (
    "CONSULT", "SUPPORT", "AGREE", "COOPERATE", "AID", "CONCEDE", "RETREAT", "SANCTION", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "MOBILIZE", "ASSAULT", "COERCE", "PROTEST",
)  # fmt: skip
# Verbs whose subject takes part in what follows "for", "on" or "in": "arrived for talks".
_GOING = frozenset("meet engage be sit join come gather leave set head pay".split())
_THINGS = frozenset({"it", "this", "these", "those", "them", "they", "that", "both"})
_FAR = frozenset({"with", "against", "from", "to", "on", "between", "for"})


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that a trigger satisfied. `support`: the light verb of a noun trigger, else the trigger itself."""

    frame: Frame
    trigger: int
    support: int
    parties: tuple[Party, ...]
    words: tuple[int, ...]  # tokens that satisfied word slots: "agreement", "sanctions"
    unknown_agent: bool  # an agent there is, but it could not be told who
    phrase: bool = False  # the head is a phrase ("telephone conversation"), which says more than one word


@dataclass(frozen=True, slots=True)
class Miss:
    """A frame whose head word is in the sentence but that did not match, and what it lacked."""

    frame: Frame
    trigger: int
    lacked: str


class Matcher:
    """Finds the matches of one Doc."""

    def __init__(self, doc: Doc, clauses: Clauses, codebook: Codebook, roles: RoleReader) -> None:
        self.doc = doc
        self.clauses = clauses
        self.codebook = codebook
        self.roles = roles
        self.misses: list[Miss] = []

    def matches(self) -> list[Match]:
        """The best match of each kind at each trigger, in text order."""
        found: list[Match] = []
        for token in self.doc:
            best: dict[str, Match] = {}
            for frame in self._candidates(token):
                match = self._match(frame, token.i)
                if match is None:
                    continue
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
                meets = self.codebook.kinds[noun.frame.kind].type == "CONSULT"
                if is_object and called_off and meets:
                    dropped.add(id(carrier))
                elif noun.trigger in carrier.words:
                    if not self._speaks_of(carrier, noun):
                        dropped.add(id(noun))
                elif is_object and lemma_of(verb) in _BARE_CARRIERS:
                    dropped.add(id(carrier))
        return [match for match in matches if id(match) not in dropped]

    def _speaks_of(self, carrier: Match, noun: Match) -> bool:
        """ "Kenya welcomed the withdrawal of Chad": what is welcomed is another happening, and somebody else's."""
        kinds = self.codebook.kinds
        if kinds[carrier.frame.kind].type != "SUPPORT" or kinds[noun.frame.kind].type == "SUPPORT":
            return False
        subjects = set(self.clauses.clause(carrier.trigger).subjects)
        return bool(noun.parties) and not any(p.token in subjects for p in noun.parties)

    @staticmethod
    def _rank(match: Match) -> tuple[int, int, int]:
        return (match.frame.weight + match.phrase, len(match.parties), len(match.words))

    def _strongest(self, matches: list[Match]) -> list[Match]:
        """Of several kinds at one trigger the one that asks for the most; among equals the one nearest to diplomacy."""
        if len(matches) < 2:
            return matches
        return [max(matches, key=lambda m: (self._rank(m), -_ORDER.index(self.codebook.kinds[m.frame.kind].type)))]

    def _candidates(self, token: Token) -> Iterator[Frame]:
        if token.is_space or token.is_punct:
            return
        seen: set[str] = set()
        for word in _forms(token, self.codebook):
            for frame in self.codebook.by_lemma.get(word, ()):
                if frame.rule not in seen:
                    seen.add(frame.rule)
                    yield frame

    # --- one frame at one token --------------------------------------------------------------------------------------

    def _match(self, frame: Frame, i: int) -> Match | None:
        token = self.doc[i]
        if frame.nominal:
            if token.pos_ not in {"NOUN", "PROPN"} and not (
                token.tag_ == "VBG" and token.dep_ in {"pobj", "dobj", "nsubj"}
            ):
                return None
            if self.roles.has_word(i, frame.head) != i:
                return None
            support_verb = self._support(i)
        else:
            if token.pos_ not in _VERBAL or not self._head_fits(frame, token):
                return None
            support_verb = i
        return self._fill(frame, i, support_verb)

    def _head_fits(self, frame: Frame, token: Token) -> bool:
        if not frame.head.lemmas & set(_forms(token, self.codebook)):
            return False
        if token.dep_ in {"aux", "auxpass"}:
            return False
        own = {c.lower_ for c in token.children if c.dep_ == "prt"}
        needed = _particles(frame, token)
        if needed:
            return bool(needed & {c.lower_ for c in token.children if c.dep_ in {"prt", "advmod", "prep"}})
        if own:
            return bool(own & {w for slot in frame.slots for w in slot.where})
        return True

    def _fill(self, frame: Frame, i: int, support_verb: int) -> Match | None:
        parties: list[Party] = []
        words: list[int] = []
        unknown_agent = False
        taken: set[int] = set()
        for slot in frame.slots:
            heads = [h for h in self._heads(frame, slot, i, support_verb) if h not in taken]
            filled, got, word = self._try(slot, heads, words, i)
            if filled:
                parties += got
                taken |= {h for h in heads if any(p.token == h for p in got)}
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
                continue
            self.misses.append(Miss(frame, i, self._lack(slot, heads)))
            return None
        parties = list({(p.actor, p.name): p for p in reversed(parties)}.values())[::-1]
        if not parties and not (words and (unknown_agent or frame.sides >= 2)):
            self.misses.append(Miss(frame, i, "no actor that the tables or the report know"))
            return None
        phrase = frame.nominal and any(self.roles.ends_with(i, p) for p in frame.head.phrases)
        return Match(frame, i, support_verb, tuple(parties), tuple(words), unknown_agent, phrase)

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

    def _lack(self, slot: Slot, heads: list[int]) -> str:
        where = " or ".join(slot.where)
        wanted = f"{{{slot.filler.role}}}" if slot.filler.role else "a word of the frame's list"
        if not heads:
            return f"no {where}"
        return f"{where} '{self.doc[heads[0]].text}' is not {wanted}"

    # --- slots -------------------------------------------------------------------------------------------------------

    def _try(
        self, slot: Slot, heads: list[int], words: list[int], trigger: int
    ) -> tuple[bool, list[Party], int | None]:
        """Whether the slot is filled by `heads`, with which parties, and the token of its word."""
        filler = slot.filler
        if filler.words is None and filler.role is None:
            if filler.owner is None:
                return bool(heads), [], None
            for h in heads:
                owners = self.roles.owners(h, filler.owner)
                if owners:
                    return True, owners, h
            return False, [], None
        if filler.role is not None:
            return self._actors(filler, slot, heads)
        assert filler.words is not None
        for h in heads:
            at = self.roles.has_word(h, filler.words)
            if at is None:
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

    def _actors(self, filler: Filler, slot: Slot, heads: list[int]) -> tuple[bool, list[Party], int | None]:
        assert filler.role is not None
        # A place stands for its country as a host, and after a preposition other than "in" and "at".
        prepositions = set(slot.where) - {"subject", "object", "indirect", "agent"}
        by_preposition = bool(prepositions)
        places = filler.role == "host" or bool(prepositions - {"in", "at"})
        parties: list[Party] = []
        for h in heads:
            got = self.roles.parties(h, filler.role, filler.type, places=places, countries=by_preposition)
            if slot.where == ("inside",):  # "threatened to cut off power to Peru": the first that somebody is named by
                got = got or self.roles.owners(h, filler.role)
                if got:
                    return True, got, None
            if not got and filler.type == "any" and self.roles.names_people(h):
                got = [self.roles.people(h, filler.role)]
            parties += got
        return bool(parties), parties, None

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
        owners = [p for p in self.roles.owners(at, filler.owner) if filler.owner_type == "any" or p.acts]
        return bool(owners) or filler.owner_optional, owners

    def _heads(self, frame: Frame, slot: Slot, i: int, support_verb: int) -> list[int]:
        if slot.where == ("obligation",):
            return self._obliged(slot, i)
        heads: list[int] = []
        for where in slot.where:
            heads += self._argument(frame, where, i, support_verb, goal=slot.filler.role == "host")
        return list(dict.fromkeys(heads))

    def _argument(self, frame: Frame, where: str, i: int, support_verb: int, *, goal: bool) -> list[int]:
        """Heads at one place of the frame. `goal`: the slot is where a journey goes ("made a stop in Amman")."""
        if where == "agent":
            return self._agent(frame, i, support_verb)
        if where == "inside":
            return self._inside(frame, i)
        if where.startswith("subject:"):
            return [j for h in self.clauses.clause(i).subjects for j in self._preps_of(h, where[8:])]
        if where == "infinitive":
            return self._infinitives(i, nominal=frame.nominal)
        if where == "clause":
            return [c.i for c in self.doc[i].children if c.dep_ in {"ccomp", "acl", "xcomp"} or c.dep_ == "advcl"]
        if frame.nominal:
            return self._preps_near_noun(i, support_verb, where, goal=goal)
        clause = self.clauses.clause(i)
        if where == "subject":
            return list(clause.subjects)
        if where == "object":
            objects = list(clause.objects)
            for particle in _particles(
                frame, self.doc[i]
            ):  # "called on the minister": the particle reads as preposition
                objects += clause.preps.get(particle, ()) if not objects else ()
            return objects
        if where == "indirect":
            return list(clause.indirect) or (list(clause.objects[:-1]) if len(clause.objects) > 1 else [])
        if clause.particle == where and not _particles(frame, self.doc[i]):
            return list(clause.objects)
        # "signed a deal with Peru on Monday": the parser hangs each phrase on the verb or on its object
        direct = self._preps_of(i, where)
        direct += [j for o in (*clause.objects, *clause.indirect) for j in self._preps_of(o, where)]
        if direct:
            return direct
        return self._far(i, where, goal=goal)

    def _preps_of(self, i: int, name: str) -> list[int]:
        preps = self.clauses.preps(i)
        found = list(preps.get(name, ()))
        if not found and name == "between":
            found = list(preps.get("among", ()))
        return found

    def _far(self, i: int, where: str, *, goal: bool = False) -> list[int]:
        """One step further in: "talks in Oslo with Norway", where "with" hangs on Oslo."""
        if where not in _FAR and not goal:
            return []
        found: list[int] = []
        for heads in self.clauses.preps(i).values():
            for h in heads:
                if self.doc[h].pos_ in {"PROPN", "NOUN", "NUM"}:
                    found += self._preps_of(h, where)
        clause_objects = self.clauses.clause(i).objects if self.doc[i].pos_ in _VERBAL else ()
        for o in clause_objects:
            for heads in self.clauses.preps(o).values():
                for h in heads:
                    found += self._preps_of(h, where)
        return found

    def _obliged(self, slot: Slot, i: int) -> list[int]:
        """Subjects of the clause under verb `i` that has one of the slot's auxiliaries: "said that Peru must leave"."""
        assert slot.filler.words is not None
        found: list[int] = []
        for child in self.doc[i].children:
            if child.dep_ not in {"ccomp", "xcomp"}:
                continue
            modals = {c.lower_ for c in child.children if c.dep_ == "aux"} - {"have", "has", "had"}
            if any(c.dep_ == "xcomp" and any(g.lower_ == "to" for g in c.children) for c in child.children):
                modals.add(lemma_of(child))  # "has to", "needs to"
            if modals & slot.filler.words.lemmas:
                found += self.clauses.surface_subjects(child.i)
        return found

    def _inside(self, frame: Frame, i: int) -> list[int]:
        """Arguments of the infinitive or clause that the frame takes, nearest first; never the main subject."""
        verbs = self._infinitives(i, nominal=frame.nominal)
        verbs += [c.i for c in self.doc[i].children if c.dep_ in {"ccomp", "acl"} and c.i not in verbs]
        found: list[int] = []
        for verb in verbs:
            if self.doc[verb].pos_ not in _VERBAL:
                continue
            clause = self.clauses.clause(verb)
            if self.doc[verb].dep_ == "ccomp":
                found += clause.subjects
            found += [*clause.objects, *clause.indirect]
            for heads in clause.preps.values():
                found += heads
        own = set(self.clauses.clause(i).subjects) if not frame.nominal else set()
        return [h for h in dict.fromkeys(found) if h not in own]

    def _infinitives(self, i: int, *, nominal: bool) -> list[int]:
        token = self.doc[i]
        labels = {"acl", "relcl", "xcomp", "ccomp"} if nominal else {"xcomp", "ccomp", "advcl"}
        found = []
        pools = [token, *(self.doc[o] for o in (self.clauses.clause(i).objects if not nominal else ()))]
        for pool in pools:
            for child in pool.children:
                if child.dep_ in labels | {"acl"} and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
                    found += self.clauses.heads(child, verbal=True)
        return found

    # --- nouns -------------------------------------------------------------------------------------------------------

    def _support(self, i: int) -> int:
        """The verb that carries noun `i` as its subject, object or adjunct; `i` itself where there is none."""
        governor = self.clauses.governor(i)
        if governor is None:
            return i
        head, slot = governor
        if self.doc[head].pos_ in _VERBAL and slot in {
            "subject",
            "object",
            "attribute",
            "for",
            "on",
            "in",
            "at",
            "to",
            "into",
        }:
            return head
        return i

    def _preps_near_noun(self, i: int, support_verb: int, where: str, *, goal: bool) -> list[int]:
        found = self._preps_of(i, where)
        if found and where == "with" and support_verb != i:  # "talks with A, and with B", the second on the verb
            found += [h for h in self._preps_of(support_verb, where) if h > found[-1]]
        if found:
            return found
        if support_verb != i and (goal or where not in {"in", "at", "on", "of"}):
            found = self._preps_of(support_verb, where)
            if found:
                return found
        found = self._far(i, where, goal=goal)
        if not found and support_verb != i and where == "with":
            found = self._far(support_verb, where)
        return found

    def _agent(self, frame: Frame, i: int, support_verb: int) -> list[int]:
        """Who does what the noun says: possessor, adjective, "by", "of", or the light verb's subject."""
        owners = list(self.clauses.owners(i))
        if owners:
            return owners
        modifiers = [m for m in self.clauses.modifiers(i) if self._names_actor(m)]
        by = self._preps_of(i, "by")
        if by:
            return by
        used = {w for slot in frame.slots for w in slot.where}
        if modifiers:
            return modifiers
        if "of" not in used:
            of = [h for h in self._preps_of(i, "of") if self._names_actor(self.roles.unquantified(h))]
            if of:
                return of
        if "between" not in used:
            between = [h for h in self._preps_of(i, "between") or self._far(i, "between") if self._names_actor(h)]
            if between:
                return between
        if support_verb != i:
            return self._support_subjects(i, support_verb)
        if self.codebook.kinds[frame.kind].type == "CONSULT":
            return self._subject_around(i)
        return []

    def _names_actor(self, i: int) -> bool:
        return self.roles.cast.at(i) is not None or bool(self.roles.parties(i, "party", "actor"))

    def _support_subjects(self, i: int, verb: int) -> list[int]:
        governor = self.clauses.governor(i)
        if governor is None:
            return []
        slot = governor[1]
        token = self.doc[verb]
        classes = support()
        lemma = lemma_of(token)
        clause = self.clauses.clause(verb)
        if slot == "object":
            carries = lemma in classes["light"] | classes["attend"] | classes["cancel"] | classes["halt"]
            carries = carries or lemma in classes["plan"] or lemma in classes["want"]
            carries = carries or any(
                f"{lemma}+{c.lower_}" in classes["light"] | classes["cancel"] | classes["halt"] for c in token.children
            )
            return list(clause.subjects) if carries else []
        if slot == "subject":
            return self._preps_of(verb, "by") if is_passive(token) else []
        carries = lemma in classes["light"] | classes["attend"] | classes["travel"] | classes["plan"] | _GOING
        if slot in {"for", "on", "in", "at", "to", "into"} and carries:
            return list(clause.subjects)
        return []

    def _subject_around(self, i: int) -> list[int]:
        """ "after talks with Peru, Chile said": the subject of the clause that the phrase belongs to."""
        token = self.doc[i]
        if token.dep_ != "pobj" or token.head.lower_ not in {"after", "during", "following", "before", "at", "in"}:
            return []
        head = token.head.head
        if head.pos_ in _VERBAL:
            return [j for j in self.clauses.surface_subjects(head.i) if self.doc[j].lower_ not in RELATIVES]
        return []


def _particles(frame: Frame, verb: Token) -> set[str]:
    """The particles of which the frame wants one with this verb; none when it wants the bare verb."""
    return {particle for lemma, particle in frame.particles if lemma in {verb.lower_, lemma_of(verb)}}


def _forms(token: Token, codebook: Codebook) -> list[str]:
    """Lemma and form; where the codebook has neither, the bases that a regular ending may hide ("dined")."""
    forms = [lemma_of(token), token.lower_]
    if token.pos_ in _VERBAL and not any(f in codebook.by_lemma for f in forms):
        word = token.lower_
        if word.endswith("ed"):
            forms += [word[:-1], word[:-2]]
        elif word.endswith("ing"):
            forms += [word[:-3], word[:-3] + "e"]
    return list(dict.fromkeys(forms))
