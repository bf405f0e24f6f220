"""Links of a rendered page, led elsewhere. Pages are the room's own: attributes are in double quotes and escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

_ANCHOR = re.compile(r'<a\b([^>]*?)\shref="(/[^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_OTHER = re.compile(r'(<(?:link|script|img)\b[^>]*?\s(?:href|src)=")(/[^"]*)"')


def relink(html: str, lead: Callable[[str], str | None]) -> str:
    """The page with each address of the room replaced by what `lead` gives; where that is None, only the words stay."""

    def anchor(match: re.Match[str]) -> str:
        before, address, after, inner = match.groups()
        target = lead(unescape(address))
        if target is None:
            return f"<g>{inner}</g>" if inner.lstrip().startswith("<path") else f"<span>{inner}</span>"
        return f'<a{before} href="{escape(target)}"{after}>{inner}</a>'

    def other(match: re.Match[str]) -> str:
        target = lead(unescape(match[2]))
        return f'{match[1]}{escape(target or "")}"'

    return _OTHER.sub(other, _ANCHOR.sub(anchor, html))


def addresses(html: str) -> list[str]:
    """The addresses of the room that a page leads to."""
    return [unescape(match[2]) for match in _ANCHOR.finditer(html)]
