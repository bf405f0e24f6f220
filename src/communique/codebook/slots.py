"""Where the parse keeps what a frame asks for: the heads at each place of a frame, on the verb or round the noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.codebook.frames import Frame, Slot, Words
from communique.codebook.kind import Codebook
from communique.codebook.modality import support
from communique.codebook.roles import RoleReader
from communique.language.clauses import RELATIVES, Clauses, is_passive, lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VERBAL = frozenset({"VERB", "AUX"})
# Verbs whose subject takes part in what follows "for", "on" or "in": "arrived for talks".
_GOING = frozenset("meet engage be sit join come gather leave set head pay".split())
_JUDGING = frozenset({"ccomp", "xcomp", "oprd", "attr", "acomp", "prep"})  # how what is said of somebody may hang
_RECEIVING = frozenset("welcome receive host invite greet expect".split())
_OF_FRAME = frozenset({"agent", "inside"})  # places that depend on the rest of the frame
_FAR = frozenset({"with", "against", "from", "to", "on", "between", "for"})


class SlotReader:
    """Finds the arguments of triggers of one Doc."""

    def __init__(self, doc: Doc, clauses: Clauses, codebook: Codebook, roles: RoleReader) -> None:
        self.doc = doc
        self.clauses = clauses
        self.codebook = codebook
        self.roles = roles
        self._found: dict[tuple[tuple[str, ...], int, int, bool, bool], list[int]] = {}

    def heads(self, frame: Frame, slot: Slot, i: int, support_verb: int) -> list[int]:
        """The heads at the places of a slot; the list is kept and given again, and only to be read."""
        if slot.where == ("obligation",):
            return self._obliged(slot, i)
        goal = slot.filler.role == "host"
        if frame.particles or not _OF_FRAME.isdisjoint(slot.where):
            return self._at(frame, slot, i, support_verb, goal=goal)
        key = (slot.where, i, support_verb, goal, frame.nominal)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._at(frame, slot, i, support_verb, goal=goal)
        return found

    def _at(self, frame: Frame, slot: Slot, i: int, support_verb: int, *, goal: bool) -> list[int]:
        """The heads at any of the slot's places."""
        places = {where: self._argument(frame, where, i, support_verb, goal=goal) for where in slot.where}
        if places.get("by"):  # "condemned an attack by Chad on Togo": whose it is goes before whom it hit
            return list(dict.fromkeys(places["by"]))
        return list(dict.fromkeys(h for found in places.values() for h in found))

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
            for particle in particles_of(
                frame, self.doc[i]
            ):  # "called on the minister": the particle reads as preposition
                objects += clause.preps.get(particle, ()) if not objects else ()
            return objects
        if where == "indirect":
            return list(clause.indirect) or (list(clause.objects[:-1]) if len(clause.objects) > 1 else [])
        if clause.particle == where and not particles_of(frame, self.doc[i]):
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
        held = self.roles.cast.at(i)
        if held is not None and held.form in {"name", "short"} and self.doc[i].pos_ not in VERBAL:
            # "the envoy to Peru Ann Lund": part of who she is
            found = [h for h in found if not held.full_start <= h < held.full_end]
            if name == "of":  # "Ambassador Lund of Norway"
                found = [h for h in found if self.roles.cast.at(h) is None]
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
        clause_objects = self.clauses.clause(i).objects if self.doc[i].pos_ in VERBAL else ()
        for o in clause_objects:
            for heads in self.clauses.preps(o).values():
                for h in heads:
                    found += self._preps_of(h, where)
        return found

    def _obliged(self, slot: Slot, i: int) -> list[int]:
        """Of whom verb `i` says one of the slot's words: "said that Peru must leave", "said that Peru was to blame",
        "called the raid a massacre", "described Peru as a threat", "found Peru guilty"."""
        assert slot.filler.words is not None
        words = slot.filler.words
        children = [child for child in self.doc[i].children if child.dep_ in _JUDGING]
        if not children:
            return []
        clause = self.clauses.clause(i)
        found: list[int] = []
        for child in children:
            if child.dep_ in {"ccomp", "xcomp"}:
                if child.pos_ in VERBAL and self._says(child, words):
                    found += self.clauses.surface_subjects(child.i) or self._objects_of_subject(child)
                elif child.pos_ not in VERBAL and self.roles.has_word(child.i, words) is not None:
                    found += [j for c in child.children if c.dep_ == "nsubj" for j in self.clauses.heads(c)]
                    found += [] if found else clause.objects
            elif self._is_complement(child, words):
                found += clause.objects
        return found

    def _objects_of_subject(self, predicate: Token) -> list[int]:
        """ "Lifting the sanctions on Peru was impossible": whom the doing that is judged is about."""
        found: list[int] = []
        for doing in (c for c in predicate.children if c.dep_ == "csubj"):
            for thing in self.clauses.clause(doing.i).objects:
                found += [thing, *(h for name in ("on", "against", "with", "to") for h in self._preps_of(thing, name))]
        return found

    def _is_complement(self, child: Token, words: Words) -> bool:
        """ "absurd" in "called it absurd", "as a threat" in "described it as a threat"."""
        if child.dep_ in {"oprd", "attr", "acomp"}:
            return self.roles.has_word(child.i, words) is not None
        if child.dep_ != "prep" or child.lower_ != "as":
            return False
        return any(self.roles.has_word(c.i, words) is not None for c in child.children)

    def _says(self, verb: Token, words: Words) -> bool:
        """Whether the clause of `verb` has one of `words` for its auxiliary or its predicate."""
        modals = {c.lower_ for c in verb.children if c.dep_ == "aux"} - {"have", "has", "had"}
        if any(c.dep_ == "xcomp" and any(g.lower_ == "to" for g in c.children) for c in verb.children):
            modals.add(lemma_of(verb))  # "has to", "needs to"
        if lemma_of(verb) == "be":
            said = [c for c in verb.children if c.dep_ in {"acomp", "attr", "prep", "xcomp"}]
            modals |= {w for c in said for w in (c.lower_, lemma_of(c))}
            if any(self.roles.has_word(c.i, words) is not None for c in said):
                return True
        return bool(modals & words.lemmas)

    def _inside(self, frame: Frame, i: int) -> list[int]:
        """Arguments of the infinitive or clause that the frame takes, nearest first; never the main subject."""
        verbs = self._infinitives(i, nominal=frame.nominal)
        verbs += [c.i for c in self.doc[i].children if c.dep_ in {"ccomp", "acl"} and c.i not in verbs]
        found: list[int] = []
        for verb in verbs:
            if self.doc[verb].pos_ not in VERBAL:
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

    def support_of(self, i: int) -> int:
        """The verb that carries noun `i` as its subject, object or adjunct; `i` itself where there is none."""
        governor = self.clauses.governor(i)
        if governor is None:
            return i
        head, slot = governor
        if self.doc[head].pos_ in VERBAL and slot in {
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
        carriers = self._support_subjects(i, support_verb) if support_verb != i else []
        if carriers:
            return carriers
        if self.codebook.kinds[frame.kind].occasion:
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
        if slot == "for" and lemma in _RECEIVING:  # "welcomed the premier for a visit"
            return list(clause.objects)
        return []

    def _subject_around(self, i: int) -> list[int]:
        """ "after talks with Peru, Chile said": the subject of the clause that the phrase belongs to."""
        token = self.doc[i]
        if token.dep_ != "pobj" or token.head.lower_ not in {"after", "during", "following", "before", "at", "in"}:
            return []
        head = token.head.head
        if head.dep_ == "dobj" and head.head.pos_ in VERBAL:  # "raised concerns in a call with": hung on the concerns
            head = head.head
        if head.pos_ in VERBAL:
            return [j for j in self.clauses.surface_subjects(head.i) if self.doc[j].lower_ not in RELATIVES]
        return []


def particles_of(frame: Frame, verb: Token) -> set[str]:
    """The particles of which the frame wants one with this verb; none when it wants the bare verb."""
    return {particle for lemma, particle in frame.particles if lemma in {verb.lower_, lemma_of(verb)}}
