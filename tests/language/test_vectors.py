"""The vectors of words are those that the model's own layers make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy
import pytest

from communique.language import vectors
from communique.language.pipeline import parse_text
from communique.language.vectors import COMPONENT, WordVectors, vectors_of

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

TEXTS = [
    "The envoys of Peru and Chile met in Lomé on 3 May; they'll meet again.",
    "Envoy",
    "",
    " \n\t ",
    "can't Can't CAN'T can 't",
    "A hundred ministers. " * 60,
]


def _models(nlp: Language) -> list[Any]:
    return [nlp.get_pipe(COMPONENT).model, nlp.get_pipe("ner").model.get_ref("tok2vec")]  # type: ignore[attr-defined]


def _rows(found: Any) -> Any:
    return numpy.concatenate(found) if isinstance(found, list) else found


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("size", [1, 2, len(TEXTS)])
def test_vectors_are_those_of_the_model(nlp: Language, which: int, size: int) -> None:
    model = _models(nlp)[which]
    ours = WordVectors(model)
    assert ours.usable
    for _ in range(2):  # worked out, then remembered
        for start in range(0, len(TEXTS), size):
            docs = [nlp.make_doc(text) for text in TEXTS[start : start + size]]
            if not any(map(len, docs)):
                continue
            expected = _rows(model.predict(docs))
            assert numpy.abs(_rows(ours.predict(docs)) - expected).max() < 1e-4


def test_words_are_begun_anew_when_there_are_too_many(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_MOST", 3)
    model = _models(nlp)[0]
    ours = WordVectors(model)
    for text in TEXTS[:1] * 3:
        docs = [nlp.make_doc(text)]
        assert numpy.abs(_rows(ours.predict(docs)) - _rows(model.predict(docs))).max() < 1e-4


@pytest.mark.parametrize(("window", "pieces", "usable"), [(1, 2, True), (1, 3, True), (2, 3, False)])
def test_models_of_other_shapes_are_read_or_asked_themselves(
    nlp: Language, window: int, pieces: int, usable: bool
) -> None:
    from spacy.ml.models import build_hash_embed_cnn_tok2vec

    model: Any = build_hash_embed_cnn_tok2vec(
        width=32, depth=2, embed_size=50, window_size=window, maxout_pieces=pieces, subword_features=True,
        pretrained_vectors=None,
    )  # fmt: skip
    docs = [nlp.make_doc(text) for text in TEXTS]
    model.initialize(X=docs)
    ours = vectors_of(model)
    assert (ours is model) == (not usable)
    assert numpy.abs(_rows(ours.predict(docs)) - _rows(model.predict(docs))).max() < 1e-4


def test_what_is_no_such_model_is_left_alone() -> None:
    from thinc.api import Linear

    other = Linear(2, 2)
    assert vectors_of(other) is other
    assert not WordVectors(None).usable


def test_a_parse_has_the_tags_and_heads_of_the_model(nlp: Language) -> None:
    text = "Norway's foreign minister met her Danish counterpart in Oslo on Tuesday, and they signed a treaty."
    assert [(t.text, t.tag_, t.dep_, t.head.i) for t in parse_text(nlp, text)] == [
        (t.text, t.tag_, t.dep_, t.head.i) for t in nlp(text)
    ]
