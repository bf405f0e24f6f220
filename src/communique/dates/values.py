"""From a time expression to days: the conventions of news, measured, with the reason in words.

A bare weekday is the last one up to the day of writing, counting that day, unless its verb lies in the future. A day
of the month without a year is the nearest such day, a bare month the nearest month on the side of its tense. Words
for weeks, months and years mean the whole one; "early" and "the end of" do not narrow it. Weeks run from Monday to
Sunday; seasons are those of the north, winter of Y reaching into Y+1; decades and centuries are the round years.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from communique.dates.expressions import Form, Reading, Tense, TimeExpression, Unit
from communique.model import DayRange, Granularity

_ONE: Final = timedelta(1)
_MONTHS: Final = tuple(calendar.month_name)
_DAYS: Final = tuple(calendar.day_name)
_LETTER: Final = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "weekend": "W", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "half": "Y", "season": "Q", "year": "Y", "decade": "Y", "century": "Y", "millennium": "Y",
}  # fmt: skip
_TIMES: Final = {"fortnight": 2, "decade": 10, "century": 100, "millennium": 1000, "half": 0.5}


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading needs beside the day of writing.

    `reference` is the day or days last spoken of; `year` the year that the passage is about, where it tells of the
    past in order (a history); `tense` that of the verb the expression belongs to.
    """

    reference: DayRange | None = None
    reference_form: Form | None = None
    year: int | None = None
    tense: Tense | None = None
    narrative: bool = False


def in_words(days: DayRange | None) -> str:
    """ "Friday 29 March 2024", "26 to 29 March 2024"."""
    if days is None:
        return "an unknown day"
    a, b = days.first, days.last
    if a == b:
        return f"{_DAYS[a.weekday()]} {a.day} {_MONTHS[a.month]} {a.year}"
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day} to {b.day} {_MONTHS[b.month]} {b.year}"
    return f"{a.day} {_MONTHS[a.month]} {a.year} to {b.day} {_MONTHS[b.month]} {b.year}"


def one_day(day: date) -> DayRange:
    return DayRange(day, day)


def read_time(expression: TimeExpression, anchor: DayRange | None, *, context: Context | None = None) -> Reading:
    """What `expression` means in a report written on `anchor` (None: not known).

    `days` is an inclusive range of civil days, None for durations, repeated and vague times, and wherever the day
    of writing would be needed and is not known; `note` says how it was read. When `anchor` is wider than a day, a
    relative expression takes the anchor's last day, and its reading is as wide as the anchor.
    """
    context = context or Context(tense=expression.tense)
    if context.tense is None and expression.tense is not None:
        context = replace(context, tense=expression.tense)
    reader = _Reader(expression, anchor, context)
    try:
        reading = reader.read(expression.form)
    except (OverflowError, ValueError):  # a day before year 1 or after 9999
        return Reading(None, None, None, f"{expression.text!r}: outside the calendar")
    if expression.form.clock and reading.days and reading.days.days == 1:
        if expression.form.clock == "T24:00":
            return replace(reading, value=f"{reading.days.first.isoformat()}T24:00")
        return replace(reading, value=f"{reading.days.first.isoformat()}{expression.form.clock}")
    return reading


