"""Pages that take long to make wait for each other, so that quick ones need not wait for them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase

_TURN = threading.BoundedSemaphore(1)  # in each process of the server


def one_at_a_time(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of which a process makes one page at a time: the threads of one process share one core."""

    @wraps(view)
    def waiting(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
        with _TURN:
            return view(request, *args, **named)

    return waiting
