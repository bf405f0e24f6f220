"""Quotations in every style of marks. No model is loaded."""

from __future__ import annotations

import pytest

from communique.statements.quotes import find_quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('"We agree," he said. "Fully."', ['"We agree,"', '"Fully."']),
        ("“We agree,” he said.", ["“We agree,”"]),
        ("„We agree“, he said.", ["„We agree“"]),
        ("«We agree», he said.", ["«We agree»"]),
        ("'We agree,' he said of the ministers' plan.", ["'We agree,'"]),
        ("‘It’s done,’ he said.", ["‘It’s done,’"]),
        ("``We agree,'' he said.", ["``We agree,''"]),
        ("It's the ministers' plan, and the king's.", []),
    ],
    ids=[
        "straight",
        "curly",
        "low",
        "angle",
        "single",
        "single-curly-with-apostrophe",
        "typewriter",
        "apostrophes-only",
    ],
)
def test_marks_of_every_style_open_and_close(text: str, quotes: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotes(text)] == quotes


def test_a_reopened_mark_runs_on_into_the_next_paragraph() -> None:
    text = "“One line.\n\n“Another line.” That was all."
    first, second = find_quotes(text)
    assert not first.closed
    assert first.runs_on
    assert text[second.start : second.end] == "“Another line.”"


def test_paragraphs_between_an_opening_and_a_closing_mark_belong_to_the_quotation() -> None:
    text = 'She said, "First.\n\nSecond.\n\nThird." She left.'
    assert [text[q.start : q.end] for q in find_quotes(text)] == ['"First.', "Second.", 'Third."']


def test_a_stray_mark_in_mid_sentence_opens_nothing() -> None:
    assert find_quotes('The 14" gun was taken away.\n\nNothing else was said.') == ()
