#!/usr/bin/env python3
"""The speed of coding beside that of bare spaCy, and what passing over reports costs in events.

    benchmarks/speed.py [--json] [--rounds N] [--folder FOLDER] [--texts diplomatic|news] [--start]

One run, one thread, the same model over the same texts: stock is `nlp.pipe` of the model as it comes (all components,
its own matrix products); ours is the whole coder, from the clean text to its record. Both take turns on small batches,
so that whatever else the machine does falls on both; figures are processor time, the least of N rounds for each batch.
Nothing is remembered from round to round. --start measures instead what commands take that code nothing: processor
seconds, the least of ten. The event recall of `parse = "candidates"` is that of the same events (kind,
sentence, trigger, participants, modality, day) among those that parsing everything gives.

Texts: from the benchmark folder the diplomatic reports, and for general news the texts of the time sets (Wikinews);
without that folder the project's samples stand for the first, and made-up local news for the second. Standard library
only, but for the coder and spaCy.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from communique.coder import Coder
from communique.intake.files import read_input
from communique.intake.text import report_from_text
from communique.language.pipeline import forget
from communique.model import Coding, Report
from communique.settings import DEFAULT

HERE = Path(__file__).resolve().parent
BATCH = 16  # reports
NEWS = ("time/meantime.jsonl", "time/gum.jsonl")


class Speed(NamedTuple):
    """What one kind of text took: words, and processor seconds of stock spaCy and of ours."""

    words: int
    stock: float
    ours: float
    candidates: float

    def figures(self) -> dict[str, float]:
        """Words a second, and the share of stock's time."""
        return {
            "stock spaCy, words/s": round(self.words / self.stock),
            "ours, words/s": round(self.words / self.ours),
            "ours with candidates, words/s": round(self.words / self.candidates),
            "share of stock's time": round(self.ours / self.stock, 3),
            "share with candidates": round(self.candidates / self.stock, 3),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--rounds", type=int, default=5)
    default = os.environ.get("COMMUNIQUE_BENCHMARKS") or HERE.parents[1] / "shared" / "benchmarks"
    parser.add_argument("--folder", type=Path, default=Path(default))
    parser.add_argument("--texts", choices=("diplomatic", "news"), help="only these")
    parser.add_argument("--start", action="store_true", help="the start of commands that do not code")
    asked = parser.parse_args()
    if asked.start:
        return tell_starts(as_json=asked.json)
    folder = asked.folder if asked.folder.is_dir() else None
    stock = stock_model()
    every, some = Coder(), Coder(replace(DEFAULT, parse="candidates"))
    makers = {"diplomatic reports": diplomatic, "general news": news}
    sets = {name: make(folder) for name, make in makers.items() if not asked.texts or asked.texts in name}
    warm_up(stock, every, some)
    found: dict[str, dict[str, float]] = {}
    for name, reports in sets.items():
        found[name] = measure(reports, stock, every, some, asked.rounds).figures()
        found[name]["event recall of candidates"] = recall(reports, every, some)
        found[name]["recall of events between states"] = recall(reports, every, some, two=True)
    if asked.json:
        print(json.dumps(found))
        return 0
    print("" if folder else "no benchmark folder: samples and made-up news are measured instead")
    for name, figures in found.items():
        print(f"{name} ({len(sets[name])} reports, {words(sets[name]):,} words)")
        for label, value in figures.items():
            print(f"  {label:34}{value:>10,}" if value > 2 else f"  {label:34}{value:>10.3f}")
    return 0


STARTS = (["--help"], ["where"], ["code", "--help"], ["samples"])


def tell_starts(*, as_json: bool) -> int:
    """What commands take that code nothing, beside a Python that does nothing."""
    program = [sys.executable, "-c", "from communique.cli import main; main()"]
    found = {" ".join(arguments): least([*program, *arguments]) for arguments in STARTS}
    found = {"python alone": least([sys.executable, "-c", "pass"]), **found, "slowest": max(found.values())}
    print(json.dumps(found) if as_json else "\n".join(f"{name:20}{took:.3f} s" for name, took in found.items()))
    return 0


def least(command: list[str]) -> float:
    """Processor seconds of the fastest of ten runs."""
    took = []
    for _ in range(10):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return round(min(took), 3)


def stock_model() -> Any:
    """The model as spaCy loads it; before ours, which sets another library for matrix products."""
    import spacy

    return spacy.load(DEFAULT.model)


def warm_up(stock: Any, *coders: Coder) -> None:
    """Tables, automata and word memories that a long run has at hand."""
    reports = [r for r in read_input(HERE.parent / "samples") if isinstance(r, Report)]
    list(stock.pipe([r.text for r in reports]))
    for coder in coders:
        list(coder.code_many(reports))


def measure(reports: Sequence[Report], stock: Any, every: Coder, some: Coder, rounds: int) -> Speed:
    """Take turns over batches of the reports."""
    runs: list[Callable[[Sequence[Report]], object]] = [
        lambda batch: list(stock.pipe([r.text for r in batch])),
        lambda batch: list(every.code_many(batch)),
        lambda batch: list(some.code_many(batch)),
    ]
    total = [0.0, 0.0, 0.0]
    for start in range(0, len(reports), BATCH):
        batch = reports[start : start + BATCH]
        for k, run in enumerate(runs):
            total[k] += min(seconds(run, batch) for _ in range(rounds))
    return Speed(words(reports), *total)


def seconds(run: Callable[[Sequence[Report]], object], batch: Sequence[Report]) -> float:
    forget()
    start = time.process_time()
    run(batch)
    return time.process_time() - start


def words(reports: Sequence[Report]) -> int:
    return sum(len(report.text.split()) for report in reports)


def recall(reports: Sequence[Report], every: Coder, some: Coder, *, two: bool = False) -> float:
    """The share of events that are found with candidates too; `two`: of those with parties of two countries."""
    whole = kept = 0
    for all_, few in zip(every.code_many(reports), some.code_many(reports), strict=True):
        had = set(keys(all_, two=two))
        whole += len(had)
        kept += len(had & set(keys(few, two=two)))
    return round(kept / whole, 4) if whole else 1.0


def keys(coding: Coding, *, two: bool) -> Iterator[tuple[object, ...]]:
    for event in coding.events:
        if not two or len({p.country for p in event.participants if p.country}) > 1:
            yield event.id, event.modality, event.start, event.end


# --- texts -----------------------------------------------------------------------------------------------------------


def diplomatic(folder: Path | None) -> list[Report]:
    """Every diplomatic report of the benchmark folder, or the samples."""
    place = folder / "diplomatic" / "dev" if folder else HERE.parent / "samples"
    paths = sorted(path for path in place.iterdir() if path.suffix != ".json")
    return [found for path in paths for found in read_input(path) if isinstance(found, Report)]


def news(folder: Path | None) -> list[Report]:
    """News of all kinds."""
    if folder is None:
        return [report_from_text(text) for text in made_up(120)]
    lines = (line for name in NEWS for line in (folder / name).read_text(encoding="utf-8").splitlines())
    return [report_from_text(json.loads(line)["text"]) for line in lines]


_WHO = ("The mayor", "A spokesman for the airline", "The coach", "Police", "The company", "Residents", "The singer",
        "Researchers at the university", "The school board", "The hospital", "Turkey's football federation",
        "The French minister of sport", "Firefighters")  # fmt: skip
_DID = ("opened a new bridge over the river", "said that profits had risen by {} per cent", "won the final {}-1",
        "closed {} roads after heavy rain", "presented an album of {} songs", "asked for {} million more",
        "found that {} per cent of children walk to school", "put out a fire in a warehouse", "hired {} teachers",
        "signed a contract with a new sponsor", "visited the damaged quarter",
        "met families who lost their homes")  # fmt: skip
_WHEN = ("on Monday", "last week", "in the early hours of Sunday", "for the second time this year", "on 4 May")


def made_up(count: int) -> Iterator[str]:
    """Local news from a few phrases: of the length and the words of news, without any news in it."""
    dice = random.Random(7)
    for _ in range(count):
        paragraphs = []
        for _ in range(dice.randint(4, 12)):
            told = (
                f"{dice.choice(_WHO)} {dice.choice(_DID).format(dice.randint(2, 90))} {dice.choice(_WHEN)}."
                for _ in range(dice.randint(1, 3))
            )
            paragraphs.append(" ".join(told))
        yield "\n\n".join(paragraphs)


if __name__ == "__main__":
    sys.exit(main())
