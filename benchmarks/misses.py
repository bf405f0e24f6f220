#!/usr/bin/env python3
"""Where the coder and the gold of `diplomatic` differ, one difference after the other, with the sentence.

    benchmarks/misses.py [GOLD] [--of PART] [--report ID] [--predictions FILE]

GOLD           folder of gold files (default: diplomatic/dev in the benchmark folder)
--of PART      only one kind of difference: persons, day, place, kind, modality, missed, extra, statements, instruments
--report ID    only the reports whose id begins so
--predictions  read predictions (JSONL with gold_id) instead of coding the reports again

Pairs gold and found events as the set's own scorer does. "Spare" persons, of whom the gold knows nothing, are printed
too: the scorer does not count them, readers do. Ends with the number of differences of each kind.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "sets"))

Row = dict[str, Any]


class Difference(NamedTuple):
    """One thing that differs in one report. `text` is what to print, lines and all."""

    report: str
    part: str
    text: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    folder = Path(os.environ.get("COMMUNIQUE_BENCHMARKS") or HERE.parents[1] / "shared" / "benchmarks")
    parser.add_argument("gold", nargs="?", type=Path, default=folder / "diplomatic" / "dev")
    parser.add_argument("--of", default="")
    parser.add_argument("--report", default="")
    parser.add_argument("--predictions", type=Path)
    asked = parser.parse_args()
    scorer = load_scorer(folder / "diplomatic" / "score.py")
    predictions = {row["gold_id"]: row for row in read_predictions(asked.gold, asked.predictions)}
    counts: Counter[str] = Counter()
    for path in sorted(asked.gold.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if not gold["id"].startswith(asked.report):
            continue
        for difference in differences(gold, predictions.get(gold["id"], {}), scorer):
            counts[difference.part] += 1
            if difference.part.startswith(asked.of):
                print(f"{difference.report} [{difference.part}] {difference.text}\n")
    print(", ".join(f"{part} {number}" for part, number in counts.most_common()))
    return 0


def load_scorer(path: Path) -> ModuleType:
    """The scorer of the set as a module."""
    spec = importlib.util.spec_from_file_location("diplomatic_score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}; set COMMUNIQUE_BENCHMARKS to the benchmark folder")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_predictions(gold: Path, given: Path | None) -> Iterator[Row]:
    if given is not None:
        yield from (json.loads(line) for line in given.read_text(encoding="utf-8").splitlines() if line.strip())
        return
    from diplomatic import predict

    yield from predict(gold)


def differences(gold: Row, found: Row, scorer: ModuleType) -> Iterator[Difference]:
    """Everything that differs between the gold of one report and what was found in it."""
    text = (found.get("report") or {}).get("text") or ""
    events, made = gold.get("events", []), found.get("events", [])
    pairs = scorer.match_events(events, made)
    for i, j in pairs:
        for part in parts_that_differ(events[i], made[j], scorer):
            lines = f"{say(events[i])}\n  found {say(made[j])}\n  in: {sentence(made[j], text)}"
            yield Difference(gold["id"], part, lines)
    for i, event in enumerate(events):
        if i not in {i for i, _ in pairs} and event.get("must") is not False:
            yield Difference(gold["id"], "missed", say(event))
    for j, event in enumerate(made):
        if j not in {j for _, j in pairs}:
            yield Difference(gold["id"], "extra", f"{say(event)} {event['rule']}\n  in: {sentence(event, text)}")
    yield from other_differences(gold, found, scorer, text)


def parts_that_differ(gold: Row, found: Row, scorer: ModuleType) -> Iterator[str]:
    """Names of the fields that differ; an optional event's differences count for nobody and are left out."""
    if gold.get("must") is False:
        return
    if gold.get("kind") != found.get("kind"):
        yield "kind"
    if not scorer.persons_ok(gold, found):
        yield "persons"
    elif any(not any(scorer.same_name(w, n) for w in scorer.names(gold)) for n in scorer.names(found)):
        yield "spare"
    if not scorer.when_ok(gold, found):
        yield "day"
    if not scorer.where_ok(gold, found):
        yield "place"
    if not scorer.modality_ok(gold, found):
        yield "modality"


def other_differences(gold: Row, found: Row, scorer: ModuleType, text: str) -> Iterator[Difference]:
    said, made = gold.get("statements", []), found.get("statements", [])
    pairs = scorer.assign([[1.0 * scorer.statement_ok(g, f, text) for f in made] for g in said])
    for i, statement in enumerate(said):
        if i not in {i for i, _ in pairs} and statement.get("must") is not False:
            direct = "direct" if statement.get("direct") else "indirect"
            yield Difference(
                gold["id"], "statements", f"missed: {statement['speaker']} {direct} {statement['starts']!r}"
            )
    for j, statement in enumerate(made):
        if j not in {j for _, j in pairs}:
            words = " ".join(text[a:b] for a, b in statement["content"])[:100]
            speaker = (statement.get("speaker") or {}).get("name")
            direct = "direct" if statement["direct"] else "indirect"
            yield Difference(gold["id"], "statements", f"extra: {speaker} {direct} {words!r}")
    known, made = gold.get("instruments", []), found.get("instruments", [])
    pairs = scorer.assign([[1.0 * scorer.instrument_ok(g, f) for f in made] for g in known])
    for i, j in pairs:
        if known[i].get("status") != made[j].get("status"):
            yield Difference(gold["id"], "instruments", f"status: {name(known[i])}\n  found {name(made[j])}")
    for i, item in enumerate(known):
        if i not in {i for i, _ in pairs} and item.get("must") is not False:
            yield Difference(gold["id"], "instruments", f"missed: {name(item)}")
    for j, item in enumerate(made):
        if j not in {j for _, j in pairs}:
            a, b = item["evidence"]["sentence"]
            yield Difference(gold["id"], "instruments", f"extra: {name(item)}\n  in: {text[a:b]}")


def say(event: Row) -> str:
    who = "; ".join(f"{p['name']} ({p.get('country')})" for p in event.get("participants", []))
    place = event.get("place")
    where = place if isinstance(place, str) or place is None else (place.get("name") or place.get("country"))
    where = where or event.get("place_country")
    days = f"{event.get('start')}..{event.get('end')}"
    return f"{event.get('kind')} {event.get('modality') or 'occurred'} | {who} | {days} | {where}"


def name(item: Row) -> str:
    return f"{item['kind']} {item['name']!r} {item.get('parties')} {item.get('status')}"


def sentence(event: Row, text: str) -> str:
    start, end = event["evidence"]["sentence"]
    return " ".join(text[start:end].split())


if __name__ == "__main__":
    sys.exit(main())
