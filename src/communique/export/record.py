"""A whole record in the formats that others read. What is asked of the record is asked by name, so that nothing here
knows how it is kept."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import IO, Any, NamedTuple

import msgspec

from communique.errors import SettingsError
from communique.export.cells import safe_cell
from communique.export.recorded import FLOATS, NUMBERS, TABLES, as_coding
from communique.export.rows import Row
from communique.export.writers import Options
from communique.model import Coding

Full = Mapping[str, Any]
Ask = Callable[[str], Iterable[Full]]
"""Answers a question by its name: "full_events", "full_reports" ..."""


class Format(NamedTuple):
    """A format: how a file of it is called, what it holds, and what writes it."""

    suffixes: tuple[str, ...]
    describes: str
    write: Callable[[Ask, IO[bytes], Options], None]


def write_record(name: str, ask: Ask, out: IO[bytes], options: Options) -> None:
    """Write what `ask` gives on `out`. Raises SettingsError for an unknown format or table."""
    if name not in FORMATS:
        raise SettingsError(f"there is no format {name!r} of a record. Choose one of: {', '.join(FORMATS)}.")
    if options.table not in TABLES:
        raise SettingsError(f"a record has no table {options.table!r}. Choose one of: {', '.join(TABLES)}.")
    FORMATS[name].write(ask, out, options)


def table_rows(ask: Ask, table: str, options: Options) -> Iterator[Row]:
    """The rows of one table."""
    question, _, rows = TABLES[table]
    for full in ask(question):
        for row in rows(full):
            if not options.text:
                row = {name: None if name in _WORDS else value for name, value in row.items()}
            yield row


_WORDS = frozenset({"sentence", "content", "title", "report_title", "written_reason", "day_reason"})  # of reports


# --- tables ---------------------------------------------------------------------------------------------------------


def write_csv(ask: Ask, out: IO[bytes], options: Options) -> None:
    file = io.TextIOWrapper(out, encoding="utf-8-sig" if options.bom else "utf-8", newline="", write_through=True)
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(TABLES[options.table][1])
    for row in table_rows(ask, options.table, options):
        writer.writerow(["" if cell is None else cell for cell in map(safe_cell, row.values())])
    file.flush()
    file.detach()


def _xlsx(ask: Ask, out: IO[bytes], options: Options) -> None:
    from communique.export.xlsx import Workbook

    book = Workbook(out, {name: columns for name, (_, columns, _) in TABLES.items()})
    for name in TABLES:
        for row in table_rows(ask, name, options):
            book.put(name, row)
    book.close()


def write_parquet(ask: Ask, out: IO[bytes], options: Options) -> None:
    from communique.export.parquet import ParquetTable

    table = ParquetTable(out, TABLES[options.table][1], numbers=NUMBERS, floats=FLOATS)
    for row in table_rows(ask, options.table, options):
        table.put([row])
    table.close()


def datapackage(files: Mapping[str, str], title: str) -> bytes:
    """The description of a folder of tables (Frictionless Data Package): file of each table, columns, their types."""
    resources = [
        {
            "name": table,
            "path": file,
            "schema": {
                "fields": [
                    {"name": c, "type": "number" if c in FLOATS else "integer" if c in NUMBERS else "string"}
                    for c in TABLES[table][1]
                ],
                "primaryKey": TABLES[table][1][0] if table not in ("steps", "offices") else [],
            },
        }
        for table, file in files.items()
    ]
    package = {"name": "communique-record", "title": title, "resources": resources}
    return json.dumps(package, ensure_ascii=False, indent=2).encode() + b"\n"


# --- events ---------------------------------------------------------------------------------------------------------


def _json(ask: Ask, out: IO[bytes], options: Options) -> None:
    out.write(b"[")
    for n, line in enumerate(_lines(ask, options)):
        out.write((b",\n" if n else b"\n") + line)
    out.write(b"\n]\n")


def _jsonl(ask: Ask, out: IO[bytes], options: Options) -> None:
    for line in _lines(ask, options):
        out.write(line + b"\n")


def _lines(ask: Ask, options: Options) -> Iterator[bytes]:
    """Events with every field's values, who gives them, and their sentences."""
    for full in ask("full_events"):
        event = {key: value for key, value in full.items() if key not in ("lead", "sectors")}
        event["best"] = full["lead"]["mention"]
        if not options.text:
            event["evidence"] = [told | {"words": None, "title": None} for told in full["evidence"]]
        yield msgspec.json.encode(event)


