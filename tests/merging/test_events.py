"""Mentions to events: what joins, what stays apart, and that order does not matter."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.merging.events import Links, merge
from communique.merging.mentions import Mention, Party
from communique.merging.view import view

MARCH = date(2023, 3, 7)


def person(name: str, country: str, role: str | None = None) -> Party:
    return Party(name, "person", country, role)


QUISPE, LEKOETJE = person("Rosa Quispe", "PER"), person("Thabo Lekoetje", "LSO")


def mention(key: str, **changes: object) -> Mention:
    base = Mention(
        id=key, report=key.split("/")[0], kind="meeting", modality="occurred", parties=(QUISPE, LEKOETJE), start=MARCH,
        end=MARCH, place=None, place_country=None, instrument=None, origin=key.split("/")[0],
    )  # fmt: skip
    made = replace(base, **changes)  # type: ignore[arg-type]
    return made if "end" in changes or "start" not in changes else replace(made, end=made.start)


def groups(*mentions: Mention, links: Links | None = None) -> list[list[str]]:
    return sorted([list(event.mentions) for event in merge(mentions, links or Links())])


APRIL = date(2023, 4, 20)
JOIN = {
    "talks and a meeting": ({}, {"kind": "talks"}),
    "another spelling": ({}, {"parties": (person("Rosa Kispe", "PER"), LEKOETJE)}),
    "family names only": ({}, {"parties": (person("Quispe", "PER"), person("Lekoetje", "LSO"))}),
    "a state for its minister": ({}, {"parties": (Party("Peru", "state", "PER"), LEKOETJE)}),
    "a ministry for its minister": ({}, {"parties": (Party("foreign ministry", "organisation", "PER"), LEKOETJE)}),
    "planned and occurred": ({}, {"modality": "planned"}),
    "a day apart": ({}, {"start": date(2023, 3, 8)}),
    "a venue in the town": ({"place": "Lima", "place_country": "PER"}, {"place": "Torre Tagle Palace"}),
    "without a day": ({}, {"start": None, "end": None}),
    "only the month": ({}, {"start": date(2023, 3, 1), "end": date(2023, 3, 31)}),
}
APART = {
    "another kind": ({}, {"kind": "call"}),
    "another person of the country": ({}, {"parties": (person("Ana Paredes", "PER"), LEKOETJE)}),
    "another day": ({}, {"start": date(2023, 3, 10)}),
    "another town": ({"place": "Lima", "place_country": "PER"}, {"place": "Cusco", "place_country": "PER"}),
    "another country's town": ({"place": "Lima", "place_country": "PER"}, {"place": "Maseru", "place_country": "LSO"}),
    "a company of the country": ({}, {"parties": (Party("Callao Fish Traders", "organisation", "PER"), LEKOETJE)}),
    "undated, written a year later": ({}, {"start": None, "end": None, "written": date(2024, 6, 1)}),
    "another pair": ({}, {"parties": (QUISPE, person("Ian Borg", "MLT"))}),
}


@pytest.mark.parametrize("case", JOIN, ids=str)
def test_two_reports_of_one_meeting_are_one_event(case: str) -> None:
    a, b = JOIN[case]
    assert groups(mention("a/0", **a), mention("b/0", **b)) == [["a/0", "b/0"]]


@pytest.mark.parametrize("case", APART, ids=str)
def test_two_meetings_stay_two_events(case: str) -> None:
    a, b = APART[case]
    assert groups(mention("a/0", **a), mention("b/0", **b)) == [["a/0"], ["b/0"]]


def test_two_meetings_that_one_report_tells_apart_are_not_joined_by_others() -> None:
    next_day = date(2023, 3, 8)
    found = groups(
        mention("a/0"), mention("a/1", start=next_day), mention("b/0"), mention("c/0", start=next_day), mention("d/0")
    )
    assert found == [["a/0", "b/0", "d/0"], ["a/1", "c/0"]]


def test_days_that_two_origins_each_tell_are_two_days() -> None:
    next_day = date(2023, 3, 8)
    found = groups(mention("a/0"), mention("b/0"), mention("c/0", start=next_day), mention("d/0", start=next_day))
    assert found == [["a/0", "b/0"], ["c/0", "d/0"]]


def test_a_copy_is_not_a_second_origin() -> None:
    events = merge([mention("a/0"), mention("b/0", origin="a"), mention("c/0")])
    shown = view(events[0], {m.id: m for m in [mention("a/0"), mention("b/0", origin="a"), mention("c/0")]})
    assert (len(shown.reports), shown.origins_most) == (3, 2)


def test_one_signing_dated_differently_is_one_contested_event() -> None:
    signing = {"kind": "signing", "instrument": "fisheries protocol"}
    every = [mention("a/0", **signing), mention("b/0", **signing), mention("c/0", **signing, start=date(2023, 3, 17))]
    (event,) = merge(every)
    shown = view(event, {m.id: m for m in every})
    assert shown.contested == ("when",)
    assert shown.start == MARCH


def test_signings_of_two_papers_on_one_day_stay_apart() -> None:
    one = mention("a/0", kind="signing", instrument="fisheries protocol")
    two = mention("b/0", kind="signing", instrument="extradition treaty")
    assert groups(one, two) == [["a/0"], ["b/0"]]


def test_two_rounds_of_one_dialogue_stay_apart() -> None:
    vague = {"kind": "dialogue", "start": None, "end": None}
    assert groups(
        mention("a/0", **vague, instrument="fifth strategic dialogue"),
        mention("b/0", **vague, instrument="sixth strategic dialogue"),
    ) == [["a/0"], ["b/0"]]


def test_a_message_is_not_its_answer() -> None:
    there = (person("Rosa Quispe", "PER", "initiator"), person("Thabo Lekoetje", "LSO", "recipient"))
    back = (person("Thabo Lekoetje", "LSO", "initiator"), person("Rosa Quispe", "PER", "recipient"))
    assert groups(
        mention("a/0", kind="message", parties=there), mention("b/0", kind="message", parties=back)
    ) == [["a/0"], ["b/0"]]  # fmt: skip


def test_an_undated_mention_that_fits_two_events_names_both() -> None:
    events = merge([mention("a/0"), mention("b/0", start=APRIL), mention("c/0", start=None, end=None)])
    (vague,) = (event for event in events if event.mentions == ("c/0",))
    assert vague.candidates == ("a/0", "b/0")


def test_an_undated_mention_goes_to_the_event_near_its_reports_days() -> None:
    vague = mention("c/0", start=None, end=None, written=date(2023, 4, 22))
    assert groups(mention("a/0"), mention("b/0", start=APRIL), vague) == [["a/0"], ["b/0", "c/0"]]


def test_a_correction_joins_and_parts() -> None:
    a, b = mention("a/0"), mention("b/0", start=date(2023, 3, 20))
    assert groups(a, b, links=Links(must=frozenset({("a/0", "b/0")}))) == [["a/0", "b/0"]]
    assert groups(a, mention("c/0"), links=Links(cannot=frozenset({("a/0", "c/0")}))) == [["a/0"], ["c/0"]]


def test_planned_then_occurred_shows_as_occurred_with_its_history() -> None:
    every = [mention("a/0", modality="planned"), mention("b/0")]
    shown = view(merge(every)[0], {m.id: m for m in every})
    assert shown.modality == "occurred"
    assert [value.value for value in shown.history] == ["occurred", "planned"]
    assert "modality" not in shown.contested


NAMES = ["Rosa Quispe", "Quispe", "Rosa Kispe", "Ana Paredes"]


@st.composite
def collections(draw: st.DrawFn) -> list[Mention]:
    made = []
    for i in range(draw(st.integers(2, 14))):
        day = draw(st.sampled_from([None, *(date(2023, 3, d) for d in (7, 8, 9, 28))]))
        people = (person(draw(st.sampled_from(NAMES)), "PER"), LEKOETJE)
        made.append(
            mention(
                f"r{draw(st.integers(0, 6))}/{i}",
                kind=draw(st.sampled_from(["meeting", "talks", "visit", "signing", "message"])),
                parties=people[: draw(st.integers(1, 2))],
                start=day,
                end=day,
                modality=draw(st.sampled_from(["occurred", "planned"])),
                place=draw(st.sampled_from([None, "Lima", "Cusco"])),
                instrument=draw(st.sampled_from([None, "fisheries protocol", "extradition treaty"])),
                written=draw(st.sampled_from([None, date(2023, 3, 9)])),
                origin=draw(st.sampled_from([f"o{i}", "r0", "r1"])),
                sentence=draw(st.sampled_from([None, "s1", "s2"])),
            )
        )
    return made


@given(collections(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_any_order_gives_the_same_events(mentions: list[Mention], chance: random.Random) -> None:
    expected = merge(mentions)
    shuffled = list(mentions)
    chance.shuffle(shuffled)
    assert merge(shuffled) == expected
    assert sorted(key for event in expected for key in event.mentions) == sorted(m.id for m in mentions)


# --- copies, counts, visits, rounds ---------------------------------------------------------------------------------


def shown(*mentions: Mention) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Each event's mentions, first day and contested fields."""
    by_id = {m.id: m for m in mentions}
    views = [view(event, by_id) for event in merge(mentions)]
    return [(" ".join(v.mentions), str(v.start) if v.start else None, v.contested) for v in views]


