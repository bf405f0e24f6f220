"""What a verb of saying takes: the words that are said, read from the dependency tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.statements.drafts import has_own_subject, is_finite, lemma, prepositional, subtree
from communique.statements.lexicon import cues, nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

QUESTION = frozenset({"whether", "what", "how", "why", "when", "where", "who", "which", "if"})
# After these a "that" behind the one who is told opens what he is told, whatever the tagger takes it for.
TELLING = frozenset({"tell", "assure", "inform", "notify", "remind", "warn", "persuade", "convince", "reassure"})


@dataclass(frozen=True, slots=True)
class Complement:
    """A content with its shape (tables/statement_cues.md). `tokens` are those of the content."""

    shape: str
    tokens: frozenset[int]
    label: frozenset[int] = frozenset()
    addressee: int | None = None
    noun: str | None = None  # lemma of a position noun: "hope" in "voiced his hope that"


def complements(doc: Doc, verb: Token) -> Iterator[Complement]:
    """The contents of `verb`, clauses first. Shapes that the verb does not take are given too: the caller chooses."""
    yield from _clauses(doc, verb)
    yield from _infinitives(verb)
    yield from _labels(verb)
    yield from _objects(verb)
    for child, _ in prepositional(verb, frozenset({"of", "for", "about", "against", "on", "at"})):
        if child.i > verb.i:
            blamed = _object(verb)
            whom = subtree(doc[blamed]) if blamed is not None and child.lower_ in {"of", "for"} else set()
            yield Complement(child.lower_, frozenset(subtree(child) | whom), frozenset(subtree(child)), blamed)
    yield from _hung_on_object(verb)


def _hung_on_object(verb: Token) -> Iterator[Complement]:
    """ "accused the rebels of "cheating"", "called the raid "a crime"": the parser hangs the rest on the noun."""
    for thing in verb.children:
        if thing.dep_ != "dobj" or thing.i < verb.i:
            continue
        for inner in thing.children:
            if inner.i > thing.i and inner.dep_ == "prep" and inner.lower_ == "of":
                yield Complement("of", frozenset(subtree(thing)), frozenset(subtree(inner)), thing.i)
            elif inner.i > thing.i and inner.dep_ in {"appos", "amod", "acl", "npadvmod"} and _is_quoted(inner):
                yield Complement("label", frozenset(subtree(thing)), frozenset(subtree(inner)))


def _is_quoted(token: Token) -> bool:
    first = token.left_edge.i
    return first > 0 and any(token.doc[k].text in {'"', "“", "‘", "'", "``"} for k in (first, first - 1))


def _object(verb: Token) -> int | None:
    return next((c.i for c in verb.children if c.dep_ in {"dobj", "dative"} and c.pos_ != "ADP"), None)


def _clauses(doc: Doc, verb: Token) -> Iterator[Complement]:
    # What follows the verb is what is said; a clause before it only when nothing follows.
    for child in sorted(verb.children, key=lambda c: (c.i < verb.i, c.i)):
        if child.dep_ == "ccomp" and is_clause(child):
            yield Complement(_clause_shape(child), frozenset(_content(verb, child)), addressee=_addressee(verb))
        elif child.dep_ == "ccomp" and child.i > verb.i and _has_to(child) and has_own_subject(child):
            yield Complement("other-to", frozenset(_content(verb, child)), addressee=_subject_of(child))
        elif child.dep_ in {"dobj", "dative", "pobj"} and child.i > verb.i:
            yield from _hidden_clause(verb, child)
        elif child.dep_ == "dative" and child.pos_ == "ADP":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from _hidden_clause(verb, inner)
        elif child.dep_ in {"advcl", "acl", "relcl"} and child.i > verb.i and _mark(child) == "that":
            yield Complement("that", frozenset(_content(verb, child)), addressee=_addressee(verb))
        elif child.dep_ in {"xcomp", "advcl", "pcomp"} and child.tag_ == "VBG" and child.dep_ == "xcomp":
            yield Complement("ing", frozenset(_content(verb, child)))


def _subject_of(verb: Token) -> int | None:
    return next((c.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)


def is_clause(verb: Token) -> bool:
    """A clause that can be said: finite, or in the subjunctive ("that he be sent home"); an infinitive is none."""
    if verb.pos_ not in {"VERB", "AUX"}:
        return any(c.dep_ == "cop" for c in verb.children)
    if _has_to(verb) and not any(c.tag_ == "MD" for c in verb.children):
        return False
    return is_finite(verb) or (verb.tag_ == "VB" and has_own_subject(verb))


def _hidden_clause(verb: Token, noun: Token) -> Iterator[Complement]:
    """ "told reporters (that) the talks went well": the parser may hang the clause on the one who is told."""
    for inner in noun.children:
        if (
            inner.dep_ not in {"relcl", "acl", "ccomp", "appos"}
            or inner.i < noun.i
            or inner.pos_ not in {"VERB", "AUX"}
        ):
            continue
        subject = next((c for c in inner.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is None or subject.tag_ in {"WP", "WDT"} or not is_finite(inner):
            continue
        told = lemma(verb) in TELLING and noun.doc[noun.i + 1].lower_ == "that"
        if not told and _mark(inner) != "that" and any(c.tag_ in {"WP", "WDT", "WP$", "WRB"} for c in inner.children):
            continue
        yield Complement("that", frozenset(subtree(inner)), addressee=noun.i)


def _mark(verb: Token) -> str:
    return next((c.lower_ for c in verb.children if c.dep_ == "mark" or (c.lower_ == "that" and c.tag_ == "IN")), "")


def _clause_shape(clause: Token) -> str:
    first = min(t.i for t in clause.subtree)
    if clause.doc[first].lower_ in QUESTION and clause.doc[first].tag_ in {"WRB", "WP", "WDT", "IN", "WP$"}:
        return "wh"
    if any(c.lower_ == "whether" for c in clause.children):
        return "wh"
    return "that"


def _content(verb: Token, clause: Token) -> set[int]:
    """What the clause says, with the clauses beside it that are said as well."""
    tokens = uncrossed(clause)
    if clause.i > verb.i:
        tokens |= _joined(verb, clause)
    if verb.i in tokens:  # the verb of saying stands inside what is said
        tokens -= subtree(verb) if clause.i not in subtree(verb) else {verb.i}
    return tokens


def uncrossed(clause: Token) -> set[int]:
    """The subtree of the clause, cut where a second verb of saying begins that belongs to the first."""
    tokens = subtree(clause)
    for other in list(clause.children) + [g for c in clause.children if c.dep_ == "conj" for g in c.children]:
        if other.dep_ == "conj" and is_second_cue(other, clause):
            for i in subtree(other):
                tokens.discard(i)
            before = other.i - 1
            while before in tokens and clause.doc[before].dep_ in {"cc", "punct", "advmod", "aux"}:
                tokens.discard(before)
                before -= 1
    for other in clause.children:  # "Critics say A, while supporters contend B"
        if (
            other.dep_ == "advcl"
            and _mark(other) in {"while", "whereas"}
            and other.i > clause.i
            and lemma(other) in cues()
        ):
            tokens -= subtree(other)
    return tokens


def _joined(verb: Token, clause: Token) -> set[int]:
    """ "claims that A was B and C did D": without a comma before it the second clause is said as well."""
    more = [c for c in verb.children if c.dep_ == "ccomp" and c.i > clause.i and is_clause(c) and _opens_with_that(c)]
    if more:  # "said that A, that B and that C"
        return set().union(*(uncrossed(c) for c in more))
    for other in verb.children:
        if other.dep_ != "conj" or other.i < clause.i or not has_own_subject(other) or not is_finite(other):
            continue
        if lemma(other) in cues() and any(c.dep_ == "ccomp" for c in other.children):
            continue
        first = other.left_edge.i
        word = verb.doc[first - 1]
        if word.dep_ == "cc" and verb.doc[word.i - 1].text != "," and other.tag_ == clause.tag_:
            return {word.i} | subtree(other)
    return set()


def _opens_with_that(clause: Token) -> bool:
    return next((t.lower_ for t in clause.subtree if not t.is_punct), "") == "that"


def is_second_cue(verb: Token, clause: Token) -> bool:
    """ "said that A was B and called on both sides to C": `verb` (called) goes with "said", not with "was"."""
    if verb.pos_ != "VERB" or has_own_subject(verb) or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return False
    bare = clause.tag_ == "VB" and verb.tag_ != "VB"  # "to return ... and expressed": forms that do not match
    if (
        not bare
        and clause.pos_ == "VERB"
        and lemma(clause) in cues()
        and any(u.kind == "speech" for u in cues()[lemma(clause)])
    ):
        return False
    uses = cues().get(lemma(verb), ())
    if not any(use.kind == "speech" or use.act == "hoping" for use in uses):
        return False
    if verb.tag_ == "VBD":
        return any(
            c.dep_ in {"ccomp", "xcomp"} or (c.dep_ == "prep" and c.lower_ in {"on", "for"}) or c.dep_ == "dobj"
            for c in verb.children
        )
    return any(c.dep_ in {"ccomp", "xcomp"} for c in verb.children)


def _infinitives(verb: Token) -> Iterator[Complement]:
    objects = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i and c.pos_ != "ADP"]
    for child in verb.children:
        if child.dep_ in {"xcomp", "advcl", "ccomp"} and child.i > verb.i and _has_to(child) and not is_clause(child):
            if child.dep_ == "ccomp" and has_own_subject(child):
                continue
            before = [o for o in objects if o.i < child.i]
            preps = [
                (p, o) for p, o in prepositional(verb, frozenset({"on", "upon", "to", "for"})) if verb.i < p.i < child.i
            ]
            if before:
                tokens = uncrossed(child) | subtree(before[0])
                yield Complement("other-to", frozenset(tokens), addressee=before[0].i)
            elif preps:
                tokens = uncrossed(child) | subtree(preps[0][1])
                yield Complement("other-to", frozenset(tokens), addressee=preps[0][1].i)
            elif child.dep_ in {"xcomp", "ccomp"}:
                yield Complement("to", frozenset(uncrossed(child)))
    # "urged both sides to show restraint" with the infinitive hung on the noun
    for noun in [*objects, *(o for _, o in prepositional(verb, frozenset({"on", "upon", "to", "for"})))]:
        for inner in noun.children:
            if inner.dep_ in {"acl", "relcl"} and _has_to(inner) and inner.i > noun.i and not has_own_subject(inner):
                yield Complement("other-to", frozenset(subtree(noun)), addressee=noun.i)
    for child in verb.children:  # "called for sanctions to be lifted"
        if child.dep_ == "prep" and child.lower_ == "for":
            for inner in child.children:
                if inner.dep_ in {"pcomp", "advcl"} and _has_to(inner):
                    yield Complement("for", frozenset(subtree(child)))


def _labels(verb: Token) -> Iterator[Complement]:
    """ "called the step a mistake", "described it as dangerous"."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ == "oprd" or (child.dep_ == "xcomp" and child.pos_ in {"ADJ", "NOUN", "PROPN"}):
            thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
            tokens = subtree(child) | (subtree(thing) if thing is not None else set())
            yield Complement("label", frozenset(tokens), label=frozenset(subtree(child)))
        elif child.dep_ == "ccomp" and child.pos_ in {"ADJ", "NOUN", "PROPN", "VERB", "AUX"} and not is_finite(child):
            subject = next((c for c in child.children if c.dep_ == "nsubj"), None)
            if subject is not None and subject.i < child.i and not _has_to(child):
                tokens = subtree(child)
                yield Complement("label", frozenset(tokens), label=frozenset(tokens - subtree(subject)))
        elif child.dep_ == "prep" and child.lower_ == "as":
            thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
            tokens = subtree(child) | (subtree(thing) if thing is not None else set())
            yield Complement("as", frozenset(tokens), label=frozenset(subtree(child)))
        elif child.dep_ == "dobj":
            for inner in child.children:
                if inner.dep_ == "prep" and inner.lower_ == "as":
                    yield Complement("as", frozenset(subtree(child)), label=frozenset(subtree(inner)))


