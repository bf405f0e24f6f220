"""Where the sample reports are: at the root of a checkout, or beside this file in an installed package."""

from __future__ import annotations

from pathlib import Path

from communique.errors import InputError

PREFIX = "sample:"


def folder() -> Path:
    """The folder of sample reports. Raises InputError when the installation has none."""
    here = Path(__file__).resolve().parent
    for place in (here / "_samples", here.parents[1] / "samples"):
        if place.is_dir():
            return place
    raise InputError("the sample reports are not installed. Install the package again.", source=PREFIX)


def resolve(path: str) -> str:
    """`path`, with "sample:NAME" turned into the path of that sample; "sample:" alone is the whole folder.

    Raises InputError for a sample that does not exist.
    """
    if not path.startswith(PREFIX):
        return path
    name = path.removeprefix(PREFIX)
    inside = folder().resolve()
    found = (inside / name).resolve()
    if not found.is_relative_to(inside) or not found.exists():
        known = ", ".join(sorted(child.name for child in inside.iterdir() if not child.name.startswith(".")))
        raise InputError(f"there is no sample {name!r}. There are: {known}.", source=path)
    return str(found)