class _Reader:
    def __init__(self, expression: TimeExpression, anchor: DayRange | None, context: Context) -> None:
        self.quoted = repr(expression.text)
        self.anchor = anchor
        self.day = anchor.last if anchor else None
        self.context = context

    def read(self, form: Form) -> Reading:
        return _READERS[form.kind](self, form)

    # --- helpers ---

    def none(self, why: str) -> Reading:
        return Reading(None, None, None, f"{self.quoted}: {why}")

    def base(self, form: Form) -> DayRange | None:
        """The days that a relative expression counts from."""
        told = self.context.narrative and self.context.reference and not (form.kind == "unit" and form.unit == "day")
        if form.base == "reference" or told:
            return self.context.reference or self.anchor
        return self.anchor

    def from_words(self, form: Form) -> str:
        days = self.base(form)
        return f"counted from {in_words(days)}"

    def made(self, value: str, first: date, last: date, granularity: Granularity, why: str) -> Reading:
        return Reading(value, DayRange(first, last), granularity, f"{self.quoted}, {why}")

    def unit_at(self, unit: Unit, day: date, shift: int, why: str) -> Reading:
        """The calendar unit `shift` away from the one that holds `day`."""
        if unit == "day":
            day += shift * _ONE
            return self.made(day.isoformat(), day, day, "day", why)
        if unit in ("week", "weekend", "fortnight"):
            monday = day - day.weekday() * _ONE + 7 * shift * _ONE
            iso = monday.isocalendar()
            value = f"{iso.year}-W{iso.week:02d}"
            if unit == "weekend":
                return self.made(value + "-WE", monday + 5 * _ONE, monday + 6 * _ONE, "days", why)
            return self.made(value, monday, monday + 6 * _ONE, "week", why)
        if unit == "month":
            return self.month(*_month_shift(day.year, day.month, shift), why)
        if unit == "quarter":
            k = day.year * 4 + (day.month - 1) // 3 + shift
            return self.quarter(k // 4, k % 4 + 1, why)
        if unit == "half":
            k = day.year * 2 + (day.month - 1) // 6 + shift
            return self.half(k // 2, k % 2 + 1, why)
        if unit == "year":
            return self.year(day.year + shift, why)
        if unit == "decade":
            return self.years(day.year // 10 * 10 + 10 * shift, 10, why)
        if unit == "century":
            return self.years(day.year // 100 * 100 + 100 * shift, 100, why)
        return self.none("names no span of days")

    def year(self, year: int, why: str) -> Reading:
        return self.made(f"{year:04d}", date(year, 1, 1), date(year, 12, 31), "year", why)

    def years(self, first: int, count: int, why: str) -> Reading:
        value = f"{first // 10:03d}" if count == 10 else f"{first // 100:02d}"
        granularity: Granularity = "decade" if count == 10 else "century"
        return self.made(value, date(max(first, 1), 1, 1), date(first + count - 1, 12, 31), granularity, why)

    def month(self, year: int, month: int, why: str) -> Reading:
        last = calendar.monthrange(year, month)[1]
        return self.made(f"{year:04d}-{month:02d}", date(year, month, 1), date(year, month, last), "month", why)

    def quarter(self, year: int, number: int, why: str) -> Reading:
        last = calendar.monthrange(year, 3 * number)[1]
        first = date(year, 3 * number - 2, 1)
        return self.made(f"{year:04d}-Q{number}", first, date(year, 3 * number, last), "quarter", why)

    def half(self, year: int, number: int, why: str) -> Reading:
        last = calendar.monthrange(year, 6 * number)[1]
        first = date(year, 6 * number - 5, 1)
        return self.made(f"{year:04d}-H{number}", first, date(year, 6 * number, last), "half", why)

    # --- one reader for each kind ---

    def printed_date(self, form: Form) -> Reading:
        if form.bc:
            return Reading(f"BC{form.year:04d}", None, "year", f"{self.quoted}, as printed")
        if form.year is not None:
            return self._dated(form, form.year, form.month, form.day, self._printed(form))
        if form.inner is not None and form.month:
            inner = self.read(form.inner)
            if inner.days is None:
                return inner
            return self._dated(
                form, inner.days.first.year, form.month, form.day, f"of the year {inner.days.first.year}"
            )
        if form.month is None:
            return self._day_alone(form)
        if form.shift is not None:
            return self._pointed_month(form)
        return self._nearest(form)

    def _printed(self, form: Form) -> str:
        if form.other and form.other.month and form.other.day and form.year:
            second = date(form.year, form.other.month, form.other.day)
            return f"read month first; day first it would be {in_words(one_day(second))}"
        return "as printed"

    def _dated(self, form: Form, year: int, month: int | None, day: int | None, why: str) -> Reading:
        if month is None:
            return self.year(year, why)
        if day is None:
            return self.month(year, month, why)
        if form.other and self.day and form.other.month and form.other.day:
            first, second = date(year, month, day), date(year, form.other.month, form.other.day)
            if abs((second - self.day).days) < abs((first - self.day).days) and abs((second - self.day).days) < 15:
                day, month = second.day, second.month
                why = f"read day first; month first it would be {in_words(one_day(first))}"
        try:
            full = date(year, month, day)
        except ValueError:
            return self.none(f"{year} has no such day")
        if form.weekday is not None and full.weekday() != form.weekday:
            why += f"; but that day was a {_DAYS[full.weekday()]}, not a {_DAYS[form.weekday]}"
        return self.made(full.isoformat(), full, full, "day", why)

    def _day_alone(self, form: Form) -> Reading:
        base = self.day
        if base is None or form.day is None:
            return self.none("no month is given")
        for back in range(62):
            day = base - back * _ONE
            if day.day == form.day and (form.weekday is None or day.weekday() == form.weekday):
                return self.made(day.isoformat(), day, day, "day", f"the last such day up to {in_words(self.anchor)}")
        return self.none("no near month has such a day")

    def _pointed_month(self, form: Form) -> Reading:
        base = self.base(form)
        if base is None or form.month is None or form.shift is None:
            return self.none("the day of writing is not known")
        day = base.last if form.base == "writing" else base.first
        year = day.year
        if form.shift < 0:
            year -= form.month >= day.month
        elif form.shift > 0:
            year += form.month <= day.month
        return self._dated(form, year, form.month, form.day, self.from_words(form))

    def _nearest(self, form: Form) -> Reading:
        """A day or month without a year: the nearest, on the side of its tense where it is a month."""
        month = form.month or 1
        if self.context.year is not None and (self.context.narrative or self.day is None):
            return self._dated(
                form, self._ordered_year(form, month), form.month, form.day, "in the year the passage tells of"
            )
        if self.context.year is not None:
            return self._dated(form, self.context.year, form.month, form.day, "in the year the passage tells of")
        if self.day is None:
            reading = self.none("no year is given and the day of writing is not known")
            value = f"XXXX-{month:02d}" + (f"-{form.day:02d}" if form.day else "")
            return replace(reading, value=value, granularity="day" if form.day else "month")
        candidates = []
        for year in (self.day.year - 1, self.day.year, self.day.year + 1):
            try:
                day = date(year, month, form.day or 15)
            except ValueError:
                continue
            if form.weekday is not None and form.day and day.weekday() != form.weekday:
                continue
            candidates.append(day)
        if not candidates:
            near = (self.day.year + k for k in (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6))
            for year in near:
                if calendar.monthrange(year, month)[1] >= (form.day or 1) and (
                    form.weekday is None or date(year, month, form.day or 1).weekday() == form.weekday
                ):
                    candidates = [date(year, month, form.day or 1)]
                    break
            else:
                return self.none("no near year fits")
        if form.day:
            return self._nearest_day(form, candidates)
        return self._nearest_month(form, month)

    def _nearest_day(self, form: Form, candidates: list[date]) -> Reading:
        assert self.day is not None
        anchor = self.day
        best = min(candidates, key=lambda day: (abs((day - anchor).days), day > anchor))
        if self.context.tense == "past" and best > anchor + 2 * _ONE:
            earlier = [day for day in candidates if day <= anchor]
            # Far ahead and in the past tense: the one before, however far; near ahead the tense may mislead.
            if earlier and (best - anchor).days > 45:
                best = max(earlier)
        elif self.context.tense == "future" and best < anchor:
            later = [day for day in candidates if day >= anchor]
            if later and (anchor - best).days > 45:
                best = min(later)
        why = f"the nearest such day to {in_words(self.anchor)}"
        if form.weekday is not None and best.weekday() == form.weekday:
            why += f", a {_DAYS[form.weekday]} as printed"
        return self.made(best.isoformat(), best, best, "day", why)

    def _nearest_month(self, form: Form, month: int) -> Reading:
        assert self.day is not None
        tense = self.context.tense
        ahead = (month - self.day.month) % 12  # months until the next such one
        back = (self.day.month - month) % 12
        if tense == "future":
            forward = ahead <= 10
        elif tense == "past":
            forward = False
        else:
            forward = ahead < back and ahead <= 5
        steps = ahead if forward else -back
        if ahead == 0:
            steps = 0
        year, number = _month_shift(self.day.year, self.day.month, steps)
        side = "next" if steps > 0 else "last"
        return self.month(year, number, f"the {side} one, counted from {in_words(self.anchor)}")

    def _ordered_year(self, form: Form, month: int) -> int:
        """In a history told in order: the year of the day before, or the next where the month would run backwards."""
        year = self.context.year or 0
        before = self.context.reference
        told = before is not None and before.days < 32 and self.context.reference_form is not None
        if before and told and before.first.year == year and before.first.month - month >= 9:
            return year + 1  # November, then February: the year has turned, unless the story looks back
        return year

    def weekday(self, form: Form) -> Reading:
        if form.weekday is None:
            return self.none("names no weekday")
        if form.inner is not None:
            week = self.read(form.inner)
            if week.days is None:
                return week
            day = week.days.first + form.weekday * _ONE
            return self.made(day.isoformat(), day, day, "day", f"in the week of {in_words(week.days)}")
        base = self.base(form)
        if base is None:
            return replace(self.none("the day of writing is not known"), value=f"XXXX-WXX-{form.weekday + 1}")
        day = base.last
        back = (day.weekday() - form.weekday) % 7
        ahead = (form.weekday - day.weekday()) % 7
        where = in_words(base)
        name = _DAYS[form.weekday]
        if form.base == "reference" and form.shift is not None:
            steps = (ahead or 7) if form.shift > 0 else -(back or 7)
            return self._weekday_at(day + steps * _ONE, f"the {name} {'after' if steps > 0 else 'before'} {where}")
        if form.shift is not None and form.shift < 0:
            return self._weekday_at(day - (back or 7) * _ONE, f"the last {name} before {where}")
        if form.shift is not None and form.shift > 0:
            return self._weekday_at(day + (ahead or 7) * _ONE, f"the next {name} after {where}")
        if form.shift == 0 and self.context.tense != "past":
            return self._weekday_at(day + ahead * _ONE, f"the next {name} from {where}")
        if self.context.tense == "future":
            return self._weekday_at(day + ahead * _ONE, f"the next {name} from {where}, since the verb looks ahead")
        return self._weekday_at(day - back * _ONE, f"the last {name} up to {where}")

    def _weekday_at(self, day: date, why: str) -> Reading:
        if self.anchor is not None and self.anchor.days > 1:
            why += " (the day of writing is not known to the day)"
        return self.made(day.isoformat(), day, day, "day", why)

    def season(self, form: Form) -> Reading:
        season = form.season or "SU"
        year = form.year
        why = "as printed"
        if year is None and form.inner is not None:
            inner = self.read(form.inner)
            if inner.days is None:
                return inner
            year, why = inner.days.first.year, f"of {inner.days.first.year}"
        if year is None:
            base = self.base(form)
            if self.context.year is not None:
                year, why = self.context.year, "in the year the passage tells of"
            elif base is None:
                return replace(self.none("the day of writing is not known"), value=f"XXXX-{season}")
            else:
                year, why = self._season_year(form, season, base.last), self.from_words(form)
        if season == "WI":
            first, last = date(year, 12, 1), date(year + 1, 2, calendar.monthrange(year + 1, 2)[1])
        else:
            month = {"SP": 3, "SU": 6, "FA": 9}[season]
            first, last = date(year, month, 1), date(year, month + 2, calendar.monthrange(year, month + 2)[1])
        return self.made(f"{year:04d}-{season}", first, last, "season", why)

    def _season_year(self, form: Form, season: str, day: date) -> int:
        start = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
        current = day.year - (season == "WI" and day.month < 3)  # the winter that runs now began last year
        begun = date(current, start, 1) <= day
        over = begun and (day.month - start) % 12 >= 3
        if form.shift is not None and form.shift < 0:
            return current if over else current - 1
        if form.shift is not None and form.shift > 0:
            return current + 1 if begun else current
        if form.shift == 0:
            return current
        if self.context.tense == "future":
            return current + 1 if over else current
        return current if begun or self.context.tense != "past" else current - 1

    def _year_of(self, form: Form) -> tuple[int, str] | None:
        """The year of a quarter or half: printed, of its inner date, or the nearest past one."""
        if form.year is not None:
            return form.year, "as printed"
        if form.inner is not None:
            inner = self.read(form.inner)
            return (inner.days.first.year, f"of {inner.days.first.year}") if inner.days else None
        return None

    def quarter_of(self, form: Form) -> Reading:
        number = int(form.number or 1)
        of = self._year_of(form)
        if of is None:
            if self.day is None or form.inner is not None:
                return self.none("the year is not known")
            year = self.context.year or self.day.year
            if self.context.year is None and number > (self.day.month + 2) // 3 and self.context.tense != "future":
                year -= 1
            of = year, f"the last such quarter up to {in_words(self.anchor)}"
        return self.quarter(of[0], number, of[1])

    def half_of(self, form: Form) -> Reading:
        inner = self.read(form.inner) if form.inner else None
        if inner is None or inner.days is None:
            return self.none("the year is not known")
        number = int(form.number or 1)
        if inner.granularity == "year":
            return self.half(inner.days.first.year, number, f"of {inner.days.first.year}")
        if inner.granularity in ("decade", "century"):
            return Reading(inner.value, inner.days, inner.granularity, inner.note)
        return replace(inner, note=f"{self.quoted}, {'first' if number == 1 else 'second'} half, not narrowed")

    def decade(self, form: Form) -> Reading:
        year = form.year or 0
        why = "as printed"
        if year < 100:
            now = self.context.year or (self.day.year if self.day else 2000)
            century = now // 100 * 100
            year = year + (century if century + year <= now else century - 100)
            why = "the last such decade"
        return self.years(year, 10, why)

    def century(self, form: Form) -> Reading:
        number = int(form.number or 1)
        if form.bc:
            return Reading(f"BC{number - 1:02d}", None, "century", f"{self.quoted}, as printed")
        return self.years(100 * (number - 1), 100, "as printed")

    def fiscal(self, form: Form) -> Reading:
        year = form.year or (self.context.year or (self.day.year if self.day else None))
        value = f"FY{year}" if year else None
        return Reading(value, None, None, f"{self.quoted}: fiscal years differ by country, so no days are given")

    def unit(self, form: Form) -> Reading:
        base = self.base(form)
        unit = form.unit or "day"
        if base is None:
            return self.none("the day of writing is not known")
        if form.shift is None and unit == "weekend":
            day = base.last
            if self.context.tense == "future" or day.weekday() >= 5:
                return self.unit_at(unit, day, 0, self.from_words(form))
            return self.unit_at(
                unit, day, -1 if day.weekday() < 5 and self.context.tense == "past" else 0, self.from_words(form)
            )
        shift = form.shift or 0
        if unit == "weekend" and shift == 0 and self.context.tense == "past" and base.last.weekday() < 3:
            shift = -1  # "this weekend" of what has happened, written early in the week
        if form.base == "reference" and base.days > 1 and unit == "day":
            if shift == 0 and base.days > 31:
                return self.none("the day last spoken of is not known")
            if shift == 0:
                return Reading(None, None, None, f"{self.quoted}: {in_words(base)} is no single day")
            if base.days > 7:
                return self.none("the day last spoken of is not known")
        day = base.first if form.base == "reference" and shift < 0 else base.last
        if form.base == "writing" and unit == "day" and self.anchor and self.anchor.days > 1 and base is self.anchor:
            first, last = self.anchor.first + shift * _ONE, self.anchor.last + shift * _ONE
            return self.made(
                last.isoformat(), first, last, "days", f"{self.from_words(form)}, which is not known to the day"
            )
        return self.unit_at(unit, day, shift, self.from_words(form))

    def shift(self, form: Form) -> Reading:
        """ "five days ago": a day counts days, a month months, a year years."""
        unit, sign = form.unit or "day", form.shift or -1
        if form.number is None:
            ref = "PAST_REF" if sign < 0 else "FUTURE_REF"
            return Reading(ref, None, None, f"{self.quoted}: how many is not said")
        if form.inner is not None:
            inner = self.read(form.inner)
            base = inner.days
        else:
            base = self.base(form)
        if base is None:
            return self.none("the day it counts from is not known")
        why = f"counted from {in_words(base)}"
        day = base.last
        count = form.number * _TIMES.get(unit, 1)
        if unit in ("second", "minute", "hour"):
            if unit == "hour" and count >= 24:
                return self.unit_at("day", day, sign * int(count // 24), why)
            return self.unit_at("day", day, 0, why)
        if base.days > 31 and unit == "day":
            return self.none("the day it counts from is not known")
        if unit in ("day", "week", "weekend", "fortnight"):
            if count != int(count):
                return self.none("half a day or week is not counted")
            if unit == "day":
                return self.unit_at("day", day, sign * int(count), why)
            if base.days > 7:
                return self.unit_at("week", day, sign * int(count), why)
            return self.unit_at("day", day, sign * 7 * int(count), why)
        if unit in ("month", "quarter", "season"):
            months = int(count * (3 if unit != "month" else 1))
            return self.month(*_month_shift(day.year, day.month, sign * months), why)
        if unit == "half" or count != int(count):
            return self.month(*_month_shift(day.year, day.month, sign * int(count * 12)), why)
        if unit in ("decade", "century", "millennium") or count >= 1:
            return self.year(day.year + sign * int(count), why)
        return self.none("cannot be counted")

    def period(self, form: Form) -> Reading:
        """ "the past two days": as many days up to the base, the base's day counted; "the next": after it."""
        unit, sign = form.unit or "day", form.shift or -1
        value = _duration(form.number, unit)
        base = self.base(form)
        if form.number is None or base is None:
            return Reading(value, None, None, f"{self.quoted}: how many is not said, or from which day")
        count = form.number * _TIMES.get(unit, 1)
        day = base.last
        if unit == "day" and count == int(count) and count >= 1:
            steps = int(count) - 1
            first, last = (day - steps * _ONE, day) if sign < 0 else (day + _ONE, day + (steps + 1) * _ONE)
        elif unit in ("week", "weekend", "fortnight"):
            first, last = _ordered(day, day + sign * int(7 * count) * _ONE, sign)
        elif unit in ("month", "quarter", "year", "decade", "century", "half"):
            months = int(count * {"month": 1, "quarter": 3}.get(unit, 12))
            year, month = _month_shift(day.year, day.month, sign * months)
            other = date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
            first, last = _ordered(day, other, sign)
        else:
            first = last = day
        return Reading(value, DayRange(first, last), "days", f"{self.quoted}, counted from {in_words(base)}")

    def duration(self, form: Form) -> Reading:
        return Reading(_duration(form.number, form.unit or "day"), None, None, f"{self.quoted}, a length of time")

    def repeated(self, form: Form) -> Reading:
        if form.ref:
            value: str | None = form.ref
        elif form.weekday is not None:
            value = f"XXXX-WXX-{form.weekday + 1}"
        elif form.month is not None:
            value = f"XXXX-{form.month:02d}"
        else:
            value = _duration(form.number, form.unit or "day")
        return Reading(value, None, None, f"{self.quoted}, a repeated time")

    def vague(self, form: Form) -> Reading:
        return Reading(form.ref, None, None, f"{self.quoted} names no day")

    def clock_of(self, form: Form) -> Reading:
        base = self.context.reference if self.context.reference and self.context.reference.days == 1 else self.anchor
        if base is None or base.days > 1:
            return Reading(f"XXXX-XX-XX{form.clock}", None, None, f"{self.quoted}: on which day is not said")
        day = base.first
        return self.made(f"{day.isoformat()}{form.clock}", day, day, "day", f"on {in_words(base)}, last spoken of")

    def ordinal(self, form: Form) -> Reading:
        """ "the last week of March", "the first three days of May"."""
        inner = self.read(form.inner) if form.inner else None
        if inner is None or inner.days is None or form.number is None or form.unit is None:
            return self.none("what it is part of is not known")
        pieces = _pieces(inner.days, form.unit)
        many = max(1, form.shift or 1)
        number = int(form.number)
        chosen = pieces[-many:] if number < 0 else pieces[number - 1 : number - 1 + many]
        if not chosen:
            return self.none("there is no such one")
        first, last = chosen[0].first, chosen[-1].last
        why = f"of {in_words(inner.days)}"
        if many == 1:
            return self.unit_at(form.unit, first, 0, why)
        return Reading(_duration(many, form.unit), DayRange(first, last), "days", f"{self.quoted}, {why}")

    def range_of(self, form: Form) -> Reading:
        if form.first is None or form.last is None:
            return self.none("an end of the range is missing")
        first = self.read(form.first)
        if form.first.kind == "weekday" and form.last.kind == "weekday" and first.days:
            days = ((form.last.weekday or 0) - (form.first.weekday or 0)) % 7 or 7
            last_day = first.days.first + days * _ONE
            back = 7 * _ONE if self.day and last_day > self.day and self.context.tense == "past" else 0 * _ONE
            a, b = first.days.first - back, last_day - back
            return Reading(f"{a}/{b}", DayRange(a, b), "days", f"{self.quoted}, {in_words(DayRange(a, b))}")
        last = self.read(form.last)
        if first.days is None or last.days is None:
            return self.none("an end of the range is not known")
        a, b = first.days.first, last.days.last
        if b < a and form.first.year is None and form.first.month is not None:
            try:
                a = a.replace(year=a.year - 1)
            except ValueError:
                return self.none("the range ends before it begins")
        if b < a:
            return self.none("the range ends before it begins")
        granularity: Granularity = "days"
        if first.granularity == last.granularity and first.granularity in ("year", "decade"):
            granularity = "years"
        return Reading(
            f"{first.value}/{last.value}", DayRange(a, b), granularity, f"{self.quoted}, {in_words(DayRange(a, b))}"
        )


_READERS: Final = {
    "date": _Reader.printed_date, "weekday": _Reader.weekday, "season": _Reader.season, "quarter": _Reader.quarter_of,
    "half": _Reader.half_of, "decade": _Reader.decade, "century": _Reader.century, "fiscal": _Reader.fiscal,
    "unit": _Reader.unit, "shift": _Reader.shift, "period": _Reader.period, "duration": _Reader.duration,
    "set": _Reader.repeated, "vague": _Reader.vague, "clock": _Reader.clock_of, "ordinal": _Reader.ordinal,
    "range": _Reader.range_of,
}  # fmt: skip


def _ordered(day: date, other: date, sign: int) -> tuple[date, date]:
    return (other, day) if sign < 0 else (day, other)


def _month_shift(year: int, month: int, steps: int) -> tuple[int, int]:
    k = year * 12 + month - 1 + steps
    return k // 12, k % 12 + 1


def _duration(number: float | None, unit: Unit) -> str:
    """A TIMEX3 duration: "P3Y", "PT24H", "PXM"."""
    letter = _LETTER[unit]
    time = "T" if unit in ("second", "minute", "hour") else ""
    if number is None:
        return f"P{time}X{letter}" if unit not in ("decade", "century") else "PXY"
    count = number * _TIMES.get(unit, 1)
    shown = str(int(count)) if count == int(count) else f"{count:g}"
    return f"P{time}{shown}{letter}"


def _pieces(days: DayRange, unit: Unit) -> list[DayRange]:
    """The days, weeks, months ... that `days` consists of; a week belongs where its Thursday lies."""
    found: list[DayRange] = []
    day = days.first
    if unit in ("week", "weekend"):
        day -= day.weekday() * _ONE
        while day <= days.last:
            if day + 3 * _ONE in days:
                found.append(DayRange(day, day + 6 * _ONE))
            day += 7 * _ONE
        return found
    while day <= days.last and len(found) < 400:
        if unit == "month":
            last = date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
        elif unit == "year":
            last = date(day.year, 12, 31)
        elif unit == "quarter":
            end = (day.month + 2) // 3 * 3
            last = date(day.year, end, calendar.monthrange(day.year, end)[1])
        elif unit == "decade":
            last = date(day.year // 10 * 10 + 9, 12, 31)
        else:
            last = day
        found.append(DayRange(day, last))
        day = last + _ONE
    return found
