#!/usr/bin/env python3
"""Predictions for one benchmark set, a JSON line each, as the set's scorer reads them.

    benchmarks/predict.py SET INPUT > PREDICTIONS

SET is the name of a module in benchmarks/sets (event-days and event_days are the same); INPUT is any file, or for some
sets a folder, of that set's format. Only the text and what a user would know is used, never the gold.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def names() -> list[str]:
    """The sets that can be predicted."""
    modules = (HERE / "sets").glob("*.py")
    return sorted(p.stem for p in modules if re.search(r"def predict\b|as predict\b", p.read_text(encoding="utf-8")))


def main(arguments: list[str]) -> int:
    """Exit 0 done, 2 called wrongly."""
    if len(arguments) != 2 or arguments[0] in {"-h", "--help"}:
        print(__doc__, file=sys.stderr)
        print(f"Sets: {', '.join(names())}", file=sys.stderr)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    name, path = arguments[0].replace("-", "_"), Path(arguments[1])
    if name not in names():
        print(f"predict.py: there is no set {arguments[0]!r}. Sets: {', '.join(names())}", file=sys.stderr)
        return 2
    if not path.exists():
        print(f"predict.py: {path} does not exist", file=sys.stderr)
        return 2
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.path[:0] = [str(HERE), str(HERE / "sets")]
    module = importlib.import_module(f"sets.{name}")
    for line in module.predict(path):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
