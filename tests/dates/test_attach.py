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
        ("On Friday Ada Lund, the envoy of Norland, met the king in Oslo.", "met", ("2024-03-29", "2024-03-29")),
        ("In a Thursday statement, she blamed the neighbours.", "blamed", ("2024-03-28", "2024-03-28")),
        ("In a March 25 interview, she blamed the neighbours.", "blamed", ("2024-03-25", "2024-03-25")),
        ("Only in 1977 were two offices opened in the ports.", "opened", ("1977-01-01", "1977-12-31")),
        ("The minister said on Thursday they would go.", "said", ("2024-03-28", "2024-03-28")),
        ("At the end of four days of talks on Friday, they agreed.", "talks", ("2024-03-26", "2024-03-29")),
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


# --- counted from something else -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("On Friday, the second day of her three-day visit, she met the king.", "visit", ("2024-03-28", "2024-03-30")),
        ("She was received on Friday, on the last day of a two-day visit.", "visit", ("2024-03-28", "2024-03-29")),
        (
            "The talks broke up on Friday, six days after Norland freed the envoy.",
            "freed",
            ("2024-03-23", "2024-03-23"),
        ),
        ("The talks opened on Friday, two days before Norland freed the envoy.", "freed", ("2024-03-31", "2024-03-31")),
        ("Norland voted on Friday. Three days before the vote, the king left.", "left", ("2024-03-26", "2024-03-26")),
        (
            "Norland voted on Monday. The two kings had talked on the day of the vote.",
            "talked",
            ("2024-03-25", "2024-03-25"),
        ),
        (
            "Norland struck the port on Monday. Sudland struck back on Tuesday. "
            "The envoys had met on the very day of Norland's attack.",
            "met",
            ("2024-03-25", "2024-03-25"),
        ),
        (
            "The king arrived in Oslo on Monday for a visit. He left the town on Wednesday.",
            "arrived",
            ("2024-03-25", "2024-03-27"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_day_is_counted_from_another_happening(
    nlp: Language, text: str, trigger: str, expected: tuple[str, str]
) -> None:
    days, reason = when(nlp, text, trigger)
    assert days is not None
    assert (str(days.first), str(days.last)) == expected
    assert reason is not None
    assert reason.note


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The ministers will meet in two weeks.", "meet", ("2024-04-13", "2024-04-13")),
        ("The envoy must leave within 72 hours.", "leave", ("2024-03-30", "2024-04-02")),
        ("The pact will end in three months.", "end", ("2024-06-01", "2024-06-30")),
    ],
    ids=["in two weeks", "within 72 hours", "in three months"],
)
def test_plan_is_counted_from_the_day_of_writing(
    nlp: Language, text: str, trigger: str, expected: tuple[str, str]
) -> None:
    days, _ = when(nlp, text, trigger, modality="planned")
    assert days is not None
    assert (str(days.first), str(days.last)) == expected


def test_saying_and_what_is_said_have_each_their_own_day(nlp: Language) -> None:
    text = "The envoys held talks in Oslo from 25 to 26 March, the ministry said on Friday."
    assert when(nlp, text, "held")[0] == DayRange(date(2024, 3, 25), date(2024, 3, 26))
    assert when(nlp, text, "said")[0] == DayRange(date(2024, 3, 29), date(2024, 3, 29))


def test_day_that_a_figure_is_compared_with_is_not_the_day_of_the_change(nlp: Language) -> None:
    assert when(nlp, "Exports showed a fall of two points from Monday.", "showed")[0] == DayRange(DAY, DAY)


def test_what_had_been_due_is_not_the_day_of_the_report(nlp: Language) -> None:
    text = "Norland has cancelled a trip. The envoy had been due in Oslo on Friday. He met the press."
    assert when(nlp, text, "met")[0] == DayRange(DAY, DAY)


def test_day_before_an_attribution_at_the_end_is_carried_on(nlp: Language) -> None:
    text = "The king on Friday said that the talks were a success, an agency reported. He met the press."
    days, reason = when(nlp, text, "met")
    assert days == DayRange(date(2024, 3, 29), date(2024, 3, 29))
    assert reason is not None
    assert reason.basis == "carried"


def test_the_day_in_a_new_paragraph_is_the_one_that_the_report_is_about(nlp: Language) -> None:
    text = (
        "Letters reached Oslo on Friday after the king had died on Tuesday.\n\n"
        "The premier wrote to the queen; later in the day he spoke with her."
    )
    days, reason = when(nlp, text, "spoke")
    assert days == DayRange(date(2024, 3, 29), date(2024, 3, 29))
    assert reason is not None
    assert reason.value == "2024-03-29"


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("The two issued a statement by which their ties are restored.", "restored"),
        ("In it the kingdom commits itself to peace.", "commits"),
        ("Under the agreement the kingdom returns two islands.", "returns"),
    ],
)
def test_what_a_document_does_has_the_day_of_the_story(nlp: Language, sentence: str, trigger: str) -> None:
    days, _ = when(nlp, f"The two kings met in Oslo on Friday and adopted a text. {sentence}", trigger)
    assert days == DayRange(date(2024, 3, 29), date(2024, 3, 29))


def test_present_tense_of_a_habit_has_no_day(nlp: Language) -> None:
    assert when(nlp, "The two kings met in Oslo on Friday. In winter the kingdom returns to the woods.", "returns")[
        0
    ] != (DayRange(date(2024, 3, 29), date(2024, 3, 29)))


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Norland voted on Friday. Three days before the vote the king came to Sudland, where he met Lee.", "met", 26),
        (
            "Norland voted on Friday. Two days before the vote she came to Sudland, where they signed a pact.",
            "signed",
            27,
        ),
        ("Norland voted on Friday. Two days before the vote she came to Sudland, which had freed Lee.", "freed", None),
    ],
)
def test_what_is_done_where_somebody_came_has_the_day_of_the_coming(
    nlp: Language, text: str, trigger: str, day: int | None
) -> None:
    days, _ = when(nlp, text, trigger)
    assert days == (None if day is None else DayRange(date(2024, 3, day), date(2024, 3, day)))
