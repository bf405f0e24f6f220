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
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="With --coded: processes that merge.")] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="With --coded: merge on the Dask cluster whose scheduler is at this address.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Code reports and add them to a record, which is begun if it is not there.

    Example:  communique add sample:accra-visit.txt --record ghana.db

    Reports that are in the record are not coded again, so a run that was stopped goes on where it was. Copies are
    found, and what several reports tell of becomes one event.

    Of a coded archive:  communique add --coded coded --record world.db --jobs 4
    """
    from communique.cli.reading import Run, with_progress
    from communique.cli.talk import say
    from communique.store import Record

    if not coded and (jobs > 1 or cluster):
        raise typer.BadParameter(
            "--jobs and --cluster go with --coded: `communique archive` codes with several processes."
        )
    if coded:
        from communique.cluster.load import add_results

        with Record.open(record) as store:
            done = add_results(store, paths, text=not no_text, jobs=jobs, cluster=cluster)
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
        if left := store.waiting():
            say(f"{left:,} mentions of a load that was stopped wait to be merged: run its `add --coded` again")
    raise typer.Exit(run.tell(skip_broken=skip_broken))
