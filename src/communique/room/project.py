"""Django made ready for one room: which record, who may enter, which databases."""

from __future__ import annotations

import getpass
import os
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from communique.errors import MissingExtra, RecordError

_MAPPED = " PRAGMA mmap_size=2147483648;"  # the record is read through the system's own cache
FOLDER = Path(__file__).resolve().parent
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Room:
    """One open room. `alias` is Django's name of the record's database; `author` signs what a lone reader writes.

    `fetch`: pages and feeds may be fetched from elsewhere when an editor asks. `fixed`: the pages are written to files
    (no forms, no counting, and nothing is written beside the record).
    """

    where: str
    alias: str
    name: str
    team: bool = False
    author: str = ""
    fetch: bool = False
    fixed: bool = False


def prepare() -> None:
    """Make Django ready with the store and the room in it, once a process. Raises MissingExtra without Django."""
    try:
        import django
        from django.apps import apps
        from django.conf import settings

        missing = [name for name in ("ninja", "whitenoise") if find_spec(name) is None]
        if missing:
            raise ImportError(missing)
    except ImportError as error:
        raise MissingExtra("the reading room needs more. Install it: pip install 'communique[room]'") from error
    with _LOCK:
        if not settings.configured:
            settings.configure(**_settings())
        if not apps.ready:
            django.setup()
    if not apps.is_installed("communique.room"):
        raise RecordError("this process has opened a record without a room. Open the room first.")


def _settings() -> dict[str, Any]:
    return {
        "INSTALLED_APPS": ["django.contrib.sessions", "communique.store", "communique.room"],
        "DATABASES": {"default": {"ENGINE": "django.db.backends.dummy"}},
        "DATABASE_ROUTERS": ["communique.room.routing.Router"],
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "ROOT_URLCONF": "communique.room.urls",
        "AUTH_USER_MODEL": "room.Account",
        "AUTHENTICATION_BACKENDS": ["communique.room.accounts.entering.Backend"],
        "SECRET_KEY": "set when the room is opened",
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "MIDDLEWARE": [
            "communique.room.guarding.headers",
            "django.middleware.gzip.GZipMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "communique.room.guarding.visitor",
            "communique.room.kept.pages",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [FOLDER / "templates"],
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "communique.room.framing.frame",
                    ],
                    "builtins": ["communique.room.templatetags.saying"],
                },
            }
        ],
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        "SESSION_COOKIE_NAME": "communique_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": 14 * 86_400,
        "CSRF_COOKIE_NAME": "communique_csrf",
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_FAILURE_VIEW": "communique.room.guarding.forged",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_000_000,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 200,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 5_000_000,
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.ScryptPasswordHasher"],
        "FORM_RENDERER": "django.forms.renderers.DjangoTemplates",
        "LOGGING_CONFIG": None,
        "COMMUNIQUE_ROOM": None,
    }


def open_room(
    where: str,
    *,
    team: bool = False,
    author: str = "",
    fetch: bool = False,
    fixed: bool = False,
    hosts: tuple[str, ...] = (),
    site: str = "",
) -> Room:
    """Open the record and the room's own tables beside it, and make it the room of this process.

    `hosts` are names by which it may be asked for; `site` is its address behind a server that speaks HTTPS for it.
    Raises RecordError where there is no such record, or nothing can be written beside it.
    """
    from django.conf import settings

    from communique.store import Record

    prepare()
    with Record.open(where, create=False) as record:
        room = Room(where, record.alias, name_of(where), team, author or _somebody(), fetch, fixed)
    _connect(room)
    settings.COMMUNIQUE_ROOM = room
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *hosts]
    _behind(site)
    settings.SECRET_KEY = _secret()
    return room


def _behind(site: str) -> None:
    """Trust the address that readers know, and send cookies over HTTPS only where it is one."""
    from django.conf import settings

    parts = urlsplit(site)
    if site and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise RecordError(f"{site!r} is no address of a site. Write it like https://room.example.")
    if parts.hostname:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, parts.hostname]
    settings.CSRF_TRUSTED_ORIGINS = [f"{parts.scheme}://{parts.netloc}"] if site else []
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = parts.scheme == "https"


def current() -> Room:
    """The room of this process."""
    from django.conf import settings

    room = settings.COMMUNIQUE_ROOM
    if not isinstance(room, Room):
        raise RecordError("no room is open.")
    return room


def name_of(where: str) -> str:
    """What a record is called: its file or database, without ending."""
    if "://" in where:
        return urlsplit(where).path.strip("/") or "record"
    return Path(where).stem


def _somebody() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reader"


def _connect(room: Room) -> None:
    """The room's own tables: a file beside an SQLite record, the record's own database on PostgreSQL."""
    from django.core.management import call_command
    from django.db import DatabaseError, connections
    from django.db.migrations.executor import MigrationExecutor

    record = connections.databases[room.alias]
    own = dict(record)
    if room.fixed:
        own = own | {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {}}
    elif record["ENGINE"].endswith("sqlite3"):
        path = Path(room.where).expanduser().resolve()
        if not os.access(path.parent, os.W_OK):
            raise RecordError(
                f"the room keeps tables of its own beside the record, and {path.parent} cannot be written to. Copy the "
                f"record elsewhere, or write the room as files: communique site FOLDER --record {room.where}"
            )
        own["NAME"] = str(path.with_name(f"{path.stem}.room{path.suffix or '.db'}"))
    if record["ENGINE"].endswith("sqlite3"):
        record["OPTIONS"] = record["OPTIONS"] | {"init_command": record["OPTIONS"]["init_command"] + _MAPPED}
    for database in (record, own):  # a thread keeps its connection, with what it has read
        database["CONN_MAX_AGE"] = 300
        database["CONN_HEALTH_CHECKS"] = database["ENGINE"].endswith("postgresql")
    connections["default"].close()
    connections.databases["default"] = own
    del connections["default"]
    try:
        executor = MigrationExecutor(connections["default"])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", database="default", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise RecordError(f"cannot open the room's own tables {own['NAME']}: {error}") from error


def _secret() -> str:
    from django.core.management.utils import get_random_secret_key

    from communique.room.models import Kept

    kept, _ = Kept.objects.get_or_create(key="secret", defaults={"value": get_random_secret_key()})
    return str(kept.value)
