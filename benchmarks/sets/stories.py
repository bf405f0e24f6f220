"""Set `stories` of `merging`."""

from __future__ import annotations

from merging import stories as predict

__all__ = ["predict"]
