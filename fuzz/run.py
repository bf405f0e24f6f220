#!/usr/bin/env python3
"""Fuzz every intake format, the codebook loader and the coder for a fixed time, guided by coverage (atheris).

    fuzz/run.py [TARGET ...] [--seconds 60] [--corpus FOLDER]
    fuzz/run.py TARGET --input FILE      only that input: to see a finding again

Prints one line a target: inputs tried, new inputs kept, what was found. What broke a promise is left in
`.fuzz/found/TARGET`; copied to `fuzz/found/TARGET` it is tested for ever after by `make test`. Exit 0: nothing was
found (or atheris is not installed: said aloud). 1: something was. 2: called wrongly.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
INSTRUMENTED = ["communique", "feedparser", "pypdf", "email", "htmldate", "trafilatura"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=int, default=int(os.environ.get("FUZZ_SECONDS") or 60))
    parser.add_argument("--corpus", type=Path, default=HERE.parent / ".fuzz")
    parser.add_argument("--input", type=Path)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)  # the process that fuzzes
    asked = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("SKIPPED: nothing was fuzzed, because atheris is not installed: pip install 'communique[fuzz]'")
        return 0
    os.environ["COMMUNIQUE_DEBUG"] = "1"  # a fault of ours must show, not be told as a failure of the input
    if asked.inside:
        return fuzz(asked.targets[0], asked.seconds, asked.corpus)
    import seeds
    from targets import TARGETS

    unknown = set(asked.targets) - set(TARGETS)
    if unknown:
        print(f"run.py: there is no target {', '.join(sorted(unknown))}. Targets: {', '.join(TARGETS)}")
        return 2
    if asked.input:
        TARGETS[asked.targets[0]](asked.input.read_bytes())
        print("nothing was found in this input")
        return 0
    broken = 0
    for name in asked.targets or TARGETS:
        corpus = asked.corpus / "corpus" / name
        found = asked.corpus / "found" / name
        for folder in (corpus, found):
            folder.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(seeds.seeds(name)):
            (corpus / f"seed-{number}").write_bytes(data)
        before = len(list(corpus.iterdir()))
        broken += one(name, asked.seconds, asked.corpus, found, before)
    return 1 if broken else 0


def one(name: str, seconds: int, corpus: Path, found: Path, before: int) -> int:
    """Fuzz one target in a process of its own, again after each finding until the time is over. Gives the findings."""
    started, tried, seen = time.monotonic(), 0, []
    while (left := seconds - int(time.monotonic() - started)) > 0:
        command = [sys.executable, __file__, name, "--inside", "--seconds", str(left), "--corpus", str(corpus)]
        known = set(found.iterdir())
        try:
            done = subprocess.run(command, capture_output=True, timeout=left + 120, check=False)
            said = (done.stdout + done.stderr).decode(errors="replace")
        except subprocess.TimeoutExpired as error:  # a loop in a part that no signal interrupts
            said = ((error.stdout or b"") + (error.stderr or b"")).decode(errors="replace")
            current = corpus / "current"
            (found / f"hang-{len(known)}").write_bytes(current.read_bytes() if current.exists() else b"")
            done = None
        tried += sum(map(int, re.findall(r"stat::number_of_executed_units:\s*(\d+)", said)))
        new = set(found.iterdir()) - known
        if new:
            seen += [(path, reason(said)) for path in sorted(new)]
        elif done is None or done.returncode:
            print(f"{name}: the fuzzer itself ended with {done.returncode if done else 'a hang'}:\n{said[-2_000:]}")
            return 1
        if len(seen) >= 5:
            break
    kept = len(list((corpus / "corpus" / name).iterdir())) - before
    took = time.monotonic() - started
    print(f"{name}: {tried:,} inputs in {took:.0f} s, {kept:,} kept, {len(seen)} findings", flush=True)
    for path, why in seen:
        print(f"  {path}: {why}", flush=True)
    return len(seen)


def reason(said: str) -> str:
    """The last line of the last traceback."""
    lines = re.findall(r"^(?:\w+\.)*\w*(?:Error|Exception|Warning|Interrupt|Exit|Alarm)\b[^\n]*", said, re.MULTILINE)
    return lines[-1][:200] if lines else "see the output of --input"


def fuzz(name: str, seconds: int, corpus: Path) -> int:
    """The fuzzing process."""
    import atheris

    with atheris.instrument_imports(include=INSTRUMENTED):
        import targets

        target = targets.TARGETS[name]
        warm_up(name, target)
    targets.allow(corpus)
    sys.dont_write_bytecode = True
    current = corpus / "current"

    def one_input(data: bytes) -> None:
        current.write_bytes(data)  # so that a loop that nothing interrupts leaves its input behind
        target(data)

    sys.addaudithook(targets.forbid)
    flags = [
        f"-max_total_time={seconds}", f"-max_len={targets.LARGEST}", f"-artifact_prefix={corpus / 'found' / name}/",
        "-print_final_stats=1", "-timeout=60", "-rss_limit_mb=4096", "-verbosity=1", str(corpus / "corpus" / name),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *flags], one_input)
    atheris.Fuzz()
    return 0


def warm_up(name: str, target: Callable[[bytes], None]) -> None:
    """Load what is loaded on first use (tables, models; one unpacks itself into a temporary file) before watching."""
    import seeds

    from communique.intake.languages import language_of

    language_of("Zwei Minister trafen sich am Montag in Oslo und sprachen miteinander über den Fischfang im Norden.")
    for data in seeds.seeds(name):
        target(data)


if __name__ == "__main__":
    sys.exit(main())
