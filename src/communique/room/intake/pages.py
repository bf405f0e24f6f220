"""The page on which editors add reports, and its forms."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from urllib.parse import urlsplit

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from communique.errors import InputError
from communique.room.accounts import deeds, limits
from communique.room.guarding import needs, said
from communique.room.models import Feed, Job
from communique.room.project import current
from communique.settings import DEFAULT

MOST_FILES, MOST_ADDRESSES = 50, 50


@require_GET
@needs("editor")
def page(request: HttpRequest) -> HttpResponseBase:
    """What can be added, and how the last jobs went."""
    jobs = list(Job.objects.order_by("-began")[:20])
    lost = datetime.now(UTC) - timedelta(hours=2)
    context = {
        "title": "Add reports", "jobs": jobs, "feeds": Feed.objects.order_by("url"), "lost": lost,
        "busy": any(job.state in ("waiting", "working") and job.began > lost for job in jobs),
        "most_files": MOST_FILES, "most_addresses": MOST_ADDRESSES,
    }  # fmt: skip
    return render(request, "room/add.html", context)


def _asked(view: Callable[[HttpRequest], str]) -> Callable[..., HttpResponseBase]:
    """A form of editors; what cannot be done is told."""

    @require_POST
    @needs("editor")
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if limits.spent(limits.INTAKE, request.visitor.name):
            return said(request, "Too often", "That was more than may be added in an hour. Wait a little.", 429)
        try:
            view(request)
        except InputError as error:
            return said(request, "Not added", str(error)[:1].upper() + str(error)[1:], 400)
        return HttpResponseRedirect("/add")

    return guarded


@_asked
def files(request: HttpRequest) -> str:
    """Files that were brought: pages, feeds, mail, tables, archives; what each is, its content tells."""
    brought = request.FILES.getlist("files")
    if not brought:
        raise InputError("no file was chosen.")
    if len(brought) > MOST_FILES:
        raise InputError(f"no more than {MOST_FILES} files at once. Put them into an archive, or use communique add.")
    folder = _folder()
    try:
        names = [_save(file, folder) for file in brought]
    except (InputError, OSError):
        shutil.rmtree(folder, ignore_errors=True)  # of what was brought together, all is added or nothing
        raise
    return _begin(request, folder, ", ".join(names), [])


@_asked
def addresses(request: HttpRequest) -> str:
    """Pages to fetch, an address a line."""
    _may_fetch()
    listed = [line.strip() for line in request.POST.get("addresses", "").splitlines() if line.strip()]
    if not listed:
        raise InputError("no address was given.")
    if len(listed) > MOST_ADDRESSES:
        raise InputError(f"no more than {MOST_ADDRESSES} addresses at once.")
    for address in listed:
        _is_address(address)
    return _begin(request, _folder(), "\n".join(listed), listed)


@_asked
def feed(request: HttpRequest) -> str:
    """A feed: kept in the list, and fetched now."""
    _may_fetch()
    address = request.POST.get("feed", "").strip()[:600]
    _is_address(address)
    Feed.objects.get_or_create(url=address, defaults={"named_by": request.visitor.name})
    return _begin(request, _folder(), address, [address], feed=address)


@_asked
def forget_feed(request: HttpRequest) -> str:
    """Take a feed off the list; its reports stay."""
    address = request.POST.get("feed", "")
    Feed.objects.filter(url=address).delete()
    deeds.write(request, "forget feed", address)
    return "/add"


def _may_fetch() -> None:
    if not current().fetch:
        raise InputError("this room fetches nothing. Start it with --fetch to allow that.")


def _is_address(address: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or len(address) > 600:
        raise InputError(f"{address[:100]!r} is no address; one begins with http:// or https://.")


def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="communique-room-"))


def _save(file: UploadedFile, folder: Path) -> str:
    """Save a file under its own name, made harmless; its name there."""
    if (file.size or 0) > DEFAULT.max_bytes:
        raise InputError(f"{file.name} is larger than {DEFAULT.max_bytes:,} bytes. Use communique add, or split it.")
    name = re.sub(r"[^\w.() -]", "_", Path(str(file.name)).name).lstrip(".- ")[-100:] or "report"
    path, n = folder / name, 1
    while path.exists():
        n += 1
        path = folder / f"{n}-{name}"
    with path.open("xb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return path.name


def _begin(request: HttpRequest, folder: Path, what: str, listed: list[str], feed: str | None = None) -> str:
    job = Job.objects.create(what=what, who=request.visitor.name)
    deeds.write(request, "add reports", f"job {job.id}", what)
    task = {"where": current().where, "job": job.id, "folder": str(folder), "addresses": listed, "feed": feed}
    if "://" not in task["where"]:
        task["where"] = str(Path(task["where"]).resolve())
    process = subprocess.Popen(
        [sys.executable, "-m", "communique.room.intake.job"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    with process.stdin as pipe:
        json.dump(task, pipe)
    return "/add"
