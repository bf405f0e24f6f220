"""Parsing keeps the text, paragraph by paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.errors import SettingsError
from communique.language.pipeline import load_model, parse_text, parse_texts
from communique.language.sentences import paragraph_starts, sentence_of

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "One line.",
        "\n\nA lead.\n\n  An end.  \n",
        "Tab\tand  spaces. Next\r\nline.",
        "¡Olé! – “So,” he said…",
        "The states’ rights and Peru’s ‘gains’ aren’t the judges’ concern.",
    ],
    ids=["empty", "breaks only", "one line", "breaks around", "odd spaces", "signs", "apostrophes"],
)
def test_offsets_are_characters_of_the_text(nlp: Language, text: str) -> None:
    doc = parse_text(nlp, text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


@pytest.mark.parametrize("mark", ["'", "’"])
def test_a_curly_apostrophe_shows_the_possessor_as_a_straight_one_does(nlp: Language, mark: str) -> None:
    doc = parse_text(nlp, f"The minister praised Laos{mark} road and bridge works.")
    assert [(t.dep_, t.head.text) for t in doc if t.text == "Laos"] == [("poss", "works")]


def test_a_sentence_never_crosses_a_line_break(nlp: Language) -> None:
    doc = parse_text(nlp, "Peru and Chile\nsigned a treaty on Monday.")
    assert [s.text.strip() for s in doc.sents] == ["Peru and Chile", "signed a treaty on Monday."]


def test_a_paragraph_parses_the_same_alone_and_in_company(nlp: Language) -> None:
    paragraph = "Ghana recalled its envoy from Lomé."
    alone, together = parse_text(nlp, paragraph), parse_text(nlp, f"It rained.\n\n{paragraph}")
    tail = [t for t in together if t.idx >= len("It rained.\n\n")]
    assert [(t.text, t.dep_, t.lemma_) for t in alone] == [(t.text, t.dep_, t.lemma_) for t in tail]


def test_texts_that_share_paragraphs_keep_their_own_offsets(nlp: Language) -> None:
    first, second = parse_texts(nlp, ["A shared line.\n\nOne.", "Two.\n\nA shared line."])
    assert first.text.startswith("A shared line.")
    assert second.text.endswith("A shared line.")


def test_sentence_span_has_no_white_space_at_its_ends(nlp: Language) -> None:
    doc = parse_text(nlp, "First one.  \n\nSecond one.")
    span = sentence_of(doc, 0)
    assert doc.text[span.start : span.end] == "First one."
    assert [doc[i].text for i in paragraph_starts(doc)] == ["First", "Second"]


def test_a_missing_model_is_named_with_the_next_step() -> None:
    with pytest.raises(SettingsError, match=r"no_such_model.*--model"):
        load_model("no_such_model")


def test_a_dateline_below_the_headline_is_no_part_of_the_first_sentence(nlp: Language) -> None:
    doc = parse_text(nlp, "Envoy summoned\n\nLIMA, May 3 (Andina) -- The envoy of Chile left on Monday.")
    assert "The envoy of Chile left on Monday." in [s.text for s in doc.sents]
