"""A parsed report as plain lists, read once: the rules of this room look at every word many times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.language.columns import columns_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPENING = frozenset({"“", "``", "«", "„"})
_CLOSING = frozenset({"”", "''", "»"})


class Words:
    """The words of a Doc, one list per attribute; every list has one entry per token.

    `head` is a token index; `sentence` and `paragraph` count from 0; `quoted` says whether the token stands between
    quotation marks; `starts` and `ends` are characters.
    """

    __slots__ = (
        "by_end", "by_start", "children", "dep", "doc", "ends", "ent", "head", "lemma", "lower", "n", "paragraph",
        "pos", "proper", "quoted", "sentence", "sentence_bounds", "source", "starts", "tag", "text",
    )  # fmt: skip

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        columns = columns_of(doc)
        self.n, self.source, self.text, self.lower = columns.n, columns.source, columns.text, columns.lower
        self.pos, self.tag, self.dep, self.ent, self.lemma = (
            columns.pos, columns.tag, columns.dep, columns.ent, columns.lemma,
        )  # fmt: skip
        self.head, self.starts, self.ends = columns.head, columns.starts, columns.ends
        self.proper = {text for text, tag in zip(self.text, self.tag, strict=True) if tag == "NNP"}
        self.by_start = {start: i for i, start in enumerate(self.starts)}
        self.by_end = {end: i for i, end in enumerate(self.ends)}
        self.children: list[list[int]] = [[] for _ in range(self.n)]
        for i, head in enumerate(self.head):
            if head != i:
                self.children[head].append(i)
        self.sentence = [0] * self.n
        self.sentence_bounds: list[tuple[int, int]] = []
        for number, sentence in enumerate(doc.sents):
            self.sentence_bounds.append((sentence.start, sentence.end))
            for i in range(sentence.start, sentence.end):
                self.sentence[i] = number
        self.paragraph = self._paragraphs()
        self.quoted = self._quoted()

    def _paragraphs(self) -> list[int]:
        numbers, number = [], 0
        for i in range(self.n):
            numbers.append(number)
            if self.pos[i] == "SPACE" and "\n" in self.text[i]:
                number += 1
        return numbers

    def _quoted(self) -> list[bool]:
        """Inside quotation marks: straight marks take turns, and a paragraph's end closes what is open."""
        flags, inside = [], False
        for i in range(self.n):
            if i and self.paragraph[i] != self.paragraph[i - 1]:
                inside = False
            text = self.text[i]
            if text in _OPENING:
                inside = True
            elif text in _CLOSING:
                inside = False
            elif text == '"':
                inside = not inside
            flags.append(inside)
        return flags

    def is_cap(self, i: int) -> bool:
        """Whether token `i` begins with a capital letter."""
        return self.text[i][:1].isupper()

    def first_of_sentence(self, i: int) -> bool:
        """Whether token `i` is the first word of its sentence (marks aside)."""
        j = i - 1
        while j >= 0 and self.sentence[j] == self.sentence[i]:
            if self.pos[j] not in ("PUNCT", "SPACE"):
                return False
            j -= 1
        return True

    def subtree(self, i: int) -> tuple[int, int]:
        """First token and end of everything that hangs on token `i`."""
        first, last = i, i
        stack = [i]
        while stack:
            j = stack.pop()
            first, last = min(first, j), max(last, j)
            stack.extend(self.children[j])
        return first, last + 1

    def words(self, start: int, end: int) -> str:
        """The text of tokens `[start, end)` as printed."""
        return self.source[self.starts[start] : self.ends[end - 1]] if end > start else ""
