"""Communiqué from Python: `code` for a text or a path, and `Result`, what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.errors import CommuniqueError, InputError, MissingExtra, SettingsError
from communique.settings import DEFAULT, Settings

if TYPE_CHECKING:
    import pandas
    import polars

    from communique.coder import Coder
    from communique.intake.files import Failure
    from communique.model import Coding, Event, Instrument, Person, Report, Statement

_SHOWN = 20  # reports that a notebook cell shows in full
_TOGETHER = 100_000  # characters, after which no more reports are taken to be parsed together


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """The codings of what was read, and the inputs that could not be read.

    A sequence of codings: `len(result)`, `result[0]`, `for coding in result`.
    """

    codings: tuple[Coding, ...]
    failures: tuple[Failure, ...] = ()

    def __len__(self) -> int:
        return len(self.codings)

    def __iter__(self) -> Iterator[Coding]:
        return iter(self.codings)

    def __getitem__(self, i: int) -> Coding:
        return self.codings[i]

    def __repr__(self) -> str:
        counted = {name: len(getattr(self, name)) for name in ("events", "statements", "instruments", "failures")}
        return f"<Result: {len(self)} reports, {', '.join(f'{n} {name}' for name, n in counted.items())}>"

    @property
    def events(self) -> tuple[Event, ...]:
        """All events, in the order of the reports."""
        return tuple(event for coding in self.codings for event in coding.events)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order of the reports."""
        return tuple(statement for coding in self.codings for statement in coding.statements)

    @property
    def people(self) -> tuple[Person, ...]:
        """All people and groups, report by report: who is named in two reports is here twice."""
        return tuple(person for coding in self.codings for person in coding.people)

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """All instruments, report by report."""
        return tuple(instrument for coding in self.codings for instrument in coding.instruments)

    def rows(self, table: str = "events") -> list[dict[str, Any]]:
        """The rows of a table: "events", "statements", "instruments", "people" or "reports".

        The columns are those of the CSV export (docs/reference.md). Raises SettingsError for another name.
        """
        from communique.export.rows import TABLES

        if table not in TABLES:
            raise SettingsError(f"there is no table {table!r}. Choose one of: {', '.join(TABLES)}.")
        return [row for coding in self.codings for row in TABLES[table][1](coding)]

    def to_pandas(self, table: str = "events") -> pandas.DataFrame:
        """A table as a pandas data frame; its columns are there even when it has no row.

        Raises MissingExtra when pandas is not installed.
        """
        from communique.export.rows import TABLES

        try:
            import pandas
        except ImportError as error:
            raise MissingExtra(
                "pandas is not installed. Install the extra: pip install 'communique[tables]'"
            ) from error
        return pandas.DataFrame(self.rows(table), columns=list(TABLES[table][0]))

    def to_polars(self, table: str = "events") -> polars.DataFrame:
        """A table as a polars data frame: text columns, and numbers where the table has numbers.

        Raises MissingExtra when polars is not installed.
        """
        from communique.export.rows import NUMBERS, TABLES

        try:
            import polars
        except ImportError as error:
            raise MissingExtra(
                "polars is not installed. Install the extra: pip install 'communique[tables]'"
            ) from error
        rows = self.rows(table)
        schema = {column: polars.Float64 if column in NUMBERS else polars.String for column in TABLES[table][0]}
        return polars.DataFrame(rows, schema=schema)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The JSON of each report, as dictionaries."""
        from communique.export.json import coding_to_dict

        return [coding_to_dict(coding) for coding in self.codings]

    def _repr_html_(self) -> str:
        """What a notebook shows: each report's text with its records marked. All text is escaped."""
        from html import escape

        from communique.export.html import to_html

        parts = [to_html(coding) for coding in self.codings[:_SHOWN]]
        if len(self) > _SHOWN:
            parts.append(f"<p>and {len(self) - _SHOWN} more reports</p>")
        parts += [f"<p>not read: {escape(failure.source)}: {escape(failure.message)}</p>" for failure in self.failures]
        return "<hr>".join(parts) or "<p>nothing was read</p>"


