"""The reading room as a Django app: its own tables are people, not the record."""

from __future__ import annotations

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """Label "room"; its tables stand beside the record, so that a record can be given away without its readers."""

    name = "communique.room"
    label = "room"
    default_auto_field = "django.db.models.BigAutoField"
