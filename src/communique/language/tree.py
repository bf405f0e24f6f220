"""A parsed text as plain Python objects, with the names that spaCy gives to things.

The rooms look at every token many times, and a spaCy token looks up each answer anew in its vocabulary: reading a
parse costs more than making it. `Tree` holds the same parse; `Node` and `Stretch` answer to the names of spaCy's
`Token` and `Span` that the rooms use, with the same values, two to five times faster. A room works with either.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    from communique.language.columns import Columns


class Parsed(NamedTuple):
    """The parse of a piece of text: one list per attribute, one entry per token. `head` is relative to the token."""

    text: list[str]
    space: list[bool]  # whether a space follows
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    iob: list[str]
    ent: list[str]
    shape: list[str]
    is_punct: list[bool]
    is_space: list[bool]
    like_num: list[bool]


class Node:
    """A token: spaCy's `Token`, as far as the rooms need it."""

    __slots__ = (
        "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_punct", "is_space", "lemma_",
        "like_num", "lower_", "pos_", "shape_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    doc: Tree
    i: int
    idx: int
    text: str
    whitespace_: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    head: Node
    children: list[Node]  # in the order of the text
    ent_iob_: str
    ent_type_: str
    shape_: str
    is_punct: bool
    is_space: bool
    like_num: bool

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def sent(self) -> Stretch:
        return self.doc.sentence(self.i)

    @property
    def is_upper(self) -> bool:
        return self.text.isupper()

    @property
    def is_lower(self) -> bool:
        return self.text.islower()

    @property
    def is_alpha(self) -> bool:
        return self.text.isalpha()

    @property
    def is_digit(self) -> bool:
        return self.text.isdecimal()

    @property
    def text_with_ws(self) -> str:
        return self.text + self.whitespace_

    @property
    def lefts(self) -> list[Node]:
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Node]:
        return [child for child in self.children if child.i > self.i]

    @property
    def left_edge(self) -> Node:
        return self.doc[self.doc.edges(self.i)[0]]

    @property
    def right_edge(self) -> Node:
        return self.doc[self.doc.edges(self.i)[1]]

    @property
    def subtree(self) -> Iterator[Node]:
        """The token and all below it, as spaCy orders them."""
        whole = self.doc.whole(self.i)
        if whole is not None:
            yield from whole
            return
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    @property
    def ancestors(self) -> Iterator[Node]:
        node = self
        while node.head is not node:
            node = node.head
            yield node

    def nbor(self, i: int = 1) -> Node:
        if not 0 <= self.i + i < len(self.doc):
            raise IndexError(i)
        return self.doc[self.i + i]


