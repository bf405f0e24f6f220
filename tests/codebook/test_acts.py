"""Which acts a sentence tells, and whose they are: the whole list, so that nothing is told twice or too much."""

from __future__ import annotations

import pytest

from communique.api import coder_for
from communique.intake.text import report_from_text
from communique.model import Event

pytestmark = pytest.mark.model


def events(text: str) -> list[Event]:
    return sorted(coder_for().code(report_from_text(text)).events, key=lambda event: event.evidence.trigger.start)


def told(text: str) -> list[str]:
    """Each event as "kind modality: name (role), name (role)", the names in order."""
    return [
        f"{e.kind} {e.modality}: {', '.join(sorted(f'{p.name} ({p.role})' for p in e.participants))}"
        for e in events(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenya accused Ghana of shelling a village in Togo.",
            ["accusation occurred: Ghana (recipient), Kenya (initiator)",
             "assault occurred: Ghana (initiator), Togo (recipient)"],
        ),
        (
            "Kenya on Friday condemned the attack by Ethiopia on Eritrea.",
            ["criticism occurred: Ethiopia (recipient), Kenya (initiator)",
             "assault occurred: Eritrea (recipient), Ethiopia (initiator)"],
        ),
        (
            "Hamas freed hostages whom it took during its May 7 attack on Israel.",
            ["concession occurred: Hamas (initiator), hostages (recipient)",
             "assault occurred: Hamas (initiator), hostages (recipient)",
             "assault occurred: Hamas (initiator), Israel (recipient)"],
        ),
        (
            "Norway's foreign ministry summoned the Danish ambassador to Oslo to protest the arrest of a captain.",
            ["diplomatic-protest occurred: Denmark (recipient), Foreign Ministry (initiator)"],
        ),
        (
            "Kenya welcomed the visit of Foreign Minister Eva Lund of Norway.",
            ["endorsement occurred: Eva Lund (recipient), Kenya (initiator)",
             "visit occurred: Eva Lund (guest), Kenya (host)"],
        ),
        (
            "The president of Chile reiterated Chile's serious concern about the arrests in Peru.",
            ["criticism occurred: Chile (initiator)"],
        ),
        (
            "Envoys of both countries welcomed Kenyan Foreign Minister Amina Odhiambo on the quay of Bergen, said the "
            "Norwegian ministry.",
            ["meeting occurred: Amina Odhiambo (guest), Norway (host)"],
        ),
        (
            "Peruvian Premier Ana Ruiz and Chilean Foreign Minister Jorge Soto signed the pact in Malta.",
            ["signing occurred: Ana Ruiz (initiator), Jorge Soto (initiator)"],
        ),
        (
            "Five Danish diplomats were declared persona non grata by Kenya.",
            ["suspension occurred: Denmark (recipient), Kenya (initiator)"],
        ),
        (
            "Danish envoy Lars Holm was thrown out of Kenya on Monday.",
            ["suspension occurred: Kenya (initiator), Lars Holm (recipient)"],
        ),
        (
            "Kenya will halt its embassy operations in Copenhagen.",
            ["suspension planned: Denmark (recipient), Kenya (initiator)"],
        ),
        (
            "Greetings from the presidents of Chad and Togo were exchanged on Monday.",
            ["message occurred: Chad (party), Togo (party)"],
        ),
        (
            '"I am honoured to receive President Ana Ruiz of Peru for a working visit to Malta," said Maltese Prime '
            "Minister Karl Vella.",
            ["meeting occurred: Ana Ruiz (guest), Karl Vella (host)",
             "visit occurred: Ana Ruiz (guest), Malta (host)"],
        ),
    ],
)  # fmt: skip
def test_who_does_what_toward_whom(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Officials said that Kenya hopes to deepen ties with Ghana.",
        "The ministers of Kenya and Ghana concurred on the need to sell more fish, train guards and open a bridge.",
        "The ministers of Kenya and Ghana said that there was scope for both states to widen their trade.",
        "Chad has come under pressure at home to open its border with Libya.",
        "Ghana's president spoke of preparations to open two bridges to Togo.",
        "Ghana said it had no plans to retaliate against Togo.",
        "The paper does not tell how many Danish envoys were arrested by Kenya.",
        "Togo has to leave Ghana's waters.",
        "The pact provides for the holding of yearly consultations between Kenya and Norway.",
        "The minister of Kenya struck a note of caution about Uganda.",
    ],
)
def test_what_is_wanted_talked_of_or_only_sounds_so_is_no_act(text: str) -> None:
    assert told(text) == []


def test_what_anybody_might_do_is_no_act_of_his() -> None:
    assert [event.kind for event in events("Kenya warned against any Ethiopian attack on Eritrea.")] == ["criticism"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ministers of Chile and Peru are to hold talks and sign a fisheries treaty.", {"talks", "signing"}),
        ("During the talks, the ministers of Kenya and Ghana will review a trade agreement.", {"talks"}),
        ("Kenya's president would be meeting President Mahama of Ghana on June 7.", {"meeting"}),
    ],
)
def test_what_lies_ahead_is_planned(text: str, kinds: set[str]) -> None:
    found = events(text)
    assert {event.kind for event in found} == kinds
    assert {event.modality for event in found} == {"planned"}


