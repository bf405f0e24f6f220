"""The name of an instrument: its noun phrase without the article, with what says what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.model import InstrumentKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COMPLEMENTS = frozenset(
    {"of", "on", "for", "in", "against", "between", "with", "to", "concerning", "regarding", "about", "from"}
)
_BEFORE = frozenset({"amod", "compound", "nmod", "nummod", "punct", "npadvmod"})
# Where an announcement stands is no part of what it announces: "announced the agreement on Twitter".
_MEDIA = frozenset(
    """twitter facebook telegram instagram weibo youtube x television tv radio air tuesday monday wednesday thursday
    friday saturday sunday""".split()
)
# Adjectives that point at an instrument and do not name it.
_POINTERS = frozenset(
    """following other same latest recent new further previous earlier above such several many various both whole
    immediate unconditional historic landmark so-called""".split()
)
_LONGEST = 14  # tokens of an infinitive or participle that is still a name


def name_of(token: Token, kind: InstrumentKind) -> tuple[str, int, int]:
    """The words, first token and end of the name whose head noun is `token`.

    "the agreement to reopen the border" is named with its infinitive; a relative clause, a date and what stands in
    brackets are no part of a name.
    """
    doc = token.doc
    start = token.i
    for child in token.children:
        if child.i < token.i and child.dep_ in _BEFORE and child.text != ",":
            start = min(start, child.left_edge.i)
    end = token.i + 1
    for child in token.children:
        if child.i != end:
            continue
        if child.dep_ == "prep" and child.lower_ in _COMPLEMENTS:
            if child.lower_ in {"in", "with", "to"} and kind != "themed-year":
                break
            end = max(end, _end_of_phrase(child))
        elif child.dep_ == "acl" and child.tag_ == "VBG" and kind == "agreement":  # "agreement allowing ..."
            end = max(end, _end_of_clause(child))
    infinitive = next((c for c in token.children if _is_purpose(c, kind) and c.left_edge.i == end), None)
    if infinitive is not None:
        end = _end_of_clause(infinitive)
    words = ""
    if kind == "agreement" and end == token.i + 1:
        words = _told_later(token)
    while end > token.i + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].lower_ == "and"):
        end -= 1
    while start < token.i and (
        doc[start].is_punct or doc[start].pos_ in {"DET", "NUM", "CCONJ"} or _points(doc[start])
    ):
        start += 1
    return f"{doc[start:end].text} {words}".strip(), start, end


def _told_later(token: Token) -> str:
    """What an agreement is about, behind the day on which it was made: "an agreement on Monday allowing ..."."""
    for child in token.children:
        if child.dep_ == "acl" and child.tag_ == "VBG" and child.i > token.i:
            return str(token.doc[child.i : _end_of_clause(child)].text)
    return ""


def _points(token: Token) -> bool:
    """Whether `token` only points at the instrument: "the following", "the signed", "the re-imposed"."""
    return token.is_lower and (token.lower_ in _POINTERS or token.tag_ in {"VBN", "VBD"} or token.lower_ == "re")


def _is_purpose(token: Token, kind: InstrumentKind) -> bool:
    """An infinitive on the noun: "agreement to reopen the border"."""
    if kind != "agreement" or token.dep_ not in {"acl", "xcomp", "relcl", "advcl"} or token.pos_ != "VERB":
        return False
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _end_of_phrase(prep: Token) -> int:
    """Where the phrase ends: a clause that follows is no part of the name, nor is a date, a bracket or a medium."""
    if any((c.ent_type_ == "DATE" and c.like_num) or c.lower_ in _MEDIA for c in prep.children):
        return int(prep.i)
    return _stop(prep, int(prep.right_edge.i) + 1)


def _end_of_clause(verb: Token) -> int:
    """Where an infinitive or participle that says what was agreed ends; it is cut where it grows long."""
    return min(_stop(verb, int(verb.right_edge.i) + 1), int(verb.left_edge.i) + _LONGEST)


def _stop(head: Token, stop: int) -> int:
    doc: Doc = head.doc
    for inner in head.subtree:
        if inner.i <= head.i:
            continue
        if (
            inner.dep_ in {"relcl", "advcl", "acl", "ccomp"}
            or inner.tag_ == "WDT"
            or inner.text in {",", ";", "(", ":"}
        ):
            stop = min(stop, inner.i if inner.is_punct else inner.left_edge.i)
        if inner.dep_ == "prep" and any(c.ent_type_ == "DATE" or c.lower_ in _MEDIA for c in inner.children):
            stop = min(stop, inner.i)
        if inner.dep_ == "conj" and _counts(inner):  # "an agreement on crime and three memorandums"
            stop = min(stop, inner.left_edge.i)
        if inner.dep_ == "cc" and inner.i + 1 < len(doc) and doc[inner.i + 1].pos_ == "ADP":
            stop = min(stop, inner.i)
        if inner.is_space and "\n" in doc[inner.i].text:
            stop = min(stop, inner.i)
    return stop


def _counts(token: Token) -> bool:
    """Whether the noun is counted or has an article: the beginning of another thing."""
    return any(c.dep_ in {"nummod", "det"} for c in token.children)