def test_a_copy_with_a_false_page_date_neither_moves_nor_contests_the_day() -> None:
    first = mention("a/0", sentence="s", written=MARCH, dated=True)
    late = date(2024, 9, 5)
    copy = mention("b/0", sentence="s", origin="a", start=late, written=date(2024, 9, 8))
    earlier_by_its_page = mention("c/0", sentence="s", origin="a", start=date(2021, 1, 5), written=date(2021, 1, 8))
    assert shown(first, copy, earlier_by_its_page) == [("a/0 b/0 c/0", "2023-03-07", ())]


def test_of_copies_dated_by_their_pages_the_earliest_is_heard() -> None:
    late = mention("a/0", sentence="s", start=date(2024, 9, 5), written=date(2024, 9, 8))
    first = mention("b/0", sentence="s", origin="a", written=MARCH)
    assert shown(late, first) == [("a/0 b/0", "2023-03-07", ())]


def test_two_counts_of_papers_signed_are_one_signing_with_a_contested_number() -> None:
    seven = mention("a/0", kind="signing", instrument="memoranda of understanding", number=7)
    eight = mention("b/0", kind="signing", instrument="agreements", number=8)
    assert shown(seven, eight) == [("a/0 b/0", "2023-03-07", ("number",))]


def test_days_of_one_visit_are_one_visit_from_the_first_to_the_last() -> None:
    guest = (person("Rosa Quispe", "PER", "guest"), Party("Lesotho", "state", "LSO", "host"))
    visit = {"kind": "visit", "parties": guest}
    arrival, second_day = mention("a/0", **visit), mention("a/1", start=date(2023, 3, 8), **visit)
    tour = mention("b/0", start=MARCH, end=date(2023, 3, 10), **visit)
    (event,) = merge([arrival, second_day, tour])
    seen = view(event, {m.id: m for m in (arrival, second_day, tour)})
    assert (str(seen.start), str(seen.end), seen.contested) == ("2023-03-07", "2023-03-10", ())


def test_a_second_visit_a_fortnight_later_is_another_one() -> None:
    visit = {
        "kind": "visit",
        "parties": (person("Rosa Quispe", "PER", "guest"), Party("Lesotho", "state", "LSO", "host")),
    }
    assert len(merge([mention("a/0", **visit), mention("a/1", start=date(2023, 3, 21), **visit)])) == 2


def test_the_second_and_the_third_round_of_a_week_stay_apart() -> None:
    assert groups(mention("a/0", kind="talks", round=2), mention("b/0", kind="talks", round=3)) == [["a/0"], ["b/0"]]
