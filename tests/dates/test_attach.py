"""Which expression dates a trigger: sentences written for these tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from communique.dates.attach import Clock
from communique.dates.expressions import find_times
from communique.language.pipeline import parse_text
from communique.model import DayRange, Modality, When, Written

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

DAY = date(2024, 3, 30)  # a Saturday


def when(
    nlp: Language, text: str, trigger: str, *, modality: Modality = "occurred", lead: bool = False
) -> tuple[DayRange | None, When | None]:
    doc = parse_text(nlp, text)
    clock = Clock(doc, find_times(doc), Written(DAY, DAY, DAY, None))
    token = next(t for t in doc if t.text == trigger)
    return clock.when(token.i, modality=modality, lead=lead)


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The two ministers met in Oslo on Thursday.", "met", ("2024-03-28", "2024-03-28")),
        ("On Thursday the two ministers met in Oslo and signed a treaty.", "signed", ("2024-03-28", "2024-03-28")),
        ("The treaty was signed in Oslo on Thursday.", "signed", ("2024-03-28", "2024-03-28")),
        ("The ministers held talks on Thursday.", "talks", ("2024-03-28", "2024-03-28")),
        ("Addressing reporters on Thursday, she blamed the neighbours.", "blamed", ("2024-03-28", "2024-03-28")),
        ("The port reopened on Friday, when the envoy landed there.", "landed", ("2024-03-29", "2024-03-29")),
        ("At Friday's summit, the leaders agreed on a text.", "agreed", ("2024-03-29", "2024-03-29")),
        ("In five days of talks that ended on Friday, the sides found a text.", "ended", ("2024-03-25", "2024-03-29")),
        ("The president arrived on Monday for a four-day visit.", "arrived", ("2024-03-25", "2024-03-28")),
        ("The leaders signed the pact in 2013.", "signed", ("2013-01-01", "2013-12-31")),
    ],
)
def test_trigger_takes_the_time_that_hangs_on_it(
    nlp: Language, text: str, trigger: str, expected: tuple[str, str]
) -> None:
    days, _ = when(nlp, text, trigger)
    assert days is not None
    assert (str(days.first), str(days.last)) == expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The ministry said on Friday that the envoys had met.", "met"),
        ("The two sides have traded freely since 1997.", "traded"),
        ("Earlier, the envoys met.", "met"),
        ('"They met," she said on Friday.', "met"),
    ],
    ids=["time of the saying", "since", "earlier", "inside a quotation"],
)
def test_time_of_something_else_is_not_taken(nlp: Language, text: str, trigger: str) -> None:
    assert when(nlp, text, trigger)[0] is None


def test_argument_of_declaring_is_not_its_time(nlp: Language) -> None:
    days, _ = when(nlp, "Last year, the two kings declared 2024 as the Year of Song.", "declared")
    assert days is not None
    assert days.first.year == 2023


def test_story_goes_on_on_the_same_day(nlp: Language) -> None:
    days, reason = when(nlp, "The king met the premier on Friday. He also visited a school.", "visited")
    assert days is not None
    assert str(days.first) == "2024-03-29"
    assert reason is not None
    assert reason.basis == "carried"


def test_pluperfect_does_not_take_the_day_of_the_story(nlp: Language) -> None:
    assert when(nlp, "The king met the premier on Friday. He had visited a school.", "visited")[0] is None


def test_finished_event_of_the_lead_is_news_of_the_day(nlp: Language) -> None:
    days, reason = when(nlp, "Norland and Sudland have signed a treaty.", "signed", lead=True)
    assert days == DayRange(DAY, DAY)
    assert reason is not None
    assert reason.basis == "report-day"


def test_planned_event_of_the_lead_has_no_day(nlp: Language) -> None:
    found = when(nlp, "Norland and Sudland will sign a treaty.", "sign", modality="planned", lead=True)
    assert found == (None, None)


def test_days_before_an_occasion_count_from_the_day_the_report_is_about(nlp: Language) -> None:
    text = "The assembly voted on Monday to admit the island. Three days before the vote, Premier Lee paid a visit."
    days, _ = when(nlp, text, "paid")
    assert days is not None
    assert str(days.first) == "2024-03-22"
