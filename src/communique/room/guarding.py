"""Who may enter, and what a browser may do with a page: checked for every request, before any view."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from communique.room.models import ROLES, Account
from communique.room.project import current

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
OPEN = ("/login", "/look")  # what may be asked for without a session
Answer = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is reading. Alone at one's own machine one may do everything; in a team it is the account's role."""

    name: str
    role: str
    account: Account | None = None

    def may(self, role: str) -> bool:
        """Whether the visitor has a role or a higher one; "nobody" may nothing."""
        return self.role in ROLES and ROLES.index(self.role) >= ROLES.index(role)

    @property
    def reviews(self) -> bool:
        return self.may("reviewer")

    @property
    def edits(self) -> bool:
        return self.may("editor")


NOBODY = Visitor("", "nobody")


def headers(get_response: Answer) -> Answer:
    """Middleware: what the browser may do. Report text is shown as text and nothing in a page may load or run."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if current().team:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return answer


def visitor(get_response: Answer) -> Answer:
    """Middleware: who is asking; in a team nobody gets further without an account."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.visitor = found = _visitor(request)
        if found.role == "nobody" and not request.path.startswith(OPEN):
            return _turned_away(request)
        return get_response(request)

    return answer


def _visitor(request: HttpRequest) -> Visitor:
    room = current()
    if not room.team:
        return Visitor(room.author, "editor" if not room.fixed else "reader")
    from communique.room.accounts import entering

    account = entering.account_of(request)
    return Visitor(account.name, account.role, account) if account else NOBODY


def _turned_away(request: HttpRequest) -> HttpResponseBase:
    machine = request.path.endswith((".json", ".csv", ".atom")) or (
        request.path.startswith("/api/") and request.path != "/api/docs"
    )
    if machine or request.method not in ("GET", "HEAD"):
        return JsonResponse({"detail": "an account is needed: enter at /login, or send a key"}, status=401)
    return HttpResponseRedirect("/login?" + urlencode({"next": request.get_full_path()}))


def needs(role: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A view that only this role and higher ones may use; others are told so (403)."""

    def around(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            if not request.visitor.may(role) or current().fixed:
                text = f"This needs the role of {'an' if role == 'editor' else 'a'} {role}."
                return said(request, "Not allowed", text, 403)
            return view(request, *args, **named)

        return guarded

    return around


def said(request: HttpRequest, title: str, text: str, status: int) -> HttpResponse:
    """A page that says one thing."""
    return render(request, "room/said.html", {"title": title, "text": text}, status=status)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What a form gets that was not sent from a page of this room in this session."""
    request.visitor = getattr(request, "visitor", NOBODY)
    text = "This form did not come from this room, or its page was too old. Load the page again and send it anew."
    return said(request, "Refused", text, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: in words, or as JSON for machines."""
    if request.path.startswith("/api/") or request.path.endswith((".json", ".csv", ".atom")):
        return JsonResponse({"detail": "there is nothing here"}, status=404)
    request.visitor = getattr(request, "visitor", NOBODY)
    given = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    text = given if given and "tried" not in given else "There is no such page in this room. It may never have been."
    return said(request, "Not found", text[:1].upper() + text[1:], 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of the room; or 503, when the record cannot be reached. Touches no database."""
    gone = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if gone else 500
    text = (
        "The record cannot be reached just now. Nothing is lost; load the page again in a minute."
        if gone
        else "The room made a mistake. Please report it, with the address of this page."
    )
    if request.path.startswith("/api/") or request.path.endswith((".json", ".csv", ".atom")):
        answer: HttpResponse = JsonResponse({"detail": text}, status=status)
    else:
        answer = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    if gone:
        answer["Retry-After"] = "60"
    return answer
