"""Django, made ready for records: without a project, without settings of its own, and only when a record is opened."""

from __future__ import annotations

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
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(text).expanduser().resolve()),
            "OPTIONS": {
                "timeout": 60,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
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
