"""The command line: one file per command, put together in `communique.cli.app`.

Records go to standard output, everything said to a person to standard error. Exit codes: 0 done, 1 done with some
inputs failed, 2 called wrongly, 3 nothing found when asked to fail on that. Nothing that does not code imports spaCy.
"""

from __future__ import annotations


def main() -> None:
    """The command `communique`."""
    from communique.cli.app import run

    run()
