"""The remembered lemmas and parts of speech are those that the model's own components give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.language.columns import columns_of
from communique.language.memo import COMPONENTS, WordMemo
from communique.language.pipeline import parse_text

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model

TEXTS = [
    "The envoys met in Lomé; they have met before, and the meeting they held was their third.",
    "There are talks. There 's no doubt that there were talks.",
    "Let's go. We're gonna say it ain't so; y' all come on, c'm on, he has gotta leave.",
    "I saw it, it saw me, and she did what she had done.  \tTwo spaces and a tab.",
    "Leaving Peru's leaders' lives in lava, the axes of the axis fell further.",
]


def _told(doc: Doc) -> list[tuple[str, str, str, str, str, str]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_remembered_words_are_those_of_the_components(nlp: Language, text: str) -> None:
    memo = WordMemo(nlp)
    assert memo.usable
    for _ in range(2):  # asked, then remembered
        doc = nlp(text, disable=list(COMPONENTS))
        memo.fill(doc)
        assert _told(doc) == _told(nlp(text))


def test_what_is_remembered_of_one_text_does_not_change_another(nlp: Language) -> None:
    memo = WordMemo(nlp)
    for text in [*TEXTS, *reversed(TEXTS)]:
        doc = nlp(text, disable=list(COMPONENTS))
        memo.fill(doc)
        assert _told(doc) == _told(nlp(text))


def test_a_model_with_other_rules_is_asked_every_time(nlp: Language) -> None:
    import spacy

    assert not WordMemo(spacy.blank("en")).usable


def test_a_paragraph_that_comes_again_is_parsed_as_before(nlp: Language) -> None:
    first, again = (parse_text(nlp, "Ghana recalled its envoy.\n\nIt said so on Monday.") for _ in range(2))
    assert columns_of(first).base == columns_of(again).base
    assert [(t.text, t.tag_, t.pos_, t.dep_, t.head.i) for t in first] == [
        (t.text, t.tag_, t.pos_, t.dep_, t.head.i) for t in again
    ]
