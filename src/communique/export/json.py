"""The JSON of a coding, as docs/reference.md documents it: the same keys in the same order every time.

The dictionaries follow the fields of `communique.model`, with three names that JSON can have and Python cannot or
should not: `Conflict.against` is "with", `Statement.day` and `Written.day` are "date".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from communique.model import Coding


def coding_to_dict(coding: Coding) -> dict[str, Any]:
    """The coding as plain dictionaries, lists, strings and numbers.

    Spans become `[start, end]`, days ISO 8601 strings, unknown values None. Key order is that of the model.
    """
    data: dict[str, Any] = _lists(msgspec.to_builtins(coding))
    written = data["report"]["written"]
    if written is not None:
        for conflict in written["conflicts"]:
            _rename(conflict, "against", "with")
        _rename(written, "day", "date")
    for statement in data["statements"]:
        _rename(statement, "day", "date")
    return data


def coding_from_dict(data: dict[str, Any]) -> Coding:
    """The coding whose `coding_to_dict` is `data`, which is changed. Raises ValueError for what is no coding."""
    from communique.model import Coding

    written = data["report"]["written"]
    if written is not None:
        _rename(written, "date", "day")
        for conflict in written["conflicts"]:
            _rename(conflict, "with", "against")
    for statement in data["statements"]:
        _rename(statement, "date", "day")
    return msgspec.convert(data, Coding)


def to_json(coding: Coding, *, indent: int = 0) -> bytes:
    """UTF-8 JSON of one coding without a line break at its end; `indent` spaces a level, 0 for one line."""
    encoded = msgspec.json.encode(coding_to_dict(coding))
    return msgspec.json.format(encoded, indent=indent) if indent else encoded


def _rename(data: dict[str, Any], old: str, new: str) -> None:
    """Give a key another name in its place, so that the order of keys stays that of the model."""
    items = [(new if key == old else key, value) for key, value in data.items()]
    data.clear()
    data.update(items)


def _lists(value: Any) -> Any:
    """Tuples as lists, all the way down: what JSON would give back."""
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_lists(item) for item in value]
    return value
