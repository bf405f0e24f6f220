"""`communique watch`: feeds asked again and again, and what is new added to a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import CodebookFolders, Model, Parse, settings_of
from communique.cli.record import Where
from communique.settings import DEFAULT

if TYPE_CHECKING:
    from pathlib import Path

    from communique.settings import Settings
    from communique.store import Record
    from communique.watch import Feed


def command(
    feeds: Annotated[list[str], typer.Argument(metavar="ADDRESS...", help="RSS or Atom feeds.", show_default=False)],
    record: Where,
    every: Annotated[float, typer.Option(metavar="MINUTES", min=1, help="How often each feed is asked, at most.")] = 15,
    once: Annotated[bool, typer.Option("--once", help="Ask those feeds that are due, then end: for cron.")] = False,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Keep no words of the reports: offsets and digests only.")
    ] = False,
    model: Model = DEFAULT.model,
    codebook: CodebookFolders = None,
    parse: Parse = DEFAULT.parse,
) -> None:
    """Keep a record up to date from feeds, until Ctrl-C.

    Example:  communique watch https://news.example/world.rss --record world.db

    Feeds are asked politely: as their robots.txt allows, only for what is new, less often when they fail, and as late
    as the server asks for. What the servers said is kept in the data folder (`communique where`), so a run goes on
    where the last one was. Only the text in the feed is read: pages that it links to are not fetched.
    """
    import time

    from communique.cli.talk import say
    from communique.store import Record
    from communique.watch import Poller

    settings = settings_of(model, codebook, parse)
    poller = Poller(every * 60, time.time)
    place = place_of(record)
    known = remembered(place, feeds)
    failed = False
    with Record.open(record) as store:
        try:
            while True:
                for feed in known:
                    if feed.gone or feed.due > time.time():
                        continue
                    answer = poller.poll(feed)
                    if answer.problem:
                        failed = True
                        say(answer.problem)
                    if answer.data is not None:
                        added, problems = take(store, feed.url, answer.data, settings, text=not no_text)
                        failed = failed or bool(problems)
                        for problem in problems:
                            say(problem)
                        say(f"{feed.url}: {added:,} reports added")
                    remember(place, known)
                left = [feed.due for feed in known if not feed.gone]
                if once or not left:
                    break
                time.sleep(max(1.0, min(left) - time.time()))
        except KeyboardInterrupt:
            say("stopped")
    raise typer.Exit(1 if failed and once else 0)


def take(store: Record, url: str, data: bytes, settings: Settings, *, text: bool) -> tuple[int, list[str]]:
    """Add the items of a feed that the record does not have: how many, and what could not be read."""
    from communique.api import code_within_limits, coder_for
    from communique.errors import InputError
    from communique.intake.feeds import items_of_feed
    from communique.intake.raw import Failure, Raw

    coder = coder_for(settings)
    codings, problems = [], []
    try:
        for item in items_of_feed(data, url):
            found = item.read(settings) if isinstance(item, Raw) else item
            if isinstance(found, Failure | InputError):
                problems.append(found.message if isinstance(found, Failure) else str(found))
                continue
            if store.has(found.id, coder.info):
                continue
            try:
                codings.append(code_within_limits(coder, found))
            except InputError as error:
                problems.append(str(error))
    except InputError as error:
        problems.append(str(error))
    return store.add(codings, text=text, what=url).added, problems


def remembered(place: Path, urls: list[str]) -> list[Feed]:
    """The feeds with what their servers said in earlier runs."""
    import json

    from communique.watch import Feed

    try:
        kept = {row["url"]: row for row in json.loads(place.read_bytes())}
        return [Feed(**kept[url]) if url in kept else Feed(url) for url in dict.fromkeys(urls)]
    except (OSError, ValueError, KeyError, TypeError):  # none yet, or not ours: every feed is asked afresh
        return [Feed(url) for url in dict.fromkeys(urls)]


def remember(place: Path, feeds: list[Feed]) -> None:
    """Keep what the servers said, beside what is kept of other feeds."""
    import json
    import os
    from dataclasses import asdict

    try:
        kept = {row["url"]: row for row in json.loads(place.read_bytes())}
    except (OSError, ValueError, KeyError, TypeError):
        kept = {}
    kept |= {feed.url: asdict(feed) for feed in feeds}
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_name(f".{place.name}.{os.getpid()}")
    temporary.write_text(json.dumps(list(kept.values()), indent=1), encoding="utf-8")
    os.replace(temporary, place)


def place_of(record: str) -> Path:
    """Where the servers' answers are kept for a record: another record must be told everything again."""
    import hashlib
    from pathlib import Path

    from communique.folders import data_folder

    whole = record if "://" in record else str(Path(record).resolve())
    return data_folder() / f"watch-{hashlib.sha256(whole.encode()).hexdigest()[:16]}.json"
