"""Which frames a token may start: those of its word whose other words are near, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from communique.codebook.frames import Frame
from communique.codebook.kind import Codebook
from communique.codebook.slots import VERBAL
from communique.language.clauses import lemma_of
from communique.language.columns import columns_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def frames_by_token(doc: Doc, codebook: Codebook, *, whole: bool = False) -> Iterator[tuple[int, Iterable[Frame]]]:
    """The tokens that may start frames, in order, with their frames; `whole`: also those of which a word is missing."""
    within, present = range(0), _Present(frozenset())
    for i in _heads(doc, codebook):
        if i not in within:
            within, present = _words_near(doc, i)
        frames = _frames_at(doc[i], codebook)
        yield i, frames if whole else [f for f in frames if not (f.needs and present.lacks_one(f.needs))]


def _heads(doc: Doc, codebook: Codebook) -> Iterator[int]:
    """The tokens that may be the head of a frame, in order."""
    columns, known = columns_of(doc), codebook.by_lemma
    for i, (base, lower, pos) in enumerate(zip(columns.base, columns.lower, columns.pos, strict=True)):
        if base in known or lower in known or (pos in VERBAL and lower.endswith(("ed", "ing"))):
            yield i


def _words_near(doc: Doc, i: int) -> tuple[range, _Present]:
    """The sentence of token `i`, and the words that a slot there may be filled with: its, and those before."""
    sentence = doc[i].sent
    start = doc[sentence.start - 1].sent.start if sentence.start else 0
    columns = columns_of(doc)
    words = frozenset((*columns.lower[start : sentence.end], *columns.base[start : sentence.end]))
    return range(sentence.start, sentence.end), _Present(words)


def _frames_at(token: Token, codebook: Codebook) -> Iterable[Frame]:
    """The frames that the token's word may start, each once."""
    if token.is_space or token.is_punct:
        return ()
    by_lemma = codebook.by_lemma
    lists = [by_lemma[word] for word in _forms(token, codebook) if word in by_lemma]
    return lists[0] if len(lists) == 1 else _each_once(lists)


def _each_once(lists: Iterable[Iterable[Frame]]) -> Iterator[Frame]:
    seen: set[str] = set()
    for frames in lists:
        for frame in frames:
            if frame.rule not in seen:
                seen.add(frame.rule)
                yield frame


def _forms(token: Token, codebook: Codebook) -> list[str]:
    """Lemma and form; where the codebook has neither, the bases that a regular ending may hide ("dined")."""
    forms = [lemma_of(token), token.lower_]
    if token.pos_ in VERBAL and not any(f in codebook.by_lemma for f in forms):
        word = token.lower_
        if word.endswith("ed"):
            forms += [word[:-1], word[:-2]]
        elif word.endswith("ing"):
            forms += [word[:-3], word[:-3] + "e"]
    return list(dict.fromkeys(forms))


class _Present:
    """The words that are there. Many frames ask for one of the same list, so each list is looked for once."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words
        self._lacked: dict[frozenset[str], bool] = {}

    def lacks_one(self, needs: tuple[frozenset[str], ...]) -> bool:
        """Whether one of these lists has no word that is there."""
        for words in needs:  # a loop: this is asked of two frames a token
            lacked = self._lacked.get(words)
            if lacked is None:
                lacked = self._lacked[words] = words.isdisjoint(self._words)
            if lacked:
                return True
        return False
