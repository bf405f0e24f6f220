"""What a sentence tells, and what it only mentions: sides, modality, places and days of events."""

from __future__ import annotations

import pytest

from communique.api import coder_for
from communique.intake.text import report_from_text
from communique.model import Event

pytestmark = pytest.mark.model


def events(text: str) -> list[Event]:
    return list(coder_for().code(report_from_text(text)).events)


def who(event: Event) -> set[str]:
    return {p.name for p in event.participants}


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        (
            "Tonga's premier, Aisake Eke, apologised. It came in a call with his Samoan counterpart, Fiame Leota.",
            "call",
            {"Aisake Eke", "Fiame Leota"},
        ),
        (
            "The paper was signed in Lima by the foreign ministers, Ana Paredes of Peru and Jorge Soto of Bolivia, "
            "and by Mia Olsen, the head of Norway's mission.",
            "signing",
            {"Ana Paredes", "Jorge Soto", "Mia Olsen"},
        ),
        (
            "It is a bad time for President Hilda Heine of the Marshall Islands, who visited Fiji last week.",
            "visit",
            {"Hilda Heine", "Fiji"},
        ),
        (
            "Foreign Minister Wafiq Haddad of Syria had the Danish envoy summoned.",
            "diplomatic-protest",
            {"Wafiq Haddad", "Denmark"},
        ),
        (
            "Chilean Foreign Minister Jorge Soto raised this in a call with Peruvian Foreign Minister Ana Paredes.",
            "call",
            {"Jorge Soto", "Ana Paredes"},
        ),
        (
            "Tonga's premier, Feleti Vea, met David Adeang of Nauru, but there was again no meeting between him and "
            "Palau's president, Surangel Whipps.",
            "meeting",
            {"Feleti Vea", "Surangel Whipps"},
        ),
    ],
)
def test_a_person_takes_part_and_not_the_state(text: str, kind: str, names: set[str]) -> None:
    assert names in [who(event) for event in events(text) if event.kind == kind]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Peru and Chile reached an accord on water. The Bolivian president welcomed the accord.", {"Peru", "Chile"}),
        ("Peruvian soldiers raided a camp in Bolivia. Chile condemned the incursion.", {"Peru"}),
        ("The trip comes after Peru and Chile signed a treaty, a move welcomed by Bolivia.", {"Peru", "Chile"}),
    ],
)
def test_who_did_what_is_judged_is_its_recipient(text: str, recipients: set[str]) -> None:
    last = events(text)[-1]
    assert {p.name for p in last.participants if p.role == "recipient"} == recipients


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Peru has called off a meeting with Chile that had been planned for June.", "called-off"),
        ("Tonga dropped its plan to expel the Fijian ambassador.", "called-off"),
        ("The Peruvian minister's visit to Quito stands cancelled.", "called-off"),
        ("SUVA, 12 May 2023 - Tonga's premier sets out on Monday for a visit to Fiji.", "planned"),
        ("SUVA, 12 May 2023 - Tonga's premier set out on Monday for a visit to Fiji.", "occurred"),
    ],
)
def test_the_modality_of_the_first_event(text: str, modality: str) -> None:
    assert events(text)[0].modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "Imagine that Ghana closed its border with Togo.",
        "Should Fiji lift its ban on Tongan boats?",
        "Fiji has a responsibility to press Tonga to end its raids.",
        "It is imperative for Fiji and Tonga to cooperate closely.",
        "Peru claims almost the entire ocean.",
        "The fight against the pirates goes on.",
        "Ana Lund, who is in exile in Lithuania, wrote a book.",
        "The ambassadors of Peru and Chile sat in on the discussions.",
    ],
)
def test_what_is_supposed_needed_or_claimed_is_no_event(text: str) -> None:
    assert events(text) == []


def test_a_gathering_at_whose_side_people_met_is_no_event_of_its_own() -> None:
    (event,) = events("Tonga's king met Fiji's premier on the margins of the UN General Assembly session in New York.")
    assert event.kind == "meeting"
    assert event.place is not None
    assert event.place.name == "New York"


