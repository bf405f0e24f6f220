"""Time expressions and what they mean: sentences written for these tests."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from communique.dates.expressions import find_times
from communique.dates.grammar.rules import Grammar
from communique.dates.values import read_all
from communique.language.pipeline import parse_text
from communique.model import DayRange

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

SATURDAY = DayRange(date(2024, 3, 30), date(2024, 3, 30))


def read(nlp: Language, text: str, anchor: DayRange | None = SATURDAY) -> list[tuple[str, str | None]]:
    times = find_times(parse_text(nlp, text))
    return [(t.text, r.value) for t, r in zip(times, read_all(times, anchor), strict=True)]


def days(nlp: Language, text: str, anchor: DayRange | None = SATURDAY) -> list[tuple[str, str] | None]:
    times = find_times(parse_text(nlp, text))
    return [r.days and (str(r.days.first), str(r.days.last)) for r in read_all(times, anchor)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoys met on Thursday.", ("Thursday", "2024-03-28")),
        ("The envoys met on Saturday.", ("Saturday", "2024-03-30")),
        ("The envoys will meet on Thursday.", ("Thursday", "2024-04-04")),
        ("The envoys met last Saturday.", ("last Saturday", "2024-03-23")),
        ("The king arrives on Monday.", ("Monday", "2024-04-01")),
        ("The talks were postponed to Tuesday.", ("Tuesday", "2024-04-02")),
        ("The treaty was signed on 5 May 2011.", ("5 May 2011", "2011-05-05")),
        ("The treaty was signed on April 2.", ("April 2", "2024-04-02")),
        ("The treaty was signed in December.", ("December", "2023-12")),
        ("The treaty will be signed in May.", ("May", "2024-05")),
        ("The pact took effect on 29.03.2024.", ("29.03.2024", "2024-03-29")),
        ("They met in the first quarter of last year.", ("the first quarter of last year", "2023-Q1")),
        ("They met last week.", ("last week", "2024-W12")),
        ("They met in early June 2019.", ("early June 2019", "2019-06")),
        ("They broke with each other in the 1960s.", ("the 1960s", "196")),
        ("Ties date from the 19th century.", ("the 19th century", "18")),
        ("The accord was signed five days ago.", ("five days ago", "2024-03-25")),
        ("The accord was signed two years ago.", ("two years ago", "2022")),
        ("They met on April 4 last year.", ("April 4 last year", "2023-04-04")),
        ("They have met in recent years.", ("recent years", "PAST_REF")),
        ("The blockade has lasted for three years.", ("three years", "P3Y")),
        ("The council sits every month.", ("every month", "P1M")),
        ("They spoke at 15:30 GMT on Friday.", ("15:30 GMT on Friday", "2024-03-29T15:30Z")),
        ("They spoke on Friday morning.", ("Friday morning", "2024-03-29TMO")),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_expression_is_read_by_the_conventions_of_news(nlp: Language, text: str, expected: tuple[str, str]) -> None:
    assert expected in read(nlp, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fair runs on 28-30 March.", ("2024-03-28", "2024-03-30")),
        ("The fair ran from 3 to 6 May 2023.", ("2023-05-03", "2023-05-06")),
        ("They met between 2003 and 2005.", ("2003-01-01", "2005-12-31")),
        ("The fair lasts from March 28 to April 2.", ("2024-03-28", "2024-04-02")),
        ("The fair opened on December 30, 2022 - January 2, 2023.", ("2022-12-30", "2023-01-02")),
    ],
)
def test_range_has_its_first_and_last_day(nlp: Language, text: str, expected: tuple[str, str]) -> None:
    assert expected in days(nlp, text)


def test_past_days_count_the_day_of_writing(nlp: Language) -> None:
    monday = DayRange(date(2024, 4, 1), date(2024, 4, 1))
    assert days(nlp, "The envoys have talked for the past two days.", monday) == [("2024-03-31", "2024-04-01")]


def test_next_day_counts_from_the_day_last_spoken_of(nlp: Language) -> None:
    text = "The ship sailed on 3 May 2011. The next day it sank."
    assert ("The next day", "2011-05-04") in read(nlp, text)


def test_weekday_that_contradicts_its_date_is_noted(nlp: Language) -> None:
    times = find_times(parse_text(nlp, "They met on Monday, March 29, 2024."))
    assert "was a Friday, not a Monday" in read_all(times, SATURDAY)[0].note


def test_slashed_date_keeps_both_readings(nlp: Language) -> None:
    times = find_times(parse_text(nlp, "The note is dated 03/06/2024."))
    assert times[0].form.other is not None
    june = DayRange(date(2024, 6, 4), date(2024, 6, 4))
    assert read_all(times, june)[0].value == "2024-06-03"
    assert read_all(times, SATURDAY)[0].value == "2024-03-06"


def test_relative_day_without_a_day_of_writing_is_not_guessed(nlp: Language) -> None:
    assert days(nlp, "They met on Thursday and again last week.", None) == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "The ministers may meet the press.",
        "Theresa May met the envoy.",
        "The troops march home.",
        "Some 2000 troops left the town.",
        "A 34-year-old man was freed.",
        "The second envoy left.",
        "The exercise Shield-2021 ended.",
    ],
)
def test_words_that_are_no_time_are_left(nlp: Language, text: str) -> None:
    assert read(nlp, text) == []


def test_expressions_do_not_overlap_and_lie_in_the_text(nlp: Language) -> None:
    text = "On Friday, 29 March 2024, at 3 pm, in the last week of March, from 3 to 6 May, two days later, in 2003-05."
    times = find_times(parse_text(nlp, text))
    assert all(text[t.span.start : t.span.end] == t.text for t in times)
    assert all(a.span.end <= b.span.start for a, b in pairwise(times))


def test_another_day_of_writing_reads_the_same_expressions_again(nlp: Language) -> None:
    times = find_times(parse_text(nlp, "They met on Friday."))
    other = DayRange(date(2024, 6, 3), date(2024, 6, 3))
    assert read_all(times, SATURDAY)[0].value == "2024-03-29"
    assert read_all(times, other)[0].value == "2024-05-31"


def test_grammar_reads_the_longest_expression() -> None:
    grammar = Grammar("the end of the first quarter of last year")
    found = grammar.at(0)
    assert found is not None
    assert found[0] == len(grammar.lex)
