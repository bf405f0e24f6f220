"""What is asked of a password: length, and that it is none of those that everybody tries first."""

from __future__ import annotations

LEAST = 10
_COMMON = (
    "password",
    "passwort",
    "12345",
    "qwert",
    "letmein",
    "welcome",
    "communique",
    "diplomacy",
    "abcdef",
    "iloveyou",
)


def weak(password: str, name: str) -> bool:
    """True for a password that is too short, holds the account's name, or is a common one."""
    plain = password.lower()
    if len(password) < LEAST or len(password) > 400 or len(set(plain)) < 5:
        return True
    return name.lower() in plain or any(plain.startswith(word) and len(plain) < len(word) + 6 for word in _COMMON)
