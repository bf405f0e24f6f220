"""Records to test with: the same tests on SQLite and on a PostgreSQL server that is started for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from databases import new_database, postgres

__all__ = ["postgres"]


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a record that does not exist yet, on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "record.db")
    return new_database(request.getfixturevalue("postgres"))
