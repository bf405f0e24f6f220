"""A database that goes and comes back, and two people who change one record at the same moment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import Server, new_database
from faults import run

from communique.errors import RecordError
from communique.store import Record

pytestmark = pytest.mark.slow
STORE = Path(__file__).resolve().parents[1] / "store"


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of this test alone."""
    made = Server()
    try:
        made.start()
        yield made
    finally:
        made.remove()


def test_a_database_that_goes_away_is_told_and_the_same_call_goes_on_when_it_is_back(server: Server) -> None:
    from writer import reports

    where = new_database(server.address)
    record = Record.open(where)
    record.add(reports(9))
    before = record.events()
    server.stop()
    with pytest.raises(RecordError, match=r"Is the database server running\? What was added before is safe"):
        record.add(reports(18))
    done = run("events", "--record", where)
    assert done.returncode == 2
    assert "Is the database server running?" in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
    server.start()
    assert record.events() == before
    assert record.add(reports(18)).added == 9
    record.close()


def test_a_room_whose_database_is_gone_says_so_and_goes_on_when_it_is_back(server: Server) -> None:
    pytest.importorskip("ninja", reason="the reading room needs more: pip install 'communique[room]'")
    from writer import reports

    from communique.room import project

    where = new_database(server.address)
    with Record.open(where) as record:
        record.add(reports(9))
    project.open_room(where)
    assert asked("/events")[0] == 200
    server.stop()
    for address in ("/events?q=paper", "/events.json", "/api/events", "/reports"):
        status, headers, text = asked(address)
        assert status == 503, address
        assert "cannot be reached just now. Nothing is lost" in text
        assert headers["Retry-After"] == "60"
    server.start()
    assert asked("/events")[0] == 200


def asked(address: str) -> tuple[int, dict[str, str], str]:
    """What the room answers to a request, as a web server asks: Django's test client keeps broken connections."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import RequestFactory

    said: list[tuple[int, dict[str, str]]] = []

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        said.append((int(status.split()[0]), dict(headers)))

    answer = WSGIHandler()(RequestFactory(HTTP_HOST="localhost").get(address).environ, start)
    text = b"".join(answer).decode(errors="replace")
    answer.close()
    return *said[0], text


def test_two_people_who_correct_one_event_at_the_same_moment_are_both_kept(tmp_path: Path) -> None:
    from made import collection

    where = tmp_path / "own.db"
    with Record.open(where) as record:
        record.add(collection())
        event = str(record.events()[0]["id"])
    edits = [("AB", "kind", "talks"), ("CD", "start", "2023-03-08")]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "communique", "correct", "edit", event, "--field", field, "--value", value,
             "--author", who, "--record", str(where)],
            env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for who, field, value in edits
    ]  # fmt: skip
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    with Record.open(where) as record:
        now = next(row for row in record.events() if row["id"] == record.resolve(event))
    assert (now["kind"], now["start"]) == ("talks", "2023-03-08")
    listed = run("correct", "list", "--record", where, "--format", "csv").stdout.decode()
    assert "AB" in listed
    assert "CD" in listed
