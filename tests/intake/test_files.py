"""Whatever people have is read, told by its content; what cannot be read is one clear line, and the rest go on."""

# ruff: noqa: E501
from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from communique.intake.files import Failure, read_input
from communique.model import Report
from communique.settings import DEFAULT

LEAD = "The foreign ministers of Norway and Peru met in Oslo on Monday and signed an agreement on fisheries."
NEXT = "They are to meet again in Lima next year, when both sides will review how the agreement has worked."
TEXT = f"{LEAD}\n\n{NEXT}"
HTML = (
    "<!doctype html><html><head><meta charset='utf-8'><title>Norway and Peru agree | Fjord Post</title></head>"
    f"<body><h1>Norway and Peru agree on fisheries</h1><p>{LEAD}</p><p>{NEXT}</p></body></html>"
)


def only(path: Path | str, **options: object) -> Report:
    found = list(read_input(path, **options))  # type: ignore[arg-type]
    assert len(found) == 1
    assert isinstance(found[0], Report), found[0]
    return found[0]


def failure(path: Path | str, **options: object) -> Failure:
    found = list(read_input(path, **options))  # type: ignore[arg-type]
    assert len(found) == 1
    assert isinstance(found[0], Failure), found[0]
    assert "\n" not in found[0].message
    assert str(path) in found[0].message
    return found[0]


def warc(html: str, length: int | None = None) -> bytes:
    page = html.encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (length or len(page)) + page
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"WARC-Target-URI: https://fjord.example/../../x\r\n"
        b"WARC-Date: 2024-05-03T01:02:03Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    )
    return head % len(http) + http + b"\r\n\r\n"


