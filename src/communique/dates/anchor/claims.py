"""What the page and its address claim about the day of writing, and where that leads one to look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from communique.dates.anchor import grid
from communique.dates.values.calendar import month_named
from communique.intake.stamps import find_stamps
from communique.model import DayRange, Declared, Line, Report

if TYPE_CHECKING:
    from communique.dates.anchor.grid import Array

_URL_DAY: Final = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:(?P<s>[/_.-]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])"
    r"|/(?P<m2>1[0-2]|[1-9])/(?P<d2>[12]\d|3[01]|[1-9]))(?!\d)"
)
_URL_MONTH: Final = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>0?[1-9]|1[0-2])/")
# How far each source is trusted beside the others.
_TRUST: Final = {"url": 0.9, "declared.published": 0.6, "page": 0.4, "declared.modified": 0.05}
EXCLUDED: Final = 0.02  # a claim is contradicted when the hard clues leave it less than this share of the best day


@dataclass(frozen=True, slots=True)
class Claim:
    """A day, or from an address a month, that the page claims: where it stands, and as printed."""

    source: str  # "declared.published", "url", "page" (another line), "declared.modified"
    value: str
    days: DayRange

    @property
    def day(self) -> date:
        """The claimed day; the first of a month."""
        return self.days.first


def claims_of(report: Report) -> tuple[Claim, ...]:
    """The days that the page and its address claim, best first; what cannot be read as a day is left out.

    A date that can be read two ways ("05-04-2022") makes two claims.
    """
    found: list[Claim] = []
    declared = report.declared
    published = (declared.published,) if declared.published else declared.readings
    for source, values in (("declared.published", published), ("declared.modified", (declared.modified,))):
        for value in values:
            day = iso_day(value)
            if value and day:
                found.append(Claim(source, value, DayRange(day, day)))
    address = _address(report)
    if address and (match := _URL_DAY.search(address)):
        parts = [match["y"], match["m"] or match["m2"].zfill(2), match["d"] or match["d2"].zfill(2)]
        day = iso_day("-".join(parts))
        if day:
            found.append(Claim("url", match.group(), DayRange(day, day)))
    elif address and not found and (match := _URL_MONTH.search(address)):
        found.append(Claim("url", match.group().strip("/"), month_named(int(match["y"]), int(match["m"])).days))
    if not found:
        found.extend(_lines_beside_the_text(report.lines))
    return tuple(found)


def _address(report: Report) -> str | None:
    path = report.source.path
    return report.declared.url or (path if path and "://" in path else None)


def _lines_beside_the_text(lines: tuple[Line, ...]) -> list[Claim]:
    """A day printed over the article or right under it, outside of any bar; none where several are.

    "Calendar >> April 13, 2019", "(Updated April 13, 2019)".
    """
    bodies = [n for n, line in enumerate(lines) if line.role == "body"]
    over, under = (bodies[0], bodies[-1] + 1) if bodies else (len(lines), len(lines))
    stamps = [
        (stamp.iso, line.text)
        for line in (*lines[:over], *lines[under : under + 2])
        if line.role in ("furniture", "metadata", "heading", "credit")
        for stamp in find_stamps(line.text)
        if stamp.iso
    ]
    days = {iso[:10] for iso, _ in stamps}
    day = iso_day(days.pop()) if len(days) == 1 else None
    return [Claim("page", stamps[0][1].strip(), DayRange(day, day))] if day else []


def iso_day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def is_excluded(claim: Claim, left: Array) -> bool:
    """Whether what the clues leave gives the claimed day and its neighbours next to nothing."""
    days = grid.days()
    first, last = days.index(claim.days.first), days.index(claim.days.last)
    return float(left[max(0, first - 1) : last + 2].max()) < EXCLUDED


def independent_dateline(declared: Declared) -> str | None:
    """The dateline, unless it is the page's own: a repost that puts its posting day, year and all, before the text."""
    words = declared.dateline
    if words is None or declared.published is None or declared.agency is not None:
        return words
    stamp = next((stamp.iso for stamp in find_stamps(words) if stamp.iso), None)
    return None if stamp is not None and stamp[:10] == declared.published[:10] else words


def prior(claims: tuple[Claim, ...], left: Array, *, belief: float) -> Array:
    """Where the page leads one to look before the text is read.

    A claim that the text excludes keeps only what a copy's date still says: the original is older. `belief`:
    less than 1 where the page is a copy by its own signs, so that its day is often later than the original's.
    """
    import numpy

    days = grid.days()
    flat = numpy.where(days.year < 2000, 0.3, numpy.where(days.year > 2027, 0.02, 1.0))
    first: Array = flat / flat.sum()
    if not claims:
        return first
    out = 1e-3 * first
    total = sum(_TRUST[c.source] for c in claims)
    for claim in claims:
        out = out + _TRUST[claim.source] / total * _around(claim, excluded=is_excluded(claim, left), belief=belief)
    shares: Array = out / out.sum()
    return shares


def _around(claim: Claim, *, excluded: bool, belief: float) -> Array:
    """Mass around one claim: itself, the day before, a long tail back, a wrong year, day and month swapped."""
    import numpy

    days = grid.days()
    n = len(days.ordinal)
    out = numpy.zeros(n)
    copied = belief < 1.0
    i = days.index(claim.days.first)
    if claim.days.days > 1:
        out[i : days.index(claim.days.last) + 1] = 1.0 / claim.days.days
        return out
    if not excluded:
        out[i] += 0.60 * belief
        if i:
            out[i - 1] += 0.18 * belief
        if i + 1 < n:
            out[i + 1] += 0.01 * belief
    tail = numpy.arange(2, min(i, 4000) + 1)
    if len(tail):
        weights = 1.0 / (tail + (60.0 if excluded else 10.0 if copied else 2.0))
        if excluded or copied:  # most copies are made within months; a few after years
            weights = weights * (numpy.exp(-tail / 500) + 0.02)
        out[i - tail] += (0.75 if copied else 0.18) * weights / weights.sum()
    for years in (-2, -1, 1, 2):
        try:
            out[days.index(claim.day.replace(year=claim.day.year + years))] += 0.006
        except ValueError:
            continue
    if claim.day.day <= 12 and claim.day.day != claim.day.month:
        out[days.index(claim.day.replace(month=claim.day.day, day=claim.day.month))] += 0.006
    shares: Array = out / out.sum()
    return shares
