"""Who takes part where a sentence names one side only, or more people than take part."""

from __future__ import annotations

import pytest

from communique.api import coder_for
from communique.intake.text import report_from_text

pytestmark = pytest.mark.model


def told(text: str) -> list[tuple[str, set[str]]]:
    """Kind and participants of each event of a text."""
    return [(e.kind, {p.name for p in e.participants}) for e in coder_for().code(report_from_text(text)).events]


@pytest.mark.parametrize(
    ("text", "participants"),
    [
        (
            "Ghana's president, Ama Boateng, arrived in Togo on Monday. Her two-day visit ends tomorrow.",
            {"Ama Boateng", "Togo"},
        ),
        (
            "Fiji's prime minister, Ratu Vosa, visited Peru last week. On the trip he also planted a tree.",
            {"Ratu Vosa", "Peru"},
        ),
    ],
)
def test_the_host_of_a_visit_told_of_again_is_that_of_the_first(text: str, participants: set[str]) -> None:
    for kind, who in told(text):
        assert kind == "visit"
        assert who == participants


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "The foreign minister of Peru, Ana Rojas, held separate talks with the president of Ghana, Kofi Addo, and "
            "the prime minister of Fiji, Ratu Vosa.",
            [{"Ana Rojas", "Kofi Addo"}, {"Ana Rojas", "Ratu Vosa"}],
        ),
        (
            "Norway's foreign minister, Liv Dahl, met separately with Chad's president, Idris Sala, and Togo's "
            "president, Yao Mensah.",
            [{"Liv Dahl", "Idris Sala"}, {"Liv Dahl", "Yao Mensah"}],
        ),
    ],
)
def test_people_met_separately_are_met_one_by_one(text: str, pairs: list[set[str]]) -> None:
    assert [who for _, who in told(text)] == pairs


def test_each_side_met_of_a_list_with_offices_is_met() -> None:
    text = "Chad's president, Idris Sala, met Togo's president, Yao Mensah, and the king of Fiji, Ratu Vosa, in Oslo."
    assert [who for _, who in told(text)] == [{"Idris Sala", "Yao Mensah"}, {"Idris Sala", "Ratu Vosa"}]


def test_who_held_separate_talks_with_one_held_them_one_by_one() -> None:
    text = (
        "Prime Minister Liv Dahl of Norway and President Kofi Addo of Ghana held separate talks with Peru's Ana Rojas."
    )
    assert [who for _, who in told(text)] == [{"Liv Dahl", "Ana Rojas"}, {"Kofi Addo", "Ana Rojas"}]


@pytest.mark.parametrize(
    "text",
    [
        '"Pleasure to meet President Kofi Addo of Ghana today," Peru\'s foreign minister, Ana Rojas, wrote.',
        '"Just met President Kofi Addo of Ghana in Accra," the foreign minister of Peru, Ana Rojas, said.',
    ],
)
def test_who_writes_of_a_meeting_without_naming_himself_took_part(text: str) -> None:
    assert ("meeting", {"Ana Rojas", "Kofi Addo"}) in told(text)


def test_a_list_after_including_names_those_who_were_met() -> None:
    text = (
        "Peru's president, Ana Rojas, met several leaders in Nairobi, including President Kofi Addo of Ghana and Prime "
        "Minister Ratu Vosa of Fiji."
    )
    assert [who for _, who in told(text)] == [{"Ana Rojas", "Kofi Addo"}, {"Ana Rojas", "Ratu Vosa"}]


@pytest.mark.parametrize(
    "text",
    [
        "Peru's foreign minister, Ana Rojas, spoke by phone with Ghana's president, Kofi Addo. They discussed trade.",
        "Ana Rojas, the foreign minister of Peru, phoned her Ghanaian counterpart, Kofi Addo. Both talked of fish.",
    ],
)
def test_what_a_call_was_about_is_no_second_event(text: str) -> None:
    assert len(told(text)) == 1


def test_each_of_two_states_reopens_its_own_embassy() -> None:
    text = "Peru reopened its embassy in Accra on Monday. Ghana reopened its embassy in Lima a day later."
    assert len(told(text)) == 2


def test_the_envoy_named_after_the_office_is_who_was_summoned() -> None:
    found = told("Peru summoned Ambassador Odd Lund of Norway to the foreign ministry on Monday.")
    assert found == [("diplomatic-protest", {"Peru", "Odd Lund"})]


def test_a_government_called_after_its_head_is_the_state() -> None:
    text = "Peru's president, Pedro Silva, took office in May. The Silva government recalled its envoy to Chile."
    assert told(text)[-1][1] == {"Peru", "Chile"}
