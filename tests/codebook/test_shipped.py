"""What the shipped codebook promises: examples of every kind, codes that CAMEO has, a load in a moment."""

from __future__ import annotations

import pytest

from communique.codebook.kind import TYPES, Kind
from communique.codebook.loader import load_codebook
from communique.export.cameo import codes

KINDS = sorted(load_codebook().kinds.values(), key=lambda kind: kind.name)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_has_three_examples_and_two_near_misses(kind: Kind) -> None:
    assert len(kind.examples) >= 3
    assert len(kind.near_misses) >= 2
    assert kind.definition
    assert kind.not_coded


def test_no_sentence_serves_twice() -> None:
    texts = [example.text for kind in KINDS for example in (*kind.examples, *kind.near_misses)]
    assert len(texts) == len(set(texts))


def test_every_plover_type_has_a_file_with_definition_and_boundary() -> None:
    types = load_codebook().types
    assert set(types) == set(TYPES)
    assert all(definition and boundary for definition, boundary in types.values())


def test_every_code_of_the_codebook_is_one_of_cameo() -> None:
    assert load_codebook().codes() <= set(codes())


def test_most_of_cameo_can_be_reached() -> None:
    reached = load_codebook().codes()
    assert sum(code in reached for code in codes() if not code.startswith("01")) >= 270
