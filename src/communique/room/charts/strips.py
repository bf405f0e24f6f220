"""Strips of bars: how many events in each month or year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.room import words


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in units of the drawing, with what it says."""

    x: float
    y: float
    width: float
    height: float
    says: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A drawing of bars over a line of time; `says` is the same in words."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    first: str
    last: str
    says: str

    @property
    def svg(self) -> str:
        """The drawing as SVG. All in it is numbers and names of months."""
        bars = "".join(
            f'<rect x="{b.x}" y="{b.y}" width="{b.width}" height="{b.height}"><title>{b.says}</title></rect>'
            for b in self.bars
        )
        return (
            f'<svg class="strip" viewBox="0 0 {self.width} {self.height}" preserveAspectRatio="none" role="img"'
            f' aria-label="{self.says}">{bars}'
            f'<line x1="0" y1="{self.height}" x2="{self.width}" y2="{self.height}"/></svg>'
        )


def strip(counts: Sequence[int], axis: Sequence[str], highest: int, *, width: int = 240, height: int = 40) -> Strip:
    """Bars of `counts` over the steps of `axis` ("2024-04" or "2024"), `highest` as high as the drawing."""
    step = width / max(len(axis), 1)
    gap = min(1.0, step * 0.2)
    bars = []
    for i, (n, name) in enumerate(zip(counts, axis, strict=True)):
        if n:
            tall = max(2.0, height * n / max(highest, 1))
            bars.append(Bar(round(i * step, 2), round(height - tall, 2), round(max(step - gap, 0.8), 2),
                            round(tall, 2), f"{say(name)}: {words.count(n, 'event')}"))  # fmt: skip
    total = sum(counts)
    busiest = max(range(len(counts)), key=lambda i: counts[i]) if total else 0
    says = (
        f"{words.count(total, 'event')} with a known day from {say(axis[0])} to {say(axis[-1])}; "
        f"most in {say(axis[busiest])} ({counts[busiest]})"
        if total
        else "no event with a known day"
    )
    return Strip(width, height, tuple(bars), say(axis[0]), say(axis[-1]), says)


def say(step: str) -> str:
    """A month or year in words."""
    return words.month(step) if "-" in step else step
