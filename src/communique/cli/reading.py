"""From paths to codings, one at a time: what a file or a report did wrong is kept and told at the end."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from communique.api import coder_for
from communique.cli.talk import say
from communique.errors import CommuniqueError, InputError, InputTooLarge
from communique.samples import resolve

if TYPE_CHECKING:
    from communique.coder import Coder
    from communique.model import CoderInfo, Coding, Report
    from communique.settings import Settings

_MOST_TOLD = 50  # failures that are told one by one


class Run:
    """One pass over the inputs. Iterate over it, then read `coded`, `failures`, `skipped`."""

    def __init__(
        self,
        paths: list[str],
        settings: Settings,
        *,
        columns: Mapping[str, str] | None = None,
        plain: bool = False,
        known: Callable[[Report, CoderInfo], bool] | None = None,
    ) -> None:
        """`known` says of a report that it needs no coding (it is in the record); it is then passed over."""
        self._paths = paths
        self._settings = settings
        self._columns = columns
        self._plain = plain
        self._known = known
        self.coded = 0
        self.passed = 0
        self.failures: list[str] = []
        self.skipped: list[str] = []

    def __iter__(self) -> Iterator[Coding]:
        from communique.intake.files import read_input
        from communique.model import Report

        coder = coder_for(self._settings)
        for path in self._paths:
            inputs = read_input(resolve(path), self._settings, columns=self._columns, plain=self._plain)
            while True:
                try:
                    with _time_limit(self._settings.max_seconds, path):
                        found = next(inputs, None)
                        passed = isinstance(found, Report) and bool(self._known and self._known(found, coder.info))
                        coding = _coded(coder, found) if isinstance(found, Report) and not passed else None
                except InputError as error:
                    self.failures.append(str(error))
                    continue
                if found is None:
                    break
                if passed:
                    self.passed += 1
                    continue
                if coding is not None:
                    self.coded += 1
                    yield coding
                elif not isinstance(found, Report):
                    (self.skipped if found.skipped else self.failures).append(found.message)

    def tell(self, *, skip_broken: bool = False) -> int:
        """Say what was not read, and give the exit code: 1 when an input failed, unless those are to be skipped."""
        for message in self.failures[:_MOST_TOLD]:
            say(message)
        if len(self.failures) > _MOST_TOLD:
            say(f"and {len(self.failures) - _MOST_TOLD:,} more inputs that could not be read")
        if self.skipped:
            say(f"left out, as no reports: {len(self.skipped):,} (the first: {self.skipped[0]})")
        if self.failures:
            say(f"{self.coded:,} reports were coded, {len(self.failures):,} inputs failed")
        return 1 if self.failures and not skip_broken else 0


def with_progress(run: Run) -> Iterator[Coding]:
    """The codings of `run`, with a bar on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield from run
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.completed:,} reports coded{task.fields[failed]}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None, failed="")
        for coding in run:
            failed = f", {len(run.failures):,} inputs failed" if run.failures else ""
            bar.update(task, advance=1, failed=failed)
            yield coding


def _coded(coder: Coder, report: Report) -> Coding:
    """The record of one report; a fault of ours in it is that report's failure and stops nothing else."""
    try:
        return coder.code(report)
    except CommuniqueError:
        raise
    except Exception as error:
        if os.environ.get("COMMUNIQUE_DEBUG"):
            raise
        source = report.source.path or report.id
        record = f", record {report.source.record}" if report.source.record else ""
        raise InputError(
            f"cannot code {source}{record}: a fault of this program ({type(error).__name__}: {error}). "
            f"Please report it; COMMUNIQUE_DEBUG=1 shows where.",
            source=source,
        ) from error


@contextmanager
def _time_limit(seconds: float, path: str) -> Iterator[None]:
    """Give up on one input after `seconds` with InputTooLarge. Only where signals work: the main thread of a Unix."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(number: int, frame: FrameType | None) -> None:
        raise InputTooLarge(
            f"cannot code {path}: a report in it took more than {seconds:g} seconds. Cut it into smaller ones.",
            source=path,
        )

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
