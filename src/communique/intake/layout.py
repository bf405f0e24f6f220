"""The lines of a page as they were meant: hard-wrapped lines are put together again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from communique.intake import shape
from communique.intake.datelines import find_dateline
from communique.intake.metadata import read_bar
from communique.intake.tracked import Tracked

_LINE = re.compile(r"[^\n]+")
_GAPS = re.compile(r" {2,}")
_WIDEST = 120  # characters; longer lines were not wrapped by a mail program or a converter
_FEWEST = 3  # lines that must look wrapped before any are joined


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
    """The non-empty lines of `page`."""
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
    return rows


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """A line by its place in the text; `width` counts what is left of the line break."""

    start: int
    end: int
    gap: bool
    words: str
    width: int


def unwrap(text: str) -> str:
    """`text` with a space for each line break that only a width has caused. As long as it was.

    Before any repair: the width is that of the page as it was wrapped.
    """
    lines = _lines(text)
    joins = set(_by_width(lines) or _by_grammar(lines)) | set(_after_dateline(lines))
    if not joins:
        return text
    chars = list(text)
    for line in joins:
        for place in range(line.start - 1, -1, -1):
            if chars[place] == "\n":
                chars[place] = " "
                break
    return "".join(chars)


def _lines(text: str) -> list[_Wrapped]:
    found: list[_Wrapped] = []
    last_end = -1
    for match in _LINE.finditer(text):
        words = match.group().strip()
        if words:
            gap = last_end < 0 or text.count("\n", last_end, match.start()) > 1
            found.append(_Wrapped(match.start(), match.end(), gap, words, len(match.group().rstrip())))
            last_end = match.end()
    return found


def _by_width(lines: list[_Wrapped]) -> list[_Wrapped]:
    """The lines that go on where the one before had no room for their first word.

    Only where the width explains nearly all lines that plainly run on: that is what tells wrapped text from verse,
    lists and short paragraphs.
    """
    width = max((line.width for line in lines), default=0)
    if width > _WIDEST or len(lines) <= _FEWEST:
        return []
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not b.gap]
    running = [(a, b) for a, b in pairs if _runs_on(a, b)]
    explained = sum(_is_full(a, b, width) for a, b in running)
    fewest = _FEWEST - 1 if len(lines) <= 12 or explained == len(running) else _FEWEST
    if explained < fewest or explained * 10 < len(running) * 7:
        return []
    return _joins(lines, lambda a, b: _is_full(a, b, width))


def _after_dateline(lines: list[_Wrapped]) -> list[_Wrapped]:
    """The lines behind one that opens with a dateline and does not end its sentence."""
    return [
        b
        for a, b in itertools.pairwise(lines)
        if not b.gap
        and a.width <= 2 * _WIDEST
        and not shape.is_terminal(a.words)
        and (found := find_dateline(a.words))
        and found.words != a.words
    ]


def _is_full(before: _Wrapped, line: _Wrapped, width: int) -> bool:
    return before.width + 1 + len(line.words.split(" ", 1)[0]) > width


def _joins(lines: list[_Wrapped], goes_on: Callable[[_Wrapped, _Wrapped], bool]) -> list[_Wrapped]:
    """The lines to be joined to the one before; `opening` is the line with which the present group began."""
    joined: list[_Wrapped] = []
    opening = lines[0]
    text_seen = False
    for a, b, c in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        if (
            not b.gap
            and goes_on(a, b)
            and not _begins_anew(opening, a, b, text_seen)
            and not (_is_headline(a, b) and (c is None or c.gap or not goes_on(b, c)))
        ):
            joined.append(b)
            text_seen = text_seen or not _is_apart(opening.words)
        else:
            text_seen = text_seen or _is_bar(opening.words) or _is_bar(a.words)  # the text follows its bar
            opening = b
    return joined


def _is_headline(before: _Wrapped, line: _Wrapped) -> bool:
    """Whether `line`, where nothing goes on from it, is another story's headline between two paragraphs."""
    words = line.words
    whole = _ends_sentence(before.words) and words[0].isupper() and not shape.is_terminal(words)
    return whole and len(shape.words(words)) >= 4 and not shape.has_grammar(words)


def _by_grammar(lines: list[_Wrapped]) -> list[_Wrapped]:
    """In text of uneven width (out of a PDF) the lines that go on in small letters, and those behind a long line."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not b.gap]
    running = sum(_runs_on(a, b) for a, b in pairs)
    if running < _FEWEST + 1 or running * 3 < len(pairs) or max(line.width for line in lines) > 2 * _WIDEST:
        return []
    usual = sorted(line.width for line in lines)[len(lines) * 3 // 4]
    return _joins(lines, lambda a, b: _runs_on(a, b) or (a.width > usual * 0.85 and not b.words[0].isdecimal()))


def _runs_on(before: _Wrapped, line: _Wrapped) -> bool:
    return line.words[0].islower() and not shape.is_terminal(before.words) and before.width > 30


def _begins_anew(opening: _Wrapped, before: _Wrapped, line: _Wrapped, text_seen: bool) -> bool:
    """Whether `line` is plainly a line of its own although the one before it was full."""
    words = line.words
    if words[0].islower() or not (words[0].isalpha() or words[0] in "\"“‘['([•-–—【"):
        return False
    if _is_apart(words) or find_dateline(words) is not None:
        return True
    if opening is before and _is_apart(before.words):
        return True  # a bar or a pointer that happens to fill the line
    if opening is before and not text_seen and not (_ends_sentence(before.words) or find_dateline(before.words)):
        # a title that fills the line; the second line of a title is short
        return not shape.has_grammar(before.words) and (line.width * 2 > before.width or shape.is_terminal(words))
    if not shape.is_terminal(before.words) and not shape.is_furniture(before.words):
        return False
    return shape.has_bullet(words) or shape.is_furniture(words)


def _ends_sentence(words: str) -> bool:
    return shape.is_terminal(words) and not words.endswith(("...", "…"))


def _is_apart(words: str) -> bool:
    """A bar of metadata, a pointer to another story or the heading of a list; before any repair of its colons."""
    words = words.replace("£º", ":").replace("：", ":")
    return shape.cue_of(words) is not None or shape.is_listing_heading(words) or _is_bar(words)


def _is_bar(words: str) -> bool:
    words = words.replace("£º", ":").replace("：", ":")
    return read_bar(words) is not None and find_dateline(words) is None
