#!/usr/bin/env python3
"""Score the coder on every benchmark set, write RESULTS.md, hold the figures against floors.json.

    benchmarks/run.py [--floors-only] [--only ID] [--raise] [--lower] [--folder FOLDER]

--floors-only  do not write RESULTS.md, measure no peers
--only ID      only the runs whose id begins so (then RESULTS.md is left alone)
--raise        lift the floors to the figures of this run, less a small margin; never lowers one
--lower        set floors to the figures of this run even where that lowers them: say so in the commit's first line
--folder       the benchmark folder (default: shared/benchmarks beside the checkout, or $COMMUNIQUE_BENCHMARKS)

Exit 0: every floor holds (or there is no benchmark folder: said aloud). 1: a figure is below its floor, or a run
failed. What runs, and where its figures stand, is in runs.toml. Standard library only, but for the coder itself.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
RESULTS = HERE / "RESULTS.md"
MARGIN = 0.005  # a floor lies this far under the figure that raised it
# For these figures less is better: the floor is a ceiling.
LESS_IS_BETTER = ("sentences without event", "false alarms", "mixed", "foreign lines")
# No floor: the first wants to be near 1; the others compare with the coder's own record of the clean page and move
# with it (days have floors in sets of their own).
NO_FLOOR = ("over-count", "statements same", "instruments same", "date right", "posting day taken")
NOT_FLOORED = ("words/s", "share of", "MiB", "seconds")  # nor have figures that the machine decides


class Outcome(NamedTuple):
    """What one run gave: its figures, the seconds that predicting took, or why there are none."""

    figures: dict[str, float]
    seconds: float
    problem: str | None = None
    speed: float | None = None  # words a processor second, where it was measured


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--floors-only", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--raise", dest="lift", action="store_true")
    parser.add_argument("--lower", action="store_true")
    default = os.environ.get("COMMUNIQUE_BENCHMARKS") or HERE.parents[1] / "shared" / "benchmarks"
    parser.add_argument("--folder", type=Path, default=Path(default))
    asked = parser.parse_args()
    root = asked.folder.resolve()
    if not root.is_dir():
        print(f"SKIPPED: no benchmark folder at {root}; nothing was measured")
        return 0
    runs = [run for run in read_runs() if run["id"].startswith(asked.only)]
    outcomes: dict[str, Outcome] = {}
    peers: dict[str, dict[str, Outcome]] = {}
    for run in runs:
        outcomes[run["id"]] = outcome = measure(run, root)
        if outcome.problem:
            print(f"{run['id']}: {outcome.problem}", flush=True)
            continue
        peers[run["id"]] = {
            name: measure_peer(run, name, root) for name in ([] if asked.floors_only else run.get("against", []))
        }
        for name, peer in peers[run["id"]].items():
            said = ", ".join(f"{of} {show(value)}" for of, value in peer.figures.items())
            said += f", {peer.speed:,.0f} words/s" if peer.speed else ""
            print(f"{run['id']}, {name}: {peer.problem or said}", flush=True)
        shown = ", ".join(f"{name} {show(value)}" for name, value in outcome.figures.items())
        print(f"{run['id']} ({outcome.seconds:.0f} s): {shown}", flush=True)
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    if asked.lift or asked.lower:
        floors = moved(floors, outcomes, lower=asked.lower)
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if not asked.floors_only and not asked.only:
        RESULTS.write_text(results(runs, outcomes, floors, peers), encoding="utf-8")
    faults = broken(floors, outcomes, [run["id"] for run in runs])
    for fault in faults:
        print("BELOW THE FLOOR: " + fault)
    failed = [name for name, outcome in outcomes.items() if outcome.problem and not skipped(outcome)]
    if not faults and not failed:
        print(f"{sum(len(o.figures) for o in outcomes.values())} figures, every floor holds")
    return 1 if faults or failed else 0


def read_runs() -> list[dict[str, Any]]:
    """The runs of runs.toml."""
    runs: list[dict[str, Any]] = tomllib.loads((HERE / "runs.toml").read_text(encoding="utf-8"))["run"]
    return runs


def measure(run: dict[str, Any], root: Path) -> Outcome:
    """Predict and score one run, in processes of their own; or run its command, which prints its figures itself."""
    if "command" in run:
        return commanded(run, root)
    if not (HERE / "sets" / f"{run['set']}.py").exists():
        return Outcome({}, 0.0, "SKIPPED: this set has no predictions yet")
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as folder:
        places = {"root": str(root), "out": str(Path(folder) / "made"), "pred": str(Path(folder) / "predictions.jsonl")}
        places["here"] = str(HERE)
        places["gold"] = str(root / run["input"].format(**places))
        if "prepare" in run:
            done = script(run["prepare"], root, places)
            if done.returncode:
                return Outcome({}, 0.0, f"cannot make its input: {last_line(done.stderr)}")
        if not Path(places["gold"]).exists():
            return Outcome({}, 0.0, f"SKIPPED: {run['input']} is not in the benchmark folder")
        start = time.monotonic()
        with Path(places["pred"]).open("wb") as out:
            command = [sys.executable, str(HERE / "predict.py"), run["set"], places["gold"]]
            done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)
        seconds = time.monotonic() - start
        if done.returncode:
            return Outcome({}, seconds, f"predicting failed: {last_line(done.stderr)}")
        scored = script(run["score"], root, places)
        if scored.returncode:
            return Outcome({}, seconds, f"the scorer failed: {last_line(scored.stderr)}")
        printed = scored.stdout.decode()
        values = json.loads(printed) if printed.lstrip().startswith("{") else lines_of(printed)
        found = {name: figure(values, where) for name, where in run["figures"].items()}
        return Outcome({name: value for name, value in found.items() if value is not None}, seconds)


def commanded(run: dict[str, Any], root: Path) -> Outcome:
    """The figures that a script of ours prints as JSON; exit 3 says that what it needs is not there."""
    start = time.monotonic()
    done = script(run["command"], root, {"root": str(root), "here": str(HERE)})
    seconds = time.monotonic() - start
    if done.returncode:
        said = "SKIPPED: " if done.returncode == 3 else "it failed: "
        return Outcome({}, seconds, said + last_line(done.stderr or done.stdout))
    values = json.loads(done.stdout)
    found = {name: figure(values, where) for name, where in run["figures"].items()}
    return Outcome({name: value for name, value in found.items() if value is not None}, seconds)


def measure_peer(run: dict[str, Any], name: str, root: Path) -> Outcome:
    """The same set by a peer that is installed, scored by the same scorer; its speed too."""
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as folder:
        places = {"root": str(root), "here": str(HERE), "pred": str(Path(folder) / "predictions.jsonl")}
        places["gold"] = str(root / run["input"].format(**places))
        with Path(places["pred"]).open("wb") as out:
            command = [sys.executable, str(HERE / "peers.py"), name, places["gold"]]
            done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)
        if done.returncode:
            said = "SKIPPED: " if done.returncode == 3 else "it failed: "
            return Outcome({}, 0.0, said + last_line(done.stderr))
        took = json.loads(last_line(done.stderr))
        scored = script(run["score"], root, places)
        if scored.returncode:
            return Outcome({}, took["seconds"], f"the scorer failed: {last_line(scored.stderr)}")
        values = json.loads(scored.stdout)
        found = {of: figure(values, where) for of, where in run["figures"].items()}
        kept = {of: value for of, value in found.items() if value is not None}
        return Outcome(kept, took["seconds"], None, took["words"] / took["seconds"])


def script(arguments: list[str], root: Path, places: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Run a Python script of the benchmark folder, or one of ours ({here}/...), its places filled in."""
    path, *rest = (argument.format(**places) for argument in arguments)
    command = [sys.executable, str(root / path), *rest]
    return subprocess.run(command, capture_output=True, check=False)


