"""One table as Parquet, for pandas, polars, DuckDB and R's arrow. Needs pyarrow (extra `tables`)."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from communique.errors import MissingExtra
from communique.export.rows import NUMBERS, TABLES

if TYPE_CHECKING:
    from communique.export.rows import Row
    from communique.model import Coding

_FLOATS = frozenset({"scale", "latitude", "longitude", "confidence", "written_confidence"})
_BATCH = 5_000  # rows held before they are written


class ParquetWriter:
    """Writes the table called `table`: text columns, integers for counts and offsets, doubles for the rest."""

    def __init__(self, out: IO[bytes], table: str) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError as error:
            raise MissingExtra(
                "cannot write Parquet: pyarrow is not installed. Install the extra: pip install 'communique[tables]'"
            ) from error
        columns, self._rows = TABLES[table]
        kinds = {
            column: pyarrow.float64()
            if column in _FLOATS
            else pyarrow.int64()
            if column in NUMBERS
            else pyarrow.string()
            for column in columns
        }
        self._schema = pyarrow.schema(list(kinds.items()))
        self._pyarrow = pyarrow
        self._file = pyarrow.parquet.ParquetWriter(out, self._schema, compression="zstd")
        self._held: list[Row] = []

    def write(self, coding: Coding) -> None:
        self._held.extend(self._rows(coding))
        if len(self._held) >= _BATCH:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if self._held:
            self._file.write_table(self._pyarrow.Table.from_pylist(self._held, schema=self._schema))
            self._held = []
