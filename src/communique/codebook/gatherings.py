"""The named gathering at which something happened: "on the sidelines of the Group of Twenty summit"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from communique.language.clauses import Clauses

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

EDGES = frozenset({"sidelines", "margins", "margin", "fringes", "sideline"})
# What a gathering is called. A bare one ("at the summit") names none.
_GATHERINGS = frozenset(
    """assembly anniversary celebration ceremony commemoration conference congress consultation convention council
    coronation debate dialogue event exhibition expo fair festival forum funeral game games gathering inauguration
    meeting olympics parade plenary round session summit week workshop""".split()
)
_LINKS = frozenset({"for", "of", "on", "between", "to"})


def find_gathering(
    doc: Doc, clauses: Clauses, trigger: int, support: int, is_time: Callable[[int], bool]
) -> str | None:
    """The gathering that `trigger`, or its verb `support`, is told to have happened at; None where none is named.

    `is_time` says whether a token belongs to a time expression: "on Monday" is no gathering.

    >>> # "... met on the sidelines of the Munich Security Conference on Saturday" -> "Munich Security Conference"
    """
    nodes = list(dict.fromkeys((trigger, support)))
    # "held talks with her counterpart at the forum": parsers often hang the gathering on the counterpart
    nodes += [head for node in nodes for head in clauses.preps(node).get("with", ())]
    for node in nodes:
        preps = clauses.preps(node)
        for head in (head for name in ("on", "at", "during") for head in preps.get(name, ())):
            inner = clauses.preps(head).get("of", ()) if doc[head].lower_ in EDGES else (head,)
            phrase = _named(doc[inner[0]], is_time) if inner else None
            if phrase is not None:
                return phrase
    return None


def _named(head: Token, is_time: Callable[[int], bool]) -> str | None:
    """The name of the gathering whose head word is `head`, without its article."""
    if is_time(head.i):
        return None
    doc = head.doc
    start, end = head.left_edge.i, _end_of_name(head)
    start = next(
        (i for i in range(start, head.i + 1) if not doc[i].is_punct and doc[i].pos_ not in {"DET", "PRON"}), start
    )
    words = [token for token in doc[start : end + 1] if not is_time(token.i) or token.like_num]
    calls = head.lemma_.lower() in _GATHERINGS or any(
        t.lower_ in _GATHERINGS for t in words if head.pos_ == "PROPN" and t.pos_ == "PROPN"
    )
    proper = any(t.pos_ == "PROPN" or (t.is_upper and len(t) > 1) for t in words if t.i != head.i or t.pos_ == "PROPN")
    if not calls or not proper or any(t.is_space for t in doc[start:end]):
        return None
    return doc[start : end + 1].text


def _end_of_name(head: Token) -> int:
    """The last token of the name: "Conference", its year, and what "for", "of" or "on" adds."""
    doc = head.doc
    end = head.i
    while end + 1 < len(doc):
        following = doc[end + 1]
        if following.like_num and following.shape_ == "dddd" and following.head.i in {end, head.i}:
            end += 1
        elif following.pos_ == "ADP" and following.lower_ in _LINKS and following.head.i in {end, head.i}:
            objects = [c for c in following.children if c.dep_ == "pobj" and c.pos_ == "PROPN"]
            if not objects:
                break
            end = max(c.i for c in objects)
        else:
            break
    return end
