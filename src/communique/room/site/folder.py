"""`communique site`: every page of the room, and its twins, as files in a folder."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from communique.errors import SettingsError
from communique.room.framing import STATIC, asset
from communique.room.site.links import addresses, relink
from communique.room.site.rendering import Renderer, body

_PAGE = re.compile(r"page=(\d+)")
_MARK = ".communique-site"  # says that the folder was written by us and may be written again


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, and the addresses that led nowhere."""

    pages: int
    twins: int
    missing: tuple[str, ...]


def write(folder: Path, *, told: Callable[[int], None] = lambda n: None) -> Written:
    """Write the open room (a fixed one) to a folder, following every link from the front page.

    `told` hears the number of files now and then. Raises SettingsError for a folder that holds something else.
    """
    _prepare(folder)
    renderer = Renderer()
    static = asset("")
    queue, seen = ["/"], {"/"}
    pages = twins = 0
    missing: list[str] = []
    while queue:
        address = queue.pop()
        answer = renderer.ask(address)
        target = folder / file_of(address)
        target.parent.mkdir(parents=True, exist_ok=True)
        if answer.status_code in (301, 302):
            following = answer["Location"]
            target.write_text(_redirect(_relative(address, following)), encoding="utf-8")
            found = [following]
        elif answer.status_code != 200:
            missing.append(address)
            continue
        elif "html" not in answer["Content-Type"]:
            target.write_bytes(body(answer))
            twins += 1
            found = []
        else:
            html = body(answer).decode("utf-8")
            found = [a for a in addresses(html) if is_written(a)]
            target.write_text(relink(html, partial(_lead, address, static)), encoding="utf-8")
            pages += 1
        for other in found:
            plain = other.split("#")[0]
            if plain and plain not in seen:
                seen.add(plain)
                queue.append(plain)
        if (pages + twins) % 1000 == 0:
            told(pages + twins)
    return Written(pages, twins, tuple(missing))


def _prepare(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / _MARK).exists())):
        raise SettingsError(f"{folder} holds something else. Name a folder that is empty or not there yet.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).write_text("Written by communique site; it may write here again.\n", encoding="utf-8")
    shutil.copytree(STATIC, folder / "static", dirs_exist_ok=True)


def is_written(address: str) -> bool:
    """Whether an address is one of those that become files: pages and twins, and the further pages of a list."""
    parts = urlsplit(address)
    return not parts.query or bool(_PAGE.fullmatch(parts.query))


def file_of(address: str) -> str:
    """The file of an address: "/pairs/GHA-KEN" is pairs/GHA-KEN.html, "/events?page=2" events-page-2.html."""
    parts = urlsplit(address)
    path = parts.path.strip("/") or "index"
    page = _PAGE.fullmatch(parts.query or "")
    if page and page[1] != "1":
        path += f"-page-{page[1]}"
    if path.endswith((".json", ".csv", ".atom")):
        return path
    return path + ".html"


def _relative(here: str, there: str) -> str:
    """From the file of one address to that of another; what is after # stays."""
    path, _, fragment = there.partition("#")
    if not path:
        return there
    start = PurePosixPath(file_of(here)).parent
    relative = os.path.relpath(file_of(path), str(start)).replace(os.sep, "/")
    return f"{relative}#{fragment}" if fragment else relative


def _lead(here: str, static: str, there: str) -> str | None:
    if there.startswith(static):
        depth = len(PurePosixPath(file_of(here)).parts) - 1
        return "../" * depth + "static/" + there.removeprefix(static)
    return _relative(here, there) if is_written(there.split("#")[0]) else None


def _redirect(address: str) -> str:
    to = escape(address)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Moved</title>'
        f'<meta http-equiv="refresh" content="0; url={to}"><p><a href="{to}">The page is here.</a></p></html>'
    )
