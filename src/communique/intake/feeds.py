"""XML to reports: RSS, Atom, NewsML-G2, NITF. Document types and entities are dropped before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from communique.errors import InputError
from communique.intake.encodings import decode
from communique.intake.raw import Raw
from communique.intake.stamps import first_stamp
from communique.intake.tables import iso_time
from communique.intake.text import report_from_text
from communique.model import Declared, Report, Source

_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]?\s*)?>", re.IGNORECASE)
_DECLARATION = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)[^>]*>", re.IGNORECASE)
_ENCODING = re.compile(r"""^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")
_TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)[^<>]*?(/?)>")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_DEEPEST = 200
_MARKUP = re.compile(r"</?(?:p|div|br|a|img|b|i|em|strong|ul|li|span|h\d)\b[^>]*>", re.IGNORECASE)


def safe_xml(data: bytes, source: str) -> str:
    """XML as text without document type and entities. Raises InputError when it is nested more than 200 deep."""
    text, _ = decode(data)
    text = _DECLARATION.sub("", _DOCTYPE.sub("", text))
    text = _ENCODING.sub(r"\1", text)
    depth = deepest = 0
    for closing, _name, empty in _TAG.findall(text):
        depth += -1 if closing else 0 if empty else 1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise InputError(
            f"cannot read {source}: its elements are nested {deepest:,} deep (at most {_DEEPEST}). Check the file.",
            source=source,
        )
    return text


def items_of_feed(data: bytes, source: str) -> Iterator[Raw | InputError]:
    """The items of an RSS or Atom feed. An item that has only a summary says so in its notes."""
    import feedparser

    feed = feedparser.parse(
        safe_xml(data, source).encode("utf-8", "replace"), sanitize_html=False, resolve_relative_uris=False
    )
    entries = feed.get("entries", [])
    if not entries:
        yield InputError(f"cannot read {source}: the feed has no items. Check the file.", source=source)
    publisher = _word(feed.get("feed", {}).get("title"))
    for number, entry in enumerate(entries, 1):
        name = f"item {number}" + (f", {entry['id']}" if entry.get("id") else "")
        yield Raw(f"{source}, {name}", partial(_item, entry, Source(source, name), publisher))


def _item(entry: Any, source: Source, publisher: str | None) -> Report:
    parts = [part.get("value", "") for part in entry.get("content", [])]
    full = max(parts, key=len, default="")
    summary = entry.get("summary") or ""
    text = full if len(full) >= len(summary) else summary
    if not text.strip():
        raise InputError(
            f"cannot read {source.path}, {source.record}: the item has no text. Give the page itself.",
            source=source.path or "",
        )
    tags = entry.get("tags") or [{}]
    origin = entry.get("source") or {}
    declared = Declared(
        published=_time(entry, "published") or _time(entry, "updated"),
        # keys(): by itself feedparser answers for "published" when asked for "updated"
        modified=_time(entry, "updated") if "updated" in entry.keys() else None,  # noqa: SIM118
        section=_word(tags[0].get("term")),
        publisher=_word(origin.get("title")) or publisher,
        author=_word(entry.get("author")),
        url=_word(entry.get("link")),
    )
    report = report_from_text(_plain(text), source=source, title=_word(entry.get("title")), declared=declared)
    if not full:
        report = replace(report, notes=(*report.notes, "only the feed's summary of the report was read"))
    return report


def _time(entry: Any, name: str) -> str | None:
    """The entry's time in UTC, as feedparser has read it."""
    parsed = entry.get(f"{name}_parsed")
    if not parsed:
        return None
    return "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*parsed[:6])


def _word(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _plain(markup: str) -> str:
    """The text of a fragment of HTML, a paragraph per block."""
    if not _MARKUP.search(markup):
        return markup
    from resiliparse.extract.html2text import extract_plain_text

    text = str(extract_plain_text(f"<html><body>{markup}</body></html>", main_content=False) or "")
    return "\n\n".join(line for line in text.split("\n") if line.strip())


def items_of_newsml(data: bytes, source: str) -> Iterator[Raw | InputError]:
    """The news items of a NewsML-G2 message or a NITF document: headline, byline, dateline, day, paragraphs."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    tree = etree.fromstring(safe_xml(data, source).encode("utf-8", "replace"), parser=parser)
    if tree is None:
        yield InputError(f"cannot read {source}: broken XML. Check the file.", source=source)
        return
    items = [node for node in tree.iter() if _local(node) == "newsItem"] or [tree]
    for number, item in enumerate(items, 1):
        name = item.get("guid") or f"item {number}"
        yield Raw(f"{source}, {name}", partial(_news_item, item, Source(source, name), number))


def _news_item(item: Any, source: Source, number: int) -> Report:
    body = next((node for node in item.iter() if _local(node) in ("body.content", "body", "inlineXML")), item)
    paragraphs = [words for node in body.iter() if _local(node) == "p" and (words := _words(node))]
    if not paragraphs:
        raise InputError(
            f"cannot read {source.path}, item {number}: it has no paragraphs of text.", source=source.path or ""
        )
    first = {
        name: _first(item, *name.split("|"))
        for name in ("hl1|headline", "byline|by", "dateline", "provider", "slugline")
    }
    when = _first(item, "versionCreated", "contentCreated", "firstCreated", "story.date") or _norm(item)
    place = first["dateline"]
    if place and not paragraphs[0].startswith(place.rstrip(" -–—")):
        paragraphs[0] = f"{place.rstrip(' -–—')} - {paragraphs[0]}"
    declared = Declared(
        published=_stamp(when),
        author=_BY.sub("", first["byline|by"] or "") or None,
        publisher=first["provider"],
        dateline=place,
    )
    return report_from_text("\n\n".join(paragraphs), source=source, title=first["hl1|headline"], declared=declared)


def _stamp(when: str | None) -> str | None:
    return (iso_time(when) or first_stamp(when)) if when else None


def _local(node: Any) -> str:
    tag = node.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _words(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def _first(item: Any, *names: str) -> str | None:
    for node in item.iter():
        if _local(node) in names:
            words = _words(node) or node.get("literal") or node.get("norm")
            if words:
                return str(words)
    return None


def _norm(item: Any) -> str | None:
    """The day of issue in a NITF head: <date.issue norm="20240329T101500Z"/>."""
    for node in item.iter():
        if _local(node) in ("date.issue", "date.release") and node.get("norm"):
            return str(node.get("norm"))
    return None
