"""Work that takes too long is given up."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

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


def in_a_thread(work: Callable[[], object]) -> object:
    """What `work` gives or raises in another thread than the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def test_work_in_another_thread_is_given_up_too_and_the_thread_goes_on() -> None:
    def work() -> None:
        with time_limit(0.05, "a.txt"):
            while True:
                sum(range(1_000))

    with ThreadPoolExecutor(1) as pool:
        for _ in range(3):
            with pytest.raises(InputTooLarge, match=r"a\.txt: it took more than 0\.05 seconds"):
                pool.submit(work).result()
        assert pool.submit(sum, range(1_000)).result() == 499_500


def test_work_in_another_thread_within_its_time_is_never_interrupted_later() -> None:
    def work() -> int:
        done = 0
        for n in range(400):
            try:
                with time_limit(n / 1_000_000, "a.txt"):  # some end in time, some do not, some just so
                    sum(range(500))
            except InputTooLarge:
                pass
            done += sum(range(2_000)) > 0
        return done

    assert in_a_thread(work) == 400


def test_an_alarm_in_one_thread_leaves_the_others_alone() -> None:
    def slow() -> None:
        with time_limit(0.05, "a.txt"):
            while True:
                sum(range(1_000))

    def long() -> int:
        with time_limit(60, "b.txt"):
            return sum(sum(range(1_000)) > 0 for _ in range(20_000))

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(slow), pool.submit(long)
        with pytest.raises(InputTooLarge, match=r"a\.txt"):
            first.result()
        assert second.result() == 20_000
