"""Hours: "15:00 GMT", "6:40 p.m. local time", "3 o'clock in the afternoon"; parts of a day behind a day."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from communique.dates.expressions import Form
from communique.dates.grammar import lexicon as words
from communique.dates.grammar.cursor import Cursor, Result

_ZONE: Final = (
    r"(?:\s*\(?(?P<zone>utc|gmt|z|[ecmp][sd]t|cet|cest|eet|eest|ist|bst|jst|kst|msk|hrs|hours)\b"
    r"(?P<offset>\s?[+-]\s?\d{1,2}(?::?\d\d)?)?\)?|\s+(?:local|(?-i:[A-Z])\w+)\s+time\b)"
)
_CLOCK: Final = re.compile(
    rf"(?P<hour>\d{{1,2}})(?:(?P<colon>[:.])(?P<minute>[0-5]\d)(?::[0-5]\d)?)?(?![\d:])"
    rf"(?:\s?(?P<half>[ap])(?:m\b|\.\s?m\b\.?)|\s?(?P<full>o['’]clock))?"
    rf"(?:\s+(?:in\s+the\s+(?P<part>morning|afternoon|evening)|at\s+(?P<night>night)))?{_ZONE}?",
    re.IGNORECASE,
)
_MILITARY: Final = re.compile(
    rf"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?=\s?(?:utc|gmt|hrs|hours|z|est|edt)\b){_ZONE}", re.I
)


class Hours(Cursor):
    """Rules for times of day."""

    def clock_at(self, i: int) -> tuple[int, str] | None:
        """An hour: the lexeme after it, and its TIMEX3 value without the day, "T15:00Z"."""
        if not self.low(i).isdecimal():
            return None
        start = self.one(i).start
        match = _MILITARY.match(self.text, start) or _CLOCK.match(self.text, start)
        if match is None:
            return None
        said = match.groupdict()
        hour, minute = int(said["hour"]), int(said.get("minute") or 0)
        half, part = said.get("half"), said.get("part") or said.get("night")
        if match.re is _CLOCK:
            exact = said["colon"] == ":" or half or said["full"]
            if not exact or (half and not 1 <= hour <= 12) or (said["colon"] == "." and not half):
                return None
        if hour > 24:
            return None
        late = (half or "").lower() == "p" or (half is None and part in ("afternoon", "evening", "night"))
        if late and hour < 12:
            hour += 12
        elif (half or "").lower() == "a" and hour == 12:
            hour = 0
        zone = "Z" if (said["zone"] or "").lower() in ("utc", "gmt", "z") and not said["offset"] else ""
        return self.index_after(i, match.end()), f"T{hour:02d}:{minute:02d}{zone}"

    def with_clock(self, j: int, form: Form) -> Result:
        """A part of the day or an hour after a day: "Friday morning", "Monday at 15:00 GMT"."""
        if form.clock:
            return j, form
        part = words.DAY_PARTS.get(self.low(j))
        if part:
            return j + 1, replace(form, clock=part)
        if self.words_at(j, "at") and (part := words.DAY_PARTS.get(self.low(j + 1))):
            return j + 2, replace(form, clock=part)
        found = self.clock_at(self.skip(j, "at", ","))
        return (found[0], replace(form, clock=found[1])) if found else (j, form)