def lines_of(printed: str) -> dict[str, float]:
    """Figures from lines such as "label  P 0.8 R 0.6 F1 0.7 (...)" and "label  0.929 (169 of 182)"."""
    found: dict[str, float] = {}
    for line in printed.splitlines():
        label = re.split(r"\s{2,}", line.strip())[0]
        named = re.findall(r"\b(P|R|F1) (\d\.\d+)", line)
        found.update({f"{label}|{name}": float(value) for name, value in named})
        alone = re.search(r"\s(\d\.\d+)\s+\(", line)
        if alone and not named:
            found[f"{label}|"] = float(alone.group(1))
    return found


def figure(values: dict[str, Any], where: str) -> float | None:
    """The number at "a.b.c", or at a key that is written so; None where it is not there."""
    if where in values:
        return float(values[where])
    at: Any = values
    for key in where.split("."):
        if not isinstance(at, dict) or key not in at:
            return None
        at = at[key]
    return float(at)


def moved(floors: dict[str, float], outcomes: dict[str, Outcome], *, lower: bool) -> dict[str, float]:
    """The floors after this run: lifted where it was better; also let down where `lower` says so."""
    new = dict(floors)
    for run, outcome in outcomes.items():
        for name, value in outcome.figures.items():
            if name in NO_FLOOR or any(part in name for part in NOT_FLOORED):
                continue
            key = f"{run}/{name}"
            sign = -1 if name in LESS_IS_BETTER else 1
            floor = round(value if name == "sentences without event" else value - sign * MARGIN, 4)
            if key not in new or lower or sign * floor > sign * new[key]:
                new[key] = floor
    return new


