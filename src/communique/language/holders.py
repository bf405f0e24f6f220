"""Two holders of an office named side by side: two people, where the parser sees one with a long name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

TITLES = frozenset(
    """president minister premier secretary chancellor king queen prince emir sultan envoy ambassador commissioner
    leader chief speaker chairman chairwoman chairperson representative governor foreign prime vice deputy defence
    defense delegation counterpart official officials""".split()
)
_NAMING = frozenset({"NNP", "NNPS", "NN", "JJ", "POS"})  # what stands before a name: "Peru's Deputy Foreign Minister"


def two_holders(doc: Doc, joint: Token) -> None:
    """ "Peruvian Premier X and Chilean President Y met": the second is joined to the first, and both met.

    ``joint`` is the "and" between them. Both must have a title and a name; what else hangs on them stays there.
    """
    first, second = _holder_before(doc, joint.i), _holder_after(doc, joint.i)
    if first is None or second is None:
        return
    both = {*first, *second}
    outer = [i for i in (*first, *second) if doc[i].head.i not in both or doc[i].head.i == i]
    roots = {(doc[i].head.i, doc[i].dep_) for i in outer if i in first or doc[i].dep_ not in {"conj", "appos"}}
    if len(roots) != 1:
        return
    governor, label = next((doc[i].head, doc[i].dep_) for i in outer if (doc[i].head.i, doc[i].dep_) in roots)
    if governor.i in both:  # a sentence that is no more than the two
        return
    one, other = _root(doc, first), _root(doc, second)
    one.head, one.dep_ = governor, label
    _gather(doc, first, one)
    other.head, other.dep_ = one, "conj"
    _gather(doc, second, other)
    joint.head, joint.dep_ = one, "cc"


def _holder_before(doc: Doc, end: int) -> range | None:
    name = end
    while name and doc[name - 1].pos_ == "PROPN" and doc[name - 1].ent_type_ in {"PERSON", ""}:
        if doc[name - 1].lower_ in TITLES:
            break
        name -= 1
    start = name
    while start and (doc[start - 1].tag_ in _NAMING or doc[start - 2 : start + 1].text.lower() == "secretary of state"):
        start -= 1
    titled = any(doc[i].lower_ in TITLES for i in range(start, end))
    return range(start, end) if name < end and titled else None


def _holder_after(doc: Doc, joint: int) -> range | None:
    name = joint + 1
    while name < len(doc) and doc[name].tag_ in _NAMING and doc[name].ent_type_ != "PERSON":
        name += 1
    end = name
    while end < len(doc) and doc[end].ent_type_ == "PERSON" and doc[end].pos_ == "PROPN":
        end += 1
    titled = any(doc[i].lower_ in TITLES for i in range(joint + 1, name))
    return range(joint + 1, end) if name < end and titled else None


def _root(doc: Doc, holder: range) -> Token:
    """The one word of a holder that hangs outside it, or the end of the name if several do."""
    outer = [i for i in holder if doc[i].head.i not in holder]
    return doc[outer[0]] if len(outer) == 1 else doc[holder[-1]]


def _gather(doc: Doc, holder: range, root: Token) -> None:
    for i in holder:
        if i != root.i and doc[i].head.i not in holder:
            doc[i].head, doc[i].dep_ = root, "compound"
