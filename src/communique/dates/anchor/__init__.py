"""The day on which a report was written: what its page claims, weighed against what its text says."""

from communique.dates.anchor.claims import claims_of
from communique.dates.anchor.weighing import anchor_candidates, date_report

__all__ = ["anchor_candidates", "claims_of", "date_report"]
