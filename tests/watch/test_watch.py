"""Feeds are asked politely, and a record is kept up to date from them. The server is on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from communique.watch import DAY, Feed, Poller

ITEM = "<item><title>{0}</title><link>http://x.example/{0}</link><description>{1}</description></item>"
TEXT = "OSLO - Norway's foreign minister met the foreign minister of Ghana in Oslo on {} May 2023."


def rss(*days: int) -> bytes:
    items = "".join(ITEM.format(f"Talks {day}", TEXT.format(day)) for day in days)
    return f'<rss version="2.0"><channel><title>Made up</title>{items}</channel></rss>'.encode()


class Server(ThreadingHTTPServer):
    """Answers each path with what a test put there: status, headers, body. `asked` is what came in."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers.items())))
        status, headers, body = self.server.pages.get(self.path, (404, {}, b""))
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def poller() -> Poller:
    return Poller(600, lambda: 1_000_000.0)


def test_a_feed_is_asked_only_for_what_is_new(server: Server, poller: Poller) -> None:
    server.pages["/feed"] = (200, {"ETag": '"one"', "Last-Modified": "Mon, 01 May 2023 10:00:00 GMT"}, rss(1))
    feed = Feed(server.url + "/feed")
    assert poller.poll(feed).data == rss(1)
    assert feed.due == 1_000_600.0
    again = poller.poll(feed)
    assert (again.data, again.problem) == (None, None)
    path, headers = server.asked[-1]
    assert path == "/feed"
    assert headers["If-None-Match"] == '"one"'
    assert headers["If-Modified-Since"] == "Mon, 01 May 2023 10:00:00 GMT"
    assert [path for path, _ in server.asked] == ["/robots.txt", "/feed", "/feed"]


def test_what_robots_forbid_is_not_asked_for(server: Server, poller: Poller) -> None:
    server.pages["/robots.txt"] = (200, {}, b"User-agent: communique-watch\nDisallow: /private/\n")
    server.pages["/private/feed"] = server.pages["/feed"] = (200, {}, rss(1))
    feed = Feed(server.url + "/private/feed")
    assert "robots.txt does not allow" in (poller.poll(feed).problem or "")
    assert feed.due == 1_000_000.0 + DAY
    assert poller.poll(Feed(server.url + "/feed")).data
    assert [path for path, _ in server.asked] == ["/robots.txt", "/feed"]


def test_a_server_whose_robots_cannot_be_read_is_left_alone(server: Server, poller: Poller) -> None:
    server.pages["/robots.txt"] = (503, {}, b"")
    assert "robots.txt cannot be read" in (poller.poll(Feed(server.url + "/feed")).problem or "")
    assert [path for path, _ in server.asked] == ["/robots.txt"]


def test_failures_make_the_waits_longer_and_a_success_ends_that(server: Server, poller: Poller) -> None:
    server.pages["/feed"] = (500, {}, b"")
    feed = Feed(server.url + "/feed")
    waits = []
    for _ in range(10):
        assert "answers 500" in (poller.poll(feed).problem or "")
        waits.append(feed.due - 1_000_000.0)
    assert waits[:3] == [1_200.0, 2_400.0, 4_800.0]
    assert waits[-1] == DAY
    server.pages["/feed"] = (200, {}, rss(1))
    poller.poll(feed)
    assert (feed.failures, feed.due) == (0, 1_000_600.0)


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (503, {"Retry-After": "7200"}, 7_200.0),
        (429, {"Retry-After": "Mon, 12 Jan 1970 14:46:40 GMT"}, 3_600.0),
        (429, {"Retry-After": "soon"}, 1_200.0),
        (200, {"Cache-Control": "public, max-age=5000"}, 5_000.0),
        (200, {"Cache-Control": "max-age=999999999"}, DAY),
    ],
)
def test_the_server_says_how_long_to_wait(
    server: Server, poller: Poller, status: int, headers: dict[str, str], wait: float
) -> None:
    server.pages["/feed"] = (status, headers, rss(1))
    feed = Feed(server.url + "/feed")
    poller.poll(feed)
    assert feed.due == 1_000_000.0 + wait


def test_a_feed_that_is_gone_is_not_asked_again(server: Server, poller: Poller) -> None:
    server.pages["/feed"] = (410, {}, b"")
    feed = Feed(server.url + "/feed")
    assert "gone for good" in (poller.poll(feed).problem or "")
    assert feed.gone


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://x.example/feed", "no address", "http://127.0.0.1:1/"])
def test_what_cannot_be_asked_is_a_problem_of_that_feed(poller: Poller, url: str) -> None:
    answer = poller.poll(Feed(url))
    assert answer.data is None
    assert url in (answer.problem or "")


def test_a_redirect_to_a_file_is_not_followed(server: Server, poller: Poller) -> None:
    server.pages["/feed"] = (302, {"Location": "file:///etc/hostname"}, b"")
    assert poller.poll(Feed(server.url + "/feed")).data is None


@pytest.mark.model
def test_a_record_is_kept_up_to_date(server: Server, tmp_path: Path) -> None:
    pytest.importorskip("django")
    environment = {**os.environ, "COMMUNIQUE_DATA": str(tmp_path / "data"), "NO_COLOR": "1"}

    def watch() -> tuple[int, str]:
        command = [sys.executable, "-m", "communique", "watch", server.url + "/feed", "--once"]
        done = subprocess.run(
            [*command, "--record", str(tmp_path / "r.db")], env=environment, capture_output=True, check=False
        )
        return done.returncode, done.stderr.decode()

    server.pages["/feed"] = (200, {"ETag": '"1"'}, rss(1, 2))
    code, said = watch()
    assert code == 0, said
    assert "2 reports added" in said
    assert watch() == (0, "")  # not due yet
    (kept,) = (tmp_path / "data").glob("watch-*.json")
    rows = json.loads(kept.read_text())
    kept.write_text(json.dumps([{**row, "due": 0} for row in rows]))
    server.pages["/feed"] = (200, {"ETag": '"2"'}, rss(1, 2, 3))
    code, said = watch()
    assert "1 reports added" in said
    assert server.asked[-1][1]["If-None-Match"] == '"1"'
