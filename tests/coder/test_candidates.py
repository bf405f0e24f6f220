"""Which reports are worth parsing, told from their words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.candidates import is_worth_parsing
from communique.coder import Coder
from communique.intake.text import report_from_text
from communique.settings import DEFAULT


@pytest.mark.parametrize(
    "text",
    [
        "The Peruvian foreign minister flew to Accra.",
        "Norway recalled its ambassador on Monday.",
        "Rain fell all day. In the evening Fijian officials received a delegation from Tonga.",
        "He spoke of the summit that Laos will hold.",
    ],
)
def test_a_sentence_with_two_states_or_a_word_of_diplomacy_is_worth_it(text: str) -> None:
    assert is_worth_parsing(report_from_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "The mayor opened a bridge over the river.",
        "The ambassador of goodwill sang two songs.",
        "A farmer in Peru won the lottery. His cousin lives in Ghana.",
    ],
)
def test_other_news_is_not(text: str) -> None:
    assert not is_worth_parsing(report_from_text(text))


@pytest.mark.model
def test_a_report_that_is_passed_over_has_an_empty_record_that_says_why() -> None:
    coder = Coder(replace(DEFAULT, parse="candidates"))
    passed, read = coder.code_many(
        [
            report_from_text("Police said that the strikers in Lima blocked two roads on Monday."),
            report_from_text("OSLO - Norway's foreign minister met her Danish counterpart."),
        ]
    )
    assert (passed.uncoded, passed.events, passed.report.notes[-1][:10]) == ("no candidates", (), "not parsed")
    assert read.uncoded is None
    assert read.events
    assert read.coder.parse == "candidates"


@pytest.mark.model
def test_a_text_in_another_language_is_kept_and_said_so() -> None:
    text = (
        "El ministro de Relaciones Exteriores del Perú se reunió este martes en Quito con su homólogo ecuatoriano para "
        "hablar de la pesca en la frontera y de los acuerdos que los dos países firmaron el año pasado."
    )
    coding = Coder().code(report_from_text(text))
    assert coding.uncoded == "language"
    assert coding.report.language == "es"
    assert coding.report.text == text
    assert "another language" in coding.report.notes[-1]
