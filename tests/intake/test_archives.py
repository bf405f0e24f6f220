"""Large files: read as streams and in parts; what is broken or cut off is told, and costs no more than itself."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from communique.intake.files import Failure, Part, Raw, can_be_parted, find_inputs, read_input
from communique.model import Report
from communique.settings import DEFAULT

LEAD = "The foreign ministers of Norway and Peru met in Oslo on Monday and signed agreement number {} on fisheries."

NEXT = "They are to meet again in Lima next year, when both sides will review how the agreement has worked."


def page(number: int) -> bytes:
    """One response of a WARC file, with some bytes that do not pack well."""
    noise = os.urandom(1_500).hex()
    html = f"<html><head><meta name='x' content='{noise}'></head><body><p>{LEAD.format(number)}</p></body></html>"
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(html) + html.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: https://a.example/"
        f"{number}\r\nWARC-Date: 2024-05-03T01:02:03Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def line(number: int) -> bytes:
    return json.dumps({"text": LEAD.format(number), "id": number}).encode() + b"\n"


def read(path: Path) -> tuple[list[Report], list[str]]:
    found = list(read_input(path))
    return [one for one in found if isinstance(one, Report)], [one.message for one in found if isinstance(one, Failure)]


def test_a_packed_text_that_is_cut_off_is_kept_and_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "report.txt.gz"
    text = "\n\n".join(LEAD.format(os.urandom(40).hex()) for _ in range(200))
    path.write_bytes(gzip.compress(text.encode())[:-2_000])
    (report,), (said,) = read(path)
    assert report.text.startswith(text[:500])
    assert "is cut off" in said


def test_packed_lines_before_a_cut_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    lines = b"".join(line(n) + line(10_000 + int.from_bytes(os.urandom(3))) for n in range(2_000))
    path.write_bytes(gzip.compress(lines)[:-500])
    reports, said = read(path)
    assert len(reports) > 3_000
    assert reports[0].text == LEAD.format(0)
    assert "is cut off" in said[-1]


@pytest.mark.parametrize("lost", [900, 3], ids=["in the page", "in the checksum"])
def test_an_archive_that_is_cut_off_is_said_to_be_and_keeps_its_pages(tmp_path: Path, lost: int) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(gzip.compress(page(n)) for n in range(6))[:-lost])
    reports, said = read(path)
    assert [r.source.record for r in reports][:4] == [f"<urn:uuid:{n}>" for n in range(4)]
    assert "is cut off" in said[-1]


def test_an_unpacked_archive_that_is_cut_off_is_said_to_be(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "crawl.warc"
    path.write_bytes((page(1) + page(2))[:-100])
    reports, said = read(path)
    assert reports[0].text == LEAD.format(1)
    assert "is cut off" in said[-1]


def test_a_damaged_record_costs_no_more_than_itself(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "crawl.warc.gz"
    members = [bytearray(gzip.compress(page(n))) for n in range(6)]
    members[2][800:860] = os.urandom(60)
    path.write_bytes(b"".join(members))
    reports, said = read(path)
    assert [r.text for r in reports] == [LEAD.format(n) for n in (0, 1, 3, 4, 5)]
    assert len(said) == 1
    assert "1 packed parts of it cannot be unpacked" in said[0]


def test_an_archive_that_is_packed_as_a_whole_is_read(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(gzip.compress(page(1) + page(2) + page(3)))
    assert [r.text for r in read(path)[0]] == [LEAD.format(n) for n in (1, 2, 3)]


def test_texts_of_a_wet_file_are_read(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    text = LEAD.format(1).encode()
    head = (
        b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://a.example/1\r\n"
        b"WARC-Date: 2024-05-03T01:02:03Z\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(text)
    )
    path = tmp_path / "crawl.warc.wet.gz"
    path.write_bytes(gzip.compress(head + text + b"\r\n\r\n"))
    (report,) = read(path)[0]
    assert (report.text, report.declared.url) == (LEAD.format(1), "https://a.example/1")


def test_an_archive_comes_through_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fastwarc")
    ends = os.pipe()
    with os.fdopen(ends[1], "wb") as out:
        out.write(gzip.compress(page(1)) + gzip.compress(page(2)))

    class Input:
        buffer = os.fdopen(ends[0], "rb")

    monkeypatch.setattr(sys, "stdin", Input())
    assert [r.text for r in read(Path("-"))[0]] == [LEAD.format(1), LEAD.format(2)]


def test_a_table_may_be_larger_than_the_limit_of_a_file(tmp_path: Path) -> None:
    settings = replace(DEFAULT, max_bytes=20_000)
    rows = tmp_path / "rows.csv"
    rows.write_text("id,text\n" + "".join(f'{n},"{LEAD.format(n)}\n\n{NEXT}"\n' for n in range(500)))
    found = list(read_input(rows, settings))
    assert len(found) == 500
    assert isinstance(found[-1], Report)
    assert found[-1].text == f"{LEAD.format(499)}\n\n{NEXT}"


def parts(path: Path, size: int) -> Iterator[Raw | Failure]:
    whole = path.stat().st_size
    for start in range(0, whole, size):
        yield from find_inputs(path, DEFAULT, part=Part(start, start + size))


@pytest.mark.parametrize("size", [97, 700, 3_001, 1_000_000])
def test_the_parts_of_a_file_of_lines_are_the_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"".join(map(line, range(40))) + b"broken{\n\n" + line(40).rstrip())
    assert can_be_parted(path)
    whole = [one.read(DEFAULT) if isinstance(one, Raw) else one for one in find_inputs(path)]
    assert [one.read(DEFAULT) if isinstance(one, Raw) else one for one in parts(path, size)] == whole


@pytest.mark.parametrize("size", [500, 1_777, 5_003, 1_000_000])
def test_the_parts_of_a_packed_archive_are_the_whole(tmp_path: Path, size: int) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(gzip.compress(page(n)) for n in range(12)))
    assert can_be_parted(path)
    assert [one.where for one in parts(path, size) if isinstance(one, Raw)] == [
        f"{path}, <urn:uuid:{n}>" for n in range(12)
    ]


def test_files_that_must_be_read_whole_are_known(tmp_path: Path) -> None:
    path = tmp_path / "report.txt.gz"
    path.write_bytes(gzip.compress(b"A report."))
    assert not can_be_parted(path)
    assert not can_be_parted(tmp_path / "no such file")


def test_letters_of_a_mailbox_are_reports(tmp_path: Path) -> None:
    path = tmp_path / "alerts.mbox"
    letter = "From a@b.example Mon May  6 15:40:00 2024\nFrom: A <a@b.example>\nTo: all\nSubject: Note {}\n\n{}\n\n"
    path.write_text("".join(letter.format(n, LEAD.format(n)) for n in (1, 2)))
    reports, said = read(path)
    assert [r.title for r in reports] == ["Note 1", "Note 2"]
    assert reports[1].source.record == "letter 2"
    assert not said


def test_headlines_are_what_a_list_of_articles_gives(tmp_path: Path) -> None:
    path = tmp_path / "gdelt.json"
    rows = [
        {"url": "https://a.example/1", "title": LEAD.format(1), "seendate": "20240506T101500Z", "domain": "a.example"}
    ]
    path.write_text(json.dumps({"articles": rows}))
    (report,) = read(path)[0]
    assert (report.text, report.declared.published) == (LEAD.format(1), "2024-05-06T10:15:00")
    assert report.declared.url == "https://a.example/1"
    assert any("only the headline" in note for note in report.notes)


def test_headlines_are_what_a_sitemap_for_news_gives(tmp_path: Path) -> None:
    path = tmp_path / "news.xml"
    path.write_text(
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/1</loc><news:news>'
        "<news:publication><news:name>Fjord Post</news:name></news:publication>"
        f"<news:publication_date>2024-05-06</news:publication_date><news:title>{LEAD.format(1)}</news:title>"
        "</news:news></url></urlset>"
    )
    (report,) = read(path)[0]
    assert (report.text, report.declared.published) == (LEAD.format(1), "2024-05-06")
    assert report.declared.publisher == "Fjord Post"


def test_a_fault_in_reading_one_report_is_that_reports_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **options: object) -> Report:
        raise ZeroDivisionError("by design")

    monkeypatch.delenv("COMMUNIQUE_DEBUG", raising=False)
    monkeypatch.setattr("communique.intake.files.report_from_html", broken)
    (tmp_path / "a.html").write_text("<html><body><p>" + LEAD.format(1) + "</p></body></html>")
    (tmp_path / "b.txt").write_text(LEAD.format(2))
    first, second = read_input(tmp_path)
    assert isinstance(first, Failure)
    assert "a.html: a fault of this program (ZeroDivisionError: by design)" in first.message
    assert isinstance(second, Report)


def test_a_report_that_takes_too_long_to_read_does_not_end_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from communique.intake import tables

    real = tables.report_from_row

    def slow(row: tables.Row, *args: object, **options: object) -> Report:
        while "number 1 " in str(row["text"]):
            pass
        return real(row, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(tables, "report_from_row", slow)
    path = tmp_path / "rows.jsonl"
    path.write_bytes(line(0) + line(1) + line(2))
    found = list(read_input(path, replace(DEFAULT, max_seconds=0.3)))
    assert [type(one) for one in found] == [Report, Failure, Report]
    assert isinstance(found[1], Failure)
    assert "line 2: it took more than 0.3 seconds" in found[1].message


def test_a_stream_of_a_gzip_file_is_its_content() -> None:
    from communique.intake.gunzip import unpacked

    data = os.urandom(700_000)
    packed = gzip.compress(data[:300_000]) + gzip.compress(b"") + gzip.compress(data[300_000:]) + b"\0" * 600
    stream, raw = unpacked(io.BytesIO(packed))
    assert stream.read() == data
    assert (raw.broken, raw.cut) == (0, False)
