"""Meetings that come round: the tables fit each other, and a text's number, year or place singles out the edition."""

from __future__ import annotations

import pytest

from communique.dates.anchor.occasions import find_occasions
from communique.tables import rows


def test_every_forum_has_a_name_and_every_name_a_forum() -> None:
    assert {row["organisation"] for row in rows("forum_names")} == {r["organisation"] for r in rows("forum_editions")}


def test_editions_are_numbered_without_gaps_backwards() -> None:
    numbers: dict[str, list[int]] = {}
    for row in rows("forum_editions"):
        if row["ordinal"]:
            numbers.setdefault(row["organisation"], []).append(int(row["ordinal"]))
    for organisation, counted in numbers.items():
        assert counted == sorted(counted), organisation
        assert len(counted) == len(set(counted)), organisation


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("The two kings talked during the G20 summit in Hangzhou.", 2016),
        ("the 25th APEC Economic Leaders' Meeting opened", 2017),
        ("The Summit of the Americas held in Trinidad and Tobago closed.", 2009),
        ("the COP26 talks", 2021),
        ("They spoke at the Arab League summit in Bahrain.", 2024),
    ],
)
def test_edition_follows_from_place_number_or_country(text: str, year: int) -> None:
    (occasion,) = find_occasions(text)
    assert {edition.year for edition in occasion.editions} == {year}
    assert occasion.narrowed


@pytest.mark.parametrize(
    "text",
    [
        "The G20 finance ministers' meeting in Bali ended.",
        "The two met at the NATO meeting in Brussels.",
        "They spoke at the EU-China summit in Brussels.",
        "an emergency special session of the kind that the UN General Assembly emergency session was",
        "The World Economic Forum's report was read in Davos.",
    ],
)
def test_other_meetings_of_a_forum_are_no_edition(text: str) -> None:
    assert find_occasions(text) == ()


def test_place_in_the_name_is_no_place_of_the_meeting() -> None:
    (occasion,) = find_occasions("They came to the summit of the Shanghai Cooperation Organization.")
    assert len(occasion.editions) > 20
    assert not occasion.narrowed
