"""Set `records` of `merging`."""

from __future__ import annotations

from merging import records as predict

__all__ = ["predict"]
