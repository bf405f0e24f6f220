"""Statements over many rows at once, alike on SQLite and PostgreSQL: a record's tables are long, and so are batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
from django.db import connections

CHUNK = 500
_ROWS = 2000  # rows of one multi-row statement, or of one executemany


def pieces(values: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    """The values, sorted, in lists short enough for one statement."""
    ordered = sorted(values)
    for i in range(0, len(ordered), size):
        yield ordered[i : i + size]


def select(alias: str, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that a statement gives."""
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def select_in(alias: str, statement: str, keys: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement with one "IN {}", for any number of keys."""
    for part in pieces(keys):
        yield from select(alias, statement.format("(" + ",".join(["%s"] * len(part)) + ")"), part)


def execute_many(alias: str, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement once for each row."""
    source = iter(rows)
    with connections[alias].cursor() as cursor:
        while part := list(islice(source, _ROWS)):
            cursor.executemany(statement, part)


def insert(
    alias: str, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, conflict: str = ""
) -> None:
    """Insert rows. `conflict` is what to do with a row that is there: "ignore", or the key by which it is replaced."""
    names = ", ".join(f'"{column}"' for column in columns)
    end = ""
    if conflict == "ignore":
        end = " ON CONFLICT DO NOTHING"
    elif conflict:
        changes = ", ".join(f'"{c}" = excluded."{c}"' for c in columns if c != conflict)
        end = f' ON CONFLICT ("{conflict}") DO UPDATE SET {changes}'
    connection = connections[alias]
    if connection.vendor == "postgresql" and not end:
        _copy(connection, table, names, rows)
        return
    marks = ", ".join(["%s"] * len(columns))
    execute_many(alias, f'INSERT INTO "{table}" ({names}) VALUES ({marks}){end}', rows)


def _copy(connection: Any, table: str, names: str, rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def listed(alias: str, columns: Sequence[tuple[str, str]]) -> str:
    """A table of parameters to select from: "FROM {listed(...)} ... " with `as_list(rows)` as its parameter.

    `columns` are (name, type), type "text" or "bigint". The rows are read first, whatever the planner thinks of them:
    on SQLite join what follows by CROSS JOIN, which keeps that order.
    """
    if connections[alias].vendor == "postgresql":
        names = ", ".join(f"(value->>{i})::{kind} AS {name}" for i, (name, kind) in enumerate(columns))
        return f"(SELECT {names} FROM jsonb_array_elements(%s::jsonb) AS t(value)) AS p"
    names = ", ".join(f"json_extract(value, '$[{i}]') AS {name}" for i, (name, _) in enumerate(columns))
    return f"(SELECT {names} FROM json_each(%s)) AS p"


def as_list(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as the parameter of `listed`."""
    return msgspec.json.encode(list(rows)).decode()
