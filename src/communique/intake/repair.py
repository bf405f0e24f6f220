"""Repairs of text that was decoded, escaped or copied wrongly. Each says what it did; none reorders anything.

Quotation marks are not straightened and letters are not composed: what the page shows stays as it shows it.
"""

from __future__ import annotations

import bisect
import html
import re
import sys
import unicodedata

from communique.intake.lost_marks import restore_marks
from communique.intake.tracked import Tracked

_NEWLINE = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Full-width punctuation in GBK has the lead byte A1 or A3; read as Latin-1 it shows as a pair like "£º".
_GBK_SIGN = re.compile(r"£[\xa1-\xfe]")
_LINE = re.compile(r"[^\n]+")
_GBK_RUN = re.compile(r"(?:[\xa1-\xf7][\xa1-\xfe])+")
_CONTINUATION = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\x80-\xbf"
_UTF8_AS_1252 = re.compile(f"[\xc2-\xf4][{_CONTINUATION}]{{1,3}}")
_LOST_QUOTE = re.compile("â€[\ufffd\x9d]")
# a full-width nought among full-width digits: its last byte has no sign in Windows-1252
_DIGITS_AS_1252 = re.compile("(?:ï¼[‘’“”•–—˜™\x90\ufffd])+")
_LOST_SPACE = re.compile("(?<=[a-z.,;:!?”’])Â(?= )")  # a no-break space of which only the first byte was left
_LOST_HYPHEN = re.compile("(?<=[a-z])Â(?=[a-z])")  # a soft hyphen of which only the first byte was left
_C1 = re.compile("[\x80-\x9f]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BREAK_TAG = re.compile(r"[ \t]*<(?:/p|p|/div|div|br ?/?>\s*<br)(?:\s[^<>]{0,300})?/?>[ \t]*", re.IGNORECASE)
_OTHER_TAG = re.compile(
    r"[ \t]?<(?:br|hr)\s*/?>"
    r"|</?(?:a|b|i|u|em|strong|span|font|img|center|blockquote|ul|ol|li|h[1-6]|sup|sub|small)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_BACKSLASH = re.compile(r"\\+(?=['\"“”‘’?]|&(?:quot|#39|#34|apos);)")
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_WIDE_MARK = re.compile(r"[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e。、]")
_SPACED_AFTER = ",:;?!)."
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
_RUN_TOGETHER = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]* [A-Za-z])|(?<=[a-z][.!?][\"”])(?=[A-Z][a-z]* [a-z])")
_MONTH_BEFORE = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}$")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


def with_line_feeds(page: Tracked) -> Tracked:
    """`page` with one kind of line break."""
    return page.sub(_NEWLINE, "\n")[0]


def repair(page: Tracked) -> tuple[Tracked, list[str]]:
    """`page` repaired, and a sentence for each kind of repair made."""
    notes: list[str] = []

    def note(count: int, what: str) -> None:
        if count:
            notes.append(f"repaired: {what} ({count} {'place' if count == 1 else 'places'})")

    page, n = page.sub(_SURROGATE, "\ufffd")
    page, m = page.sub(_CONTROL, " ")
    note(n + m, "characters that are not text")
    if not page.text.isascii():
        page, n = _utf8(page)
        note(n, "characters read in the wrong encoding (UTF-8 as Windows-1252)")
        page, n = _gbk(page)
        note(n, "Chinese punctuation read in the wrong encoding (GBK as Latin-1)")
        page, n = page.sub(_C1, lambda match: match.group().encode("latin-1").decode("cp1252", "replace"))
        note(n, "quotation marks and dashes read in the wrong encoding (Windows-1252 as Latin-1)")
    if "\\" in page.text:
        page, n = page.sub(_BACKSLASH, "")
        note(n, "backslashes before quotation marks")
    if "&" in page.text or "<" in page.text:
        page, n = _markup(page)
        note(n, "HTML entities and tags left in the text")
    if "?" in page.text:
        page, n = restore_marks(page)
        note(n, "marks that had become question marks")
    if not page.text.isascii():
        page, n = _narrow(page)
        note(n, "full-width letters, digits and punctuation")
        page, n = page.sub(_HIDDEN, "")
        note(n, "invisible characters")
    page, _ = page.sub(_ODD_SPACE, " ")
    page, n = page.sub(_RUN_TOGETHER, " ")
    note(n, "sentences run together without a space")
    return page, notes


def _gbk(page: Tracked) -> tuple[Tracked, int]:
    """GBK read as Latin-1: only on lines where full-width punctuation shows it, and only runs that GBK can decode."""
    if "£" not in page.text:
        return page, 0
    lines = [match.span() for match in _LINE.finditer(page.text) if _GBK_SIGN.search(match.group())]
    if not lines:
        return page, 0

    def decode(match: re.Match[str]) -> str:
        if not _lies_in(match.start(), lines):
            return match.group()
        try:
            return match.group().encode("latin-1").decode("gbk")
        except UnicodeError:
            return match.group()

    return page.sub(_GBK_RUN, decode)


def _utf8(page: Tracked) -> tuple[Tracked, int]:
    """UTF-8 read as Windows-1252, once or several times over; ftfy's measure of badness decides line by line."""
    total = 0
    if "Â" in page.text:
        page, total = page.sub(_LOST_HYPHEN, "")
    if "â€" in page.text:
        page, count = page.sub(_LOST_QUOTE, _quotation_mark)
        total += count
    if "ï¼\ufffd" in page.text:
        page, count = page.sub(_DIGITS_AS_1252, _with_noughts)
        total += count
    for _ in range(3):
        if not _UTF8_AS_1252.search(page.text):
            break
        from ftfy.badness import is_bad

        bad = [(match.start(), match.end()) for match in _LINE.finditer(page.text) if is_bad(match.group())]
        if not bad:
            break

        def decode(match: re.Match[str], bad: list[tuple[int, int]] = bad) -> str:
            return _from_1252(match.group()) if _lies_in(match.start(), bad) else match.group()

        page, count = page.sub(_UTF8_AS_1252, decode)
        page, more = page.sub(_LOST_SPACE, "") if count else (page, 0)
        count += more
        total += count
        if not count:
            break
    return page, total


def _quotation_mark(match: re.Match[str]) -> str:
    """The mark whose last byte was lost: an opening one before a word, else a closing one."""
    text, end = match.string, match.end()
    before = text[match.start() - 1 : match.start()].strip("\\([")
    return "“" if not before.strip() and text[end : end + 1].isalnum() else "”"


def _with_noughts(match: re.Match[str]) -> str:
    digits = match.group()
    return digits if digits.strip("ï¼\ufffd") == "" else digits.replace("ï¼\ufffd", "\uff10")


def _lies_in(place: int, lines: list[tuple[int, int]]) -> bool:
    """Whether `place` lies in one of the lines, which are in order."""
    at = bisect.bisect_right(lines, (place, sys.maxsize)) - 1
    return at >= 0 and place < lines[at][1]


def _from_1252(piece: str) -> str:
    """`piece` as the UTF-8 that it was, if it was; what follows the first character stays."""
    raw = bytearray()
    for char in piece:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 255:
                return piece
            raw.append(ord(char))
    length = 2 if raw[0] < 0xE0 else 3 if raw[0] < 0xF0 else 4
    try:
        return bytes(raw[:length]).decode("utf-8") + piece[length:]
    except UnicodeDecodeError:
        return piece


def _markup(page: Tracked) -> tuple[Tracked, int]:
    """Entities, also when escaped twice, and the commonest tags."""
    total = 0
    for _ in range(3):
        page, count = page.sub(_ENTITY, lambda match: html.unescape(match.group()))
        total += count
        if not count:
            break
    if "<" in page.text:
        page, count = page.sub(_BREAK_TAG, "\n")
        page, more = page.sub(_OTHER_TAG, "")
        total += count + more
    if total:
        page, _ = page.sub(_NEWLINE, "\n")
        page, _ = page.sub(_CONTROL, " ")
    return page, total


def _narrow(page: Tracked) -> tuple[Tracked, int]:
    """Full-width forms in a text that is not Chinese, Japanese or Korean, with the spaces they had swallowed."""
    if len(_CJK.findall(page.text)) * 4 > len(page.text):
        return page, 0
    page, letters = page.sub(_WIDE, lambda match: unicodedata.normalize("NFKC", match.group()))

    def mark(match: re.Match[str]) -> str:
        char = {"。": ".", "、": ","}.get(match.group()) or unicodedata.normalize("NFKC", match.group())
        return char + (" " if char in _SPACED_AFTER and _needs_space(match, char) else "")

    page, marks = page.sub(_WIDE_MARK, mark)
    return page, letters + marks


def _needs_space(match: re.Match[str], char: str) -> bool:
    """Whether a space belongs after the mark: before a word or an opening quotation mark, not inside a number."""
    text, end = match.string, match.end()
    after = text[end : end + 1]
    before = text[match.start() - 1 : match.start()]
    if before.isdecimal() and after.isdecimal():
        if char != ",":
            return False
        group = re.match(r"\d+", text[end : end + 8])
        if _MONTH_BEFORE.search(text[max(0, match.start() - 14) : match.start()]):
            return True
        return group is not None and len(group.group()) != 3
    if after == '"':
        begin = max(0, end - 2_000)
        line = text[max(begin, text.rfind("\n", begin, end) + 1) : end]
        return line.count('"') % 2 == 0
    return after.isalnum() or after in "“‘(（"
