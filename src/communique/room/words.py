"""Names of countries, kinds and days as a person reads them."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from functools import lru_cache

from communique.tables import rows

MODALITIES = {
    "occurred": "happened",
    "planned": "planned",
    "called-off": "called off",
    "hypothetical": "only supposed",
    "denied": "denied",
}
TYPES = {
    "CONSULT": "consultation", "COOPERATE": "cooperation", "AGREE": "agreement", "SUPPORT": "support", "AID": "aid",
    "CONCEDE": "concession", "RETREAT": "retreat", "ACCUSE": "accusation", "REQUEST": "request", "REJECT": "rejection",
    "THREATEN": "threat", "PROTEST": "protest", "SANCTION": "sanction", "MOBILIZE": "mobilization",
    "COERCE": "coercion", "ASSAULT": "assault", "STATE": "statement",
}  # fmt: skip
INSTRUMENTS = {
    "agreement": "agreement", "visa-regime": "visa regime", "joint-statement": "joint statement",
    "partnership": "partnership", "mechanism": "mechanism", "organisation": "organisation", "initiative": "initiative",
    "themed-year": "themed year", "sanctions-regime": "sanctions regime",
}  # fmt: skip


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-3 -> usual English name, sorted by name."""
    known = {row["iso3"]: row["name"] for row in rows("countries")}
    known.setdefault("EUU", "European Union")
    return dict(sorted(known.items(), key=lambda item: item[1]))


def country(code: str | None) -> str:
    """The name of a country, its code where the table has none, empty for None."""
    return countries().get(code or "", code or "")


def pair_name(first: str, second: str) -> str:
    """Two countries as one relation."""
    return f"{country(first)} and {country(second)}"


def kind(name: str) -> str:
    """A kind of event in words: "diplomatic-protest" is "diplomatic protest"."""
    return name.replace("-", " ")


def day(value: date | str | None) -> str:
    """A civil day: "3 April 2024"."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value[:10])
        except ValueError:
            return str(value)
    return f"{value.day} {calendar.month_name[value.month]} {value.year}"


def days(first: date | str | None, last: date | str | None) -> str:
    """A range of days, as short as it can be said: "2–5 April 2024", "March 2023", "2024"; empty when unknown."""
    if not first:
        return ""
    a = date.fromisoformat(first[:10]) if isinstance(first, str) else first
    b = date.fromisoformat(last[:10]) if isinstance(last, str) and last else last
    if not isinstance(b, date) or a == b:
        return day(a)
    if (a.month, a.day, b.month, b.day) == (1, 1, 12, 31):
        return str(a.year) if a.year == b.year else f"{a.year}–{b.year}"
    if a.day == 1 and b.day == calendar.monthrange(b.year, b.month)[1]:
        if (a.year, a.month) == (b.year, b.month):
            return f"{calendar.month_name[a.month]} {a.year}"
        return f"{_month(a, year=a.year != b.year)} to {_month(b, year=True)}"
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{b.day} {calendar.month_name[b.month]} {b.year}"
    if a.year == b.year:
        return f"{a.day} {calendar.month_name[a.month]} to {day(b)}"
    return f"{day(a)} to {day(b)}"


def reach(first: str, first_end: str | None, last: str, last_end: str | None) -> str:
    """From one happening to another, each as exactly as it is known: "2013 to 29 March 2024"."""
    begin, end = days(first, first_end), days(last, last_end)
    if first == first_end and last == last_end:
        return days(first, last)
    return begin if begin == end else f"{begin} to {end}"


def _month(value: date, *, year: bool) -> str:
    return calendar.month_name[value.month] + (f" {value.year}" if year else "")


def month(value: str) -> str:
    """A month: "2024-04" is "April 2024"."""
    year, number = value.split("-")
    return f"{calendar.month_name[int(number)]} {year}"


def slug(name: str) -> str:
    """A name as part of an address: lower case, plain letters, hyphens; never empty."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D").replace("ø", "o").replace("ı", "i"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^\w]+", "-", plain).strip("-") or "-"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 report", "2,000 reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """Names in a row: "A, B and C"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""
