"""A coding made by hand: what the exports are tried on, without a language model."""

from __future__ import annotations

from datetime import date

import pytest

from communique.model import (
    CoderInfo,
    Coding,
    Conflict,
    Declared,
    Event,
    EventEvidence,
    Evidence,
    Instrument,
    Office,
    Participant,
    Person,
    Place,
    Report,
    SentenceEvidence,
    Source,
    Span,
    Speaker,
    Statement,
    When,
    Written,
)

TEXT = (
    "Foreign Minister Lina Osei of Ghana visited Togo on Thursday and met President <b>Kodjo</b> in Lomé.\n\n"
    "=SUM(A1) is no formula, Osei said.\n\n"
    "Ghana and Togo will sign an agreement on fishing."
)


def span(words: str) -> Span:
    """Where `words` first stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


FIRST, SECOND, THIRD = (span(part) for part in TEXT.split("\n\n"))


@pytest.fixture
def coding() -> Coding:
    """A visit that occurred, a planned signing without a day, a denied meeting, one statement, one instrument."""
    osei = Participant("Lina Osei", "person", "GHA", "foreign minister", "GOV", "guest", (span("Lina Osei"),))
    togo = Participant("Togo", "state", "TGO", None, "GOV", "host", (span("Togo"),))
    ghana = Participant("Ghana", "state", "GHA", None, "GOV", "party", (span("Ghana"),))
    other = Participant("Togo", "state", "TGO", None, "GOV", "party", (span("Togo"),))
    thursday = When(span("Thursday"), "2024-03-28", "day", "relative", "'Thursday', counted back from 29 March 2024")
    visit = Event(
        "e1", "CONSULT", "visit", "042", "occurred", (osei, togo), date(2024, 3, 28), date(2024, 3, 28), thursday,
        Place("Lomé", "TGO", 6.13, -1.22, span("Lomé")), None, None, None, EventEvidence(FIRST, span("visited")),
        "consult/visit#1", None, mode="visit", why=("'visited' fits the frame",),
    )  # fmt: skip
    signing = Event(
        "e2", "COOPERATE", "signing", "057", "planned", (ghana, other), None, None, None, None, None, "i1", None,
        EventEvidence(THIRD, span("sign")), "cooperate/signing#1", None,
    )  # fmt: skip
    denied = Event(
        "e3", "CONSULT", "meeting", "040", "denied", (ghana, other), None, None, None, None, None, None, "s1",
        EventEvidence(FIRST, span("met")), "consult/meeting#1", None,
    )  # fmt: skip
    report = Report(
        "r1", "00" * 32, Source("reports/a.txt"), "Osei in Lomé", TEXT, "en",
        Declared(published="2024-06-03T17:55:46", section="entertainment", url="https://example.org/a"),
        written=Written(
            date(2024, 3, 29), date(2024, 3, 29), date(2024, 3, 30), None,
            (Evidence("weekday", "2024-03-28", "Thursday is told as just past"),),
            (Conflict("declared.published", "2024-06-03", "June is after the visit"),),
        ),
    )  # fmt: skip
    speaker = Speaker("Lina Osei", "person", "GHA", "foreign minister", (span("Osei said"),))
    said = Statement(
        "s1", "saying", speaker, "unspecified", False, span("said"), (span("=SUM(A1) is no formula"),), None,
        date(2024, 3, 28),
    )  # fmt: skip
    return Coding(
        CoderInfo("communique", "0.1.0", "book", "tables", "model 1"), report, (visit, signing, denied),
        (Person("p1", "Lina Osei", (span("Lina Osei"),), "GHA", (Office("Foreign Minister", None, "GHA"),)),), (said,),
        (Instrument("i1", "agreement", "fishing pact", ("GHA", "TGO"), "negotiated", None, SentenceEvidence(THIRD)),),
    )  # fmt: skip