@pytest.mark.parametrize(
    ("text", "kind", "name", "country"),
    [
        ("The ministers of Peru and Chile ended their latest Lima meeting on Friday.", "meeting", "Lima", "PER"),
        (
            "Fiji's premier, Sitiveni Rabuka, is on a visit to Peru. Peru's president held talks with Rabuka.",
            "talks",
            None,
            "PER",
        ),
        ("The summit of the African Union, which ended in Luanda on Friday, was calm.", "conference", "Luanda", "AGO"),
        ("The embassy of Peru in Accra was opened by Ana Paredes of Peru.", "establishment", "Accra", "GHA"),
    ],
)  # fmt: skip
def test_where_it_happened(text: str, kind: str, name: str | None, country: str) -> None:
    event = next(e for e in events(text) if e.kind == kind)
    assert event.place is not None
    assert (event.place.name, event.place.country) == (name, country)


def test_the_place_of_a_topic_is_not_the_place_of_the_talks() -> None:
    (event,) = events("The ministers of Peru and Chile discussed the crisis in Libya.")
    assert event.place is None


def test_an_agreement_has_the_day_of_the_meeting_at_which_it_was_made() -> None:
    found = events("LIMA, 12 May 2023 - Peru and Chile agreed to resume trade after a meeting in Lima on Thursday.")
    agreement = next(e for e in found if e.kind == "agreement")
    assert agreement.start is not None
    assert agreement.start.isoformat() == "2023-05-11"


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("Lesotho has sent Mpho Rantso, once a minister, to Malta as its ambassador.", "appointment", "Mpho Rantso"),
        ("Fiji will suspend the operations of its embassy in Lima on 1 August.", "suspension", "Peru"),
        (
            "President Jorge Soto of Peru and the prime minister of Fiji, Ana Vosa, held a summit in Lima.",
            "meeting",
            "Ana Vosa",
        ),
        (
            "Fijian Prime Minister Ana Vosa met Jorge Soto in Lima, the first visit of a Fijian leader to Peru.",
            "visit",
            "Ana Vosa",
        ),
    ],
)
def test_the_kind_of_an_act(text: str, kind: str, names: str) -> None:
    assert names in {name for event in events(text) if event.kind == kind for name in who(event)}


def test_the_parties_to_a_war_are_not_the_states_named_next() -> None:
    text = "The parties to the war in Yemen have agreed to a truce. Flights will go to Jordan and Egypt."
    assert all(not who(event) & {"Jordan", "Egypt"} for event in events(text))


def test_calling_a_truce_something_makes_no_truce() -> None:
    assert events("President Jorge Soto of Peru called the truce a relief.") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            'Peruvian President Dina Soto said that "Chile must pay". Chile\'s foreign ministry condemned the remark.',
            {"Foreign Ministry", "Dina Soto"},
        ),
        (
            "Ecuador broke off relations with Peru on Monday. Bolivia cut its own ties on Thursday.",
            {"Bolivia", "Peru"},
        ),
        ("Fiji was angry with Tonga. In May it expelled the Tongan envoy.", {"Fiji", "Tonga"}),
        ("Peru conveyed condolences to Fiji. Chile also sent sincere condolences.", {"Chile", "Fiji"}),
        ("On Friday Ana Tuki, the Tongan premier, met Fiji's king.", {"Ana Tuki", "Fiji"}),
    ],
)
def test_a_side_that_was_named_before(text: str, names: set[str]) -> None:
    assert who(events(text)[-1]) == names


def test_a_decision_told_of_again_is_the_act_itself() -> None:
    text = "Peru expelled five Chilean envoys on Monday. Chile regretted Peru's decision to expel them."
    assert [(e.kind, e.modality) for e in events(text)] == [("suspension", "occurred"), ("criticism", "occurred")]


def test_who_mediates_between_states_that_are_not_named_mediates_between_nobody() -> None:
    text = "Norway and Malta watched. Peruvian envoy Ana Ruiz of the United Nations had brokered the truce."
    assert all(not who(e) & {"Norway", "Malta"} for e in events(text) if e.kind == "mediation")
