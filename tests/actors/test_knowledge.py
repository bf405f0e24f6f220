"""The tables by themselves, without the language model."""

from __future__ import annotations

from datetime import date

import pytest

from communique.actors import knowledge
from communique.actors.lexicon import country_names, forms
from communique.actors.names import fold
from communique.actors.people import close, same_name
from communique.model import DayRange

_DAY = DayRange(date(2019, 5, 2), date(2019, 5, 2))


@pytest.mark.parametrize(("printed", "folded"), [("Çavuşoğlu", "cavusoglu"), ("Jørgen", "jorgen"), ("İlham", "ilham")])
def test_names_are_compared_without_accents(printed, folded):
    assert fold(printed) == folded


def test_spellings_of_one_long_word_are_close_and_other_words_are_not():
    assert close("zelensky", "zelenskyy")
    assert not close("li", "lu")
    assert not close("keqiang", "qiang")


def test_two_people_of_one_family_are_never_one():
    assert not same_name(("li", "keqiang"), ("li", "qiang"))
    assert same_name(("john", "f.", "keller"), ("john", "keller"))


def test_the_table_knows_who_held_an_office_on_a_day():
    assert {h.person for h in knowledge.by_office("FRA", "president", _DAY)} == {"Emmanuel Macron"}


def test_spellings_of_one_given_name_are_one_person_and_two_given_names_are_two():
    assert knowledge.same_person(knowledge.by_family_name("Netanyahu"))
    assert not knowledge.same_person(knowledge.by_family_name("Bush") + knowledge.by_family_name("Obama"))


def test_a_near_spelling_of_given_and_family_name_finds_the_holder():
    assert {h.country for h in knowledge.by_full_name("Sergei Lavrov")} == {"RUS"}
    assert not knowledge.by_full_name("Sergei Lagrange")


def test_every_form_leads_to_a_state_with_a_name():
    names = country_names()
    codes = {e.code for entries in forms().values() for e in entries if e.kind in ("name", "demonym", "capital")}
    assert codes <= set(names)
