"""Set `copies` of `merging`."""

from __future__ import annotations

from merging import copies as predict

__all__ = ["predict"]
