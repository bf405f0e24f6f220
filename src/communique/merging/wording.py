"""Which mentions of happenings of any kind are one, judged by their words and by the story that their report tells.

For happenings outside the codebook, of which nothing is known but a word and a report. Within one story, mentions
with one root are one happening; across stories none are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from communique.merging.words import stem
from communique.tables import rows

_ENDINGS = ("ation", "ition", "ment", "ance", "ence", "ion", "er", "or", "al", "ee", "at", "e", "y")


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {row["word"]: row["happening"] for row in rows("happening_words")}


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """What a word is compared by: without the endings that verbs and their nouns do not share."""
    word = word.lower().strip("#®'\t ").replace("'s", "")
    found = stem(_known().get(word, word))
    for ending in _ENDINGS:
        if found.endswith(ending) and len(found) - len(ending) >= 4:
            found = found[: -len(ending)]
            break
    return found[:-1] if len(found) > 4 and found[-1] == found[-2] else found


def same_wording(mentions: Sequence[tuple[str, str, str]], stories: Mapping[str, str]) -> dict[str, str]:
    """Mention id -> happening. `mentions` are (id, report, head word); `stories` is report -> story."""
    return {key: f"{stories.get(report, report)}/{root(head)}" for key, report, head in mentions}
