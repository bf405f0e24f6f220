"""Rows to reports: JSON, JSON lines, CSV, TSV, Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from communique.errors import InputError, MissingExtra
from communique.intake.headlines import headline_report
from communique.intake.html import report_from_html
from communique.intake.metadata import value_kind
from communique.intake.stamps import first_stamp
from communique.intake.text import report_from_text
from communique.model import Declared, Report, Source

Row = Mapping[str, Any]

# Column names that are understood without being named, the likeliest first; compared in lower case.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "fulltext", "full_text", "maintext", "article_text", "article_body",
             "articlebody", "story",
             "content_text", "raw_text", "plain_text", "html", "content_html", "raw_html"),
    "title": ("title", "headline", "head", "title_text"),
    "published": ("published", "date", "date_publish", "datepublished", "publish_date", "published_at",
                  "pub_date", "pubdate", "date_published", "seendate", "time"),
    "url": ("url", "link", "href", "address", "source_url"),
    "source": ("source", "publisher", "source_name", "outlet", "source_domain", "domain", "site"),
    "section": ("section", "category", "column", "topic"),
    "author": ("author", "authors", "byline"),
    "id": ("id", "uuid", "doc_id", "docid", "article_id"),
}  # fmt: skip
_HEADLINES = {"url", "title", "seendate"}  # the columns of an answer of GDELT's DOC API, which has no texts
_FEWEST_WORDS = 12  # in the median cell of a column that is taken for the text without being named
_LONGEST_CELL = 50_000_000  # characters


def columns_of(rows: list[Row], named: Mapping[str, str] | None, source: str) -> dict[str, str]:
    """Which column holds what: {"text": "body", ...}. `named` wins; then well-known names; then the wordiest column.

    Raises InputError when no column can be the text, or a named one does not exist.
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    low = {name.lower().strip(): name for name in reversed(names)}
    chosen: dict[str, str] = {}
    for role, name in (named or {}).items():
        role = "published" if role == "date" else role
        if name not in names:
            raise InputError(
                f"cannot read {source}: it has no column {name!r}. It has: {', '.join(names)}.", source=source
            )
        chosen[role] = name
    for role, known in _NAMES.items():
        if role not in chosen:
            found = next((low[name] for name in known if name in low), None)
            if found is not None:
                chosen[role] = found
    if "text" not in chosen and not set(names) >= _HEADLINES:
        wordy = {name: _median_words(rows, name) for name in names if name not in chosen.values()}
        best = max(wordy, key=lambda name: (wordy[name], name), default=None)
        if best is not None and wordy[best] >= _FEWEST_WORDS:
            chosen["text"] = best
    if "text" not in chosen and not set(names) >= _HEADLINES:
        raise InputError(
            f"cannot read {source}: no column holds text. It has: {', '.join(names) or 'none'}. "
            "Name the one with the text: --column text=NAME",
            source=source,
        )
    return chosen


