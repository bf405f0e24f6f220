"""Communiqué reads news reports about relations between states and keeps the diplomatic record in them.

    >>> import communique
    >>> record = communique.code("The foreign ministers of Ghana and Togo met in Accra on 3 May 2023.")
    >>> [event.kind for event in record.events]
    ['meeting']

What is public: the names in `__all__`, the modules `communique.model`, `communique.settings` and `communique.errors`,
and the JSON. Nothing heavy is imported before it is used: spaCy comes with the first report that is coded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.api import Result, code
    from communique.coder import Coder
    from communique.settings import Settings

__all__ = ["Coder", "Result", "Settings", "code"]

_HOME = {
    "Coder": "communique.coder",
    "Result": "communique.api",
    "Settings": "communique.settings",
    "code": "communique.api",
}


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first asked for."""
    if name == "__version__":
        from importlib import metadata

        return metadata.version("communique")
    if name not in _HOME:
        raise AttributeError(f"module 'communique' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
