"""Instruments named in a report: kind, parties, where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.coder import Coder
from communique.intake.text import report_from_text

if TYPE_CHECKING:
    from communique.model import Instrument

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def instruments(coder: Coder, text: str) -> tuple[Instrument, ...]:
    return coder.code(report_from_text(text, plain=True)).instruments


@pytest.mark.parametrize(
    ("text", "kind", "parties", "status"),
    [
        ("Peru and Chile signed a fisheries agreement in Lima on Monday.", "agreement", ("CHL", "PER"), "signed"),
        ("The parliament of Peru ratified the fisheries treaty with Chile.", "agreement", ("CHL", "PER"), "ratified"),
        ("Ghana and Togo set up a joint commission on trade in 2019.", "mechanism", ("GHA", "TGO"), "established"),
    ],
)
def test_an_instrument_has_parties_and_a_status(
    coder: Coder, text: str, kind: str, parties: tuple[str, ...], status: str
) -> None:
    assert [(i.kind, i.parties, i.status) for i in instruments(coder, text)] == [(kind, parties, status)]


def test_the_agreement_named_again_is_one_instrument(coder: Coder) -> None:
    text = "Peru and Chile signed a fisheries agreement in Lima. The agreement was welcomed by the king of Spain."
    assert [i.name for i in instruments(coder, text)] == ["fisheries agreement"]


@pytest.mark.parametrize(
    "text",
    [
        "The supermarket struck a deal with its suppliers.",
        "A truce between cats and dogs is rare.",
        "The club signed a contract with the striker.",
    ],
)
def test_deals_of_everyday_life_are_no_instruments(coder: Coder, text: str) -> None:
    assert instruments(coder, text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Peru and Chile signed a memorandum of understanding (MoU) on fisheries in Lima. The MoU was signed by the "
            "foreign ministers of the two countries.",
            ["memorandum of understanding"],
        ),
        ("Norway and Ghana signed an agreement to reopen their embassies.", ["agreement to reopen their embassies"]),
        ("Peru and Chile announced a trade agreement on Twitter after the meeting.", ["trade agreement"]),
        (
            "Ghana and Togo signed an agreement on customs and two memorandums of understanding on ports.",
            ["agreement on customs", "memorandums of understanding on ports"],
        ),
        ("The Bi-National Commission of Ghana and Togo met in Accra.", ["Bi-National Commission of Ghana and Togo"]),
        (
            "Peru and Chile signed a fisheries deal, known as the Tacna Agreement, in Lima.",
            ["Tacna Agreement"],
        ),
    ],
)
def test_the_name_is_what_the_text_calls_it(coder: Coder, text: str, names: list[str]) -> None:
    assert [i.name for i in instruments(coder, text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "The presidents of Peru and Chile met in Lima but reached no agreement.",
        "France called for a ceasefire between Armenia and Azerbaijan at a meeting in Paris.",
        "The talks between Peru and Chile in Lima ended without a deal.",
        "The presidents of Peru and Chile met in Lima and spoke of a possible treaty.",
        "The presidents of Ghana and Togo met in Accra and praised the agreements reached.",
        "Peru's minister for the Public-Private Partnership met his Chilean counterpart in Lima.",
    ],
)
def test_what_is_only_wanted_or_vaguely_named_is_no_instrument(coder: Coder, text: str) -> None:
    assert instruments(coder, text) == ()
