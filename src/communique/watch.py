"""Feeds asked politely, again and again: as robots.txt allows, only for what is new, and less often when they fail.

A server is asked with what it said last time (ETag, Last-Modified) and answers "not modified" when nothing is new. How
long to wait is the longest of the interval that was asked for, what the server asks for (Retry-After, max-age), and,
after failures, twice as long each time, up to a day. Only http and https are spoken; nothing that a feed links to is
fetched. robots.txt is read as RFC 9309 says: one that is not there allows all, a server that fails allows nothing.
"""

from __future__ import annotations

import http.client
import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

AGENT = "communique-watch"
DAY = 86_400.0  # seconds
LEAST = 60.0  # seconds between two requests for one feed
_SECONDS = 30.0  # for one answer
_MOST_BYTES = 20_000_000
_MOST_ROBOTS = 500_000
_MAX_AGE = re.compile(r"max-age\s*=\s*(\d{1,9})")


@dataclass(slots=True)
class Feed:
    """What is known of a feed: what its server said last, and when to ask again. Times are seconds since 1970."""

    url: str
    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    failures: int = 0  # in a row
    gone: bool = False  # the server said that it will not come back


@dataclass(frozen=True, slots=True)
class Answer:
    """What a feed gave: its bytes when there is something new, or why there is nothing."""

    data: bytes | None = None
    problem: str | None = None


class Poller:
    """Asks feeds. `every` is in seconds and at least a minute; `now` gives the seconds since 1970."""

    def __init__(self, every: float, now: Callable[[], float]) -> None:
        self._every = max(every, LEAST)
        self._now = now
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}
        self._open = _opener()

    def poll(self, feed: Feed) -> Answer:
        """Ask for `feed` and set when to ask again. Never raises for what a server does."""
        try:
            if not self._allowed(feed.url):
                feed.due = self._now() + DAY
                return Answer(problem=f"{feed.url}: its robots.txt does not allow it. Asked again in a day.")
            with self._ask(feed.url, feed) as answer:
                data = answer.read(_MOST_BYTES + 1)
                if len(data) > _MOST_BYTES:
                    return self._failed(feed, f"it is larger than {_MOST_BYTES:,} bytes")
                feed.etag, feed.modified = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
                self._wait(feed, answer.headers)
                return Answer(data)
        except HTTPError as error:
            with error:
                return self._refused(feed, error)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            return self._failed(feed, " ".join(str(reason).split())[:120] or type(error).__name__)

    def _refused(self, feed: Feed, error: HTTPError) -> Answer:
        if error.code == 304:
            self._wait(feed, error.headers)
            return Answer()
        if error.code == 410:
            feed.gone = True
            return Answer(problem=f"{feed.url}: the server says that it is gone for good. It is not asked again.")
        return self._failed(feed, f"the server answers {error.code}", self._asked_to_wait(error.headers))

    def _failed(self, feed: Feed, why: str, asked: float = 0.0) -> Answer:
        feed.failures += 1
        wait = max(min(self._every * 2.0 ** min(feed.failures, 20), DAY), min(asked, DAY))
        feed.due = self._now() + wait
        return Answer(problem=f"{feed.url}: {why}. Asked again in {wait / 60:.0f} minutes.")

    def _wait(self, feed: Feed, headers: Message) -> None:
        age = _MAX_AGE.search(headers.get("Cache-Control", ""))
        feed.failures = 0
        feed.due = self._now() + max(self._every, min(float(age[1]) if age else 0.0, DAY))

    def _asked_to_wait(self, headers: Message) -> float:
        """Seconds of Retry-After, which is a number or a time; 0 without one."""
        said = headers.get("Retry-After", "").strip()
        if said.isascii() and said.isdecimal():
            return float(said)
        try:
            return parsedate_to_datetime(said).timestamp() - self._now()
        except (ValueError, TypeError):
            return 0.0

    def _ask(self, url: str, feed: Feed | None = None) -> http.client.HTTPResponse:
        headers = {"User-Agent": AGENT}
        if feed and feed.etag:
            headers["If-None-Match"] = feed.etag
        if feed and feed.modified:
            headers["If-Modified-Since"] = feed.modified
        answer: http.client.HTTPResponse = self._open.open(
            urllib.request.Request(url, headers=headers), timeout=_SECONDS
        )
        return answer

    # --- robots.txt --------------------------------------------------------------------------------------------------

    def _allowed(self, url: str) -> bool:
        """Whether robots.txt of the server allows `url`; it is read once a day."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("an address begins with http:// or https://")
        place = f"{parts.scheme}://{parts.netloc}"
        read, rules = self._robots.get(place, (0.0, None))
        if rules is None or self._now() - read > DAY:
            rules = self._rules(urljoin(place, "/robots.txt"))
            self._robots[place] = (self._now(), rules)
        return rules.can_fetch(AGENT, url)

    def _rules(self, url: str) -> RobotFileParser:
        rules = RobotFileParser(url)
        try:
            with self._ask(url) as answer:
                rules.parse(answer.read(_MOST_ROBOTS).decode("utf-8", "replace").splitlines())
        except HTTPError as error:
            with error:
                if error.code >= 500:
                    raise URLError(f"its robots.txt cannot be read: the server answers {error.code}") from error
            rules.parse([])
        return rules


def _opener() -> urllib.request.OpenerDirector:
    """What speaks http and https alone: no files, no FTP, not even after a redirect; no proxies, no cookies."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener
