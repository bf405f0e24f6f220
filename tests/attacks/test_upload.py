"""What an editor may bring to the room: much at once, too much, and tables of ten thousand rows."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest

pytest.importorskip("ninja", reason="the reading room needs more: pip install 'communique[room]'")

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from communique.room import project
from communique.room.intake import pages
from communique.room.models import Job
from communique.store import Record

ROWS = int(os.environ.get("COMMUNIQUE_ROWS", "300"))  # 10,000 take some minutes


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The room of an empty record; what is brought waits below `tmp_path`/brought."""
    (tmp_path / "brought").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "brought"))
    where = str(tmp_path / "own.db")
    Record.open(where).close()
    project.open_room(where)
    return Client(HTTP_HOST="localhost")


def test_too_many_files_at_once_are_refused_and_none_is_kept(client: Client, tmp_path: Path) -> None:
    many = [SimpleUploadedFile(f"{n}.txt", b"words") for n in range(pages.MOST_FILES + 1)]
    answer = client.post("/add/files", {"files": many})
    assert answer.status_code == 400
    assert "no more than 50 files at once" in answer.content.decode().lower()
    assert list((tmp_path / "brought").iterdir()) == []


def test_a_file_that_is_too_large_is_refused_and_nothing_brought_with_it_stays(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    monkeypatch.setattr(pages, "DEFAULT", replace(pages.DEFAULT, max_bytes=1_000))
    brought = [SimpleUploadedFile("a.txt", b"words"), SimpleUploadedFile("b.txt", b"words " * 1_000)]
    answer = client.post("/add/files", {"files": brought})
    assert answer.status_code == 400
    assert "larger than 1,000 bytes" in answer.content.decode()
    assert list((tmp_path / "brought").iterdir()) == []


def test_more_addresses_than_a_form_takes_are_refused(client: Client) -> None:
    project.open_room(project.current().where, fetch=True)
    answer = client.post("/add/addresses", {"addresses": "\n".join(f"https://h.example/{n}" for n in range(10_000))})
    assert answer.status_code == 400
    assert not Job.objects.exists()


def test_a_form_with_ten_thousand_fields_is_refused(client: Client) -> None:
    assert client.post("/add/addresses", {f"k{n}": "x" for n in range(10_000)}).status_code == 400


@pytest.mark.model
@pytest.mark.slow
def test_a_table_of_many_rows_is_added_while_the_room_goes_on_answering(client: Client) -> None:
    lines = ["text,url"]
    for n in range(ROWS):
        lines.append(
            f"The harbour of Tema took in {n:,} boxes of fish on that day; the harbour master said so.".replace(
                ",", " "
            )
        )
        lines[-1] += f",https://h.example/{n}"
    lines[ROWS // 2] = ",https://h.example/empty"
    table = SimpleUploadedFile("rows.csv", "\n".join(lines).encode())
    assert client.post("/add/files", {"files": table}).status_code == 302
    until = time.monotonic() + 900
    while not (job := Job.objects.get()).ended and time.monotonic() < until:
        assert client.get("/reports").status_code == 200
        time.sleep(1)
    assert f"{ROWS - 1:,} reports added" in job.said, job.said
    assert f"row {ROWS // 2:,}" in job.said or f"row {ROWS // 2}" in job.said, job.said
    with Record.open(project.current().where) as record:
        assert len(record.search("harbour master", limit=20_000)) == ROWS - 1
