"""Text size and theme, remembered in a cookie: for browsers without JavaScript; others do it on the page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from communique.room.framing import SIZES, THEMES

YEAR = 365 * 86_400


def look(request: HttpRequest) -> HttpResponseBase:
    """Remember ?size=1|2|3 and ?theme=auto|light|dark, and go back to ?next."""
    answer = HttpResponseRedirect(back(request.GET.get("next", "/")))
    for name, allowed in (("size", SIZES), ("theme", THEMES)):
        if request.GET.get(name) in allowed:
            answer.set_cookie(name, request.GET[name], max_age=YEAR, samesite="Lax")
    return answer


def back(address: str) -> str:
    """An address of this room to go back to; the front page for any other."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "/"
