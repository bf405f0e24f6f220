"""Whether the thing happened: occurred, planned, called off, hypothetical or denied.

Read from the verb's own auxiliaries and negation, then upwards through the verbs and nouns that govern it
(support.toml has their classes). The first step that decides is kept in words, for `communique why`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from communique.language.clauses import Clauses, lemma_of
from communique.language.sentences import text_of
from communique.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MODALS_OPEN = frozenset({"may", "might", "could", "should", "must", "can", "ought", "ca"})
_OUGHT = frozenset({"should", "must", "ought"})
# Prepositions before a gerund that is only what is talked of.
_TOPICAL = frozenset({"of", "on", "about", "for", "to", "against", "around", "at", "in", "toward", "towards"})
_NEGATIONS = frozenset({"not", "n't", "never", "nor", "neither", "no", "hardly", "barely"})
_ASKING = frozenset({"demand", "ask", "request", "require", "urge", "call", "appeal", "order", "insist"})
_SUPPOSING = frozenset({"suppose", "imagine", "assume", "pretend", "speculate"})
# An infinitive behind the verb of which they are objects tells what is to come of them.
_TALKED_OF = frozenset({"talk", "negotiation", "pressure", "effort", "preparation", "need", "room", "call"})
# What is said of them is said of what begins, ends or is held: "the opening of the talks".
_TURNS = frozenset("establishment signing start beginning end opening conclusion holding resumption convening".split())
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "provided", "suppose", "supposing"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A modality and the words that decide it. `wish`: only wanted or feared by somebody, which is an event of its own
    kind (an appeal, a threat) and not one of this kind."""

    modality: Modality
    why: str
    wish: bool = False
    plain_no: bool = False  # told as not done, and nobody denies it: "had not attacked the camps"


def _is_question(token: Token) -> bool:
    sentence = token.sent
    text = text_of(token.doc)[sentence.start_char : sentence.end_char]
    return text.rstrip().rstrip("\"”'’)").endswith("?")


def _asks_how(verb: Token) -> bool:
    """ "How many envoys are targeted", "when it will open", "whether they met": a question within a sentence."""
    before = (token for child in verb.children if child.i < verb.i for token in (child, *child.subtree))
    return any(t.tag_ in {"WRB", "WP", "WDT"} or t.lower_ == "whether" for t in before)


def _is_subjunctive(verb: Token) -> bool:
    """A bare form: "asks that he leave", "demanded that he be sent home"."""
    return verb.tag_ in {"VB", "VBP", "VBG"} or any(c.dep_ == "auxpass" and c.tag_ == "VB" for c in verb.children)


def _has_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


