"""Whole reports: the contract's JSON for each report of a gold folder, or for one report file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.coder import Coder
from communique.errors import InputError
from communique.export.json import coding_to_dict
from communique.intake.files import Failure, read_input
from communique.settings import DEFAULT


def predict(path: Path) -> Iterator[dict[str, Any]]:
    """A line for each report. Of a gold file only the report's path and the id are read."""
    coder = Coder()
    for gold_id, report_path in _reports(path):
        report = next(iter(read_input(report_path, DEFAULT)), None)
        try:
            if report is None or isinstance(report, Failure):
                raise InputError(report.message if report is not None else f"nothing to read in {report_path}")
            yield {**coding_to_dict(coder.code(report)), "gold_id": gold_id}
        except InputError as error:  # scored as an empty record
            print(f"{gold_id}: {error}", file=sys.stderr)


def _reports(path: Path) -> Iterator[tuple[str, Path]]:
    if not path.is_dir():
        yield path.stem, path
        return
    for gold in sorted(path.glob("*.json")):
        row = json.loads(gold.read_text(encoding="utf-8"))
        yield row["id"], (path / row["file"]).resolve()
