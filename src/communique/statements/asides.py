"""What a verb of saying refers to when the tree gives it no clause: the sentence round it, or what stands after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.statements.drafts import clause_top, has_own_subject, is_finite, lemma, sentence_range, subtree
from communique.statements.lexicon import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

GLOSS = frozenset({"as", "like"})


def after_that(doc: Doc, verb: Token) -> set[int]:
    """Everything from a "that" right behind the verb (or behind the one who is told) to the end of the sentence."""
    _, end = sentence_range(doc, verb.i)
    commas = 0
    for k in range(verb.i + 1, min(end, verb.i + 12)):
        token = doc[k]
        if token.lower_ == "that" and token.tag_ == "IN":
            return set(range(k, end)) if commas != 1 else set()
        commas += token.text == ","
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or token.text in {":", ";"}:
            break
    return set()


def after_colon(doc: Doc, verb: Token, closed: list[bool]) -> set[int]:
    """A message given in full after a colon, on the same line or as the next paragraph."""
    colon = verb.i + 1
    while colon < min(len(doc), verb.i + 16) and doc[colon].text != ":" and "\n" not in doc[colon].text:
        if doc[colon].text in {".", "!", "?", ";"} or closed[colon]:
            return set()
        colon += 1
    if colon >= len(doc) or doc[colon].text != ":":
        return set()
    start = colon + 1
    while start < len(doc) and doc[start].is_space:
        start += 1
    if start >= len(doc) or closed[start] or not (doc[start].is_alpha and doc[start].text[:1].isupper()):
        return set()
    end = start
    while end < _line_end(doc, start, closed):
        sent = doc[end].sent
        root = sent.root
        who = next((c for c in root.children if c.dep_ == "nsubj"), None)
        if end > start and who is not None and lemma(root) in cues() and who.lower_ not in {"i", "we", "you"}:
            break
        end = min(sent.end, _line_end(doc, start, closed))
    whole = any(is_finite(doc[i]) for i in range(start, end) if doc[i].pos_ in {"VERB", "AUX"})
    return set(range(start, end)) if whole and end - start >= 4 else set()


def _line_end(doc: Doc, start: int, closed: list[bool]) -> int:
    end = start
    while end < len(doc) and "\n" not in doc[end].text and not closed[end]:
        end += 1
    return end


def beside(doc: Doc, verb: Token) -> set[int]:
    """What a verb of saying without a complement refers to: the sentence that it is set into or follows.

    "The talks, he said, had failed."  "As the minister noted, prices rose."
    """
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if not own or not is_finite(verb) or any(c.tag_ in {"WP", "WDT"} for c in own):
        return set()
    if verb.dep_ == "relcl" or any(c.dep_ == "ccomp" for c in verb.children):
        return set()
    return _round_root(doc, verb, own) if verb.head.i == verb.i else _round_aside(doc, verb)


def _round_root(doc: Doc, verb: Token, own: list[Token]) -> set[int]:
    """The parser made the verb of saying the sentence's root: what stands before it, and what goes on after it."""
    start, end = sentence_range(doc, verb.i)
    kinds = {"dep", "advcl", "nsubj", "npadvmod", "intj"}
    left = [c for c in verb.children if c.dep_ in kinds and c.i < own[-1].i and c is not own[-1]]
    edge = min(own[-1].left_edge.i, verb.i)
    if not any(c.pos_ in {"VERB", "AUX", "NOUN", "PROPN", "ADJ"} for c in left) or not _comma_before(doc, edge, start):
        return set()
    rest = next((c for c in verb.children if c.i > verb.i and c.dep_ in {"conj", "dep"} and is_finite(c)), None)
    if rest is not None and not has_own_subject(rest) and doc[rest.left_edge.i - 1].text == ",":
        return set(range(start, edge - 1)) | set(range(rest.left_edge.i, end))
    said = set(range(start, edge - 1))
    return said if any(doc[i].pos_ in {"VERB", "AUX"} for i in said) else set()


def _round_aside(doc: Doc, verb: Token) -> set[int]:
    """The verb of saying is set into the sentence or closes it: the sentence without it."""
    start, end = sentence_range(doc, verb.i)
    aside = subtree(verb)
    words = [i for i in aside if not doc[i].is_punct and not doc[i].is_space]
    first, last = min(words), max(words)
    gloss = any(c.lower_ in GLOSS and c.dep_ in {"mark", "advmod", "prep"} for c in verb.children)
    if verb.dep_ not in {"parataxis", "ccomp", "advcl", "conj", "dep", "intj"} or last - first > 30:
        return set()
    if not (_comma_before(doc, first, start) or (first == start and last + 1 < end and doc[last + 1].text == ",")):
        return set()
    if verb.dep_ == "conj" and (last < end - 3 or any(c.dep_ == "cc" for c in verb.head.children)):
        return set()  # only "The talks failed, he told reporters": a comma, no "and", and nothing after it
    linked = any(c.dep_ in {"mark", "advmod"} and c.tag_ in {"IN", "WRB"} for c in verb.children)
    if verb.dep_ == "advcl" and linked and not gloss:
        return set()
    host = (subtree(clause_top(verb.head)) if gloss else set(range(start, end))) - aside
    if any(doc[i].text == ";" for i in host):
        host = _same_side(doc, host, first)
    before = {i for i in host if i < first}
    return before if before and not gloss and last >= end - 3 else host


def _same_side(doc: Doc, host: set[int], first: int) -> set[int]:
    """Of the parts between semicolons the one that the aside stands in."""
    stops = [i for i in range(min(host), max(host) + 1) if doc[i].text == ";"]
    low = max((i for i in stops if i < first), default=-1)
    high = min((i for i in stops if i > first), default=len(doc))
    return {i for i in host if low < i < high}


def _comma_before(doc: Doc, i: int, start: int) -> bool:
    k = i - 1
    while k >= start and doc[k].is_space:
        k -= 1
    return k >= start and doc[k].text in {",", "–", "—", "-", "--", "”", '"', "''", "’"}
