"""The dateline at the head of an article: place, day, agency.

Each house has its own form ("OSLO, March 7 (NTB) --", "Oslo, 7 March. /NTB/.", "Oslo/NTB/.", "Oslo (NTB) -", "Oslo:").
A place in capitals, a day or an agency makes a dateline; a place written like any name, with nothing but a dash or a
colon behind it, is one only where a table knows the place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from communique import tables

_LARGE = 100_000  # inhabitants of a town that is known by name alone
_HEAD = 160  # characters of a paragraph in which its dateline ends
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DAY = (
    rf"{_WEEKDAY}(?:{_MONTH} ?\d{{1,2}}(?:st|nd|rd|th)?(?:,? (?:19|20)\d\d)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? (?:19|20)\d\d)?"
    r"|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d)"
)
# the day of another calendar, told before the civil one: "Muharram 12, 1445,"
_HIJRI = r"(?:[A-Z][\w'’-]+(?: [\w'’-]+){0,2} \d{1,2}, ?1[34]\d\d(?: ?A?H\.?)?(?:,| corresponding to)? )?"
_CAPITALS = r"[A-ZÀ-Þ](?:[A-ZÀ-Þ'’]{2,}|[A-ZÀ-Þ]?\.)(?:[ -][A-ZÀ-Þ][A-ZÀ-Þ'’]*\.?)*"
_NAME = r"[A-ZÀ-Þ][\w'’-]+\.?(?: (?:[A-ZÀ-Þ][\w'’-]+|de|del|la|of)){0,3}"
_PLACES = rf"(?:, (?!\w+day\b|{_MONTH}){_NAME}\.?|/{_NAME}(?!/)| \[{_NAME}\]| \({_NAME}\)(?=,))?"
_BRACKETS = r"\((?P<brackets>[^()]{2,60})\)"
_SLASHES = r"/(?P<slashes>[^/\n]{2,30})/"
_BARE = r"(?P<bare>[A-Z][A-Z-]{2,14}|[A-Z]\w+-[A-Z]\w+|Xinhua|Azertac|Armenpress|Kazinform|Belga|Agerpres|BelTA)"
_WHERE = rf"(?P<place>{_CAPITALS}|{_NAME}){_PLACES}"
_OPENING = r"(?=\s+[\"“”‘’'«(]*[A-ZÀ-Þ0-9])"  # what follows begins a sentence
_MARK = rf"\s?(?:(?:--+|[—–;:-]){_OPENING}|[:—–](?=[A-Z]))"
# the first that fits: forms that say more stand before those that say less
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        # "MOSCOW, March 7. /TASS/.", "Ulaanbaatar/MONTSAME/."
        rf"^{_WHERE}(?:[,.]? (?P<day>{_DAY}))?[.,]? ?{_SLASHES}[.:]?(?:{_MARK}|{_OPENING})",
        # "ASTANA. KAZINFORM -", "Baku, March 7, AZERTAC", "Kyiv. March 7. Interfax-Ukraine -"
        rf"^{_WHERE}(?:[,.]? {_HIJRI}(?P<day>{_DAY}))?[.,/] ?{_BARE}(?:{_MARK}|\.{_OPENING})",
        rf"^{_WHERE}[,.] {_HIJRI}(?P<day>{_DAY})[.,] {_BARE}(?=\s)",
        rf"^(?P<place>{_CAPITALS}){_PLACES}(?:[,.]? {_HIJRI}(?P<day>{_DAY}))?(?:,? ?{_BRACKETS})?{_MARK}",
        rf"^(?P<place>{_CAPITALS}){_PLACES}[,.] {_HIJRI}(?P<day>{_DAY})(?: ?{_BRACKETS})?\.{_OPENING}",
        rf"^(?P<place>{_CAPITALS}){_PLACES}, {_BRACKETS}{_OPENING}",
        rf"^(?P<place>{_NAME}){_PLACES},? {_HIJRI}(?P<day>{_DAY})(?:,? ?{_BRACKETS})?(?:, [^,:.]{{2,40}})?{_MARK}",
        rf"^{_WHERE}[,.]? {_HIJRI}(?P<day>{_DAY}),? ?{_BRACKETS}[.,]?{_OPENING}",
        rf"^(?P<place>{_NAME}){_PLACES},? {_BRACKETS}{_MARK}",
        rf"^(?P<place>{_NAME}){_PLACES}{_MARK}",
        rf"^(?P<place>{_CAPITALS}),? (?P<day>{_DAY}){_OPENING}",  # the mark was lost
        # "New York, The minister ...": the article of a new sentence after the comma
        rf"^(?P<place>{_NAME}),(?= (?:The|H\.?E\.?|His|Her) (?!Hague)[A-Z])",
    )
)
# A line of its own, over or under the article: "Oslo, 7 March 2024", "(Fjord News Agency March 7, 2024)"
_STANDING = (
    re.compile(
        rf"^(?:Issued by[^,\d]{{2,60}}, ?)?{_WHERE}[,.:]? (?P<day>{_DAY})"
        rf"(?: ?\(?(?P<agency>[A-Z][\w ]{{1,30}})\)?)?\.?$"
    ),
    re.compile(rf"^[(\[](?P<agency>[A-Z][\w.&' -]{{2,40}}?),? (?P<day>{_DAY})[)\]]\.?$"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_HAS_DAY = re.compile(_DAY)
_NOT_PLACES = frozenset(
    {"FILE", "PHOTO", "WATCH", "VIDEO", "UPDATE", "BREAKING", "EXCLUSIVE", "ANALYSIS", "OPINION", "NOTE", "Note"}
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """`words` as printed, from the first character of the article; its parts, None where it does not give them."""

    words: str
    agency: str | None = None
    place: str | None = None
    day: str | None = None


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline that `paragraph` opens with.

    >>> find_dateline("OSLO, March 7 (NTB) -- The two ministers met.")
    Dateline(words='OSLO, March 7 (NTB) --', agency='NTB', place='OSLO', day='March 7')
    """
    return _find(paragraph[:_HEAD])


