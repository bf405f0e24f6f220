"""The day on which a report was written: what its page claims, weighed against what its text says.

Every day from 1985 to 2035 is a candidate. The page's claims give a prior (the day itself, the day before, then ever
fewer days back, almost none after), the text's clues a likelihood each (clues.py). Hard limits cut. The page is called
false only where a clue that says what cannot be excludes the claimed day; otherwise the page is believed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from communique.dates.anchor import grid
from communique.dates.anchor.clues import find_clues
from communique.dates.anchor.grid import Clue
from communique.dates.expressions import TimeExpression
from communique.dates.values import in_words, one_day
from communique.intake.stamps import first_stamp
from communique.model import Conflict, DayRange, Declared, Evidence, Report, Written

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from communique.dates.anchor.grid import Array

_URL_DAY: Final = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[/_.-]?(?P<m>0[1-9]|1[0-2])[/_.-]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
_IMPOSSIBLE: Final = 1e-9
_EXCLUDED: Final = 0.02  # a claim is contradicted when the hard clues leave it less than this share of the best day


@dataclass(frozen=True, slots=True)
class Claim:
    """A day that the page claims: where it stands, and how much it is trusted before the text is read."""

    source: str  # "declared.published", "url", "declared.modified"
    value: str  # as printed
    day: date


def date_report(
    report: Report, doc: Doc, times: tuple[TimeExpression, ...], *, more: tuple[Evidence, ...] = ()
) -> Written:
    """The day of writing of `report`, with its evidence and the claims it contradicts.

    `doc` is the parse of `report.text`, `times` its expressions. `more` is evidence from outside the report, such as
    an earlier copy: `Evidence.says` is then an ISO day or "a/b" interval, and kind "not-after" cuts off what lies
    later. `day` is None when no day reaches a third of the probability; `earliest` and `latest` bound the shortest
    stretch that holds nine tenths of it, None when that is longer than a year. `confidence` is given where the text
    itself speaks of its day (measured on dated reports), None where only the page does.
    """
    weighed = _weigh(report, doc, times, more)
    return weighed.written()


def anchor_candidates(
    report: Report, doc: Doc, times: tuple[TimeExpression, ...], *, more: tuple[Evidence, ...] = ()
) -> tuple[tuple[DayRange, float], ...]:
    """Days on which `report` may have been written, likeliest first, each with its probability.

    Single days while they are likely by themselves, then stretches; together at least nine tenths where so many can
    be named. Empty when nothing is known.
    """
    return _weigh(report, doc, times, more).candidates()


def claims_of(report: Report) -> tuple[Claim, ...]:
    """The days that the page and its address claim, best first; what cannot be read as a day is left out."""
    found: list[Claim] = []
    declared = report.declared
    for source, value in (("declared.published", declared.published), ("declared.modified", declared.modified)):
        day = _iso_day(value)
        if value and day:
            found.append(Claim(source, value, day))
    address = declared.url or (report.source.path if report.source.path and "://" in report.source.path else None)
    if address and (match := _URL_DAY.search(address)):
        day = _iso_day("-".join(match.group("y", "m", "d")))
        if day:
            found.append(Claim("url", match.group(), day))
    return tuple(found)


def _iso_day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Weighed:
    claims: tuple[Claim, ...]
    clues: tuple[Clue, ...]
    probability: Array
    hard: Array  # what the hard clues alone leave, best day 1
    cuts: tuple[Evidence, ...]

    def written(self) -> Written:
        conflicts = tuple(self._conflicts())
        best = int(self.probability.argmax())
        share = float(self.probability[best])
        # Where only the page speaks, how often pages are right is not known: no figure is given.
        spoken = any(c.hard and c.kind != "explicit-date" for c in self.clues)
        informed = bool(self.claims) or any(c.hard or c.kind == "office-term" for c in self.clues)
        if not informed:
            return Written(None, None, None, None, self._evidence(None), conflicts)
        first, last = self._stretch(0.9)
        wide = (last - first) > 366
        day = self._day(best) if share >= 1 / 3 else None
        if day is None and self.claims and not conflicts:  # nothing speaks clearly: the page is believed
            day = self.claims[0].day
            share = float(self.probability[grid.days().index(day)])
        return Written(
            day,
            None if wide else self._day(first),
            self._day(last) if not wide or any(e.kind == "not-after" for e in self.cuts) else None,
            round(share, 2) if day and spoken else None,
            self._evidence(day),
            conflicts,
        )

    def _day(self, i: int) -> date:
        return date.fromordinal(int(grid.days().ordinal[i]))

    def _stretch(self, mass: float) -> tuple[int, int]:
        """The likeliest days that together hold `mass`, as first and last index."""
        order = (-self.probability).argsort(kind="stable")
        total = 0.0
        chosen: list[int] = []
        for i in order[:2000]:
            chosen.append(int(i))
            total += float(self.probability[i])
            if total >= mass:
                return min(chosen), max(chosen)
        possible = (self.probability > 1e-6 * self.probability.max()).nonzero()[0]
        return int(possible[0]), int(possible[-1])

    def candidates(self) -> tuple[tuple[DayRange, float], ...]:
        if not self.claims and not self.clues:
            return ()
        order = (-self.probability).argsort(kind="stable")
        total = 0.0
        found: list[tuple[DayRange, float]] = []
        for i in order[:40]:
            share = float(self.probability[i])
            if share < 0.004:
                break
            found.append((one_day(self._day(int(i))), round(share, 4)))
            total += share
            if total >= 0.95:
                break
        if total < 0.5:
            first, last = self._stretch(0.97)
            if last - first < 400:
                days = DayRange(self._day(first), self._day(last))
                found.append((days, round(float(self.probability[first : last + 1].sum()) - total, 4)))
        return tuple(found)

    def _evidence(self, day: date | None) -> tuple[Evidence, ...]:
        """The clues that speak, in words; those that rule out other days first."""
        found = [Evidence(c.kind, c.says, c.note, c.span) for c in self.clues if c.hard]
        found += [
            Evidence(c.kind, c.says, c.note, c.span) for c in self.clues if not c.hard and c.kind != "newest-year"
        ]
        for claim in self.claims:
            where = {
                "declared.published": "the page",
                "url": "the page's address",
                "declared.modified": "the page, as changed",
            }
            kind = claim.source.rpartition(".")[2]
            found.append(
                Evidence(kind, claim.day.isoformat(), f"{where.get(claim.source, claim.source)} says {claim.value}")
            )
        return (*found, *self.cuts)

    def _conflicts(self) -> list[Conflict]:
        found = []
        days = grid.days()
        for claim in self.claims:
            i = days.index(claim.day)
            if claim.source == "declared.modified" or not _is_excluded(claim, self.hard):
                continue
            against = [
                c
                for c in self.clues
                if c.hard and float((c.likelihood / c.likelihood.max())[max(0, i - 1) : i + 2].max()) < 0.1
            ]
            outside = [e.note for e in self.cuts if e.kind == "not-after"]
            reasons = (
                "; ".join([*(c.note for c in against), *outside][:2])
                or "the text's dates taken together leave no such day"
            )
            found.append(
                Conflict(
                    claim.source, claim.value, f"the evidence contradicts {in_words(one_day(claim.day))}: {reasons}"
                )
            )
        return found


def _independent_dateline(declared: Declared) -> str | None:
    """The dateline, unless it is the page's own: a repost that puts its posting day, year and all, before the text."""
    words = declared.dateline
    if words is None or declared.published is None or declared.agency is not None:
        return words
    stamp = first_stamp(words)
    return None if stamp is not None and stamp[:10] == declared.published[:10] else words


