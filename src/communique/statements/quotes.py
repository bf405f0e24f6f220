"""Quotations: where the marks open and close, in every style of marks, over paragraphs too.

A mark opens or closes by its shape where it has one and by its neighbours where it is straight. A quotation that is
not closed in its paragraph runs to the paragraph's end when the next paragraph opens one again, as long quotations
are printed; otherwise a lone opening mark at the head of a paragraph runs to its end, and a lone mark elsewhere is
no quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_PAIRS = {"“": "”", "„": "”“", "«": "»", "‟": "”", '"': '"', "‘": "’", "'": "'", "‹": "›", "``": "''"}
_LINE = re.compile(r"[^\n]+")
_SINGLE = frozenset("‘'‹")
_MARK = re.compile("[\"“”„‟«»‘’'‹›]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in characters, marks included; `inner_*` without them. `line` is the number of its line.

    `closed` is False where the closing mark is missing; `runs_on` where the next line goes on with it.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    line: int
    closed: bool = True
    runs_on: bool = False


def find_quotes(text: str) -> tuple[Quote, ...]:
    """All quotations of `text` in order; those inside another one are left out."""
    lines = [(number, line.start(), line.group()) for number, line in enumerate(_LINE.finditer(text))]
    found: list[Quote] = []
    heads = [line.lstrip()[:1] for _, _, line in lines]
    for number, offset, line in lines:
        if not _MARK.search(line):
            continue
        following = heads[number + 1] if number + 1 < len(lines) else ""
        found.extend(_in_line(line, offset, number, following))
    return tuple(_marked_runs(found))


def _marked_runs(found: list[Quote]) -> list[Quote]:
    out = list(found)
    for k, (quote, following) in enumerate(pairwise(found)):
        if not quote.closed and following.line == quote.line + 1:
            out[k] = Quote(quote.start, quote.end, quote.inner_start, quote.inner_end, quote.line, False, True)
    return out


def _in_line(line: str, offset: int, number: int, following: str) -> list[Quote]:
    found: list[Quote] = []
    i = 0
    while i < len(line):
        mark = line[i]
        if mark not in _PAIRS or not _opens(line, i):
            i += 1
            continue
        end = _closing(line, i)
        if end is None:
            reopened = following == mark or (mark == "“" and following == '"')
            at_head = not line[:i].strip() or line[:i].rstrip().endswith((":", ","))
            if mark in _SINGLE or not (reopened or at_head):
                i += 1
                continue
            stop = len(line.rstrip())
            found.append(Quote(offset + i, offset + stop, offset + i + 1, offset + stop, number, False))
            break
        found.append(Quote(offset + i, offset + end + 1, offset + i + 1, offset + end, number))
        i = end + 1
    return found


def _opens(line: str, i: int) -> bool:
    mark = line[i]
    before = line[i - 1] if i else " "
    after = line[i + 1] if i + 1 < len(line) else " "
    if mark in "'‘":
        if mark == "'" and (after.isspace() or not (after.isalnum() or after in "[(")):
            return False
        return not (before.isalnum() or before in "'’")
    if mark == '"':
        # Straight marks alternate, so one that is met outside a quotation opens; a stray one has no partner.
        return not (after.isspace() and not before.isspace()) or '"' in line[i + 1 :]
    return True


def _closing(line: str, i: int) -> int | None:
    """Where the quotation that opens at `i` closes in its line."""
    mark = line[i]
    closers = _PAIRS[mark]
    if mark in "'‘":
        return _closing_single(line, i, closers)
    for j in range(i + 1, len(line)):
        if line[j] in closers:
            return j
        if mark == "“" and line[j] == '"' and not line[j - 1].isspace():
            return j
    return None


def _closing_single(line: str, i: int, closers: str) -> int | None:
    """A single closing mark is no apostrophe: no letter follows it, and it does not end a plural possessive."""
    for j in range(i + 2, len(line)):
        if line[j] not in closers and line[j] != "'":
            continue
        after = line[j + 1] if j + 1 < len(line) else " "
        if after.isalnum():
            continue
        rest = line[j + 1 :]
        plural = line[j - 1] == "s" and after == " " and rest[1:2].isalpha()
        if plural and any(c in closers and not rest[k + 1 : k + 2].isalnum() for k, c in enumerate(rest)):
            continue
        return j
    return None