@lru_cache(maxsize=512)
def _find(head: str) -> Dateline | None:
    """See `find_dateline`. Several rooms ask about the same paragraph."""
    first = head.split(maxsplit=1)[0].strip(":,.") if head.strip() else ""
    if first in _NOT_PLACES or not first[:1].isupper():
        return None
    for pattern in _SHAPES:
        match = pattern.match(head)
        if match is None:
            continue
        parts = match.groupdict()
        place, day = parts["place"].rstrip("."), parts.get("day")
        says_more = match.group().rstrip()[-1] in "-—–;:./)," or parts.get("bare")
        if ((day is None and not place.isupper()) or not says_more) and not _is_known(place):
            continue
        agency = parts.get("brackets") or parts.get("slashes") or parts.get("bare")
        if day is None and agency and (inside := _HAS_DAY.search(agency)):
            day = inside.group()
        return Dateline(match.group(), _agency(agency), place, day)
    return None


def standing_dateline(line: str) -> Dateline | None:
    """The dateline that `line` is, all of it: a known town with a full day, or an agency with a full day in brackets.

    >>> standing_dateline("Oslo, 7 March 2024")
    Dateline(words='Oslo, 7 March 2024', agency=None, place='Oslo', day='7 March 2024')
    """
    line = line.strip()
    for pattern in _STANDING:
        match = pattern.match(line)
        if match is None or not _YEAR.search(match["day"]):
            continue
        parts = match.groupdict()
        place = parts.get("place")
        if place is None or _is_known(place):
            return Dateline(line, parts["agency"], place, parts["day"])
    return None


def _agency(words: str | None) -> str | None:
    """ "Xinhua" from "Xinhua"; "WAM" from "Name / Name / WAM - 02nd Apr, 2020"; None for a bare day."""
    if words is None:
        return None
    last = re.split(r"\s+/\s+", words)[-1]
    last = re.split(r"\s+[-–]\s+", last)[0].strip()
    return None if not last or _HAS_DAY.fullmatch(last) else last


def _is_known(place: str) -> bool:
    return _fold(place) in _places()


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    capitals = (row["form"] for row in tables.rows("country_forms") if row["kind"] == "capital")
    venues = (row["place"] for row in tables.rows("diplomatic_places"))
    # smaller towns have names that are words: Date, Of, Split
    large = {row["name"] for row in tables.rows("towns") if int(row["population"]) >= _LARGE}
    towns = large | {row["name"] for row in tables.rows("town_names") if row["town"] in large}
    return frozenset(_fold(name) for names in (capitals, venues, towns) for name in names)


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().replace("’", "'").replace("-", " ")
