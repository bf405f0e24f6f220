"""Predicates and their arguments, after the parse has been normalised.

The parser says what hangs on what; a reader asks who did it. `Clauses` answers for any verb or noun of the text:
passives are turned, subjects and objects are shared over conjunction, relative and participial clauses are given
their noun, infinitives the subject that controls them. Everything is token indices into the Doc.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})

# Verbs whose object is the subject of the infinitive after it: "they urged Iran to return".
OBJECT_CONTROL = frozenset(
    """advise allow appeal ask assign assist authorise authorize beg bid call cause challenge charge command compel
    convince direct empower enable encourage entitle expect force get help implore induce inspire instruct invite lead
    let make mandate motivate oblige order permit persuade pressure press prompt push recommend remind request
    require see summon task teach tell tempt train urge want warn send dispatch name appoint elect choose select
    nominate designate""".split()
)
# Participles that say in what mind the subject is: "Israel is opposed to the plan".
_STATES = frozenset({"opposed", "committed", "prepared", "determined", "dedicated", "resolved"})
_COPULAS = frozenset({"be", "become", "remain", "stand", "seem", "stay"})
_TWO_WORD = frozenset({"according", "due", "owing", "thanks", "prior", "contrary", "because", "instead"})
_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "ADJ"})
# Verbs whose object has done, or is to leave, what follows the preposition.
_CHARGING = {
    **dict.fromkeys(("accuse", "suspect", "convict", "acquit"), frozenset({"of"})),
    **dict.fromkeys(
        ("blame", "criticise", "criticize", "condemn", "denounce", "rebuke", "thank", "praise", "commend", "punish",
         "congratulate", "arrest", "jail", "charge"), frozenset({"for", "with", "on"}),
    ),
    **dict.fromkeys(("stop", "prevent", "keep", "ban", "bar", "discourage", "deter", "prohibit"), frozenset({"from"})),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its arguments by meaning: `subjects` do it, `objects` undergo it, whatever the voice.

    `preps` maps a preposition ("with", "to", "in") to the heads of its objects. `surface` is the grammatical subject.
    """

    verb: int
    lemma: str
    particle: str | None
    passive: bool
    surface: tuple[int, ...]
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    indirect: tuple[int, ...]
    preps: dict[str, tuple[int, ...]] = field(default_factory=dict)
    complements: tuple[int, ...] = ()  # verbs of xcomp and ccomp clauses


class Clauses:
    """Clauses of one Doc, worked out when asked for."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._clauses: dict[int, Clause] = {}
        self._surface: dict[int, tuple[int, ...]] = {}
        self._preps: dict[int, dict[str, tuple[int, ...]]] = {}

    # --- verbs -------------------------------------------------------------------------------------------------------

    def clause(self, i: int) -> Clause:
        """The clause of verb token `i`."""
        if i not in self._clauses:
            self._clauses[i] = self._build(self.doc[i])
        return self._clauses[i]

    def _build(self, verb: Token) -> Clause:
        passive = is_passive(verb)
        surface = self.surface_subjects(verb.i)
        objects = [
            j
            for child in verb.children
            if child.dep_ in {"dobj", "obj"} and not (child.lower_ in RELATIVES and child.i < verb.i)
            for j in self.heads(child)
        ]
        objects += self._gap_object(verb)
        objects += self._other_objects(verb, bool(objects))
        if not objects and not passive:
            objects += self._shared_object(verb)
        preps = self.preps(verb.i)
        indirect = tuple(j for child in verb.children if child.dep_ == "dative" for j in self._dative_heads(child))
        second = self._second_object(verb)
        if second is not None:  # "granted the envoy an audience", read by the parser as an apposition
            objects = [second]
            indirect = indirect or tuple(j for c in verb.children if c.dep_ == "dobj" for j in self.heads(c))
        if passive:
            agents = preps.get("by", ())
            subjects: tuple[int, ...] = tuple(j for j in agents if not _is_gerund(self.doc[j]))
            if not agents:
                subjects = self._had_it_done(verb)
            if objects:  # "was given a medal": the grammatical subject received it
                indirect = indirect or surface
            else:
                objects = list(surface)
        else:
            subjects = surface
        particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
        complements = tuple(
            j for c in verb.children if c.dep_ in {"xcomp", "ccomp"} for j in self.heads(c, verbal=True)
        )
        return Clause(
            verb.i, lemma_of(verb), particle, passive, surface, subjects, tuple(dict.fromkeys(objects)), indirect,
            preps, complements,
        )  # fmt: skip

    def surface_subjects(self, i: int) -> tuple[int, ...]:
        """Heads of the grammatical subject of verb `i`, its own or the one it shares or is controlled by."""
        if i not in self._surface:
            self._surface[i] = ()  # a cycle in a broken parse ends here
            self._surface[i] = tuple(dict.fromkeys(self._find_surface(self.doc[i])))
        return self._surface[i]

    def _find_surface(self, verb: Token) -> tuple[int, ...]:
        own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
        if own:
            heads: list[int] = self._after_opening(verb, own[0])
            if heads:
                return tuple(heads)
            for child in own:
                heads += self._antecedents(child, verb)
            return tuple(heads)
        head = verb.head
        if head.i == verb.i:
            return ()
        dep = verb.dep_
        if dep == "conj" and head.pos_ in _VERBAL:
            return self.surface_subjects(head.i)
        if dep in {"xcomp", "ccomp"} and head.pos_ in _VERBAL and (dep == "xcomp" or _is_bare(verb)):
            return self._controller(head)
        if dep in {"advcl", "dep"} and head.pos_ in _VERBAL and _is_bare(verb):
            return self.surface_subjects(head.i)
        if dep == "pcomp":
            governor = self._governor_of_prep(head)
            if governor is not None:
                if governor.pos_ in _VERBAL:
                    return self._charged(governor, head) or self.surface_subjects(governor.i)
                if governor.pos_ == "ADJ" and governor.head.pos_ in _VERBAL:  # "is guilty of violating"
                    return self.surface_subjects(governor.head.i)
                return self.owners(governor.i)
        if dep == "relcl":
            return (head.i, *self._more(head))
        if dep == "acl" and verb.tag_ in {"VBD", "VBZ", "VBP"}:  # a finite verb cannot be one: the parser lost its way
            return (head.i, *self._more(head))
        if dep == "acl":
            if verb.tag_ in {"VBG", "VBN"} and not _has_to(verb):
                return (head.i, *self._more(head))
            by = self.preps(head.i).get("by", ())
            return self.owners(head.i) or by or self._nation(head) or self._holders(head)
        if dep == "xcomp" and head.pos_ in _NOMINAL:  # "ready to help", "set to visit"
            return self.surface_subjects(head.head.i) if head.head.pos_ in _VERBAL else ()
        if dep == "xcomp" or (dep == "ccomp" and head.pos_ == "ADJ"):
            return self.surface_subjects(head.head.i) if head.head.pos_ in _VERBAL else ()
        return ()

    def _after_opening(self, verb: Token, subject: Token) -> list[int]:
        """ "As the high point of talks between A and B, X and Y signed": a main verb has no "as", so the parser took
        the opening phrase for the subject. The subject is what stands after the comma."""
        opens = verb.dep_ == "ROOT" and any(
            c.dep_ == "mark" and c.lower_ == "as" and c.i < subject.i for c in verb.children
        )
        if not opens:
            return []
        inside = sorted(subject.subtree, key=lambda t: t.i)
        commas = [t.i for t in inside if t.text == "," and t.i > subject.i]
        for comma in commas[:1]:
            for token in inside:
                if (
                    token.i > comma
                    and token.head.i < comma
                    and token.dep_ in {"conj", "appos"}
                    and token.pos_ in _NOMINAL
                ):
                    return self.heads(token)
        return []

    def _controller(self, head: Token) -> tuple[int, ...]:
        """Who does the infinitive under `head`: its object after "urge", its subject after "want"."""
        if lemma_of(head) in OBJECT_CONTROL and not is_passive(head):
            objects = [j for c in head.children if c.dep_ in {"dobj", "dative"} for j in self.heads(c)]
            for c in head.children:  # "called on Iran to return"
                if c.dep_ == "prep" and c.lower_ in {"on", "upon", "to", "for"} and not objects:
                    objects += [j for p in c.children if p.dep_ == "pobj" for j in self.heads(p)]
            if objects:
                return tuple(objects)
        return self.surface_subjects(head.i)

    def _charged(self, verb: Token, prep: Token) -> tuple[int, ...]:
        """Who does what the object is charged with: Chad, in "accused Chad of shelling a village"."""
        if prep.lower_ not in _CHARGING.get(lemma_of(verb), ()):
            return ()
        if is_passive(verb):
            return tuple(j for c in verb.children if c.dep_ == "nsubjpass" for j in self.heads(c))
        return tuple(j for c in verb.children if c.dep_ == "dobj" for j in self.heads(c))

    def _had_it_done(self, verb: Token) -> tuple[int, ...]:
        """Who had it done: "Peru had the envoy summoned"."""
        above = verb.head.head if verb.dep_ == "acl" and verb.head.dep_ == "dobj" else verb.head
        caused = verb.dep_ in {"acl", "ccomp", "xcomp"} and above.pos_ in _VERBAL and lemma_of(above) in {"have", "get"}
        return self.surface_subjects(above.i) if caused else ()

    def _antecedents(self, subject: Token, verb: Token) -> list[int]:
        """The subject's heads; a relative pronoun stands for its noun."""
        if subject.lower_ in RELATIVES and subject.tag_ in {"WP", "WDT", "IN", "WP$"}:
            clause = verb
            while clause.dep_ in {"conj", "ccomp", "xcomp"} and clause.head.i != clause.i:
                clause = clause.head
            if clause.dep_ == "relcl":
                return [clause.head.i, *self._more(clause.head)]
        return self.heads(subject)

    def _gap_object(self, verb: Token) -> list[int]:
        """The noun that a relative clause leaves out: "the deal that they signed"."""
        clause = verb
        while clause.dep_ in {"xcomp", "conj"} and clause.head.pos_ in _VERBAL:
            clause = clause.head
        objects: list[int] = []
        for child in verb.children:
            if child.dep_ == "dobj" and child.lower_ in RELATIVES and clause.dep_ == "relcl":
                objects += [clause.head.i, *self._more(clause.head)]
        own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
        if not objects and verb.dep_ == "relcl" and own and not is_passive(verb):
            subject_is_gap = any(c.dep_ == "nsubj" and c.lower_ in RELATIVES for c in verb.children)
            filled = any(c.dep_ in {"dobj", "ccomp", "xcomp", "attr"} for c in verb.children)
            stranded = any(c.dep_ == "prep" and not list(c.children) for c in verb.children)
            where = any(c.lower_ in {"where", "when", "why"} or c.tag_ == "WRB" for c in verb.children)
            with_whom = any(g.lower_ in RELATIVES for c in verb.children if c.dep_ == "prep" for g in c.children)
            if not (subject_is_gap or filled or stranded or where or with_whom):
                objects += [verb.head.i, *self._more(verb.head)]
        return objects

    def _other_objects(self, verb: Token, has_object: bool) -> list[int]:
        """What the parser calls otherwise: "be mediator", "urged [Iran to return]", a name after "call"."""
        found: list[int] = []
        for child in verb.children:
            complement = child.dep_ in {"attr", "acomp"} and lemma_of(verb) in _COPULAS
            if complement or (child.dep_ == "oprd" and child.pos_ == "PROPN" and not has_object):
                found += self.heads(child)
            elif child.dep_ == "ccomp" and _has_to(child) and not has_object:  # "declared a siege to begin on Friday"
                found += [j for c in child.children if c.dep_ == "nsubj" for j in self.heads(c)]
        return found

    @staticmethod
    def _second_object(verb: Token) -> int | None:
        """The thing given, when the parser hangs it on the receiver without a comma between them."""
        for child in verb.children:
            if child.dep_ in {"dobj", "dative"} and child.pos_ in _NOMINAL:
                for inner in child.children:
                    before = inner.left_edge.i - 1
                    if inner.dep_ == "appos" and inner.pos_ == "NOUN" and before == child.i:
                        return int(inner.i)
        return None

    def _shared_object(self, verb: Token) -> list[int]:
        """The object that the next conjunct carries for both: "signed and ratified the treaty"."""
        for child in verb.children:
            if child.dep_ == "conj" and child.pos_ == "VERB" and child.i - verb.i <= 2:
                return [j for c in child.children if c.dep_ == "dobj" for j in self.heads(c)]
        return []

    # --- nouns -------------------------------------------------------------------------------------------------------

    def owners(self, i: int) -> tuple[int, ...]:
        """Heads of the possessors of noun `i`: "Xi's", "their"; not those of "Friday's attack"."""
        possessors = (c for c in self.doc[i].children if c.dep_ == "poss" and c.ent_type_ not in {"DATE", "TIME"})
        return tuple(j for c in possessors for j in self.heads(c))

    def modifiers(self, i: int) -> tuple[int, ...]:
        """Adjectives and nouns before noun `i`: "Kazakh", "Sino-French", "trade"."""
        token = self.doc[i]
        return tuple(
            j for c in token.children if c.dep_ in {"amod", "compound", "nmod", "punct"} and c.i < i and not c.is_punct
            for j in [c.i, *(d.i for d in c.subtree if d.i != c.i and d.dep_ in {"amod", "compound", "nmod", "conj"})]
        )  # fmt: skip

    @staticmethod
    def _nation(noun: Token) -> tuple[int, ...]:
        """Whose decision it is by its adjective: "the Danish decision to expel", "a US offer to mediate"."""
        return tuple(
            c.i for c in noun.children if c.dep_ in {"amod", "compound", "nmod"} and c.ent_type_ in {"NORP", "GPE"}
        )

    def _holders(self, noun: Token) -> tuple[int, ...]:
        """Who has the thing: the subject of the verb that the noun is object of ("China made a plan to visit")."""
        verb = noun.head
        if noun.dep_ in {"dobj", "attr", "pobj"}:
            if noun.dep_ == "pobj":
                governor = self._governor_of_prep(verb)
                verb = governor if governor is not None else verb
            if verb.pos_ in _VERBAL:
                return self.surface_subjects(verb.i)
        return ()

    # --- shared ------------------------------------------------------------------------------------------------------

    def preps(self, i: int) -> dict[str, tuple[int, ...]]:
        """Preposition -> heads of its objects, for verb or noun `i`; compound ones as one word ("along with").

        The mapping is kept and given again: it is only to be read.
        """
        known = self._preps.get(i)
        if known is None:
            found: dict[str, list[int]] = {}
            for child in self.doc[i].children:
                if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "VERB", "ADV", "PART"}:
                    self._read_prep(child, found)
            known = self._preps[i] = {name: tuple(dict.fromkeys(heads)) for name, heads in found.items()}
        return known

    def _read_prep(self, prep: Token, found: dict[str, list[int]]) -> None:
        name = prep.lower_
        if name in _TWO_WORD:  # "according to": not the "to" of a direction
            name = next((f"{name} {c.lower_}" for c in prep.children if c.dep_ == "prep"), name)
            inner = [g for c in prep.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"]
            found.setdefault(name, []).extend(j for g in inner for j in self.heads(g))
            return
        for child in prep.children:
            if child.dep_ in {"pobj", "pcomp"}:
                heads = self.heads(child) if child.dep_ == "pobj" else [child.i]
                if child.lower_ in RELATIVES:
                    heads = self._relative_noun(prep) or heads
                found.setdefault(name, []).extend(heads)
            elif child.dep_ == "prep" or (child.dep_ == "conj" and child.pos_ in {"ADP", "SCONJ"}):
                self._read_prep(child, found)  # "from within" and "with and against": the inner one carries the object

    def _relative_noun(self, prep: Token) -> list[int]:
        clause = prep.head
        while clause.dep_ in {"conj", "xcomp", "ccomp"} and clause.head.i != clause.i:
            clause = clause.head
        return [clause.head.i, *self._more(clause.head)] if clause.dep_ == "relcl" else []

    def heads(self, token: Token, *, verbal: bool = False) -> list[int]:
        """`token` and what is joined to it by "and", "or" or a comma."""
        return [token.i, *self._more(token, verbal=verbal)]

    def _more(self, token: Token, *, verbal: bool = False) -> list[int]:
        found: list[int] = []
        for child in token.children:
            if child.dep_ == "conj" and child.i > token.i and (verbal or child.pos_ not in _VERBAL):
                found.append(child.i)
                found += self._more(child, verbal=verbal)
        return found

    def _dative_heads(self, child: Token) -> list[int]:
        if child.pos_ == "ADP":
            return [j for p in child.children if p.dep_ == "pobj" for j in self.heads(p)]
        return self.heads(child)

    def _governor_of_prep(self, prep: Token) -> Token | None:
        """The verb or noun that a preposition hangs on."""
        head = prep.head
        while head.dep_ in {"prep", "agent"} and head.head.i != head.i:
            head = head.head
        return head if head.i != prep.i else None

    def governor(self, i: int) -> tuple[int, str] | None:
        """What noun `i` is an argument of, as (token, slot): slot is "subject", "object" or a preposition.

        Grammatical slots: the subject of a passive is "object". Conjuncts answer for their first member.
        None for the root and for words that are no argument.
        """
        token = self.doc[i]
        while token.dep_ == "conj" and token.head.pos_ not in _VERBAL and token.head.i != token.i:
            token = token.head
        head = token.head
        if head.i == token.i:
            return None
        if token.dep_ == "nsubj":
            return head.i, "subject"
        if token.dep_ == "nsubjpass":
            return head.i, "object"
        if token.dep_ in {"dobj", "obj", "oprd"}:
            return head.i, "object"
        if token.dep_ == "attr":
            return head.i, "attribute"
        if token.dep_ in {"pobj", "pcomp"}:
            governor = self._governor_of_prep(head)
            return (governor.i, head.lower_) if governor is not None else None
        if token.dep_ == "dative":
            return head.i, "to"
        return None

    def ancestors(self, i: int) -> Iterator[int]:
        """Verbs above token `i`, nearest first."""
        for token in self.doc[i].ancestors:
            if token.pos_ in _VERBAL:
                yield token.i


def lemma_of(token: Token) -> str:
    """The lemma in lower case."""
    return token.lemma_.lower()


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive: "was signed", "signed in May" after a noun, "being held"; not "is opposed to"."""
    if verb.lower_ in _STATES and not any(c.dep_ == "agent" for c in verb.children):
        return False
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    if verb.tag_ == "VBN" and any(c.dep_ == "agent" for c in verb.children):
        return True
    if verb.tag_ == "VBN":
        if any(c.dep_ == "aux" and lemma_of(c) == "have" for c in verb.children):
            return False
        if verb.dep_ == "acl" or (verb.dep_ == "advcl" and not any(c.dep_ == "nsubj" for c in verb.children)):
            return True
        if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
            return is_passive(verb.head)
    return False


def _is_bare(verb: Token) -> bool:
    """Without a subject of its own: an infinitive, gerund or participle."""
    return verb.tag_ in {"VB", "VBG", "VBN"} and not any(c.dep_ in SUBJECTS for c in verb.children)


def _has_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _is_gerund(token: Token) -> bool:
    return token.tag_ == "VBG" and token.dep_ == "pcomp"
