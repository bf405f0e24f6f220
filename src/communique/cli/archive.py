"""`communique archive`: an archive coded in shards, by several processes or machines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import CodebookFolders, Columns, Model, Parse, columns_of, settings_of
from communique.settings import DEFAULT


def command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files or folders of the archive.", show_default=False)
    ],
    into: Annotated[
        Path, typer.Option("--into", help="The folder of results; begun if it is not there.", show_default=False)
    ],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes of this machine.")] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Code on the Dask cluster whose scheduler is at this address. All its machines must see the archive "
            "and the folder of results under these names.",
            show_default=False,
        ),
    ] = None,
    columns: Columns = None,
    skip_broken: Annotated[
        bool, typer.Option("--skip-broken", help="Inputs that cannot be read do not count as failure (exit 0).")
    ] = False,
    model: Model = DEFAULT.model,
    codebook: CodebookFolders = None,
    parse: Parse = DEFAULT.parse,
) -> None:
    """Code an archive in shards, with several processes or machines. Stopped anywhere, it goes on where it was.

    Example:  communique archive samples --into coded --jobs 2

    The folder gets one JSONL file of codings per shard (some 4 MB of the archive), complete or not there, and
    failures.jsonl, the inputs that were not coded, each with its reason. A document at which three processes died is
    quarantined: it is told there, and nothing else is lost. To make a record of the results:
    communique add --coded FOLDER --record FILE
    """
    import json

    from communique.cli.talk import say
    from communique.cluster.run import ArchiveRun
    from communique.samples import resolve

    run = ArchiveRun(
        [resolve(path) for path in paths],
        into,
        settings_of(model, codebook, parse),
        jobs=jobs,
        cluster=cluster,
        columns=columns_of(columns),
    )
    if run.finished:
        say(f"{len(run.finished):,} of {len(run.shards):,} shards were finished")
    for n, shard in enumerate(run, len(run.finished) + 1):
        say(f"{n:,} of {len(run.shards):,} shards: {shard.name}")
    told = run.told
    lines = [json.dumps({"source": source, "message": why}, ensure_ascii=False) + "\n" for source, why in told.failures]
    (into / "failures.jsonl").write_text("".join(lines), encoding="utf-8")
    say(
        f"{told.coded:,} reports were coded, {len(told.failures):,} inputs failed, {len(told.left_out):,} were left out"
    )
    for where in told.quarantined:
        say(f"quarantined: {where}")
    raise typer.Exit(1 if told.failures and not skip_broken else 0)
