"""Slips of the parser that are mended before any room reads the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.language.pipeline import parse_text

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "guest", "governor"),
    [
        ("The emir met with visiting Kenyan Foreign Minister Musalia Mudavadi on Monday.", "Mudavadi", "with"),
        ("The emir met visiting Peruvian President Dina Boluarte at the palace.", "Boluarte", "met"),
        ("King Harald received visiting Prime Minister Petr Fiala.", "Fiala", "received"),
    ],
)
def test_visiting_before_a_title_is_an_adjective(nlp: Language, text: str, guest: str, governor: str) -> None:
    doc = parse_text(nlp, text)
    visiting = next(t for t in doc if t.text == "visiting")
    assert (visiting.dep_, visiting.head.text, visiting.head.head.text) == ("amod", guest, governor)


@pytest.mark.parametrize(
    "text",
    [
        "While visiting former President Alan Garcia he fell ill.",
        "The minister was visiting President Ilham Aliyev on Friday.",
        "She spoke after visiting the prime minister in hospital.",
    ],
)
def test_visiting_somebody_stays_a_verb(nlp: Language, text: str) -> None:
    doc = parse_text(nlp, text)
    assert next(t for t in doc if t.text == "visiting").pos_ == "VERB"
