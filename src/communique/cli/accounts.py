"""`communique accounts`: who may enter the reading room of a team."""

from __future__ import annotations

import secrets
import sys
from typing import Annotated, Any

import typer

from communique.cli.record import Format, Where, show

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Accounts of the reading room of a team.")

Name = Annotated[str, typer.Argument(help="The account's name.")]
Role = Annotated[
    str, typer.Option(help="reader (reads), reviewer (also corrects and notes) or editor (also adds reports).")
]


def _checked_role(role: str) -> str:
    if role not in ("reader", "reviewer", "editor"):
        raise typer.BadParameter(f"there is no role {role!r}: reader, reviewer or editor.", param_hint="--role")
    return role


def _password(name: str) -> str:
    """From a pipe its first line; on a terminal it is asked for; an empty answer makes one, which is printed."""
    from communique.cli.talk import say
    from communique.room.accounts.passwords import LEAST, weak

    if sys.stdin.isatty():
        given = typer.prompt("Password (empty: make one)", hide_input=True, default="", show_default=False, err=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        given = secrets.token_urlsafe(12)
        say(f"the password of {name} is {given}")
    if weak(given, name):
        raise typer.BadParameter(f"a password has {LEAST} characters at least and is no common one.")
    return given


def _account(record: str, name: str) -> Any:
    from communique.errors import RecordError
    from communique.room import project

    project.open_room(record)
    from communique.room.models import Account

    account = Account.objects.filter(name=name).first()
    if account is None:
        raise RecordError(f"the room has no account {name!r}. To see them: communique accounts list --record {record}")
    return account


def _note(what: str, name: str, detail: str = "") -> None:
    from communique.room.models import Deed

    Deed.objects.create(who="command line", what=what, target=name, detail=detail)


@app.command("add")
def add(name: Name, record: Where, role: Role = "reader") -> None:
    """Make an account. The password is asked for, or read from standard input; left empty, one is made and printed.

    Example:  communique accounts add ama --role editor --record ghana.db < password.txt
    """
    from communique.errors import RecordError
    from communique.room import project

    _checked_role(role)
    name = name.strip()
    if not name or len(name) > 60 or not name.isprintable():
        raise typer.BadParameter("a name has 1 to 60 characters that can be printed.")
    project.open_room(record)
    from communique.room.models import Account

    if Account.objects.filter(name=name).exists():
        raise RecordError(f"the room has an account {name!r} already.")
    account = Account(name=name, role=role)
    account.set_password(_password(name))
    account.save()
    _note("account added", name, role)


@app.command("role")
def role(name: Name, role: Annotated[str, typer.Argument(help="reader, reviewer or editor.")], record: Where) -> None:
    """Give an account another role.

    Example:  communique accounts role ama reviewer --record ghana.db
    """
    _checked_role(role)
    account = _account(record, name)
    account.role = role
    account.save(update_fields=["role"])
    _note("role changed", name, role)


@app.command("password")
def password(name: Name, record: Where) -> None:
    """Give an account another password; its sessions and keys end.

    Example:  communique accounts password ama --record ghana.db < password.txt
    """
    account = _account(record, name)
    account.set_password(_password(name))
    account.save(update_fields=["password"])
    _note("password changed", name)


@app.command("close")
def close(name: Name, record: Where) -> None:
    """Let an account enter no more; what it wrote stays.

    Example:  communique accounts close ama --record ghana.db
    """
    account = _account(record, name)
    account.is_active = False
    account.save(update_fields=["is_active"])
    _note("account closed", name)


@app.command("list")
def list_(record: Where, format_: Format = "table") -> None:
    """List the accounts.

    Example:  communique accounts list --record ghana.db
    """
    from communique.room import project

    project.open_room(record)
    from communique.room.models import Account

    rows = [
        {"name": a.name, "role": a.role, "open": a.is_active, "made": a.made.date().isoformat(),
         "last_login": a.last_login.date().isoformat() if a.last_login else None}
        for a in Account.objects.order_by("name")
    ]  # fmt: skip
    show(rows, ("name", "role", "open", "made", "last_login"), format_, "Accounts")
