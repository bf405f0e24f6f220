"""Well-known happenings: the table keeps its rules, and a text must really tell of one."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from communique.dates.anchor.happenings import happening_clues
from communique.dates.chronicle import find_happenings
from communique.dates.expressions import find_times
from communique.language.pipeline import parse_text
from communique.tables import rows

if TYPE_CHECKING:
    from spacy.language import Language

    from communique.dates.anchor.grid import Clue

NAMES = {row["iso3"]: row["form"] for row in reversed(rows("country_forms")) if row["kind"] == "name"}


def days(text: str) -> set[date]:
    return {happening.days.first for happening in find_happenings(text)}


def own_text(row: dict[str, str]) -> str:
    """A sentence made of the first words of each group of a row, the act second."""
    acts = {r["kind"]: r["words"] for r in rows("chronicle_kinds")}
    first = [group.lstrip("?").split("|")[0].rstrip("*") for group in row["words"].split(";")]
    said = [NAMES.get(word.rstrip("."), word) for word in first]
    act = acts[row["kind"]].split("|")[0].rstrip("*")
    return f"{said[0]} {act} {' '.join(said[1:])}"


# --- the table -------------------------------------------------------------------------------------------------------


def test_rows_are_in_order_and_of_known_kinds() -> None:
    table = rows("chronicle")
    kinds = {row["kind"] for row in rows("chronicle_kinds")}
    assert [row for row in table if row["kind"] not in kinds] == []
    assert kinds - {row["kind"] for row in table} == set()
    assert [row for row in table if date.fromisoformat(row["from"]) > date.fromisoformat(row["to"])] == []
    assert [row["from"] for row in table] == sorted(row["from"] for row in table)
    twice = Counter((row["from"], row["to"], row["kind"], row["what"]) for row in table)
    assert [key for key, n in twice.items() if n > 1] == []


def test_every_row_needs_two_things_beside_its_act_and_no_empty_word() -> None:
    for row in rows("chronicle"):
        groups = row["words"].split(";")
        assert all(word.strip("?*. ") for group in groups for word in group.split("|")), row
        assert not any(
            re.fullmatch(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", word)
            for word in row["words"].replace(";", "|").split("|")
        ), row
        named = [group for group in groups if not group.startswith("?")]
        assert len(named) >= 2, row
        assert all("*" not in word[:-1] for group in groups for word in group.split("|")), row


def test_each_row_is_found_in_a_text_of_its_own_words_and_few_others_are() -> None:
    table = rows("chronicle")
    missed, strangers = [], []
    for row in table:
        found = find_happenings(own_text(row))
        if not any(h.days.first.isoformat() == row["from"] and h.what == row["what"] for h in found):
            missed.append(row["what"])
        if any(h.days.first.isoformat() != row["from"] and h.weight == 1.0 for h in found):
            strangers.append(row["what"])
    assert len(missed) <= 3, missed
    assert len(strangers) < len(table) / 6, len(strangers)  # what recurs: the same visit in another year


# --- what tells of a happening ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The flag of Montenegro was raised at the alliance's seat when Montenegro joined NATO.", date(2017, 6, 5)),
        ("Diplomats wept as Turkey and Armenia signed two protocols in Zurich.", date(2009, 10, 10)),
        ("ZURICH, Oct. 10, 2009: Turkey and Armenia signed two protocols in Zurich.", date(2009, 10, 10)),
        ("Theresa May visited Berlin to see Angela Merkel.", date(2016, 7, 20)),
        ("Switzerland voted yes.\nIn New York, Switzerland became a member of the United Nations.", date(2002, 9, 10)),
    ],
)
def test_told_as_news(text: str, day: date) -> None:
    assert day in days(text)


@pytest.mark.parametrize(
    "text",
    [
        "Turkey and Armenia will sign two protocols in Zurich.",
        "Turkey and Armenia are expected to sign two protocols in Zurich.",
        "Turkey and Armenia did not sign two protocols in Zurich.",
        "Turkey denied that it had signed two protocols with Armenia in Zurich.",
        "Since Turkey and Armenia signed two protocols in Zurich, little was done.",
        "Turkey and Armenia signed two protocols in Zurich in 2009, and then let them rest.",
        "Turkey and Armenia signed two protocols in Zurich ten years ago.",
        "Two years ago Turkey and Armenia signed two protocols in Zurich.",
        "Turkey and Armenia to sign protocols in Zurich",
        "Turkey and Armenia were in Zurich. A singer signed her record.",
    ],
)
def test_not_told_as_news(text: str) -> None:
    assert date(2009, 10, 10) not in days(text)


def test_names_are_written_with_capitals_and_stand_as_words() -> None:
    assert date(2016, 7, 20) not in days("They may visit Berlin to see Angela Merkel.")
    assert date(2003, 7, 20) in days("Tony Blair arrived in Beijing and met Wen Jiabao.")
    assert date(2003, 7, 20) not in days("Tony Blairson arrived in Beijing and met Wen Jiabao.")


def test_message_received_is_no_visitor_received() -> None:
    assert days("Xi Jinping received a message from Kim Jong Un in Pyongyang.") == set()


def test_state_whose_name_holds_another_is_not_that_state() -> None:
    assert not any(
        "Sudan" in h.what and h.days.first.year == 2020
        for h in find_happenings("South Sudan was removed by the United States from the list of sponsors of terrorism.")
    )


def test_a_word_more_singles_out_one_of_several() -> None:
    found = {h.days.first: h.weight for h in find_happenings("Putin came to Beijing for the Olympics and met Xi.")}
    several = {h.days.first: h.weight for h in find_happenings("Putin came to Beijing and met Xi.")}
    assert found[date(2022, 2, 4)] == 1.0
    assert all(weight < 1.0 for day, weight in found.items() if day.year != 2022)
    assert len(several) > 2
    assert set(several.values()) == {1.0}


# --- what that says of the day of writing -----------------------------------------------------------------------------


def clues(nlp: Language, text: str) -> dict[date, Clue]:
    """The best day of each clue."""
    from communique.dates.anchor import grid

    doc = parse_text(nlp, text)
    out = {}
    for clue in happening_clues(doc, find_times(doc)):
        best = int(clue.likelihood.argmax())
        out[date.fromordinal(int(grid.days().ordinal[best]))] = clue
    return out


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Turkey and Armenia signed two protocols in Zurich on Saturday.", date(2009, 10, 10)),
        ("Turkey and Armenia signed two protocols in Zurich yesterday.", date(2009, 10, 11)),
        ("Turkey and Armenia signed two protocols in Zurich on October 10.", date(2009, 10, 10)),
        ("Turkey and Armenia signed two protocols in Zurich.", date(2009, 10, 10)),
    ],
    ids=["weekday", "yesterday", "day of the month", "no day"],
)
def test_day_of_writing_follows_from_what_is_told(nlp: Language, text: str, written: date) -> None:
    assert written in clues(nlp, text)


@pytest.mark.model
def test_other_weekday_is_another_happening(nlp: Language) -> None:
    assert not clues(nlp, "Turkey and Armenia signed two protocols in Zurich on Tuesday.")


@pytest.mark.model
def test_only_a_weekday_that_tests_a_happening_of_its_own_kind_rules_other_days_out(nlp: Language) -> None:
    def hard(text: str) -> bool:
        (clue,) = clues(nlp, text).values()
        return clue.hard

    assert hard("Turkey and Armenia signed two protocols in Zurich on Saturday.")
    assert not hard("Turkey and Armenia signed two protocols in Zurich yesterday.")  # any day would do
    assert not hard("Putin visited Beijing on Thursday and was received by Hu Jintao.")  # he came more than once


@pytest.mark.model
def test_clue_points_at_the_sentence(nlp: Language) -> None:
    text = "It rained. Turkey and Armenia signed two protocols in Zurich on Saturday."
    (clue,) = clues(nlp, text).values()
    assert clue.span is not None
    assert text[clue.span.start : clue.span.end].startswith("Turkey")


@pytest.mark.model
def test_report_that_tells_what_came_of_a_happening_is_of_the_later_day(nlp: Language) -> None:
    text = (
        "Ethiopia and Eritrea signed a declaration of peace in Asmara on Monday. "
        "Isaias Afwerki of Eritrea came to Addis Ababa on Saturday and was met by Abiy Ahmed of Ethiopia."
    )
    assert date(2018, 7, 14) in clues(nlp, text)
