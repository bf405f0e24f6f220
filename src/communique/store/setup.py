"""Django, made ready for records: without a project, without settings of its own, and only when a record is opened."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from communique.errors import MissingExtra, RecordError

_LOCK = threading.Lock()


def prepare() -> None:
    """Make Django ready, unless a project that holds `communique.store` has. Raises MissingExtra without Django."""
    try:
        import django
        from django.apps import apps
        from django.conf import settings
    except ImportError as error:
        raise MissingExtra("a record needs Django. Install it: pip install 'communique[store]'") from error
    with _LOCK:
        if not settings.configured:
            # A notebook's cells run inside an event loop, where Django refuses to ask a database. Nothing here awaits.
            os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
            settings.configure(
                INSTALLED_APPS=["communique.store"],
                DATABASES={"default": {"ENGINE": "django.db.backends.dummy"}},
                USE_TZ=True,
                TIME_ZONE="UTC",
                DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            )
        if not apps.ready:
            django.setup()
        if not apps.is_installed("communique.store"):
            raise RecordError("this Django project does not hold communique.store. Add it to INSTALLED_APPS.")


def database_of(where: str | Path) -> dict[str, Any]:
    """Django's settings for a file or a postgresql:// address. Raises RecordError for another kind of address."""
    text = str(where)
    if "://" not in text:
        path = Path(text).expanduser().resolve()
        settings = "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite_address(path) if is_fixed(path) else str(path),
            "OPTIONS": {
                "timeout": 60,
                "transaction_mode": "IMMEDIATE",
                "init_command": settings if is_fixed(path) else f"PRAGMA journal_mode=WAL; {settings}",
            },
        }
    parts = urlsplit(text)
    if parts.scheme not in ("postgresql", "postgres"):
        raise RecordError(f"{parts.scheme}:// is no record. Give a file, or postgresql://user@host/name.")
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise MissingExtra("PostgreSQL needs psycopg. Install it: pip install 'communique[team]'") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def is_fixed(path: Path) -> bool:
    """Whether a record's file can only be read: it, or its folder, is not ours to write to."""
    return path.is_file() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def sqlite_address(path: Path) -> str:
    """The address under which SQLite opens a file for reading alone.

    SQLite wants to write beside the file even to read it; told that nothing changes it, it does not. That is true of a
    file in a folder that is fixed, unless a writer left its journal there.
    """
    journal = path.with_name(path.name + "-wal")
    left = journal.exists() and journal.stat().st_size > 0
    return f"{path.as_uri()}?mode=ro" + ("&immutable=1" if is_fixed(path) and not left else "")


def refused(where: str, doing: str, error: Exception) -> RecordError:
    """What to tell a person when the database refuses, with the next step as far as it is known."""
    said = " ".join(str(error).split())
    for words, step in _STEPS:
        if any(word in said for word in words):
            return RecordError(f"cannot {doing} the record {where}: {said}. {step}")
    return RecordError(f"cannot {doing} the record {where}: {said}")


_SAFE = "What was added before is safe, and the same command goes on from there."
_STEPS = (
    (("readonly", "read-only"), "It can be read, not written to: change the rights to the file and its folder."),
    (("disk I/O error", "disk is full", "No space left"), f"Is the disk full? {_SAFE}"),
    (("unable to open",), "Check your rights to its folder."),
    (("locked",), f"Another process has been writing for a minute: wait for it. {_SAFE}"),
    (("connection", "terminat", "starting up", "shutting down"), f"Is the database server running? {_SAFE}"),
)


def connect(where: str | Path) -> str:
    """The alias under which Django knows a record; the same record has the same alias."""
    import hashlib

    from django.db import connections

    prepare()
    settings = database_of(where)
    name = "record-" + hashlib.sha256(repr(sorted(settings.items(), key=str)).encode()).hexdigest()[:12]
    if name not in connections.databases:
        with _LOCK:
            full = {
                "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False,
                "TIME_ZONE": None, "USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "OPTIONS": {},
                "TEST": {"CHARSET": None, "COLLATION": None, "MIGRATE": True, "MIRROR": None, "NAME": None},
            } | settings  # fmt: skip
            connections.databases[name] = full
    return name
