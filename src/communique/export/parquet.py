"""One table as Parquet, for pandas, polars, DuckDB and R's arrow. Needs pyarrow (extra `tables`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import IO, TYPE_CHECKING

from communique.errors import MissingExtra
from communique.export.rows import NUMBERS, TABLES

if TYPE_CHECKING:
    from communique.export.rows import Row
    from communique.model import Coding

_FLOATS = frozenset({"scale", "latitude", "longitude", "confidence", "written_confidence"})
_BATCH = 5_000  # rows held before they are written


class ParquetTable:
    """One table: text columns, integers for counts and offsets, doubles for the rest. Rows are written in batches."""

    def __init__(
        self, out: IO[bytes], columns: Sequence[str], *, numbers: Collection[str], floats: Collection[str]
    ) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError as error:
            raise MissingExtra(
                "cannot write Parquet: pyarrow is not installed. Install the extra: pip install 'communique[tables]'"
            ) from error
        kinds = {
            column: pyarrow.float64()
            if column in floats
            else pyarrow.int64()
            if column in numbers
            else pyarrow.string()
            for column in columns
        }
        self._schema = pyarrow.schema(list(kinds.items()))
        self._pyarrow = pyarrow
        self._file = pyarrow.parquet.ParquetWriter(out, self._schema, compression="zstd")
        self._held: list[Row] = []

    def put(self, rows: Iterable[Row]) -> None:
        self._held.extend(rows)
        if len(self._held) >= _BATCH:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if self._held:
            self._file.write_table(self._pyarrow.Table.from_pylist(self._held, schema=self._schema))
            self._held = []


class ParquetWriter:
    """Writes the table called `table` of codings."""

    def __init__(self, out: IO[bytes], table: str) -> None:
        columns, self._rows = TABLES[table]
        self._table = ParquetTable(out, columns, numbers=NUMBERS, floats=_FLOATS)

    def write(self, coding: Coding) -> None:
        self._table.put(self._rows(coding))

    def close(self) -> None:
        self._table.close()
