"""What is kept of a text to find its copies: sampled four-word sequences, and the names and numbers round them.

A fingerprint is a few hundred bytes, holds no words, and is a function of the text alone; so copies can be found in a
record that was kept without texts, and two people who hold the same report get the same fingerprint.
"""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SHINGLE = 4  # words in a sequence
SAMPLE = 4  # one hash in four is kept

_WORD = re.compile(r"[^\W_]+(?:['’][a-z]{1,2}\b)?")
_SENTENCE = re.compile(r"(?<=[.!?:;])[\"'”’)\]]*\s*(?=[\"'“‘(\[]?[A-Z0-9])|\n+")
_BROKEN = re.compile(r"[ÂÃâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ¢£¤¥¦§¨©]|&#?\w{2,8};")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence: its sampled sequences, and hashes of the names and numbers in it."""

    shingles: frozenset[int]
    marks: frozenset[int]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of one report's text.

    `shingles` are 64-bit hashes of four-word sequences, one in four of all; `lines` are hashes of its short lines
    (headings, titles); `title` is the hash of its title; `text` is the hash of all its words in order; `words` counts
    them.
    """

    shingles: frozenset[int]
    passages: tuple[Passage, ...]
    lines: frozenset[int]
    title: int | None
    text: int
    words: int

    def pack(self) -> bytes:
        """The fingerprint as bytes, the same for equal fingerprints."""
        head = struct.pack("<BQQIII", self.title is not None, self.title or 0, self.text, self.words,
                           len(self.lines), len(self.passages))  # fmt: skip
        parts = [head, _numbers(self.lines)]
        for passage in self.passages:
            parts.append(struct.pack("<HH", len(passage.shingles), len(passage.marks)))
            parts.append(_numbers(passage.shingles))
            parts.append(_numbers(passage.marks))
        return b"".join(parts)


def unpack(data: bytes) -> Fingerprint:
    """The fingerprint that `Fingerprint.pack` made into bytes."""
    has_title, title, text, words, n_lines, n_passages = struct.unpack_from("<BQQIII", data, 0)
    at = struct.calcsize("<BQQIII")

    def take(count: int) -> frozenset[int]:
        nonlocal at
        values = struct.unpack_from(f"<{count}Q", data, at)
        at += 8 * count
        return frozenset(values)

    lines = take(n_lines)
    passages = []
    for _ in range(n_passages):
        n_shingles, n_marks = struct.unpack_from("<HH", data, at)
        at += 4
        passages.append(Passage(take(n_shingles), take(n_marks)))
    shingles = frozenset().union(*(p.shingles for p in passages)) if passages else frozenset()
    return Fingerprint(shingles, tuple(passages), lines, title if has_title else None, text, words)


def fingerprint(text: str, title: str | None = None) -> Fingerprint:
    """The fingerprint of a report's text. The title counts as its first line."""
    from xxhash import xxh64_intdigest

    body = repaired(text)
    head = repaired(title).strip() if title else ""
    if head and not body.lstrip().startswith(head):
        body = f"{head}\n{body}"
    passages: list[Passage] = []
    lines: set[int] = set()
    tail: list[str] = []  # the last words of the sentence before: sequences run over its end
    every: list[str] = []
    for sentence in _SENTENCE.split(body):
        forms = _WORD.findall(sentence)
        if not forms:
            continue
        words = [form.lower().replace("’", "'") for form in forms]
        every.extend(words)
        if len(words) <= 20:
            lines.add(xxh64_intdigest(" ".join(words).encode()))
        shingles = frozenset(h for h in _shingles(tail + words) if h % SAMPLE == 0)
        marks = frozenset(xxh64_intdigest(word.encode()) for word in _marks(forms, words))
        passages.append(Passage(shingles, marks))
        tail = (tail + words)[-(SHINGLE - 1) :]
    shingles = frozenset().union(*(p.shingles for p in passages)) if passages else frozenset()
    titled = [word.lower().replace("’", "'") for word in _WORD.findall(head)]
    return Fingerprint(
        shingles=shingles,
        passages=tuple(passages),
        lines=frozenset(lines),
        title=xxh64_intdigest(" ".join(titled).encode()) if titled else None,
        text=xxh64_intdigest(" ".join(every).encode()),
        words=len(every),
    )


def repaired(text: str) -> str:
    """The text with entities and wrongly decoded characters put right, where there are any."""
    if not _BROKEN.search(text):
        return text
    import ftfy

    return ftfy.fix_text(html.unescape(text))


def _shingles(words: list[str]) -> Iterator[int]:
    from xxhash import xxh64_intdigest

    for i in range(len(words) - SHINGLE + 1):
        yield xxh64_intdigest(" ".join(words[i : i + SHINGLE]).encode())


def _marks(forms: list[str], words: list[str]) -> Iterator[str]:
    """Names, days of the week and months (all capitalised inside the sentence), and numbers."""
    for i, (form, word) in enumerate(zip(forms, words, strict=True)):
        if form[0].isdecimal() or (i > 0 and form[0].isupper()):
            yield word.removesuffix("'s")


def _numbers(values: Iterable[int]) -> bytes:
    ordered = sorted(values)
    return struct.pack(f"<{len(ordered)}Q", *ordered)
