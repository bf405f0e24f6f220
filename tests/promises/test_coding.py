"""What the coder promises for any text whatever. `make fuzz` tries more examples (COMMUNIQUE_EXAMPLES)."""

from __future__ import annotations

import random

import pytest
from budget import budget
from hypothesis import assume, given
from hypothesis import strategies as st
from promises import EXPORTS, check_coding, check_exports, check_report, written

from communique.coder import Coder
from communique.errors import InputError
from communique.export.html import to_html
from communique.intake.text import report_from_text
from communique.model import Coding, Event, Report

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


COUNTRIES = st.sampled_from(
    ["Ghana", "Togo", "Peru", "the Netherlands", "Côte d'Ivoire", "North Korea", "US", "U.K.", "Türkiye",
     "Georgia", "Jordan", "Chad"]
)  # fmt: skip
PEOPLE = st.sampled_from(
    ["President Ana Quispe", "Foreign Minister Trần Quang Hải", "Mr. Xi", "Sheikh Ahmad bin Said", "the two ministers",
     "their envoys", "he", "Ms Ólafsdóttir", "Prime Minister O'Neill", "the Kremlin", "Brussels", "the EU", "it"]
)  # fmt: skip
WHEN = st.sampled_from(
    ["on Monday", "yesterday", "on 3 May 2023", "on 31 February 2023", "in 1900", "next year", "on the 30th",
     "at 25:61", "two weeks ago", "in the year 99999", "on 0 May", "since 2013", "on Feb 29", "in the 18th century", ""]
)  # fmt: skip
DEEDS = st.sampled_from(
    ["met", "held talks with", "signed an agreement with", "recalled its ambassador from", "condemned",
     "paid a visit to", "did not meet", "will meet", "was expelled by", "and", "said that it would sanction",
     "accused", "hailed"]
)  # fmt: skip
SENTENCES = st.builds(
    lambda a, b, c, d, e: f"{a} of {b} {c} {d} {e}.", PEOPLE, COUNTRIES, DEEDS, st.one_of(PEOPLE, COUNTRIES), WHEN
)
ODD = st.sampled_from(
    ["\x00", "\x1b[31m", "\ufeff", "\u202e", "\u200f", "\u2066", "👩‍👩‍👧‍👦", "🇬🇭", "e\u0301", "\u0338" * 20, "…", "?!",
     "((((", "“", "”", "'", "-" * 90, "A" * 3_000, "a.b." * 300, "１２３",
     "٣ مايو ٢٠٢٣", "שלום", "北京", "\u2028", "\x85", "\u3000", "\ud800", "<b>",
     "&nbsp;", "=1+1", "\t", "{initiator}",
     "http://a.b/?q=1", "a@b.c", "@", "#", "№", "½", "Ǆ", "ß", "İ"]
)  # fmt: skip
QUOTED = st.builds(
    lambda a, b, c: f'"{a}" {b} said. {c}', SENTENCES, PEOPLE, st.sampled_from(["", '"', "“", "He added:"])
)
TEXTS = st.lists(
    st.tuples(
        st.one_of(
            SENTENCES, SENTENCES, QUOTED, ODD, st.text(max_size=60), st.text(alphabet=".,;:!?\"'()-–—… \n", max_size=60)
        ),
        st.sampled_from([" ", " ", "\n\n", "\n", ""]),
    ),
    max_size=8,
).map(lambda parts: "".join(piece + gap for piece, gap in parts))


def code(coder: Coder, text: str, *, plain: bool = False) -> Coding | None:
    """The record of `text`; None where it is refused."""
    try:
        return coder.code(report_from_text(text, plain=plain))
    except InputError:
        return None


@budget(20)
@given(text=TEXTS, plain=st.booleans())
def test_any_text_gives_a_record_that_points_into_it_and_can_be_written_in_every_format(
    coder: Coder, text: str, plain: bool
) -> None:
    coding = code(coder, text, plain=plain)
    assume(coding is not None)
    assert coding is not None
    check_report(coding.report)
    check_coding(coding)
    check_exports(coding)
    shown = to_html(coding)
    assert "<b>" not in shown.removeprefix('<div style="max-width:60em"><p><b>')


@budget(8)
@given(text=TEXTS)
def test_coding_twice_gives_the_same_bytes_in_every_format(coder: Coder, text: str) -> None:
    first, second = code(coder, text), code(coder, text)
    assume(first is not None)
    assert first is not None
    assert second is not None
    assert first == second
    for name in EXPORTS:
        assert written(first, name) == written(second, name)


@budget(6)
@given(texts=st.lists(TEXTS, min_size=2, max_size=4), seed=st.integers(0, 99))
def test_what_was_coded_before_does_not_change_a_record(coder: Coder, texts: list[str], seed: int) -> None:
    alone = [code(coder, text) for text in texts]
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)
    again = {n: code(coder, texts[n]) for n in order}
    assert [again[n] for n in range(len(texts))] == alone


DATED = [
    ("The foreign ministers of Ghana and Togo met in Accra on 3 May 2023.", "meeting"),
    ("Peru recalled its ambassador from Chile on 17 June 2021.", "suspension"),
    ("Norwegian Prime Minister Olav Berg paid a visit to Iceland on 9 September 2022.", "visit"),
    ("Kenya and Uganda signed an agreement on fisheries in Kampala on 28 February 2020.", "signing"),
    ("Japan imposed sanctions on Belarus on 5 April 2022.", "sanction"),
    ("On 11 November 2019 the presidents of Fiji and Tonga spoke by telephone.", "call"),
]


@budget(4)
@given(order=st.permutations(range(len(DATED))))
def test_the_order_of_paragraphs_does_not_change_a_day_that_is_written_out(coder: Coder, order: list[int]) -> None:
    coding = code(coder, "\n\n".join(DATED[n][0] for n in order), plain=True)
    assert coding is not None
    found = {where: (event.kind, event.start) for event in coding.events for where in [sentence(coding.report, event)]}
    alone = {}
    for text, _ in DATED:
        one = code(coder, text, plain=True)
        assert one is not None
        alone.update({sentence(one.report, event): (event.kind, event.start) for event in one.events})
    assert found == alone
    assert sorted(kind for kind, _ in found.values()) == sorted(kind for _, kind in DATED)


def sentence(report: Report, event: Event) -> str:
    start, end = event.evidence.sentence
    return report.text[start:end]
