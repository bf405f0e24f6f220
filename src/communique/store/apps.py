"""The record as a Django app, for those who put it into a project of their own (the reading room does)."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Label "store"; the models are in `communique.store.models`."""

    name = "communique.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
