"""Rooms to test with: one record of made reports, in a room on SQLite and in one on PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from databases import new_database, postgres
from made import collection

if TYPE_CHECKING:
    from django.test import Client

pytest.importorskip("ninja", reason="the reading room needs more: pip install 'communique[room]'")

__all__ = ["postgres"]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A record that is only read, on either database."""
    from communique.store import Record

    if request.param == "sqlite":
        where = str(tmp_path_factory.mktemp("room") / "harbour.db")
    else:
        where = new_database(request.getfixturevalue("postgres"))
    with Record.open(where) as opened:
        opened.add(collection(), what="made reports")
    return where


@pytest.fixture
def client(record: str) -> Client:
    """A browser without JavaScript in the room of the record, alone."""
    from django.conf import settings
    from django.test import Client

    from communique.room import project

    if settings.COMMUNIQUE_ROOM is None or settings.COMMUNIQUE_ROOM.where != record:
        project.open_room(record, author="AB")
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def own_record(tmp_path: Path) -> str:
    """A record of one test, to write to."""
    from communique.store import Record

    where = str(tmp_path / "own.db")
    with Record.open(where) as opened:
        opened.add(collection(), what="made reports")
    return where