def _weigh(report: Report, doc: Doc, times: tuple[TimeExpression, ...], more: tuple[Evidence, ...]) -> _Weighed:
    import numpy

    claims = claims_of(report)
    clues = tuple(find_clues(doc, times, _independent_dateline(report.declared)))
    total = numpy.zeros(len(grid.days().ordinal))
    hard = total
    for clue in clues:
        likelihood = numpy.log(numpy.maximum(clue.likelihood, _IMPOSSIBLE))
        total = total + likelihood
        if clue.hard:
            hard = hard + likelihood
    cuts = [*more]
    if report.captured is not None:
        note = f"the page was fetched on {in_words(one_day(report.captured))}: nothing in it is younger"
        cuts.append(Evidence("not-after", f"../{report.captured}", note))
    kept: list[Evidence] = []
    for evidence in cuts:
        limited = _limit(evidence)
        if limited is not None:
            total = total + numpy.log(limited)
            hard = hard + numpy.log(limited)
            kept.append(evidence)
    left = numpy.exp(hard - hard.max())
    logs = total + numpy.log(_prior(claims, left))
    probability = numpy.exp(logs - logs.max())
    probability = probability / probability.sum()
    return _Weighed(claims, clues, probability, left, tuple(kept))


def _limit(evidence: Evidence) -> Array | None:
    """Outside evidence as a likelihood; None when it names no day."""
    if not evidence.says:
        return None
    first, _, last = evidence.says.rpartition("/")
    end = _iso_day(last)
    begin = _iso_day(first) if first not in ("", "..") else None
    days = grid.days()
    if end is None and begin is None:
        return None
    mask = days.ordinal <= ((end or grid.LAST).toordinal() + (1 if evidence.kind == "not-after" else 0))
    if evidence.kind != "not-after":
        mask &= days.ordinal >= (begin or end or grid.FIRST).toordinal()
    return grid.floor(mask, _IMPOSSIBLE if evidence.kind == "not-after" else 1e-3)


