"""Whatever the words, the grammar reads inside them and every reading is a real stretch of days."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.dates.expressions import TimeExpression
from communique.dates.grammar import lexicon
from communique.dates.grammar.finding import timex_type
from communique.dates.grammar.rules import Grammar
from communique.dates.values import read_all
from communique.model import DayRange, Span

_WORDS = sorted(
    {
        *lexicon.MONTHS, *lexicon.SHORT_MONTHS, *lexicon.WEEKDAYS, *lexicon.SEASONS, *lexicon.UNITS, *lexicon.POINTERS,
        *lexicon.NUMBERS, *lexicon.ORDINALS, *lexicon.DAY_WORDS, *lexicon.DAY_PARTS, *lexicon.PART_NOUNS,
        *lexicon.PART_WORDS, *lexicon.SET_WORDS,
        "the", "of", "a", "and", "or", "to", "from", "between", "in", "on", "at",
        "ago", "later", "earlier", "before", "after", "every", "same", "Easter", "Ramadan", "Christmas", "Eve",
        "fiscal", "B.C.", "AD", "'s", "s", ",", "-", "–", ".", "/", ":", "\n", "pm", "GMT", "year-ago", "ended",
        "29 Ramadan 1445", "29", "30", "31", "1", "2", "12", "1999", "2024", "89", "1990s", "03/06/2024", "2024-02-29",
        "31.12.1999", "Q3",
    }
)  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_WORDS).map(lambda word: word.title() if len(word) > 2 else word), max_size=14)
_ANCHORS = st.dates(date(1000, 1, 1), date(2900, 12, 31))


@settings(max_examples=400, deadline=None)
@given(_TEXTS, _ANCHORS)
def test_every_reading_is_a_stretch_of_days(words: list[str], anchor: date) -> None:
    text = " ".join(words)
    grammar = Grammar(text)
    times = []
    for i in range(len(grammar.lex)):
        alone = grammar.at(i)
        for a, b, form in [*(grammar.several(i) or []), *([(i, *alone)] if alone else [])]:
            assert i <= a < b <= len(grammar.lex)
            span = Span(grammar.lex[a].start, grammar.lex[b - 1].end)
            piece = text[span.start : span.end]
            times.append(TimeExpression(span, a, b, timex_type(form), piece, form.kind, form, "past"))
    for reading in read_all(tuple(times), DayRange(anchor, anchor)):
        assert reading.days is None or reading.days.first <= reading.days.last
        assert reading.note
    assert all(reading.note for reading in read_all(tuple(times), None))
