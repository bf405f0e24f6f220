"""Sport, the stage and the weather borrow the words of diplomacy; reports about them are not coded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.codebook.register import other_register
from communique.language.pipeline import parse_text

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "register"),
    [
        (
            "Peru attacked from the first minute. The striker won a penalty, the referee sent off a Chilean player, "
            "and the coach of the visitors left the stadium before the second goal of the match.",
            "sport",
        ),
        (
            "The film follows a spy whom two powers exchange. The director cast an unknown actor; every scene of this "
            "comedy, the sequel of a hit, ends with a treaty.",
            "stage",
        ),
        ("The typhoon spared Japan. Rain and wind battered Taiwan, and the forecast sees sunshine.", "weather"),
        ("The foreign minister of Peru met the Chilean ambassador and won his support for the treaty.", None),
        ("After the storm the president of Peru thanked Chile for its aid.", None),
    ],
    ids=["sport", "film", "weather", "diplomacy", "aid after a storm"],
)
def test_the_register_of_a_report(nlp: Language, text: str, register: str | None) -> None:
    assert other_register(parse_text(nlp, text)) == register
