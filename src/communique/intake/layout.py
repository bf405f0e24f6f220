"""The lines of a page as they were meant: hard-wrapped lines are put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.intake import shape
from communique.intake.tracked import Tracked, join

_LINE = re.compile(r"[^\n]+")
_GAPS = re.compile(r" {2,}")
_WIDEST = 120  # characters; longer lines were not wrapped by a mail program or a converter
_FEWEST = 5  # lines that must look wrapped before any are joined


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `raw` still has its inner runs of blanks; `text` has them collapsed; `gap`: a blank line before it."""

    text: Tracked
    raw: str
    gap: bool

    @property
    def words(self) -> str:
        """The characters of `text`."""
        return self.text.text


def rows_of(page: Tracked) -> list[Row]:
    """The non-empty lines of `page`, wrapped ones joined by a space."""
    rows: list[Row] = []
    last_end = -1
    for match in _LINE.finditer(page.text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        end = start + len(stripped)
        gap = last_end < 0 or page.text.count("\n", last_end, start) > 1
        last_end = end
        text, _ = page.cut(start, end).sub(_GAPS, " ")
        rows.append(Row(text, stripped, gap))
    return _unwrapped(rows)


def _unwrapped(rows: list[Row]) -> list[Row]:
    """Joins what was cut to a width: a line is a continuation when its first word had no room on the line before."""
    width = max((len(row.raw) for row in rows), default=0)
    if width > _WIDEST or len(rows) < _FEWEST:
        return rows
    pairs = [(a, b) for a, b in zip(rows, rows[1:], strict=False) if not b.gap]
    full = [(a, b) for a, b in pairs if _no_room(a, b, width)]
    lower = sum(b.raw[0].islower() for _, b in full)
    if len(full) < _FEWEST - 1 or len(full) * 2 < len(pairs) or lower * 5 < len(full):
        return _ragged(rows)
    groups: list[list[Row]] = []
    for n, row in enumerate(rows):
        before = rows[n - 1] if n else None
        joins = before is not None and not row.gap and _no_room(before, row, width) and not _begins_anew(before, row)
        if joins:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [_joined(group) for group in groups]


def _ragged(rows: list[Row]) -> list[Row]:
    """Lines of uneven width (text out of a PDF): joined where a sentence plainly runs on in small letters."""
    pairs = [(a, b) for a, b in zip(rows, rows[1:], strict=False) if not b.gap]
    running = [1 for a, b in pairs if _runs_on(a, b)]
    if len(running) < _FEWEST - 1 or len(running) * 3 < len(pairs):
        return rows
    width = sorted(len(row.raw) for row in rows)[len(rows) * 3 // 4]
    groups: list[list[Row]] = []
    for n, row in enumerate(rows):
        before = rows[n - 1] if n else None
        joins = before is not None and not row.gap and not _begins_anew(before, row)
        if joins and before is not None and (_runs_on(before, row) or len(before.raw) > width * 0.85):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [_joined(group) for group in groups]


def _runs_on(before: Row, row: Row) -> bool:
    return row.raw[0].islower() and not shape.is_terminal(before.words) and len(before.raw) > 30


def _no_room(before: Row, row: Row, width: int) -> bool:
    """Whether the first word of `row` would not have fitted on the line before."""
    return len(before.raw) + 1 + len(row.raw.split(" ", 1)[0]) > width


def _begins_anew(before: Row, row: Row) -> bool:
    """Whether `row` is plainly a line of its own although the line before was full."""
    if not shape.is_terminal(before.words) and not shape.is_furniture(before.words):
        return False
    return shape.has_bullet(row.words) or shape.is_furniture(row.words)


def _joined(group: list[Row]) -> Row:
    if len(group) == 1:
        return group[0]
    return Row(join([row.text for row in group], " "), "  ".join(row.raw for row in group), group[0].gap)
