"""Machines that fail, for real: limits and rights of a process, a small file system, another clock."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_DROP_CAPABILITY, _OVERRIDE_RIGHTS, _READ_ALL = 24, 1, 2  # of prctl(2) and capabilities(7)

CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long shift(void) { const char *by = getenv("CLOCK_SHIFT"); return by ? atol(by) : 0; }
int clock_gettime(clockid_t id, struct timespec *t) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int r = real(id, t);
    if (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE) t->tv_sec += shift();
    return r;
}
int gettimeofday(struct timeval *t, void *zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    t->tv_sec = now.tv_sec; t->tv_usec = now.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *t) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (t) *t = now.tv_sec;
    return now.tv_sec;
}
"""


def run(
    *arguments: str | Path, before: Callable[[], None] | None = None, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """`python -m communique` with these arguments; `before` is called in the new process."""
    return subprocess.run(
        [sys.executable, "-m", "communique", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, "NO_COLOR": "1", "COMMUNIQUE_DEBUG": "", **environment},
        preexec_fn=before,
        cwd=cwd,
        check=False,
        timeout=300,
    )


def no_file_over(size: int) -> Callable[[], None]:
    """No file of the process grows over `size` bytes: writing more fails, as on a full disk."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def ordinary_rights() -> None:
    """The superuser obeys the rights of files, as everybody else does."""
    libc = ctypes.CDLL(None)
    for capability in (_OVERRIDE_RIGHTS, _READ_ALL):
        libc.prctl(_DROP_CAPABILITY, capability, 0, 0, 0)


@contextmanager
def small_disk(at: Path, size: str) -> Iterator[None]:
    """A file system of `size` at the folder `at`. Skips aloud where none may be mounted."""
    at.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", at], capture_output=True, check=False)
    if done.returncode:
        message = "no small file system can be mounted here: a disk that is really full is NOT tested"
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    try:
        yield
    finally:
        subprocess.run(["umount", at], check=True)


def clock_shim(folder: Path) -> Path:
    """A library that shifts a process's clock by CLOCK_SHIFT seconds. Skips aloud where there is no C compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        message = "no C compiler: a wrong clock is NOT tested"
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    (folder / "clock.c").write_text(CLOCK)
    library = folder / "clock.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, folder / "clock.c", "-ldl"], check=True)
    return library
