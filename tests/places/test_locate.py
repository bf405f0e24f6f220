"""Where an event happened, as specific as the text has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.actors import find_actors
from communique.language.clauses import Clauses
from communique.language.pipeline import parse_text
from communique.places.gazetteer import look_up
from communique.places.locate import Locator

if TYPE_CHECKING:
    from spacy.language import Language

    from communique.model import Place


def place(nlp: Language, text: str, word: str, *, goal: bool = False) -> Place | None:
    doc = parse_text(nlp, text)
    locator = Locator(doc, Clauses(doc), find_actors(doc))
    trigger = next(t.i for t in doc if t.text == word)
    return locator.place_of(trigger, trigger, [], goal=goal)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "name", "country"),
    [
        ("The ministers of Peru and Chile met in Lima.", "met", "Lima", "PER"),
        ("The ministers met on the sidelines of a fair in Sochi, Russia.", "met", "Sochi", "RUS"),
        ("The two kings met in the Togolese capital.", "met", "Lome", "TGO"),
        ("OSLO, May 4 - The ministers of Peru and Chile met here on Tuesday.", "met", "Oslo", "NOR"),
        ("The ministers signed the papers at the University of Vienna.", "signed", "University of Vienna", "AUT"),
        ("The two presidents met at the White House.", "met", "White House", "USA"),
        ("The ministers of Peru and Chile met on Crete.", "met", "Crete", "GRC"),
        ("The rebels seized two bases in Helmand on Monday.", "seized", "Helmand", "AFG"),
        ("The envoys of Chad and Mali met in New York on Monday.", "met", "New York", "USA"),
        ("Doha: The ministers of Peru and Chile met here on Tuesday.", "met", "Doha", "QAT"),
        ("The consuls met at the Harbour Palace in New York City.", "met", "Harbour Palace", "USA"),
    ],
)
def test_the_place_of_a_meeting(nlp: Language, text: str, word: str, name: str, country: str) -> None:
    found = place(nlp, text, word)
    assert found is not None
    assert (found.name, found.country) == (name, country)


@pytest.mark.model
def test_a_government_named_by_its_capital_is_no_place(nlp: Language) -> None:
    assert place(nlp, "Washington criticised Ankara on Monday.", "criticised") is None


@pytest.mark.model
def test_what_talks_are_on_is_no_place(nlp: Language) -> None:
    assert place(nlp, "Peru and Chile signed three Memorandums on Defence.", "signed") is None


@pytest.mark.model
def test_a_dateline_is_a_place_only_for_here(nlp: Language) -> None:
    assert place(nlp, "OSLO, May 4 - Peru and Chile signed a treaty on Tuesday.", "signed") is None


def test_a_name_that_several_countries_share_lies_in_the_one_concerned() -> None:
    spain, venezuela = look_up("Merida", near=["ESP"]), look_up("Merida", near=["VEN"])
    assert spain is not None
    assert venezuela is not None
    assert (spain.country, venezuela.country) == ("ESP", "VEN")


def test_an_unknown_name_is_not_guessed() -> None:
    assert look_up("Quxville") is None


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "name", "country"),
    [
        ("The two ministers met in the city of Kisumu near Nairobi.", "met", "Kisumu", "KEN"),
        ("Guards of both states met near the southern Kenyan village of Isebania.", "met", "Isebania", "KEN"),
        (
            "Guards of both states met near the Poipet border crossing in Cambodia.",
            "met",
            "Poipet border crossing",
            "KHM",
        ),
        ("The kings met at the Great Hall of the Nation on Monday.", "met", "Great Hall of the Nation", None),
        ("The presidents met on the sidelines of a forum in Riga.", "met", "Riga", "LVA"),
        ("The presidents met at a hotel in Doha after a tour.", "met", "Doha", "QAT"),
    ],
)
def test_a_place_by_its_name(nlp: Language, text: str, word: str, name: str, country: str | None) -> None:
    found = place(nlp, text, word)
    assert found is not None
    assert (found.name, found.country) == (name, country)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Peru and Chile held talks on Libya.", "talks"),
        ("The ministers exchanged views on the situation in Libya.", "exchanged"),
        ("Kenya and Chad signed a treaty, the latest step in the rapprochement in Central Africa.", "signed"),
        ("The envoys met on the peninsula's nuclear issue.", "met"),
    ],
)
def test_a_topic_is_no_place(nlp: Language, text: str, word: str) -> None:
    assert place(nlp, text, word) is None
