"""The pattern language: what a pattern compiles to, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.codebook.frames import Lists, PatternError, compile_frame
from communique.codebook.loader import load_codebook
from communique.errors import CodebookError

LISTS = Lists({"envoys": ("ambassador", "charge d'affaires"), "effect": ("effect", "force")})


def test_optional_preposition_gives_the_slot_two_places() -> None:
    _, slots = compile_frame("{initiator} meet (with) {counterpart}", nominal=False, lists=LISTS)
    assert [s.where for s in slots] == [("subject",), ("object", "with")]


def test_two_bare_phrases_are_receiver_and_object() -> None:
    _, slots = compile_frame("{initiator} hand {recipient} note", nominal=False, lists=LISTS)
    assert [s.where for s in slots] == [("subject",), ("indirect", "to"), ("object",)]


def test_owner_of_a_noun_may_be_optional() -> None:
    _, slots = compile_frame("{initiator} expel ({recipient}'s) @envoys", nominal=False, lists=LISTS)
    filler = slots[1].filler
    assert (filler.owner, filler.owner_optional, slots[1].optional) == ("recipient", True, False)
    assert filler.words is not None
    assert filler.words.phrases == (("charge", "d'affaires"),)


def test_particle_infinitive_and_clause_are_told_apart() -> None:
    (head, particles), _ = compile_frame("{initiator} call+off|scrap @envoys", nominal=False, lists=LISTS)
    assert (head.lemmas, particles) == (frozenset({"call", "scrap"}), frozenset({("call", "off")}))
    _, slots = compile_frame("{initiator} agree to *", nominal=False, lists=LISTS)
    assert slots[1].where == ("infinitive", "to")
    _, slots = compile_frame("{initiator} warn that *", nominal=False, lists=LISTS)
    assert slots[1].where == ("clause",)


def test_a_noun_subject_may_carry_a_preposition() -> None:
    (head, _), slots = compile_frame("deal between {party} take @effect", nominal=False, lists=LISTS)
    assert head.lemmas == frozenset({"take"})
    assert [s.where for s in slots] == [("subject",), ("subject:between",), ("object",)]


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{initiator}",
        "{nobody} meet",
        "{initiator:ghost} meet",
        "{initiator} meet @unknown",
        "{initiator} warn that",
    ],
)
def test_a_broken_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_frame(pattern, nominal=False, lists=LISTS)


def test_an_error_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "consult.toml").write_text(
        'type = "CONSULT"\n[kind.chat]\nverbs = [\n  "{initiator} chat with @nobody",\n]\n', encoding="utf-8"
    )
    with pytest.raises(CodebookError, match=r"consult\.toml:4: .*@nobody"):
        load_codebook((tmp_path,))


def test_a_folder_of_ones_own_replaces_a_kind_and_adds_another(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'type = "CONSULT"\n[kind.meeting]\nverbs = ["{initiator} huddle with {counterpart}"]\n'
        '[kind.picnic]\nverbs = ["{initiator} picnic with {counterpart}"]\n',
        encoding="utf-8",
    )
    mine, ours = load_codebook((tmp_path,)), load_codebook()
    assert [f.pattern for f in mine.kinds["meeting"].frames] == ["{initiator} huddle with {counterpart}"]
    assert "picnic" in mine.kinds
    assert "picnic" not in ours.kinds
    assert mine.version != ours.version


def test_alternatives_may_have_spaces_and_a_list_may_have_words_before_it() -> None:
    _, slots = compile_frame("{initiator} shelter refugee|asylum seeker", nominal=False, lists=LISTS)
    words = slots[1].filler.words
    assert words is not None
    assert (words.lemmas, words.phrases) == (frozenset({"refugee"}), (("asylum", "seeker"),))
    _, slots = compile_frame("{initiator} feel full|partial @effect", nominal=False, lists=LISTS)
    words = slots[1].filler.words
    assert words is not None
    assert ("full", "force") in words.phrases