def test_who_is_received_by_a_list_or_has_meetings_with_one_meets_each() -> None:
    received = (
        "Envoy Ana Ruiz of Peru will be received by King Harald, Premier Nils Dahl and Speaker Eva Lund of Norway."
    )
    assert [event.kind for event in events(received)] == ["meeting"] * 3
    had = "Kenyan Prime Minister Amina Odhiambo had meetings with King Harald and Speaker Eva Lund of Norway."
    assert [event.kind for event in events(had)] == ["meeting"] * 2


def test_a_comment_gives_what_it_speaks_of_no_day() -> None:
    text = "OSLO, 12 May 2025 - Kenya on Friday condemned the attack by Ethiopia on Eritrea."
    comment, attack = events(text)
    assert str(comment.start) == "2025-05-09"
    assert attack.start is None
    after = "OSLO, 12 May 2025 - Kenya condemned Friday's attack by Ethiopia on Eritrea."
    assert str(events(after)[1].start) == "2025-05-09"


def test_what_is_announced_of_a_coming_visit_has_its_days() -> None:
    text = (
        "Kenyan Foreign Minister Amina Odhiambo will pay a visit to Norway on 14-15 June 2026.\n\n"
        "She will be received by King Harald.\n\n"
        "On this occasion she will sign a memorandum on training with Norwegian Foreign Minister Eva Lund."
    )
    assert {(event.kind, str(event.start), str(event.end)) for event in events(text)} == {
        (kind, "2026-06-14", "2026-06-15") for kind in ("visit", "meeting", "signing")
    }


def test_papers_signed_on_one_day_are_one_signing() -> None:
    text = (
        "OSLO, 12 May 2025 - Kenya and Norway signed four memoranda on Monday. "
        "On Monday two agreements were also signed between Kenya and Norway."
    )
    assert [event.kind for event in events(text)] == ["signing"]


def test_rebels_are_a_side_of_their_own() -> None:
    text = "Colombia's government and the ELN met in Havana. The two sides signed a protocol on Friday, Cuba said."
    assert told(text) == [
        "meeting occurred: Colombia (initiator), ELN (initiator)",
        "signing occurred: Colombia (initiator), ELN (initiator)",
    ]


def test_without_a_day_of_writing_a_day_of_the_month_has_no_year() -> None:
    text = (
        "Peru's parliament on Friday ratified a pact with Chile. Talks began in 2005.\n\n"
        "Bolivia blocked the talks last December. The presidents of Peru and Chile signed the pact on November 4."
    )
    assert all(event.start is None or event.start.year == 2005 for event in events(text))
    assert [event.start for event in events(text) if event.kind == "signing"] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Togo has yet to sign the pact with Ghana.",
        "Togo and Ghana have yet to ratify the treaty.",
        "The accord with Ghana has yet to be ratified by Togo.",
    ],
)
def test_what_has_yet_to_happen_is_denied(text: str) -> None:
    assert {event.modality for event in events(text)} == {"denied"}


def test_what_still_has_to_be_done_is_planned_and_what_had_to_be_done_is_done() -> None:
    assert [e.modality for e in events("Togo still has to ratify the treaty with Ghana.")] == ["planned"]
    assert [e.modality for e in events("Togo had to recall its ambassador from Ghana.")] == ["occurred"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad said Libya had attacked its ports.", "assault occurred: Chad (recipient), Libya (initiator)"),
        ("According to Chad, Libya shelled its villages.", "assault occurred: Chad (recipient), Libya (initiator)"),
        ("Chad says Libya has seized two of its ships.", "coercion occurred: Chad (recipient), Libya (initiator)"),
        (
            "Togo's army shelled two villages across the border in Ghana.",
            "assault occurred: Ghana (recipient), Togo (initiator)",
        ),
        (
            "Togo denied that its navy had fired on a Ghanaian trawler.",
            "assault denied: Ghana (recipient), Togo (initiator)",
        ),
    ],
)
def test_whose_the_target_is_and_whose_the_force(text: str, expected: str) -> None:
    assert expected in told(text)


def test_its_own_are_the_doers_whoever_tells_it() -> None:
    (arrest,) = events("Chad said its police had arrested two of its own officers.")
    assert {p.country for p in arrest.participants} == {"TCD"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A delegation led by Mali's defence minister arrived in Accra on Sunday.",
            "visit occurred: Ghana (host), Mali (guest)",
        ),
        (
            "A Malian delegation headed by Defence Minister Oumar Keita visited Accra.",
            "visit occurred: Ghana (host), Oumar Keita (guest)",
        ),
        ("Mali's defence minister led a delegation to Accra.", "visit occurred: Ghana (host), Mali (guest)"),
    ],
)
def test_a_delegation_is_of_the_state_of_who_leads_it(text: str, expected: str) -> None:
    assert told(text) == [expected]
