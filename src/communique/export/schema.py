"""The JSON Schema (draft 2020-12) of what `communique.export.json` writes, made from the model's own types."""

from __future__ import annotations

from typing import Any

import msgspec

from communique.model import Coding


def coding_schema() -> dict[str, Any]:
    """The schema of one report's coding. Every key is always there; unknown is null; later versions may add keys."""
    schema = msgspec.json.schema(Coding)
    kinds = schema["$defs"]
    for name, kind in kinds.items():
        if kind["type"] != "object":
            continue
        keys = {_written(name, key): value for key, value in kind["properties"].items()}
        for value in keys.values():
            value.pop("default", None)  # a default of the model is written out like anything else
        kind.update(properties=keys, required=list(keys))
        kind.pop("description", None)  # a docstring that speaks of Python
    kinds["Span"]["description"] = "Characters [start, end) of report.text."
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Communiqué: a coding", **schema}


def _written(kind: str, key: str) -> str:
    """The name that a field has in JSON, where it is another than in Python."""
    return {("Conflict", "against"): "with", ("Written", "day"): "date", ("Statement", "day"): "date"}.get(
        (kind, key), key
    )
