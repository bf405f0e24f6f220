"""What goes into a cell: text that no spreadsheet takes for a formula and no terminal for a command."""

from __future__ import annotations

import re

Cell = str | int | float | None

# A cell that begins so is a formula to Excel, LibreOffice and Google Sheets (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Control characters of C0 and C1 (an escape sequence can rewrite a terminal) and the marks that turn the direction of
# writing, with which a name can be made to read as another one.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe_cell(value: Cell) -> Cell:
    """`value` for a spreadsheet: text that would be read as a formula gets an apostrophe before it.

    Numbers stay numbers. Excel hides the apostrophe; whoever reads the file by program takes it off again.
    """
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def printable(text: str) -> str:
    """`text` for a terminal or a log: line breaks become spaces, control characters a replacement mark."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
