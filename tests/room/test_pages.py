"""Every page is there, in all its forms, on both databases."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.test import Client

LISTS = ("/", "/pairs", "/countries", "/people", "/instruments", "/events", "/reports", "/months", "/record")
ONE_EACH = ("/pairs/LSO-PER", "/countries/PER", "/people/PER/rosa-quispe", "/months/2023-03")


def one_of(client: Client, kind: str) -> str:
    """The address of the first report, event or instrument of the record."""
    listed = client.get(f"/{kind}.json").json()[kind]
    return str(listed[0]["address"])


@pytest.mark.parametrize("address", [*LISTS, *ONE_EACH])
def test_a_page_and_its_json_are_there(client: Client, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1
    twin = client.get(("/index" if address == "/" else address) + ".json")
    assert json.loads(twin.content)


@pytest.mark.parametrize("kind", ["reports", "events", "instruments"])
def test_one_of_a_kind_has_a_page_and_twins(client: Client, kind: str) -> None:
    address = one_of(client, kind)
    assert client.get(address).status_code == 200
    assert client.get(address + ".json").json()["address"] == address
    rows = list(csv.reader(io.StringIO(b"".join(client.get(address + ".csv")).decode())))
    assert len(rows) > 1


@pytest.mark.parametrize(
    "address", ["/index", "/pairs/LSO-PER", "/people/PER/rosa-quispe", "/events", "/countries/PER"]
)
def test_a_feed_has_entries_with_lasting_ids(client: Client, address: str) -> None:
    text = client.get(address + ".atom").content.decode()
    ids = re.findall(r"<id>(tag:communique,2024:[0-9a-f]{20})</id>", text)
    assert ids
    assert len(ids) == len(set(ids))


def test_the_csv_of_a_search_has_all_rows_and_only_those(client: Client) -> None:
    body = b"".join(client.get("/events.csv?country=MLT")).decode()
    rows = list(csv.DictReader(io.StringIO(body)))
    assert rows
    assert all("MLT" in row["countries"] for row in rows)


def test_pairs_in_the_other_order_lead_to_the_one_page(client: Client) -> None:
    answer = client.get("/pairs/per-LSO.json")
    assert answer.status_code == 302
    assert answer["Location"] == "/pairs/LSO-PER.json"


@pytest.mark.parametrize(
    "address",
    ["/pairs/XXX-PER", "/countries/QQQ", "/people/PER/nobody-at-all", "/events/00", "/reports/00", "/months/2023-13",
     "/instruments/00", "/nothing", "/events/00.json"],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_missing(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_what_an_address_asks_wrongly_is_told_and_left_out(client: Client) -> None:
    page = client.get("/events?country=Atlantis&since=yesterday&modality=maybe&page=-3&year=x")
    assert page.status_code == 200
    text = page.content.decode()
    for word in ("Atlantis", "yesterday", "maybe"):
        assert f"{word}&#x27;" in text


def test_facets_count_what_they_leave(client: Client) -> None:
    facets = client.get("/events.json?country=PER").json()["facets"]
    for facet in facets:
        for value in facet["values"][:3]:
            assert client.get(f"/events.json?{value['query']}").json()["total"] == value["events"], value


def test_search_for_words_finds_reports_and_shows_them_in_their_place(client: Client) -> None:
    found = client.get("/reports.json?q=lentils").json()
    assert found["total"] == 1
    assert ["lentils", True] in found["reports"][0]["excerpt"]


def test_an_event_shows_each_origin_with_its_sentence(client: Client) -> None:
    met = next(e for e in client.get("/events.json?country=LSO&country=PER&kind=meeting&modality=occurred").json()[
        "events"] if e["start"] == "2023-03-07" and e["reports"] > 1)  # fmt: skip
    page = client.get(met["address"] + ".json").json()
    assert len(page["witnesses"]) == 2
    assert all(m["words"] for w in page["witnesses"] for m in w["mentions"])


def test_copies_stand_behind_their_probable_origin(client: Client) -> None:
    lines = client.get("/reports.json?q=lentils").json()["reports"]
    copies = client.get(lines[0]["address"] + ".json").json()["copies"]
    assert [c["publisher"] for c in copies] == ["Andina", "Blog"]
    assert copies[0]["origin"]


def test_the_text_and_its_records_lead_to_each_other(client: Client) -> None:
    address = one_of(client, "reports")
    text = client.get(address).content.decode()
    cards = set(re.findall(r'id="r(\d+)"', text))
    anchors = set(re.findall(r'id="s(\d+)"', text))
    assert cards
    assert set(re.findall(r'class="num" href="#s(\d+)"', text)) <= anchors
    assert set(re.findall(r'class="ref" href="#r(\d+)"', text)) == cards


def test_the_dossier_says_only_what_a_footnote_backs(client: Client) -> None:
    data = client.get("/pairs/LSO-PER.json").json()
    known = {e["id"] for e in data["timeline"]}
    assert data["summary"]
    assert all(set(clause["events"]) <= known for clause in data["summary"])
    assert all(clause["events"] or clause["instrument"] for clause in data["summary"])


def test_a_report_that_is_opened_is_counted(client: Client) -> None:
    address = one_of(client, "reports")
    before = client.get(address + ".json").json()["opened"]
    client.get(address)
    assert client.get(address + ".json").json()["opened"] == before + 1


def test_an_overview_of_a_large_record_is_given_again_until_something_is_written(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.cache import cache
    from django.http import HttpResponse
    from django.test import RequestFactory

    from communique.room import kept
    from communique.room.project import current

    monkeypatch.setattr(kept, "CHEAP", 0)
    cache.set(f"{current().alias}:large", True)
    made: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        made.append(request.path)
        return HttpResponse(str(len(made)))

    answer, ask = kept.pages(view), RequestFactory(headers={"host": "127.0.0.1"})
    try:
        assert [answer(ask.get("/events")).content for _ in range(2)] == [b"1", b"1"]
        assert [answer(ask.get("/reports/abc")).content for _ in range(2)] == [b"2", b"3"]
        answer(ask.post("/review/judge"))
        assert answer(ask.get("/events")).content == b"5"
    finally:
        cache.clear()
