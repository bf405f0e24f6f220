"""Which database a table is in: the record's tables in the record, all others in the room's own."""

from __future__ import annotations

from typing import Any

from django.conf import settings


class Router:
    """Django's database router of a room."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        near = hints.get("instance")  # what hangs on a row is where the row is
        if near is not None and near._state.db:
            return str(near._state.db)
        if model._meta.app_label != "store":
            return "default"
        room = settings.COMMUNIQUE_ROOM
        return room.alias if room else None  # without a room, whoever reads a record names its database

    db_for_write = db_for_read

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return bool(first._state.db == second._state.db)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db != "default") == (app_label == "store")
