"""Sitemaps: lists of addresses, and in those for news also titles and days."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from communique.errors import InputError
from communique.intake.feeds import safe_xml
from communique.intake.headlines import headline_report
from communique.intake.raw import Raw
from communique.intake.stamps import first_stamp
from communique.model import Declared, Report, Source


class Place(NamedTuple):
    """One entry of a sitemap. `is_sitemap`: it leads to another sitemap."""

    url: str
    title: str | None
    published: str | None
    publisher: str | None
    is_sitemap: bool


def places_of_sitemap(data: bytes, source: str) -> list[Place]:
    """The entries of a sitemap or of an index of sitemaps. Raises InputError for broken XML."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    tree = etree.fromstring(safe_xml(data, source).encode("utf-8", "replace"), parser=parser)
    if tree is None:
        raise InputError(f"cannot read {source}: broken XML. Check the file.", source=source)
    found = []
    for node in tree.iter():
        if _local(node) in ("url", "sitemap"):
            values = {_local(inner): " ".join("".join(inner.itertext()).split()) for inner in node.iter()}
            when = values.get("publication_date") or values.get("lastmod")
            if values.get("loc"):
                found.append(
                    Place(
                        values["loc"], values.get("title") or None, first_stamp(when) if when else None,
                        values.get("name") or None, _local(node) == "sitemap",
                    )
                )  # fmt: skip
    return found


def pages_of_sitemap(data: bytes, source: str) -> Iterator[Raw | InputError]:
    """The headlines of a sitemap for news; without headlines, an error that says what to do with the addresses."""
    places = places_of_sitemap(data, source)
    titled = [place for place in places if place.title]
    for number, place in enumerate(titled, 1):
        name = f"item {number}, {place.url}"
        yield Raw(f"{source}, {name}", partial(_headline, place, Source(source, name)))
    if not titled:
        yield InputError(
            f"cannot read {source}: a sitemap of {len(places):,} addresses, without text or titles. "
            f"To fetch the pages: communique watch {source} --record FILE",
            source=source,
        )


def _headline(place: Place, source: Source) -> Report:
    declared = Declared(published=place.published, publisher=place.publisher, url=place.url)
    return headline_report(place.title or "", source, declared)


def _local(node: Any) -> str:
    tag = node.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
