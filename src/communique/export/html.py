"""A coding as a fragment of HTML for a notebook: the text with its records marked, and a list of events.

Everything that comes from a report is escaped; no script, no address is loaded.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from communique.export.cells import printable
from communique.export.rows import claim_is_false, day_reason, describe

if TYPE_CHECKING:
    from communique.model import Coding, Event, Span

_COLOURS = {"event": "#ffd9a8", "who": "#cfe3ff", "when": "#d5f0d0", "where": "#ead7f5", "statement": "#fff3b0"}
_RANK = ("event", "when", "where", "who", "statement")  # what wins where marks lie over one another
_STYLE = "padding:0 2px;border-radius:3px;color:#111;background:"


def to_html(coding: Coding) -> str:
    """The text of the report with triggers, people, days, places and statements marked, then its events as a table."""
    report = coding.report
    written = report.written
    day = str(written.day) if written and written.day else "not known"
    false = claim_is_false(report)
    claims = f"{escape(report.declared.published or 'nothing')}{' (false)' if false else ''}"
    legend = " ".join(f'<span style="{_STYLE}{colour}">{name}</span>' for name, colour in _COLOURS.items())
    return (
        f'<div style="max-width:60em"><p><b>{escape(printable(report.title or report.id))}</b><br>'
        f"written {escape(day)}; the page claims {claims}</p><p>{legend}</p>"
        f'<div style="white-space:pre-wrap">{marked_text(coding)}</div>{_events(coding)}</div>'
    )


def marked_text(coding: Coding) -> str:
    """The report's text, escaped, with a `<mark>` round each stretch that a record points to.

    Where marks overlap, the text is cut at every border and each piece carries the mark that ranks first.
    """
    marks = _marks(coding)
    text = coding.report.text
    borders = sorted({0, len(text), *(border for _, span, _ in marks for border in span)})
    pieces = []
    for start, end in pairwise(borders):
        over = [(kind, title) for kind, span, title in marks if span.start <= start and end <= span.end]
        piece = escape(text[start:end])
        if over:
            kind, title = min(over, key=lambda mark: _RANK.index(mark[0]))
            piece = f'<mark style="{_STYLE}{_COLOURS[kind]}" title="{escape(title)}">{piece}</mark>'
        pieces.append(piece)
    return "".join(pieces)


def _marks(coding: Coding) -> list[tuple[str, Span, str]]:
    """(kind, span, what it says when pointed at) of everything to mark."""
    found: list[tuple[str, Span, str]] = []
    for event in coding.events:
        found.append(("event", event.evidence.trigger, f"{event.kind} ({event.type}, {event.modality}) {_day(event)}"))
        if event.when and event.when.span:
            found.append(("when", event.when.span, event.when.note))
        if event.place and event.place.span:
            found.append(("where", event.place.span, f"{event.place.name}, {event.place.country or 'country unknown'}"))
        for participant in event.participants:
            found.extend(("who", span, describe(participant)) for span in participant.spans)
    for statement in coding.statements:
        speaker = describe(statement.speaker) if statement.speaker else "not named"
        found.extend(("statement", span, f"{statement.act}: {speaker}") for span in statement.content)
    return [mark for mark in found if 0 <= mark[1].start < mark[1].end <= len(coding.report.text)]


def _events(coding: Coding) -> str:
    if not coding.events:
        return "<p>No events found.</p>"
    head = "".join(f"<th>{name}</th>" for name in ("day", "what", "who", "where", "sentence"))
    body = []
    for event in coding.events:
        start, end = event.evidence.sentence
        place = ", ".join(part for part in (event.place.name, event.place.country) if part) if event.place else ""
        cells = (
            _day(event),
            event.kind if event.modality == "occurred" else f"{event.kind} ({event.modality})",
            ", ".join(describe(p) for p in event.participants),
            place,
            coding.report.text[start:end],
        )
        body.append("<tr>" + "".join(f'<td style="text-align:left">{escape(cell)}</td>' for cell in cells) + "</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _day(event: Event) -> str:
    if event.start is None:
        return f"day not known ({day_reason(event)})"
    return str(event.start) if event.end in (None, event.start) else f"{event.start} to {event.end}"