@lru_cache(maxsize=1)
def support() -> dict[str, frozenset[str]]:
    """The classes of support.toml."""
    text = (Path(__file__).resolve().parent / "support.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


class ModalityReader:
    """Reads the modality of triggers of one Doc."""

    def __init__(self, doc: Doc, clauses: Clauses) -> None:
        self.doc = doc
        self.clauses = clauses

    def read(self, i: int) -> Verdict:
        """The modality of the event whose trigger is token `i` (a verb or a noun)."""
        token = self.doc[i]
        if _is_question(token):
            ought = any(t.tag_ == "MD" and t.lower_ in _OUGHT for t in token.sent)
            return Verdict("hypothetical", "asked in a question", wish=ought)
        if token.pos_ in {"VERB", "AUX"}:
            return self._verb(token, own=True) or Verdict("occurred", f"'{token.text}' tells it as a fact")
        return self._noun(token) or Verdict("occurred", f"'{token.text}' is told as a fact")

    def is_present(self, i: int) -> bool:
        """Whether the trigger is told in the present: "sets out on Friday", "is visiting", "the talks open"."""
        token = self.doc[i]
        if token.pos_ not in {"VERB", "AUX"}:
            governor = self.clauses.governor(i)
            token = self.doc[governor[0]] if governor is not None else token
        finite = [token, *(c for c in token.children if c.dep_ in {"aux", "auxpass"})]
        return any(t.tag_ in {"VBZ", "VBP"} and lemma_of(t) != "have" for t in finite)

    # --- nouns -------------------------------------------------------------------------------------------------------

    def _noun(self, noun: Token) -> Verdict | None:
        classes = support()
        governor = self.clauses.governor(noun.i)
        above = self.doc[governor[0]] if governor is not None else None
        if above is not None and governor is not None and governor[1] in {"object", "subject"} and self._cancels(above):
            return self._governed(noun, above, governor[1])  # "called off a meeting planned for May"
        for child in noun.children:
            word = child.lower_
            if child.dep_ in {"det", "neg"} and word in {"no", "neither"}:
                return Verdict("denied", f"'{child.text} {noun.text}'")
            if child.dep_ == "det" and word == "any":  # "warned against any attack"
                return Verdict("hypothetical", f"'{child.text} {noun.text}'", wish=True)
            if child.dep_ in {"amod", "compound", "advmod"}:
                if word in classes["cancel_adjectives"]:
                    return Verdict("called-off", f"'{child.text} {noun.text}'")
                if word in classes["plan_adjectives"]:
                    return Verdict("planned", f"'{child.text} {noun.text}'")
                if word in classes["want_adjectives"]:
                    return Verdict("hypothetical", f"'{child.text} {noun.text}'")
            if child.dep_ in {"acl", "relcl"} and child.tag_ in {"VBN", "VBD", "VB", "VBG"}:
                verdict = self._clause_on_noun(child)
                if verdict:
                    return verdict
        if above is None or governor is None:
            return None
        head, slot = above, governor[1]
        if head.pos_ in {"VERB", "AUX"}:
            return self._governed(noun, head, slot)
        return self._under_noun(noun, head, slot)

    def _clause_on_noun(self, verb: Token) -> Verdict | None:
        """ "a meeting planned for May", "the talks scheduled to open", "a visit which was called off"."""
        classes = support()
        lemma = lemma_of(verb)
        if (lemma in classes["plan"] and lemma not in {"agree", "announce", "set", "confirm"}) or (
            lemma in {"slate", "propose"} and verb.tag_ == "VBN"
        ):
            word = "planned" if lemma != "propose" else "hypothetical"
            return Verdict("planned" if word == "planned" else "hypothetical", f"'{verb.text}'")
        if self._cancels(verb):
            return Verdict("called-off", f"'{verb.text}'")
        if (
            verb.dep_ == "acl"
            and _has_to(verb)
            and (lemma in {"be", "take", "hold"} or any(c.dep_ == "auxpass" for c in verb.children))
        ):
            return Verdict("planned", f"'to {verb.text}'")
        return None

    def _governed(self, noun: Token, verb: Token, slot: str) -> Verdict | None:
        classes = support()
        lemma = lemma_of(verb)
        if slot in {"object", "subject"} and lemma in {"stand", "remain", "be"}:  # "the visit is off, cancelled"
            state = next((c for c in verb.children if c.dep_ in {"acomp", "oprd", "attr", "xcomp", "dobj"}), None)
            if state is not None and {state.lower_, lemma_of(state)} & classes["cancel_adjectives"]:
                return Verdict("called-off", f"'{verb.text} {state.text}'")
        if slot in {"object", "subject"} and self._cancels(verb):
            if self._negated(verb):
                return None
            inner = self._verb(verb, own=True)
            if inner and inner.modality == "hypothetical":
                return inner
            return Verdict("called-off", f"'{verb.text}' governs '{noun.text}'")
        if slot in {"object", "to", "for", "on", "in", "about", "of", "against"}:
            if lemma in classes["deny"] and slot == "object":
                return Verdict("denied", f"'{verb.text}' governs '{noun.text}'")
            if lemma in classes["want"] and lemma not in classes["light"] and slot in {"object", "for", "to", "on"}:
                return Verdict("hypothetical", f"'{verb.text}' governs '{noun.text}'", wish=True)
            if lemma in classes["plan"] - classes["light"] - {"agree", "confirm", "decide"} and slot == "object":
                return Verdict("planned", f"'{verb.text}' governs '{noun.text}'")
        if slot == "for" and lemma == "provide":  # "the protocol provides for consultations"
            return Verdict("hypothetical", f"'{verb.text} for {noun.text}'", wish=True)
        if slot in {"after", "following", "since"}:  # "agreed to resume talks after a meeting": that has been
            return None
        if slot in {"subject", "object", "attribute"} or lemma in classes["light"]:
            return self._verb(verb, own=True)
        if slot in {"before", "ahead of", "ahead", "until"}:
            return Verdict("planned", f"'{slot} {noun.text}'")
        if slot in {"during", "at", "throughout"}:  # "during the talks they will review the treaty"
            around = self._verb(verb, own=True)
            return around if around is not None and around.modality == "planned" else None
        if slot in {"on", "in", "into", "for", "to"} and lemma in classes["attend"] | classes["travel"] | {"be"}:
            return self._verb(verb, own=True)  # "will go on strike", "are to travel to Oslo for talks"
        return None

    def _under_noun(self, noun: Token, head: Token, slot: str) -> Verdict | None:
        classes = support()
        lemma = lemma_of(head)
        if slot in {"of", "for", "to", "on", "about", "against"}:
            if lemma in classes["fail_nouns"]:
                return Verdict("denied", f"'{head.text} {slot} {noun.text}'")
            if lemma in {"cancellation", "postponement", "suspension", "cancelation"}:
                return Verdict("called-off", f"'{head.text} {slot} {noun.text}'")
            if lemma in classes["plan_nouns"]:
                if any(c.lower_ == "no" for c in head.children):
                    return Verdict("denied", f"'no {head.text} {slot} {noun.text}'")
                if self._is_cancelled(head):
                    return Verdict("called-off", f"'{head.text} {slot} {noun.text}' is dropped")
                return Verdict("planned", f"'{head.text} {slot} {noun.text}'")
            if lemma in classes["want_nouns"]:
                return Verdict("hypothetical", f"'{head.text} {slot} {noun.text}'", wish=True)
        if slot == "of" and lemma in _TURNS:
            return self._noun(head)
        return None

    def _is_cancelled(self, plan: Token) -> bool:
        """ "Dropped his plan", "scrapping the arrangements"."""
        governor = self.clauses.governor(plan.i)
        return governor is not None and governor[1] in {"object", "subject"} and self._cancels(self.doc[governor[0]])

    # --- verbs -------------------------------------------------------------------------------------------------------

    def _cancels(self, verb: Token) -> bool:
        lemma = lemma_of(verb)
        cancel = support()["cancel"] | support()["halt"]
        if lemma in cancel:
            return True
        return any(f"{lemma}+{c.lower_}" in cancel for c in verb.children if c.dep_ in {"prt", "prep", "advmod"})

    def _negated(self, verb: Token) -> bool:
        return any(c.dep_ == "neg" or (c.dep_ == "advmod" and c.lower_ in _NEGATIONS) for c in verb.children)

    def _verb(self, verb: Token, *, own: bool) -> Verdict | None:
        """What the verb's own auxiliaries say, then what governs it."""
        auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
        modal = next((c for c in auxiliaries if c.tag_ == "MD"), None)
        if modal is None and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
            modal = self._shared_modal(verb)
        negated = self._negated(verb)
        if modal is not None:
            word = modal.lower_
            if word in {"will", "shall", "'ll", "wo"} or (word in {"would", "'d"} and self._reported(verb)):
                if negated:
                    return Verdict("denied", f"'{modal.text} not {verb.text}'")
                if self._conditional(verb):
                    return Verdict("hypothetical", f"'{modal.text} {verb.text}' under a condition")
                return Verdict("planned", f"'{modal.text} {verb.text}'")
            if word in {"would", "'d"} and not negated and self._is_schedule(verb):
                return Verdict("planned", f"'{modal.text} be {verb.text}'")
            # "Peru must leave": what somebody holds to be right is no act of Peru's.
            return Verdict("hypothetical", f"'{modal.text} {verb.text}'", wish=word in _OUGHT)
        if negated and verb.dep_ == "xcomp" and lemma_of(verb.head) in support()["want"] and _has_to(verb):
            return Verdict("hypothetical", f"'{verb.head.text} not to {verb.text}'", wish=True)
        if negated:
            return Verdict("denied", f"'{verb.text}' is negated", plain_no=True)
        if self._is_to(verb):
            return Verdict("planned", f"'to {verb.text}' after a form of 'be'")
        if any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in verb.children):
            return Verdict("hypothetical", "it is the condition of something else", wish=True)
        if self._conditional(verb):
            return Verdict("hypothetical", "under a condition")
        if verb.dep_ == "ROOT" and verb.tag_ == "VB" and not auxiliaries:
            return None
        return self._governors(verb)

    def _shared_modal(self, verb: Token) -> Token | None:
        """ "will visit Rome and meet the pope": the second infinitive shares the auxiliary."""
        head = verb
        while head.dep_ == "conj" and head.head.pos_ in {"VERB", "AUX"} and verb.tag_ == "VB":
            head = head.head
            for child in head.children:
                if child.dep_ == "aux" and child.tag_ == "MD":
                    return child
        return None

    def _is_to(self, verb: Token) -> bool:
        """ "are to meet", "was to have met", "going to meet"."""
        if not _has_to(verb):
            return False
        head = verb.head
        if verb.dep_ in {"xcomp", "acl", "ccomp"} and lemma_of(head) == "be" and head.pos_ in {"AUX", "VERB"}:
            return not any(c.dep_ in {"attr", "acomp"} for c in head.children if c.i < verb.i)
        return verb.dep_ == "xcomp" and head.lower_ == "going"

    def _is_schedule(self, verb: Token) -> bool:
        """ "Would be meeting the premier on 7 June": a timetable, where "would meet" may hang on a condition."""
        running = verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lower_ == "be" for c in verb.children)
        return running and not self._conditional(verb)

    def _reported(self, verb: Token) -> bool:
        """Whether "would" is the past of "will": inside what somebody said."""
        head = verb
        for _ in range(6):
            if (
                head.dep_ in {"ccomp", "advcl", "relcl", "acl", "conj", "xcomp", "dep", "pcomp"}
                and head.head.i != head.i
            ):
                if head.dep_ == "ccomp" or lemma_of(head.head) in support()["say"]:
                    return True
                head = head.head
            else:
                break
        root = verb.sent.root
        if root.i != verb.i and lemma_of(root) in support()["say"]:
            return True
        # A parenthetical "he said" hangs below the verb in inverted order.
        return any(c.dep_ in {"parataxis", "ccomp"} and lemma_of(c) in support()["say"] for c in verb.children)

    def _conditional(self, verb: Token) -> bool:
        if any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in verb.children):
            return True
        return any(
            # "Will withdraw unless ..." is announced all the same.
            c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ == "if" for m in c.children)
            for c in verb.children
        )

    def _governors(self, verb: Token) -> Verdict | None:
        classes = support()
        head = verb.head
        if head.i == verb.i:
            return None
        infinitive = _has_to(verb)
        if infinitive and any(c.tag_ == "WRB" and c.i < verb.i for c in verb.children):
            return Verdict("hypothetical", f"how to {verb.text} is only asked", wish=True)
        dep = verb.dep_
        if dep == "csubj" and verb.tag_ in {"VBG", "VB"}:
            return Verdict("hypothetical", f"'{verb.text} ...' is only what is spoken of", wish=True)
        if dep == "conj" and head.pos_ in {"VERB", "AUX"}:
            own_subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
            if verb.tag_ == "VB" and not own_subject and self._is_to(head):  # "are to hold talks and sign a treaty"
                return Verdict("planned", f"'to {head.text} ... and {verb.text}' after a form of 'be'")
            if own_subject or (verb.tag_ != head.tag_ and not (verb.tag_ == "VB" and not infinitive)):
                return self._governors(head) if not own_subject and infinitive else None
            return self._governors(head) if head.dep_ != "ROOT" else None
        if head.pos_ in {"VERB", "AUX"} and dep in {"xcomp", "ccomp", "advcl", "pcomp", "dep"}:
            return self._under_verb(verb, head, dep, infinitive)
        if dep == "xcomp" or (dep in {"acl", "advcl", "ccomp", "pcomp", "relcl"} and infinitive):
            return self._under_word(verb, head)
        if dep == "pcomp":
            prep, governor = head, head.head
            if governor.pos_ == "VERB" and lemma_of(governor) in classes["plan"] and prep.lower_ in {"to", "on"}:
                return Verdict("planned", f"'{governor.text} {prep.text} {verb.text}'")
            if prep.lower_ in {"without", "instead", "from"} or (prep.lower_ == "of" and governor.lower_ == "instead"):
                return Verdict("denied", f"'{prep.text} {verb.text}'")
            if governor.pos_ in {"VERB", "AUX"}:
                lemma = lemma_of(governor)
                if prep.lower_ in _TOPICAL and lemma in classes["want"] | classes["topic"]:
                    return Verdict("hypothetical", f"'{governor.text} {prep.text}'", wish=True)
                return None
            lemma = lemma_of(governor)
            if lemma in classes["plan_nouns"]:
                return Verdict("planned", f"'{governor.text} {prep.text} {verb.text}'")
            if lemma in classes["want_nouns"] or (prep.lower_ in _TOPICAL and lemma not in classes["fact_nouns"]):
                # "the importance of boosting trade", "ways of ending the war": told of, not done
                return Verdict("hypothetical", f"'{governor.text} {prep.text} {verb.text}'", wish=True)
        return None

    def _under_verb(self, verb: Token, head: Token, dep: str, infinitive: bool) -> Verdict | None:
        classes = support()
        lemma = lemma_of(head)
        if dep == "ccomp" and self._negated(head) and _asks_how(verb):  # "did not say how many envoys are expelled"
            return Verdict("hypothetical", f"'{head.text}' asks about it", wish=True)
        if dep == "ccomp" and not infinitive:
            if lemma in classes["deny"] and not self._negated(head):
                return Verdict("denied", f"'{head.text}' governs it")
            if lemma in _SUPPOSING:
                invited = not any(c.dep_ == "nsubj" for c in head.children)  # "Suppose that Peru left the union"
                return Verdict("hypothetical", f"'{head.text}' governs it", wish=invited)
            wishing = classes["want"] - classes["say"] - {"warn", "fear", "expect", "tell"}
            if lemma in wishing and _is_subjunctive(verb):
                return Verdict("hypothetical", f"'{head.text}' governs it", wish=True)
            return None
        if dep == "advcl":
            if not infinitive:
                return self._in_time_clause(verb, head)
            told = next((noun for noun in self._nouns_under(head, verb) if lemma_of(noun) in _TALKED_OF), None)
            if told is not None:  # "under pressure at home to open the border", "held talks to free the crew"
                return Verdict("hypothetical", f"'{told.text} ... to {verb.text}'", wish=True)
            if any(c.dep_ == "acomp" and c.lower_ in classes["need_adjectives"] for c in head.children):
                return Verdict("hypothetical", "it is said to be needed", wish=True)
            if lemma in _ASKING:  # "demanded from Peru to withdraw"
                return Verdict("hypothetical", f"'{head.text} to {verb.text}'", wish=True)
            above = self._verb(head, own=False)
            if above is not None:
                return above
            if lemma in classes["travel"]:
                return None
            return Verdict("planned", f"'to {verb.text}' is a purpose")
        if lemma in {"have", "be", "remain"} and infinitive and verb.dep_ == "xcomp":
            if any(c.lower_ == "yet" and c.i < verb.i for c in head.children):
                return Verdict("denied", f"'{head.text} yet to {verb.text}'")
            if lemma == "have" and any(c.lower_ in {"now", "still"} for c in head.children):
                return Verdict("planned", f"'{head.text} to {verb.text}'")
            if lemma == "have" and head.tag_ in {"VBZ", "VBP", "VB"}:  # "had to leave" tells that they left
                return Verdict("hypothetical", f"'{head.text} to {verb.text}'", wish=True)
        if lemma in classes["fail"] and not self._negated(head):
            return Verdict("denied", f"'{head.text}' governs it")
        if self._negated(head):
            return Verdict("denied", f"'{head.text}' is negated")
        if lemma in classes["plan"] and lemma not in classes["did"]:
            above = self._verb(head, own=False)
            return above if above is not None and above.modality != "occurred" else Verdict(
                "planned", f"'{head.text} to {verb.text}'"
            )  # fmt: skip
        if lemma in classes["want"] and infinitive:
            return Verdict("hypothetical", f"'{head.text} to {verb.text}'", wish=True)
        if lemma in classes["want"] | classes["topic"] and verb.tag_ == "VBG":
            return Verdict("hypothetical", f"'{head.text} {verb.text}'", wish=True)
        return self._verb(head, own=False)

    @staticmethod
    def _nouns_under(head: Token, verb: Token) -> Iterator[Token]:
        """The objects of a verb and of its prepositions that stand before an infinitive."""
        for child in head.children:
            if child.i < verb.i and child.dep_ in {"dobj", "attr"}:
                yield child
            elif child.i < verb.i and child.dep_ == "prep":
                yield from (c for c in child.children if c.dep_ == "pobj")

    def _in_time_clause(self, verb: Token, head: Token) -> Verdict | None:
        """ "will not take effect before it has been ratified": what must come first has not happened yet either."""
        if verb.tag_ == "VBD":  # "will return two weeks after they fired": that is past
            return None
        mark = next((c.lower_ for c in verb.children if c.dep_ == "mark" or c.tag_ == "WRB"), "")
        if mark in {"before", "until", "once", "when", "after", "till"}:
            above = self._verb(head, own=False)
            if above is not None and above.modality in {"planned", "hypothetical", "denied"}:
                return Verdict("planned", f"'{mark} ... {verb.text}' waits for '{head.text}'")
        return None

    def _under_word(self, verb: Token, head: Token) -> Verdict | None:
        """An infinitive after a noun or adjective: "its decision to expel", "ready to meet"."""
        classes = support()
        lemma = lemma_of(head)
        if lemma == "order" and head.dep_ == "pobj" and head.head.lower_ == "in":
            return Verdict("hypothetical", f"'in order to {verb.text}'", wish=True)
        if lemma in classes["fail_nouns"] or head.lower_ in {"unable", "unwilling", "reluctant"}:
            return Verdict("denied", f"'{head.text} to {verb.text}'")
        if lemma in classes["want_nouns"] | classes["charge_nouns"] or head.lower_ in classes["want_adjectives"]:
            return Verdict("hypothetical", f"'{head.text} to {verb.text}'", wish=True)
        if lemma in classes["plan_nouns"] or head.lower_ in classes["plan_adjectives"]:
            if any(c.dep_ == "det" and c.lower_ == "no" for c in head.children):
                return Verdict("denied", f"'no {head.text} to {verb.text}'")
            if self._is_cancelled(head):
                return Verdict("called-off", f"'{head.text} to {verb.text}' is dropped")
            return Verdict("planned", f"'{head.text} to {verb.text}'")
        if head.lower_ in {"first", "second", "last", "latest", "next", "third", "only"} or head.pos_ in {
            "NOUN",
            "PROPN",
        }:
            return None
        return Verdict("hypothetical", f"'{head.text} to {verb.text}'", wish=True)