def _objects(verb: Token) -> Iterator[Complement]:
    for child in verb.children:
        if child.dep_ not in {"dobj", "attr"} or child.i < verb.i:
            continue
        noun = lemma(child) if lemma(child) in nouns() else None
        second = _second_noun(child) if noun is not None and not nouns()[noun].position else None
        if second is not None:
            yield Complement("noun", frozenset(subtree(second)), noun=lemma(second))
        tokens = subtree(child)
        for other in verb.children:  # "expressed concern about the raids": the preposition may hang on the verb
            late = other.dep_ in {"prep", "acl", "advcl", "ccomp"} and other.i > child.i
            fits = other.dep_ != "prep" or other.lower_ in {"about", "over", "at", "that", "for"}
            if noun and late and fits and (other.dep_ != "advcl" or _mark(other) == "that"):
                tokens |= subtree(other)
        yield Complement("noun", frozenset(tokens), noun=noun)


def _second_noun(first: Token) -> Token | None:
    """ "his thanks for the help and his hope that it lasts": the position behind a courtesy, wherever it hangs."""
    for token in first.subtree:
        if token.dep_ == "conj" and token.i > first.i and lemma(token) in nouns() and nouns()[lemma(token)].position:
            return token
    return None


def _addressee(verb: Token) -> int | None:
    found = _object(verb)
    if found is not None:
        return found
    return next((o.i for _, o in prepositional(verb, frozenset({"to", "with"}))), None)


def _has_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
