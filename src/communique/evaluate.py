"""How right a codebook is on reports that a person has coded: precision, recall and F1 by kind, with intervals.

A gold file is JSON: `{"id", "file", "events": [{"type", "kind", "modality", "participants": [{"name", "country"}],
"start", "end", "must"}]}`; `file` is the report's path beside it. An event with `"must": false` is a fair reading that
need not be found. A found event is right when its kind is the gold's and at least half of all countries of both agree.

With `"complete": false` only a part of the report was judged (`communique correct export` writes such files): what is
found beside the gold events then counts neither way, save what is like an event listed under `"wrong"`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.coder import Coder
from communique.errors import InputError
from communique.intake.files import Failure, read_input
from communique.model import Coding, Event

_Z = 1.96  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind (or of all, "all kinds") and the shares with their 95 % Wilson intervals."""

    kind: str
    right: int
    gold: int
    found: int

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else None

    def precision_interval(self) -> tuple[float, float] | None:
        return wilson(self.right, self.found)

    def recall_interval(self) -> tuple[float, float] | None:
        return wilson(self.right, self.gold)


def wilson(right: int, total: int) -> tuple[float, float] | None:
    """The 95 % interval of a share (Wilson 1927); None for an empty total.

    >>> wilson(8, 10)
    (0.49, 0.943)
    """
    if total == 0:
        return None
    share, z2 = right / total, _Z * _Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return round(max(0.0, middle - half), 3), round(min(1.0, middle + half), 3)


def evaluate(coder: Coder, folder: Path) -> list[Score]:
    """A score for each kind in the gold files of `folder` or found in their reports; the last one is of all kinds.

    Raises InputError when the folder has no gold file, or one that cannot be read.
    """
    counts: dict[str, list[int]] = {}
    for gold, coding in _pairs(coder, folder):
        for kind, right, wanted, found in _compare(gold, coding.events):
            entry = counts.setdefault(kind, [0, 0, 0])
            entry[0] += right
            entry[1] += wanted
            entry[2] += found
    scores = [Score(kind, *counts[kind]) for kind in sorted(counts)]
    return [*scores, Score("all kinds", *(sum(c[i] for c in counts.values()) for i in range(3)))]


def _pairs(coder: Coder, folder: Path) -> Iterator[tuple[dict[str, Any], Coding]]:
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError(f"no gold file (*.json) in {folder}. See the how-to on evaluating for its form.")
    for path in paths:
        try:
            gold = json.loads(path.read_text(encoding="utf-8"))
            report_path = path.parent / gold["file"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path} is no gold file: {error!r}", source=str(path)) from error
        report = next(iter(read_input(report_path, coder.settings)), None)
        if report is None or isinstance(report, Failure):
            reason = report.message if report is not None else "nothing to read in it"
            raise InputError(f"cannot read the report {report_path} of {path}: {reason}", source=str(path))
        yield gold, coder.code(report)


def _compare(gold: dict[str, Any], found: Sequence[Event]) -> Iterator[tuple[str, int, int, int]]:
    """Kind, right, wanted, found: one row for each gold event and each found one that has no partner."""
    free = list(found)
    for event in sorted(gold.get("events", ()), key=lambda e: e.get("must") is False):
        partner = _partner(event, free)
        if partner is not None:
            free.remove(partner)
        if event.get("must") is False:
            continue
        yield event["kind"], int(partner is not None), 1, int(partner is not None)
    if gold.get("complete", True):
        extras = free
    else:
        extras = [event for event in (_partner(wrong, free) for wrong in gold.get("wrong", ())) if event is not None]
    for extra in {id(event): event for event in extras}.values():
        yield extra.kind, 0, 0, 1


def _partner(gold: dict[str, Any], found: Iterable[Event]) -> Event | None:
    """The found event of this kind that agrees best: countries, then modality, then the day."""
    wanted = {p["country"] for p in gold.get("participants", ()) if p.get("country")}
    best: tuple[tuple[float, bool, bool], Event] | None = None
    for event in found:
        countries = {p.country for p in event.participants if p.country}
        union = wanted | countries
        share = len(wanted & countries) / len(union) if union else 1.0
        if event.kind != gold.get("kind") or share < 0.5:
            continue
        same_day = gold.get("start") is not None and str(event.start) == gold["start"]
        rank = (share, event.modality == gold.get("modality", "occurred"), same_day)
        if best is None or rank > best[0]:
            best = (rank, event)
    return best[1] if best is not None else None
