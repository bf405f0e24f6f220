"""What a text says about the day on which it was written, each clue as a likelihood over days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from communique.dates.anchor import explicit, grid, usual
from communique.dates.anchor.bearers import bearers_of_names, office_terms
from communique.dates.anchor.dated import occasion_clues
from communique.dates.anchor.grid import ABSURD, Clue
from communique.dates.anchor.happenings import happening_clues
from communique.dates.expressions import TimeExpression
from communique.dates.grammar.lexicon import MONTHS, SHORT_MONTHS
from communique.language.sentences import text_of
from communique.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MONTH_NAMES: Final = (
    "|".join(form for m in MONTHS for form in (m.capitalize(), m.upper()))
    + "|"
    + "|".join(f"{form}\\.?" for m in SHORT_MONTHS for form in (m.capitalize(), m.upper()))
)
_PLACE_WORD: Final = r"(?:[A-Z][\w.'’-]*|of|the|de|del|am|an|upon)"
_FILED: Final = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH_NAMES})"
    rf"|(?P<m2>{_MONTH_NAMES})\s?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)"
    r"(?:,?\s+(?P<year>\d{4}))?(?!\d)"
)  # a day in words that are known to be a dateline
_DATELINE: Final = re.compile(
    rf"^[ \t]*(?:{_PLACE_WORD}[ ]){{0,4}}[A-Z][\w.'’-]+(?:,\s*(?:{_PLACE_WORD}[ ]){{0,3}}[A-Z][\w.'’-]+)?"
    rf"(?:\s*/\s*[A-Z][\w ]+)?\s*[,./]?\s*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
    rf"(?:(?P<day>\d{{1,2}})\s+(?P<m1>{_MONTH_NAMES})|(?P<m2>{_MONTH_NAMES})\s+(?P<d2>\d{{1,2}}))"
    rf"(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?(?=\s*(?:[./(:–—-]|--|$))",
    re.MULTILINE,
)  # fmt: skip


def find_clues(doc: Doc, times: tuple[TimeExpression, ...], dateline: str | None) -> list[Clue]:
    """All clues of one text, strongest kinds first."""
    head = _dateline(text_of(doc), dateline)
    skip = head.span if head else None
    usable = tuple(t for t in times if not (skip and t.span.start < skip.end and t.span.end > skip.start))
    return [
        *([head] if head else []),
        *occasion_clues(doc, usable),
        *happening_clues(doc, usable),
        *explicit.weekday_dates(usable),
        *explicit.full_dates(doc, usable),
        *explicit.tied_words(doc, usable),
        *explicit.anniversaries(text_of(doc)),
        *office_terms(doc),
        *bearers_of_names(text_of(doc)),
        *usual.near_days(doc, usable),
        *usual.days_ahead(usable),
        *usual.newest_year(usable),
        *usual.weekdays(usable, dispatch=head is not None),
    ]


def _dateline(text: str, given: str | None) -> Clue | None:
    """ "OSLO, March 29 (Agency) --": the day of filing, or the day before publication."""
    import numpy

    match = _FILED.search(given) if given else None
    span: Span | None = None
    if match is not None and given and (at := text.find(given, 0, 1500)) >= 0:
        span = Span(at + match.start(), at + match.end())
    if match is None:
        match = next(_DATELINE.finditer(text[:1500]), None)
        if match is None:
            return None
        span = Span(match.start(), match.end())
    name = (match.group("m1") or match.group("m2")).rstrip(".").lower()
    month = MONTHS.get(name) or SHORT_MONTHS[name]
    number = int(match.group("day") or match.group("d2"))
    days = grid.days()
    year = int(match.group("year")) if match.group("year") else None
    same = (days.month == month) & (days.day == number)
    if year:
        same &= days.year == year
    if not same.any():
        return None
    after = numpy.roll(same, 1)
    elsewhere = ABSURD / 100 if year else ABSURD  # of all other days together a printed year leaves a fiftieth
    likelihood = numpy.where(same, 1.0, numpy.where(after, 0.06, elsewhere))
    words = given.strip() if given and match.string == given else match.group().strip()
    return Clue(
        "dateline",
        likelihood,
        f"the dateline reads {words!r}",
        f"{year or 'XXXX'}-{month:02d}-{number:02d}",
        span,
        True,
    )