def code(
    what: str | Path | Iterable[str | Path], settings: Settings = DEFAULT, *, columns: Mapping[str, str] | None = None
) -> Result:
    """Code a text, a file, a folder, or several of them.

    A `Path`, and a string that is the name of an existing file or folder, is read from disk; "sample:NAME" is one of
    the bundled samples; any other string is the text of one report. `columns` says which columns of a CSV or
    JSONL hold what, as `--column` does on the command line. Inputs that cannot be read are in `failures`.

    Raises InputError when a lone string looks like a path and no such file is there.

    >>> import communique
    >>> record = communique.code("sample:accra-visit.txt")
    >>> record[0].report.written.day
    datetime.date(2024, 4, 3)
    """
    from communique.intake.files import Failure, read_input

    coder = coder_for(settings)
    codings: list[Coding] = []
    failures: list[Failure] = []
    for item in [what] if isinstance(what, str | Path) else what:
        path = _path_of(item)
        if path is None:
            codings.append(coder.code(_report_of(str(item), settings)))
            continue
        for found in code_each(coder, read_input(path, settings, columns=columns), wait=path == "-"):
            if isinstance(found, Failure):
                failures.append(found)
            else:
                codings.append(found)
    return Result(tuple(codings), tuple(failures))


@lru_cache(maxsize=4)
def coder_for(settings: Settings = DEFAULT) -> Coder:
    """A coder with these settings, made once per process: it holds the language model and the compiled codebook."""
    from communique.coder import Coder

    return Coder(settings)


def code_each(
    coder: Coder,
    found: Iterable[Report | Failure],
    *,
    wait: bool = False,
    at: Callable[[int | None], None] = lambda number: None,
) -> Iterator[Coding | Failure]:
    """For each report its coding, or how it failed; failures to read are passed on. In order, the same as one by one.

    Reports are parsed some together, which is faster: `READ_AHEAD` of them, or `_TOGETHER` characters, are taken before
    the first is coded. `wait` takes each one as it comes, for input that somebody may still be writing. `at` is told
    the number of each item, from 0, before it is coded, and None before some are parsed together.
    """
    from communique.coder import READ_AHEAD
    from communique.intake.files import Failure

    source = iter(found)
    first = 0
    while batch := _some(source, 1 if wait else READ_AHEAD):
        if len(batch) > 1:
            at(None)
            _read_ahead(coder, [item for item in batch if not isinstance(item, Failure)])
        for number, item in enumerate(batch, first):
            if isinstance(item, Failure):
                yield item
                continue
            at(number)
            try:
                coding = code_within_limits(coder, item)
            except InputError as error:
                yield Failure(error.source, str(error))
                continue
            yield coding
        first += len(batch)


def _some(source: Iterator[Report | Failure], most: int) -> list[Report | Failure]:
    """The next `most` reports and failures, fewer where their texts are long."""
    batch: list[Report | Failure] = []
    held = 0
    while len(batch) < most and held < _TOGETHER and (item := next(source, None)) is not None:
        batch.append(item)
        held += len(getattr(item, "text", ""))
    return batch


def _read_ahead(coder: Coder, reports: list[Report]) -> None:
    """Parse reports together, in no more time than one of them has. What goes wrong is left to each to tell."""
    from communique.intake.raw import is_fault
    from communique.limits import time_limit

    try:
        with time_limit(coder.settings.max_seconds, "reports together"):
            coder.read_ahead(reports)
    except BaseException as error:
        if not (isinstance(error, CommuniqueError) or is_fault(error)):
            raise


def code_within_limits(coder: Coder, report: Report) -> Coding:
    """The record of `report`, within the time that the settings allow.

    Raises InputError when that is over, and for a fault of ours: it is this report's failure and stops nothing else.
    """
    from communique.intake.raw import fault, is_fault
    from communique.limits import time_limit

    source = report.source.path or report.id
    where = f"{source}, {report.source.record}" if report.source.record else source
    try:
        with time_limit(coder.settings.max_seconds, where):
            return coder.code(report)
    except BaseException as error:
        if isinstance(error, CommuniqueError) or not is_fault(error):
            raise
        raise InputError(fault(f"cannot code {where}", error), source=source) from error


def _report_of(text: str, settings: Settings) -> Any:
    from communique.intake.text import report_from_text

    return report_from_text(text)


def _path_of(item: str | Path) -> str | None:
    """The path that `item` means, or None when it is a text."""
    from communique.samples import PREFIX, resolve

    if isinstance(item, Path):
        return str(item)
    if item.startswith(PREFIX) and "\n" not in item:
        return resolve(item)
    looks_like_path = len(item) < 1_000 and not any(c.isspace() for c in item.strip()) and item.strip()
    try:
        if item.strip() and "\n" not in item and len(item) < 1_000 and Path(item).exists():
            return item
    except (OSError, ValueError):
        return None
    if looks_like_path and ("/" in item or "." in item.rstrip(".")):
        raise InputError(f"there is no file {item!r}. To code a text, give the text itself.", source=item)
    return None
