"""The words of a text as the grammar of time expressions sees them: small lexemes, numbers, words that point."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from communique.dates.expressions import Form
from communique.dates.grammar import lexicon as words

_LEXEME = re.compile(r"\n|\d{1,3}(?:,\d{3})+(?!\d)|\d+|[^\W\d_]+|['’‘`]s\b|[^\w\s]")
DASHES: Final = frozenset("-–—‑−")

Result = tuple[int, Form]


class Lexeme(NamedTuple):
    low: str
    text: str
    start: int
    end: int


def lexemes(text: str) -> list[Lexeme]:
    """`text` in words, numbers and marks; line breaks are lexemes of their own, other white space is dropped."""
    return [Lexeme((word := m.group()).lower(), word, *m.span()) for m in _LEXEME.finditer(text)]


_NOTHING: Final = Lexeme("", "", -1, -1)
_BEHIND: Final = 8  # empty words after the last, so that rules may look ahead, and one word back from the first


class Cursor:
    """A text in lexemes. Every rule takes the index of its first lexeme and gives the index after its last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lex = lexemes(text)
        self._n = len(self.lex)
        self._lows = [*(lexeme.low for lexeme in self.lex), *[""] * _BEHIND]
        self._known = len(self._lows)

    def low(self, i: int) -> str:
        """The lexeme in lower case; "" outside the text. `i` is at least -1."""
        return self._lows[i] if i < self._known else ""

    def one(self, i: int) -> Lexeme:
        return self.lex[i] if 0 <= i < self._n else _NOTHING

    def glued(self, i: int) -> bool:
        """Lexeme `i` follows the one before it without a space."""
        return 0 < i < self._n and self.lex[i - 1].end == self.lex[i].start

    def index_after(self, i: int, end: int) -> int:
        """The first lexeme from `i` on that starts at character `end` or later."""
        while i < self._n and self.lex[i].start < end:
            i += 1
        return i

    def words_at(self, i: int, *expected: str) -> int | None:
        for k, word in enumerate(expected):
            if self.low(i + k) != word:
                return None
        return i + len(expected)

    def skip(self, i: int, *optional: str) -> int:
        return i + 1 if self.low(i) in optional else i

    def capital(self, i: int) -> bool:
        return self.one(i).text[:1].isupper()

    def cardinal(self, i: int) -> tuple[int, float | None] | None:
        """A count: "five", "20", "a", "twenty-five", "2.5", "several" (None: not known)."""
        low = self.low(i)
        if low.isdecimal() or ("," in low and low.replace(",", "").isdecimal()):
            number = float(low.replace(",", ""))
            j = i + 1
            if self.low(j) == "." and self.glued(j) and self.low(j + 1).isdecimal() and self.glued(j + 1):
                return j + 2, float(f"{low.replace(',', '')}.{self.low(j + 1)}")
            return (j, number) if number < 100000 else None
        if low in ("a", "an", "the") and self.low(i + 1) in ("few", "couple", "dozen", "hundred", "half"):
            if self.low(i + 1) == "half":
                return None
            j = self.skip(i + 2, "of")
            return j, {"couple": 2.0, "dozen": 12.0, "hundred": 100.0}.get(self.low(i + 1))
        if low in ("couple",):
            return self.skip(i + 1, "of"), 2.0
        if low in ("a", "an"):
            return i + 1, 1.0
        if low in words.UNKNOWN_NUMBERS:
            return i + 1, None
        if low in words.NUMBERS:
            number = float(words.NUMBERS[low])
            j = i + 1
            if 20 <= number < 100:
                k = j + 1 if self.low(j) in DASHES else j
                extra = words.NUMBERS.get(self.low(k), 0)
                if 0 < extra < 10:
                    return k + 1, number + extra
            if self.low(j) in ("hundred", "thousand") and number < 100:
                number *= words.NUMBERS[self.low(j)]
                j += 1
            return j, number
        return None

    def amount(self, i: int) -> tuple[int, float | None] | None:
        """A count with "and a half" and an approximation before it."""
        j = i
        if (
            (self.low(j) in ("more", "less", "fewer") and self.low(j + 1) == "than")
            or (self.low(j) == "at" and self.low(j + 1) in ("least", "most"))
            or (self.low(j) == "up" and self.low(j + 1) == "to")
        ):
            j += 2
        elif self.low(j) in words.APPROXIMATE:
            j += 1
        if self.low(j) == "half" and self.low(j + 1) in ("a", "an"):
            return j + 2, 0.5
        if self.low(j) in ("a", "an") and self.low(j + 1) == "half":
            return (j + 3 if self.low(j + 2) in DASHES else j + 2), 0.5
        found = self.cardinal(j)
        if found is None:
            return None
        j, number = found
        if number is not None and self.words_at(j, "and", "a", "half"):
            return j + 3, number + 0.5
        if self.low(j) in ("or", "to") or self.low(j) in DASHES:  # "two or three years": the larger
            second = self.cardinal(j + 1)
            if second and second[1] is not None and number is not None and second[1] > number:
                after = second[0] + (self.low(second[0]) in DASHES)
                if self.low(after) in words.UNITS:
                    return second[0], None
        return j, number

    def ordinal(self, i: int) -> tuple[int, int] | None:
        low = self.low(i)
        if low in words.ORDINALS:
            return i + 1, words.ORDINALS[low]
        if low.isdecimal() and self.low(i + 1) in ("st", "nd", "rd", "th") and len(low) < 4:
            return i + 2, int(low)
        if low in ("twenty", "thirty"):
            k = i + 2 if self.low(i + 1) in DASHES else i + 1
            extra = words.ORDINALS.get(self.low(k), 0)
            if 0 < extra < 10:
                return k + 1, words.NUMBERS[low] + extra
        return None

    def pointer(self, i: int) -> tuple[int, int, str] | None:
        """ "last", "this", "the following", "that", ...: (next, shift, word)."""
        j = self.skip(i, "the", "its", "their")
        low = self.low(j)
        if low == "that" and j == i:
            return (j + 2 if self.low(j + 1) == "same" else j + 1), 0, "that"
        if low == "this" and self.low(j + 1) in ("past", "coming", "same"):
            return j + 2, {"past": -1, "coming": 1, "same": 0}[self.low(j + 1)], self.low(j + 1)
        if low in words.POINTERS:
            if low == "same" and j == i:
                return None
            return j + 1, words.POINTERS[low], low
        return None

    def phrase_ends(self, i: int) -> bool:
        """Nothing that could still belong to a phrase of time stands at `i`."""
        return self.low(i) in (
            "", ",", ".", ";", ":", ")", "\n", "and", "in", "at", "with", "but", "when", "as", "'", '"', "”", "’",
        )  # fmt: skip

    def names(self, i: int) -> bool:
        """A noun follows: "the past few", "the present government" - the word before is an adjective."""
        word = self.one(i)
        return word.text.isalpha() and word.low not in (
            "and", "or", "of", "but", "in", "as", "the", "is", "was", "will", "are", "to", "with", "for", "that",
            "when",
            "has", "have", "had", "could", "may", "would", "were", "on", "at", "by", "he", "she", "it", "they", "we",
        )  # fmt: skip

    def is_clock(self, i: int) -> bool:
        return self.low(i).isdecimal() and self.low(i + 1) == ":" and self.glued(i + 1) and self.low(i + 2).isdecimal()

    def plain_after(self, i: int) -> bool:
        """What follows a bare number ends the phrase, so the number counts nothing."""
        following = self.one(i)
        return following.low in ("", ",", ".", ";", ")", "\n", "in", "at", "with", "of", "for", "to", "and", "-", "–")
