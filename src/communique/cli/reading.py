"""From paths to codings, in order: what a file or a report did wrong is kept and told at the end."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from communique.api import code_each, coder_for
from communique.cli.talk import say
from communique.errors import InputError
from communique.samples import resolve

if TYPE_CHECKING:
    from communique.intake.files import Failure
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
        from communique.intake.files import Failure

        coder = coder_for(self._settings)
        for path in self._paths:
            for found in code_each(coder, self._read(path, coder.info), wait=_is_written_to(path)):
                if isinstance(found, Failure):
                    (self.skipped if found.skipped else self.failures).append(found.message)
                    continue
                self.coded += 1
                yield found

    def _read(self, path: str, coder: CoderInfo) -> Iterator[Report | Failure]:
        """What is in an input, without the reports that need no coding."""
        from communique.intake.files import Failure, read_input

        for found in read_input(resolve(path), self._settings, columns=self._columns, plain=self._plain):
            if not isinstance(found, Failure) and self._known and self._known(found, coder):
                self.passed += 1
            else:
                yield found

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


def _is_written_to(path: str) -> bool:
    """Whether an input may still be growing: standard input that is no file. The next report can be hours away."""
    try:
        return path == "-" and not stat.S_ISREG(os.fstat(sys.stdin.fileno()).st_mode)
    except OSError:  # no file at all
        return True


def reports_in(
    paths: list[str],
    settings: Settings,
    *,
    columns: Mapping[str, str] | None = None,
    plain: bool = False,
    failures: list[str],
) -> Iterator[Report]:
    """The reports in the inputs, read and not coded; what could not be read is added to `failures`."""
    from communique.intake.files import read_input
    from communique.model import Report

    for path in paths:
        inputs = read_input(resolve(path), settings, columns=columns, plain=plain)
        while True:
            try:
                found = next(inputs, None)
            except InputError as error:
                failures.append(str(error))
                continue
            if found is None:
                break
            if isinstance(found, Report):
                yield found
            elif not found.skipped:
                failures.append(found.message)


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
