"""The entities are those that the model's own recogniser finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.language.entities import COMPONENT, EntityReader

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

TEXTS = [
    "On Tuesday, Foreign Minister Anna Lind of the Kingdom of Sweden met Juan José Pérez García in San José, Peru.",
    "The United Nations General Assembly voted 141-5 on 2 March 2022; Reuters and the Wall Street Journal said so.",
    "It paid 3.5 million dollars, 20 per cent more than in the first half of last year, for 300 kilograms of ore.",
    "\"Paris\", a film by Zhang Wei , opens\t in Rome. \n The Paris Agreement was signed in New York. Peru",
    "Peru. Chile. Peru's Chile. The Treaty of Lisbon",
    "",
    " ",
]  # fmt: skip


@pytest.mark.parametrize("size", [1, 3, len(TEXTS)])
def test_entities_are_those_of_the_recogniser(nlp: Language, size: int) -> None:
    reader = EntityReader(nlp)
    assert reader.usable
    for start in range(0, len(TEXTS), size):
        batch = TEXTS[start : start + size]
        found = reader.read([nlp(text, disable=[COMPONENT]) for text in batch])
        expected = [nlp(text).to_array(["ENT_IOB", "ENT_TYPE"]).reshape(-1, 2) for text in batch]
        assert [one.tolist() for one in found] == [one.tolist() for one in expected]


def test_some_text_has_entities_of_many_words(nlp: Language) -> None:
    assert max(len(entity) for text in TEXTS for entity in nlp(text).ents) >= 5


def test_another_recogniser_is_asked_itself() -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler", name=COMPONENT)
    assert not EntityReader(nlp).usable
