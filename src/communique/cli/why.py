"""`communique why`: the chain from words to one record, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import CodebookFolders, Columns, Model, columns_of, settings_of
from communique.settings import DEFAULT

if TYPE_CHECKING:
    from communique.model import Coding, Event


def command(
    event_id: Annotated[
        str, typer.Argument(metavar="EVENT_ID", help="The id of an event, its beginning, or its number in the report.")
    ],
    path: Annotated[str, typer.Argument(help="The report it was found in; sample:NAME is a bundled sample.")],
    columns: Columns = None,
    model: Model = DEFAULT.model,
    codebook: CodebookFolders = None,
) -> None:
    """Say why an event is in the record: its words, the frame they fit, who, when, where, on whose word.

    Example:  communique why 1 sample:accra-visit.txt
    """
    from communique.cli.reading import Run
    from communique.cli.talk import say
    from communique.export.cells import printable

    run = Run([path], settings_of(model, codebook), columns=columns_of(columns))
    codings = list(run)
    found = list(_matching(codings, event_id))
    if not found:
        code = run.tell()
        known = [f"{n} {event.id} {event.kind}" for n, (_, event) in enumerate(_numbered(codings), 1)]
        say(f"{path} has no event {event_id!r}. " + ("It has:" if known else "It has none."))
        for line in known:
            say("  " + line)
        raise typer.Exit(code or 3)
    for coding, event in found:
        for line in _chain(coding, event):
            typer.echo(printable(line) if not line.startswith("  ") else "  " + printable(line))
    raise typer.Exit(run.tell())


def _numbered(codings: list[Coding]) -> list[tuple[Coding, Event]]:
    return [(coding, event) for coding in codings for event in coding.events]


def _matching(codings: list[Coding], wanted: str) -> Iterator[tuple[Coding, Event]]:
    """The event with that id or number; else those whose id begins so."""
    events = _numbered(codings)
    exact = [pair for pair in events if pair[1].id == wanted]
    if not exact and wanted.isdecimal() and 1 <= int(wanted) <= len(events):
        exact = [events[int(wanted) - 1]]
    yield from exact or [pair for pair in events if len(wanted) >= 3 and pair[1].id.startswith(wanted)]


def _chain(coding: Coding, event: Event) -> list[str]:
    from communique.export.rows import describe

    text = coding.report.text
    start, end = event.evidence.sentence
    trigger = event.evidence.trigger
    lines = [
        f"{event.id}  {event.kind} ({event.type}{', CAMEO ' + event.cameo if event.cameo else ''}), {event.modality}",
        f"  sentence [{start}, {end}): {text[start:end]}",
        f"  trigger [{trigger.start}, {trigger.end}): {text[trigger.start : trigger.end]}",
        f"  rule: {event.rule}",
    ]
    for participant in event.participants:
        words = ", ".join(f"“{text[s:e]}”" for s, e in participant.spans) or "no words of its own"
        lines.append(f"  {participant.role}: {describe(participant)}, from {words}")
    lines += [f"  {sentence}" for sentence in event.why]
    if coding.report.written is not None:
        lines += [f"  day of writing: {evidence.note}" for evidence in coding.report.written.evidence]
        lines += [f"  against it: {conflict.note}" for conflict in coding.report.written.conflicts]
    return lines
