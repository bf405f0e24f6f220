#!/usr/bin/env python3
"""How the reading room bears a large record: pages read by twenty readers while a coder writes.

    benchmarks/room_load.py [--reports 100000] [--readers 20] [--seconds 30] [--record FILE] [--quiet-writer]

Makes a record of made reports (or takes the one that is there), opens the room on it as `communique room` does, starts
a process that goes on adding reports, and lets the readers ask for pages, each as soon as the last one came. Prints the
50th, 95th and 99th percentile of each page's time in milliseconds, and how many reports were added meanwhile. What was
asked of it: the first page of 100,000 reports in under 300 ms at the 95th percentile, search in under 500 ms.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

from merge_scale import COUNTRIES, KINDS, WORDS, Archive

FIRST, SHORT = 5_000, 15
REPEATED = ("report", "mention", "event", "event_country", "person_mention", "statement", "instrument_mention")
LIMITS = {"front": 300, "search": 500}


def make(where: str, reports: int) -> float:
    """Make a record of so many reports; the seconds it took.

    A first lot is added and merged as ever. The rest are repeats of it, written by the database itself: other ids, days
    a week apart from lot to lot, the same words. What merging looks up (keys, sequences) is not repeated.
    """
    from communique.store import Record

    began = time.perf_counter()
    if not Path(where).exists():
        with Record.open(where) as record:
            record.add(islice(Archive(10).codings(), min(FIRST, reports)), batch=500, what="made reports")
    with sqlite3.connect(where) as base:
        base.execute("PRAGMA synchronous=OFF")
        there = base.execute("SELECT count(*) FROM report").fetchone()[0]
        for lot in range(1, -(-reports // there)):
            for table in REPEATED:
                columns = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
                names = [c for c in columns if not (c == "id" and table == "event_country")]
                values = ", ".join(_repeated(table, name, lot) for name in names)
                only = f" WHERE length(id) > {SHORT}" if table != "event_country" else f" WHERE length(event) > {SHORT}"
                quoted = ", ".join(f'"{name}"' for name in names)
                base.execute(f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {table}{only}")
            base.commit()
    return time.perf_counter() - began


def _repeated(table: str, name: str, lot: int) -> str:
    """How a column of a repeated row is written: ids are cut and numbered, days go on by weeks."""
    if name in ("id", "report", "event", "family"):
        return f"substr(\"{name}\", 1, {SHORT - 3}) || '{lot:03x}'"
    if name == "number":
        return f"number + {lot}"
    if name in ("start", "end", "written", "written_earliest", "written_latest", "day"):
        return f"date(\"{name}\", '+{lot * 7} days')"
    return f'"{name}"'


def write_on(
    where: str, stop: multiprocessing.synchronize.Event, added: multiprocessing.sharedctypes.Synchronized
) -> None:
    """Add reports, twenty to a batch, until told to stop."""
    from communique.store import Record

    os.nice(5)  # a coder on the readers' machine
    source = Archive(10, seed=int(time.time())).codings()
    with Record.open(where) as record:
        while not stop.is_set():
            added.value += record.add(islice(source, 20)).added


def pages(chance: random.Random) -> tuple[str, str]:
    """One page that a reader may ask for: what it is called, and its address."""
    pair = sorted(chance.sample(COUNTRIES[:20], 2))
    return chance.choices(
        [
            ("front", "/"),
            ("search", f"/events?q={'+'.join(chance.sample(WORDS, 2))}"),
            ("search", f"/events?country={pair[0]}&kind={chance.choice(KINDS)}&year={chance.randrange(2015, 2025)}"),
            ("search", f"/reports?q={chance.choice(WORDS)}"),
            ("dossier", f"/pairs/{pair[0]}-{pair[1]}"),
            ("events", "/events"),
            ("country", f"/countries/{pair[0]}"),
            ("month", f"/months/{chance.randrange(2015, 2025)}-{chance.randrange(1, 13):02d}"),
        ],
        weights=[4, 1, 1, 1, 1, 1, 1, 1],
    )[0]


def read(address: str, seed: int, until: float, times: dict[str, list[float]], failed: list[str]) -> None:
    """One reader, on one connection."""
    chance = random.Random(seed)
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    while time.time() < until:
        name, page = pages(chance)
        began = time.perf_counter()
        try:
            try:
                connection.request("GET", page, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
            except http.client.RemoteDisconnected:  # the server had closed the idle connection, as browsers expect
                connection.close()
                connection.request("GET", page, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            failed.append(f"{page}: {error}")
            connection.close()
            continue
        times.setdefault(name, []).append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            failed.append(f"{page}: {answer.status}")
        time.sleep(chance.expovariate(1.0))  # a reader reads


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--record", help="an SQLite record to use, or to make where there is none")
    parser.add_argument("--quiet-writer", action="store_true", help="let no coder write meanwhile")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = options.record or str(Path(folder) / "load.db")
        if not Path(where).exists():
            print(f"made {options.reports:,} reports in {make(where, options.reports):.0f} s", flush=True)
        room = subprocess.Popen([sys.executable, "-m", "communique", "room", "--record", where, "--port", "0"],
                                stderr=subprocess.PIPE, text=True)  # fmt: skip
        stop, added = multiprocessing.Event(), multiprocessing.Value("i", 0)
        writer = multiprocessing.Process(target=write_on, args=(where, stop, added))
        try:
            assert room.stderr is not None
            line = room.stderr.readline()
            found = re.search(r"http://\S+", line)
            if found is None:
                print(line, file=sys.stderr)
                return 2
            return measure(found[0], options, writer, stop, added)
        finally:
            room.terminate()
            stop.set()
            if writer.is_alive():
                writer.join(60)
            room.wait(20)


def measure(
    address: str, options: argparse.Namespace, writer: multiprocessing.Process, stop: object, added: object
) -> int:
    """Warm up, let the readers read, and print."""
    warm: dict[str, list[float]] = {}
    failed: list[str] = []
    read(address, 0, time.time() + 4, warm, failed)
    first = warm.get("front", [0.0])[0]
    if not options.quiet_writer:
        writer.start()
    times: dict[str, list[float]] = {}
    until = time.time() + options.seconds
    readers = [
        threading.Thread(target=read, args=(address, n + 1, until, times, failed)) for n in range(options.readers)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    print(f"{options.readers} readers, {options.seconds} s; {added.value} reports added meanwhile; "  # type: ignore[attr-defined]
          f"the very first page {first:.0f} ms; {len(failed)} failed")  # fmt: skip
    late = False
    for name, taken in sorted(times.items()):
        cut = quantiles(taken, n=100) if len(taken) > 1 else taken * 99
        limit = LIMITS.get(name)
        late = late or bool(limit and cut[94] > limit)
        print(f"{name:10} {len(taken):6,} pages   50 % {cut[49]:6.0f}   95 % {cut[94]:6.0f}   99 % {cut[98]:6.0f} ms"
              + (f"   (limit {limit} ms at 95 %)" if limit else ""))  # fmt: skip
    for words in failed[:5]:
        print(words, file=sys.stderr)
    return 1 if late or failed else 0


if __name__ == "__main__":
    sys.exit(main())