class Stretch:
    """Tokens `[start, end)` of a tree: spaCy's `Span`, as far as the rooms need it."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Tree, start: int, end: int) -> None:
        self.doc = doc
        self.start = start
        self.end = end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Node]:
        return iter(self.doc.nodes[self.start : self.end])

    @overload
    def __getitem__(self, i: int) -> Node: ...
    @overload
    def __getitem__(self, i: slice) -> Stretch: ...
    def __getitem__(self, i: int | slice) -> Node | Stretch:
        if isinstance(i, slice):
            start, end, _ = i.indices(len(self))
            return Stretch(self.doc, self.start + start, self.start + max(start, end))
        return self.doc.nodes[self.start + i if i >= 0 else self.end + i]

    @property
    def start_char(self) -> int:
        return self.doc.nodes[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        if self.end <= self.start:
            return self.start_char
        last = self.doc.nodes[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def sent(self) -> Stretch:
        return self.doc.sentence(self.start)

    @property
    def root(self) -> Node:
        """Of the tokens whose head is outside, the one nearest to the root of its sentence; the first of several."""
        outside = [node for node in self if not self.start <= node.head.i < self.end or node.head is node]
        if not outside:
            return self.doc.nodes[self.start]
        return min(outside, key=lambda node: sum(1 for _ in node.ancestors))


class Tree:
    """A parsed text: spaCy's `Doc`, as far as the rooms need it. Not to be changed once it is made."""

    __slots__ = ("__weakref__", "_edges", "_plain", "_sentences", "columns", "nodes", "parsed", "text")

    columns: Columns | None  # kept here once they are made

    def __init__(self, pieces: Sequence[Parsed]) -> None:
        """The pieces one after the other. A head that would be outside the text is the token itself."""
        self.columns = None
        self.parsed = joined(pieces)
        self.nodes: list[Node] = []
        at = 0
        for i, (
            text, space, lower, lemma, pos, tag, dep, _, iob, ent, shape, is_punct, is_space, like_num
        ) in enumerate(zip(*self.parsed, strict=True)):  # fmt: skip
            node = Node()
            node.doc = self
            node.i = i
            node.idx = at
            node.text = text
            node.lower_ = lower
            node.lemma_ = lemma
            node.pos_ = pos
            node.tag_ = tag
            node.dep_ = dep
            node.ent_iob_ = iob
            node.ent_type_ = ent
            node.shape_ = shape
            node.is_punct = is_punct
            node.is_space = is_space
            node.like_num = like_num
            node.whitespace_ = " " if space else ""
            node.children = []
            self.nodes.append(node)
            at += len(text) + space
        self.text = "".join(
            t + " " if space else t for t, space in zip(self.parsed.text, self.parsed.space, strict=True)
        )
        nodes = self.nodes
        for node, step in zip(nodes, self.parsed.head, strict=True):
            node.head = head = nodes[node.i + step] if node.i + step >= 0 else node
            if head is not node:
                head.children.append(node)
        self._edges = self._all_edges()
        self._sentences = self._all_sentences()

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    @overload
    def __getitem__(self, i: int) -> Node: ...
    @overload
    def __getitem__(self, i: slice) -> Stretch: ...
    def __getitem__(self, i: int | slice) -> Node | Stretch:
        if isinstance(i, int):
            return self.nodes[i]
        start, end, _ = i.indices(len(self.nodes))
        return Stretch(self, start, max(start, end))

    @property
    def sents(self) -> Iterator[Stretch]:
        start = 0
        while start < len(self.nodes):
            sentence = self.sentence(start)
            yield sentence
            start = sentence.end

    def char_span(self, start: int, end: int, *, alignment_mode: str = "strict") -> Stretch | None:
        """The tokens at characters `[start, end)`: with "expand" those that they touch, else None unless they fit."""
        first = bisect_right(self.nodes, start, key=lambda node: node.idx + len(node.text))
        last = bisect_left(self.nodes, end, key=lambda node: node.idx)
        if first >= last:
            return None
        found = Stretch(self, first, last)
        return found if alignment_mode == "expand" or (found.start_char, found.end_char) == (start, end) else None

    def sentence(self, i: int) -> Stretch:
        """The sentence of token `i`."""
        start, end = self._sentences[i]
        return Stretch(self, start, end)

    def whole(self, i: int) -> list[Node] | None:
        """What hangs on token `i`, itself included, if it is one stretch in which no arc crosses another."""
        first, last = self._edges[i]
        return self.nodes[first : last + 1] if self._plain[i] else None

    def edges(self, i: int) -> tuple[int, int]:
        """The first and the last token of what hangs on token `i`, itself included."""
        return self._edges[i]

    def _all_edges(self) -> list[tuple[int, int]]:
        first, last = list(range(len(self.nodes))), list(range(len(self.nodes)))
        sizes = [1] * len(first)
        self._plain = plain = [True] * len(first)
        todo = [node for node in self.nodes if node.head is node]
        for node in todo:  # every node before its children
            todo += node.children
        for node in reversed(todo):
            i, above = node.i, node.head.i
            if sizes[i] != last[i] - first[i] + 1:
                plain[i] = False
            if above == i:
                continue
            sizes[above] += sizes[i]
            if first[i] < first[above]:
                first[above] = first[i]
            if last[i] > last[above]:
                last[above] = last[i]
            if not plain[i]:
                plain[above] = False
        return list(zip(first, last, strict=True))

    def _all_sentences(self) -> list[tuple[int, int]]:
        """Start and end of the sentence of each token: a sentence begins where what hangs on its root begins."""
        starts = sorted({0, *(self._edges[node.i][0] for node in self.nodes if node.head is node)})
        return [
            (start, end)
            for start, end in zip(starts, [*starts[1:], len(self.nodes)], strict=True)
            for _ in range(start, end)
        ]


def joined(pieces: Sequence[Parsed]) -> Parsed:
    """The pieces as one."""
    columns = ([piece[k] for piece in pieces] for k in range(len(Parsed._fields)))
    return Parsed(*(list(chain.from_iterable(column)) for column in columns))  # type: ignore[arg-type]
