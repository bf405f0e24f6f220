"""Slips that the parser makes again and again, mended once, so that every room reads the same tree.

Each rule is a form of newspaper English that the model was hardly trained on. A rule that is not sure leaves the tree
alone. Mending never moves a token from one sentence to another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GUEST_WORDS = frozenset({"visiting", "touring"})
_TITLES = frozenset(
    """president minister premier secretary chancellor king queen prince emir sultan envoy ambassador commissioner
    leader chief speaker chairman chairwoman chairperson representative governor foreign prime vice deputy defence
    defense delegation counterpart official officials""".split()
)
# After these "visiting" is a verb even before a title: "while visiting former President Carter".
_CLAUSES = frozenset({"while", "when", "after", "before", "since", "by", "upon", "on", "during", "without", "despite"})


def mend(doc: Doc) -> Doc:
    """The same Doc with the known slips put right in place."""
    for token in doc:
        if token.lower_ in _GUEST_WORDS and token.tag_ == "VBG" and token.i + 1 < len(doc):
            _visiting(doc, token)
    return doc


def _visiting(doc: Doc, word: Token) -> None:
    """ "met visiting Foreign Minister X", "talks with visiting President Y": an adjective, not somebody's journey."""
    noun = next((c for c in word.children if c.dep_ in {"dobj", "pobj"} and c.i > word.i), None)
    before = doc[word.i - 1] if word.i else None
    if noun is None or any(c.dep_ in {"aux", "nsubj", "mark"} for c in word.children):
        return
    if before is not None and (before.lower_ in _CLAUSES or before.lower_ in {"is", "was", "are", "were", "been"}):
        return
    phrase = doc[word.i + 1 : noun.i + 1]
    if phrase[0].lower_ in {"the", "a", "an", "his", "her", "its", "their"}:
        return
    if not any(t.lower_ in _TITLES for t in phrase) or word.head.i == word.i:
        return
    governor, label = word.head, word.dep_
    carried = [c for c in word.children if c.i != noun.i]
    noun.head = governor
    noun.dep_ = "pobj" if governor.pos_ == "ADP" else label if label in {"conj", "appos", "pobj", "nsubj"} else "dobj"
    above = governor.head if governor.pos_ == "ADP" else governor
    for child in carried:  # "at the White House on Thursday" belongs to the meeting
        child.head = noun if child.dep_ in {"conj", "cc", "appos"} else above
    word.head = noun
    word.dep_, word.pos_, word.tag_ = "amod", "ADJ", "JJ"
