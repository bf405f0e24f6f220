"""Entering: name and password, then a session; or, for feeds and programs, a key in the address or a header."""

from __future__ import annotations

import hmac
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from communique.room.models import Account

_SALT = "communique.room.key"


class Backend:
    """Django's way to ask who somebody is; takes as long for an unknown name as for a known one."""

    def authenticate(self, request: HttpRequest | None, name: str = "", password: str = "") -> Account | None:
        account = Account.objects.filter(name=name).first()
        if account is None:
            make_password(password)
            return None
        return account if check_password(password, account.password) and account.is_active else None

    def get_user(self, key: Any) -> Account | None:
        return Account.objects.filter(pk=key, is_active=True).first()


def account_of(request: HttpRequest) -> Account | None:
    """The account of a request: by its session, else by a key (feeds and the API only)."""
    try:
        key = request.session[SESSION_KEY]
        account = Account.objects.filter(pk=key, is_active=True).first()
    except (KeyError, ValueError):
        return _by_key(request)
    if account is None:
        return None
    # a password that was changed ends all sessions
    fits = hmac.compare_digest(request.session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash())
    return account if fits else None


def _by_key(request: HttpRequest) -> Account | None:
    """Keys only read: they open feeds, twins and GET requests of the API."""
    if request.method not in ("GET", "HEAD"):
        return None
    header = request.headers.get("Authorization", "")
    given = header.removeprefix("Bearer ") if header.startswith("Bearer ") else request.GET.get("key", "")
    reading = request.path.startswith("/api/") or request.path.endswith((".atom", ".json", ".csv"))
    if not given or not reading:
        return None
    try:
        name, mark = signing.loads(given, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    account = Account.objects.filter(name=name, is_active=True).first()
    return account if account and hmac.compare_digest(str(mark), _mark(account)) else None


def key_of(account: Account) -> str:
    """The key with which a feed reader or a program reads as this account; a new password makes another."""
    return signing.dumps([account.name, _mark(account)], salt=_SALT, compress=True)


def _mark(account: Account) -> str:
    return salted_hmac(_SALT, account.password, algorithm="sha256").hexdigest()[:24]
