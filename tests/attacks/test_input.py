"""Files made to harm whoever reads them: nothing they name is read, written, fetched or run, and they cost little."""

# ruff: noqa: E501
from __future__ import annotations

import base64
import gzip
import io
import os
import subprocess
import sys
import time
import zipfile
import zlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from seeds import PAGE, TEXT, TITLE, pdf_of

from communique.intake.files import Failure, read_input
from communique.model import Report
from communique.settings import DEFAULT

ROOT = Path(__file__).resolve().parents[2]
SECRET = "the combination of the safe is nine four one"
SMALL = replace(DEFAULT, max_bytes=1_000_000)


def reports(path: Path) -> list[Report]:
    return [one for one in read_input(path, SMALL) if isinstance(one, Report)]


def words(path: Path) -> str:
    """All that the package keeps or says of a file."""
    return "\n".join(str(one) for one in read_input(path, SMALL))


# --- web pages ----------------------------------------------------------------------------------------------------

HARMFUL = {
    "script": "<script>document.title = 'gotcha'</script>",
    "handler": '<img src=x onerror="gotcha()">',
    "svg": '<svg onload="gotcha()"><script>gotcha()</script></svg>',
    "frame": "<iframe src='file:///etc/hostname' srcdoc='&lt;p&gt;gotcha&lt;/p&gt;'></iframe>",
    "style": "<style>body:after { content: 'gotcha' }</style>",
    "template": "<template><p>gotcha</p></template>",
    "object": "<object data='data:text/html,gotcha'></object>",
    "comment": "<!-- gotcha --><![CDATA[gotcha]]>",
    "refresh": "<meta http-equiv=refresh content='0; url=http://localhost:9/gotcha'>",
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_a_page_would_run_or_load_is_no_part_of_its_text(name: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("<p>", f"{HARMFUL[name]}<p>"))
    (report,) = reports(path)
    assert "Norway and Peru met in Oslo" in report.text
    assert "gotcha" not in report.text


def test_the_address_that_a_page_names_for_itself_is_kept_only_where_it_is_one_of_the_web(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("<title>", "<link rel=canonical href='javascript:gotcha()'><title>"))
    (report,) = reports(path)
    assert report.declared.url is None


# --- XML ----------------------------------------------------------------------------------------------------------

LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
ITEMS = {
    "feed.xml": "<rss><channel><item><title>T &l9; &f;</title><description>%s &l9; &f;</description></item></channel></rss>",
    "atom.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T &f;</title><content>%s &l9; &f;</content></entry></feed>',
    "news.xml": "<nitf><body><hedline><hl1>T</hl1></hedline><body.content><p>%s &l9; &f;</p></body.content></body></nitf>",
    "map.xml": "<urlset><url><loc>http://h.example/&f;&l9;</loc><news:news><news:title>%s &f;</news:title></news:news></url></urlset>",
    "page.xhtml": "<html><head><title>T</title></head><body><p>%s &l9; &f;</p></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("name", ITEMS)
def test_entities_of_xml_neither_grow_nor_open_files(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    kinds = f"<!ENTITY l0 'haha'>{LAUGHS}<!ENTITY f SYSTEM '{secret.as_uri()}'>"
    path = tmp_path / name
    path.write_text(f"<?xml version='1.0'?><!DOCTYPE x [{kinds}]>{ITEMS[name] % TEXT}")
    started = time.process_time()
    said = words(path)
    assert time.process_time() - started < 20
    assert said
    assert SECRET not in said
    assert len(said) < 50_000


def test_a_document_type_from_outside_is_not_fetched(tmp_path: Path) -> None:
    path = tmp_path / "news.xml"
    head = '<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd">'
    path.write_text(f"<?xml version='1.0'?>{head}{ITEMS['news.xml'] % TEXT}".replace("&l9; &f;", ""))
    watched(path)


# --- what unpacks to more than it is -----------------------------------------------------------------------------


@cache
def bombs() -> dict[str, bytes]:
    zeros = b"0" * 40_000_000
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", zeros)
    page = f"<html><body><p>{TEXT}</p>".encode() + b" " * 40_000_000 + b"</body></html>"
    body = gzip.compress(page, mtime=0)
    http = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    warc = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-03-07T10:00:00Z\r\n"
        "WARC-Target-URI: http://h.example/\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) + len(body)}\r\n\r\n{http}"
    ).encode() + body + b"\r\n\r\n"  # fmt: skip
    stream = zlib.compress(b"(word) Tj " * 4_000_000)
    pdf = pdf_of(["x"])
    start, end = pdf.index(b"<< /Length"), pdf.index(b"endstream")
    pdf = (
        pdf[:start]
        + f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
        + stream
        + b"\n"
        + pdf[end:]
    )
    return {
        "bomb.zip": packed.getvalue(),
        "bomb.docx": packed.getvalue(),
        "bomb.txt.gz": gzip.compress(zeros, mtime=0),
        "twice.txt.gz": gzip.compress(gzip.compress(zeros, mtime=0), mtime=0),
        "many.txt.gz": gzip.compress(b"0" * 900_000, mtime=0) * 60,
        "bomb.warc": warc,
        "bomb.warc.gz": gzip.compress(warc, mtime=0),
        "bomb.pdf": pdf,
    }


@pytest.mark.parametrize(
    "name", ["bomb.zip", "bomb.docx", "bomb.txt.gz", "twice.txt.gz", "many.txt.gz", "bomb.warc", "bomb.warc.gz", "bomb.pdf"]
)  # fmt: skip
def test_a_bomb_is_one_failure_and_takes_little_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(bombs()[name])
    code = (
        "import resource, sys\nfrom dataclasses import replace\nfrom pathlib import Path\n"
        "from communique.intake.files import read_input, Failure\nfrom communique.settings import DEFAULT\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "found = list(read_input(Path(sys.argv[1]), replace(DEFAULT, max_bytes=1_000_000, max_seconds=5)))\n"
        "assert [type(one) for one in found] == [Failure], found\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, found[0].message)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    grown, _, message = done.stdout.decode().partition(" ")
    assert int(grown) < 200_000, done.stdout  # kilobytes
    assert str(path) in message


# --- names that lead elsewhere -----------------------------------------------------------------------------------


def watched(path: Path) -> str:
    """What `communique code` says of `path`; fails where it writes, runs or fetches anything on the way."""
    code = (
        "import sys\nfrom targets import allow, forbid\nfrom communique.intake.files import read_input\n"
        "from communique.intake.languages import language_of\n"
        "from seeds import TEXT\nlanguage_of(TEXT)\n"  # unpacks its model into a temporary file the first time
        "sys.addaudithook(forbid)\n"
        "for one in read_input(sys.argv[1]): print(one)"
    )
    paths = os.pathsep.join(str(ROOT / part) for part in ("fuzz", "tests/support"))
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, path],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": paths, "COMMUNIQUE_DEBUG": "1"},
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_the_address_of_a_record_in_an_archive_is_no_path(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    archive = tmp_path / "in" / "crawl.warc"
    archive.parent.mkdir()
    records = b""
    for address in ("../secret.txt", secret.as_uri(), str(secret), "http://h.example/../../secret.txt", "a\x00b"):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}".encode()
        records += (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{len(records)}>\r\nWARC-Filename: ../../x\r\n"
            f"WARC-Date: 2024-03-07T10:00:00Z\r\nWARC-Target-URI: {address}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        ).encode() + http + b"\r\n\r\n"  # fmt: skip
    archive.write_bytes(records)
    said = watched(archive)
    assert said.count("Norway and Peru met in Oslo") >= 5
    assert SECRET not in said
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["crawl.warc", "in", "secret.txt"]


def test_the_names_of_the_parts_of_a_saved_page_or_letter_are_no_paths(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    letter = tmp_path / "in" / "letter.eml"
    letter.parent.mkdir()
    packed = base64.encodebytes(SECRET.encode()).decode()
    letter.write_text(
        f"From: a@h.example\nTo: b@h.example\nSubject: {TITLE}\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="X"\n\n'
        f"--X\nContent-Type: text/plain\n\n{TEXT}\n"
        '--X\nContent-Type: application/octet-stream; name="../../../tmp/evil.sh"\n'
        'Content-Disposition: attachment; filename="../evil.sh"\nContent-Transfer-Encoding: base64\n\n'
        f"{packed}\n"
        f'--X\nContent-Type: message/external-body; access-type=local-file; name="{secret}"\n\n'
        "Content-Type: text/plain\n\n--X--\n"
    )
    page = tmp_path / "in" / "page.mhtml"
    page.write_text(
        "From: <Saved by a browser>\nSnapshot-Content-Location: ../secret.txt\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="X"\n\n'
        f"--X\nContent-Type: text/html\nContent-Location: {secret.as_uri()}\n\n{PAGE}\n"
        f"--X\nContent-Type: text/css\nContent-Location: ../../evil.css\n\nbody {{}}\n--X--\n"
    )
    for path in (letter, page):
        said = watched(path)
        assert "Norway and Peru met in Oslo" in said
        assert SECRET not in said
    assert {p.name for p in tmp_path.rglob("*")} == {"in", "letter.eml", "page.mhtml", "secret.txt"}


def test_a_link_out_of_a_folder_is_followed_to_no_folder(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "other.txt").write_text(TEXT)
    (inside / "round").symlink_to(inside, target_is_directory=True)
    (inside / "away").symlink_to(outside, target_is_directory=True)
    (inside / "mine.txt").write_text(TEXT)
    (report,) = reports(inside)
    assert report.source.path == str(inside / "mine.txt")


@pytest.mark.parametrize("name", ["-rf.txt", "a\nb.txt", "\x1b[31mred.txt", "$(touch x).txt", "a;b|c.txt", "名前.txt"])
def test_the_name_of_a_file_is_only_a_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\x00\x01\x02" * 50)
    (failure,) = list(read_input(tmp_path))
    assert isinstance(failure, Failure)
    assert failure.message.isprintable()
    assert [p.name for p in tmp_path.iterdir()] == [name]


# --- tables -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_table_of_ten_thousand_rows_is_read_row_by_row_with_its_bad_ones(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    line = (
        "Norway and Peru met in Oslo on Monday and signed an agreement on fisheries, a spokesman of the ministry said"
    )
    rows = [f"{line} ({n}).,http://h.example/{n}" if n % 100 else ",x" for n in range(10_000)]
    path.write_text("text,url\n" + "\n".join(row.replace(", a", "; a", 1) for row in rows) + "\n")
    found = list(read_input(path))
    assert len(found) == 10_000
    assert sum(isinstance(one, Failure) for one in found) == 100
    last = found[-1]
    assert isinstance(last, Report)
    assert last.declared.url == "http://h.example/9999"
