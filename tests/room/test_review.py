"""What a reviewer writes is shown over the record, can be undone, and outlives coding anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from made import collection

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def desk(own_record: str) -> Client:
    """A reviewer alone in a room of one's own."""
    from django.test import Client

    from communique.room import project

    project.open_room(own_record, author="AB")
    return Client(HTTP_HOST="localhost")


def first_meeting(desk: Client) -> dict[str, object]:
    found = desk.get("/events.json?country=LSO&country=PER&kind=meeting&order=earliest").json()["events"]
    return dict(found[0])


def test_kinds_of_the_room_are_those_of_the_codebook() -> None:
    from communique.codebook.loader import load_codebook
    from communique.room.prose import phrases

    assert set(phrases()) == set(load_codebook().kinds)


def test_an_accepted_event_leaves_the_queue_and_comes_back_when_undone(desk: Client) -> None:
    from communique.room import asking
    from communique.room.review.queue import queued

    before = queued(asking.Asked()).count()
    first = queued(asking.Asked()).first()
    assert first is not None
    answer = desk.post("/review/judge", {"event": first.id, "what": "accept", "reason": "read it"})
    assert answer.status_code == 302
    assert queued(asking.Asked()).count() == before - 1
    shown = desk.get(f"/events/{first.id}.json").json()
    assert shown["accepted"]
    assert shown["corrections"][0]["author"] == "AB"
    assert desk.post("/review/undo", {}).status_code == 302
    assert queued(asking.Asked()).count() == before


def test_the_queue_begins_with_most_doubts(desk: Client) -> None:
    from communique.room import asking
    from communique.room.review.queue import queued

    doubts = [event.doubt for event in queued(asking.Asked())]
    assert doubts == sorted(doubts, reverse=True)
    assert doubts[0] > doubts[-1]
    assert desk.get("/review").status_code == 200


def test_a_rejected_event_is_in_no_list_but_has_its_page(desk: Client) -> None:
    event = first_meeting(desk)
    desk.post("/review/judge", {"event": event["id"], "what": "reject"})
    assert event["id"] not in [e["id"] for e in desk.get("/events.json").json()["events"]]
    assert "rejected" in desk.get(f"/events/{event['id']}").content.decode()


def test_an_edit_is_laid_over_and_what_reports_give_stays_to_be_seen(desk: Client) -> None:
    event = first_meeting(desk)
    desk.post("/review/edit", {"event": event["id"], "field": "place", "value": "Roma", "reason": "the map"})
    page = desk.get(f"/events/{event['id']}").content.decode()
    assert "Roma" in page
    assert "What the reports give, without the corrections" in page
    assert desk.get(f"/events/{event['id']}.json").json()["place"] == "Roma"


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "picnic"), ("start", "soon"), ("place_country", "Atlantis"), ("id", "x"), ("modality", "maybe")],
)
def test_an_edit_that_makes_no_sense_is_refused_in_words(desk: Client, field: str, value: str) -> None:
    event = first_meeting(desk)
    answer = desk.post("/review/edit", {"event": event["id"], "field": field, "value": value})
    assert answer.status_code == 400
    assert "Not written" in answer.content.decode()


def test_a_missed_event_is_added_by_its_words_and_outlives_coding_anew(desk: Client, own_record: str) -> None:
    from dataclasses import replace

    from communique.store import Record

    report = desk.get("/reports.json?q=cadets").json()["reports"][0]["id"]
    form = {"report": report, "words": "are to sail", "kind": "visit", "modality": "planned",
            "who": "Peru\nThabo Lekoetje, LSO", "start": "2023-05-01", "reason": "it is a cruise"}  # fmt: skip
    answer = desk.post("/review/add", form)
    assert answer.status_code == 302
    found = desk.get("/events.json?kind=visit&modality=planned").json()["events"]
    assert [e["who"] for e in found] == [["Thabo Lekoetje", "Peru"]]
    page = desk.get(answer["Location"].split("#")[0]).content.decode()
    assert "added by a person" in page
    with Record.open(own_record) as record:
        again = [replace(c, coder=replace(c.coder, version="1")) for c in collection()]
        assert record.add(again).added == len(again)
    assert [e["id"] for e in desk.get("/events.json?kind=visit&modality=planned").json()["events"]] == [found[0]["id"]]
    desk.post("/review/undo", {})
    assert desk.get("/events.json?kind=visit&modality=planned").json()["total"] == 0


@pytest.mark.parametrize(
    "change",
    [{"words": "no such words"}, {"words": ""}, {"who": ""}, {"who": "Peru, Atlantis"}, {"kind": "picnic"},
     {"start": "2023-05-04", "end": "2023-05-01"}, {"modality": "maybe"}, {"report": "00"}],
)  # fmt: skip
def test_a_missed_event_that_makes_no_sense_is_refused(desk: Client, change: dict[str, str]) -> None:
    report = desk.get("/reports.json?q=cadets").json()["reports"][0]["id"]
    form = {"report": report, "words": "are to sail", "kind": "visit", "modality": "planned", "who": "Peru",
            "start": "", "end": ""}  # fmt: skip
    assert desk.post("/review/add", form | change).status_code == 400


def test_a_note_is_shown_with_its_author_and_counted(desk: Client) -> None:
    report = desk.get("/reports.json").json()["reports"][0]["id"]
    desk.post("/notes/add", {"report": report, "text": "<b>Compare</b> the other paper."})
    page = desk.get(f"/reports/{report}").content.decode()
    assert "&lt;b&gt;Compare&lt;/b&gt;" in page
    notes = desk.get(f"/reports/{report}.json").json()["notes"]
    assert [n["author"] for n in notes] == ["AB"]


def test_whatever_is_written_stands_in_the_audit_trail(desk: Client) -> None:
    event = first_meeting(desk)
    desk.post("/review/judge", {"event": event["id"], "what": "accept"})
    deeds = desk.get("/deeds.json").json()["deeds"]
    assert (deeds[0]["who"], deeds[0]["what"], deeds[0]["target"]) == ("AB", "accept", event["id"])
