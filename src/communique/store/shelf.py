"""The mentions of a record, as merging looks them up: each look-up reads a bounded part of an index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from communique.merging.events import Happening
from communique.merging.incremental import Which
from communique.merging.lookup import keys, reach, word_keys
from communique.merging.mentions import SHARP, Mention
from communique.store import sql

SIZES = (SHARP + 1, 80, 400)  # days: classes of a reach's length; the first is that of sharp days
UNBOUNDED, BY_WORD = 3, 4
KEY = 200  # characters kept of a key

_Profile = tuple[tuple[str, ...], tuple[int, int] | None, tuple[str, ...], Which]
decode = msgspec.json.Decoder(Mention).decode


def size_of(bounds: tuple[int, int] | None) -> int:
    """The class of a reach's length."""
    if bounds is None:
        return UNBOUNDED
    return next((n for n, most in enumerate(SIZES) if bounds[1] - bounds[0] <= most), UNBOUNDED)


def key_rows(mention: Mention) -> Iterator[tuple[str, str, int | None, int | None, int]]:
    """The rows by which a mention is found: mention, key, first day, last day, size."""
    bounds = reach(mention)
    first, last = bounds or (None, None)
    size = size_of(bounds)
    for key in keys(mention):
        yield mention.id, key[:KEY], first, last, size
    for key in word_keys(mention):
        yield mention.id, key[:KEY], None, None, BY_WORD


def saved(mention: Mention) -> dict[str, Any]:
    """A mention as JSON; its origin is left out, because a later copy can change it."""
    data: dict[str, Any] = msgspec.to_builtins(replace(mention, origin=""))
    data["words"] = sorted(data["words"])
    return data


class SqlShelf:
    """`communique.merging.incremental.Shelf` on a database. Remembers what it read: make a new one for every change."""

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self._read: dict[str, Mention] = {}
        self._event: dict[str, str | None] = {}
        self._near: dict[_Profile, set[str]] = {}  # the mentions with a key and days in common
        self._copies: dict[tuple[str, str], set[str]] = {}  # by sentence and family

    def get(self, ids: Collection[str]) -> Mapping[str, Mention]:
        statement = (
            "SELECT m.id, m.event, r.family, CAST(m.said AS text) FROM mention m JOIN report r ON r.id = m.report"
            " WHERE m.id IN {}"
        )
        missing = [key for key in ids if key not in self._read]
        if missing:
            for key, event, family, said in sql.select_in(self._alias, statement, missing):
                self._read[key] = replace(decode(said), origin=family)
                self._event[key] = event
        return {key: self._read[key] for key in ids if key in self._read}

    def neighbours(self, mentions: Collection[Mention], which: Which = "all") -> Iterable[Mention]:
        wanted = {(keys(m), reach(m), word_keys(m), which) for m in mentions}
        self._look_up([profile for profile in wanted if profile not in self._near])
        found: set[str] = set()
        for profile in wanted:
            found |= self._near[profile]
        if which == "all":
            found |= self._copied(mentions)
        return list(self.get(found).values())

    def twins(self, mentions: Collection[Mention]) -> Iterable[Mention]:
        return list(self.get(self._copied(mentions)).values())

    def events_of(self, ids: Collection[str]) -> Mapping[str, str]:
        self.get(ids)
        held = ((key, self._event.get(key)) for key in ids)
        return {key: event for key, event in held if event is not None}

    def happenings(self, events: Collection[str]) -> Mapping[str, Happening]:
        members: dict[str, list[str]] = {}
        vague: dict[str, list[str]] = {}
        statement = "SELECT id, event, vague FROM mention WHERE event IN {}"
        for key, event, is_vague in sql.select_in(self._alias, statement, events):
            members.setdefault(event, []).append(key)
            if is_vague:
                vague.setdefault(event, []).append(key)
        doubts = dict(sql.select_in(self._alias, "SELECT id, candidates FROM event WHERE id IN {}", members))
        return {
            key: Happening(
                key, tuple(sorted(ids)), tuple(sorted(vague.get(key, ()))), tuple(doubts.get(key, "").split())
            )
            for key, ids in members.items()
        }

    def _copied(self, mentions: Collection[Mention]) -> set[str]:
        """The mentions whose sentences are those of these, in the same families of copies."""
        wanted = {(m.sentence, m.origin) for m in mentions if m.sentence}
        missing = {pair for pair in wanted if pair not in self._copies}
        if missing:
            self._copies.update((pair, set()) for pair in missing)
            statement = (
                "SELECT m.sentence, r.family, m.id FROM mention m JOIN report r ON r.id = m.report"
                " WHERE m.sentence IN {}"
            )
            for sentence, family, key in sql.select_in(self._alias, statement, {pair[0] for pair in missing}):
                self._copies.setdefault((sentence, family), set()).add(key)
        return set().union(*(self._copies[pair] for pair in wanted)) if wanted else set()

    def _look_up(self, profiles: Collection[_Profile]) -> None:
        """Find the mentions with a common key and days in reach, and those with a common word."""
        by_kind: dict[Which, list[_Profile]] = {}
        for profile in profiles:
            self._near[profile] = set()
            by_kind.setdefault(profile[3], []).append(profile)
        for which, listed in by_kind.items():
            for statement, rows in self._statements(listed, which):
                for n, mention in sql.select(self._alias, statement, [sql.as_list(rows)]) if rows else ():
                    self._near[listed[n]].add(mention)

    def _statements(self, profiles: Sequence[_Profile], which: Which) -> Iterator[tuple[str, list[Any]]]:
        """Statements with their parameters. Mentions with sharp days are those of the first size, and only they."""
        spans = [
            (n, key[:KEY], *bounds)
            for n, (names, bounds, _, _) in enumerate(profiles) if bounds is not None for key in names
        ]  # fmt: skip
        open_ = [(n, key[:KEY]) for n, (names, bounds, _, _) in enumerate(profiles) if bounds is None for key in names]
        words = [(n, key[:KEY]) for n, (_, _, by_word, _) in enumerate(profiles) for key in by_word]
        first, last = {"all": (0, UNBOUNDED), "sharp": (0, 0), "vague": (1, UNBOUNDED)}[which]
        pair = sql.listed(self._alias, (("n", "bigint"), ("key", "text")))
        four = sql.listed(self._alias, (("n", "bigint"), ("key", "text"), ("low", "bigint"), ("high", "bigint")))
        head = "SELECT p.n, k.mention FROM {} CROSS JOIN mention_key k WHERE k.key = p.key AND k.size {}"
        for size in range(first, min(last, UNBOUNDED - 1) + 1):
            bounded = f" AND k.first BETWEEN p.low - {SIZES[size]} AND p.high AND k.last >= p.low"
            yield head.format(four, f"= {size}") + bounded, spans
        if last == UNBOUNDED:
            unbounded = " AND (k.first IS NULL OR (k.first <= p.high AND k.last >= p.low))"
            yield head.format(four, f"= {UNBOUNDED}") + unbounded, spans
        yield head.format(pair, f"BETWEEN {first} AND {last}"), open_
        yield head.format(pair, f"= {BY_WORD}"), words
