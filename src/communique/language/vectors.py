"""The vectors of words in their context, by the model's own weights, half as costly as the model's own way.

A model of spaCy gives each word a vector of its own (from its form, its ends and its shape) and mixes it, layer by
layer, with those of its neighbours. A word's own vector is always the same, so it is made once and kept; of the mixing,
only what an answer needs is worked out, in few passes over memory. The vectors are those that spaCy makes, but for the
rounding of the last digits (tests/language/test_vectors.py compares them).

Source of the layers: spacy.MultiHashEmbed and spacy.MaxoutWindowEncoder (spacy/ml/models/tok2vec.py, thinc/layers).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy
    from spacy.tokens import Doc

    Array = numpy.ndarray[Any, Any]

COMPONENT = "tok2vec"
_KEY: list[int | str] = ["ORTH", "NORM", "SPACY"]  # what the vector of a word hangs on
_OF_FORM = {"ORTH", "LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"}  # what that key says
# The kinds of layers of which each part is made.
_OWN = {"extract_features", "list2ragged", "ints-getitem", "hashembed", "maxout", "layernorm", "dropout", "ragged2list"}
_MIXING = ["expand_window", "maxout", "layernorm", "dropout"]
_MOST = 60_000  # words, some 25 MB; then they are begun anew
_TOKENS = 600  # mixed at a time: their rows stay in the processor's cache
_SMALL = 1e-8  # thinc's, added to a variance


class _Layer(NamedTuple):
    """A layer that mixes each word with its two neighbours: the best of some products, scaled."""

    weights: Array  # inputs x (pieces x width): piece by piece, so that the best is found in whole rows
    bias: Array
    scale: Array
    shift: Array


class WordVectors:
    """The vectors that a model makes. `usable`: whether it is one whose work can be done so.

    `model` is a Thinc model from Docs to whatever its last layer makes of an array (tokens x width) for each of them.
    """

    def __init__(self, model: Any) -> None:
        parts = _parts(model)
        self.usable = parts is not None
        if parts is None:
            return
        self._own, mixing, self._rest = parts
        self._pad: int = mixing.attrs["pad"]
        self._layers = [_layer(block) for block in mixing.layers[0].layers]
        self._width: int = len(self._layers[0].scale)
        self._rows: dict[tuple[int, ...], int] = {}  # word -> row of its vector in `_known`
        self._known = _zeros(1024, self._width)

    def predict(self, docs: Sequence[Doc]) -> Any:
        """What the model predicts for these Docs."""
        if len(self._rows) > _MOST:
            self._rows.clear()
        found: Any = [vectors for group in _groups(docs) for vectors in self._mix(group)]
        for layer in self._rest:
            found = layer.predict(found)
        return found

    def _mix(self, docs: Sequence[Doc]) -> list[Array]:
        """The vectors of the tokens of each Doc."""
        import numpy

        rows = [self._rows_of(doc) for doc in docs]
        lengths = [len(own) for own in rows]
        starts = [self._pad * (n + 1) + sum(lengths[:n]) for n in range(len(rows))]
        # As in spaCy, empty rows part the texts and are mixed like words: a text's first word is next to one.
        words = _zeros(self._pad * (len(rows) + 1) + sum(lengths), self._width)
        for start, own in zip(starts, rows, strict=True):
            words[start : start + len(own)] = self._known[own]
        around = numpy.empty((len(words), 3 * self._width), dtype="float32")
        for layer in self._layers:
            words += _mixed(layer, words, around)
        return [words[start : start + length].copy() for start, length in zip(starts, lengths, strict=True)]

    # --- a word's own vector -----------------------------------------------------------------------------------------

    def _rows_of(self, doc: Doc) -> list[int]:
        """For each token the row of `_known` that is the vector of its word."""
        words: list[tuple[int, ...]] = list(map(tuple, doc.to_array(_KEY).reshape(-1, len(_KEY)).tolist()))  # type: ignore[arg-type]
        try:
            return [self._rows[word] for word in words]
        except KeyError:
            self._learn(doc, words)
            return [self._rows[word] for word in words]

    def _learn(self, doc: Doc, words: Sequence[tuple[int, ...]]) -> None:
        import numpy

        (vectors,) = self._own.predict([doc])
        for word, vector in zip(words, vectors, strict=True):
            row = self._rows.setdefault(word, len(self._rows))
            if row == len(self._known):
                self._known = numpy.concatenate([self._known, numpy.zeros_like(self._known)])
            self._known[row] = vector


def vectors_of(model: Any) -> Any:
    """`model`, or what predicts the same in half the time."""
    ours = WordVectors(model)
    return ours if ours.usable else model


def _groups(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """The Docs in groups of some hundred tokens."""
    group: list[Doc] = []
    tokens = 0
    for doc in docs:
        if group and tokens + len(doc) > _TOKENS:
            yield group
            group, tokens = [], 0
        group.append(doc)
        tokens += len(doc)
    if group:
        yield group


def _mixed(layer: _Layer, words: Array, around: Array) -> Array:
    """What a layer makes of rows and their neighbours; `around` is room to work in."""
    import numpy

    width = words.shape[1]
    around[0, :width] = 0
    around[1:, :width] = words[:-1]
    around[:, width : 2 * width] = words
    around[:-1, 2 * width :] = words[1:]
    around[-1, 2 * width :] = 0
    products = around @ layer.weights
    products += layer.bias
    best: Array = products[:, :width]
    for start in range(width, products.shape[1], width):
        best = numpy.maximum(best, products[:, start : start + width])
    best -= best.mean(axis=1, keepdims=True)
    spread = numpy.einsum("ij,ij->i", best, best) / numpy.float32(width) + numpy.float32(_SMALL)
    best *= (1 / numpy.sqrt(spread))[:, None]
    best *= layer.scale
    best += layer.shift
    return best


def _parts(model: Any) -> tuple[Any, Any, Sequence[Any]] | None:
    """The layers that make a word's own vector, those that mix, and what follows; None for another kind of model."""
    behind: list[Any] = []
    while model is not None and len(model.layers) > 1 and not _blocks(model.layers[1]):
        model, behind = model.layers[0], [*model.layers[1:], *behind]
    if model is None or len(model.layers) < 2:
        return None
    own, mixing, *rest = model.layers
    kinds = [[layer.name for layer in block.walk(order="dfs_pre") if not layer.layers] for block in _blocks(mixing)]
    if not kinds or any(kind != _MIXING for kind in kinds) or mixing.attrs["pad"] < len(kinds):
        return None
    windows = [layer.attrs["window_size"] for layer in mixing.walk() if layer.name == _MIXING[0]]
    leaves = [layer for layer in own.walk() if not layer.layers]
    columns = {column for layer in leaves for column in layer.attrs.get("columns", ())}
    known = {layer.name for layer in leaves} <= _OWN and columns <= _OF_FORM
    return (own, mixing, [*rest, *behind]) if known and set(windows) == {1} else None


def _blocks(mixing: Any) -> Sequence[Any]:
    """The layers of a window encoder, one after the other, each added to what it is given."""
    if not mixing.name.startswith("with_array(residual("):
        return ()
    blocks: Sequence[Any] = mixing.layers[0].layers
    return blocks if all(block.name.startswith("residual(") for block in blocks) else ()


def _layer(block: Any) -> _Layer:
    import numpy

    _, best, scaled, _ = (layer for layer in block.walk(order="dfs_pre") if not layer.layers)
    weights = best.get_param("W").transpose(1, 0, 2)  # pieces x width x inputs
    return _Layer(
        numpy.ascontiguousarray(weights.reshape(-1, weights.shape[2]).T),
        best.get_param("b").T.reshape(-1).copy(),
        scaled.get_param("G"),
        scaled.get_param("b"),
    )


def _zeros(rows: int, width: int) -> Array:
    import numpy

    return numpy.zeros((rows, width), dtype="float32")
