"""Django is made ready before the tests of this folder import what needs it ready."""

from __future__ import annotations

from databases import postgres

__all__ = ["postgres"]
