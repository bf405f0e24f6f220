"""Whole reports: the contract's JSON for each report of a gold folder, or for one report file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.coder import Coder
from communique.export.json import coding_to_dict
from communique.intake.files import Failure, read_input
from communique.settings import DEFAULT


def predict(path: Path) -> Iterator[dict[str, Any]]:
    """A line for each report. Of a gold file only the report's path and the id are read."""
    coder = Coder()
    for gold_id, report_path in _reports(path):
        for report in read_input(report_path, DEFAULT):
            if isinstance(report, Failure):
                raise SystemExit(f"{report_path}: {report.message}")
            yield {**coding_to_dict(coder.code(report)), "gold_id": gold_id}
            break


def _reports(path: Path) -> Iterator[tuple[str, Path]]:
    if not path.is_dir():
        yield path.stem, path
        return
    for gold in sorted(path.glob("*.json")):
        row = json.loads(gold.read_text(encoding="utf-8"))
        yield row["id"], (path / row["file"]).resolve()
