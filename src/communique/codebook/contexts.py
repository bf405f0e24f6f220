"""PLOVER contexts of an event, from the words of its sentence (contexts.toml)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from communique.language.clauses import lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, tuple[str, ...]], dict[tuple[str, str], tuple[str, ...]], frozenset[str]]:
    """Single words and pairs of words, each with the contexts that it shows, and the first words of the pairs."""
    text = (Path(__file__).resolve().parent / "contexts.toml").read_text(encoding="utf-8")
    single: dict[str, list[str]] = {}
    pairs: dict[tuple[str, str], list[str]] = {}
    for context, words in tomllib.loads(text).items():
        for word in words.split():
            parts = word.split("-")
            if len(parts) == 2:
                pairs.setdefault((parts[0], parts[1]), []).append(context)
            elif len(parts) == 1:
                single.setdefault(word, []).append(context)
    kept = {w: tuple(c) for w, c in pairs.items()}
    return {w: tuple(c) for w, c in single.items()}, kept, frozenset(first for first, _ in kept)


def contexts_of(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    """Contexts shown by tokens `[start, end)`, sorted; () where no word shows one."""
    single, pairs, firsts = _words()
    words = [(token.lower_, lemma_of(token)) for token in doc[start:end] if not token.is_punct and not token.is_space]
    forms = {form for both in words for form in both}
    found = {context for form in forms & single.keys() for context in single[form]}
    if firsts.isdisjoint(forms):
        return tuple(sorted(found))
    for first, second in pairwise(words):
        for a in first:
            if a in firsts:
                for b in second:
                    found.update(pairs.get((a, b), ()))
    return tuple(sorted(found))
