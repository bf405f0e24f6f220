"""Slips of the parser that are mended before any room reads the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.language.pipeline import parse_text

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "guest", "governor"),
    [
        ("The emir met with visiting Kenyan Foreign Minister Musalia Mudavadi on Monday.", "Mudavadi", "with"),
        ("The emir met visiting Peruvian President Dina Boluarte at the palace.", "Boluarte", "met"),
        ("King Harald received visiting Prime Minister Petr Fiala.", "Fiala", "received"),
    ],
)
def test_visiting_before_a_title_is_an_adjective(nlp: Language, text: str, guest: str, governor: str) -> None:
    doc = parse_text(nlp, text)
    visiting = next(t for t in doc if t.text == "visiting")
    assert (visiting.dep_, visiting.head.text, visiting.head.head.text) == ("amod", guest, governor)


@pytest.mark.parametrize(
    "text",
    [
        "While visiting former President Alan Garcia he fell ill.",
        "The minister was visiting President Ilham Aliyev on Friday.",
        "She spoke after visiting the prime minister in hospital.",
    ],
)
def test_visiting_somebody_stays_a_verb(nlp: Language, text: str) -> None:
    doc = parse_text(nlp, text)
    assert next(t for t in doc if t.text == "visiting").pos_ == "VERB"


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan Deputy Minister Tom Otieno held talks with Secretary for East Asian and Pacific Affairs Ana Tello, and "
        "Luis Vidal, director for Peru of the Security Council, in Lima from May 1 to 2, the Kenyan ministry said on "
        "Friday.",
    ],
)
def test_a_closing_tag_of_saying_is_the_main_clause(nlp: Language, text: str) -> None:
    doc = parse_text(nlp, text)
    said = next(t for t in doc if t.text == "said")
    assert (said.dep_, [c.text for c in said.children if c.dep_ == "nsubj"]) == ("ROOT", ["ministry"])


def test_two_acts_of_one_sentence_stay_two(nlp: Language) -> None:
    doc = parse_text(nlp, "The minister met the envoy, and the king said on Friday that it was late.")
    assert next(t for t in doc if t.text == "met").dep_ == "ROOT"


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("She said the papers signed will help secure the border.", "help", "papers"),
        ("He told a crowd of pupils that Ruiz should resign.", "resign", "Ruiz"),
    ],
)
def test_the_clause_that_was_said_has_its_own_subject(nlp: Language, text: str, verb: str, subject: str) -> None:
    doc = parse_text(nlp, text)
    said = next(t for t in doc if t.text == verb)
    assert (said.dep_, [c.text for c in said.children if c.dep_ == "nsubj"]) == ("ccomp", [subject])


def test_a_story_that_somebody_knew_keeps_its_relative_clause(nlp: Language) -> None:
    doc = parse_text(nlp, "He told a story that the king had heard.")
    assert next(t for t in doc if t.text == "heard").dep_ == "relcl"


def test_who_is_spoken_with_hangs_on_the_verb_though_an_infinitive_follows(nlp: Language) -> None:
    doc = parse_text(nlp, "Minister Tom Otieno spoke today with Peruvian Minister Ana Tello to discuss next steps.")
    partner = next(t for t in doc if t.text == "Tello")
    assert (partner.dep_, partner.head.text, partner.head.head.text) == ("pobj", "with", "spoke")


@pytest.mark.parametrize(
    ("text", "second", "first"),
    [
        ("Dahl met Chad's president, Idris Sala, and Togo's king, Yao Mensah, in Oslo.", "king", "president"),
        ("Dahl met with Chad's president, Idris Sala, and Togo's king, Yao Mensah.", "king", "president"),
        ("She wrote to the envoy of Ghana, Kofi Addo, and the premier of Fiji, Ratu Vosa.", "premier", "envoy"),
        (
            "She met the Chadian king, Idris Sala, Togo's president, Yao Mensah, and the premier of Mali, Issa Keita.",
            "president",
            "king",
        ),
    ],
)
def test_an_office_after_a_name_between_commas_is_joined_to_the_office(
    nlp: Language, text: str, second: str, first: str
) -> None:
    doc = parse_text(nlp, text)
    joined = next(t for t in doc if t.text == second)
    assert (joined.dep_, joined.head.text) == ("conj", first)


def test_a_name_after_an_office_and_its_state_belongs_to_the_office(nlp: Language) -> None:
    doc = parse_text(
        nlp, "The king held talks with the president of Ghana, Kofi Addo, and the queen of Fiji, Ana Vosa."
    )
    names = {t.text: t.head.text for t in doc if t.text in {"Addo", "Vosa"}}
    assert names == {"Addo": "president", "Vosa": "queen"}


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("Peru hopes to sign it.", "hopes", "hope"),
        ("The court fined the bank.", "fined", "fine"),
        ("The presidents dined in Lima.", "dined", "dine"),
        ("The envoy hopped on a bus.", "hopped", "hop"),
        ("He planned a visit.", "planned", "plan"),
    ],
)
def test_a_short_verb_keeps_its_e(nlp: Language, text: str, form: str, lemma: str) -> None:
    assert next(t for t in parse_text(nlp, text) if t.text == form).lemma_ == lemma


@pytest.mark.parametrize(
    ("text", "object_"),
    [
        ("Peru declared two Chilean envoys persona non grata.", "envoys"),
        ("Two Chilean envoys were declared persona non grata by Peru.", "envoys"),
    ],
)
def test_latin_after_declaring_leaves_its_object_to_the_verb(nlp: Language, text: str, object_: str) -> None:
    doc = parse_text(nlp, text)
    declared = next(t for t in doc if t.text == "declared")
    noun = next(t for t in doc if t.text == object_)
    assert noun.head.i == declared.i
    assert noun.dep_ in {"dobj", "nsubjpass"}


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Croatian Foreign Minister Ivan Maric and Slovenian Defence Minister Jure Novak met.", ("Maric", "Novak")),
        ("Secretary of State Ann Lee and Defence Secretary Bob Ray met in Oslo.", ("Lee", "Ray")),
        ("US President Ana Ruiz and Russian President Jorge Soto spoke by phone on Friday.", ("Ruiz", "Soto")),
        ("Peruvian Premier Ana Ruiz and Chilean Foreign Minister Jorge Soto signed the pact.", ("Ruiz", "Soto")),
        ("Kenyan President Amina Odhiambo and Ghanaian Vice President Kofi Asante ate.", ("Odhiambo", "Asante")),
    ],
)  # fmt: skip
def test_two_holders_of_an_office_are_two_subjects(nlp: Language, text: str, pair: tuple[str, str]) -> None:
    one, other = (next(t for t in parse_text(nlp, text) if t.text == name) for name in pair)
    assert (one.dep_, one.head.dep_) == ("nsubj", "ROOT")
    assert (other.dep_, other.head.i) in {("conj", one.i), ("nsubj", one.head.i)}
