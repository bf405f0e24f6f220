"""What is promised of every report and every coding, whatever the input: for property tests and for the fuzzer."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

import jsonschema_rs

from communique.export.json import to_json
from communique.export.rows import TABLES, Row
from communique.export.schema import coding_schema
from communique.export.writers import FORMATS, Options, open_writer
from communique.model import Coding, Report, Span

_COUNTRY = re.compile(r"[A-Z]{3}")
# Formats that need no package beyond the lock's smallest set, and write the same bytes again.
EXPORTS = tuple(name for name in FORMATS if name != "parquet")


def check_report(report: Report) -> None:
    """The text is text; ids are its digests; every line that is kept stands where it says."""
    report.text.encode("utf-8")
    assert report.text_sha256 == hashlib.sha256(report.text.encode("utf-8")).hexdigest()
    assert re.fullmatch(r"[0-9a-f]{16}", report.id)
    end = 0
    for line in report.lines:
        if line.span is not None:
            assert end <= line.span.start < line.span.end <= len(report.text)
            assert report.text[line.span.start : line.span.end] == line.text
            end = line.span.end


def check_coding(coding: Coding) -> None:
    """Every record points into the text, refers to what is there, and holds values that its columns allow."""
    text = coding.report.text
    for span in spans_of(coding):
        assert 0 <= span.start < span.end <= len(text), span
    events = coding.events
    statements = {statement.id for statement in coding.statements}
    instruments = {instrument.id for instrument in coding.instruments}
    people = {person.id for person in coding.people}
    assert len({event.id for event in events}) == len(events)
    assert len(statements) == len(coding.statements)
    for event in events:
        assert within(event.evidence.trigger, event.evidence.sentence)
        assert event.stated_in is None or event.stated_in in statements
        assert event.instrument is None or event.instrument in instruments
        assert (event.start is None) == (event.end is None)
        assert event.start is None or event.end is None or event.start <= event.end
        assert event.participants
        assert event.why
        for who in event.participants:
            assert who.name.strip()
            assert who.country is None or _COUNTRY.fullmatch(who.country)
    for statement in coding.statements:
        assert statement.content
        if statement.direct:  # quoted words: letter by letter those of the text, without the marks round them
            assert all(text[a:b].strip() for a, b in statement.content)
    for person in coding.people:
        assert person.mentions
        for member in person.members or ():  # ids of people; states and organisations by their name
            assert member in people or not re.fullmatch(r"p\d+", member)


def spans_of(coding: Coding) -> list[Span]:
    """Every span of the record."""
    found: list[Span | None] = []
    for event in coding.events:
        found += [event.evidence.sentence, event.evidence.trigger, event.when.span if event.when else None]
        found += [event.place.span if event.place else None, *chain(*(who.spans for who in event.participants))]
        found += chain(*((mention.sentence, mention.trigger) for mention in event.mentions))
    for statement in coding.statements:
        found += [*statement.content, statement.cue, *(statement.speaker.spans if statement.speaker else ())]
    for person in coding.people:
        found += [*person.mentions, *(office.span for office in person.offices)]
    found += [instrument.evidence.sentence for instrument in coding.instruments]
    if coding.report.written:
        found += [evidence.span for evidence in coding.report.written.evidence]
    return [span for span in found if span is not None]


def within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


@lru_cache(maxsize=1)
def contract() -> jsonschema_rs.Draft202012Validator:
    """The published schema of the JSON, made strict: a key that it does not name is a fault."""
    schema = coding_schema()
    for kind in schema["$defs"].values():
        if kind["type"] == "object":
            kind["additionalProperties"] = False
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def written(coding: Coding, name: str, table: str = "events") -> bytes:
    """The bytes of `coding` in the format `name`."""
    out = io.BytesIO()
    writer = open_writer(name, out, Options(table=table))
    writer.write(coding)
    writer.close()
    return out.getvalue()


QUOTES = (("sentence", "sentence_start", "sentence_end"), ("content", "content_start", "content_end"))


def check_quotes(row: Row, text: str) -> None:
    """The words of a row are those that stand in the text where the row says, line breaks apart."""
    for words, start, end in QUOTES:
        if row.get(words) is not None:
            stands = text[int(row[start] or 0) : int(row[end] or 0)].split()
            for piece in str(row[words]).split(" … "):
                assert " ".join(piece.split()) in " ".join(stands)
    if row.get("trigger"):
        assert str(row["trigger"]) in str(row["sentence"])


def check_exports(coding: Coding, names: Iterable[str] = EXPORTS) -> None:
    """Every format can be written, and what is JSON or CSV can be read again with the same words."""
    data = json.loads(to_json(coding))
    contract().validate(data)
    assert data["report"]["text"] == coding.report.text
    for name in names:
        written(coding, name)
    for table, (columns, rows) in TABLES.items():
        read = list(csv.reader(io.StringIO(written(coding, "csv", table).decode("utf-8"), newline="")))
        assert read[0] == list(columns)
        made = list(rows(coding))
        assert len(read) - 1 == len(made)
        for row in made:
            check_quotes(row, coding.report.text)
        assert not any(cell[:1] in ("=", "+", "@", "\t", "\r") for row in read[1:] for cell in row)
