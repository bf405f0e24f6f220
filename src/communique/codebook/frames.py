"""Frames: the ways in which a sentence says that something happened, compiled from the codebook's patterns.

The pattern language is described in docs/codebook-format.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

PREPOSITIONS = frozenset(
    """about above across after against ahead along alongside amid among around as at before behind between by despite
    during following for from in inside into near of off on onto outside over per regarding since than through
    throughout to toward towards under until up upon via with within without round beside amongst onto""".split()
)
ROLES = frozenset({"initiator", "counterpart", "host", "guest", "recipient", "mediator", "party"})
TYPES = frozenset({"actor", "person", "state", "body", "organisation", "group", "any"})

_SLOT = re.compile(r"^\{(\w+)(?::(\w+))?\}('s)?$")


class PatternError(ValueError):
    """A pattern that cannot be read; the message says which element."""


@dataclass(frozen=True, slots=True)
class Words:
    """Alternatives for one word: lemmas, and phrases whose last word is the head."""

    lemmas: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    by_head: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.phrases:
            found.setdefault(phrase[head_position(phrase)], []).append(phrase)
        object.__setattr__(self, "by_head", {head: tuple(phrases) for head, phrases in found.items()})

    def __bool__(self) -> bool:
        return bool(self.lemmas or self.phrases)

    def heads(self) -> frozenset[str]:
        """Words of which a text must have one, as form or lemma in lower case, to have any of these."""
        return self.lemmas | {phrase[head_position(phrase)] for phrase in self.phrases}


def head_position(phrase: tuple[str, ...]) -> int:
    """Which word of a phrase is its head: the last one, or the one before the first "of"."""
    return phrase.index("of") - 1 if "of" in phrase[1:] else len(phrase) - 1


@dataclass(frozen=True, slots=True)
class Filler:
    """What may fill a slot: an actor in a role, or a noun of given words, perhaps owned by an actor."""

    role: str | None = None
    type: str = "actor"
    words: Words | None = None  # None: any noun phrase ("*") when `role` is None
    owner: str | None = None  # role of the possessor
    owner_type: str = "actor"
    owner_optional: bool = False
    own: bool = False  # "its @envoys"

    @property
    def weight(self) -> int:
        """How much a filled slot says: words more than an actor, an owner more than none."""
        return (2 if self.words else 1) + (1 if self.own else 0)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the frame: subject, object, indirect, agent (of a noun), infinitive, clause, inside, a preposition.

    `where` lists alternatives: ("object", "with") is "(with) {counterpart}".
    """

    where: tuple[str, ...]
    filler: Filler
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Becomes:
    """A frame's other kind, where one of these words stands in its sentence or the two before: "spoke ... by phone"."""

    kind: str
    near: frozenset[str]  # forms or lemmas


_shared: dict[frozenset[str], frozenset[str]] = {}  # one set for all frames that name the same list


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying that an event of a kind happened."""

    rule: str  # "consult/meeting#2"
    kind: str
    pattern: str
    nominal: bool
    head: Words  # of a nominal frame its noun, of a verbal one its verbs
    particles: frozenset[tuple[str, str]]  # verb and particle, where the verb needs one: ("call", "off")
    slots: tuple[Slot, ...]
    cameo: str | None = None
    mode: str | None = None
    modality: str | None = None
    mutual: bool = False
    sides: int = 1
    negated: bool = False  # what is refused: "will not release"
    future: bool = False  # what is announced: "will retaliate"
    extra: int = 0  # the frame key `weight`: what it says more than its words show
    becomes: Becomes | None = None
    but: Words | None = None  # what the object may not be: "release a statement"
    where: str = ""  # "file:line"
    needs: tuple[frozenset[str], ...] = field(init=False, compare=False, repr=False, default=())

    def __post_init__(self) -> None:
        """`needs`: for each slot that must have one of some words, the words of which a text must have one."""
        asked = (slot.filler for slot in self.slots if not slot.optional)
        heads = (filler.words.heads() for filler in asked if filler.words is not None and filler.role is None)
        needs = tuple(_shared.setdefault(words, words) for words in heads)
        object.__setattr__(self, "needs", needs)

    @property
    def weight(self) -> int:
        """What the head itself asks for; the slots that are filled add theirs."""
        return self.extra + (1 if self.particles else 0) + (4 if self.negated or self.future else 0)


@dataclass(frozen=True, slots=True)
class Lists:
    """Word lists by name, as written in the codebook."""

    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def words(self, element: str) -> Words:
        """`a|b|@list` as lemmas and phrases."""
        lemmas: set[str] = set()
        phrases: list[tuple[str, ...]] = []
        for alternative in element.split("|"):
            if not alternative:
                raise PatternError(f"an empty alternative in {element!r}")
            if alternative.startswith("@"):
                name = alternative[1:]
                if name not in self.entries:
                    raise PatternError(f"no list is called @{name}")
                entries: tuple[str, ...] = self.entries[name]
            else:
                entries = (alternative,)
            for entry in entries:
                if entry.startswith("@"):
                    nested = self.words(entry)
                    lemmas |= nested.lemmas
                    phrases += nested.phrases
                    continue
                parts = tuple(entry.lower().split())
                if len(parts) == 1:
                    lemmas.add(parts[0])
                else:
                    phrases.append(parts)
        return Words(frozenset(lemmas), tuple(sorted(set(phrases))))


Head = tuple[Words, frozenset[tuple[str, str]]]


def compile_frame(pattern: str, *, nominal: bool, lists: Lists) -> tuple[Head, tuple[Slot, ...]]:
    """Head and slots of `pattern`. Raises PatternError."""
    elements = _split(pattern)
    reader = _Reader(elements, lists)
    slots: list[Slot] = []
    if nominal:
        agent = reader.agent()
        if agent is not None:
            slots.append(agent)
        head = (reader.noun_head(), frozenset[tuple[str, str]]())
    else:
        subject = reader.noun_phrase(before_verb=True)
        slots.append(Slot(("subject",), subject[0], subject[1]))
        while all(n in PREPOSITIONS for n in reader.peek().split("|")):  # "@agreement between {party} take @effect"
            names = tuple(f"subject:{name}" for name in reader.take().split("|"))
            filler, optional = reader.noun_phrase(before_verb=True)
            slots.append(Slot(names, filler, optional))
        head = reader.verb_head()
    bare: list[tuple[Filler, bool]] = []
    while not reader.done:
        slot = reader.argument()
        if slot.where == ("object",):
            bare.append((slot.filler, slot.optional))
            if len(bare) > 1:  # "hand {recipient} @note": the first of two is the receiver
                slots = [Slot(("indirect", "to"), s.filler, s.optional) if s.where == ("object",) else s for s in slots]
        slots.append(slot)
    return head, tuple(slots)


def _split(pattern: str) -> list[str]:
    """Elements of a pattern; parentheses are elements of their own."""
    return re.findall(r"[()]|[^\s()]+", pattern)


class _Reader:
    """Reads the elements of one pattern from left to right."""

    def __init__(self, elements: list[str], lists: Lists) -> None:
        self.elements = elements
        self.lists = lists
        self.at = 0

    @property
    def done(self) -> bool:
        return self.at >= len(self.elements)

    def peek(self, ahead: int = 0) -> str:
        i = self.at + ahead
        return self.elements[i] if i < len(self.elements) else ""

    def take(self) -> str:
        element = self.peek()
        if not element:
            raise PatternError("the pattern ends too early")
        self.at += 1
        return element

    def expect(self, element: str) -> None:
        if self.take() != element:
            raise PatternError(f"{element!r} expected before {self.elements[self.at - 1]!r}")

    def verb_head(self) -> Head:
        """`meet|call+off|@verbs`: lemmas that need no particle, and pairs of verb and particle."""
        plain: set[str] = set()
        pairs: set[tuple[str, str]] = set()
        for alternative in self._head_element("verb").split("|"):
            verb, _, particle = alternative.partition("+")
            words = self.lists.words(verb)
            for lemma in words.lemmas:
                if particle:
                    pairs.add((lemma, particle))
                else:
                    plain.add(lemma)
            for phrase in words.phrases:  # "call off" in a list
                if len(phrase) != 2 or particle:
                    raise PatternError(f"{' '.join(phrase)!r} is not a verb with one particle")
                pairs.add((phrase[0], phrase[1]))
        lemmas = frozenset(plain | {verb for verb, _ in pairs})
        return Words(lemmas), frozenset((verb, particle) for verb, particle in pairs if verb not in plain)

    def noun_head(self) -> Words:
        """One noun with alternatives, or several plain words: "diplomatic relations"."""
        words = [self._head_element("noun")]
        while self.peek() and self._is_word(self.peek()):
            words.append(self.take())
        return self._phrase(words)

    def _head_element(self, what: str) -> str:
        element = self.take()
        if element.startswith("{") or element in "()*":
            raise PatternError(f"a {what} expected, not {element!r}")
        return element

    def agent(self) -> Slot | None:
        """`{role}'s`, perhaps in parentheses, at the head of a nominal pattern."""
        optional = self.peek() == "(" and self.peek(1).endswith("'s") and self.peek(2) == ")"
        if optional:
            self.take()
        match = _SLOT.match(self.peek())
        if match is None or not match[3]:
            return None
        self.take()
        if optional:
            self.expect(")")
        role, type_ = self._role(match)
        return Slot(("agent",), Filler(role=role, type=type_), optional)

    def argument(self) -> Slot:
        """The next argument: object, preposition with object, infinitive or clause."""
        if self.peek() == "(":
            return self._parenthesis()
        return self._argument(optional=False)

    def _parenthesis(self) -> Slot:
        self.expect("(")
        # "({role}'s) noun": an optional owner, not an optional argument
        if self.peek().endswith("'s") and self.peek(1) == ")":
            self.at -= 1
            filler, optional = self.noun_phrase()
            return Slot(("object",), filler, optional)
        names = self.peek().split("|")
        if all(n in PREPOSITIONS for n in names) and self.peek(1) == ")":
            self.take()
            self.expect(")")
            filler, optional = self.noun_phrase()
            return Slot(("object", *names), filler, optional)
        slot = self._argument(optional=True)
        self.expect(")")
        return slot

    def _argument(self, *, optional: bool) -> Slot:
        element = self.peek()
        if element == ">":
            self.take()
            filler, inner = self.noun_phrase()
            return Slot(("inside",), filler, optional or inner)
        if element == "that" or element == "whether":
            self.take()
            if self.peek().startswith("{"):
                return self._obligation(optional)
            self.expect("*")
            return Slot(("clause",), Filler(), optional)
        names = tuple(element.split("|"))
        if all(n in PREPOSITIONS for n in names):
            self.take()
            if names == ("to",) and not self._noun_phrase_ahead():
                return self._infinitive(optional)
            filler, inner = self.noun_phrase()
            return Slot(names, filler, optional or inner)
        filler, inner = self.noun_phrase()
        return Slot(("object",), filler, optional or inner)

    def _obligation(self, optional: bool) -> Slot:
        """`that {recipient} must|should *`: the subject of a clause with one of these auxiliaries."""
        filler, _ = self.noun_phrase()
        words = self.lists.words(self.take())
        self.expect("*")
        return Slot(("obligation",), Filler(role=filler.role, type=filler.type, words=words), optional)

    def _noun_phrase_ahead(self) -> bool:
        element = self.peek()
        return element.startswith("{") or element == "its" or (element == "(" and self.peek(1).startswith("{"))

    def _infinitive(self, optional: bool) -> Slot:
        element = self.take()
        words = None if element == "*" else self.lists.words(element)
        return Slot(("infinitive", "to"), Filler(words=words), optional)

    def noun_phrase(self, *, before_verb: bool = False) -> tuple[Filler, bool]:
        """A filler and whether it is optional as a whole. `before_verb`: of a subject, so only one word is its noun."""
        owner, owner_type, owner_optional, own = None, "actor", False, False
        if self.peek() == "(" and self.peek(1).startswith("{"):
            self.take()
            match = _SLOT.match(self.take())
            if match is None:
                raise PatternError(f"cannot read {self.elements[self.at - 1]!r}")
            self.expect(")")
            role, type_ = self._role(match)
            if not match[3]:
                return Filler(role=role, type=type_), True
            owner, owner_type, owner_optional = role, type_, True
        element = self.peek()
        match = _SLOT.match(element)
        if match is not None and not match[3]:
            self.take()
            role, type_ = self._role(match)
            return Filler(role=role, type=type_), False
        if match is not None:
            self.take()
            owner, owner_type = self._role(match)
        elif element == "its":
            self.take()
            own = True
        if self.peek() == "*":
            self.take()
            return Filler(owner=owner, owner_type=owner_type, owner_optional=owner_optional, own=own), False
        words = [self.take()]
        if not self._is_word(words[0]):
            raise PatternError(f"a noun expected, not {words[0]!r}")
        while self.peek() and self._is_word(self.peek()) and not before_verb:
            words.append(self.take())
        filler = Filler(
            words=self._phrase(words), owner=owner, owner_type=owner_type, owner_optional=owner_optional, own=own
        )
        return filler, False

    @staticmethod
    def _is_word(element: str) -> bool:
        if element.startswith("{") or element in {"(", ")", "*", ">", "that", "whether", "its"}:
            return False
        return not all(n in PREPOSITIONS for n in element.split("|"))

    def _phrase(self, words: list[str]) -> Words:
        """Several words in a row: alternatives that may have spaces ("refugee|asylum seeker"), unless a list ends them:
        then what stands before the list must stand before each of its words ("joint|bilateral @exercises")."""
        if len(words) == 1:
            return self.lists.words(words[0])
        only_a_list = words[0].startswith("@") and "|" not in words[0]  # "@inspectors access"
        if not only_a_list and not any(word.startswith("@") for word in words[1:]):
            return self.lists.words(" ".join(words))
        head = self.lists.words(words[-1])
        prefixes: list[tuple[str, ...]] = [()]
        for word in words[:-1]:
            prefixes = [(*p, a) for p in prefixes for a in sorted(self.lists.words(word).lemmas)]
        tails = [(lemma,) for lemma in sorted(head.lemmas)] + list(head.phrases)
        return Words(frozenset(), tuple(sorted({(*p, *t) for p in prefixes for t in tails})))

    @staticmethod
    def _role(match: re.Match[str]) -> tuple[str, str]:
        role, type_ = match[1], match[2] or "actor"
        if role not in ROLES:
            raise PatternError(f"no role is called {role!r}; roles are {', '.join(sorted(ROLES))}")
        if type_ not in TYPES:
            raise PatternError(f"no type is called {type_!r}; types are {', '.join(sorted(TYPES))}")
        return role, type_
