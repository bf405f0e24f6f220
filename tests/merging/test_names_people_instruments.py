"""Spellings of names, people over time, the life of an instrument."""

from __future__ import annotations

from datetime import date

import pytest

from communique.merging.instruments import InstrumentMention, merge_instruments
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


def test_an_instruments_life_is_put_together_from_events_and_statuses() -> None:
    def event(key: str, kind: str, day: date) -> EventView:
        return EventView(
            key,
            None,
            kind,
            None,
            "occurred",
            (),
            day,
            day,
            None,
            None,
            "fisheries protocol",
            (),
            (),
            (),
            1,
            1,
            (key,),
            (),
        )

    told = [
        InstrumentMention("1", "a", "agreement", "fisheries protocol", ("LSO", "PER"), "negotiated", None, "a"),
        InstrumentMention("2", "b", "agreement", "protocol on fisheries", ("PER", "LSO"), "signed", None, "b"),
        InstrumentMention("3", "c", "agreement", "extradition treaty", ("LSO", "PER"), "signed", None, "c"),
    ]
    lives = merge_instruments(
        told, [event("s", "signing", date(2023, 3, 7)), event("r", "ratification", date(2024, 1, 9))]
    )
    life = next(life for life in lives if len(life.mentions) == 2)
    assert [step.step for step in life.steps] == ["negotiated", "signed", "ratified"]
    assert life.status == "ratified"
    assert len(lives) == 2
