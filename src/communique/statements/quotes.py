"""Quotations: where the marks open and close, in every style of marks, over paragraphs too.

A mark opens or closes by its shape where it has one and by its neighbours where it is straight. A quotation that is
not closed in its paragraph runs to the paragraph's end when the next paragraph opens one again, as long quotations are
printed, or when a later paragraph holds the closing mark; otherwise a lone opening mark at the head of a paragraph
runs to its end, and a lone mark elsewhere is no quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_PAIRS = {"“": "”", "„": "”“", "«": "»", "‟": "”", '"': '"', "‘": "’", "'": "'", "‹": "›"}
_LINE = re.compile(r"[^\n]+")
_SINGLE = frozenset("‘'‹")
_OPENERS = frozenset('"“„«')
_REACH = 4  # paragraphs in which the closing mark of a quotation without marks between is looked for
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
    if "``" in text:  # typewriter style, the same length in one mark
        text = text.replace("``", "“\u2009").replace("''", "\u2009”")
    if "’’" in text:  # two single marks that close a double one
        text = text.replace("’’", "\u2009”").replace("‘‘", "“\u2009")
    lines = [(number, line.start(), line.group()) for number, line in enumerate(_LINE.finditer(text))]
    found: list[Quote] = []
    skip = 0  # lines that a quotation without marks of its own runs through
    head = 0  # characters of this line that belong to it
    for k, (number, offset, line) in enumerate(lines):
        if skip:
            skip -= 1
            found.append(Quote(offset, offset + len(line), offset, offset + len(line), number, False, True))
            continue
        if head:
            found.append(Quote(offset, offset + head, offset, offset + head - 1, number))
        if not _MARK.search(line, head):
            head = 0
            continue
        following = [later for _, _, later in lines[k + 1 : k + 1 + _REACH]]
        here = _in_line(line, head, offset, number, following)
        head = 0
        if here and not here[-1].closed:
            skip, head = _unmarked(line[here[-1].start - offset], following)
            if head or (following[:1] and following[0].lstrip()[:1] in _OPENERS):
                here[-1] = replace(here[-1], runs_on=True)
        found.extend(here)
    return tuple(found)


def _in_line(line: str, i: int, offset: int, number: int, following: list[str]) -> list[Quote]:
    """The quotations of one line from character `i` on; only the last can be without its closing mark."""
    found: list[Quote] = []
    while i < len(line):
        mark = line[i]
        if mark not in _PAIRS or not _opens(line, i):
            i += 1
            continue
        end = _closing(line, i)
        if end is None:
            reopened = bool(following) and following[0].lstrip()[:1] in _OPENERS
            lead = line[:i].rstrip()
            at_head = not lead or lead.endswith(":") or (lead.endswith(",") and line[i + 1 : i + 2].isupper())
            if mark in _SINGLE or not (reopened or at_head):
                i += 1
                continue
            stop = len(line.rstrip())
            found.append(Quote(offset + i, offset + stop, offset + i + 1, offset + stop, number, closed=False))
            break
        found.append(Quote(offset + i, offset + end + 1, offset + i + 1, offset + end, number))
        i = end + 1
    return found


def _unmarked(mark: str, following: list[str]) -> tuple[int, int]:
    """How a quotation without its closing mark goes on in paragraphs that do not open it again.

    The number of whole lines that it runs through, and the characters of the line after them up to its closing mark;
    (0, 0) when no later line closes it.
    """
    closers = _PAIRS[mark]
    for skip, line in enumerate(following):
        if line.lstrip()[:1] in _OPENERS:
            break
        for j, character in enumerate(line):
            if character in closers or character == '"':
                if j and not line[j - 1].isspace() and not line[j + 1 : j + 2].isalnum():
                    return skip, j + 1
                return 0, 0
            if character in _OPENERS:
                return 0, 0
    return 0, 0


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
        if line[j] in closers and not (mark == '"' and _opens_again(line, j)):
            return j
        if mark == "“" and line[j] == '"' and not line[j - 1].isspace():
            return j
    return None


def _opens_again(line: str, j: int) -> bool:
    """A straight mark with a space before and a word after it, and another mark to come, opens and cannot close."""
    after = line[j + 1 : j + 2]
    return line[j - 1].isspace() and (after.isalnum() or after in "[“") and '"' in line[j + 1 :]


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
