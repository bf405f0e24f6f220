"""Kinds of time expressions, one after the other: sentences written for these tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from communique.dates.expressions import find_times
from communique.dates.values import read_all
from communique.language.pipeline import parse_text
from communique.model import DayRange

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

SATURDAY = DayRange(date(2024, 3, 30), date(2024, 3, 30))


def read(nlp: Language, text: str) -> list[tuple[str, str | None]]:
    times = find_times(parse_text(nlp, text))
    return [(t.text, r.value) for t, r in zip(times, read_all(times, SATURDAY), strict=True)]


def check(nlp: Language, text: str, *expected: tuple[str, str | None]) -> None:
    assert read(nlp, text) == list(expected)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The envoys will meet Friday week.", "Friday week", "2024-04-12"),
        ("The envoys will meet a week from Monday.", "a week from Monday", "2024-04-08"),
        ("The envoys will meet in two weeks' time.", "two weeks' time", "2024-04-13"),
        ("The envoys met the week before last.", "the week before last", "2024-W11"),
        ("The envoys met in the week of March 4.", "the week of March 4", "2024-W10"),
        ("The envoys met on the weekend of 9-10 March.", "the weekend of 9-10 March", "2024-W10-WE"),
        ("The envoys met on the first Monday of March.", "the first Monday of March", "2024-03-04"),
        ("The envoys met on the last Friday in February.", "the last Friday in February", "2024-02-23"),
        ("The envoys met on the 15th of last month.", "the 15th of last month", "2024-02-15"),
        ("The envoys met on the 15th.", "the 15th", "2024-03-15"),
        ("The envoys met a year ago today.", "a year ago today", "2023-03-30"),
        ("The envoys met 20 years ago on Monday.", "20 years ago on Monday", "2004-03-25"),
        ("The envoys met this time last year.", "this time last year", "2023-03-30"),
        ("The envoys must answer by month's end.", "month's end", "2024-03"),
        ("The envoys must answer by the end of the year.", "the end of the year", "2024"),
        ("The envoys met in May the year before.", "May the year before", "2023-05"),
        ("The note of 27 Oct 89, was lost.", "27 Oct 89", "1989-10-27"),
        ("The town was founded in AD 79.", "AD 79", "0079"),
        ("The town was founded in 490 B.C.E. by sailors.", "490 B.C.E.", "BC0490"),
        ("The ship sank in the early hours of Friday.", "the early hours of Friday", "2024-03-29TMO"),
        ("They spoke at 8:30 in the evening on Friday.", "8:30 in the evening on Friday", "2024-03-29T20:30"),
        ("They spoke on Friday at noon.", "Friday at noon", "2024-03-29T12:00"),
        ("The council sits on Fridays.", "on Fridays", "XXXX-WXX-5"),
        ("Ice closed the port this winter.", "this winter", "2023-WI"),
    ],
    ids=lambda value: value,
)
def test_expression_is_found_whole_and_read(nlp: Language, text: str, words: str, value: str) -> None:
    check(nlp, text, (words, value))


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The envoys met on Good Friday.", "Good Friday", "2024-03-29"),
        ("The envoys met at Easter.", "Easter", "2023-04-09"),
        ("The envoys will meet on Easter Monday.", "Easter Monday", "2024-04-01"),
        ("The envoys met during Ramadan.", "Ramadan", "2024-03-11/2024-04-09"),
        ("The envoys met over Christmas 2021.", "Christmas 2021", "2021-12-25"),
        ("The envoys met last Thanksgiving.", "last Thanksgiving", "2023-11-23"),
        ("The envoys met on Nowruz.", "Nowruz", "2024-03-20"),
        ("The envoys met on Black Friday.", "Black Friday", "2023-11-24"),
        ("The envoys met on 19 Ramadan 1445 in Jeddah.", "19 Ramadan 1445", "2024-03-29"),
    ],
    ids=lambda value: value,
)
def test_feast_has_its_day_of_the_year(nlp: Language, text: str, words: str, value: str) -> None:
    check(nlp, text, (words, value))


@pytest.mark.parametrize("text", ["Bloody Sunday is remembered.", "The envoys met on Super Tuesday."])
def test_weekday_in_a_name_is_not_the_last_such_day(nlp: Language, text: str) -> None:
    check(nlp, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on March 3 and 9.", [("March 3", "2024-03-03"), ("9", "2024-03-09")]),
        ("They met on 4 and 6 May 2023.", [("4", "2023-05-04"), ("6 May 2023", "2023-05-06")]),
        ("They met in May and June of last year.", [("May", "2023-05"), ("June of last year", "2023-06")]),
        (
            "They met in the spring and summer of 1979.",
            [("the spring", "1979-SP"), ("summer of 1979", "1979-SU")],
        ),
        (
            "They met in November, December and January 2021.",
            [("November", "2020-11"), ("December", "2020-12"), ("January 2021", "2021-01")],
        ),
        ("They met on March 3 and 4.", [("March 3 and 4", "2024-03-03/2024-03-04")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_month_or_year_printed_once_serves_every_date_of_a_list(
    nlp: Language, text: str, expected: list[tuple[str, str]]
) -> None:
    check(nlp, text, *expected)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Profit rose in the third quarter from a year earlier.", "a year earlier", "2022-Q3"),
        ("Profit fell in the quarter ended Sept. 30, 1989.", "the quarter", "1989-Q3"),
        ("Profit rose in the third quarter; it had fallen in the year-ago quarter.", "the year-ago quarter", "2022-Q3"),
        ("Profit rose in May 2023, against the same month a year earlier.", "the same month a year earlier", "2022-05"),
        ("Exports rose in the nine months ended June 30, 2023.", "nine months", "P9M"),
        ("Exports rose in the third quarter of fiscal 1989.", "the third quarter of fiscal 1989", "1989-Q3"),
        ("Exports rose in the first half.", "the first half", "2024-H1"),
        ("Exports may rise in the second quarter.", "the second quarter", "2024-Q2"),
    ],
    ids=lambda value: value,
)
def test_quarters_are_compared_with_the_same_ones_of_another_year(
    nlp: Language, text: str, words: str, value: str
) -> None:
    assert (words, value) in read(nlp, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The vote is to be held on November 20.", "2024-11-20"),
        ("The pact takes effect on 1 August.", "2024-08-01"),
        ("The next round is in December.", "2024-12"),
        ("The talks are scheduled for Tuesday.", "2024-04-02"),
        ("The minister said on Tuesday he would go.", "2024-03-26"),
        ("The minister said he would go on Tuesday.", "2024-04-02"),
        ("As of February the port is shut.", "2024-02"),
    ],
    ids=lambda value: value,
)
def test_verb_decides_on_which_side_the_day_lies(nlp: Language, text: str, value: str) -> None:
    assert value in [v for _, v in read(nlp, text)]


def test_last_the_verb_is_no_pointer(nlp: Language) -> None:
    check(nlp, "The visit will last three days.", ("three days", "P3D"))


def test_the_day_is_the_one_told_of_though_a_year_was_named_since(nlp: Language) -> None:
    text = "The index fell on Friday. It is at its lowest since April 2009. Later in the day, it gained a little."
    assert ("Later in the day", "2024-03-29") in read(nlp, text)


def test_year_of_an_aside_does_not_serve_the_next_month(nlp: Language) -> None:
    assert ("February", "2024-02") in read(
        nlp, "The port has grown since its opening in 2003; by February it was full."
    )
