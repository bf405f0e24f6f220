"""Parts of speech, morphology and lemmas by memory: the rules of the model are asked once for each word and use.

The attribute ruler and the rule lemmatizer of an English model decide by a token's form, tag and dependency label, and
take a third of the parser's time to decide the same again and again. `WordMemo` keeps their answers. Its answers are
theirs: what it has not seen it asks them, and where one of their few rules about two words side by side applies, it
lets them read the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ("attribute_ruler", "lemmatizer")
_KEY: list[int | str] = ["ORTH", "TAG", "DEP"]
_SET: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP"]  # what the components set
_MOST = 400_000  # entries, some 100 MB; then it is begun anew
_LEXICAL = {
    "ORTH",
    "TEXT",
    "LOWER",
    "NORM",
    "SHAPE",
    "PREFIX",
    "SUFFIX",
    "IS_SPACE",
    "IS_PUNCT",
    "IS_ALPHA",
    "LIKE_NUM",
}

Key = tuple[int, int, int]  # form, tag and dependency label, as numbers of the string store
_Test = Callable[[str, str, str], bool]


class WordMemo:
    """The answers of a model's attribute ruler and lemmatizer. `usable`: whether theirs can be remembered at all."""

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        self._known: dict[Key, tuple[int, ...]] = {}
        self._pairs: list[tuple[_Test, _Test]] = []
        self._begins: set[Key] = set()  # of those seen, the words that can be the first of a pair
        self.usable = _in_order(nlp) and self._read_rules(getattr(nlp.get_pipe(COMPONENTS[0]), "patterns", ()))
        self._components = [nlp.get_pipe(name) for name in COMPONENTS] if self.usable else []

    def fill(self, doc: Doc) -> None:
        """Set in `doc`, which is tagged and parsed, what the components would set."""
        keys: list[Key] = [(form, tag, dep) for form, tag, dep in _rows(doc, _KEY)]
        known = self._known
        unknown = [key for key in dict.fromkeys(keys) if key not in known]
        if unknown:
            self._learn(unknown)
        if not self._begins.isdisjoint(keys) and self._has_pair(keys):
            self._ask(doc)
        elif keys:
            _set(doc, _SET, [known[key] for key in keys])

    def _ask(self, doc: Doc) -> None:
        for component in self._components:
            component(doc)

    def _learn(self, keys: list[Key]) -> None:
        """Ask the components about words that were not seen yet, each by itself: a comma parts them."""
        from spacy.tokens import Doc

        if len(self._known) + len(keys) > _MOST:
            self._known.clear()
            self._begins.clear()
        strings = self._vocab.strings
        comma = (strings.add(","), strings.add(","), strings.add("punct"))
        rows = [row for key in keys for row in (key, comma)]
        doc = Doc(self._vocab, words=[strings[form] for form, _, _ in rows], spaces=[False] * len(rows))
        _set(doc, ["TAG", "DEP"], [row[1:] for row in rows])
        self._ask(doc)
        self._known.update(zip(keys, map(tuple, _rows(doc, _SET)[::2]), strict=True))
        self._begins.update(key for key in keys if any(first(*self._names(key)) for first, _ in self._pairs))

    # --- rules about two words ---------------------------------------------------------------------------------------

    def _read_rules(self, rules: Sequence[dict[str, Any]]) -> bool:
        """Whether every rule is about one word, or about two side by side, by what a key says; the pairs are kept."""
        for rule in rules:
            for pattern in rule["patterns"]:
                if any(not _by_key(token) for token in pattern) or len(pattern) > 2:
                    return False
                if len(pattern) == 2:
                    self._pairs.append((_test(pattern[0]), _test(pattern[1])))
        return True

    def _has_pair(self, keys: list[Key]) -> bool:
        """Whether a rule about two words applies in the text of these tokens."""
        return any(
            first(*self._names(left)) and second(*self._names(right))
            for left, right in pairwise(keys)
            if left in self._begins
            for first, second in self._pairs
        )

    def _names(self, key: Key) -> tuple[str, str, str]:
        form, tag, dep = (self._vocab.strings[number] for number in key)
        return form, tag, dep


def _rows(doc: Doc, attributes: list[int | str]) -> list[list[int]]:
    found: list[list[int]] = doc.to_array(attributes).reshape(-1, len(attributes)).tolist()  # type: ignore[assignment]
    return found


def _set(doc: Doc, attributes: list[int | str], rows: Sequence[Sequence[int]]) -> None:
    import numpy

    doc.from_array(attributes, numpy.array(rows, dtype="uint64"))  # type: ignore[arg-type]


def _in_order(nlp: Language) -> bool:
    """Tagger and parser before spaCy's own attribute ruler and rule lemmatizer."""
    names = nlp.pipe_names
    if not {"tagger", "parser", *COMPONENTS} <= set(names):
        return False
    ruler, lemmatizer = (nlp.get_pipe(name) for name in COMPONENTS)
    rules = getattr(lemmatizer, "mode", "") == "rule"
    ours = all(type(component).__module__.startswith("spacy.") for component in (ruler, lemmatizer))
    first = max(names.index("tagger"), names.index("parser"))
    return ours and first < names.index(COMPONENTS[0]) < names.index(COMPONENTS[1]) and rules


def _by_key(token: Mapping[str, Any]) -> bool:
    return set(token) <= _LEXICAL | {"TAG", "DEP"}


def _test(token: Mapping[str, Any]) -> _Test:
    """A test of (form, tag, dependency label) for one token of a pattern of two; one that it cannot judge holds."""
    tests = [(name, _value_test(value)) for name, value in token.items() if name in ("LOWER", "ORTH", "TAG", "DEP")]

    def holds(form: str, tag: str, dep: str) -> bool:
        words = {"LOWER": form.lower(), "ORTH": form, "TAG": tag, "DEP": dep}
        return all(test(words[name]) for name, test in tests)

    return holds


def _value_test(value: Any) -> Callable[[str], bool]:
    if isinstance(value, str):
        return lambda word: word == value
    if isinstance(value, Mapping) and "IN" in value:
        allowed = frozenset(value["IN"])
        return lambda word: word in allowed
    if isinstance(value, Mapping) and "REGEX" in value:
        pattern = re.compile(value["REGEX"])
        return lambda word: pattern.search(word) is not None
    return lambda word: True
