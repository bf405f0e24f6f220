"""Groups led to their members, and organisations with the state they belong to."""

from __future__ import annotations

import pytest

from communique.actors import people_of

pytestmark = pytest.mark.model

_MEETING = "Peruvian President Elena Quispe met Chilean President Rodrigo Vidal in Lima. "


@pytest.mark.parametrize(
    ("sentence", "words", "members"),
    [
        ("The two countries signed a pact.", "The two countries", ["Peru", "Chile"]),
        ("Both sides praised the pact.", "Both sides", ["Peru", "Chile"]),
        ("The two presidents praised the pact.", "The two presidents", ["Elena Quispe", "Rodrigo Vidal"]),
        ("The pair praised the pact.", "The pair", ["Elena Quispe", "Rodrigo Vidal"]),
    ],
)
def test_a_group_is_led_to_its_members(read, sentence, words, members):
    assert sorted(read(_MEETING + sentence).members(words)) == sorted(members)


def test_a_group_nobody_was_named_for_is_left_alone(read):
    assert read("The two countries signed a pact.").at("The two countries") is None


def test_people_of_lists_persons_and_groups_with_ids(read):
    people = people_of(read(_MEETING + "The two presidents praised it.").cast)
    group = next(p for p in people if p.members)
    assert {p.name for p in people if p.id in group.members} == {"Elena Quispe", "Rodrigo Vidal"}
    assert [p.id for p in people] == [f"p{n}" for n in range(1, len(people) + 1)]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Iran's Foreign Ministry protested.", "Foreign Ministry", "IRN"),
        ("The Ministry of Commerce of China protested.", "Ministry of Commerce", "CHN"),
        ("The Hungarian parliament voted.", "parliament", "HUN"),
        ("The Foreign Ministry in Kyiv protested.", "Foreign Ministry", "UKR"),
        ("The State Duma voted.", "State Duma", "RUS"),
        ("Hamas protested.", "Hamas", "PSE"),
        ("NATO protested.", "NATO", None),
        ("The European Commission protested.", "European Commission", "EUU"),
    ],
)
def test_an_organisation_has_the_state_it_belongs_to(read, text, name, country):
    actor = read(text).named(name)
    assert (actor.kind, actor.country, actor.acts) == ("organisation", country, True)


def test_a_firm_does_not_act(read):
    assert not any(a.acts for a in read("Boeing Corp. delivered an aircraft.").cast.actors)


def test_mentions_lie_inside_the_text_and_reading_twice_gives_the_same(read):
    first, second = read(_MEETING * 3), read(_MEETING * 3)
    assert first.cast.actors == second.cast.actors
    assert first.cast.mentions == second.cast.mentions
    for mention in first.cast.mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(first.text)
        assert mention.full_start <= mention.start <= mention.head < mention.end <= mention.full_end


@pytest.mark.parametrize("text", ["", "\n\n", "...", "“”", "A", "- - -\n\n- -"])
def test_texts_without_anybody_give_an_empty_cast(read, text):
    assert read(text).cast.actors == ()


def test_two_states_before_a_plural_office_give_two_unnamed_persons(read):
    members = read("The Turkish and Greek foreign ministers met on Monday.").members(
        "The Turkish and Greek foreign ministers"
    )
    assert members == ["foreign minister of Turkey", "foreign minister of Greece"]


def test_the_pair_that_the_report_joins_is_meant_by_the_two_sides(read):
    text = "Peru and Chile agreed to resume ties. Brazil mediated. The two sides will reopen embassies."
    assert read(text).members("The two sides") == ["Peru", "Chile"]


_PAIR = "Peruvian Minister Ana Salas telephoned Chilean Minister Rodrigo Vidal. "


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (_PAIR + "The latter will fly to Lima.", "The latter", "Rodrigo Vidal"),
        (_PAIR + "The former will fly to Arica.", "The former", "Ana Salas"),
        ("Peru and Chile signed a pact. The former sent a minister.", "The former", "Peru"),
        (_PAIR + "The latter plan failed.", "The latter", None),
    ],
)
def test_the_latter_is_one_of_two_named_together(read, text, words, name):
    assert read(text).name(words) == name


_DINNER = "Peruvian President Elena Quispe met Chilean President Rodrigo Vidal, her host, in Arica. "


def test_a_guest_is_the_one_who_is_not_the_host(read):
    assert read(_DINNER + "At dinner the guest praised the wine.").name("the guest") == "Elena Quispe"
    assert read("President Elena Quispe spoke. At dinner the guest praised the wine.").name("the guest") is None


def test_a_list_of_the_right_length_comes_before_a_nearer_state(read):
    reading = read("Chad, Peru and Chile signed a treaty. France watched. The three governments were pleased.")
    assert reading.members("The three governments") == ["Chad", "Peru", "Chile"]


def test_either_of_two_states_is_both(read):
    assert read("Chad and Peru quarrelled. France trades with neither country.").members("neither country") == [
        "Chad",
        "Peru",
    ]


def test_a_plural_office_goes_back_to_those_who_were_called_so(read):
    text = (
        "Ana Salas and Rodrigo Vidal, the foreign ministers of Peru and Chile, signed a pact. "
        "Foreign Minister Jan Novotny of Czechia and Foreign Minister Eva Lindt of Austria looked on. "
        "Both ministers smiled."
    )
    assert read(text).members("Both ministers") == ["Ana Salas", "Rodrigo Vidal"]


def test_a_person_of_a_body_acts_for_its_state(read):
    assert read("Elena Quispe met Mark Thornton of the State Department.").named("Mark Thornton").country == "USA"
