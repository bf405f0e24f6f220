"""The dateline at the head of an article: place, day, agency."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? \d{{4}})?)"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]{2,}(?:[ -][A-ZÀ-Þ][A-ZÀ-Þ.'’]*)*"
_NAME = r"[A-ZÀ-Þ][\w.'’-]+(?: (?:[A-ZÀ-Þ][\w.'’-]+|de|del|la|of)){0,3}"
_PLACES = rf"(?:, {_NAME}|/{_NAME}| \[{_NAME}\])?"
_AGENCY = r"\(([^()]{2,60})\)"
_MARK = r"(?:\s?--+|\s?[—–]|\s-|\s?:)(?=\s)"
_SHAPES = (
    re.compile(rf"^{_CAPITALS}{_PLACES}(?:[,.]? {_DAY})?(?:,? ?{_AGENCY})?{_MARK}"),
    re.compile(rf"^{_CAPITALS}{_PLACES}[,.] {_DAY}(?: ?{_AGENCY})?\.(?=\s)"),
    re.compile(rf"^{_CAPITALS}{_PLACES}, {_AGENCY}(?=\s)"),
    re.compile(rf"^{_NAME}{_PLACES},? {_DAY}(?:,? ?{_AGENCY})?(?:, [^,:.]{{2,40}})?{_MARK}"),
    re.compile(rf"^{_NAME}{_PLACES} {_AGENCY}{_MARK}"),
)
_HAS_DAY = re.compile(_DAY)
_NOT_PLACES = frozenset(
    {"FILE", "PHOTO", "WATCH", "VIDEO", "UPDATE", "BREAKING", "EXCLUSIVE", "ANALYSIS", "OPINION", "NOTE"}
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """`words` as printed, from the first character of the article; `agency` from the brackets."""

    words: str
    agency: str | None


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline that `paragraph` opens with.

    >>> find_dateline("OSLO, March 7 (NTB) -- The two ministers met.")
    Dateline(words='OSLO, March 7 (NTB) --', agency='NTB')
    """
    head = paragraph[:140]
    for pattern in _SHAPES:
        match = pattern.match(head)
        if match and head.split()[0].strip(":,.") not in _NOT_PLACES:
            agency = match[1] if pattern.groups else None
            return Dateline(match.group(), _agency(agency))
    return None


def _agency(words: str | None) -> str | None:
    """ "Xinhua" from "Xinhua"; "WAM" from "Name / Name / WAM - 02nd Apr, 2020"; None for a bare day."""
    if words is None:
        return None
    last = re.split(r"\s+/\s+", words)[-1]
    last = re.split(r"\s+[-–]\s+", last)[0].strip()
    return None if not last or _HAS_DAY.fullmatch(last) else last
