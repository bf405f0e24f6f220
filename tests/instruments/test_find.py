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
