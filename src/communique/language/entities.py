"""Names and other entities, by the model's own weights, many words at a time.

The entity recogniser of spaCy is a transition system that is asked once for each token: as costly as the rest of the
parser. While no entity is open, though, its answer depends on the token alone, and within one only on three words. So
the answers of all tokens are worked out in a few products of matrices, and only the words of entities one after the
other. The entities are those that spaCy finds (tests/language/test_entities.py compares them).

The order of words and the rules of what may follow are those of spacy/pipeline/_parser_internals/ner.pyx.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from communique.language.vectors import vectors_of

if TYPE_CHECKING:
    import numpy
    from spacy.language import Language
    from spacy.tokens import Doc

    Array = numpy.ndarray[Any, Any]

COMPONENT = "ner"
_INSIDE, _OUTSIDE, _BEGIN = 1, 2, 3  # spaCy's numbers for ENT_IOB
_FEATURES = 3  # of a state: the word, the first word of the open entity, the word before
_FORBIDDEN = -1e30


class EntityReader:
    """Finds what the entity recogniser of a model finds. `usable`: whether it is one whose work can be done so."""

    def __init__(self, nlp: Language) -> None:
        self.usable = _is_plain(nlp)
        if not self.usable:
            return
        recogniser: Any = nlp.get_pipe(COMPONENT)
        lower, upper = recogniser.model.get_ref("lower"), recogniser.model.get_ref("upper")
        self._vectors = vectors_of(recogniser.model.get_ref("tok2vec"))
        self._weights = lower.get_param("W")  # features x hidden x pieces x width
        self._pad = lower.get_param("pad")[0]
        self._bias = lower.get_param("b")
        self._scores, self._score_bias = upper.get_param("W"), upper.get_param("b")
        moves = recogniser.moves
        self._read_moves([moves.get_class_name(i) for i in range(moves.n_moves)], nlp)

    def _read_moves(self, names: Sequence[str], nlp: Language) -> None:
        """Which moves there are, by number: those that begin, go on in, end, and are, an entity of each label."""
        import numpy

        number = {name: i for i, name in enumerate(names)}
        labels = [name[2:] for name in names if name.startswith("B-") and len(name) > 2]
        moves = numpy.array([[number[f"{kind}-{label}"] for label in labels] for kind in "BILU"])
        self._begin, self._inside, self._last, self._unit = moves
        self._label_of = numpy.zeros(len(names), dtype=int)
        self._label_of[self._begin] = self._label_of[self._unit] = numpy.arange(len(labels))
        self._labels = numpy.array([nlp.vocab.strings.add(label) for label in labels], dtype="uint64")
        self._closed = numpy.full(len(names), _FORBIDDEN, dtype="float32")  # added to the scores: no entity is open
        self._closed[[number["O"], *self._begin, *self._unit]] = 0
        self._is_begin = numpy.zeros(len(names), dtype=bool)
        self._is_begin[self._begin] = True
        self._out = number["O"]

    def read(self, docs: Sequence[Doc]) -> list[Array]:
        """ENT_IOB and ENT_TYPE of each token of each Doc, which are parsed: arrays of two columns."""
        import numpy

        lengths = [len(doc) for doc in docs]
        found = numpy.zeros((sum(lengths), 2), dtype="uint64")
        found[:, 0] = _OUTSIDE
        if len(found):
            words: Array = self._vectors.predict(list(docs))
            ends, blank = _boundaries(docs, lengths)
            move = self._moves(words, ends, blank)
            for start, end, label in self._entities(words, move, ends):
                found[start, 0] = _BEGIN
                found[start + 1 : end, 0] = _INSIDE
                found[start:end, 1] = self._labels[label]
        return numpy.split(found, numpy.cumsum(lengths)[:-1])

    # --- while no entity is open -------------------------------------------------------------------------------------

    def _moves(self, words: Array, ends: Array, blank: Array) -> Array:
        """The best move at each token if no entity is open there."""
        import numpy

        sums = self._feature(words, 0) + self._pad[1] + self._pad[2] + self._bias
        scores = sums.max(axis=-1) @ self._scores.T + self._score_bias + self._closed
        scores[numpy.ix_(ends | blank, self._is_begin)] = _FORBIDDEN
        moves: Array = scores.argmax(axis=1)
        moves[blank] = self._out
        return moves

    def _feature(self, words: Array, n: int) -> Array:
        """What feature `n` of a state adds for these words: words x hidden x pieces."""
        _, hidden, pieces, width = self._weights.shape
        product: Array = words @ self._weights[n].reshape(hidden * pieces, width).T
        return product.reshape(-1, hidden, pieces)

    # --- within an entity --------------------------------------------------------------------------------------------

    def _entities(self, words: Array, moves: Array, ends: Array) -> list[tuple[int, int, int]]:
        """(start, end, label) of the entities, in order."""
        import numpy

        label = self._label_of[moves]
        starts = numpy.flatnonzero(self._is_begin[moves])
        end_of = dict(zip(starts.tolist(), self._ends(words, starts, label[starts], ends).tolist(), strict=True))
        found: list[tuple[int, int, int]] = []
        free = 0
        for start in numpy.flatnonzero(moves != self._out).tolist():
            if start >= free:
                free = end_of.get(start, start + 1)
                found.append((start, free, int(label[start])))
        return found

    def _ends(self, words: Array, starts: Array, label: Array, ends: Array) -> Array:
        """Where the entities that begin at `starts` end, if they do begin there."""
        import numpy

        end_of = numpy.zeros(len(starts), dtype=int)
        first = self._feature(words[starts], 1)
        open_ = numpy.arange(len(starts))
        inside, last = self._inside[label], self._last[label]
        at = starts + 1
        while len(open_):
            here = at[open_]
            sums = self._feature(words[here], 0) + first[open_] + self._feature(words[here - 1], 2) + self._bias
            hidden = sums.max(axis=-1)
            goes_on, stops = (
                (hidden * self._scores[move]).sum(axis=1) + self._score_bias[move]
                for move in (inside[open_], last[open_])
            )
            closed = ends[here] | (stops > goes_on)
            end_of[open_[closed]] = here[closed] + 1
            open_ = open_[~closed]
            at[open_] += 1
        return end_of


def _boundaries(docs: Sequence[Doc], lengths: Sequence[int]) -> tuple[Array, Array]:
    """Which tokens are the last of their sentence, over which no entity goes, and which are white space."""
    import numpy

    columns = numpy.concatenate([doc.to_array(["SENT_START", "IS_SPACE"]).reshape(-1, 2) for doc in docs])
    ends = numpy.append(columns[1:, 0] == 1, True)
    ends[numpy.cumsum(lengths) - 1] = True
    return ends, columns[:, 1] == 1


def _is_plain(nlp: Language) -> bool:
    """An entity recogniser as spaCy makes it, of the shape for which this module is written, after the parser."""
    names = nlp.pipe_names
    if COMPONENT not in names or "parser" not in names or names.index(COMPONENT) < names.index("parser"):
        return False
    recogniser: Any = nlp.get_pipe(COMPONENT)
    if type(recogniser).__module__ != "spacy.pipeline.ner" or not recogniser.model.attrs.get("has_upper"):
        return False
    lower = recogniser.model.get_ref("lower")
    kinds = {name[:1] for name in recogniser.move_names}
    return lower.get_dim("nF") == _FEATURES and lower.get_dim("nP") >= 2 and kinds <= set("BILUO")
