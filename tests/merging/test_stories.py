"""Stories: joined by words, parted by days only as far as days are supported."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from communique.merging.stories import Telling, find_stories

FISH = [
    "Rosa Quispe and Thabo Lekoetje signed a fisheries protocol in Maseru; cadets will train on trawlers from Callao.",
    "A protocol on fisheries lets cadets from Lesotho train on Peruvian trawlers, Quispe and Lekoetje said in Maseru.",
    "Maseru: Lekoetje praises the fisheries protocol with Peru. Trawlers from Callao take on cadets, says Quispe.",
]
TEA = [
    "Ian Borg opened a tea exhibition in Suva and promised flights between Malta and Fiji before the monsoon.",
    "Flights from Malta to Fiji come before the monsoon, said Borg at the tea exhibition in Suva.",
]
MARCH, LATER = date(2023, 3, 7), date(2023, 11, 20)


def told(texts: list[str], day: date | None = None, start: str = "r") -> list[Telling]:
    return [Telling(f"{start}{i}", None, text, claimed=day) for i, text in enumerate(texts)]


def sizes(tellings: list[Telling]) -> list[int]:
    stories = list(find_stories(tellings).values())
    return sorted(stories.count(story) for story in set(stories))


def test_reports_of_one_story_are_together_and_others_apart() -> None:
    assert sizes([*told(FISH, start="f"), *told(TEA, start="t")]) == [2, 3]


def test_one_false_date_does_not_part_a_story() -> None:
    first, *rest = told(FISH, MARCH)
    assert sizes([replace(first, claimed=LATER), *rest]) == [3]


def test_like_stories_months_apart_are_two_when_reports_support_both_days() -> None:
    again = [
        "Rosa Quispe and Thabo Lekoetje reviewed the fisheries protocol in Lima and added quotas for hake and squid.",
        "Quotas for hake and squid were added in Lima when Quispe and Lekoetje reviewed the protocol on fisheries.",
        "Hake and squid get quotas: Lekoetje and Quispe review the fisheries protocol in Lima.",
    ]
    assert sizes([*told(FISH, None, "a"), *told(again, None, "b")]) != [3, 3]
    assert sizes([*told(FISH, MARCH, "a"), *told(again, LATER, "b")]) == [3, 3]


def test_stories_do_not_depend_on_order() -> None:
    every = [*told(FISH, MARCH, "f"), *told(TEA, LATER, "t")]
    expected = find_stories(every)
    for seed in range(5):
        shuffled = list(every)
        random.Random(seed).shuffle(shuffled)
        assert find_stories(shuffled) == expected
