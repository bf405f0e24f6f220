"""`communique room`: the record as pages to read."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.record import Where


def command(
    record: Where,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 takes a free port.")] = 8765,
    host: Annotated[
        str, typer.Option(help="The address to listen at; other machines reach only others.")
    ] = "127.0.0.1",
    team: Annotated[bool, typer.Option("--team", help="Several people: everybody enters with an account.")] = False,
    author: Annotated[
        str, typer.Option("--author", envvar="COMMUNIQUE_AUTHOR", help="Who signs what is corrected here.")
    ] = "",
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Let editors have pages and feeds fetched from the web.")
    ] = False,
    site: Annotated[
        str, typer.Option("--site", help="The address by which readers know it: https://room.example.")
    ] = "",
) -> None:
    """Open the reading room: the record as pages, to read, search and correct.

    Example:  communique room --record ghana.db

    Alone at your own machine you need no account. With --team everybody enters with one; `communique accounts add`
    makes them. Stop it with Ctrl-C.
    """
    from communique.cli.talk import say
    from communique.room import project, serve

    if not team and host not in ("127.0.0.1", "localhost", "::1"):
        raise typer.BadParameter(f"--host {host} lets other machines in; that needs --team.", param_hint="--host")
    room = project.open_room(record, team=team, author=author, fetch=fetch, hosts=(host,), site=site)
    if team:
        from communique.room.models import Account

        if not Account.objects.filter(is_active=True).exists():
            say(f"nobody can enter yet. Make an account: communique accounts add NAME --record {record} --role editor")
    serve.serve(room, host, port, ready=lambda address: say(f"the room is open at {address}"))
