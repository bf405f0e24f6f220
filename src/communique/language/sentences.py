"""Sentences as spans of the report's text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from communique.language.tree import Tree
from communique.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens


_texts: WeakKeyDictionary[Doc, str] = WeakKeyDictionary()


def text_of(doc: Doc) -> str:
    """The text of `doc`. spaCy's `Doc.text` joins the tokens anew each time it is asked; this is joined once."""
    if isinstance(doc, Tree):
        return doc.text
    text = _texts.get(doc)
    if text is None:
        text = _texts[doc] = doc.text
    return text


def trimmed(tokens: Tokens) -> Span:
    """The characters of `tokens` without white space at either end."""
    text = tokens.text
    start = tokens.start_char + len(text) - len(text.lstrip())
    return Span(start, max(start, tokens.start_char + len(text.rstrip())))


def sentence_of(doc: Doc, i: int) -> Span:
    """The sentence of token `i`, in characters, without surrounding white space."""
    return trimmed(doc[i].sent)


def paragraph_starts(doc: Doc) -> list[int]:
    """The first token of each paragraph, in order."""
    starts: list[int] = []
    fresh = True
    for token in doc:
        if token.is_space and "\n" in token.text:
            fresh = True
        elif fresh and not token.is_space:
            starts.append(token.i)
            fresh = False
    return starts
