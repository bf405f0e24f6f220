"""Copies in a record: new reports are linked with those whose text they share, and families follow from the links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from communique.merging.copies import CONTAINED, POSTINGS, SHARED, Link, agency_name, compare, mark_digests
from communique.merging.fingerprint import Fingerprint, unpack
from communique.merging.groups import components
from communique.store import sql

_LARGEST = (1 << 63) - 1
_TOGETHER = 500  # reports whose copies are looked for at a time


def number_of(report: str) -> int:
    """A report's id as a number that fits a signed 64-bit integer: its first fifteen hexadecimal digits."""
    try:
        return int(report[:15], 16)
    except ValueError:  # an id that somebody else made
        return int.from_bytes(report.encode()[:7].ljust(7, b"\x00"), "big")


def write_shingles(alias: str, prints: Mapping[str, Fingerprint]) -> None:
    """Write the sampled sequences of new reports."""
    sql.insert(alias, "shingle", ("hash", "report"), sorted(_rows(prints)), conflict="ignore")


def drop_shingles(alias: str, reports: Collection[str]) -> None:
    """Take out the sampled sequences of reports."""
    rows = sorted(_rows(read_prints(alias, reports)))
    sql.execute_many(alias, "DELETE FROM shingle WHERE hash = %s AND report = %s", rows)


def _rows(prints: Mapping[str, Fingerprint]) -> Iterator[tuple[int, int]]:
    """The sampled sequences of reports as hash and number."""
    for key, text in prints.items():
        number = number_of(key)
        for value in text.shingles:
            yield (value - (1 << 64) if value >= 1 << 63 else value), number


def find_families(alias: str, prints: Mapping[str, Fingerprint]) -> set[str]:
    """Link new reports with their copies; the reports, new ones included, whose family is another one now.

    The sequences of the new reports must be written already.
    """
    found: dict[str, Fingerprint] = dict(prints)
    near = _sharing(alias, prints)
    found.update(read_prints(alias, {other for pair in near for other in pair} - found.keys()))
    links = [link for a, b in sorted(near) if (link := compare(a, found[a], b, found[b]))]
    if not links:
        return set()
    rows = [(f"{link.part}>{link.whole}", link.part, link.whole, link.share, link.how) for link in links]
    sql.insert(alias, "copy_link", ("id", "part", "whole", "share", "how"), rows, conflict="ignore")
    return regroup(alias, {end for link in links for end in (link.part, link.whole)})


def regroup(alias: str, seeds: Collection[str]) -> set[str]:
    """Find the families of some reports anew from their links; the reports whose family is another one now."""
    links, members = _linked_reports(alias, seeds)
    marked = mark_digests(links, read_prints(alias, members))
    how = {(link.part, link.whole): link.how for link in links}
    changed = [link for link in marked if how[link.part, link.whole] != link.how]
    sql.execute_many(
        alias, "UPDATE copy_link SET how = %s WHERE part = %s AND whole = %s",
        [(link.how, link.part, link.whole) for link in changed],
    )  # fmt: skip
    before = dict(sql.select_in(alias, "SELECT id, family FROM report WHERE id IN {}", members))
    moved = {
        key: ids[0]
        for ids in components(sorted(before), [(link.part, link.whole) for link in marked if link.how == "copy"])
        for key in ids
        if before[key] != ids[0]
    }
    sql.execute_many(
        alias, "UPDATE report SET family = %s WHERE id = %s", [(family, key) for key, family in sorted(moved.items())]
    )
    return set(moved)


def _sharing(alias: str, prints: Mapping[str, Fingerprint]) -> set[tuple[str, str]]:
    """The pairs of reports, sorted, of which one at least is new and which share sequences enough to be copies.

    Sequences that more than `POSTINGS` reports have are stock phrases, or a text that everybody copied. A report of
    which they make less than `CONTAINED` is looked for by its others; else that many of their reports are looked at,
    those with the smallest numbers.
    """
    names: dict[int, list[str]] = {}
    for key in prints:
        names.setdefault(number_of(key), []).append(key)
    found: set[tuple[str, str]] = set()
    ordered = sorted(prints)
    for i in range(0, len(ordered), _TOGETHER):
        for number, other in _containing(alias, {key: prints[key] for key in ordered[i : i + _TOGETHER]}):
            found.update((key, other) if key < other else (other, key) for key in names[number] if key != other)
    return found


