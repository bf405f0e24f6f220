"""`communique add`: code reports and add them to a record."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.options import CodebookFolders, Columns, Model, Parse, Paths, columns_of, settings_of
from communique.cli.record import Where
from communique.settings import DEFAULT


def command(
    paths: Paths,
    record: Where,
    columns: Columns = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Take text files as they are: look for no page furniture.")
    ] = False,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Keep no words of the reports: offsets and digests only.")
    ] = False,
    skip_broken: Annotated[
        bool, typer.Option("--skip-broken", help="Inputs that cannot be read do not count as failure (exit 0).")
    ] = False,
    model: Model = DEFAULT.model,
    codebook: CodebookFolders = None,
    parse: Parse = DEFAULT.parse,
    coded: Annotated[
        bool, typer.Option("--coded", help="The paths are folders that `communique archive` filled.")
    ] = False,
) -> None:
    """Code reports and add them to a record, which is begun if it is not there.

    Example:  communique add sample:accra-visit.txt --record ghana.db

    Reports that are in the record are not coded again, so a run that was stopped goes on where it was. Copies are
    found, and what several reports tell of becomes one event.
    """
    from communique.cli.reading import Run, with_progress
    from communique.cli.talk import say
    from communique.store import Record

    if coded:
        from communique.cluster.results import codings_in

        with Record.open(record) as store:
            done = store.add(codings_in(paths), text=not no_text, what=" ".join(paths))
        say(f"{done.added:,} reports added" + (f", {done.skipped:,} were in the record" if done.skipped else ""))
        return
    settings = settings_of(model, codebook, parse)
    with Record.open(record) as store:
        run = Run(
            paths,
            settings,
            columns=columns_of(columns),
            plain=plain,
            known=lambda report, coder: store.has(report.id, coder),
        )
        done = store.add(with_progress(run), text=not no_text, what=" ".join(paths))
        known = run.passed + done.skipped
        say(f"{done.added:,} reports added" + (f", {known:,} were in the record" if known else ""))
    raise typer.Exit(run.tell(skip_broken=skip_broken))
