"""The day on which a report was written: what its page claims, weighed against what its text says.

Every day from 1985 to 2035 is a candidate. The page's claims give a prior (claims.py), the text's clues a likelihood
each (clues.py). Hard limits cut. The page is called false only where a clue that says what cannot be excludes the
claimed day; otherwise the page is believed. A page that shows by its own furniture that it is a copy (copies.py) is
believed less: there the clues that only say what is usual may exclude its day too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from communique.dates.anchor import grid
from communique.dates.anchor.claims import Claim, claims_of, independent_dateline, is_excluded, iso_day, prior
from communique.dates.anchor.clues import find_clues
from communique.dates.anchor.copies import belief_in, signs_of_a_copy
from communique.dates.anchor.grid import Clue
from communique.dates.expressions import TimeExpression
from communique.dates.values import in_words, one_day
from communique.model import Conflict, DayRange, Evidence, Report, Written

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from communique.dates.anchor.grid import Array

_IMPOSSIBLE: Final = 1e-9
_LEAST: Final = 0.02
_SURE: Final = 0.5
_RARE: Final = 1e-4
_UNLIKELY: Final = 0.05
_FITS: Final = 0.5
_MARGIN: Final = 1.5  # the best day must be so much likelier than any day of another week
_SAYS: Final = {
    "declared.published": "the page's date",
    "url": "the date in the page's address",
    "page": "the date beside the article",
    "declared.modified": "the page's date of change",
}


def date_report(
    report: Report, doc: Doc, times: tuple[TimeExpression, ...], *, more: tuple[Evidence, ...] = ()
) -> Written:
    """The day of writing of `report`, with its evidence and the claims it contradicts.

    `doc` is the parse of `report.text`, `times` its expressions. `more` is evidence from outside the report, such as
    an earlier copy: `Evidence.says` is then an ISO day or "a/b" interval, and kind "not-after" cuts off what lies
    later. `day` is None when no day reaches a third of the probability (half of it for the date of a copy);
    `earliest` and `latest` bound the shortest stretch that holds nine tenths of it, None when that is longer than a
    year. `confidence` is given where the text itself speaks of its day (measured on dated reports), None where only
    the page does.
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


@dataclass(frozen=True, slots=True)
class _Weighed:
    claims: tuple[Claim, ...]
    clues: tuple[Clue, ...]
    probability: Array
    hard: Array  # what the hard clues alone leave, best day 1
    cuts: tuple[Evidence, ...]
    copied: tuple[Evidence, ...]  # signs that the page is a copy

    def written(self) -> Written:
        conflicts = tuple(self._conflicts())
        best = int(self.probability.argmax())
        share = float(self.probability[best])
        # Where only the page speaks, how often pages are right is not known: no figure is given.
        spoken = any(c.hard and c.kind != "explicit-date" for c in self.clues)
        informed = bool(self.claims) or any(c.hard or c.kind == "office-term" for c in self.clues)
        if not informed:
            return Written(None, None, None, None, self._evidence(), conflicts)
        first, last = self._stretch(0.9)
        wide = (last - first) > 366
        day: date | None = self._day(best)
        doubted = self.copied and any(abs((self._day(best) - claim.day).days) <= 1 for claim in self.claims)
        if share < (1 / 2 if doubted else 1 / 3) or self._rival(best) * _MARGIN > share:
            day = None
        believed = next((claim for claim in self.claims if claim.days.days == 1), None)
        if day is None and believed and not conflicts and not self.copied:  # nothing speaks clearly: the page does
            day = believed.day
            share = float(self.probability[grid.days().index(day)])
        return Written(
            day,
            None if wide else self._day(first),
            self._day(last) if not wide or any(e.kind == "not-after" for e in self.cuts) else None,
            round(share, 2) if day and spoken else None,
            self._evidence(),
            conflicts,
        )

    def _rival(self, best: int) -> float:
        """The probability of the likeliest day that is not near the best one: of another year, mostly."""
        apart = self.probability.copy()
        apart[max(0, best - 3) : best + 4] = 0.0
        return float(apart.max())

    def _day(self, i: int) -> date:
        return date.fromordinal(int(grid.days().ordinal[i]))

    def _stretch(self, mass: float) -> tuple[int, int]:
        """The likeliest days that together hold `mass`, as first and last index."""
        order = self._likeliest(2000, mass)
        enough = self.probability[order].cumsum() >= mass
        if enough[-1]:
            chosen = order[: int(enough.argmax()) + 1]
            return int(chosen.min()), int(chosen.max())
        possible = (self.probability > 1e-6 * self.probability.max()).nonzero()[0]
        return int(possible[0]), int(possible[-1])

    def _likeliest(self, count: int, mass: float = 1.0) -> Array:
        """At most `count` days, likeliest first, earlier ones before equal ones; as many at least as hold `mass`."""
        import numpy

        # Sorting all days would take longer than all else here.
        among = (self.probability > _RARE).nonzero()[0]
        if float(self.probability[among].sum()) < mass + _RARE:
            least = numpy.partition(self.probability, -count)[-count]
            among = (self.probability >= least).nonzero()[0]
        order: Array = among[(-self.probability[among]).argsort(kind="stable")][:count]
        return order

    def candidates(self) -> tuple[tuple[DayRange, float], ...]:
        if not self.claims and not self.clues:
            return ()
        total = 0.0
        found: list[tuple[DayRange, float]] = []
        for i in self._likeliest(40):
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

    def _evidence(self) -> tuple[Evidence, ...]:
        """The clues that speak, in words; those that rule out other days first."""
        shown = [*(c for c in self.clues if c.hard), *(c for c in self.clues if not c.hard and c.kind != "newest-year")]
        found = [Evidence(c.kind, c.says, c.note, c.span) for c in shown]
        for claim in self.claims:
            kind = claim.source.rpartition(".")[2]
            found.append(Evidence(kind, _iso(claim.days), f"{_SAYS[claim.source]} is {claim.value!r}"))
        return (*found, *self.cuts, *self.copied)

    def _conflicts(self) -> list[Conflict]:
        """The claims that the evidence excludes; of two readings of one date, only where both are excluded."""
        left = [claim.source for claim in self.claims if not self._is_false(claim)]
        return [
            Conflict(claim.source, claim.value, f"{_SAYS[claim.source]}, {in_words(claim.days)}, is false: {why}")
            for claim in self.claims
            if claim.source not in left and claim.source != "declared.modified" and (why := self._why_false(claim))
        ]

    def _is_false(self, claim: Claim) -> bool:
        if is_excluded(claim, self.hard):
            return True
        if float(self.probability.max()) >= _SURE and self._share(claim) < _UNLIKELY:
            return bool(self._against(claim, usual=True))  # the text gives another day
        return bool(self.copied) and is_excluded(claim, self.probability) and bool(self._against(claim, usual=True))

    def _share(self, claim: Claim) -> float:
        """The probability of the claimed days and their neighbours."""
        days = grid.days()
        first, last = days.index(claim.days.first), days.index(claim.days.last)
        return float(self.probability[max(0, first - 1) : last + 2].sum())

    def _against(self, claim: Claim, *, usual: bool) -> list[Clue]:
        """The clues that leave the claim less than a tenth; with `usual` also those that are not hard."""
        days = grid.days()
        first, last = days.index(claim.days.first), days.index(claim.days.last)
        near = slice(max(0, first - 1), last + 2)
        return [
            c for c in self.clues if (c.hard or usual) and float((c.likelihood / c.likelihood.max())[near].max()) < 0.1
        ]

    def _why_false(self, claim: Claim) -> str:
        against = self._against(claim, usual=False) or self._against(claim, usual=True)
        outside = [e.note for e in self.cuts if e.kind == "not-after"]
        reasons = "; ".join([*(c.note for c in against), *outside, *(e.note for e in self.copied)][:2])
        return reasons or "the text's dates taken together leave no such day"


