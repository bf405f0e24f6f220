"""Inputs to begin with: the samples, and small made files of the formats of which there is no sample."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
TITLE = "Norway and Peru agree on fisheries"
TEXT = (
    "OSLO, March 7 (NTB) -- The foreign ministers of Norway and Peru met in Oslo on Monday and signed an agreement on "
    'fisheries.\n\n"We have waited ten years for this day," Norwegian Foreign Minister Ingrid Solberg said. They are '
    "to meet again in Lima next year.\n"
)
PAGE = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{TEXT}</p></body></html>"


def seeds(target: str) -> Iterator[bytes]:
    """The first inputs of a target."""
    suffixes = {"text": ".txt", "coding": ".txt", "html": ".html", "feed": ".xml", "mail": ".eml", "csv": ".csv",
                "json": ".json", "jsonl": ".jsonl"}  # fmt: skip
    if target in suffixes:
        for path in sorted(SAMPLES.glob("*" + suffixes[target])):
            yield path.read_bytes()[:20_000]
    if target == "codebook":
        for path in sorted((ROOT / "src" / "communique" / "codebook" / "kinds").glob("*.toml")):
            yield path.read_bytes()[:4_000]
        yield OWN_KIND.encode()
    made = MADE.get(target)
    if made is not None:
        yield from made()


def _news() -> Iterator[bytes]:
    paragraphs = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
    head = f"<hedline><hl1>{TITLE}</hl1></hedline>"
    yield f"<nitf><body>{head}<body.content>{paragraphs}</body.content></body></nitf>".encode()
    yield (
        f'<newsMessage><newsItem guid="a"><contentMeta><headline>{TITLE}</headline></contentMeta>'
        f"<contentSet><inlineXML><html><body>{paragraphs}</body></html></inlineXML></contentSet></newsItem></newsMessage>"
    ).encode()


def _sitemap() -> Iterator[bytes]:
    yield (
        "<urlset><url><loc>http://h.example/1</loc><news:news><news:title>"
        f"{TITLE}</news:title><news:publication_date>2024-03-07</news:publication_date></news:news></url></urlset>"
    ).encode()


def _mbox() -> Iterator[bytes]:
    letter = f"From a@h.example Thu Mar  7 10:00:00 2024\nFrom: a@h.example\nTo: b\nSubject: {TITLE}\n\n{TEXT}\n"
    yield (letter * 2).encode()


def _mhtml() -> Iterator[bytes]:
    yield (
        "From: <Saved by a browser>\nSnapshot-Content-Location: http://h.example/1\nSubject: Oslo\n"
        "Date: Thu, 7 Mar 2024 10:00:00 +0100\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="X"\n\n'
        "--X\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\nContent-Location: http://h.example/1\n\n"
        f"{PAGE.replace('=', '=3D')}\n--X--\n"
    ).encode()


def _warc() -> Iterator[bytes]:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(PAGE)}\r\n\r\n{PAGE}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-03-07T10:00:00Z\r\n"
        "WARC-Target-URI: http://h.example/../../etc/passwd\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    ).encode()
    yield head + http + b"\r\n\r\n"
    wet = (
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:2>\r\nWARC-Date: 2024-03-07T10:00:00Z\r\n"
        f"Content-Type: text/plain\r\nContent-Length: {len(TEXT)}\r\n\r\n{TEXT}\r\n\r\n"
    ).encode()
    yield wet


def _gzip() -> Iterator[bytes]:
    records = list(_warc())
    yield b"".join(gzip.compress(record, mtime=0) for record in records)
    yield gzip.compress(b"".join(records), mtime=0)
    yield gzip.compress(TEXT.encode(), mtime=0)
    row = json.dumps({"text": TEXT, "title": TITLE}) + "\n"
    yield gzip.compress(row.encode() * 2, mtime=0)


def _parquet() -> Iterator[bytes]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return
    out = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT], "title": [TITLE], "date": ["2024-03-07"]}), out)
    yield out.getvalue()


def pdf_of(lines: list[str]) -> bytes:
    """A PDF file of one page, written by hand."""
    drawn = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 11 Tf 50 750 Td {drawn}ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    out, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def _pdf() -> Iterator[bytes]:
    yield pdf_of([TITLE, *TEXT.replace("\n", " ").split(". ")])


OWN_KIND = """
type = "CONSULT"
[kind.chat]
definition = "Two sides chat."
cameo = "040"
mutual = true
verbs = ["A chat with B", {frame = "A chat to B about X", sides = 2}]
nouns = ["chat between A and B"]
examples = [{text = "The ministers of Ghana and Togo chatted with each other in Accra.", who = ["GHA", "TGO"]}]
near_misses = ["The minister of Ghana chatted with his wife."]
"""
MADE = {
    "news": _news, "sitemap": _sitemap, "mbox": _mbox, "mhtml": _mhtml, "warc": _warc, "gzip": _gzip,
    "parquet": _parquet, "pdf": _pdf,
}  # fmt: skip
