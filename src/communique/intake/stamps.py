"""Days and times as pages stamp them, to ISO 8601, as exact as they are shown and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thurs?|thu|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = (
    rf"(?:(?P<y1>(?:19|20)\d\d)(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?!\d)"
    rf"|(?P<y2>(?:19|20)\d\d)\s*年\s*(?P<m2>\d{{1,2}})\s*月\s*(?P<d2>\d{{1,2}})\s*日"
    rf"|{_WEEKDAY}(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m3>{_MONTH}),?[\s-]+(?P<y3>(?:19|20)\d\d)"
    rf"|{_WEEKDAY}(?P<m4>{_MONTH})\s*(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[,.]?\s+(?P<y4>(?:19|20)\d\d)"
    rf"|(?P<a5>\d{{1,2}})(?P<s5>[-/.])(?P<b5>\d{{1,2}})(?P=s5)(?P<y5>(?:19|20)\d\d)(?!\d))"
)
_ZONE = (
    r"(?:\s*\(?(?P<zone{n}>(?:UTC|GMT)\s*[+-]\s*\d{{1,2}}(?::?\d\d)?|[+-]\d\d:?\d\d|UTC|GMT|Z)\b\)?"
    r"|\s+(?-i:[A-Z]{{2,4}})\b)?"
)
_CLOCK = (
    r"(?P<h{n}>\d{{1,2}})[:.](?P<i{n}>\d\d)(?::(?P<s{n}x>\d\d)(?:[.,]\d+)?)?(?:\s*(?:hrs|hours|h)\b)?"
    r"(?:\s*(?P<p{n}>[ap]\.?m\b\.?))?" + _ZONE
)
_STAMP = re.compile(
    rf"(?<![\d/.-])(?:{_CLOCK.format(n=0)}[\s,|]+(?:on\s+)?)?{_DAY}(?:(?:T|[\s,|]*(?:-\s|at\s+|—\s|–\s)?){_CLOCK.format(n=9)})?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK_ONLY = re.compile(r"^\s*" + _CLOCK.format(n=0) + r"\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, perhaps with a time, found at `[start, end)` of a line.

    `iso` is None when the day can be read two ways (02/03/2024); `readings` then holds both, day first.
    """

    start: int
    end: int
    iso: str | None
    readings: tuple[str, ...] = ()


def find_stamps(line: str) -> Iterator[Stamp]:
    """The stamps of `line`, from left to right. Impossible days (31 June) are left out."""
    if not _YEAR.search(line):
        return
    for match in _STAMP.finditer(line):
        days = _by_zone(_days(match), line[match.end() - 6 : match.end() + 8])
        clock = _clock(match, "9") or _clock(match, "0")
        found = [day.isoformat() + clock for day in days]
        if found:
            one = found[0] if len(set(found)) == 1 else None
            yield Stamp(match.start(), match.end(), one, () if one else tuple(found))


def first_stamp(line: str) -> str | None:
    """The first stamp of `line` that can be read in one way only."""
    return next((stamp.iso for stamp in find_stamps(line) if stamp.iso), None)


def is_clock(part: str) -> bool:
    """Whether `part` is a time of day and nothing else."""
    return _CLOCK_ONLY.match(part) is not None


def _days(match: re.Match[str]) -> list[date]:
    """The days that the match can mean."""
    for n in "12":
        if match[f"y{n}"]:
            return _valid((match[f"y{n}"], match[f"m{n}"], match[f"d{n}"]))
    for n in "34":
        if match[f"y{n}"]:
            month = str(_MONTHS.index(match[f"m{n}"][:3].lower()) + 1)
            return _valid((match[f"y{n}"], month, match[f"d{n}"]))
    year, first, second = match["y5"], match["a5"], match["b5"]
    if match["s5"] == ".":  # where days are written with dots they stand first
        return _valid((year, second, first))
    return _valid((year, second, first)) + _valid((year, first, second))


# Zones of countries that print the day first, and of one that prints the month first.
_DAY_FIRST = re.compile(r"\b(?:IST|GMT|BST|CET|CEST|EET|MSK|SAST|WAT|EAT|PKT|AEST|AEDT|NZST)\b")
_MONTH_FIRST = re.compile(r"\b(?:EST|EDT|PST|PDT|MST|MDT|CDT|ET)\b")


def _by_zone(days: list[date], near: str) -> list[date]:
    """Of two readings, day first and month first, the one that is usual where the zone beside the time is used."""
    if len(days) == 2:
        if _DAY_FIRST.search(near):
            return days[:1]
        if _MONTH_FIRST.search(near):
            return days[1:]
    return days


def _valid(parts: tuple[str, str, str]) -> list[date]:
    try:
        return [date(int(parts[0]), int(parts[1]), int(parts[2]))]
    except ValueError:
        return []


def _clock(match: re.Match[str], n: str) -> str:
    """ "T17:55:46+08:00", with the parts that are shown; "" without a time."""
    if not match[f"h{n}"]:
        return ""
    hour, minute, second = int(match[f"h{n}"]), int(match[f"i{n}"]), match[f"s{n}x"]
    half = (match[f"p{n}"] or "").lower()[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        shown = time(hour, minute, int(second or 0)).isoformat("seconds" if second else "minutes")
    except ValueError:
        return ""
    return f"T{shown}{_offset(match[f'zone{n}'] or '')}"


def _offset(zone: str) -> str:
    """ "+08:00" for "UTC+8" or "GMT +08:00"; "Z" for UTC; "" where the zone's name says too little ("IST", "CST")."""
    compact = re.sub(r"\s", "", zone).upper()
    if compact in ("Z", "UTC", "GMT"):
        return "Z"
    match = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", compact)
    if not match or int(match[2]) > 14:
        return ""
    return f"{match[1]}{int(match[2]):02d}:{match[3] or '00'}"
