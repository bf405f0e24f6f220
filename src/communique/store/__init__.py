"""The record of many reports, on disk or in PostgreSQL. `Record.open` is the way in; Django is loaded only then."""

from __future__ import annotations

from communique.store.record import Added, Record

__all__ = ["Added", "Record"]
