"""Peoples under two names, states under their form of government, organisations under older names."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Young Belgians marched through the port on Friday.", ["BEL"]),
        ("Bosnian Croats asked for a corridor.", ["BIH"]),
        ("Turkish Cypriots voted for the plan.", ["CYP"]),
        ("Two hundred ethnic Romanians held a march in Hungary.", ["HUN"]),
        ("A crowd of ethnic Romanians held a march on Sunday.", []),
        ("Dutch and Danish farmers held a march.", ["NLD", "DNK"]),
    ],
)
def test_a_people_belongs_to_the_state_where_it_lives(read, text, codes):
    assert read(text).states() == codes


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("China praised Peru. Panama recognised the People's Republic.", "People's Republic", "CHN"),
        ("Morocco thanked Chad. A letter from the kingdom arrived on Monday.", "kingdom", "MAR"),
        ("Chad thanked Peru. A letter from the kingdom arrived on Monday.", "kingdom", None),
    ],
)
def test_a_form_of_government_means_the_state_named_before(read, text, words, code):
    actor = read(text).at(words)
    assert (actor.country if actor else None) == code


def test_a_national_security_council_is_not_the_one_of_the_united_nations(read):
    assert read("She spoke for the National Security Council.").at("Security Council") is None
    assert read("She spoke for the Security Council.").at("Security Council").code == "UNSC"


@pytest.mark.parametrize("name", ["Amnesty International", "Red Cross", "Organization of African Unity"])
def test_well_known_organisations_act(read, name):
    assert read(f"The {name} appealed to Chad on Friday.").at(name).acts


def test_the_european_community_is_the_union_of_today(read):
    actor = read("The European Community sent grain to Peru.").at("European Community")
    assert (actor.code, actor.country) == ("EU", "EUU")


def test_armed_movements_have_the_state_in_which_they_fight(read):
    assert read("The Shining Path attacked a convoy.").at("Shining Path").country == "PER"
