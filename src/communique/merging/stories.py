"""Which reports tell the same story: other words, the same happening.

Likeness of words first; days second and softly. One page in five carries a false date, and a hard
window on page dates then loses more than it wins. So a day counts only where something besides the page supports it:
the coder's own conclusion from the text, or another report that tells nearly the same and claims nearly the same
day. A day that the reports most like it do not share is left out of account.

Everything is a function of the set of reports: weights of words come from a fixed table, ties are broken by id.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from communique.merging.words import WORD, stem, weight

ALIKE = 0.20  # average likeness of the reports of one story, at least
TWIN = 0.30  # likeness from which a report can vouch for another one's day
NEAR = 3  # days between reports of one story, usually
FAR = 21  # days from which two reports hardly tell the same news
TERMS = 250  # strongest words kept of a report

TOGETHER, APART, DOUBTFUL = 1.2, 0.25, 0.8  # what days do to likeness


@dataclass(frozen=True, slots=True)
class Telling:
    """What is looked at of one report.

    `concluded` is a day of writing that the text itself supports; `claimed` the page's.
    """

    id: str
    title: str | None
    text: str
    concluded: date | None = None
    claimed: date | None = None


Vector = dict[str, float]


def find_stories(tellings: Iterable[Telling], *, alike: float = ALIKE) -> dict[str, str]:
    """Report id -> story; a story is called by the smallest id in it."""
    reports = sorted(tellings, key=lambda telling: telling.id)
    likeness = _likenesses({r.id: vector(r.title, r.text) for r in reports})
    dated = _weigh_days(reports, likeness)
    return average_linkage([r.id for r in reports], dated, alike)


def vector(title: str | None, text: str) -> Vector:
    """The strongest words of a report with their weights, of length 1. Names count double, the title's words too."""
    counts: dict[str, float] = {}
    for words, factor in ((WORD.findall(title or ""), 2.0), (WORD.findall(text), 1.0)):
        shouted = sum(word[0].isupper() for word in words) > 0.6 * len(words)
        for i, word in enumerate(words):
            named = i > 0 and word[0].isupper() and not shouted
            key = stem(word)
            counts[key] = counts.get(key, 0.0) + factor * (2.0 if named else 1.0)
    weights = ((w, (1.0 + math.log(n)) * weight(w)) for w, n in counts.items())
    strongest = sorted(weights, key=lambda pair: (-pair[1], pair[0]))[:TERMS]
    length = math.sqrt(sum(x * x for _, x in strongest)) or 1.0
    return {w: x / length for w, x in sorted(strongest) if x > 0.0}


def likeness(a: Vector, b: Vector) -> float:
    """Cosine of two vectors, 0 to 1."""
    if len(b) < len(a):
        a, b = b, a
    return math.fsum(x * b[w] for w, x in a.items() if w in b)


def _likenesses(vectors: Mapping[str, Vector]) -> dict[tuple[str, str], float]:
    """Likeness of every pair of reports that share a word, keyed with the smaller id first."""
    postings: dict[str, list[tuple[str, float]]] = {}
    pairs: dict[tuple[str, str], float] = {}
    for key in sorted(vectors):
        sums: dict[str, float] = {}
        for word, x in vectors[key].items():
            earlier = postings.setdefault(word, [])
            for other, y in earlier:
                sums[other] = sums.get(other, 0.0) + x * y
            earlier.append((key, x))
        for other, value in sums.items():
            if value >= 0.02:
                pairs[other, key] = value
    return pairs


def _weigh_days(reports: Sequence[Telling], pairs: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """The likenesses, raised for days close together and lowered for days far apart, as far as days are trusted."""
    days = {r.id: r.concluded or r.claimed for r in reports}
    trust = _trust(reports, pairs, days)
    weighed: dict[tuple[str, str], float] = {}
    for (a, b), value in pairs.items():
        day_a, day_b = days[a], days[b]
        if day_a is None or day_b is None or 0 in (trust[a], trust[b]):
            weighed[a, b] = value
            continue
        gap = abs((day_a - day_b).days)
        certain = trust[a] == trust[b] == 2
        if gap <= NEAR:
            factor = TOGETHER
        else:
            low = APART if certain else DOUBTFUL
            factor = 1.0 - (1.0 - low) * min(1.0, (gap - NEAR) / (FAR - NEAR))
        weighed[a, b] = value * factor
    return weighed


def _trust(
    reports: Sequence[Telling], pairs: Mapping[tuple[str, str], float], days: Mapping[str, date | None]
) -> dict[str, int]:
    """How far each report's day can be trusted: 2 supported, 1 unsupported, 0 contradicted by like reports."""
    agree: Counter[str] = Counter()
    differ: Counter[str] = Counter()
    for (a, b), value in pairs.items():
        day_a, day_b = days[a], days[b]
        if value < TWIN or day_a is None or day_b is None:
            continue
        side = agree if abs((day_a - day_b).days) <= NEAR else differ
        side[a] += 1
        side[b] += 1
    trust: dict[str, int] = {}
    for report in reports:
        if report.concluded is not None or agree[report.id]:
            trust[report.id] = 2
        else:
            trust[report.id] = 0 if differ[report.id] else 1
    return trust


def average_linkage(ids: Sequence[str], pairs: Mapping[tuple[str, str], float], alike: float) -> dict[str, str]:
    """Item -> smallest item of its group; groups join while their average likeness is at least `alike`."""
    members: dict[str, list[str]] = {i: [i] for i in ids}
    near: dict[str, dict[str, float]] = {i: {} for i in ids}
    heap: list[tuple[float, str, str]] = []
    for (a, b), value in pairs.items():
        near[a][b] = near[b][a] = value
        if value >= alike:
            heap.append((-value, a, b))
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members or near[a].get(b) != -negative:
            continue
        n_a, n_b = len(members[a]), len(members[b])
        members[a] += members.pop(b)
        others = sorted((near[a].keys() | near[b].keys()) - {a, b})
        for other in others:
            value = (near[a].get(other, 0.0) * n_a + near[b].get(other, 0.0) * n_b) / (n_a + n_b)
            near[other].pop(b, None)
            near[a][other] = near[other][a] = value
            if value >= alike:
                heapq.heappush(heap, (-value, min(a, other), max(a, other)))
        near[a].pop(b, None)
        del near[b]
    return {item: min(group) for group in members.values() for item in group}
