"""Persons: offices beside names, names joined through the report, pronouns and descriptions led to them."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


def test_a_stack_of_offices_before_the_name_gives_each_office_with_the_state(read):
    person = read("Visiting Georgian Deputy Premier and Minister of Foreign Affairs Daniyar Omarov spoke.").named(
        "Daniyar Omarov"
    )
    assert [(o.title, o.key, o.country) for o in person.offices] == [
        ("Deputy Premier", "deputy head of government", "GEO"),
        ("Minister of Foreign Affairs", "foreign minister", "GEO"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "key", "status", "country"),
    [
        ("Chen Guomin, chairman of the Trade Committee of China, spoke.", "Chen Guomin", "chair", "current", "CHN"),
        ("Peru's prime minister, Elena Quispe, spoke.", "Elena Quispe", "head of government", "current", "PER"),
        ("Former Danish prime minister Helle Lund spoke.", "Helle Lund", "head of government", "former", "DNK"),
        ("Acting Swedish Defence Minister Karin Ek spoke.", "Karin Ek", "defence minister", "acting", "SWE"),
        ("Marta Keller, who heads the Swiss delegation, spoke.", "Marta Keller", "head", "current", "CHE"),
        ("A Kremlin spokesman, Pavel Orlov, declined to comment.", "Pavel Orlov", "spokesperson", "current", "RUS"),
    ],
)
def test_an_office_is_read_with_its_key_status_and_state(read, text, name, key, status, country):
    person = read(text).named(name)
    assert (person.offices[0].key, person.offices[0].status, person.country) == (key, status, country)


def test_the_words_of_office_and_apposition_belong_to_the_person(read):
    reading = read("Norwegian Foreign Minister Sigrid Aasen, leader of the delegation, spoke.")
    mention = next(
        m for m in reading.cast.mentions if m.form == "name" and reading.cast.actors[m.actor].kind == "person"
    )
    assert reading.text[reading.cast.mentions[0].span.start :].startswith("Norwegian")
    assert (mention.full_start, mention.full_end) == (0, 10)


def test_ministers_of_two_states_named_together_get_each_their_own(read):
    reading = read("The foreign ministers of Peru and Chile, Elena Quispe and Rodrigo Vidal, met on Tuesday.")
    assert (reading.named("Elena Quispe").country, reading.named("Rodrigo Vidal").country) == ("PER", "CHL")


@pytest.mark.parametrize(
    "text",
    [
        "Togo's king, Yao Mensah, Mali's president, Issa Keita, and Fiji's premier, Ratu Vosa, met on Monday.",
        "The envoy saw the Togolese king, Yao Mensah, Mali's president, Issa Keita, and Fiji's premier, Ratu Vosa.",
    ],
)
def test_in_a_list_each_name_follows_its_office(read, text):
    reading = read(text)
    assert [reading.named(n).country for n in ("Yao Mensah", "Issa Keita", "Ratu Vosa")] == ["TGO", "MLI", "FJI"]


def test_offices_before_and_after_a_name_are_both_held(read):
    person = read("The former Peruvian president, Elena Quispe, Chile's envoy to Mali, fell ill.").named("Elena Quispe")
    assert [(o.key, o.country) for o in person.offices] == [("president", "PER"), ("special envoy", "CHL")]


def test_a_counterpart_holds_the_office_of_the_other(read):
    person = read("French Foreign Minister Jean Carrel met his Turkish counterpart, Elif Aydin.").named("Elif Aydin")
    assert (person.country, person.offices[0].key, person.offices[0].basis) == ("TUR", "foreign minister", "inferred")


def test_his_before_counterpart_is_not_the_counterpart(read):
    assert (
        read("French Foreign Minister Jean Carrel met his Turkish counterpart, Ali Aydin.").name("his") == "Jean Carrel"
    )


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("President Deng Weiming arrived.", "Deng"),
        ("Foreign Minister Tran Thi Lan arrived.", "Lan"),
        ("Spokeswoman Ana del Pilar Mendez Soto spoke.", "Mendez"),
        ("Minister Nasser bin Ali al-Dossari spoke.", "Al-Dossari"),
    ],
)
def test_a_short_form_is_any_word_of_the_name(read, first, later):
    reading = read(f"{first} {later} said that the road was open.")
    assert reading.at(later) is not None
    assert reading.at(later).index == next(a.index for a in reading.cast.actors if a.kind == "person")


def test_a_given_name_with_patronymic_is_the_same_person(read):
    reading = read('Anton Belkin, deputy chairman of the bank, spoke. "No," Anton Petrovich said.')
    assert len([a for a in reading.cast.actors if a.kind == "person"]) == 1


def test_two_holders_of_one_office_are_two_persons(read):
    reading = read("Chinese Premier Li Zhennan spoke. Former Chinese Premier Li Zhenhua did not.")
    assert {a.name for a in reading.cast.actors if a.kind == "person"} == {"Li Zhennan", "Li Zhenhua"}


def test_a_possessive_before_its_subject_is_the_subject(read):
    text = "Presidents Abel Sanz and Rui Costa exchanged letters. In his letter, Costa praised the road."
    assert read(text).name("his") == "Rui Costa"


def test_a_pronoun_follows_gender(read):
    reading = read("President Sigrid Aasen met Prime Minister John Keller. She praised his patience.")
    assert (reading.name("She"), reading.name("his")) == ("Sigrid Aasen", "John Keller")


def test_i_in_a_quotation_is_its_speaker(read):
    text = 'Foreign Minister Elena Quispe met Rodrigo Vidal. "I am content," Quispe said.'
    assert read(text).name("I") == "Elena Quispe"


def test_the_leader_of_a_state_is_its_named_president(read):
    text = "Chilean President Rodrigo Vidal met Peruvian President Elena Quispe. The Chilean leader left at noon."
    assert read(text).name("The Chilean leader") == "Rodrigo Vidal"


def test_an_office_without_a_name_is_an_unnamed_person_of_that_state(read):
    actor = read("The Peruvian foreign minister left.").at("The Peruvian foreign minister")
    assert (actor.name, actor.named, actor.country) == ("foreign minister of Peru", False, "PER")


def test_the_table_names_the_holder_when_the_day_is_known(read):
    actor = read("The French president left.", day="2019-05-02").at("The French president")
    assert actor.name == "Emmanuel Macron"
    assert {o.basis for o in actor.offices} == {"stated", "table"}


def test_a_title_and_family_name_are_completed_from_the_table(read):
    assert read("President Macron spoke in Oslo.", day="2019-05-02").name("Macron") == "Emmanuel Macron"


def test_a_common_family_name_alone_is_not_completed(read):
    assert read("Prime Minister Park spoke.").name("Park") == "Park"


def test_a_footballer_does_not_act_between_states(read):
    assert not read("Striker Diego Alves scored twice.").named("Diego Alves").acts


def test_a_second_office_before_the_office_and_name_is_the_same_person(read):
    person = read("He received the Pakistani army chief, General Tariq Alam.").named("Tariq Alam")
    assert (person.country, {o.key for o in person.offices}) == ("PAK", {"chief of general staff", "general"})


def test_a_family_name_that_is_a_common_noun_at_the_start_of_a_sentence_is_the_person(read):
    reading = read("Philippine Defense Secretary Jose Reyes signed the pact. Reyes said it was good.")
    assert reading.name("Reyes") == "Jose Reyes"


def test_a_deputy_chairman_of_ministers_keeps_his_second_office(read):
    text = "Turkmen Deputy Chairman of the Cabinet of Ministers and Foreign Minister Rashid Gurban arrived."
    assert [o.title for o in read(text).named("Rashid Gurban").offices] == ["Deputy Chairman", "Foreign Minister"]


@pytest.mark.parametrize(
    ("text", "name", "keys"),
    [
        ("Foreign Minister Shah Nawaz Durrani arrived.", "Shah Nawaz Durrani", {"foreign minister"}),
        ("Industry Minister Sultan Al Marri arrived.", "Sultan Al Marri", {"industry minister"}),
        ("Sultan Haitham received the envoy.", "Haitham", {"monarch"}),
    ],
)
def test_a_title_that_is_a_given_name_here_is_no_office(read, text, name, keys):
    assert {o.key for o in read(text).named(name).offices} == keys


def test_being_somebodys_guest_is_no_office(read):
    text = "Minister Odd Lund came as a guest of Secretary of State Carla Voss."
    assert [o.title for o in read(text).named("Carla Voss").offices] == ["Secretary of State"]


def test_an_office_that_one_state_has_gives_the_state(read):
    assert read("Treasury Secretary Carla Voss spoke in Lima.").named("Carla Voss").country == "USA"
    assert read("The Secretary of State for Defence, Carla Voss, spoke.").named("Carla Voss").country is None


def test_an_ambassador_of_one_state_to_another_acts_for_the_first(read):
    person = read("The Ambassador of Peru to Kenya, Elena Quispe, spoke.").named("Elena Quispe")
    assert person.country == "PER"


def test_a_name_that_begins_a_relative_clause_does_not_hold_the_office_before_it(read):
    reading = read("President Marta Keller said Tom Vance is the third cabinet minister Keller has dismissed.")
    assert [o.key for o in reading.named("Marta Keller").offices] == ["president"]


def test_an_office_without_its_state_is_of_the_capital_in_the_dateline(read):
    reading = read("LIMA: National Security Adviser Rosa Tello met the envoys of Chile and Bolivia.")
    assert reading.named("Rosa Tello").country == "PER"


def test_who_arrives_in_the_dateline_town_is_not_of_its_state(read):
    assert read("LIMA: National Security Adviser Rosa Tello arrived here.").named("Rosa Tello").country is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Foreign Office in London said no. Britain waits.", "GBR"),
        ("ISLAMABAD: The Foreign Office said no to Iran.", "PAK"),
        ("The Pakistani Foreign Office said no to Iran.", "PAK"),
    ],
)
def test_a_bodys_name_that_states_share_goes_by_the_report(read, text, country):
    body = next(a for a in read(text).cast.actors if a.kind == "organisation")
    assert body.country == country


def test_ambassadors_listed_state_by_state_are_each_of_their_own(read):
    reading = read(
        "The king received the ambassadors of Peru, Ana Tello, Kenya, Tom Otieno, and Chad, Idriss Mahamat, on Monday."
    )
    assert [reading.named(n).country for n in ("Ana Tello", "Tom Otieno", "Idriss Mahamat")] == ["PER", "KEN", "TCD"]
    group = next(a for a in reading.cast.actors if a.kind == "group")
    assert len(group.members or ()) == 3


def test_names_in_apposition_to_officers_of_a_state_are_of_that_state(read):
    reading = read("The guards held two senior Kenyan officers, Otieno and Colonel Peter Mwangi, on Friday.")
    assert (reading.named("Otieno").country, reading.named("Peter Mwangi").country) == ("KEN", "KEN")


def test_a_state_after_the_name_counts_where_the_office_has_none(read):
    reading = read("He met FM Pavel Novy of the Czech Republic and Foreign Minister Ana Tello (Peru).")
    assert (reading.named("Pavel Novy").country, reading.named("Ana Tello").country) == ("CZE", "PER")


def test_counterparts_of_several_states_are_the_holders_of_the_office_there(read):
    reading = read(
        "Foreign Minister Ana Tello of Peru met her counterparts from Chile, Cuba and Chad. "
        "Foreign Minister Luis Vidal of Chile thanked her."
    )
    assert reading.members("counterparts") == [
        "Luis Vidal", "foreign minister of Cuba", "foreign minister of Chad",
    ]  # fmt: skip


def test_a_named_counterpart_holds_the_office_wherever_it_stands(read):
    reading = read(
        "The presidents of Kenya and Peru met on Monday. "
        "Kenyan President Tom Otieno and Peruvian counterpart Luis Tello signed a treaty."
    )
    assert reading.members("The presidents of Kenya and Peru") == ["Tom Otieno", "Luis Tello"]


def test_his_counterpart_before_the_name_of_him_is_led_to_him(read):
    reading = read("At talks with his counterpart Luis Tello, Kenyan Foreign Minister Tom Otieno declared peace.")
    assert reading.name("his") == "Tom Otieno"
    assert [o.key for o in reading.named("Luis Tello").offices] == ["foreign minister"]


def test_a_bare_office_means_the_holder_in_the_state_of_the_dateline(read):
    reading = read(
        "LIMA, May 3 (Andina) - Peruvian President Ana Tello phoned President Tom Otieno of Kenya on Monday. "
        "The president also praised Otieno."
    )
    assert reading.name("The president") == "Ana Tello"


def test_an_official_named_beside_one_of_a_known_state_is_of_the_same(read):
    reading = read("LIMA: He was received by Foreign Minister Ana Tello and Interior Minister Rosa Vidal.")
    assert reading.named("Rosa Vidal").country == "PER"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kenyan Secretary for East African and Indian Ocean Affairs Tom Otieno spoke.", "Tom Otieno"),
        ("Under-Secretary for Political and Peace Affairs Ana Tello spoke.", "Ana Tello"),
    ],
)
def test_a_body_of_two_regions_ends_before_the_name(read, text, name):
    assert read(text).named(name).offices


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The king received Gul Rahim, whom Kenya has named as its ambassador.", "KEN"),
        ("Peru appointed Gul Rahim as its ambassador to Chad.", "PER"),
        ("Gul Rahim was appointed ambassador on Monday.", None),
    ],
)
def test_who_is_named_to_an_office_holds_it_for_the_state_that_names(read, text, country):
    person = read(text).named("Gul Rahim")
    assert ([o.key for o in person.offices], person.country) == (["ambassador"], country)


def test_an_office_held_formerly_is_former(read):
    person = read("Gul Rahim, formerly deputy minister of trade, spoke.").named("Gul Rahim")
    assert [o.status for o in person.offices] == ["former"]


def test_the_state_behind_a_portfolio_is_no_part_of_the_title(read):
    person = read("He met the Minister for Europe and Foreign Affairs of Peru, Ana Tello.").named("Ana Tello")
    assert (person.offices[0].title, person.offices[0].key) == (
        "Minister for Europe and Foreign Affairs", "foreign minister",
    )  # fmt: skip


def test_the_diplomats_are_those_named_together_before(read):
    reading = read(
        "The king received the ambassadors of Peru, Ana Tello, Kenya, Tom Otieno, and Chad, Salem Mahamat, on Monday. "
        "The diplomats held talks with him."
    )
    assert reading.members("The diplomats") == ["Ana Tello", "Tom Otieno", "Salem Mahamat"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The king received Ambassador He Wei on Monday.", "He Wei"),
        ("The king praised To Lam on Monday.", "To Lam"),
    ],
)
def test_a_family_name_that_is_a_little_word_is_read_as_one(read, text, name):
    assert any(a.name == name and a.kind == "person" for a in read(text).cast.actors)


def test_he_at_the_head_of_a_sentence_is_a_pronoun(read):
    reading = read("Minister Tom Otieno spoke. He Otieno's aides had warned.")
    assert not any(a.name.startswith("He ") for a in reading.cast.actors)


def test_the_spokesman_of_a_ministry_is_of_its_state(read):
    reading = read("LIMA, May 3 (Andina) - Foreign Ministry Spokesman Tom Vance said no to Chile.")
    assert reading.named("Tom Vance").country == "PER"


def test_the_host_is_who_received_somebody(read):
    reading = read("Peruvian President Ana Tello hosted a dinner for Luis Vidal. The host spoke of peace.")
    assert reading.name("The host") == "Ana Tello"


def test_a_foreign_minister_of_the_tables_is_known_for_the_day_of_writing(read):
    text = "Foreign Minister Margot Wallstrom met the envoy."
    assert read(text, "2016-05-04").named("Margot Wallstrom").country == "SWE"