def broken(floors: dict[str, float], outcomes: dict[str, Outcome], ids: list[str]) -> list[str]:
    """The floors that do not hold; a figure that has a floor and was not measured does not hold either."""
    faults = []
    for key, floor in sorted(floors.items()):
        run, _, name = key.partition("/")
        if run not in ids or skipped(outcomes[run]):
            continue
        value = outcomes[run].figures.get(name)
        less = name in LESS_IS_BETTER
        if value is None:
            faults.append(f"{key}: not measured, the floor is {show(floor)}")
        elif value > floor if less else value < floor:
            faults.append(f"{key}: {show(value)}, the {'most' if less else 'least'} is {show(floor)}")
    return faults


def results(
    runs: list[dict[str, Any]],
    outcomes: dict[str, Outcome],
    floors: dict[str, float],
    peers: dict[str, dict[str, Outcome]],
) -> str:
    """RESULTS.md: a table of peers measured by this run beside ours, and a table of all figures with their floors."""
    out = [
        "# Results",
        "",
        "Written by `make bench`; do not edit. Ours is measured by the run that wrote this file, on the open halves of",
        f"the benchmark sets (Python {platform.python_version()}, {os.cpu_count()} cores). **Figures of others are not "
        "measured by it** in the second table: they are",
        "taken from earlier measurements on the same files with the same scorers.",
        "",
        *beside(runs, peers),
        "| set | figure | ours | floor | others (taken from notes) |",
        "|---|---|---|---|---|",
    ]
    for run in runs:
        outcome = outcomes[run["id"]]
        if outcome.problem:
            out.append(f"| {run['id']} | | {outcome.problem} | | |")
        for name, value in outcome.figures.items():
            floor = floors.get(f"{run['id']}/{name}")
            peers = run.get("peers", {}).get(name, "")
            out.append(f"| {run['id']} | {name} | {show(value)} | {'' if floor is None else show(floor)} | {peers} |")
    return "\n".join(out) + "\n"


def beside(runs: list[dict[str, Any]], peers: dict[str, dict[str, Outcome]]) -> list[str]:
    """The lines of the table of systems that this run measured on the same files, ours among them."""
    out = ["## Measured by this run, side by side", ""]
    for run in runs:
        measured = peers.get(run["id"], {})
        if not measured:
            continue
        figures = list(run["figures"])
        out += [
            f"| {run['id']} | {' | '.join(figures)} | words a processor second |",
            "|---|" + "---|" * (len(figures) + 1),
        ]
        for name, peer in measured.items():
            label = "ours" if name.startswith("communique") else name
            if peer.problem:
                out.append(f"| {label} | {peer.problem} |" + " |" * len(figures))
                continue
            cells = [show(peer.figures[of]) if of in peer.figures else "" for of in figures]
            out.append(f"| {label} | {' | '.join(cells)} | {peer.speed or 0:,.0f} |")
        out.append("")
    out += ["The speed of heideltime is by the clock: it starts a Java process for each text.", ""]
    return [*out, "The speed beside stock spaCy is in the rows `speed` below.", "", "## All figures", ""]


def skipped(outcome: Outcome) -> bool:
    return (outcome.problem or "").startswith("SKIPPED")


def show(value: float) -> str:
    return f"{value:.0f}" if value > 1.999 else f"{value:.3f}"


def last_line(text: bytes) -> str:
    lines = text.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


if __name__ == "__main__":
    sys.exit(main())
