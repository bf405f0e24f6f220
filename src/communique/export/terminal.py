"""The record as tables for a person at a terminal: events by day, statements, instruments, and each report's dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from communique.export.cells import printable
from communique.export.rows import claim_is_false, countries, describe, happened, written_reason

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

    from communique.model import Coding, Event

_QUOTES = '“”"'
_MARKS = {"planned": "planned: ", "called-off": "called off: ", "hypothetical": "supposed: ", "denied": "denied: "}


def print_record(codings: Sequence[Coding], console: Console) -> None:
    """Print all of it. A table with nothing in it is one line that says so."""
    for table in (events_table(codings), statements_table(codings), instruments_table(codings), reports_table(codings)):
        console.print(table)
        console.print()


def events_table(codings: Sequence[Coding]) -> RenderableType:
    """Events by day, unknown days last; within a day in the order of the reports. Copies share a row."""
    found = [(event, coding) for coding in codings for event in coding.events]
    if not found:
        return "Events: none found."
    found.sort(key=lambda pair: (pair[0].start is None, pair[0].start or date.max, pair[0].end or date.max))
    rows: dict[tuple[str, ...], int] = {}
    for event, coding in found:
        start, end = event.evidence.sentence
        row = (
            _days(event),
            _MARKS.get(event.modality, "") + event.kind,
            ", ".join(describe(p) for p in event.participants),
            " ".join(countries(event.participants)),
            _where(event),
            coding.report.text[start:end],
        )
        rows[row] = rows.get(row, 0) + 1
    table = _table(f"Events by day ({len(found)})", day=10, what=13, who=26, countries=9, where=12, sentence=None)
    last = None
    for (day, *cells, sentence), reports in rows.items():
        if last is not None and day != last:
            table.add_section()
        _add(table, day if day != last else "", *cells, sentence + _times(reports))
        last = day
    return table


def statements_table(codings: Sequence[Coding]) -> RenderableType:
    """Statements in the order of the reports; words in quotation marks are direct."""
    found = [(statement, coding.report.text) for coding in codings for statement in coding.statements]
    if not found:
        return "Statements: none found."
    rows: dict[tuple[str, ...], int] = {}
    for statement, text in found:
        words = " … ".join(text[s:e] for s, e in statement.content)
        row = (
            str(statement.day or ""),
            describe(statement.speaker) if statement.speaker else "not named",
            statement.act,
            "" if statement.medium == "unspecified" else statement.medium,
            f"“{words.strip(_QUOTES)}”" if statement.direct else words,
        )
        rows[row] = rows.get(row, 0) + 1
    table = _table(f"Statements ({len(found)})", day=10, speaker=30, act=10, medium=11, words=None)
    for (*cells, words), reports in rows.items():
        _add(table, *cells, words + _times(reports))
    return table


def instruments_table(codings: Sequence[Coding]) -> RenderableType:
    """Agreements, mechanisms, initiatives and where they stand; one line for what several reports name."""
    found: dict[tuple[str, str, tuple[str, ...], str, date | None], int] = {}
    for coding in codings:
        for instrument in coding.instruments:
            key = (instrument.name, instrument.kind, instrument.parties, instrument.status, instrument.since)
            found[key] = found.get(key, 0) + 1
    if not found:
        return "Instruments: none found."
    table = _table(f"Instruments ({len(found)})", kind=16, name=None, parties=14, status=11, since=10, reports=7)
    for (name, kind, parties, status, since), reports in found.items():
        _add(table, kind, name, " ".join(parties), status, str(since or ""), str(reports))
    return table


def reports_table(codings: Sequence[Coding]) -> RenderableType:
    """Three dates a report: when things happened, when it was written, what the page claims, and why that is false."""
    if not codings:
        return "Reports: none read."
    table = _table(
        f"Reports ({len(codings)})", report=30, happened=10, written=10, page_claims=11, why_that_day_of_writing=None
    )
    for coding in codings:
        report = coding.report
        first, last = happened(coding)
        false = claim_is_false(report)
        reason = written_reason(report) or "nothing in the report or on the page tells its day"
        _add(
            table,
            report.title or report.source.path or report.id,
            first or "" if first == last else f"{first} to {last}",
            _written(coding),
            (report.declared.published or "").replace("T", " ") + (" FALSE" if false else ""),
            f"{false[0].upper()}{false[1:]}. {reason}" if false else reason,
        )
    return table


def _times(reports: int) -> str:
    """What a row says when several reports give it word for word."""
    return "" if reports == 1 else f" [in {reports} reports]"


def _written(coding: Coding) -> str:
    written = coding.report.written
    if written is None or (written.day is None and written.earliest is None and written.latest is None):
        return "not known"
    if written.day is not None:
        return str(written.day)
    return f"{written.earliest or '…'} to {written.latest or '…'}"


def _days(event: Event) -> str:
    if event.start is None:
        return "day not known"
    if event.end is None or event.start == event.end:
        return str(event.start)
    if (event.start.month, event.start.day, event.end.month, event.end.day) == (1, 1, 12, 31):
        years = (event.start.year, event.end.year)
        return str(years[0]) if years[0] == years[1] else f"{years[0]} to {years[1]}"
    return f"{event.start} to {event.end}"


def _where(event: Event) -> str:
    if event.place is None:
        return ""
    return ", ".join(part for part in (event.place.name, event.place.country) if part)


def _table(title: str, **columns: int | None) -> Table:
    """A table whose columns have the given most width; None is the column that takes the rest."""
    from rich import box
    from rich.table import Table

    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=True, pad_edge=False
    )
    for name, width in columns.items():
        if width is None:
            table.add_column(name.replace("_", " "), ratio=1, min_width=30, overflow="fold")
        else:
            table.add_column(name.replace("_", " "), max_width=width, overflow="fold")
    return table


def _add(table: Table, *cells: str) -> None:
    """A row of plain text: nothing in a report is taken for markup or for a terminal's commands."""
    from rich.text import Text

    table.add_row(*(Text(printable(cell)) for cell in cells))
