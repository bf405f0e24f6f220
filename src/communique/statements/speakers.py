"""Who said it: from the head of the source to an actor of the report, or to the report's own words.

A pronoun or description that the cast does not know is the speaker of the statement before; so is the speaker of a
quotation without a verb. A document speaks for the one who issued it, a spokesman without a name for the body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.language.clauses import lemma_of
from communique.model import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from communique.actors.cast import Cast

DOCUMENTS = frozenset(
    """statement communique communiqué letter message readout read-out text document note report resolution
    declaration post tweet release memo telegram cable article paper editorial account dispatch memorandum bulletin
    notice announcement survey poll study estimate figure document reports""".split()
)
VOICES = frozenset(
    """spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons official officials source sources
    representative representatives""".split()
)
# Papers that somebody sends to somebody.
CARRIED = frozenset({"message", "letter", "telegram", "cable", "note"})
# "a letter sent by X" is X's; one "seen by X" is not.
ISSUING = frozenset("issue release publish send write sign post circulate make deliver read".split())
PRONOUNS = frozenset({"he", "she", "it", "they", "who", "i", "we", "this", "that", "which"})
FITTING: dict[str, tuple[ActorKind, ...]] = {
    "he": ("person",), "she": ("person",), "it": ("organisation", "state"), "they": ("group", "organisation"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker: an actor's index, or a name in the report's words. `token` is the head that names him."""

    actor: int | None
    name: str | None
    kind: ActorKind
    token: int | None


NOBODY = Who(None, None, "person", None)


def resolve(doc: Doc, cast: Cast | None, heads: tuple[int, ...], previous: Who | None, lemma: str) -> Who:
    """The speaker that `heads` name; `previous` is who spoke last, for pronouns that the cast leaves open."""
    if not heads:
        return NOBODY
    head = doc[heads[0]]
    word = head.lower_
    if word in DOCUMENTS or lemma_of(head) in DOCUMENTS:
        return _issuer(doc, cast, head, previous)
    if lemma_of(head) in VOICES:
        named = _apposed(cast, head) or _named(doc, cast, head)
        if named is not None and _is_proper(doc, named.token):
            return named
        body = _body(doc, cast, head)
        if body is not None and body.kind != "group":
            return body
    if word in PRONOUNS and previous is not None and _stays(doc, cast, head, previous, lemma):
        return previous
    if cast is not None:
        mention = cast.at(head.i)
        if mention is not None:
            actor = cast.actors[mention.actor]
            return Who(actor.index, actor.name, actor.kind, head.i)
    if word in PRONOUNS:
        return _subject_before(doc, cast, head) or previous or Who(None, None, "person", head.i)
    named = _named(doc, cast, head)
    if named is not None:
        return named
    return Who(None, phrase(head), _kind(head), head.i)


def _stays(doc: Doc, cast: Cast | None, head: Token, previous: Who, lemma: str) -> bool:
    """Whether a pronoun keeps the last speaker: "he added"."""
    if cast is None:
        return True
    return cast.at(head.i) is None


def _subject_before(doc: Doc, cast: Cast | None, head: Token) -> Who | None:
    """For a pronoun that the cast leaves open: the subject of the sentence before, when its kind fits."""
    if cast is None or head.sent.start == 0 or "\n" in doc[head.sent.start - 1].text:
        return None
    root = doc[head.sent.start - 1].sent.root
    for child in root.children:
        actor = cast.actor_at(child.i) if child.dep_ in {"nsubj", "nsubjpass"} else None
        if actor is not None and actor.kind in FITTING.get(head.lower_, ()):
            return Who(actor.index, actor.name, actor.kind, child.i)
    return None


def _is_proper(doc: Doc, i: int | None) -> bool:
    return i is not None and doc[i].pos_ == "PROPN"


def _named(doc: Doc, cast: Cast | None, head: Token) -> Who | None:
    """A name in apposition to the head, or the head's own mention."""
    if cast is not None:
        mention = cast.at(head.i)
        if mention is not None and mention.full_start <= head.i < mention.full_end:
            actor = cast.actors[mention.actor]
            if actor.named or mention.form != "description":
                return Who(actor.index, actor.name, actor.kind, mention.head)
    return _apposed(cast, head)


def _apposed(cast: Cast | None, head: Token) -> Who | None:
    """The name beside a description: "the spokesman, Ann Lee," and "spokesman Ann Lee"."""
    for child in head.children:
        if child.dep_ == "appos":
            other = cast.actor_at(child.i) if cast is not None else None
            if other is not None:
                return Who(other.index, other.name, other.kind, child.i)
            if child.pos_ == "PROPN":
                return Who(None, proper_name(child), "person", child.i)
    return None


