"""What intake promises for any input whatever."""

# ruff: noqa: E501
from __future__ import annotations

import contextlib
import hashlib
import time
from pathlib import Path

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import InputError
from communique.intake.files import Failure, read_input
from communique.intake.html import report_from_html
from communique.intake.text import page_spans, parse, report_from_text
from communique.model import Report

PIECES = st.sampled_from(
    [
        "Source: Daily Post Views: 【BigSmall】 Time:2024-05-02 10:15:00 Number of comments:",
        "Home > World > Text",
        "Latest updates",
        "Read more: Peru recalls its envoy",
        "OSLO, March 7 (NTB) -- The two foreign ministers met for an hour on Monday and agreed to meet again.",
        "The visitor said it would â€œnot be the lastâ€\x9d talk&nbsp;of the year, officials told reporters.",
        "Source£ºworld Time£º2024-05-02 10£º15£º00",
        "1 comment",
        "- a list item",
        '"We will be back," she said.',
        "ADVERTISEMENT",
        "",
        " ",
        "Ｔｈｅ　ｔｗｏ，met。",
        "?We agree,? he said. It isn?t over ? not yet.",
        "From: A <a@b.example>",
        "Subject: Talks",
        "<br />",
        "&lt;p&gt;",
        "...",
    ]
)
PAGES = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(PIECES, st.text(max_size=120)), max_size=14).flatmap(
        lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", " ", "\u2028"]).map(lambda mark: mark.join(lines))
    ),
)


def check(report: Report) -> None:
    report.text.encode("utf-8")
    assert report.text_sha256 == hashlib.sha256(report.text.encode("utf-8")).hexdigest()
    assert len(report.id) == 16
    end = 0
    for line in report.lines:
        if line.span is not None:
            assert end <= line.span.start < line.span.end <= len(report.text)
            assert report.text[line.span.start : line.span.end] == line.text
            end = line.span.end


@budget(100)
@given(PAGES)
def test_any_text_gives_a_report_whose_spans_hold_their_words(page: str) -> None:
    report = report_from_text(page)
    check(report)
    assert report == report_from_text(page)
    for paragraph in report.text.split("\n\n"):
        assert "\n" not in paragraph
    check(report_from_text(page, plain=True, title="A title"))


@budget(60)
@given(PAGES)
def test_the_way_back_to_the_page_always_leads_into_the_page(page: str) -> None:
    report = report_from_text(page)
    assert parse(page, track=True).body.text == report.text
    spans = [line.span for line in report.lines if line.span is not None]
    for span in page_spans(page, spans):
        assert 0 <= span.start <= span.end <= len(page)


@budget(40)
@given(
    st.one_of(
        st.binary(max_size=300),
        PAGES.map(lambda page: f"<html><body><h1>A</h1><p>{page}</p>".encode("utf-8", "replace")),
    )
)
def test_any_bytes_taken_for_a_web_page_give_a_report_or_an_input_error(data: bytes) -> None:
    with contextlib.suppress(InputError):
        check(report_from_html(data))


STARTS = [
    b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"%PDF-1.5\n", b"PAR1", b"WARC/1.0\r\n", b"<?xml version='1.0'?><rss><channel>",
    b"<nitf>", b"<html>", b"{", b"[{", b'{"text": "a"}\n{', b"text,title\n", b"text\ttitle\n",
    b"From: a\nTo: b\nSubject: c\n\n", b"From: a\nTo: b\nContent-Type: multipart/related; boundary=X\n\n--X\n", b"\xff\xfe",
]  # fmt: skip


@budget(80)
@given(
    st.sampled_from(STARTS), st.one_of(st.binary(max_size=200), PAGES.map(lambda page: page.encode("utf-8", "replace")))
)
def test_any_file_gives_reports_or_failures_in_one_line(tmp_path: Path, start: bytes, rest: bytes) -> None:
    path = tmp_path / "input"
    path.write_bytes(start + rest)
    found = list(read_input(path))
    assert found
    for one in found:
        if isinstance(one, Failure):
            assert one.message
            assert "\n" not in one.message
        else:
            check(one)


@pytest.mark.parametrize(
    "piece",
    ["“a", '，"', "£º", "Ã", "â€", "( ", "<a ", "&a;", "Source: x\n", "From: a\n", "?a", "A. ", "1:", "[", "|", "\\"],
)
def test_hostile_repetition_takes_no_quadratic_time(piece: str) -> None:
    started = time.process_time()
    check(report_from_text(piece * 20_000))
    assert time.process_time() - started < 15