def _plover(ask: Ask, out: IO[bytes], options: Options) -> None:
    from communique.export.plover import plover_records

    for full in ask("full_events"):
        told = _told_by(full)
        coding = as_coding(full)
        with_text = options.text and bool(coding.report.text)
        for record in plover_records(coding if with_text else _bare(coding), text=with_text, comment=told):
            out.write(msgspec.json.encode(record) + b"\n")


def _told_by(full: Full) -> str:
    """How well an event is attested, in words: reports, and the origins that they go back to."""
    reports, (least, most) = full["counts"]["reports"], full["origins"]
    if reports == 1:
        return "told by 1 report"
    origins = "1 origin" if most == 1 else f"{most} origins" if least == most else f"{least} to {most} origins"
    return f"told by {reports} reports of {origins}"


def _bare(coding: Coding) -> Coding:
    """The coding without words of the report, nor places of words in it that nobody could look up."""
    events = tuple(
        replace(event, participants=tuple(replace(p, spans=()) for p in event.participants)) for event in coding.events
    )
    return replace(coding, report=replace(coding.report, text="", title=None), events=events)


def _gdelt(ask: Ask, out: IO[bytes], options: Options) -> None:
    from communique.export.gdelt import Counts, GdeltWriter, gdelt_rows

    writer = GdeltWriter(out)
    for full in ask("full_events"):
        counts, since = full["counts"], full["since"]
        added = "".join(c for c in since[:19] if c.isdecimal())
        known = Counts(counts["mentions"], counts["publishers"], counts["reports"], counts["leads"], added)
        writer.put(gdelt_rows(as_coding(full), known))
    writer.close()


def _followthemoney(ask: Ask, out: IO[bytes], options: Options) -> None:
    from communique.export.followthemoney import FollowTheMoneyWriter

    writer = FollowTheMoneyWriter(out, text=options.text)
    for full in ask("full_events"):
        writer.write(full)
    writer.close()


# --- reports --------------------------------------------------------------------------------------------------------


def _annotation(ask: Ask, out: IO[bytes], options: Options) -> None:
    from communique.export.annotation import web_annotations

    for full in ask("full_codings"):
        coding = msgspec.convert(full["coding"], Coding)
        text = (full["text"] or "") if options.text else ""
        coding = replace(coding, report=replace(coding.report, text=text, title=full["title"]))
        for annotation in web_annotations(coding, full["events"]):
            out.write(msgspec.json.encode(annotation) + b"\n")


def _ris(ask: Ask, out: IO[bytes], options: Options) -> None:
    from communique.export.citing import RisWriter

    writer = RisWriter(out)
    for full in ask("full_reports"):
        writer.write(full)
    writer.close()


def _bibtex(ask: Ask, out: IO[bytes], options: Options) -> None:
    from communique.export.citing import BibtexWriter

    writer = BibtexWriter(out)
    for full in ask("full_reports"):
        writer.write(full)
    writer.close()


FORMATS: dict[str, Format] = {
    "csv": Format((".csv",), "one table (--table), or all of them in a folder", write_csv),
    "xlsx": Format((".xlsx",), "a workbook with all tables", _xlsx),
    "parquet": Format((".parquet",), "one table (--table), or all of them in a folder; needs the extra 'tables'",
                      write_parquet),
    "json": Format((".json",), "a list of events, each with every field's values and its sentences", _json),
    "jsonl": Format((".jsonl", ".ndjson"), "the same, one line an event", _jsonl),
    "plover": Format((".plover.jsonl",), "PLOVER records, one line an event", _plover),
    "gdelt": Format((".tsv", ".export.csv"), "the 61 columns of GDELT 2.0 events, tab-separated, no header", _gdelt),
    "annotation": Format((".jsonld",), "W3C Web Annotations, one line each", _annotation),
    "followthemoney": Format((".ftm.jsonl", ".ftm.json"), "FollowTheMoney entities, one line each", _followthemoney),
    "ris": Format((".ris",), "the reports as references, for Zotero and others", _ris),
    "bibtex": Format((".bib",), "the reports as references, for LaTeX", _bibtex),
}  # fmt: skip


def format_of(name: str) -> str | None:
    """The format that a file's name asks for, by its longest known ending."""
    endings = [(suffix, key) for key, format_ in FORMATS.items() for suffix in format_.suffixes]
    for suffix, key in sorted(endings, key=lambda ending: -len(ending[0])):
        if name.lower().endswith(suffix):
            return key
    return None
