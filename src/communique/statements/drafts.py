"""A statement while it is being put together, and small helpers on tokens that several modules need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communique.language.clauses import lemma_of
from communique.model import Act
from communique.statements.found import Form, Tokens
from communique.statements.lexicon import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

TRIM = frozenset(",;:-–—()[] \n\t")


@dataclass(slots=True)
class Draft:
    """An attribution before its speaker is known. Token indices and ranges; `heads` are the source's head tokens."""

    lemma: str
    act: Act
    form: Form
    cue: Tokens | None
    cue_head: int | None
    content: list[Tokens]
    heads: tuple[int, ...] = ()
    source: Tokens | None = None
    addressee: int | None = None
    quoted: bool = False  # the content is a quotation that stands by itself
    deed: bool = False
    reason: str | None = None
    follows: bool = False  # the speaker is the one of the statement before
    label: Tokens | None = None  # of a label ("called it X"): X
    kind: str = "speech"
    anchor: int = 0  # a token of the narrative that the statement belongs to
    inside: list[Tokens] = field(default_factory=list)


def ranges(tokens: Iterable[int], doc: Doc) -> list[Tokens]:
    """Token indices as ranges without white space, commas and dashes at their edges; gaps of marks only are closed."""
    out: list[list[int]] = []
    for i in sorted(set(tokens)):
        if out and all(doc[k].is_space or doc[k].is_punct for k in range(out[-1][1], i)):
            out[-1][1] = i + 1
        else:
            out.append([i, i + 1])
    return [_balanced(doc, a, b) for a, b in (trim(doc, start, end) for start, end in out) if a < b]


def _balanced(doc: Doc, start: int, end: int) -> Tokens:
    """The range with the closing mark of a quotation that it opens."""
    marks = [t.text for t in doc[start:end] if t.text in {'"', "“", "”"}]
    if len(marks) % 2 and end < len(doc) and doc[end].text in {'"', "”"}:
        return start, end + 1
    if len(marks) % 2 and end + 1 < len(doc) and doc[end].text in {".", ","} and doc[end + 1].text in {'"', "”"}:
        return start, end + 2
    if len(marks) % 2 and start and doc[start - 1].text in {'"', "“"}:
        return start - 1, end
    return start, end


def trim(doc: Doc, start: int, end: int) -> Tokens:
    """The range without commas, brackets and white space at its edges."""
    while start < end and doc[start].text.strip() in TRIM | {"", ".", "?", "!"}:
        start += 1
    while start < end and (doc[end - 1].text.strip() in TRIM | {"."} or doc[end - 1].is_space):
        end -= 1
    return start, end


def subtree(token: Token) -> set[int]:
    return {t.i for t in token.subtree}


def has_own_subject(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass", "csubj", "expl"} for c in verb.children)


def is_finite(verb: Token) -> bool:
    """Whether the verb group is finite: "said", "has said", "will say", not "saying" or "to say"."""
    if verb.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
        return True
    return any(c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in verb.children)


def verb_group(verb: Token) -> Tokens:
    """The verb with its auxiliaries, particle and negation: "has not said", "point out"."""
    parts = [c.i for c in verb.children if c.dep_ in {"aux", "auxpass", "neg", "prt"} and abs(c.i - verb.i) <= 5]
    parts.append(verb.i)
    return min(parts), max(parts) + 1


def particle_of(verb: Token) -> str:
    """The particle of a verb, "" for none; adverbs that the tagger takes for one count ("go on")."""
    for child in verb.children:
        near = child.i == verb.i + 1 and (child.dep_ == "prt" or child.lower_ in {"on", "out", "back", "in"})
        if near and (child.dep_ in {"prt", "advmod"} or not list(child.children)):
            return child.lower_
    return ""


def sentence_range(doc: Doc, i: int) -> Tokens:
    sent = doc[i].sent
    return sent.start, sent.end


def clause_top(token: Token) -> Token:
    """The finite verb (or root) of the clause that `token` belongs to."""
    while token.head.i != token.i:
        if token.pos_ in {"VERB", "AUX"} and is_finite(token) and has_own_subject(token):
            return token
        token = token.head
    return token


def prepositional(verb: Token, names: frozenset[str]) -> Iterator[tuple[Token, Token]]:
    """Prepositions of `verb` among `names`, each with its object."""
    for child in verb.children:
        if child.dep_ in {"prep", "dative", "agent", "prt"} and child.lower_ in names:
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    yield child, inner


def lemma(token: Token) -> str:
    """The lemma in lower case, mended where the lemmatizer drops a final e ("hoped" is no form of "hop")."""
    name = lemma_of(token)
    if name not in cues() and token.tag_ in {"VBD", "VBN", "VBG"} and name + "e" in cues():
        return name + "e"
    return name
