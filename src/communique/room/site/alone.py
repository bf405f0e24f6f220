"""A dossier as one file: no server, no network, no script. What it cannot hold it names instead of linking to it."""

from __future__ import annotations

import base64
import hashlib
import re

from communique.errors import SettingsError
from communique.room import words
from communique.room.framing import STATIC
from communique.room.pages import dossier
from communique.room.site.links import relink


def dossier_file(first: str, second: str) -> str:
    """The dossier of two countries of the open room as HTML. Raises SettingsError for what is no pair of countries."""
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    from communique.room.guarding import Visitor

    pair = sorted((first.upper(), second.upper()))
    unknown = [code for code in pair if code not in words.countries()]
    if unknown or pair[0] == pair[1]:
        raise SettingsError(f"{' and '.join(unknown or pair)}: name two countries by their codes, as in CHN KAZ.")
    page = dossier.gathered(pair)
    request = RequestFactory(headers={"host": "localhost"}).get(f"/pairs/{'-'.join(pair)}")
    request.visitor = Visitor("", "reader")
    style = _style()
    mark = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    html = render_to_string(
        "room/dossier.html",
        {"title": page.title, "base": "room/alone.html", "style": style, "style_hash": mark, **page.data, **page.extra},
        request,
    )
    inside = set(re.findall(r'\bid="([^"]+)"', html))
    return relink(html, lambda address: _lead(address, inside))


def _lead(address: str, inside: set[str]) -> str | None:
    """To the event or report where the file has it; nowhere else."""
    for kind, prefix in (("/events/", "e-"), ("/reports/", "rep-")):
        if address.startswith(kind):
            name = prefix + address.removeprefix(kind).split("#")[0]
            return f"#{name}" if name in inside else None
    return None


def _style() -> str:
    """The room's stylesheet without the fonts that it would load."""
    text = (STATIC / "room.css").read_text(encoding="utf-8")
    return re.sub(r"@font-face\{[^}]*\}\n?", "", text)
