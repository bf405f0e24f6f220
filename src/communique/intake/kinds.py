"""What kind of input some bytes are, told by their content; the name only decides where the content cannot."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "text", "html", "json", "jsonl", "csv", "tsv", "feed", "sitemap", "newsml", "xml", "mail", "mbox",
    "mhtml", "warc", "pdf", "parquet", "gzip", "zip", "binary", "empty",
]  # fmt: skip

_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_UTF_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MAIL_HEAD = re.compile(
    rb"\A(?:(?:Received|From|To|Date|Subject|Return-Path|Delivered-To|MIME-Version|Message-ID|Content-Type|Snapshot-Content-Location"
    rb"|X-[\w-]+|Reply-To|Sender|DKIM-Signature)\s?:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}",
    re.IGNORECASE,
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|article|p|table|h1|meta|main|section|span|br)\b", re.IGNORECASE
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_MBOX = re.compile(rb"\AFrom \S+ +\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d[^\n]*\n")
_NEWSML = re.compile(rb"<(?:newsItem|newsMessage|NewsML|nitf|packageItem)[\s>]")
_HEAD = 4_096


def kind_of(data: bytes, name: str = "") -> Kind:
    """The kind of `data`; `name` is a file name or "". Only the first few thousand bytes are looked at."""
    if not data.strip():
        return "empty"
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    head = data[:_HEAD]
    if b"\x00" in head and not head.startswith(_UTF_MARKS[1:]):
        return "binary"
    if not head.startswith(_UTF_MARKS[1:]) and _share_of_controls(head) > 0.1:
        return "binary"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return _markup(head)
    if _MBOX.match(start):
        return "mbox"
    if _MAIL_HEAD.match(start.replace(b"\r\n", b"\n")):
        return "mhtml" if b"multipart/related" in head.lower() else "mail"
    return _by_structure(start, data, name.lower())


def _share_of_controls(head: bytes) -> float:
    return sum(byte < 9 or 13 < byte < 32 for byte in head) / len(head)


def _markup(head: bytes) -> Kind:
    if _FEED.search(head) and not re.search(rb"<html[\s>]", head, re.IGNORECASE):
        return "feed"
    if _SITEMAP.search(head):
        return "sitemap"
    if _NEWSML.search(head):
        return "newsml"
    if _HTML.search(head):
        return "html"
    return "xml" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") else "html"


def _by_structure(start: bytes, data: bytes, name: str) -> Kind:
    """JSON and tables by their first line; a table only when the name says so or the header is plain."""
    if start[:1] in (b"{", b"["):
        first = start.split(b"\n", 1)[0].rstrip()
        if start[:1] == b"{" and first.endswith(b"}") and start.count(b"\n{", 0, 1_000_000) >= 1:
            return "jsonl"
        if name.endswith((".jsonl", ".ndjson")):
            return "jsonl"
        if start[:1] == b"{" or first.lstrip(b"[").strip()[:1] in (b"{", b'"', b"", b"]"):
            return "json"
    stem = name[:-3] if name.endswith(".gz") else name
    if stem.endswith(".csv"):
        return "csv"
    if stem.endswith((".tsv", ".tab")):
        return "tsv"
    header = data.split(b"\n", 1)[0]
    for mark, kind in ((b"\t", "tsv"), (b",", "csv")):
        cells = [cell.strip(b' "\r\xef\xbb\xbf').lower() for cell in header.split(mark)]
        if len(cells) >= 2 and any(cell in _TEXT_NAMES for cell in cells) and all(len(cell) < 40 for cell in cells):
            return kind  # type: ignore[return-value]
    return "text"


_TEXT_NAMES = frozenset({b"text", b"body", b"content", b"article", b"fulltext", b"full_text", b"maintext"})
