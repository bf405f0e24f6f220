"""Which reports are the same text, and where the text comes from.

Two reports are copies when the shorter one's sampled four-word sequences are found in the longer one
(containment, not likeness: a copy may be cut to two paragraphs or wrapped in a page's furniture), and when the
sentences they share carry the same names and numbers. The second condition keeps form letters apart: ministries write
the same sentences about other people. Both are functions of the two texts alone, so the families of a set of reports do
not depend on the order in which they came.

A report that holds several reports (a digest) contains them and belongs to none of their families.

Method and measurements: docs/merging.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from communique.merging.fingerprint import Fingerprint
from communique.merging.groups import components

CONTAINED = 0.3  # of the shorter text's sequences
SHARED = 3  # sampled sequences in common, at least
SAME_MARKS = 0.8  # of the names and numbers in the shared sentences
FEW_MARKS = 3  # with fewer names and numbers there, those of the whole texts are compared
POSTINGS = 250  # reports that one sequence is compared with


@dataclass(frozen=True, slots=True)
class Link:
    """Report `part` is contained in report `whole`, by `share` of its sequences (0 to 1).

    `how` is "copy" or, where the whole is a digest of several reports, "digest".
    """

    part: str
    whole: str
    share: float
    how: str = "copy"


@dataclass(frozen=True, slots=True)
class Page:
    """What the choice of an origin looks at: what a report claims of itself, and how complete it is.

    `written` and `written_latest` bound the concluded day of writing; `claimed` is the page's own date; `agency` is a
    credit or a dateline's agency.
    """

    id: str
    words: int
    agency: str | None = None
    publisher: str | None = None
    written: date | None = None
    written_latest: date | None = None
    claimed: date | None = None
    contradicted: bool = False  # the report's own text contradicts `claimed`


@dataclass(frozen=True, slots=True)
class Family:
    """Reports that are one text.

    `id` is the smallest member's. `origin` is the member that is most probably the source's own text, `why` says why.
    `source` names where the text goes back to (an agency, a ministry, a publisher), None when nothing says so.
    `claims` are the days that the members' pages claim, each with the members that claim it.
    `earliest` is the earliest day of writing that a member's text or an uncontradicted page supports.
    """

    id: str
    members: tuple[str, ...]
    origin: str
    source: str | None
    why: str
    claims: tuple[tuple[date, tuple[str, ...]], ...]
    earliest: date | None


def compare(a_id: str, a: Fingerprint, b_id: str, b: Fingerprint) -> Link | None:
    """The link between two reports if one is a copy of the other or of a part of it, else None."""
    if a.text == b.text:
        part, whole = sorted((a_id, b_id))
        return Link(part, whole, 1.0)
    if (len(a.shingles), a_id) > (len(b.shingles), b_id):
        a_id, a, b_id, b = b_id, b, a_id, a
    common = a.shingles & b.shingles
    if len(common) < SHARED or len(common) < CONTAINED * len(a.shingles):
        return None
    if not _same_names_and_numbers(a, b, common):
        return None
    return Link(a_id, b_id, round(len(common) / len(a.shingles), 3))


def _same_names_and_numbers(a: Fingerprint, b: Fingerprint, common: frozenset[int]) -> bool:
    """True when the sentences that two texts share say the same of the same people, days and sums.

    Where the shared sentences name hardly anybody (the second paragraph of a form letter), the whole texts' names are
    compared.
    """
    ours, theirs = _marks_round(a, common), _marks_round(b, common)
    if min(len(ours), len(theirs)) < FEW_MARKS:
        ours, theirs = _all_marks(a), _all_marks(b)
    less, more = sorted((ours, theirs), key=len)
    return len(less & more) >= SAME_MARKS * len(less)


def _marks_round(text: Fingerprint, common: frozenset[int]) -> frozenset[int]:
    marks: set[int] = set()
    for passage in text.passages:
        if not passage.shingles.isdisjoint(common):
            marks |= passage.marks
    return frozenset(marks)


def _all_marks(text: Fingerprint) -> frozenset[int]:
    return frozenset().union(*(p.marks for p in text.passages)) if text.passages else frozenset()


# --- all pairs of a set ---------------------------------------------------------------------------------------------


def find_links(prints: Mapping[str, Fingerprint]) -> tuple[Link, ...]:
    """The links within a set of reports, sorted; digests are told from copies."""
    postings: dict[int, list[str]] = {}
    for key in sorted(prints):
        for shingle in prints[key].shingles:
            postings.setdefault(shingle, []).append(key)
    same: dict[int, list[str]] = {}
    for key in sorted(prints):
        same.setdefault(prints[key].text, []).append(key)
    found: dict[tuple[str, str], Link] = {}
    for keys in same.values():
        for other in keys[1:]:
            found[keys[0], other] = Link(keys[0], other, 1.0)
    for key in sorted(prints):
        for other in candidates(key, prints[key], postings):
            pair = (key, other) if key < other else (other, key)
            if pair not in found and (link := compare(key, prints[key], other, prints[other])):
                found[pair] = link
    return mark_digests(found.values(), prints)


def candidates(key: str, text: Fingerprint, postings: Mapping[int, Iterable[str]]) -> list[str]:
    """The reports that share at least `SHARED` sampled sequences with `text`, sorted.

    A sequence that stands in more than `POSTINGS` reports is compared with the first `POSTINGS` of them by id only, so
    that a page's standing phrases do not make the work grow with the square of the archive.
    """
    counts: Counter[str] = Counter()
    for shingle in text.shingles:
        holders = postings.get(shingle, ())
        counts.update(sorted(holders)[:POSTINGS])
    return sorted(other for other, n in counts.items() if n >= SHARED and other != key)


def mark_digests(links: Iterable[Link], prints: Mapping[str, Fingerprint]) -> tuple[Link, ...]:
    """The links, those into a digest marked so.

    A digest holds two reports that are not copies of each other, both under their own titles.
    """
    every = sorted(links, key=lambda link: (link.part, link.whole))
    joined = {frozenset((link.part, link.whole)) for link in every}
    parts: dict[str, list[str]] = {}
    for link in every:
        for whole, part in ((link.whole, link.part), (link.part, link.whole)):
            title = prints[part].title
            if title is not None and title != prints[whole].title and title in prints[whole].lines:
                parts.setdefault(whole, []).append(part)
    digests = {
        whole
        for whole, held in parts.items()
        if any(
            frozenset((a, b)) not in joined and prints[a].title != prints[b].title
            for i, a in enumerate(held)
            for b in held[i + 1 :]
        )
    }
    return tuple(
        Link(link.part, link.whole, link.share, "digest")
        if (link.whole in digests) != (link.part in digests)
        else Link(link.part, link.whole, link.share)
        for link in every
    )


# --- families -------------------------------------------------------------------------------------------------------


def find_families(pages: Mapping[str, Page], links: Iterable[Link]) -> tuple[Family, ...]:
    """The families of a set of reports, each report in exactly one, sorted by id."""
    pairs = [(link.part, link.whole) for link in links if link.how == "copy"]
    return tuple(as_family([pages[key] for key in members]) for members in components(sorted(pages), pairs))


def as_family(pages: Sequence[Page]) -> Family:
    """Reports, sorted by id, that are known to be one text."""
    origin = min(pages, key=_claim_to_be_origin)
    claims: dict[date, list[str]] = {}
    for page in pages:
        if page.claimed is not None:
            claims.setdefault(page.claimed, []).append(page.id)
    supported = [page.written for page in pages if page.written is not None]
    supported += [page.claimed for page in pages if page.written is None and page.claimed and not page.contradicted]
    named = sorted({agency_name(page.agency) for page in pages if page.agency})
    source: str | None
    if named:
        source, why = named[0], "credited in " + ", ".join(p.id for p in pages if p.agency)
    elif len(pages) > 1:
        source = origin.publisher
        why = "the earliest day of writing" if origin.written or origin.claimed else "the most complete text"
    else:
        source, why = origin.publisher, "the only report with this text"
    return Family(
        id=pages[0].id,
        members=tuple(page.id for page in pages),
        origin=origin.id,
        source=source,
        why=why,
        claims=tuple((day, tuple(claims[day])) for day in sorted(claims)),
        earliest=min(supported, default=None),
    )


def _claim_to_be_origin(page: Page) -> tuple[bool, bool, date, int, str]:
    """Sorts the likeliest origin first: published by the credited agency, then earliest, then most complete."""
    own = bool(page.agency and page.publisher and agency_name(page.agency) in agency_name(page.publisher))
    day = page.written or (page.claimed if not page.contradicted else None)
    return (not own, not page.agency, day or date.max, -page.words, page.id)


_FURNITURE = re.compile(r"\b(?:news agency|agency|news|press service|the|online)\b|[^\w\s]", re.IGNORECASE)


def agency_name(words: str) -> str:
    """An agency's or publisher's name, made comparable: "The Xinhua News Agency" and "XINHUA" are one."""
    return " ".join(_FURNITURE.sub(" ", words).split()).lower() or words.lower()
