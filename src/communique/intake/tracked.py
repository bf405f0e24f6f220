"""Text that remembers where it was read: repairs change the characters, evidence has to be shown as the page has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from communique.model import Span


@dataclass(frozen=True, slots=True)
class Tracked:
    """`text` with, for each character, the characters of the page that it stands for.

    `starts` and `ends` are as long as `text`; None when nobody asked for the way back, which makes edits cheap.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    @classmethod
    def page(cls, text: str, *, track: bool) -> Tracked:
        """`text` as read."""
        if not track:
            return cls(text)
        return cls(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))

    def sub(self, pattern: re.Pattern[str], to: str | Callable[[re.Match[str]], str]) -> tuple[Tracked, int]:
        """Replace each match, as `re.Pattern.subn` does; `to` is taken literally. Only real changes are counted."""
        replace = to if callable(to) else lambda match: to
        out: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = count = 0
        for match in pattern.finditer(self.text):
            new = replace(match)
            if new == match.group():
                continue
            count += 1
            a, b = match.span()
            out += (self.text[last:a], new)
            if self.starts is not None and self.ends is not None:
                starts += self.starts[last:a]
                ends += self.ends[last:a]
                origin = self.origin(a, b)
                starts += [origin.start] * len(new)
                ends += [origin.end] * len(new)
            last = b
        if not count:
            return self, 0
        out.append(self.text[last:])
        if self.starts is None or self.ends is None:
            return Tracked("".join(out)), count
        return Tracked("".join(out), (*starts, *self.starts[last:]), (*ends, *self.ends[last:])), count

    def origin(self, start: int, end: int) -> Span:
        """The characters of the page behind `text[start:end]`; where it is empty, the place between its neighbours."""
        if self.starts is None or self.ends is None:
            raise ValueError("this text was read without keeping the way back to the page")
        if start < end:
            return Span(min(self.starts[start:end]), max(self.ends[start:end]))
        at = self.ends[start - 1] if start else 0
        return Span(at, at)

    def cut(self, start: int, end: int) -> Tracked:
        """The part `[start, end)`."""
        if self.starts is None or self.ends is None:
            return Tracked(self.text[start:end])
        return Tracked(self.text[start:end], self.starts[start:end], self.ends[start:end])


def join(parts: list[Tracked], glue: str) -> Tracked:
    """The parts with `glue` between them."""
    text = glue.join(part.text for part in parts)
    if any(part.starts is None for part in parts):
        return Tracked(text)
    starts: list[int] = []
    ends: list[int] = []
    for n, part in enumerate(parts):
        if n:
            at = ends[-1] if ends else 0
            starts += [at] * len(glue)
            ends += [at] * len(glue)
        starts += part.starts or ()
        ends += part.ends or ()
    return Tracked(text, tuple(starts), tuple(ends))