def _is_excluded(claim: Claim, left: Array) -> bool:
    """Whether the hard clues leave the claimed day and its neighbours next to nothing."""
    i = grid.days().index(claim.day)
    return float(left[max(0, i - 1) : i + 2].max()) < _EXCLUDED


def _prior(claims: tuple[Claim, ...], left: Array) -> Array:
    """Where the page leads one to look before the text is read.

    A claim that the text excludes keeps only what a copy's date still says: the original is older.
    """
    import numpy

    days = grid.days()
    flat = numpy.where(days.year < 2000, 0.3, numpy.where(days.year > 2027, 0.02, 1.0))
    first: Array = flat / flat.sum()
    if not claims:
        return first
    out = 1e-3 * first
    weights = {"url": 0.9, "declared.published": 0.6, "declared.modified": 0.05}
    total = sum(weights[c.source] for c in claims)
    for claim in claims:
        out = out + weights[claim.source] / total * _from_claim(claim, excluded=_is_excluded(claim, left))
    shares: Array = out / out.sum()
    return shares


def _from_claim(claim: Claim, *, excluded: bool) -> Array:
    """Mass around one claimed day: itself, the day before, a long tail back, a wrong year, day and month swapped."""
    import numpy

    days = grid.days()
    n = len(days.ordinal)
    out = numpy.zeros(n)
    i = days.index(claim.day)
    if not excluded:
        out[i] += 0.60
        if i:
            out[i - 1] += 0.18
        if i + 1 < n:
            out[i + 1] += 0.01
    tail = numpy.arange(2, min(i, 4000) + 1)
    if len(tail):
        weights = 1.0 / (tail + (60.0 if excluded else 2.0))
        out[i - tail] += 0.18 * weights / weights.sum()
    for years in (-2, -1, 1, 2):
        try:
            out[days.index(claim.day.replace(year=claim.day.year + years))] += 0.006
        except ValueError:
            continue
    if claim.day.day <= 12 and claim.day.day != claim.day.month:
        out[days.index(claim.day.replace(month=claim.day.day, day=claim.day.month))] += 0.006
    shares: Array = out / out.sum()
    return shares
