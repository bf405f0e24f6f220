#!/usr/bin/env python3
"""How merging keeps up with an archive: made codings into a record, timed.

    benchmarks/merge_scale.py [--reports 5000] [--record FILE_OR_URL] [--every 1000]

Sixty countries, ten years, coverage with a heavy tail (a few stories have dozens of reports), a fifth of the reports
copies. Prints, for each thousand reports: seconds, reports a second, memory of the process, size of the record; at the
end the time to add one report more.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from communique.model import (
    CoderInfo,
    Coding,
    Declared,
    Event,
    EventEvidence,
    Participant,
    Report,
    Source,
    Span,
    Written,
)
from communique.store import Record

COUNTRIES = [a + b + "A" for a in "BCDFGHJKLM" for b in "AEIOUY"]
KINDS = ["meeting", "talks", "call", "visit", "signing", "message", "criticism", "appeal"]
WORDS = [f"{a}{b}{c}" for a in ("ba", "do", "ki", "lu", "me", "po", "ra", "si", "tu", "ve") for b in "lmnrst"
         for c in ("an", "er", "ik", "os", "um", "ad", "en", "il")]  # fmt: skip
CODER = CoderInfo("communique", "scale", "c", "t", "m")


def codings(seed: int) -> Iterator[Coding]:
    """Made codings without end."""
    chance = random.Random(seed)
    before = ""
    while True:
        first, second = chance.sample(COUNTRIES, 2)
        kind, day = chance.choice(KINDS), date(2014, 1, 1) + timedelta(days=chance.randrange(3650))
        names = [f"Minister{chance.randrange(4)} {country.title()}ov" for country in (first, second)]
        for _ in range(min(60, int(chance.paretovariate(1.1)))):
            if before and chance.random() < 0.2:
                text = before
            else:
                text = f"{names[0]} and {names[1]} had a {kind}. " + " ".join(chance.choices(WORDS, k=300)) + "."
            before = text
            yield coding(text, chance, kind, names, (first, second), day)


def coding(text: str, chance: random.Random, kind: str, names: list[str], pair: tuple[str, str], day: date) -> Coding:
    """One report, its page's furniture differing from copy to copy."""
    text = f"{text} Page {chance.randrange(10**9)}."
    digest = hashlib.sha256(text.encode()).hexdigest()
    written = day + timedelta(days=chance.randrange(3))
    paper = Declared(publisher=f"Paper {chance.randrange(200)}")
    report = Report(digest[:20], digest, Source(digest[:8]), text[:60], text, "en",
                    paper, written=Written(written, written, written, 0.9))  # fmt: skip
    who = tuple(Participant(n, "person", c, None, "GOV", "party") for n, c in zip(names, pair, strict=True))
    made = []
    for n in range(3):
        when = None if chance.random() < 0.2 else day + timedelta(days=n * 2)
        what = kind if n == 0 else chance.choice(KINDS)
        evidence = EventEvidence(Span(0, 40), Span(10 + n, 14 + n))
        made.append(Event(f"e{n}", "CONSULT", what, None, "occurred", who, when, when, None, None, None, None, None,
                          evidence, "made", None))  # fmt: skip
    return Coding(CODER, report, tuple(made), (), (), ())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=5000)
    parser.add_argument("--every", type=int, default=1000)
    parser.add_argument("--record")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = options.record or str(Path(folder) / "scale.db")
        with Record.open(where) as record:
            source = codings(1)
            began = time.perf_counter()
            for done in range(0, options.reports, options.every):
                start = time.perf_counter()
                record.add(islice(source, options.every), batch=100)
                took = time.perf_counter() - start
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                size = Path(where).stat().st_size >> 20 if Path(where).exists() else 0
                print(f"{done + options.every:8,} reports  {took:6.1f} s  {options.every / took:6.0f}/s  {memory} MiB"
                      f"  record {size} MiB", flush=True)  # fmt: skip
            start = time.perf_counter()
            record.add([next(source)])
            print(f"one more: {time.perf_counter() - start:.3f} s; all: {time.perf_counter() - began:.0f} s")
            found = record.coverage()
            print(f"{found['reports']:,} reports, {found['families']:,} families, {found['events']:,} events")
    return 0


if __name__ == "__main__":
    sys.exit(main())
