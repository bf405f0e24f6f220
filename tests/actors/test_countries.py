"""States by name, adjective and capital; and the same words when they are no states."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "words", "form"),
    [
        ("Peru protested on Monday.", "Peru", "name"),
        ("The Peruvian envoy left on Monday.", "Peruvian", "adjective"),
        ("Lima said on Monday that it would protest.", "Lima", "metonym"),
        ("Ties with Lima have cooled.", "Lima", "metonym"),
        ("The Kremlin denied the report.", "Kremlin", "metonym"),
        ("They opened a road in Peru.", "Peru", "place"),
    ],
)
def test_a_state_is_found_with_the_way_it_is_named(read, text, words, form):
    assert read(text).form(words) == form


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met in Lima on Monday.",
        "The China Daily printed a photograph.",
        "The Bank of England kept its rate.",
        "He studied at Georgia Tech.",
        "The team flew with Air France.",
    ],
)
def test_a_place_or_a_name_inside_another_name_is_no_actor(read, text):
    assert not [a for a in read(text).cast.actors if a.kind == "state"]


def test_a_combining_form_names_two_states(read):
    assert read("Sino-Kazakh trade has grown.").states() == ["CHN", "KAZ"]


def test_a_pair_of_capitals_before_relations_is_two_states(read):
    assert read("Moscow-Tehran relations are close.").states() == ["RUS", "IRN"]


def test_georgia_is_the_american_state_among_american_words(read):
    assert read("Georgia Governor Brian Hill, a Republican, lost the runoff in Atlanta.").states() == []


def test_georgia_is_the_state_beside_its_capital(read):
    assert read("Georgia signed the protocol in Tbilisi.").states() == ["GEO"]


def test_a_family_name_spelled_like_a_capital_is_the_person(read):
    reading = read("Odette Paris, an Australian woman, lost her case. Paris said she would appeal.")
    assert reading.name("Paris") == "Odette Paris"


def test_lower_case_words_are_no_states(read):
    assert read("The turkey was cold and a chad fell.").states() == []
