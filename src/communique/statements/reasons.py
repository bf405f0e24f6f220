"""Why the diplomatic record leaves an attribution out, in words; None is the reason of those that it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.statements.drafts import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

MENTIONED = "the words are mentioned, not reported"
UNSPOKEN = "it has not been said yet, or only may be"
DENIED = "it was not said"
DECLINED = "a refusal to say takes no position"
DEED = "the words are an act, recorded as an event"
LABEL = "a characterisation in the report's words"
EVIDENCE = "evidence, not words"
JOINT = "several speak as one"
NOBODY = "nobody is named as the speaker"
MEDIA = "news media pass words on"

UNSAID = frozenset({"will", "would", "could", "might", "may", "should", "must", "shall", "wo", "'ll", "can"})
DECLINING = frozenset({"decline", "refuse", "fail", "avoid", "refrain", "stop"})
# "is reported to have said", "went on to say": the infinitive was said.
PASSED_ON = frozenset("report quote continue go begin seem appear say use far as".split())


def unsaid(verb: Token) -> str | None:
    """Why the words were not said, or take no position: a modal, a refusal, a negation."""
    top = verb
    while top.dep_ in {"xcomp", "conj"} and top.tag_ == "VB" and top.head.i != top.i:
        top = top.head
        if lemma(top) in DECLINING:
            return DECLINED
    if any(c.dep_ == "neg" for c in verb.children):
        return DENIED
    if any(c.dep_ == "aux" and c.lower_ in UNSAID for c in verb.children):
        return UNSPOKEN
    if verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.tag_ == "VB" and verb.head.pos_ == "VERB":
        return unsaid(verb.head)
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    if infinitive and verb.dep_ in {"xcomp", "advcl", "acl", "ccomp"} and lemma(verb.head) not in PASSED_ON:
        return UNSPOKEN
    if any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.children):
        return UNSPOKEN
    return None
