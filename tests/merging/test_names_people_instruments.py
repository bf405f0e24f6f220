"""Spellings of names, people over time, the life of an instrument."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from communique.merging.instruments import InstrumentMention, merge_instruments
from communique.merging.mentions import round_of
from communique.merging.names import instrument_match, same_organisation, same_person
from communique.merging.people import PersonMention, merge_people
from communique.merging.view import EventView


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kassym-Jomart Tokayev", "Qasym-Zhomart Toqaev"), ("Tokayev", "Kassym-Jomart Tokayev"), ("Xi", "Xi Jinping"),
        ("Sergei Lavrov", "Sergey Lavrov"), ("Tony Blinken", "Antony J. Blinken"), ("Joe Biden", "Joseph R. Biden"),
        ("Recep Tayyip Erdoğan", "Tayyip Erdogan"), ("Mohammed bin Salman", "Mohammad Salman"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_agree(a: str, b: str) -> None:
    assert same_person(a, b)
    assert same_person(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Wang Yi", "Wang Wentao"), ("Bill Clinton", "Hillary Clinton"), ("Li Qiang", "Li Keqiang"),
     ("Ilham Aliyev", "Heydar Aliyev"), ("Kim Jong Un", "Kim Yo Jong")],
)  # fmt: skip
def test_names_of_two_people_do_not_agree(a: str, b: str) -> None:
    assert not same_person(a, b)


def test_organisations_agree_by_words_or_initials() -> None:
    assert same_organisation("Shanghai Cooperation Organisation", "SCO")
    assert not same_organisation("Callao Fish Traders", "Lima Port Authority")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("2019 Year of Chad in Malta", "Year of Chad in Malta", True),
        ("2019 Year of Culture", "2021 Year of Culture", False),
        ("Year of Tourism of Chad in Malta", "Year of Tourism of Malta in Chad", False),
        ("fifth joint commission", "sixth joint commission", False),
        ("fisheries protocol", "the protocol on fisheries", True),
    ],
)
def test_names_of_instruments(a: str, b: str, same: bool) -> None:
    assert (instrument_match(a, b) >= 0.34) is same


def test_a_family_name_joins_the_only_person_it_fits() -> None:
    told = [PersonMention("1", "a", "Rosa Quispe", "PER"), PersonMention("2", "b", "Quispe", "PER")]
    (one,) = merge_people(told)
    assert one.names == ("Rosa Quispe", "Quispe")
    assert len(merge_people([*told, PersonMention("3", "c", "Juan Quispe", "PER")])) == 3


def test_offices_are_kept_with_the_days_on_which_they_are_told() -> None:
    office = (("Minister of Foreign Affairs", "foreign minister"),)
    (one,) = merge_people(
        [PersonMention(str(i), str(i), "Rosa Quispe", "PER", office, date(2023, 3, i)) for i in (4, 9)]
    )
    (tenure,) = one.offices
    assert (tenure.first, tenure.last) == (date(2023, 3, 4), date(2023, 3, 9))
    assert not tenure.in_table


def event(key: str, kind: str, day: date | None, name: str, **more: Any) -> EventView:
    made = EventView(
        key, None, kind, None, "occurred", (), day, day, None, None, name, (), (), ("a",), 1, 1, (key,), ()
    )
    return replace(made, **more)


def told(key: str, kind: str, name: str, status: str, since: date | None = None) -> InstrumentMention:
    return InstrumentMention(key, "a", kind, name, ("LSO", "PER"), status, since, "a")


def test_an_instruments_life_is_put_together_from_events_and_statuses() -> None:
    mentions = [
        told("1", "agreement", "fisheries protocol", "negotiated"),
        told("2", "agreement", "protocol on fisheries", "signed"),
        told("3", "agreement", "extradition treaty", "signed"),
    ]
    events = [
        event("s", "signing", date(2023, 3, 7), "fisheries protocol"),
        event("r", "ratification", date(2024, 1, 9), "fisheries protocol"),
    ]
    lives = merge_instruments(mentions, events)
    life = next(life for life in lives if len(life.mentions) == 2)
    assert [step.step for step in life.steps] == ["negotiated", "signed", "ratified"]
    assert life.status == "ratified"
    assert len(lives) == 2


def test_what_was_suspended_and_taken_up_again_is_in_force() -> None:
    name = "grain corridor agreement"
    events = [
        event("f", "entry-into-force", date(2022, 7, 22), name),
        event("s", "suspension", date(2022, 10, 29), name),
        event("g", "entry-into-force", date(2022, 11, 2), name),
    ]
    (life,) = merge_instruments([told("1", "agreement", name, "agreed")], events)
    assert life.status == "in-force"
    (life,) = merge_instruments([told("1", "agreement", name, "agreed")], events[:2])
    assert life.status == "suspended"


def test_a_mechanisms_rounds_are_counted() -> None:
    name = "joint commission on fisheries"
    events = [
        event("1", "session", date(2022, 5, 2), name, round=1),
        event("2", "talks", date(2023, 5, 9), name, round=2),
        event("3", "session", date(2024, 5, 9), name, modality="planned"),
    ]
    (life,) = merge_instruments([told("m", "mechanism", name, "established")], events)
    assert [(s.step, s.round, s.planned) for s in life.steps if s.step == "round"] == [
        ("round", 1, False), ("round", 2, False), ("round", None, True)
    ]  # fmt: skip
    assert life.status == "established"


def test_a_themed_year_opens_and_closes() -> None:
    name = "Year of Andean Weaving"
    opening = event("o", "ceremony", date(2024, 3, 2), name, turn="opening")
    closing = event("c", "ceremony", date(2024, 12, 9), name, turn="closing")
    (life,) = merge_instruments([told("y", "themed-year", name, "established")], [opening])
    assert ([s.step for s in life.steps], life.status) == (["established", "opened"], "active")
    (life,) = merge_instruments([told("y", "themed-year", name, "established")], [opening, closing])
    assert ([s.step for s in life.steps], life.status) == (["established", "opened", "closed"], "ended")


@pytest.mark.parametrize(
    ("words", "round_"),
    [("the fifth session of the commission", 5), ("their 12th annual meeting", 12), ("the first visit", None)],
    ids=["ordinal", "number", "no round"],
)
def test_the_round_that_words_count(words: str, round_: int | None) -> None:
    assert round_of(words) == round_
