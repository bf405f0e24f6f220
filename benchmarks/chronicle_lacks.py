#!/usr/bin/env python3
"""How often a page of the true day is called false, where the chronicle lacks what its text tells of.

    benchmarks/chronicle_lacks.py [N]

Draws N rows of visits, meetings and talks (default 400), writes a text of each row's own words with its weekday, on a
page of its own day, takes the happenings of that day out of what is found, and dates the page. The drawing is the same
each time. What is called false is called so by some other row that the words fit.
"""

from __future__ import annotations

import random
import sys
from datetime import date

from communique.dates.anchor import date_report, happenings
from communique.dates.chronicle import Happening, find_happenings
from communique.dates.expressions import find_times
from communique.language.pipeline import load_model, parse_text
from communique.model import Declared, Report, Source
from communique.settings import DEFAULT
from communique.tables import rows

KINDS = ("visit", "meeting", "talks")


def main() -> int:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    table = [row for row in rows("chronicle") if row["kind"] in KINDS]
    random.Random(5).shuffle(table)
    names = {row["iso3"]: row["form"] for row in reversed(rows("country_forms")) if row["kind"] == "name"}
    nlp = load_model(DEFAULT.model)
    called_false = with_another = 0
    for row in table[:number]:
        day = date.fromisoformat(row["from"])

        def others(lead: str, day: date = day) -> tuple[Happening, ...]:
            return tuple(found for found in find_happenings(lead) if found.days.first != day)

        happenings.find_happenings = others  # type: ignore[attr-defined]
        text = told(row, day, names)
        doc = parse_text(nlp, text)
        report = Report("x", "x", Source(), None, text, "en", Declared(published=row["from"]))
        written = date_report(report, doc, find_times(doc))
        with_another += bool(others(text))
        if written.conflicts:
            called_false += 1
            print(f"{day} {row['what']}: {written.conflicts[0].note}", file=sys.stderr)
    print(f"{called_false} of {number} true pages called false; the words of {with_another} fit another row")
    return 0


def told(row: dict[str, str], day: date, names: dict[str, str]) -> str:
    words = [group.lstrip("?").split("|")[0].rstrip("*") for group in row["words"].split(";")]
    words = [names.get(word.rstrip("."), word) for word in words]
    host = words[2] if len(words) > 2 else "the host"
    return (
        f"{words[0]} arrived in {words[1]} on {day:%A} and held talks with {host}. Relations were at the centre of the "
        "meeting, a spokesman said.\n\nThe visit will go on."
    )


if __name__ == "__main__":
    sys.exit(main())
