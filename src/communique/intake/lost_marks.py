"""Question marks that stand where a character was lost: a page forced into an alphabet without its typography.

Quotation marks, apostrophes and dashes become "?" when a page is stored in ASCII; so do full-width commas and full
stops, no-break spaces and soft hyphens - and letters with accents, which nobody can put back ("Pe?a" stays). Nothing
is touched on a page where no mark stands in a place where no question can: inside "isn?t", before a word, between two
words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from communique.intake.tracked import Tracked

_CONTRACTION = re.compile(
    r"(?<=[A-Za-z])\?(?=s\b)|(?<=n)\?(?=t\b)|(?:(?<=\bI)|(?<=\b[WwHh]e)|(?<=\b[Yy]ou)|(?<=[Tt]hey))\?(?=(?:ve|re|ll|d|m)\b)"
)
_OPENING = re.compile(r"(?<![^\s(\[])\?(?=[A-Za-z0-9])")
_RANGE = re.compile(r"(?<=\d)\?(?=\d)")
_DASH = re.compile(r"(?<=[ \t])\?(?=[ \t])")
_BETWEEN = re.compile(r"(?<=[A-Za-z])\?(?=[A-Za-z])")
_DIGITS = re.compile(r"(?<=[a-z] )\?{2,}")  # "on May ?? at noon"
_AFTER = re.compile(r"(?<=[\w”)][.,!?])\?(?=\s|$)")
_CLOSING = re.compile(r"(?<=[a-z0-9])\?(?= [a-z]|[,.;])")
_LAST = re.compile(r"(?<=[a-z0-9)])\?(?=\s+[A-Z“\"]|[^\S\n]*(?:\n|$))")
_SENTENCE_START = re.compile(r"(?:^|[.!?…][\"”]?\s|\n)(?=\s*\S)")
_WORD = re.compile(r"[A-Za-z]+")
_LONGEST = 40  # characters of a word; a longer run of letters is none
_ADDRESS = re.compile(r"[/=&@]|www\.")
# Words after which no clause ends: what was lost behind them is a space.
_LEADING_ON = frozenset(
    "a an the of to in on at for with by from into and or nor its his her their our my your this that these those no "
    "not is are was were be been has have had will would could may mr mrs ms dr st never all two three four five six "
    "seven eight nine ten other former foreign prime".split()
)
# Words that open the next part of a sentence, longer than the end of a name would be ("Erdo?an").
_OPENING_PART = frozenset(
    "who which whose where when while the and but said told says was were has had have according after before during "
    "also too then with from for his her its their that this these those one two three both including as an "
    "isn aren wasn weren didn doesn don hasn haven hadn won wouldn couldn".split()
)
_SHORT_PARTS = frozenset({"to", "of", "by", "he", "it", "we"})  # no name ends so behind a letter with an accent
_COMMA = re.compile(r"[a-z], [a-z]")
_ASKING = frozenset(
    "who whom whose what which when where why how do does did is are was were will would can could shall should has "
    "have had may might must am isn aren wasn weren won wouldn can couldn shouldn hasn haven don doesn didn".split()
)
_JOINING = frozenset({"and", "but", "so", "or", "then", "yet", "well", "if"})
_TAG = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|will|would|can)(?:n.t)? (?:it|he|she|they|we|you)$")


def restore_marks(page: Tracked) -> tuple[Tracked, int]:
    """`page` with the marks that its question marks stand for, and how many were put back."""
    if not any(pattern.search(page.text) for pattern in (_CONTRACTION, _OPENING, _BETWEEN, _DIGITS)):
        return page, 0
    page, total = page.sub(_CONTRACTION, "’")
    digits = _DIGITS.search(page.text)
    page, clauses = _between_words(page)
    if clauses or digits:
        page, count = _full_stops(page)
        total += clauses + count
    for step in (_quotation_marks, _dashes):
        page, count = step(page)
        total += count
    return page, total


def _between_words(page: Tracked) -> tuple[Tracked, int]:
    """A comma between two words; a space behind a word that leads on; nothing inside a word that the page knows."""
    if not _BETWEEN.search(page.text):
        return page, 0
    # words that stand by themselves, without a question mark at either end
    alone = Counter(word.lower() for word in re.findall(r"(?<![\w?])[A-Za-z]+(?![\w?])", page.text))

    def restored(match: re.Match[str]) -> str:
        text, place = match.string, match.start()
        left = re.search(rf"[A-Za-z]{{1,{_LONGEST}}}$", text[max(0, place - _LONGEST) : place])
        right = _WORD.match(text, match.end(), match.end() + _LONGEST)
        if left is None or right is None or _ADDRESS.search(_token(text, place)):
            return "?"
        before, after = left.group(), right.group()
        whole = (before + after).lower()
        if after.islower() and (alone[whole] or alone[whole + "s"] or alone[whole.removesuffix("s")]):
            return ""
        if before.lower() in _LEADING_ON:
            return " "
        is_word = after.lower() in _OPENING_PART or (alone[after.lower()] and len(after) > 2)
        mark = " " if _COMMA.search(_sentence_round(text, place)) else ", "  # not all commas of a sentence are lost
        if before[:1].isupper() and after.islower():
            is_word = is_word if len(after) > 2 else len(before) > 3 and after in _SHORT_PARTS
            return mark if is_word and (len(before) > 2 or before.isupper()) else "?"
        known = alone[before.lower()] or len(before) > 4
        return mark if (is_word and len(before) > 1) or (known and len(after) > 3) else "?"

    return page.sub(_BETWEEN, restored)


def _sentence_round(text: str, place: int) -> str:
    """The line round `place`, cut at the ends of sentences."""
    start = max(text.rfind(mark, max(0, place - 400), place) for mark in ("\n", ". ", "! ", "? "))
    ends = [end for mark in ("\n", ". ", "! ", "? ") if (end := text.find(mark, place + 1, place + 400)) >= 0]
    return text[start + 1 : min(ends, default=place + 400)]


def _token(text: str, place: int) -> str:
    """What stands round `place` without white space, as far as a word may reach."""
    left, right = text[max(0, place - _LONGEST) : place], text[place : place + _LONGEST]
    return left[max(left.rfind(" "), left.rfind("\n")) + 1 :] + re.split(r"\s", right, maxsplit=1)[0]


def _full_stops(page: Tracked) -> tuple[Tracked, int]:
    """A full stop at the end of a sentence that does not ask."""
    text = page.text
    starts = [match.end() for match in _SENTENCE_START.finditer(text)]

    def mark(match: re.Match[str]) -> str:
        at = bisect_right(starts, match.start()) - 1
        return "?" if at >= 0 and _asks(text[starts[at] : match.start()]) else "."

    return page.sub(_LAST, mark)


def _asks(sentence: str) -> bool:
    """Whether `sentence`, without its last mark, has the order of words of a question."""
    words = [word.lower() for word in _WORD.findall(sentence[:60])]
    while words and words[0] in _JOINING:
        del words[0]
    return (bool(words) and words[0] in _ASKING) or _TAG.search(sentence[-40:]) is not None


def _quotation_marks(page: Tracked) -> tuple[Tracked, int]:
    """Quotation marks in pairs, line by line; a mark before a word that none closes was no quotation mark."""
    text = page.text
    opens = [match.start() for match in _OPENING.finditer(text)]
    ends = sorted({match.start() for pattern in (_AFTER, _CLOSING) for match in pattern.finditer(text)})
    marks: dict[int, str] = {}
    for n, place in enumerate(opens):
        line_end = text.find("\n", place)
        stop = min(opens[n + 1] if n + 1 < len(opens) else len(text), line_end if line_end >= 0 else len(text))
        at = bisect_right(ends, place)
        if at < len(ends) and ends[at] < stop:
            marks[place], marks[ends[at]] = "“", "”"
        elif place == 0 or text[place - 1] == "\n":
            marks[place] = "“"  # a quotation that goes on in the next paragraph
        else:
            marks[place] = ""  # a space without width
    for end in ends:
        if text[end - 1] in ".,!?":
            marks.setdefault(end, "”")
    return page.sub(re.compile(r"\?"), lambda match: marks.get(match.start(), "?"))


def _dashes(page: Tracked) -> tuple[Tracked, int]:
    page, ranges = page.sub(_RANGE, "–")
    page, dashes = page.sub(_DASH, "—")
    return page, ranges + dashes
