#!/usr/bin/env python3
"""The memory of a long run: resident memory as one process codes many reports, each with names never seen before.

    benchmarks/memory.py [--reports N] [--most MIB] [--json]

The reports are made up: six sentences on invented people and towns, so that whatever the coder or the model remembers
of words keeps growing. Prints the peak of resident memory after each tenth. Exit 1 if the peak is over MIB (1,536, the
promise for 100,000 reports). Reads /proc, so Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from communique.coder import Coder
from communique.intake.text import report_from_text
from communique.model import Report

_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za bren dral stok vind".split()
_STATES = "Peru Ghana Norway Fiji Mali Togo Chad Oman Laos Cuba Malta Kenya".split()
_TOLD = (
    "{0}'s foreign minister, {2} {3}, met the president of {1}, {4} {5}, in {6} on Tuesday.",
    "{4} {5} said that {1} would open an embassy in {6} before the end of the year.",
    "The two signed an agreement on {7} fishing that had been under negotiation since 2019.",
    "Opposition leader {8} {9} called the visit a waste of money.",
    "Trade between {0} and {1} rose to {10} million dollars last year, according to the {7} Bank.",
    "{0} recalled its ambassador to {6} in a dispute over the {9} islands in May.",
)


def reports(count: int) -> Iterator[Report]:
    """`count` reports, no two alike, always the same ones."""
    dice = random.Random(11)

    def name() -> str:
        return "".join(dice.choice(_SYLLABLES) for _ in range(dice.randint(2, 4))).capitalize()

    for _ in range(count):
        words = [*dice.sample(_STATES, 2), *(name() for _ in range(8)), dice.randint(2, 9_999)]
        sentences = [told.format(*words) for told in _TOLD]
        yield report_from_text(" ".join(sentences[:3]) + "\n\n" + " ".join(sentences[3:]))


def memory(what: str) -> float:
    """ "VmRSS" (now) or "VmHWM" (the most so far) of this process, in MiB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(what):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"memory.py: this system tells no {what}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2_000)
    parser.add_argument("--most", type=float, default=1_536, metavar="MIB")
    parser.add_argument("--json", action="store_true", help="print only the figures, as JSON")
    asked = parser.parse_args()
    tenth = max(1, asked.reports // 10)
    after: dict[int, float] = {}
    for n, _ in enumerate(Coder().code_many(reports(asked.reports)), 1):
        if n % tenth == 0:
            after[n] = memory("VmRSS")
            if not asked.json:
                print(f"{n:>9,} reports {after[n]:8.0f} MiB, at most {memory('VmHWM'):.0f}", flush=True)
    seen = list(after)
    # from the middle on: the first reports fill the memories that are bounded
    half = seen[len(seen) // 2]
    growth = (after[seen[-1]] - after[half]) / max(1, seen[-1] - half) * 1_000 if seen[-1] > half else 0.0
    figures = {"peak, MiB": round(memory("VmHWM")), "growth per 1,000 reports, MiB": round(growth, 2)}
    print(json.dumps(figures) if asked.json else f"growth per 1,000 reports: {growth:.2f} MiB")
    return 1 if memory("VmHWM") > asked.most else 0


if __name__ == "__main__":
    sys.exit(main())
