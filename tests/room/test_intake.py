"""Reports that are added in the room; what may be fetched, and what never."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from communique.errors import InputError
from communique.room.intake import fetching


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "255.255.255.255", "240.0.0.1", "not an address"],
)  # fmt: skip
def test_an_address_inside_a_network_is_not_public(address: str) -> None:
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert fetching.is_public(address)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "http://user:pw@example.org/", "http://",
     "http://example.org:8080/", "http://example.org:22/", "https://example.org:99999/", "//example.org/", "nonsense",
     "http://exam\nple.org/", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused_before_anything_is_asked(url: str) -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise AssertionError("a name was looked up")

    with pytest.raises(InputError):
        fetching.checked(url, nobody)


def test_a_name_with_one_inner_address_among_public_ones_is_refused() -> None:
    with pytest.raises(InputError, match="inside this machine"):
        fetching.checked("http://two.example/", lambda host, port: ["93.184.216.34", "127.0.0.1"])


def test_a_redirect_to_the_inside_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Answer:
        status = 302
        headers = {"Location": "http://169.254.169.254/latest/"}  # noqa: RUF012

    class Connection:
        def __init__(self, scheme: str, host: str, port: int, address: str, timeout: float) -> None:
            asked.append(address)

        def ask(self, url: str) -> Answer:
            return Answer()

        def close(self) -> None:
            pass

    monkeypatch.setattr(fetching, "_Pinned", Connection)
    with pytest.raises(InputError, match="inside this machine"):
        fetching.fetch("http://good.example/", resolve=lambda host, port: ["93.184.216.34" if "good" in host else host])
    assert asked == ["93.184.216.34"]


def test_a_fetched_page_keeps_its_address_and_the_day(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from communique.intake.files import read_input
    from communique.model import Report

    body = (b"<html><head><title>Talks in Suva</title></head><body><h1>Talks in Suva</h1><p>Ministers of Fiji and "
            b"Samoa spoke about fishing for two hours on Monday, and promised to speak again before long.</p>"
            b"</body></html>")  # fmt: skip
    page = fetching.Fetched("https://paper.example/talks", "text/html", body)
    ending, data = fetching.as_file(page, datetime(2024, 5, 6, tzinfo=UTC))
    path = tmp_path / f"page{ending}"
    path.write_bytes(data)
    (report,) = read_input(path)
    assert isinstance(report, Report)
    assert report.declared.url == "https://paper.example/talks"
    assert report.captured is not None
    assert report.captured.isoformat() == "2024-05-06"
    assert "spoke about fishing" in report.text


def test_uploads_get_harmless_names(tmp_path: Path) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from communique.room.intake.pages import _save

    for given in ("../../etc/passwd", "-rf", ".hidden", "a\x00b.html", "sample:x", "x" * 300, "name;rm.html"):
        name = (
            _save(SimpleUploadedFile("placeholder", b"text"), tmp_path) if not given else _save(_named(given), tmp_path)
        )
        assert (tmp_path / name).parent == tmp_path
        assert not name.startswith(("-", "."))
        assert ":" not in name
        assert len(name) < 120


def _named(name: str) -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("x", b"text")
    file._name = name
    return file


def test_a_room_that_may_not_fetch_fetches_nothing(own_record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import Client

    from communique.room import project

    def started(*args: object, **options: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", started)
    project.open_room(own_record)
    client = Client(HTTP_HOST="localhost")
    assert client.post("/add/addresses", {"addresses": "https://paper.example/"}).status_code == 400
    assert client.post("/add/feed", {"feed": "https://paper.example/feed"}).status_code == 400
    assert client.get("/add").status_code == 200


@pytest.mark.model
@pytest.mark.slow
def test_a_file_that_is_brought_is_coded_and_merged(own_record: str) -> None:
    import time

    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from communique.room import project
    from communique.room.models import Job

    project.open_room(own_record)
    client = Client(HTTP_HOST="localhost")
    text = b"MASERU, May 4 -- Peru's foreign minister Rosa Quispe visited Lesotho on Thursday and met Thabo Lekoetje.\n"
    client.post("/add/files", {"files": [SimpleUploadedFile("visit.txt", text), SimpleUploadedFile("empty.txt", b"")]})
    for _ in range(600):
        job = Job.objects.get()
        if job.ended:
            break
        time.sleep(0.1)
    assert job.state == "done", job.said
    assert "1 reports added" in job.said
    assert "the file is empty" in job.said
    found = client.get("/reports.json?q=Maseru").json()["reports"]
    assert any(client.get(r["address"] + ".json").json()["sightings"][0]["path"] == "visit.txt" for r in found)
