"""Fetching a page from the web, only when an editor asked, and never from inside this network.

The name is resolved once, every address it has must be a public one, and the connection goes to that very address: a
name that changes its mind between the check and the connection (DNS rebinding) gains nothing. Each redirect is checked
alike. No cookies, no passwords, no proxies; sizes and times are bounded.
"""

from __future__ import annotations

import base64
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urljoin, urlsplit

from communique.errors import InputError

MOST_BYTES = 10_000_000
SECONDS = 20.0
REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
AGENT = "communique (a reading room; one page at a person's request)"
Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: its last address, its media type and its bytes."""

    url: str
    media: str
    body: bytes


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host. Raises InputError for a name that has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"cannot fetch from {host}: there is no such host.", source=host) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked(url: str, resolve: Resolve = resolve) -> tuple[str, str, int, str]:
    """Scheme, host, port and one address of a place that may be fetched. Raises InputError for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise InputError(f"cannot fetch {url[:200]!r}: that is no address.", source=url) from error
    host = parts.hostname or ""
    if parts.scheme not in PORTS or not host or any(c.isspace() or ord(c) < 32 for c in url):
        raise InputError(f"cannot fetch {url[:200]!r}: an address begins with http:// or https://.", source=url)
    if parts.username or parts.password:
        raise InputError(f"cannot fetch from {host}: an address with a password in it is not fetched.", source=url)
    if port != PORTS[parts.scheme]:
        raise InputError(f"cannot fetch from {host}: only the usual ports, 80 and 443, are asked.", source=url)
    addresses = resolve(host, port)
    if not addresses or not all(is_public(address) for address in addresses):
        raise InputError(f"cannot fetch from {host}: it is inside this machine or its network.", source=url)
    return parts.scheme, host, port, addresses[0]


def is_public(address: str) -> bool:
    """True for an address of the public internet; what maps or tunnels to another is judged by that other."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast and not found.is_reserved


def fetch(url: str, *, resolve: Resolve = resolve, most: int = MOST_BYTES, seconds: float = SECONDS) -> Fetched:
    """Fetch one page. Raises InputError, saying why, for everything that goes wrong."""
    until = time.monotonic() + seconds
    for _ in range(REDIRECTS + 1):
        scheme, host, port, address = checked(url, resolve)
        connection = _Pinned(scheme, host, port, address, max(1.0, until - time.monotonic()))
        try:
            answer = connection.ask(url)
            if answer.status in (301, 302, 303, 307, 308) and answer.headers.get("Location"):
                url = urljoin(url, answer.headers["Location"])
                continue
            if answer.status != 200:
                raise InputError(f"cannot fetch {url}: the server answers {answer.status}.", source=url)
            return Fetched(url, answer.headers.get_content_type(), _body(answer, url, most, until))
        except (OSError, http.client.HTTPException, ssl.SSLError) as error:
            why = " ".join(str(error).split())[:120] or type(error).__name__
            raise InputError(f"cannot fetch {url}: {why}.", source=url) from error
        finally:
            connection.close()
    raise InputError(f"cannot fetch {url}: it leads on and on.", source=url)


def _body(answer: http.client.HTTPResponse, url: str, most: int, until: float) -> bytes:
    body = bytearray()
    while part := answer.read1(65_536):
        body += part
        if len(body) > most:
            raise InputError(f"cannot fetch {url}: it is larger than {most:,} bytes.", source=url)
        if time.monotonic() > until:
            raise InputError(f"cannot fetch {url}: it takes too long.", source=url)
    return bytes(body)


class _Pinned:
    """A connection to one address, under the name of the host."""

    def __init__(self, scheme: str, host: str, port: int, address: str, timeout: float) -> None:
        raw = socket.create_connection((address, port), timeout=timeout)
        self._connection = http.client.HTTPConnection(host, port, timeout=timeout)
        if scheme == "https":
            try:
                raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
            except OSError:
                raw.close()
                raise
        self._connection.sock = raw

    def ask(self, url: str) -> http.client.HTTPResponse:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "User-Agent": AGENT,
            "Accept": "text/html,application/xhtml+xml,application/xml,application/pdf;q=0.9",
        }
        self._connection.request("GET", path.encode("ascii", "ignore").decode(), headers=headers)
        return self._connection.getresponse()

    def close(self) -> None:
        self._connection.close()


def as_file(page: Fetched, at: datetime | None = None) -> tuple[str, bytes]:
    """A fetched page as a file that keeps its address and the time: ending and bytes. HTML becomes MHTML."""
    if page.media == "application/pdf" or page.body.startswith(b"%PDF-"):
        return ".pdf", page.body
    if "xml" in page.media and "html" not in page.media:
        return ".xml", page.body
    if "html" not in page.media and page.body.lstrip()[:1] != b"<":
        return ".txt", page.body
    whole = EmailMessage()
    whole["Snapshot-Content-Location"] = page.url
    whole["Date"] = format_datetime(at or datetime.now(UTC))
    whole["MIME-Version"] = "1.0"
    whole["From"] = "<Saved by communique>"
    whole["Content-Type"] = 'multipart/related; type="text/html"'
    part = EmailMessage()
    part["Content-Type"] = "text/html"
    part["Content-Location"] = page.url
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64.encodebytes(page.body).decode("ascii"))
    whole.attach(part)
    return ".mhtml", whole.as_bytes()
