"""A PostgreSQL server that is started for the tests, and empty databases on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

pytest.importorskip("django", reason="the record needs Django: pip install 'communique[store]'")


def _binaries() -> Path | None:
    """The folder of PostgreSQL's own programs, newest version first."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    found = next((p for p in places if (p / "initdb").exists()), None)
    on_path = shutil.which("initdb")
    return found or (Path(on_path).resolve().parent if on_path else None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a private PostgreSQL server, without the database's name. Skips aloud where there is none."""
    binaries = _binaries()
    if binaries is None:
        message = "no PostgreSQL server binary: the record is NOT tested on PostgreSQL (apt-get install postgresql)"
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    pytest.importorskip("psycopg", reason="the record on PostgreSQL needs psycopg: pip install 'communique[team]'")
    folder = Path(tempfile.mkdtemp(prefix="communique-pg-"))
    run = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    if run:
        shutil.chown(folder, "nobody")
    data = folder / "data"
    subprocess.run([*run, binaries / "initdb", "-D", data, "-U", "tester", "-A", "trust", "--no-sync", "-E", "UTF8",
                    "--locale=C.UTF-8"], check=True, capture_output=True, cwd=folder)  # fmt: skip
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    subprocess.run([*run, binaries / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start"],
                   check=True, capture_output=True, cwd=folder)  # fmt: skip
    try:
        yield f"postgresql://tester@/{{name}}?host={folder}"
    finally:
        subprocess.run([*run, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], capture_output=True,
                       cwd=folder, check=False)  # fmt: skip
        shutil.rmtree(folder, ignore_errors=True)


def new_database(address: str) -> str:
    """The address of a new, empty database on the server."""
    import psycopg

    name = f"r{uuid4().hex[:12]}"
    with psycopg.connect(address.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return address.format(name=name)


def prepare_django() -> None:
    """Django with the room in it, where the room's packages are there: a process can be made ready only once."""
    from communique.errors import MissingExtra
    from communique.room import project
    from communique.store import setup

    try:
        project.prepare()
    except MissingExtra:
        setup.prepare()


prepare_django()
