"""The API: what it gives, and that no made request brings it down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

if TYPE_CHECKING:
    from django.test import Client

schemathesis = pytest.importorskip("schemathesis")


def test_every_read_operation_answers(client: Client) -> None:
    event = client.get("/api/events").json()["events"][0]["id"]
    report = client.get("/api/reports").json()["reports"][0]["id"]
    instrument = client.get("/api/instruments").json()[0]["id"]
    values = {"key": {"events": event, "reports": report, "instruments": instrument}, "first": "LSO", "second": "PER",
              "country": "PER", "name": "rosa-quispe"}  # fmt: skip
    schema = client.get("/api/openapi.json").json()
    tried = 0
    for path, methods in schema["paths"].items():
        if "get" not in methods:
            continue
        kind = path.split("/")[2]
        address = path.format(**{**values, "key": values["key"].get(kind, event)})  # type: ignore[attr-defined]
        query = "?since=2020-01-01" if path.endswith("digest") else ""
        assert client.get(address + query).status_code == 200, address
        tried += 1
    assert tried > 12
    assert client.get("/api/docs").status_code == 200


def test_a_correction_through_the_api_is_written_and_withdrawn(own_record: str) -> None:
    from django.test import Client

    from communique.room import project

    project.open_room(own_record, author="AB")
    client = Client(HTTP_HOST="localhost")
    event = client.get("/api/events").json()["events"][0]["id"]
    made = client.post("/api/corrections", {"what": "accept", "targets": [event]}, content_type="application/json")
    assert made.status_code == 201
    assert client.get(f"/api/events/{event}").json()["accepted"]
    assert client.delete(f"/api/corrections/{made.json()['id']}").status_code == 200
    assert not client.get(f"/api/events/{event}").json()["accepted"]


def test_the_api_takes_no_correction_without_the_token_of_its_page(own_record: str) -> None:
    from django.test import Client

    from communique.room import project

    project.open_room(own_record)
    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    event = client.get("/api/events").json()["events"][0]["id"]
    for method in (client.post, client.delete):
        answer = method("/api/corrections/00" if method == client.delete else "/api/corrections",
                        {"what": "accept", "targets": [event]}, content_type="application/json")  # fmt: skip
        assert answer.status_code == 403


def test_no_made_request_brings_the_api_down(own_record: str) -> None:
    from communique.room import project
    from communique.room.serve import application

    project.open_room(own_record, author="AB")
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application())
    tried = 0
    for operation in schema.get_all_operations():

        @given(case=operation.ok().as_strategy())
        @settings(
            max_examples=10, deadline=None, derandomize=True, phases=(Phase.generate,), database=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def answers(case: Any) -> None:
            response = case.call(headers={"Host": "localhost"})
            assert response.status_code < 500, (case.formatted_path, response.text)

        answers()
        tried += 1
    assert tried > 15
