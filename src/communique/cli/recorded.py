"""What a record holds, as a person reads it: rows of queries made into the cells of tables, an event told in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

Row = dict[str, Any]
PROMISES = ("due", "what", "who", "where", "told on", "overdue", "perhaps", "id")
SHORT = 8  # characters of an id that are shown; as many are enough to name it
_MARKS = {"planned": "planned: ", "called-off": "called off: ", "hypothetical": "supposed: ", "denied": "denied: "}


def days(start: str | None, end: str | None) -> str:
    """An interval as short as it is exact: a day, a month, a year, else "first to last"; empty when unknown."""
    if not start:
        return ""
    if not end or start == end:
        return start
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return start[:4]
    whole_month = first.day == 1 and (last.day == 31 or (last.day < 31 and last.month != _next(last)))
    if (first.year, first.month) == (last.year, last.month) and whole_month:
        return start[:7]
    return f"{start} to {end}"


def _next(day: date) -> int:
    """The month of the day after."""
    return date.fromordinal(day.toordinal() + 1).month


def told_by(reports: int, origins: list[int]) -> str:
    """How well an event is attested: "3 reports, 1-2 origins"; a lone report is not worth a word more."""
    if reports == 1:
        return "1 report"
    least, most = origins
    known = str(most) if least == most else f"{least}-{most}"
    return f"{reports} reports, {known} origin{'s' if most > 1 else ''}"


def event_cells(row: Row) -> Row:
    """An event as cells: day, what, who, where, instrument, told by, contested, id."""
    where = ", ".join(part for part in (row["place"], row["place_country"]) if part)
    return row | {
        "day": days(row["start"], row["end"]),
        "what": _MARKS.get(row["modality"], "") + row["kind"],
        "where": where,
        "told by": told_by(row["reports"], row["origins"]),
        "contested": " ".join(row["contested"]),
        "id": row["id"][:SHORT],
    }


def person_cells(row: Row) -> Row:
    """A person as cells: the other spellings, the offices with the days on which reports give them."""
    return row | {"also": "; ".join(row["names"][1:]), "offices": "\n".join(map(_office, row["offices"]))}


def _office(office: Row) -> str:
    told = days(office["first"], office["last"])
    table = {True: "in the table", False: "somebody else in the table", None: ""}[office["in_table"]]
    return (
        f"{office['title']} ({', '.join(part for part in (told, table) if part)})" if told or table else office["title"]
    )


def instrument_cells(row: Row) -> Row:
    """An instrument as cells: its steps, each with day, and round where the reports count it."""
    return row | {"steps": "\n".join(map(_step, row["steps"])), "id": row["id"][:SHORT]}


def _step(step: Row) -> str:
    counted = f" {step['round']}" if step.get("round") else ""
    day = days(step["day"], step["last"]) or "day not told"
    return f"{'planned: ' if step['planned'] else ''}{step['step']}{counted}, {day}"


def promise_cells(row: Row) -> Row:
    """An open promise as cells: when due, since when known, whether overdue, and what may have been it."""
    perhaps = "\n".join(f"{e['start']} {e['kind']} {e['id'][:SHORT]}" for e in row["perhaps"])
    return event_cells(row) | {
        "due": days(row["start"], row["end"]) or "not told", "told on": row["told"],
        "overdue": "yes" if row["overdue"] else "", "perhaps": perhaps,
    }  # fmt: skip


def copy_cells(family: Row) -> Iterator[Row]:
    """A family of copies as rows, the probable origin first."""
    for report in family["reports"]:
        first = report["id"] == family["origin"]
        yield {
            "family": family["family"][:SHORT] if first else "",
            "report": report["title"] or report["id"][:SHORT],
            "publisher": report["publisher"], "written": report["written"], "page claims": report["published"],
            "so": f"probable origin: {_why(family)}" if first else (
                f"the page's date is false: {report['false']}" if report["false"] else "copy"
            ),
            "id": report["id"][:SHORT],
        }  # fmt: skip


def _why(family: Row) -> str:
    if str(family["why"]).startswith("credited"):
        return f"credits {family['source']}"
    return str(family["why"])


def event_in_full(event: Row) -> Iterator[str]:
    """An event told line by line: fields, conflicts with who says what, history, sentences, corrections."""
    coded = f"{event['type'] or 'no type'}, {event['cameo'] or 'no code'}"
    yield f"{_MARKS.get(event['modality'], '')}{event['kind']} ({coded})"
    yield f"  id: {event['id']}"
    yield f"  when: {days(event['start'], event['end']) or 'not known'}"
    yield f"  who: {'; '.join(map(_party, event['parties'])) or 'not known'}"
    where = ", ".join(part for part in (event["place"], event["place_country"]) if part)
    yield f"  where: {where or 'not known'}"
    if event["instrument"]:
        yield f"  instrument: {event['instrument']}"
    yield f"  told by: {told_by(event['reports'], event['origins'])}"
    for field in event["fields"]:
        if field["contested"]:
            values = "; or ".join(f"{_value(field['name'], v['value'])} ({_counted(v)})" for v in field["values"])
            yield f"  contested: {field['name']}: {values}"
    if len(event["history"]) > 1:
        yield "  history: " + "; ".join(f"{v['value']} ({_counted(v)})" for v in event["history"])
    for key in event["candidates"]:
        yield f"  perhaps of: {key}"
    for said in event["corrections"]:
        change = f" {said['field']} to {said['value'] or 'unknown'}" if said["field"] else ""
        reason = f": {said['reason']}" if said["reason"] else ""
        yield f"  corrected: {said['what']}{change} by {said['author']} on {said['at'][:10]}{reason}"
    yield "  sentences:"
    for told in event["evidence"]:
        source = " | ".join(
            part for part in (told["written"] or "day not known", told["publisher"], told["title"]) if part
        )
        yield f"    {source} | report {told['report'][:SHORT]} | mention {told['mention'][:SHORT]}"
        yield f"      {told['words'] or 'The record keeps no words of this report: characters ' + _span(told)}"


def _party(party: Row) -> str:
    known = ", ".join(part for part in (party["office"], party["country"]) if part)
    return f"{party['name']} ({known})" if known and party["kind"] != "state" else str(party["name"])


def _value(field: str, value: str) -> str:
    first, _, last = value.partition("/")
    if field == "when":
        return days(first, last)
    return ", ".join(part for part in value.split("|") if part) if field == "place" else value


def _counted(value: Row) -> str:
    mentions, origins = len(value["mentions"]), len(value["origins"])
    return f"{mentions} mention{'s' if mentions > 1 else ''}, {origins} origin{'s' if origins > 1 else ''}"


def _span(told: Row) -> str:
    return f"{told['sentence'][0]} to {told['sentence'][1]} of the text"
