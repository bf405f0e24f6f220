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


class Server:
    """A private PostgreSQL server in a folder of its own. Skips aloud where there is none."""

    def __init__(self) -> None:
        binaries = _binaries()
        if binaries is None:
            message = "no PostgreSQL server binary: the record is NOT tested on PostgreSQL (apt-get install postgresql)"
            warnings.warn(message, stacklevel=1)
            pytest.skip(message)
        pytest.importorskip("psycopg", reason="the record on PostgreSQL needs psycopg: pip install 'communique[team]'")
        self._binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="communique-pg-"))
        self.address = f"postgresql://tester@/{{name}}?host={self.folder}"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
        self._run("initdb", "-U", "tester", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off"
        self._run("pg_ctl", "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self) -> None:
        """Stop at once, as when the machine is switched off."""
        self._run("pg_ctl", "-m", "immediate", "stop", check=False)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
        command = [*user, self._binaries / program, "-D", self.folder / "data", *arguments]
        subprocess.run(command, check=check, capture_output=True, cwd=self.folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a private PostgreSQL server, without the database's name."""
    server = Server()
    try:
        server.start()
        yield server.address
    finally:
        server.remove()


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
