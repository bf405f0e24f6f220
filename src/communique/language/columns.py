"""The tokens of a Doc as plain lists, made once: reading a list is many times faster than asking a spaCy token."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from communique.language.sentences import text_of
from communique.language.tree import Tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ATTRIBUTES: list[int | str] = ["LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE"]
_made: WeakKeyDictionary[Doc, Columns] = WeakKeyDictionary()


class Columns:
    """The words of a Doc, one list per attribute; every list has one entry per token.

    `lower` is the form in lower case and `lemma` the lemma, both as spaCy has them; `base` is the lemma in lower case;
    `head` is a token index; `starts` and `ends` are characters of `source`.
    """

    __slots__ = ("base", "dep", "ends", "ent", "head", "lemma", "lower", "n", "pos", "source", "starts", "tag", "text")

    starts: list[int]
    head: list[int]

    def __init__(self, doc: Doc | Tree) -> None:
        self.n = len(doc)
        if isinstance(doc, Tree):
            parsed = doc.parsed
            self.source, self.text, self.lower, self.lemma = doc.text, parsed.text, parsed.lower, parsed.lemma
            self.pos, self.tag, self.dep, self.ent = parsed.pos, parsed.tag, parsed.dep, parsed.ent
            self.starts = [node.idx for node in doc.nodes]
            self.head = [node.head.i for node in doc.nodes]
        else:
            self._read(doc)
        self.ends = [start + len(text) for start, text in zip(self.starts, self.text, strict=True)]
        self.base = [lemma.lower() for lemma in self.lemma]

    def _read(self, doc: Doc) -> None:
        self.source = text_of(doc)
        self.text = [token.text for token in doc]
        self.starts = doc.to_array("IDX").tolist()
        strings = doc.vocab.strings
        columns: list[list[int]] = doc.to_array(_ATTRIBUTES).reshape(self.n, len(_ATTRIBUTES)).T.tolist()  # type: ignore[assignment]
        names = {key: strings[key] for column in columns for key in set(column)}
        self.lower, self.lemma, self.pos, self.tag, self.dep, self.ent = (
            [names[key] for key in column] for column in columns
        )
        heads = doc.to_array("HEAD").astype("int64").tolist()  # relative to the token
        self.head = [i + head for i, head in enumerate(heads)]


def columns_of(doc: Doc) -> Columns:
    """The columns of `doc`, made when they are first asked for. The Doc must not be changed afterwards."""
    if isinstance(doc, Tree):
        if doc.columns is None:
            doc.columns = Columns(doc)
        return doc.columns
    columns = _made.get(doc)
    if columns is None:
        columns = _made[doc] = Columns(doc)
    return columns
