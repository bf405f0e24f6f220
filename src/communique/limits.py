"""A limit of time for one piece of work, where the system can interrupt it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from communique.errors import InputTooLarge

_AGAIN = 1.0  # seconds; a library may swallow the first interruption


class _Alarm(BaseException):
    """Time is out. No `except Exception` of a library stops it."""


@contextmanager
def time_limit(seconds: float, what: str) -> Iterator[None]:
    """Give up on the work inside after `seconds` with InputTooLarge, which says so of `what`.

    Only where signals work: in the main thread of a Unix process. Elsewhere there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(number: int, frame: FrameType | None) -> None:
        raise _Alarm

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    except _Alarm:
        raise InputTooLarge(
            f"cannot code {what}: it took more than {seconds:g} seconds. Leave it out, cut it into smaller ones, "
            "or raise max_seconds in the settings.",
            source=what,
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
