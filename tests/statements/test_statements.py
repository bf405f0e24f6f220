"""Who said what: a sentence for each rule, and a near miss beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.actors.find import find_actors
from communique.language.pipeline import parse_text
from communique.statements import reasons
from communique.statements.find import find_statements
from communique.statements.found import FoundStatement, statement_at, to_statement

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


def found(nlp: Language, text: str) -> list[tuple[str | None, str, str]]:
    """Speaker, act and content of every statement of the record."""
    doc = parse_text(nlp, text)
    return [
        (s.speaker_name, s.act, " / ".join(text[a:b] for a, b in s.content_spans))
        for s in find_statements(doc, find_actors(doc))
        if s.left_out is None
    ]


def only(nlp: Language, text: str) -> FoundStatement:
    doc = parse_text(nlp, text)
    (statement,) = find_statements(doc, find_actors(doc))
    return statement


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Minister Omar Haddad said that the port would reopen.", "that the port would reopen"),
        ("Minister Omar Haddad said the port would reopen.", "the port would reopen"),
        ("Minister Omar Haddad said Sunday the port would reopen.", "the port would reopen"),
        ("Minister Omar Haddad made it clear that the port would reopen.", "that the port would reopen"),
        ("The port will reopen, Minister Omar Haddad said.", "The port will reopen"),
        ("The port, Minister Omar Haddad said, will reopen.", "The port / will reopen"),
        ("According to Minister Omar Haddad, the port will reopen.", "the port will reopen"),
        ("Minister Omar Haddad was quoted as saying that the port would reopen.", "that the port would reopen"),
        ("The port closed in May; the mine is shut too, Minister Omar Haddad told state radio.", None),
        ("Minister Omar Haddad told the envoys that the port would reopen.", "that the port would reopen"),
        ("Minister Omar Haddad stressed the need for calm.", "the need for calm"),
        ("Minister Omar Haddad called for an end to the siege.", "for an end to the siege"),
        ("Minister Omar Haddad urged both sides to show restraint.", "both sides to show restraint"),
        ("Minister Omar Haddad voiced concern about the raids.", "concern about the raids"),
    ],
)
def test_reported_words_in_every_shape(nlp: Language, text: str, content: str | None) -> None:
    statements = found(nlp, text)
    assert [speaker for speaker, _, _ in statements] == ["Omar Haddad"]
    if content is not None:
        assert statements[0][2] == content


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Ana Ruiz said the pact would hold.", "saying"),
        ("Ana Ruiz hoped the pact would hold.", "hoping"),
        ("Ana Ruiz voiced her hope that the pact would hold.", "hoping"),
        ("Ana Ruiz believes that the pact will hold.", "thinking"),
        ("Ana Ruiz demanded that the pact be kept.", "demanding"),
        ("Ana Ruiz asked whether the pact would hold.", "saying"),
        ("Ana Ruiz asked both sides to keep the pact.", "demanding"),
    ],
)
def test_the_act_tells_saying_from_hoping_thinking_and_demanding(nlp: Language, text: str, act: str) -> None:
    assert [a for _, a, _ in found(nlp, text)] == [act]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz thanked her hosts for the welcome.",
        "Ana Ruiz expressed her condolences to the families.",
        "Ana Ruiz and Li Wen discussed trade.",
        "Ana Ruiz announced that the embassy would close.",
        "Ana Ruiz declined to comment on the raid.",
        "Ana Ruiz accused the rebels of breaking the truce.",
        "It was said that the embassy would close.",
        "Both sides noted that trade was growing.",
        "Ana Ruiz called the plan dangerous.",
        "Ana Ruiz will say on Monday that the embassy must close.",
        "Ana Ruiz spoke about the talks.",
        "Reuters reported that the embassy had been closed.",
        "The finals saw the visitors win.",
    ],
)
def test_what_is_no_statement_of_the_record(nlp: Language, text: str) -> None:
    assert found(nlp, text) == []


@pytest.mark.parametrize(
    "text",
    [
        '"The door is open," Lind said, "but nobody has walked through it."',
        '"The door is open," said Lind. "But nobody has walked through it."',
        '"The door is open," Lind said on Monday.\n\n"But nobody has walked through it."',
        "“The door is open,” Lind said.\n\n“But nobody has walked through it.”",
        'Lind said: "The door is open.\n\n"But nobody has walked through it."',
    ],
    ids=["split", "inverted", "next-paragraph", "curly", "reopened"],
)
def test_the_parts_of_one_quotation_are_one_statement(nlp: Language, text: str) -> None:
    statement = only(nlp, text)
    assert statement.direct
    assert statement.speaker_name == "Lind"
    words = " ".join(text[a:b] for a, b in statement.content_spans)
    assert "The door is open" in words
    assert "walked through it" in words


def test_two_quotations_with_a_sentence_between_are_two_statements(nlp: Language) -> None:
    text = '"The door is open," Lind said. Nobody came. "I shall wait," she added.'
    assert len(found(nlp, text)) == 2


def test_a_quotation_without_a_verb_goes_on_the_statement_before_it(nlp: Language) -> None:
    text = 'Foreign Minister Anna Lind said the port was safe. "Every ship is welcome there."'
    statement = only(nlp, text)
    assert statement.speaker_name == "Anna Lind"
    assert len(statement.content) == 2


def test_a_message_after_a_colon_is_direct_without_marks(nlp: Language) -> None:
    statement = only(nlp, "The ministry of Peru said in a statement:\n\nWe regret the loss of life on both sides.")
    assert statement.direct
    assert statement.medium == "statement"


@pytest.mark.parametrize(
    ("text", "direct"),
    [
        ('Ana Ruiz called the raid "a blow below the belt".', True),
        ('Ana Ruiz accused the rebels of "playing with fire".', True),
        ('Ana Ruiz said that the talks about the border had reached "deadlock".', False),
    ],
)
def test_direct_means_that_most_of_the_words_are_quoted(nlp: Language, text: str, direct: bool) -> None:
    assert only(nlp, text).direct is direct


def test_a_second_verb_of_saying_is_a_second_statement_of_the_same_speaker(nlp: Language) -> None:
    text = "Minister Omar Haddad urged both sides to return to the table and expressed concern about the raids."
    assert found(nlp, text) == [
        ("Omar Haddad", "demanding", "both sides to return to the table"),
        ("Omar Haddad", "saying", "concern about the raids"),
    ]


def test_a_report_inside_a_report_gives_both(nlp: Language) -> None:
    doc = parse_text(nlp, "The Foreign Ministry of Peru said that Ana Ruiz stressed the importance of dialogue.")
    outer, inner = find_statements(doc, find_actors(doc))
    assert inner.nested_in == outer.index
    assert inner.speaker_name == "Ana Ruiz"
    assert statement_at((outer, inner), inner.content[0][0]) is inner
    assert statement_at((outer, inner), 0) is None


def test_inside_a_quotation_only_the_outer_statement_is_given(nlp: Language) -> None:
    assert len(found(nlp, '"I believe that the king said the war is over," Ana Ruiz said.')) == 1


def test_a_spokesman_without_a_name_speaks_for_the_body(nlp: Language) -> None:
    text = "A spokeswoman for the Central Election Commission said that the talks had failed."
    assert only(nlp, text).speaker_name == "Central Election Commission"


def test_a_named_spokesman_speaks_for_himself(nlp: Language) -> None:
    text = "Foreign Ministry spokesman Goran Petrov said that the talks had failed."
    assert only(nlp, text).speaker_name == "Goran Petrov"


def test_an_unnamed_source_is_a_speaker_in_the_words_of_the_report(nlp: Language) -> None:
    assert only(nlp, '"We are close to a deal," a security source told reporters.').speaker_name == "security source"


def test_a_document_speaks_for_the_one_who_issued_it(nlp: Language) -> None:
    assert only(nlp, "A statement issued by Ana Ruiz said the talks had failed.").speaker_name == "Ana Ruiz"
    issued = only(nlp, "The Foreign Ministry of Peru issued a statement saying that the talks had failed.")
    assert issued.speaker_name == "Foreign Ministry"
    assert only(nlp, "A letter seen by Ana Ruiz said the talks had failed.").speaker_name is None
    nobody = only(nlp, "The statement said the talks had failed.")
    assert nobody.speaker_name is None
    assert nobody.left_out == reasons.NOBODY


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("In his message, Minister Omar Haddad wrote that the two nations shared a river.", "message"),
        ("In a letter to the court, Minister Omar Haddad said that the raid was illegal.", "letter"),
        ("Minister Omar Haddad told a news conference that the raid was illegal.", "statement"),
        ("Minister Omar Haddad told parliament that the raid was illegal.", "speech"),
        ('"The raid was illegal," Minister Omar Haddad wrote on X.', "post"),
        ("During a phone call with Ana Ruiz, Minister Omar Haddad said the raid was illegal.", "call"),
        ("In an interview, Minister Omar Haddad said the raid was illegal.", "interview"),
        ("After the meeting Minister Omar Haddad said the raid was illegal.", "unspecified"),
    ],
)
def test_the_medium_comes_from_the_words_round_the_verb(nlp: Language, text: str, medium: str) -> None:
    assert only(nlp, text).medium == medium


def test_the_record_of_a_statement_has_ids_from_one(nlp: Language) -> None:
    doc = parse_text(nlp, "Ana Ruiz told Li Wen that the port would reopen.")
    cast = find_actors(doc)
    (statement,) = find_statements(doc, cast)
    record = to_statement(statement, cast, None)
    assert record.id == "s1"
    assert record.speaker is not None
    assert record.speaker.name == "Ana Ruiz"
    assert record.to == "Li Wen"


def test_spans_lie_inside_the_text_and_hold_the_words(nlp: Language) -> None:
    text = '"We came," Ana Ruiz said, "and we stay." Li Wen noted that it rained; he left.\n\nNobody spoke'
    doc = parse_text(nlp, text)
    for statement in find_statements(doc):
        for (start, end), span in zip(statement.content, statement.content_spans, strict=True):
            assert doc[start:end].text.rstrip() == text[span.start : span.end]


def test_the_component_sets_statements_and_spans(nlp: Language) -> None:
    from communique.statements.component import Annotator, register

    register()
    doc = Annotator()(nlp("Ana Ruiz said that the port would reopen."))
    assert len(doc._.communique_statements) == 1
    assert [span.text for span in doc.spans["communique_statements"]] == ["that the port would reopen"]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was built according to the plan.",
        "Trade is settled according to a treaty of 1960.",
        "Minister Omar Haddad made the announcement on state television.",
        "LNA reports that the plane landed at noon.",
    ],
)
def test_a_manner_an_announcement_and_an_agencys_report_are_no_statements(nlp: Language, text: str) -> None:
    assert found(nlp, text) == []


def test_a_participle_goes_on_with_who_spoke_and_not_with_what_was_spoken_of(nlp: Language) -> None:
    text = "Minister Omar Haddad said ties had been poor, adding that they would mend."
    assert {speaker for speaker, _, _ in found(nlp, text)} == {"Omar Haddad"}


def test_a_letter_told_of_again_is_its_senders(nlp: Language) -> None:
    text = "King Harald received a letter from Ana Ruiz on Monday. The letter said that the pact would hold."
    assert found(nlp, text)[-1][0] == "Ana Ruiz"


def test_the_statement_told_of_again_is_its_issuers_though_another_was_reported_in_it(nlp: Language) -> None:
    text = (
        "Minister Omar Haddad stressed the need for calm, the port authority said in a statement.\n\n"
        '"The minister was heard by all sides. He was understood," the statement reads.'
    )
    assert found(nlp, text)[-1][0] == "port authority"


def test_who_says_a_quotation_is_nobody_whom_it_names(nlp: Language) -> None:
    text = 'Ivo Roe met Jan Kuzma. "Kuzma is a friend of ours," he said.'
    assert found(nlp, text)[-1][0] == "Ivo Roe"


def test_a_site_that_reports_is_no_speaker(nlp: Language) -> None:
    text = "The port will reopen, Minister Omar Haddad said on Monday, Portnews.com reports."
    assert {speaker for speaker, _, _ in found(nlp, text)} == {"Omar Haddad"}
