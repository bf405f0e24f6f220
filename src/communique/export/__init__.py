"""The record written out: JSON, JSONL, CSV, XLSX, Parquet, PLOVER, GDELT columns, Web Annotation, terminal, HTML.

Every module here knows `Coding` (communique.model) and nothing of how it was made; `export.writers` has a writer for
each format. Nothing is imported here, so that a command which exports nothing does not pay for it.
"""
