"""Work that takes too long is given up."""

from __future__ import annotations

import threading

import pytest

from communique.errors import InputTooLarge
from communique.limits import time_limit


def test_work_over_its_time_is_given_up_even_where_a_library_swallows_errors() -> None:
    def work() -> None:
        while True:
            try:
                sum(range(1_000))
            except Exception:  # noqa: BLE001
                continue

    def limited() -> None:
        with time_limit(0.05, "a.txt"):
            work()

    with pytest.raises(InputTooLarge, match=r"a\.txt: it took more than 0\.05 seconds"):
        limited()


def test_work_within_its_time_is_left_alone() -> None:
    with time_limit(5, "a.txt"):
        done = sum(range(1_000))
    assert done == 499_500


def test_other_threads_have_no_limit() -> None:
    done: list[int] = []

    def work() -> None:
        with time_limit(0.001, "a.txt"):
            done.append(sum(range(200_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done
