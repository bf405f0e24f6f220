"""The record written out: JSON, JSONL, CSV, XLSX, Parquet, PLOVER, GDELT columns, Web Annotation, terminal, HTML.

Every module here knows `Coding` (communique.model) and nothing of how it was made. `open_writer` finds the right one.
"""

from communique.export.writers import FORMATS, Writer, format_of, open_writer

__all__ = ["FORMATS", "Writer", "format_of", "open_writer"]
