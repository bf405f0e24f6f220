"""What is found in an input before it is read: a report that is still to be made, or the reason why there is none."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from communique.errors import CommuniqueError, InputError
from communique.intake import shape
from communique.limits import time_limit
from communique.model import Report
from communique.settings import Settings

_FEWEST_WORDS = 3  # of a report; less is a stray link or a button


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no report: what happened, on what, and the next step.

    `skipped`: left out on purpose (a hidden or binary file in a folder), which is no error of the run.
    """

    source: str
    message: str
    skipped: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _one_line(self.message))  # it may hold names out of the input


_LONGEST_MESSAGE = 1_000  # characters


def _one_line(message: str) -> str:
    """`message` without line breaks and control characters, and not longer than a person reads."""
    line = " ".join("".join(char if char.isprintable() else " " for char in message).split())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 1] + "…"


@dataclass(frozen=True, slots=True)
class Raw:
    """A report that is still to be read from its bytes: cheap to pass over, slow to read.

    `where` names it for a person: "crawl.warc.gz, <urn:uuid:1>".
    """

    where: str
    make: Callable[[], Report]

    def read(self, settings: Settings) -> Report | Failure:
        """The report, or the reason why it cannot be read; a fault of ours in it is that report's failure."""
        try:
            with time_limit(settings.max_seconds, self.where):
                return self._checked(self._made(), settings)
        except CommuniqueError as error:
            return Failure(self.where, str(error))

    def _made(self) -> Report:
        try:
            return self.make()
        except BaseException as error:
            if isinstance(error, CommuniqueError) or not is_fault(error):
                raise
            raise InputError(fault(f"cannot read {self.where}", error), source=self.where) from error

    def _checked(self, report: Report, settings: Settings) -> Report | Failure:
        where = self.where
        if len(shape.words(report.text)) < _FEWEST_WORDS:
            return Failure(
                where, f"cannot read {where}: no article was found in it. Is it a list or a form? Leave it out."
            )
        if len(report.text) > settings.max_characters:
            return Failure(
                where,
                f"cannot read {where}: the text has {len(report.text):,} characters, more than the "
                f"{settings.max_characters:,} of one report. Split it, or raise max_characters.",
            )
        return report


def is_fault(error: BaseException) -> bool:
    """Whether an error is a fault of a program, to be told of the one input: also a panic of a part written in Rust.

    With COMMUNIQUE_DEBUG set none is, so that it stops the run and shows where it was.
    """
    of_program = isinstance(error, Exception) or type(error).__name__ == "PanicException"
    return of_program and not os.environ.get("COMMUNIQUE_DEBUG")


def fault(what: str, error: BaseException) -> str:
    """The line that tells of a fault of ours: what it spoiled, and what to do."""
    said = " ".join(str(error).split())[:200]
    return (
        f"{what}: a fault of this program ({type(error).__name__}: {said}). "
        "Please report it; COMMUNIQUE_DEBUG=1 shows where."
    )