def _body(doc: Doc, cast: Cast | None, head: Token) -> Who | None:
    """The body that a spokesman without a name speaks for."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in {"for", "of", "at", "from"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return _organisation(cast, inner)
        if child.dep_ == "poss":
            return _organisation(cast, child)
    modifiers = [c for c in head.children if c.dep_ in {"compound", "nmod"} and c.pos_ in {"PROPN", "NOUN"}]
    if modifiers and lemma_of(head) in {"spokesman", "spokeswoman", "spokesperson"}:
        return _organisation(cast, modifiers[-1])
    return None


def _organisation(cast: Cast | None, token: Token) -> Who | None:
    if cast is not None:
        actor = cast.actor_at(token.i)
        if actor is not None:
            return Who(actor.index, actor.name, actor.kind, token.i)
    return None if token.tag_ == "NNS" else Who(None, phrase(token), "organisation", token.i)


def _issuer(doc: Doc, cast: Cast | None, head: Token, previous: Who | None) -> Who:
    """Who issued a document: its owner, its maker, or who spoke last; nobody when the report does not say."""
    if head.dep_ == "dobj" and lemma_of(head.head) in ISSUING:  # "issued a statement saying that"
        subject = next((c for c in head.head.children if c.dep_ == "nsubj"), None)
        if subject is not None:
            return resolve(doc, cast, (subject.i,), previous, "")
    for child in head.children:
        if child.dep_ == "poss":
            return resolve(doc, cast, (child.i,), previous, "")
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"from", "by"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return resolve(doc, cast, (inner.i,), previous, "")
        if child.dep_ in {"acl", "relcl"} and lemma_of(child) in ISSUING:
            for agent in child.children:
                if agent.dep_ == "agent":
                    for inner in agent.children:
                        if inner.dep_ == "pobj":
                            return resolve(doc, cast, (inner.i,), previous, "")
    for child in head.children:
        if child.dep_ in {"compound", "nmod"} and child.pos_ in {"PROPN", "NOUN"} and lemma_of(child) != "press":
            actor = cast.actor_at(child.i) if cast is not None else None
            if actor is not None or child.pos_ == "PROPN" or lemma_of(child) in {"ministry", "government", "palace"}:
                return _organisation(cast, child) or NOBODY
    if lemma_of(head) in CARRIED:
        sender = _sender_before(doc, cast, head, previous)
        if sender is not None:
            return sender
    again = any(c.dep_ == "det" and c.lower_ in {"the", "this"} for c in head.children)
    return previous if again and previous is not None and head.dep_ in {"nsubj", "nsubjpass"} else NOBODY


def _sender_before(doc: Doc, cast: Cast | None, head: Token, previous: Who | None) -> Who | None:
    """Whose letter "the letter" is: the sender named where one was last told of ("a letter from X", "X's letter")."""
    for i in range(head.i - 1, -1, -1):
        token = doc[i]
        if lemma_of(token) != lemma_of(head):
            continue
        if any(c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ in {"from", "by"}) for c in token.children):
            return _issuer(doc, cast, token, previous)
        if token.dep_ == "dobj" and lemma_of(token.head) in {"receive", "get"}:  # "received a letter from X"
            senders = (p for c in token.head.children if c.lower_ == "from" for p in c.children if p.dep_ == "pobj")
            sender = next(senders, None)
            if sender is not None:
                return resolve(doc, cast, (sender.i,), previous, "")
    return None


def _kind(head: Token) -> ActorKind:
    if head.ent_type_ in {"GPE", "NORP"}:
        return "state"
    if head.ent_type_ == "ORG" or head.lower_ in {"ministry", "government", "office", "agency", "service", "embassy"}:
        return "organisation"
    return "group" if head.tag_ in {"NNS", "NNPS"} else "person"


def proper_name(head: Token) -> str:
    """The run of capitalised words that ends at `head`."""
    start = head.i
    while start > head.sent.start and head.doc[start - 1].pos_ == "PROPN":
        start -= 1
    end = head.i + 1
    while end < head.sent.end and head.doc[end].pos_ == "PROPN":
        end += 1
    return head.doc[start:end].text


def phrase(head: Token) -> str:
    """The words of a noun phrase without its article, appositions and relative clauses."""
    if head.pos_ == "PROPN":
        return proper_name(head)
    drop: set[int] = set()
    for child in head.children:
        if child.dep_ in {"appos", "relcl", "acl", "punct", "det", "conj", "cc"} or (
            child.i > head.i and child.dep_ != "prep"
        ):
            drop |= {t.i for t in child.subtree}
    kept = [t for t in head.subtree if t.i not in drop and not t.is_space]
    return "".join(t.text_with_ws for t in kept).strip()
