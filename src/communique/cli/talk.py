"""What the commands say to a person, all of it on standard error."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from communique.export.cells import printable

if TYPE_CHECKING:
    from rich.console import Console

_PLAIN_WIDTH = 140  # of tables, where the output is no terminal


def say(message: str) -> None:
    """One message, a line for each of its lines, without control characters."""
    for line in message.splitlines() or [""]:
        print("communique: " + printable(line), file=sys.stderr)


def console() -> Console:
    """Where tables go: standard output, as wide as the terminal. Obeys NO_COLOR and COLUMNS."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else _PLAIN_WIDTH
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)
