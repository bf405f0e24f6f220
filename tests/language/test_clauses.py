"""Arguments by meaning, whatever the voice and wherever the subject stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.language.clauses import Clauses
from communique.language.pipeline import parse_text

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


def arguments(nlp: Language, text: str, lemma: str) -> tuple[list[str], list[str]]:
    """Subjects and objects of the verb `lemma` in `text`, as words."""
    doc = parse_text(nlp, text)
    verb = next(t for t in doc if t.lemma_ == lemma and t.pos_ == "VERB")
    clause = Clauses(doc).clause(verb.i)
    return [doc[i].text for i in clause.subjects], [doc[i].text for i in clause.objects]


@pytest.mark.parametrize(
    ("text", "lemma", "subjects", "objects"),
    [
        ("Peru expelled the envoy.", "expel", ["Peru"], ["envoy"]),
        ("The envoy was expelled by Peru.", "expel", ["Peru"], ["envoy"]),
        ("The envoy was expelled.", "expel", [], ["envoy"]),
        ("France and Spain were urged by Italy to return to talks.", "urge", ["Italy"], ["France", "Spain"]),
        ("France and Spain were urged by Italy to return to talks.", "return", ["France", "Spain"], []),
        ("Turkey has invited Iran to join the talks.", "join", ["Iran"], ["talks"]),
        ("Turkey wants to join the talks.", "join", ["Turkey"], ["talks"]),
        ("After meeting Wang, he flew to Oslo.", "meet", ["he"], ["Wang"]),
        ("A decision by France to expel the envoys followed.", "expel", ["France"], ["envoys"]),
        ("He flew to Oslo to open an embassy.", "open", ["He"], ["embassy"]),
        ("The minister who met the queen left.", "meet", ["minister"], ["queen"]),
        ("The deal signed by both presidents takes effect.", "sign", ["presidents"], ["deal"]),
        ("They ended the deal that the two kings signed.", "sign", ["kings"], ["deal"]),
        ("The king arrived and was received by the mayor.", "receive", ["mayor"], ["king"]),
        ("The minister, who came from Rome, signed and ratified a treaty.", "sign", ["minister"], ["treaty"]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_arguments_by_meaning(nlp: Language, text: str, lemma: str, subjects: list[str], objects: list[str]) -> None:
    assert arguments(nlp, text, lemma) == (subjects, objects)


def test_a_noun_knows_what_it_is_an_argument_of(nlp: Language) -> None:
    doc = parse_text(nlp, "The visit was called off after talks with Peru.")
    clauses = Clauses(doc)
    visit = next(t.i for t in doc if t.text == "visit")
    talks = next(t.i for t in doc if t.text == "talks")
    assert clauses.governor(visit) == (next(t.i for t in doc if t.text == "called"), "object")
    governor = clauses.governor(talks)
    assert governor is not None
    assert governor[1] == "after"