def _iso(days: DayRange) -> str:
    return days.first.isoformat() if days.days == 1 else f"{days.first}/{days.last}"


def _weigh(report: Report, doc: Doc, times: tuple[TimeExpression, ...], more: tuple[Evidence, ...]) -> _Weighed:
    import numpy

    claims = claims_of(report)
    copied = signs_of_a_copy(report)
    clues = tuple(find_clues(doc, times, independent_dateline(report.declared)))
    if not copied and _weekday_fits(claims, clues):
        clues = tuple(_leaning(clue) if clue.comes_round else clue for clue in clues)
    total = numpy.ones(len(grid.days().ordinal))
    hard = total
    dispatch = any(clue.kind == "dateline" for clue in clues)
    for clue in clues:
        # Against a dateline, what is known of the world only leans: the text may look back on it.
        least = _LEAST if dispatch and not clue.hard else _IMPOSSIBLE
        likelihood = numpy.maximum(clue.likelihood, least)
        total = _scaled(total * likelihood)
        if clue.hard:
            hard = _scaled(hard * likelihood)
    cuts = [*more]
    if report.captured is not None:
        note = f"the page was fetched on {in_words(one_day(report.captured))}: nothing in it is younger"
        cuts.append(Evidence("not-after", f"../{report.captured}", note))
    kept: list[Evidence] = []
    for evidence in cuts:
        limited = _limit(evidence)
        if limited is not None:
            total = _scaled(total * limited)
            hard = _scaled(hard * limited)
            kept.append(evidence)
    probability = total * prior(claims, hard, belief=belief_in(copied))
    probability = probability / probability.sum()
    return _Weighed(claims, clues, probability, hard, tuple(kept), copied)


def _scaled(product: Array) -> Array:
    """The likelihoods with 1 for the best day: the product of many would be too small for a number."""
    scaled: Array = product / product.max()
    return scaled


def _weekday_fits(claims: tuple[Claim, ...], clues: tuple[Clue, ...]) -> bool:
    """Whether the page's day is the weekday that the text tells of, or the day after."""
    days = grid.days()
    told = next((clue.likelihood / clue.likelihood.max() for clue in clues if clue.kind == "weekday"), None)
    return told is not None and any(float(told[days.index(claim.day)]) >= _FITS for claim in claims)


def _leaning(clue: Clue) -> Clue:
    """A visit that may be another one than the table's: it leans to its day, and rules no other out."""
    import numpy

    return replace(clue, likelihood=numpy.maximum(clue.likelihood, _LEAST), hard=False)


def _limit(evidence: Evidence) -> Array | None:
    """Outside evidence as a likelihood; None when it names no day."""
    if not evidence.says:
        return None
    first, _, last = evidence.says.rpartition("/")
    end = iso_day(last)
    begin = iso_day(first) if first not in ("", "..") else None
    days = grid.days()
    if end is None and begin is None:
        return None
    mask = days.ordinal <= ((end or grid.LAST).toordinal() + (1 if evidence.kind == "not-after" else 0))
    if evidence.kind != "not-after":
        mask &= days.ordinal >= (begin or end or grid.FIRST).toordinal()
    return grid.floor(mask, _IMPOSSIBLE if evidence.kind == "not-after" else 1e-3)
