"""Reports as references, to cite what a record rests on: RIS (Zotero, EndNote, Mendeley) and BibTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import IO, Any
from urllib.parse import quote

from communique.export.cells import printable

Full = Mapping[str, Any]
_SPECIAL = {"\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{",
            "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}  # fmt: skip


class RisWriter:
    """Takes reports as `communique.store.whole.full_reports` gives them."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, full: Full) -> None:
        self._out.write(("\r\n".join(ris_lines(full)) + "\r\n\r\n").encode())

    def close(self) -> None:
        self._out.flush()


class BibtexWriter:
    """Takes reports as `communique.store.whole.full_reports` gives them."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, full: Full) -> None:
        self._out.write((bibtex(full) + "\n\n").encode())

    def close(self) -> None:
        self._out.flush()


def ris_lines(full: Full) -> Iterator[str]:
    """The lines of one reference. DA is the day on which the report was written, as concluded; not the page's."""
    written = _written(full)
    yield "TY  - NEWS"
    for tag, value in (
        ("ID", full["id"]), ("TI", full["title"]), ("AU", full["author"]),
        ("T2", full["publisher"]), ("PB", full["agency"]), ("PY", written[:4]),
        ("DA", written.replace("-", "/")), ("LA", full["language"]), ("UR", _address(full)),
        ("N1", _note(full)),
    ):  # fmt: skip
        if value:
            yield f"{tag}  - {printable(str(value))}"
    yield "ER  - "


def bibtex(full: Full) -> str:
    """One reference. Its key is publisher, year and the beginning of the report's id, by which no two are alike."""
    written = _written(full)
    fields = {
        "title": _title(full["title"]), "author": _braced(full["author"]), "journal": _escaped(full["publisher"]),
        "organization": _escaped(full["agency"]), "year": written[:4], "date": written,
        "url": _address(full), "note": _escaped(_note(full)), "langid": full["language"],
    }  # fmt: skip
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_key(full)},", *lines, "}"])


def _address(full: Full) -> str | None:
    url = full["url"]
    return quote(url, safe="!#$%&'()*+,-./:;=?@[]^_`|~") if url and "//" in url else None  # a brace would end the field


def _written(full: Full) -> str:
    """The day of writing, as concluded: of a copy the day on which its text is first known. Empty when unknown."""
    return min((day for day in (full["written"], full["known_since"]) if day), default="")


def _note(full: Full) -> str | None:
    """What a reader of the page would stumble over: its date is not the day of writing."""
    claimed = (full["published"] or "")[:10]
    if not claimed or claimed == _written(full):
        return None
    if full["known_since"] and full["known_since"] < claimed:
        return f"The page is dated {claimed}; another one had this text on {full['known_since']}."
    return f"The page is dated {claimed}; its text says otherwise." if full["claim_contradicted"] else None


def _key(full: Full) -> str:
    name = unicodedata.normalize("NFKD", full["publisher"] or "report").encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]", "", name.lower()) or "report"
    return f"{name}{_written(full)[:4]}{full['id'][:8]}"


def _title(title: str | None) -> str | None:
    """In a second pair of braces, so that no style changes its capitals."""
    return f"{{{_escaped(title)}}}" if title else None


def _braced(author: str | None) -> str | None:
    """An author's name as one name: pages write "By A. Reader and B. Writer" as they like."""
    return f"{{{_escaped(author)}}}" if author else None


def _escaped(text: str | None) -> str | None:
    return "".join(_SPECIAL.get(c, c) for c in printable(text)) if text else None
