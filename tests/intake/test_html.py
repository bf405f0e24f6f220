"""Saved pages: article, title and claims, from markup of several makes."""

# ruff: noqa: E501
from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from communique.errors import InputError, InputTooLarge
from communique.intake.html import nesting, report_from_html
from communique.intake.shape import words

LEAD = "The foreign ministers of Norway and Peru met in Oslo on Monday and signed an agreement on fisheries."
NEXT = "They are to meet again in Lima next year, when both sides will review how the agreement has worked."
LAST = "The two states have had relations since 1921, and they opened embassies in each other's capitals in 1948."
TEXT = f"{LEAD}\n\n{NEXT}\n\n{LAST}"


def article(
    *, head: str = "", over: str = "<h1>Norway and Peru agree on fisheries</h1>", inside: str = "", below: str = ""
) -> str:
    return (
        f"<html><head>{head}</head><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav>{over}"
        f"<div class='content'><p>{LEAD}</p>{inside}<p>{NEXT}</p><p>{LAST}</p></div>{below}"
        "<footer>Fjord Post. Terms. Privacy.</footer></body></html>"
    )


@pytest.mark.parametrize(
    "page",
    [
        article(),
        article(inside="<div><b>Read more:</b> <a href='/1'>Chile recalls its envoy from Fiji</a></div>"),
        article(inside="<div>ADVERTISEMENT Two lamps for the price of one</div>"),
        article(below="<h3>Most read</h3><ul><li><a href='/1'>Malta, Latvia sign accord in Riga</a></li></ul>"),
        article(below="<div id='comments'><h3>2 comments</h3><p>joe: at last!</p></div>"),
        article(over="<table><tr><td>Source: Fjord Post | 2024-05-02 10:15</td></tr></table><h1>Norway and Peru agree on fisheries</h1>"),
    ],
    ids=["plain", "pointer", "advert", "list", "comments", "bar"],
)  # fmt: skip
def test_the_article_alone_is_the_text(page: str) -> None:
    report = report_from_html(page)
    assert report.text == TEXT
    assert report.title == "Norway and Peru agree on fisheries"


def test_the_claims_of_the_head_are_kept() -> None:
    linked = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Norway and Peru agree",'
        ' "datePublished": "2024-05-02T10:15:00+02:00", "dateModified": "2024-05-03", "articleSection": "World",'
        ' "author": [{"name": "A. Berg"}], "publisher": {"name": "Fjord Post"}}]}</script>'
        '<link rel="canonical" href="https://fjord.example/2024/05/02/fish.html">'
    )
    declared = report_from_html(article(head=linked)).declared
    assert declared.published == "2024-05-02T10:15:00+02:00"
    assert declared.modified == "2024-05-03"
    assert (declared.section, declared.author, declared.publisher) == ("World", "A. Berg", "Fjord Post")
    assert declared.url == "https://fjord.example/2024/05/02/fish.html"


@pytest.mark.parametrize(
    ("head", "over", "published"),
    [
        ('<meta property="article:published_time" content="2024-05-02T10:15:00Z">', "", "2024-05-02T10:15:00Z"),
        ("", '<time datetime="2024-05-02">2 May</time>', "2024-05-02"),
        ("", "<div>Posted: 2024-05-02 10:15  From: network  Hits: 733</div>", "2024-05-02T10:15"),
        ('<link rel="canonical" href="https://f.example/2024/05/02/x.html">', "", "2024-05-02"),
        ("", "", None),
    ],
)
def test_the_day_of_the_page_is_found_where_it_stands(head: str, over: str, published: str | None) -> None:
    page = article(head=head, over=f"<h1>Norway and Peru agree on fisheries</h1>{over}")
    assert report_from_html(page).declared.published == published


def test_days_that_disagree_are_noted() -> None:
    head = '<meta property="article:published_time" content="2024-06-03"><link rel="canonical" href="https://f.example/2024/05/02/x">'
    assert any("several days" in note for note in report_from_html(article(head=head)).notes)


@pytest.mark.parametrize(
    ("head", "over", "title"),
    [
        ("<title>Norway and Peru agree on fish | Fjord Post</title>", "<h1>Fjord Post</h1>", "Norway and Peru agree on fish"),
        ("<title>Norway and Peru agree on fish - Fjord Post</title>", "<h1>Fjord Post</h1><h1>Norway and Peru agree on fish</h1>", "Norway and Peru agree on fish"),
        ("<title>Fish_fjord24</title>", "<h1>Norway and Peru agree on fish</h1>", "Norway and Peru agree on fish"),
        ('<meta property="og:title" content="Norway and Peru agree on fish">', "", "Norway and Peru agree on fish"),
        ("<title>Norway and Peru agree on f_fjord24</title>", "<h2>Norway and Peru agree on f</h2>", "Norway and Peru agree on f"),
    ],
)  # fmt: skip
def test_the_title_is_the_heading_that_the_head_confirms(head: str, over: str, title: str) -> None:
    assert report_from_html(article(head=head, over=over)).title == title


def test_embedded_pictures_are_dropped_before_reading() -> None:
    picture = "<img src='data:image/png;base64," + "A" * 6_000_000 + "'>"
    assert report_from_html(article(inside=picture)).text == TEXT


def test_a_page_saved_by_a_browser_says_when_and_whence() -> None:
    comment = "<!--\n Page saved with SingleFile \n url: https://fjord.example/x \n saved date: Fri May 03 2024 10:23:45 GMT+0200\n-->"
    report = report_from_html(comment + article())
    assert report.captured == date(2024, 5, 3)
    assert report.declared.url == "https://fjord.example/x"


@pytest.mark.parametrize("element", ["div", "span", "b", "table", "x-y"])
def test_deep_nesting_is_refused_at_once(element: str) -> None:
    with pytest.raises(InputError, match="nested 50,000 deep"):
        report_from_html(f"<{element}>" * 50_000 + LEAD)


def test_elements_that_may_stay_open_are_not_nesting() -> None:
    assert nesting("<ul>" + "<li>fish<br><img src='x'>" * 1_000 + "</ul>" + "<p>fish" * 1_000) == 1
    assert nesting("<div><p><b>fish</b></p></div>") == 2


def test_a_page_without_end_is_refused() -> None:
    with pytest.raises(InputTooLarge, match="characters"):
        report_from_html("<p>" + "word " * 1_000_000)


@pytest.mark.parametrize("coding", ["utf-8", "cp1252", "utf-16", "iso-8859-1"])
def test_the_encoding_is_found(coding: str) -> None:
    declared = "iso-8859-1" if coding == "cp1252" else coding
    page = article(head=f"<meta charset='{declared}'>").replace("Oslo", "Tromsø")
    assert "Tromsø" in report_from_html(page.encode(coding)).text


def test_no_reader_of_web_pages_is_loaded_for_plain_text() -> None:
    code = (
        "import sys; from communique.intake.files import read_input; from communique.intake.text import report_from_text;"
        f"report_from_text({LEAD!r});"
        "heavy = {'trafilatura', 'lxml', 'numpy', 'spacy', 'feedparser', 'pyarrow', 'resiliparse', 'ftfy', 'py3langid'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_words_count_text_without_spaces() -> None:
    assert len(words("两国外长在奥斯陆会晤并签署协定")) > 5


def test_the_name_of_the_site_is_no_title() -> None:
    body = "<p>The foreign ministers of Norway and Peru met in Oslo on Monday and signed an accord on fish.</p>" * 3
    page = f"<html><head><title>The Fjord Post</title></head><body><div>{body}</div></body></html>"
    assert report_from_html(page).title is None
