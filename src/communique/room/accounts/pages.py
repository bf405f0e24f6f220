"""Entering and leaving, and one's own account."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from communique.room.accounts import deeds, entering, limits
from communique.room.accounts.passwords import LEAST, weak
from communique.room.guarding import said
from communique.room.looks import back
from communique.room.project import current


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponseBase:
    """The door: name and password. After ten wrong tries for a name it stays shut for a quarter of an hour."""
    following = back(request.POST.get("next") or request.GET.get("next") or "/")
    if not current().team or request.visitor.account:
        return HttpResponseRedirect(following)
    wrong, status = "", 200
    if request.method == "POST":
        name, password = request.POST.get("name", "")[:60].strip(), request.POST.get("password", "")[:400]
        address = limits.address_of(request)
        if limits.spent(limits.LOGIN_NAME, name.lower()) or limits.spent(limits.LOGIN_ADDRESS, address):
            deeds.write(request, "login refused", name, "too many tries", who=name)
            wrong, status = "Too many tries. Wait a quarter of an hour.", 429
        else:
            account = authenticate(request, name=name, password=password)
            if account is not None:
                account.visited = account.last_login
                account.last_login = datetime.now(UTC)
                account.save(update_fields=["visited", "last_login"])
                login(request, account)
                limits.forget(limits.LOGIN_NAME, name.lower())
                deeds.write(request, "login", who=account.name)
                return HttpResponseRedirect(following)
            deeds.write(request, "login failed", name, who=name)
            wrong, status = "Name and password do not fit.", 403
    context = {"title": "Enter", "next": following, "wrong": wrong}
    return render(request, "room/login.html", context, status=status)


@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """End the session."""
    if request.visitor.account:
        deeds.write(request, "logout")
    logout(request)
    return HttpResponseRedirect("/login" if current().team else "/")


@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponseBase:
    """One's own account: the key for feeds and programs, and a new password."""
    own = request.visitor.account
    if own is None:
        return said(request, "No accounts", "You read alone at your own machine; there are no accounts here.", 404)
    wrong, done, status = "", "", 200
    if request.method == "POST":
        if limits.spent(limits.LOGIN_NAME, own.name.lower()):
            wrong, status = "Too many tries. Wait a quarter of an hour.", 429
        elif not own.check_password(request.POST.get("old", "")[:400]):
            wrong, status = "The old password does not fit.", 403
        elif weak(request.POST.get("new", ""), own.name):
            wrong, status = f"A password has {LEAST} characters at least and is not a common one.", 400
        else:
            own.set_password(request.POST["new"])
            own.save(update_fields=["password"])
            login(request, own, backend="communique.room.accounts.entering.Backend")
            deeds.write(request, "password changed")
            done = "The password is changed. Other sessions and keys of this account have ended."
    context = {"title": "Your account", "key": entering.key_of(own), "wrong": wrong, "done": done, "least": LEAST}
    return render(request, "room/account.html", context, status=status)
