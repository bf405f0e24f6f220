"""`communique instruments`: agreements, mechanisms, themed years, and where they stand."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.events import Countries
from communique.cli.record import Format, Row, Where, opened, show
from communique.cli.recorded import days, instrument_cells


def command(
    record: Where,
    countries: Countries = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind: agreement, mechanism, themed-year ...")] = None,
    sentences: Annotated[bool, typer.Option("--sentences", help="Each step with the sentence that tells it.")] = False,
    format_: Format = "table",
) -> None:
    """List the instruments of a record with the steps of their lives.

    Example:  communique instruments GHA KEN --record ghana.db
    """
    with opened(record) as store:
        rows = store.instruments(countries=countries or (), kind=kind)
    if sentences:
        rows = [{"instrument": row["name"], **step} for row in rows for step in row["steps"]]
        shown = ("instrument", "step", "day", "words", "title")
        show(rows, (*shown, "planned", "round", "event"), format_, "Steps", cells=_step_cells, shown=shown)
        return
    columns = ("name", "kind", "parties", "status", "steps", "reports", "id")
    show(rows, columns, format_, "Instruments", cells=instrument_cells)


def _step_cells(step: Row) -> Row:
    told = step["sentence"] or {}
    counted = f" {step['round']}" if step["round"] else ""
    return step | {
        "step": f"{'planned: ' if step['planned'] else ''}{step['step']}{counted}",
        "day": days(step["day"], step["last"]), "words": told.get("words"), "title": told.get("title"),
    }  # fmt: skip