def _median_words(rows: list[Row], name: str) -> int:
    counts = sorted(len(value.split()) for row in rows if isinstance(value := row.get(name), str))
    return counts[len(counts) // 2] if counts else 0


def report_from_row(row: Row, columns: Mapping[str, str], source: Source, *, plain: bool = False) -> Report:
    """The report in one row. Raises InputError when its text cell is empty.

    Rows without a column of text are those of GDELT's lists of articles: their headline is the report.
    """
    value = row.get(columns["text"]) if "text" in columns else None
    text = "\n\n".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    get = {role: _cell(row, name) for role, name in columns.items() if role != "text"}
    named = Source(source.path, f"{source.record}, id {get['id']}" if get.get("id") else source.record)
    declared = _declared(get)
    if "text" not in columns:
        return headline_report(get.get("title") or "", named, declared)
    if not text.strip():
        raise InputError("the text cell is empty. Leave the row out.", source=source.record or "")
    if _is_html(text):
        report = report_from_html(text, source=named, url=get.get("url"))
        return _completed(report, get.get("title"), declared)
    return report_from_text(text, source=named, plain=plain, title=get.get("title") or None, declared=declared)


def _completed(report: Report, title: str | None, declared: Declared) -> Report:
    from dataclasses import replace

    values = {
        name: getattr(declared, name) if getattr(declared, name) is not None else getattr(report.declared, name)
        for name in Declared.__dataclass_fields__
    }
    return replace(report, title=title or report.title, declared=Declared(**values))


def _is_html(text: str) -> bool:
    start = text.lstrip()[:200].lower()
    return start.startswith(("<!doctype", "<html", "<head", "<body", "<div", "<p>", "<p ", "<article", "<h1"))


def _cell(row: Row, name: str) -> str | None:
    value = row.get(name)
    if isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    elif isinstance(value, dict):
        value = value.get("name") or value.get("title")
    return str(value).strip() or None if value is not None else None


def _declared(get: Mapping[str, str | None]) -> Declared:
    stated = get.get("source")
    kind = value_kind(stated) if stated else None
    when = get.get("published")
    return Declared(
        published=iso_time(when) if when else None,
        section=get.get("section"),
        publisher=stated if kind != "agency" else None,
        agency=stated if kind == "agency" else None,
        author=get.get("author"),
        url=get.get("url"),
    )


def iso_time(value: str) -> str | None:
    """A cell's time as ISO 8601: "20240329T101500Z", "2024-03-29 10:15:00", "29 March 2024"."""
    digits = value.strip().replace("T", "").replace("Z", "")
    if digits.isdecimal() and len(digits) in (8, 12, 14) and digits[:2] in ("19", "20"):
        value = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" + (
            f" {digits[8:10]}:{digits[10:12]}" if len(digits) > 8 else ""
        )
        value += f":{digits[12:14]}" if len(digits) == 14 else ""
    return first_stamp(value)


def rows_of_json(text: str, source: str) -> Iterator[tuple[int, Row]]:
    """(number, row) for each row of a JSON document: a list of objects, the list inside an object, or one object.

    Raises InputError for broken JSON and for other shapes.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"cannot read {source}: broken JSON ({_short(error)}). Check the file.", source=source
        ) from error
    if isinstance(data, dict):
        inner = [value for value in data.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        known = {str(name).lower() for name in data}
        data = max(inner, key=len) if inner and not known & {*_NAMES["text"][:4]} else [data]
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise InputError(f"cannot read {source}: its JSON is no object and no list of objects.", source=source)
    yield from enumerate(data, 1)


def _short(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:120] or type(error).__name__


def rows_of_csv(lines: Iterable[str], mark: str, source: str) -> Iterator[tuple[int, Row | InputError]]:
    """(number, row) for each row of a CSV or TSV text with a header, from its lines; the first row is number 1.

    Where the table is broken, an InputError comes in place of the rest.
    """
    csv.field_size_limit(_LONGEST_CELL)
    plain = (part for line in lines for part in line.replace("\r\n", "\n").replace("\r", "\n").splitlines(True))
    reader = csv.DictReader(plain, delimiter=mark)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            yield number, {name: value for name, value in row.items() if name is not None and isinstance(value, str)}
    except csv.Error as error:
        said = f"broken table from line {reader.line_num} on ({_short(error)}). Check the line."
        yield number + 1, InputError(said, source=source)


def rows_of_parquet(file: BinaryIO, source: str) -> Iterator[tuple[int, Row]]:
    """(number, row) for each row of a Parquet file, a batch at a time. Raises MissingExtra without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtra(
            f"cannot read {source}: Parquet needs a package. Install it with: pip install 'communique[tables]'"
        ) from error
    try:
        batches = pq.ParquetFile(file).iter_batches(batch_size=256)
        yield from enumerate((row for batch in batches for row in batch.to_pylist()), 1)
    except (pa.ArrowException, OSError, ValueError) as error:  # ValueError: a cell that is no UTF-8
        raise InputError(
            f"cannot read {source}: broken Parquet ({_short(error)}). Check the file.", source=source
        ) from error


def lines_of_json(lines: Iterable[str], source: str) -> Iterator[tuple[int, Row | InputError]]:
    """(line number, row) for each line of JSON lines; an InputError in place of a broken line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, InputError(f"broken JSON ({_short(error)}). Leave the line out.", source=source)
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            yield number, InputError("the line is no JSON object. Leave it out.", source=source)