def _containing(alias: str, prints: Mapping[str, Fingerprint]) -> Iterator[tuple[int, str]]:
    """The numbers of these reports, each with the id of a report with which it shares enough.

    The holders of a sequence are read once and counted here: a database takes ten times as long to group the pairs.
    """
    hashes: dict[int, set[int]] = {}
    for value, number in _rows(prints):
        hashes.setdefault(number, set()).add(value)
    bounds = _bounds(alias, {value for values in hashes.values() for value in values})
    holders = _holders(alias, bounds)
    shared: dict[int, dict[int, int]] = {}  # report -> other -> sequences that they share, those passed over included
    for number, values in hashes.items():
        common = sum(bounds.get(value, _LARGEST) != _LARGEST for value in values)
        passed = common if common < CONTAINED * len(values) else 0
        counts: Counter[int] = Counter()
        for value in values:
            if value in bounds and not (passed and bounds[value] != _LARGEST):
                counts.update(holders[value])
        counts.pop(number, None)
        least = max(SHARED - passed, SHARED - 1)
        shared[number] = {other: n + passed for other, n in counts.items() if n >= least}
    others = _numbered(alias, {other for found in shared.values() for other in found})
    for number, found in shared.items():
        for other, n in found.items():
            for key, size in others.get(other, ()):
                if n >= CONTAINED * min(len(hashes[number]), size):
                    yield number, key


def _bounds(alias: str, hashes: Collection[int]) -> dict[int, int]:
    """For each sequence that several reports have, the largest number that is looked at. Most stand in one alone."""
    probe = sql.listed(alias, (("hash", "bigint"),))
    at = "(SELECT report FROM shingle s WHERE s.hash = p.hash ORDER BY report LIMIT 1 OFFSET {})"
    statement = f"SELECT p.hash, {at.format(POSTINGS)} FROM {probe} WHERE {at.format(1)} IS NOT NULL"
    rows = sql.select(alias, statement, [sql.as_list([h] for h in sorted(hashes))])
    return {value: _LARGEST if number is None else number - 1 for value, number in rows}


def _holders(alias: str, bounds: Mapping[int, int]) -> dict[int, list[int]]:
    """For each sequence the numbers of the reports that have it, up to its bound."""
    probe = sql.listed(alias, (("hash", "bigint"), ("most", "bigint")))
    statement = (
        f"SELECT s.hash, s.report FROM {probe} CROSS JOIN shingle s WHERE s.hash = p.hash AND s.report <= p.most"
    )
    found: dict[int, list[int]] = {value: [] for value in bounds}
    for value, number in sql.select(alias, statement, [sql.as_list(sorted(bounds.items()))]):
        found[value].append(number)
    return found


def _numbered(alias: str, numbers: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    """For each number the reports that have it (hardly ever two): id and how many sequences it has."""
    probe = sql.listed(alias, (("number", "bigint"),))
    statement = f"SELECT r.number, r.id, r.sequences FROM {probe} CROSS JOIN report r WHERE r.number = p.number"
    found: dict[int, list[tuple[str, int]]] = {}
    for number, key, size in sql.select(alias, statement, [sql.as_list([n] for n in sorted(numbers))]):
        found.setdefault(number, []).append((key, size))
    return found


def read_prints(alias: str, reports: Collection[str]) -> dict[str, Fingerprint]:
    """The fingerprints of reports in the record."""
    rows = sql.select_in(alias, "SELECT id, fingerprint FROM report WHERE id IN {}", reports)
    return {key: unpack(bytes(data)) for key, data in rows}


def _linked_reports(alias: str, seeds: Collection[str]) -> tuple[list[Link], set[str]]:
    """All copy links reached from some reports, and the reports at their ends."""
    members, frontier = set(seeds), set(seeds)
    links: dict[tuple[str, str], Link] = {}
    while frontier:
        fresh: set[str] = set()
        for end in ("part", "whole"):
            statement = f"SELECT part, whole, share, how FROM copy_link WHERE {end} IN {{}}"
            for part, whole, share, how in sql.select_in(alias, statement, frontier):
                links[part, whole] = Link(part, whole, share, how)
                fresh |= {part, whole}
        frontier = fresh - members
        members |= fresh
    return [links[key] for key in sorted(links)], members


def sources(alias: str, families: Iterable[str]) -> dict[str, str]:
    """Family -> the named source that its text goes back to: an agency credited, else the only publisher."""
    found: dict[str, set[str]] = {}
    publishers: dict[str, set[str]] = {}
    statement = "SELECT family, agency, publisher FROM report WHERE family IN {}"
    for family, agency, publisher in sql.select_in(alias, statement, families):
        if agency:
            found.setdefault(family, set()).add(agency_name(agency))
        if publisher:
            publishers.setdefault(family, set()).add(agency_name(publisher))
    single = {family: names for family, names in publishers.items() if len(names) == 1}
    return {family: min(names) for family, names in {**single, **found}.items()}
