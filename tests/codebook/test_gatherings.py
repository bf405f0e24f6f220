"""The gathering at which an event happened: named, or not told."""

from __future__ import annotations

import pytest

from communique.api import coder_for
from communique.intake.text import report_from_text

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("sentence", "gathering"),
    [
        (
            "The presidents of Ghana and Togo met on the sidelines of the African Union summit on Saturday.",
            "African Union summit",
        ),
        (
            "Norway's foreign minister held talks with her Finnish counterpart at the Munich Security Conference.",
            "Munich Security Conference",
        ),
        ("Peru and Chile signed a trade deal on the margins of the APEC summit in Lima.", "APEC summit"),
        (
            "The ministers of Oman and Qatar met during the Doha Forum on Energy 2023 in March.",
            "Doha Forum on Energy 2023",
        ),
        ("The presidents of Ghana and Togo met on Saturday.", None),
        ("Japan's prime minister met the president of Kenya on 3 May at the State House.", None),
        ("The two presidents of Ghana and Togo met on the sidelines of a summit.", None),
        ("Norway's envoy met Chad's foreign minister at the airport in May.", None),
    ],
)
def test_a_gathering_is_given_where_it_is_named(sentence: str, gathering: str | None) -> None:
    coding = coder_for().code(report_from_text(sentence))
    assert [event.occasion for event in coding.events] == [gathering]
