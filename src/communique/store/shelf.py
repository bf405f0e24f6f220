"""The mentions of a record, as merging looks them up: each look-up reads a bounded part of an index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from django.db import connections

from communique.merging.compatible import keys, reach, word_keys
from communique.merging.events import Happening
from communique.merging.mentions import Mention
from communique.store import models

SIZES = (16, 80, 400)  # days: classes of a reach's length
UNBOUNDED, BY_WORD = 3, 4
CHUNK = 500


def pieces(values: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    """The values, sorted, in lists short enough for one statement."""
    ordered = sorted(values)
    for i in range(0, len(ordered), size):
        yield ordered[i : i + size]


def size_of(bounds: tuple[int, int] | None) -> int:
    """The class of a reach's length."""
    if bounds is None:
        return UNBOUNDED
    return next((n for n, most in enumerate(SIZES) if bounds[1] - bounds[0] <= most), UNBOUNDED)


def key_rows(mention: Mention) -> list[models.MentionKey]:
    """The rows by which a mention is found."""
    bounds = reach(mention)
    first, last = bounds or (None, None)
    rows = [
        models.MentionKey(mention_id=mention.id, key=key[:200], first=first, last=last, size=size_of(bounds))
        for key in keys(mention)
    ]
    return rows + [models.MentionKey(mention_id=mention.id, key=k[:200], size=BY_WORD) for k in word_keys(mention)]


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
        self._near: dict[str, set[str]] = {}  # mention -> those with a key and days in common

    def get(self, ids: Collection[str]) -> Mapping[str, Mention]:
        missing = [key for key in ids if key not in self._read]
        for part in pieces(missing):
            rows = models.Mention.objects.using(self._alias).filter(id__in=part)
            for key, said, family in rows.values_list("id", "said", "report__family"):
                self._read[key] = replace(msgspec.convert(said, Mention), origin=family)
        return {key: self._read[key] for key in ids if key in self._read}

    def neighbours(self, mentions: Collection[Mention]) -> Iterable[Mention]:
        fresh = {m.id: m for m in mentions if m.id not in self._near}
        with connections[self._alias].cursor() as cursor:
            for key, mention in fresh.items():
                near = self._near[key] = set()
                for statement, values in _look_ups(mention):
                    cursor.execute(statement, values)
                    near.update(row[0] for row in cursor.fetchall())
        copied: dict[tuple[str, str], set[str]] = {}
        for part in pieces({m.sentence for m in fresh.values() if m.sentence}):
            rows = models.Mention.objects.using(self._alias).filter(sentence__in=part)
            for key, sentence, family in rows.values_list("id", "sentence", "report__family"):
                copied.setdefault((sentence, family), set()).add(key)
        for key, mention in fresh.items():
            self._near[key] |= copied.get((mention.sentence or "", mention.origin), set())
        found = set().union(*(self._near[m.id] for m in mentions))
        return list(self.get(found).values())

    def events_of(self, ids: Collection[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for part in pieces(ids):
            rows = models.Mention.objects.using(self._alias).filter(id__in=part, event__isnull=False)
            found.update(rows.values_list("id", "event"))
        return found

    def happenings(self, events: Collection[str]) -> Mapping[str, Happening]:
        members: dict[str, list[str]] = {}
        vague: dict[str, list[str]] = {}
        candidates: dict[str, tuple[str, ...]] = {}
        for part in pieces(events):
            rows = models.Mention.objects.using(self._alias).filter(event__in=part)
            for key, event, is_vague in rows.values_list("id", "event", "vague"):
                members.setdefault(event, []).append(key)
                if is_vague:
                    vague.setdefault(event, []).append(key)
            accounts = models.Event.objects.using(self._alias).filter(id__in=part).values_list("id", "account")
            candidates.update((key, tuple(account["candidates"])) for key, account in accounts)
        return {
            key: Happening(key, tuple(sorted(ids)), tuple(sorted(vague.get(key, ()))), candidates.get(key, ()))
            for key, ids in members.items()
        }


def _look_ups(mention: Mention) -> Iterator[tuple[str, Sequence[object]]]:
    """The statements that find the mentions with a common key and days in reach, and those with a common word."""
    bounds = reach(mention)
    for key in keys(mention):
        if bounds is None:
            yield "SELECT mention FROM mention_key WHERE key = %s AND size < %s", (key[:200], BY_WORD)
            continue
        low, high = bounds
        for size, most in enumerate(SIZES):
            yield (
                "SELECT mention FROM mention_key WHERE key = %s AND size = %s"
                " AND first BETWEEN %s AND %s AND last >= %s",
                (key[:200], size, low - most, high, low),
            )
        yield (
            "SELECT mention FROM mention_key WHERE key = %s AND size = %s"
            " AND (first IS NULL OR (first <= %s AND last >= %s))",
            (key[:200], UNBOUNDED, high, low),
        )
    for key in word_keys(mention):
        yield "SELECT mention FROM mention_key WHERE key = %s AND size = %s", (key[:200], BY_WORD)
