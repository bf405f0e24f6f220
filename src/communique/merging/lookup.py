"""Which mentions have to be compared with which: those with a blocking key in common and days within reach."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache

from communique.merging.kinds import ONCE, family_of
from communique.merging.mentions import Mention, Party, window
from communique.merging.names import content, country_names, plain


def keys(mention: Mention) -> tuple[str, ...]:
    """Blocking keys, sorted: family and country, or the name of a participant that has no country.

    Two compatible mentions share a key. Within a key only those need to be compared whose `reach` overlaps, or which
    share a word key.
    """
    return _keys(family_of(mention.kind).name, mention.parties)


@lru_cache(maxsize=65536)
def _keys(family: str, parties: tuple[Party, ...]) -> tuple[str, ...]:
    who = sorted({p.country or "~" + plain(p.name) for p in parties}) or ["~"]
    return tuple(f"{family}|{key}" for key in who)


def word_keys(mention: Mention) -> tuple[str, ...]:
    """Blocking keys by the telling words of the instrument's name: what shares its name may differ in its days."""
    if not mention.instrument or not (family_of(mention.kind).name in ONCE or mention.start is None):
        return ()
    words = sorted(content(mention.instrument) - country_names())
    return tuple(f"{key}#{word}" for key in keys(mention) for word in words)


def reach(mention: Mention) -> tuple[int, int] | None:
    """The days (as ordinals) within which a compatible mention's days begin or end; None when nothing bounds them."""
    bounds = window(mention)
    return (bounds[0].toordinal() - 1, bounds[1].toordinal() + 1) if bounds else None


class Index:
    """Mentions in memory, found by key and days."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._days: dict[str, list[tuple[int, int, str]]] = {}  # first day, last day, id
        self._open: dict[str, list[str]] = {}  # mentions that nothing bounds
        self._words: dict[str, list[str]] = {}
        self._longest: dict[str, int] = {}
        for mention in mentions:
            self._add(mention)
        for entries in self._days.values():
            entries.sort()

    def _add(self, mention: Mention) -> None:
        bounds = reach(mention)
        for key in keys(mention):
            if bounds is None:
                self._open.setdefault(key, []).append(mention.id)
            else:
                self._days.setdefault(key, []).append((*bounds, mention.id))
                self._longest[key] = max(self._longest.get(key, 0), bounds[1] - bounds[0])
        for key in word_keys(mention):
            self._words.setdefault(key, []).append(mention.id)

    def near(self, mention: Mention) -> list[str]:
        """The ids of the mentions that can be compatible with this one, sorted, itself left out."""
        found: set[str] = set()
        bounds = reach(mention)
        for key in keys(mention):
            found.update(self._open.get(key, ()))
            entries = self._days.get(key, [])
            if bounds is None:
                found.update(entry[2] for entry in entries)
                continue
            low = bisect_left(entries, (bounds[0] - self._longest.get(key, 0), -1, ""))
            high = bisect_right(entries, (bounds[1], 1 << 40, ""))
            found.update(entry[2] for entry in entries[low:high] if entry[1] >= bounds[0])
        for key in word_keys(mention):
            found.update(self._words.get(key, ()))
        found.discard(mention.id)
        return sorted(found)
