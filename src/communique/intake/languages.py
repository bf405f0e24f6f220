"""Which language a text is in. English is told by its small words; the rest is asked of py3langid."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the of to in and a that for on with is was by as at from his he said it its has have had be been are were not"
    " this which will would an who their they but or".split()
)
_ENOUGH = 0.2  # share of English small words; in other languages of Latin script it stays under a tenth
_SAMPLE = 4_000  # characters that are looked at
_SURELY_NOT = 0.1  # share of English small words above which a text in Latin letters may be English
_SURE = 20  # words (or letters of another script) from which on a text is judged to be foreign
_FEWEST = 4  # words; fewer are not judged
_LANGUAGES = (
    "en fr de es pt it nl sv no da fi pl cs sk sl hr sr bs hu ro bg mk sq el tr az kk ky uz ru uk be lt lv et ar"
    " fa ps ur he hi bn ta te ne si th vi id ms tl ja zh ko mn ka hy sw am af"
).split()


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language of `text`; None when there are too few words to say."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if len(words) < _FEWEST and not any(ord(char) > 0x2FF for char in sample):
        return None
    english = sum(word in _ENGLISH for word in words)
    if words and english >= _ENOUGH * len(words):
        return "en"
    if not words:
        return None
    return _ask(sample)


def foreign_language(text: str) -> str | None:
    """The language of a text that is surely not English; None for English, for few words, and in doubt."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    latin = sum(len(word) for word in words if word.isascii())
    if 2 * latin >= sum(map(len, words)):
        if len(words) < _SURE or sum(word in _ENGLISH for word in words) > _SURELY_NOT * len(words):
            return None
    elif sum(map(len, words)) < _SURE:
        return None
    code = _ask(sample)
    return code if code != "en" else None


def _ask(sample: str) -> str:
    code, _ = _identifier().classify(sample)
    return str(code)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = [code for code in _LANGUAGES if code in set(identifier.nb_classes)]
    identifier.set_languages(known)
    return identifier
