"""Set `mentions` of `merging`."""

from __future__ import annotations

from merging import mentions as predict

__all__ = ["predict"]