SHAPES: dict[str, Callable[[], bytes]] = {
    "report.txt": lambda: f"Norway and Peru agree\n\n{TEXT}".encode(),
    "utf16.txt": lambda: f"Norway and Peru agree\n\n{TEXT}".encode("utf-16"),
    "packed.txt.gz": lambda: gzip.compress(f"Norway and Peru agree\n\n{TEXT}".encode()),
    "page.html": HTML.encode,
    "page.dat": HTML.encode,
    "list.json": lambda: json.dumps([{"title": "Norway and Peru agree", "body": TEXT}]).encode(),
    "wrapped.json": lambda: json.dumps({"items": [{"headline": "Norway and Peru agree", "content_text": TEXT}]}).encode(),
    "pages.json": lambda: json.dumps([{"html": HTML}]).encode(),
    "lines.jsonl": lambda: (json.dumps({"title": "Norway and Peru agree", "text": TEXT}) + "\n").encode(),
    "table.csv": lambda: f'title,text\nNorway and Peru agree,"{TEXT}"\n'.encode(),
    "table.tsv": lambda: f'title\tstory\nNorway and Peru agree\t"{TEXT}"\n'.encode(),
    "feed.xml": lambda: f"<rss><channel><item><title>Norway and Peru agree</title><description>{TEXT}</description></item></channel></rss>".encode(),
    "atom.xml": lambda: f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Norway and Peru agree</title><content type="html">&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;{NEXT}&lt;/p&gt;</content></entry></feed>'.encode(),
    "item.nitf": lambda: f"<nitf><body><body.head><hedline><hl1>Norway and Peru agree</hl1></hedline></body.head><body.content><p>{LEAD}</p><p>{NEXT}</p></body.content></body></nitf>".encode(),
    "letter.eml": lambda: f"From: A <a@b.example>\nTo: all\nSubject: Norway and Peru agree\nDate: Mon, 6 May 2024 15:40:00 +0100\n\n{TEXT}\n".encode(),
    "saved.mhtml": lambda: f"From: <Saved>\nSubject: x\nDate: Mon, 6 May 2024 15:40:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\nContent-Location: https://fjord.example/2024/05/06/x\n\n{HTML}\n--B--\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_of_input_gives_the_same_article(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(SHAPES[name]())
    report = only(path)
    assert report.text == TEXT
    assert report.title is not None
    assert report.title.startswith("Norway and Peru agree")


def test_a_page_in_a_warc_file_keeps_its_address_and_day(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(gzip.compress(warc(HTML)) + gzip.compress(warc(HTML, length=9_999)))
    first, second = read_input(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.text, first.captured, first.source.record) == (TEXT, date(2024, 5, 3), "<urn:uuid:1>")
    assert first.declared.url == "https://fjord.example/../../x"
    assert any("cut off" in note for note in second.notes)


def test_rows_of_parquet_are_read(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "rows.parquet"
    parquet.write_table(pa.table({"text": [TEXT, None], "title": ["A", "B"]}), path)
    first, second = read_input(path)
    assert isinstance(first, Report)
    assert first.text == TEXT
    assert isinstance(second, Failure)
    assert "row 2" in second.message


def test_lines_that_every_page_of_a_pdf_repeats_are_left_out() -> None:
    from communique.intake.archives import without_running_lines

    pages = [f"Fjord Ministry\n{words}\nPage {n} of 3" for n, words in enumerate(["One.", "Two.", "Three."], 1)]
    assert without_running_lines(pages) == "One.\nTwo.\nThree."


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f'words,other_words,day\n"{TEXT}","{NEXT}",20240329\n')
    report = only(path, columns={"text": "other_words", "date": "day"})
    assert report.text == NEXT
    assert report.declared.published == "2024-03-29"
    assert "no column 'story'" in failure(path, columns={"text": "story"}).message


def test_the_claims_of_a_row_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = {
        "id": 7,
        "text": TEXT,
        "title": "Accord",
        "date": "2024-05-02T10:15:00",
        "url": "https://f.example",
        "source": "Xinhua",
    }
    path.write_text(json.dumps(row))
    report = only(path)
    assert (report.title, report.declared.published, report.declared.agency) == (
        "Accord",
        "2024-05-02T10:15:00",
        "Xinhua",
    )
    assert report.source.record == "line 1, id 7"


def test_only_a_summary_in_a_feed_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(SHAPES["feed.xml"]())
    assert "only the feed's summary of the report was read" in only(path).notes


BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.html": (b" \n\n ", "empty"),
    "noise.bin": (bytes(range(256)) * 20, "not text"),
    "zip.html": (b"", "ZIP"),
    "deep.html": (b"<html><body>" + b"<div>" * 50_000 + b"x" + b"</div>" * 50_000, "nested 50,000 deep"),
    "deep.xml": (b"<?xml version='1.0'?><nitf>" + b"<block>" * 5_000, "nested"),
    "deep.json": (b"[" * 100_000, "broken JSON"),
    "links.html": (b"<html><body><ul><li><a href='/'>One</a></li></ul></body></html>", "no article"),
    "sitemap.xml": (b"<?xml version='1.0'?><urlset><url><loc>https://a.example/1</loc></url></urlset>", "1 addresses"),
    "numbers.csv": (b"a,b\n1,2\n3,4\n", "no column holds text"),
    "broken.gz": (b"\x1f\x8b\x08\x00garbage", "broken gzip"),
    "broken.pdf": (b"%PDF-1.4 nothing", "PDF"),
    "broken.parquet": (b"PAR1 nothing", "Parquet"),
    "feed.xml": (b"<rss><channel></channel></rss>", "no items"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_one_clear_line(name: str, tmp_path: Path) -> None:
    data, says = BAD[name]
    if name == "zip.html":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("../../x.txt", "x")
        data = packed.getvalue()
    path = tmp_path / name
    path.write_bytes(data)
    assert says in failure(path).message


def test_fifty_megabytes_of_one_line_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"word " * 10_000_000)
    assert "more than the 400,000 of one report" in failure(path).message


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.txt.gz"
    path.write_bytes(gzip.compress(b"\0" * 30_000_000))
    settings = replace(DEFAULT, max_bytes=1_000_000)
    assert "unpacked it is larger than 1,000,000 bytes" in failure(path, settings=settings).message


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_text(TEXT * 10)
    assert "larger than 500 bytes" in failure(path, settings=replace(DEFAULT, max_bytes=500)).message


def test_entities_of_a_feed_are_never_resolved(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    bomb = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
    path.write_text(
        f"<?xml version='1.0'?>{bomb}<rss><channel><item><title>T &b; &f;</title><description>{TEXT}</description></item></channel></rss>"
    )
    report = only(path)
    assert report.text == TEXT
    assert "ha" not in (report.title or "")


def test_broken_lines_of_a_table_do_not_stop_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        f"{json.dumps({'text': TEXT})}\nbroken{{\n{json.dumps({'text': ''})}\n{json.dumps({'text': NEXT})}\n"
    )
    found = list(read_input(path))
    assert [type(one) for one in found] == [Report, Failure, Failure, Report]


def test_a_folder_is_read_in_order_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "c.html").write_text(HTML)
    (tmp_path / ".hidden").write_text(TEXT)
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)))
    (tmp_path / "loop").symlink_to(tmp_path)
    found = list(read_input(tmp_path))
    assert [one.source.path for one in found if isinstance(one, Report)] == [
        str(tmp_path / "b.txt"),
        str(tmp_path / "a" / "c.html"),
    ]
    assert all(one.skipped for one in found if isinstance(one, Failure))


def test_a_name_that_does_not_exist_is_one_line() -> None:
    assert "no such file" in failure("/nowhere/at/all.txt").message


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BytesIO(HTML.encode())

    monkeypatch.setattr(sys, "stdin", Input())
    report = only("-")
    assert report.text == TEXT
    assert report.source.path == "-"


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    for name, make in SHAPES.items():
        (tmp_path / name).write_bytes(make())
    assert list(read_input(tmp_path)) == list(read_input(tmp_path))
