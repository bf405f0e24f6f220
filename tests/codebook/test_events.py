"""From a sentence to events: roles, modality, sides from the discourse, one record for one happening."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from communique.actors import find_actors
from communique.codebook.apply import Bench
from communique.codebook.loader import load_codebook
from communique.language.pipeline import parse_text

if TYPE_CHECKING:
    from spacy.language import Language

    from communique.codebook.found import Found
    from communique.codebook.kind import Codebook

pytestmark = pytest.mark.model

# A codebook of its own, so that these tests say what the engine does, not what our frames say.
KINDS = """
type = "CONSULT"
[lists]
notes = ["note", "treaty", "agreement"]
envoys = ["ambassador", "diplomat", "charge d'affaires"]
[kind.encounter]
mutual = true
sides = 2
each = "counterpart"
verbs = ["{initiator} meet (with) {counterpart}", "{host} receive {guest}"]
nouns = ["{initiator}'s meeting|talks with {counterpart}", "meeting|talks between {party}"]
[kind.journey]
sides = 2
each = "host"
verbs = ["{guest} visit {host}"]
nouns = ["{guest}'s visit|trip to {host}"]
[kind.paper]
mutual = true
sides = 2
verbs = ["{party} sign @notes (with {counterpart})"]
[kind.expulsion]
occasion = false
sides = 2
verbs = ["{initiator} expel ({recipient}'s) @envoys", "{initiator} recall its @envoys (from {recipient})"]
"""


@pytest.fixture(scope="module")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    folder: Path = tmp_path_factory.mktemp("codebook")
    (folder / "test.toml").write_text(KINDS, encoding="utf-8")
    whole = load_codebook((folder,))
    mine = {name: whole.kinds[name] for name in ("encounter", "journey", "paper", "expulsion")}
    from dataclasses import replace

    from communique.codebook.loader import index_frames

    return replace(whole, kinds=mine, by_lemma=index_frames(mine))


def events(nlp: Language, codebook: Codebook, text: str) -> list[Found]:
    doc = parse_text(nlp, text)
    return list(Bench(doc, find_actors(doc), codebook).apply().found)


@pytest.mark.parametrize(
    ("text", "kind", "countries", "modality"),
    [
        ("The foreign ministers of Ghana and Togo met in Accra.", "encounter", {"GHA", "TGO"}, "occurred"),
        ("Talks between Peru and Chile will be held in May.", "encounter", {"PER", "CHL"}, "planned"),
        ("Egypt called off a meeting with Ethiopia.", "encounter", {"EGY", "ETH"}, "called-off"),
        ("Egypt did not meet with Ethiopia.", "encounter", {"EGY", "ETH"}, "denied"),
        ("Two Chilean diplomats were expelled by Peru.", "expulsion", {"PER", "CHL"}, "occurred"),
        ("Lima recalled its ambassador from Santiago.", "expulsion", {"PER", "CHL"}, "occurred"),
        ("Chile signed an agreement with Peru.", "paper", {"PER", "CHL"}, "occurred"),
        ("Peru plans to sign an agreement with Chile.", "paper", {"PER", "CHL"}, "planned"),
        ("Peru denied that it had signed an agreement with Chile.", "paper", {"PER", "CHL"}, "denied"),
        ("Peru may sign an agreement with Chile.", "paper", {"PER", "CHL"}, "hypothetical"),
    ],
)
def test_a_sentence_gives_its_event(
    nlp: Language, codebook: Codebook, text: str, kind: str, countries: set[str], modality: str
) -> None:
    found = events(nlp, codebook, text)
    assert [(e.kind.name, set(e.countries), e.modality) for e in found] == [(kind, countries, modality)]


@pytest.mark.parametrize(
    "text",
    [
        "The train met the ferry in Calais.",
        "Peru's ministers met to discuss the budget.",
        "The school expelled two boys.",
        "The striker signed a contract with the club.",
    ],
)
def test_what_is_no_act_between_states_gives_nothing(nlp: Language, codebook: Codebook, text: str) -> None:
    assert events(nlp, codebook, text) == []


def test_a_missing_side_is_taken_from_what_was_just_told(nlp: Language, codebook: Codebook) -> None:
    text = "Peru expelled two Chilean diplomats on Monday. Chile recalled its ambassador a day later."
    second = events(nlp, codebook, text)[1]
    assert second.countries == {"PER", "CHL"}
    assert [p.country for p in second.parties if p.implied] == ["PER"]
    assert second.notes


def test_one_meeting_told_twice_is_one_event(nlp: Language, codebook: Codebook) -> None:
    text = "Peru and Chile held talks in Lima. The talks between Peru and Chile lasted two hours."
    found = events(nlp, codebook, text)
    assert len(found) == 1
    assert len(found[0].others) == 1


def test_two_visited_countries_are_two_visits(nlp: Language, codebook: Codebook) -> None:
    found = events(nlp, codebook, "The president of Peru visited Chile and Bolivia.")
    assert sorted(sorted(e.countries) for e in found) == [["BOL", "PER"], ["CHL", "PER"]]


def test_the_examples_of_the_shipped_codebook_hold(nlp: Language) -> None:
    from communique.codebook.check import check_codebook

    assert [str(fault) for fault in check_codebook(nlp, load_codebook())] == []


def test_the_codebook_chapter_of_the_manual_is_the_codebook() -> None:
    from communique.codebook.document import chapter

    written = (Path(__file__).resolve().parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert written == chapter(load_codebook()), "write it again: communique codebook show --markdown > docs/codebook.md"


def test_a_number_of_it_does_not_send_the_search_round_for_ever(nlp: Language, codebook: Codebook) -> None:
    # "it" was led to "a number of it", and that to "it"
    assert len(events(nlp, codebook, "A number of it signed an agreement with Chile.")) < 2
