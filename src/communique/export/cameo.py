"""Quad classes and scales of PLOVER types and CAMEO codes (cameo.csv, plover.csv beside this file)."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from communique.model import Event

_FOLDER = Path(__file__).resolve().parent


class Coded(NamedTuple):
    """How an event goes into data that knows only what happened: no plan, no cancellation."""

    type: str  # PLOVER type
    cameo: str | None


def quad_of(plover_type: str) -> int | None:
    """PLOVER's quad class of a type: 1 and 2 verbal and material cooperation, 3 and 4 conflict. None for STATE."""
    row = _plover().get(plover_type)
    return int(row["quad"]) if row else None


def scale_of(plover_type: str) -> float | None:
    """PLOVER's score of a type, -10 to 10. None for STATE."""
    row = _plover().get(plover_type)
    return float(row["scale"]) if row else None


def goldstein_of(code: str | None) -> float | None:
    """GDELT's Goldstein scale of a CAMEO code, -10 to 10; of its parent where it has none of its own."""
    while code and len(code) > 2:
        row = _cameo().get(code)
        if row and row["goldstein"]:
            return float(row["goldstein"])
        code = code[:-1]
    return None


def gdelt_quad_of(code: str | None) -> int | None:
    """GDELT's quad class, by the root of a CAMEO code: 01-05 is 1, 06-09 is 2, 10-14 is 3, 15-20 is 4."""
    if not code or not code[:2].isdecimal():
        return None
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 9 else 3 if root <= 14 else 4


def name_of(code: str) -> str | None:
    """The name of a CAMEO code in the code list."""
    row = _cameo().get(code)
    return row["name"] if row else None


def codes() -> dict[str, str]:
    """Every CAMEO code below the roots, with its name, in order."""
    return {code: row["name"] for code, row in _cameo().items()}


def intended(code: str) -> str | None:
    """The code of the same act when it is only intended: 036 for a meeting (040)."""
    row = _cameo().get(code)
    return row["planned_as"] or None if row else None


def as_happened(event: Event) -> Coded | None:
    """The code of an event in PLOVER and CAMEO data, where a plan and a cancellation are acts of their own.

    The type is the one that PLOVER's own table gives the CAMEO code: a treaty signed (057) is SUPPORT there, prisoners
    released (0841) are RETREAT, whatever room our codebook has for them. A planned meeting is AGREE (036), a meeting
    that is called off REJECT (120), an announced embargo THREATEN (130). None for what these schemes have no code for:
    what was denied or only supposed, and plain statements (STATE).
    """
    row = _plover().get(event.type)
    if row is None:
        return None
    known = _cameo().get(event.cameo or "")
    row = _plover().get(known["plover"], row) if known else row
    if event.modality == "occurred":
        return Coded(row["type"], event.cameo)
    if event.modality == "planned" and row["planned_as"]:
        if row["planned_as"] == row["type"]:
            return Coded(row["type"], event.cameo)
        cameo = "130" if row["planned_as"] == "THREATEN" else _intended(event.cameo)
        return Coded(row["planned_as"], cameo)
    if event.modality == "called-off" and row["called_off_as"]:
        return Coded(row["called_off_as"], "120")
    return None


def _intended(code: str | None) -> str | None:
    if code is None or code.startswith("03"):
        return code
    row = _cameo().get(code)
    return row["planned_as"] or "030" if row else None


@lru_cache(maxsize=1)
def _plover() -> dict[str, dict[str, str]]:
    return _read("plover.csv", "type")


@lru_cache(maxsize=1)
def _cameo() -> dict[str, dict[str, str]]:
    return _read("cameo.csv", "code")


def _read(name: str, key: str) -> dict[str, dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}
