"""Which time expression dates a trigger."""

from communique.dates.attach.clock import Clock, anchor_of

__all__ = ["Clock", "anchor_of"]
