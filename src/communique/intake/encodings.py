"""Bytes to text: byte-order mark, declared encoding, UTF-8, then what charset-normalizer makes of a sample."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{3,40})""", re.IGNORECASE)
_HEAD = 4_096  # bytes in which a page declares its encoding
_SAMPLE = 60_000  # bytes shown to charset-normalizer
# Browsers read these names as Windows-1252, and pages that carry them mean it.
_WESTERN = frozenset("ÀÂÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜàáâäåæçèéêëìíîïñòóôöøùúûüßŒœŸÿ’‘“”–—…€£§©®°·«»\xa0•ªº¿¡½")
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"})


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str | None]:
    """The text of `data` and, where it had to be guessed or mended, a note in words. Never raises.

    `declared`: an encoding named by the transport (HTTP, mail). A name in the data's own head comes next.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), None
    head = _DECLARED.search(data[:_HEAD]) if b"<" in data[:_HEAD] else None
    names = [declared] if declared else []
    if head:
        names.append(head[1].decode("ascii"))
    for name in [*names, "utf-8"]:
        text = _strictly(data, name)
        if text is not None:
            return text, None
    guess = "cp1252" if _is_western(data) else _guess(data)
    note = f"the encoding was guessed: {guess}"
    text = _strictly(data, guess)
    if text is not None:
        return text, note
    if len(data.decode("utf-8", "ignore")) > len(data) * 0.98:
        return data.decode("utf-8", "replace"), "some characters could not be read as UTF-8"
    return data.decode("cp1252", "replace"), "the encoding could not be told: read as Windows-1252"


def _strictly(data: bytes, name: str) -> str | None:
    """`data` in the encoding `name`, or None when that is no encoding or does not fit."""
    if name.lower() in _LATIN:
        name = "cp1252"
    try:
        if not codecs.lookup(name)._is_text_encoding:  # "base64" and its like are codecs too
            return None
        return data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _is_western(data: bytes) -> bool:
    """Whether Windows-1252 gives only the accented letters and marks of western European languages."""
    text = _strictly(data[:_SAMPLE], "cp1252")
    return text is not None and all(char in _WESTERN for char in text if ord(char) > 127)


def _guess(data: bytes) -> str:
    """The likeliest encoding by charset-normalizer, from a sample; Windows-1252 when it has none."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return str(best.encoding) if best is not None else "cp1252"
