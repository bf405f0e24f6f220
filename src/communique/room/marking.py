"""A report's text cut into paragraphs and sentences, with what its records point to marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `role` is "trigger", "when", "where", "said" or ""; `record` the number it belongs to."""

    text: str
    role: str
    record: int | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Pieces that records point to together, or text between such (`about` is then empty).

    `anchor` is where the sentence begins in the text; None in what continues it in the next paragraph.
    """

    anchor: int | None
    pieces: tuple[Piece, ...]
    records: tuple[int, ...] = ()  # numbers of the records that begin here, shown after the sentence
    about: tuple[int, ...] = ()  # numbers of all records that point into it
    also: tuple[int, ...] = ()  # other places in it that addresses lead to


@dataclass(frozen=True, slots=True)
class Marks:
    """The text as marked, and for each record the anchor of its sentence."""

    paragraphs: tuple[tuple[Sentence, ...], ...]
    anchors: Mapping[int, int]


_RANK = ("trigger", "when", "where", "said", "")


def mark(text: str, records: Sequence[Mapping[str, Any]]) -> Marks:
    """Mark a text. A record has `n`, `spans` (its sentences or words) and `marks` (role -> spans within them)."""
    sentences = _joined([tuple(span) for record in records for span in record["spans"]], len(text))
    inner = [
        (role, int(record["n"]), start, end)
        for record in records
        for role, spans in record["marks"].items()
        for start, end in spans
        if 0 <= start < end <= len(text)
    ]
    anchors: dict[int, int] = {}
    about: dict[int, list[int]] = {}
    for record in records:
        for position, (start, end) in enumerate(record["spans"]):
            around = next((s for s, e in sentences if s < end and start < e), None)
            if around is None:
                continue
            about.setdefault(around, []).append(int(record["n"]))
            if position == 0:
                anchors[int(record["n"])] = around
    starts = sorted({span[0] for record in records for span in record["spans"]})
    paragraphs = []
    for first, last in _paragraphs(text):
        line = []
        for start, end, home in _stretches(first, last, sentences):
            numbers = tuple(sorted(set(about.get(home, ())))) if home is not None else ()
            ends_here = home is not None and any(s == home and e <= end for s, e in sentences)
            begun = tuple(n for n in numbers if anchors.get(n) == home) if ends_here else ()
            anchor = home if home == start else None
            also = tuple(s for s in starts if start <= s < end and s != anchor) if home is not None else ()
            line.append(Sentence(anchor, tuple(_pieces(text, start, end, inner)), begun, numbers, also))
        paragraphs.append(tuple(line))
    return Marks(tuple(paragraphs), anchors)


def _joined(spans: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The spans sorted, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((s, e) for s, e in spans if 0 <= s < e <= length):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for gap in re.finditer(r"\n\s*\n", text):
        if text[at : gap.start()].strip():
            found.append((at, gap.start()))
        at = gap.end()
    if text[at:].strip():
        found.append((at, len(text)))
    return found


def _stretches(first: int, last: int, sentences: list[tuple[int, int]]) -> list[tuple[int, int, int | None]]:
    """A paragraph cut into sentences and what is between: (start, end, start of the sentence or None)."""
    found: list[tuple[int, int, int | None]] = []
    at = first
    for start, end in sentences:
        if end <= first or start >= last:
            continue
        begin, stop = max(start, first), min(end, last)
        if begin > at:
            found.append((at, begin, None))
        found.append((begin, stop, start))
        at = stop
    if at < last:
        found.append((at, last, None))
    return found


def _pieces(text: str, start: int, end: int, marks: list[tuple[str, int, int, int]]) -> list[Piece]:
    here = [m for m in marks if m[2] < end and start < m[3]]
    borders = sorted({start, end, *(b for m in here for b in m[2:] if start < b < end)})
    pieces = []
    for a, b in pairwise(borders):
        over = min((m for m in here if m[2] <= a and b <= m[3]), key=lambda m: _RANK.index(m[0]), default=None)
        pieces.append(Piece(text[a:b], over[0] if over else "", over[1] if over else None))
    return pieces
