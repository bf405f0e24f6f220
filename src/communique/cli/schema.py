"""`communique schema`: the contract of the JSON, for programs that read it."""

from __future__ import annotations

import typer


def command() -> None:
    """Print the JSON Schema of what `communique code --format json` writes for one report.

    Example:  communique schema > coding.schema.json
    """
    import msgspec

    from communique.export.schema import coding_schema

    typer.echo(msgspec.json.format(msgspec.json.encode(coding_schema()), indent=2).decode())
