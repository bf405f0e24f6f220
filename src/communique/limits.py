"""A limit of time for one piece of work, where Python can be interrupted: between two of its own instructions."""

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

    In the main thread of a Unix process by a signal, which also ends waiting; elsewhere (a worker of Dask, a server) by
    an exception that is set in the thread, which takes effect when a call into a library comes back. One that never
    does holds its process or thread.
    """
    main = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    clock = _Signal() if main else _Watch()
    try:
        try:
            clock.start(seconds)
            yield
        finally:
            clock.stop()
    except _Alarm:
        clock.stop()  # the alarm may have come amid the first
        raise InputTooLarge(
            f"cannot code {what}: it took more than {seconds:g} seconds. Leave it out, cut it into smaller ones, "
            "or raise max_seconds in the settings.",
            source=what,
        ) from None


class _Signal:
    """Raises `_Alarm` in the main thread."""

    def __init__(self) -> None:
        self._before = signal.getsignal(signal.SIGALRM)

    def start(self, seconds: float) -> None:
        def give_up(number: int, frame: FrameType | None) -> None:
            raise _Alarm

        signal.signal(signal.SIGALRM, give_up)
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)

    def stop(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)


class _Watch:
    """Raises `_Alarm` in the thread that made it, whichever that is."""

    def __init__(self) -> None:
        import ctypes

        self._thread = ctypes.c_ulong(threading.get_ident())
        self._alarm = ctypes.py_object(_Alarm)
        self._raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        self._over = threading.Event()
        self._lock = threading.Lock()

    def start(self, seconds: float) -> None:
        threading.Thread(target=self._wait, args=(seconds,), daemon=True, name="time-limit").start()

    def stop(self) -> None:
        self._over.set()
        with self._lock:
            self._raise_in(self._thread, None)  # what was raised and has not come yet

    def _wait(self, seconds: float) -> None:
        while not self._over.wait(seconds):
            with self._lock:
                if not self._over.is_set():
                    self._raise_in(self._thread, self._alarm)
            seconds = _AGAIN
