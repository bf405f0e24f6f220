#!/usr/bin/env python3
"""How merging keeps up with an archive: made codings into a record, timed, in both ways.

    benchmarks/merge_scale.py [--reports 10000] [--jobs 2] [--only add|load] [--every 2500] [--years 5]

`add` extends a record 500 reports at a time and merges what each lot touches; `load` writes all of them first and
merges their parts at the end, in `--jobs` processes. Both records must have the same events; the ratio is add's time to
load's.

The codings are made as an archive's are: a few pairs of countries have most of the news, some stories have hundreds of
reports, a fifth of the reports are copies with another page round them, stock sentences stand in thousands, a quarter
of the mentions has no day, and one report in twenty has none either. Making them is not timed.

Prints for each way: seconds (and seconds of work of all its processes), reports a second, memory of the process, size
of the record; for `add` also what one report more takes, on an ordinary story and on the busiest pair of countries.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path

from communique.cluster.load import BATCH, Merge
from communique.cluster.run import spread
from communique.merging.parts import Merged, Shard
from communique.model import (
    CoderInfo,
    Coding,
    Declared,
    Event,
    EventEvidence,
    Instrument,
    Office,
    Participant,
    Person,
    Place,
    Report,
    SentenceEvidence,
    Source,
    Span,
    Speaker,
    Statement,
    Written,
)
from communique.store import Record

COUNTRIES = [a + b + c for a in "BDGKLMNPRST" for b in "AEIOU" for c in "NRS"]
KINDS = ("meeting", "talks", "call", "visit", "signing", "message", "criticism", "appeal", "warning", "aid", "pledge")
WORDS = [f"{a}{b}{c}{d}" for a in ("ba", "do", "ki", "lu", "me", "po", "ra", "si", "tu", "ve") for b in "lmnrst"
         for c in ("an", "er", "ik", "os", "um", "ad", "en", "il") for d in ("", "a", "o", "e")]  # fmt: skip
COMMON = list(accumulate(1 / (n + 10) for n in range(len(WORDS))))
CODER = CoderInfo("communique", "scale", "c", "t", "m")


@dataclass(frozen=True)
class Fact:
    """One happening of a story."""

    kind: str
    who: tuple[Participant, ...]
    day: date
    words: tuple[str, ...]
    instrument: str | None
    place: Place | None


class Archive:
    """Made codings without end, the same for the same seed."""

    def __init__(self, years: float, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.days = int(years * 365)
        self.weights = [1 / (n + 1) for n in range(len(COUNTRIES))]
        self.stock = [self.prose(14) for _ in range(400)]
        self.stock_weights = [1 / (n + 3) for n in range(len(self.stock))]
        self.serial = 0

    def codings(self) -> Iterator[Coding]:
        while True:
            yield from self.story()

    def story(self, pair: tuple[str, str] | None = None) -> Iterator[Coding]:
        """The reports of one story; `pair` of any two countries if None."""
        first, second = pair or self.pair()
        day = date(2015, 1, 1) + timedelta(days=self.chance.randrange(self.days))
        facts = [self.fact(first, second, day + timedelta(days=n)) for n in range(self.chance.choice((1, 1, 2, 3)))]
        texts: list[str] = []
        for _ in range(min(400, int(self.chance.paretovariate(1.05)))):
            if texts and self.chance.random() < 0.25:
                text = self.chance.choice(texts)
            else:
                told = [self.telling(fact) for fact in facts]
                told += self.chance.choices(self.stock, self.stock_weights, k=3) + [self.prose(18) for _ in range(14)]
                text = " ".join(told)
                texts.append(text)
            yield self.coding(text, facts, day)

    def pair(self) -> tuple[str, str]:
        while True:
            first, second = self.chance.choices(COUNTRIES, self.weights, k=2)
            if first != second:
                return first, second

    def prose(self, words: int) -> str:
        return " ".join(self.chance.choices(WORDS, cum_weights=COMMON, k=words)).capitalize() + "."

    def fact(self, first: str, second: str, day: date) -> Fact:
        chance = self.chance
        kind = chance.choice(KINDS)
        who = tuple(
            Participant(country.title(), "state", country, None, "GOV", "party")
            if chance.random() < 0.4
            else Participant(
                f"{chance.choice('ABCD')}ina {country.title()}ov", "person", country, "minister", "GOV", "party"
            )
            for country in (first, second)
        )
        instrument = f"{chance.choice(WORDS)} {chance.choice(WORDS)} agreement" if kind == "signing" else None
        words = tuple(chance.choices(WORDS, k=9))
        place = Place(chance.choice(WORDS).title(), first) if chance.random() < 0.3 else None
        return Fact(kind, who, day, words, instrument, place)

    def telling(self, fact: Fact) -> str:
        """A sentence that tells of a happening, with some of what there is to say of it."""
        names = f"{fact.who[0].name} and {fact.who[1].name} had a {fact.kind} over {fact.instrument or 'things'}"
        return f"{names}, {' '.join(self.chance.sample(fact.words, 5))}."

    def coding(self, text: str, facts: list[Fact], day: date) -> Coding:
        """One report, its page's furniture its own."""
        chance = self.chance
        self.serial += 1
        text = f"{text} Page {self.serial} {self.prose(6)}"
        digest = hashlib.sha256(text.encode()).hexdigest()
        written = day + timedelta(days=chance.randrange(4)) if chance.random() < 0.95 else None
        declared = Declared(publisher=f"Paper {chance.randrange(200)}", published=str(written) if written else None)
        report = Report(
            digest[:20], digest, Source(f"{digest[:8]}.html"), text[:60], text, "en", declared,
            written=Written(written, written, written, 0.9) if written else None,
        )  # fmt: skip
        events, instruments = [], []
        for n, fact in enumerate(facts):
            at = max(0, text.find(f"had a {fact.kind} over {fact.instrument or 'things'}"))
            start = text.rfind(".", 0, at) + 1
            start, end_ = start + (text[start : start + 1] == " "), text.find(".", at) + 1
            when, end = self.told(fact.day)
            if fact.instrument:
                parties = tuple(sorted(p.country for p in fact.who if p.country))
                evidence = SentenceEvidence(Span(start, end_))
                instruments.append(Instrument(f"i{n}", "agreement", fact.instrument, parties, "signed", None, evidence))
            events.append(
                Event(
                    f"e{n}", "CONSULT", fact.kind, None, "occurred" if chance.random() < 0.9 else "planned", fact.who,
                    when, end, None, fact.place if chance.random() < 0.5 else None, None,
                    f"i{n}" if fact.instrument else None, None,
                    EventEvidence(Span(start, end_), Span(at + 2 + n, at + 6 + n)), "made", None,
                )
            )  # fmt: skip
        named = {p.name: p for fact in facts for p in fact.who if p.kind == "person"}
        office = (Office("Minister", None, None, "minister"),)
        people = tuple(Person(f"p{i}", p.name, (Span(0, 5),), p.country, office) for i, p in enumerate(named.values()))
        said = tuple(
            Statement(f"s{i}", "saying", Speaker(p.name, "person", p.country, None), "unspecified", False, None,
                      (Span(0, 12),), None, written)
            for i, p in enumerate(named.values())
        )  # fmt: skip
        return Coding(CODER, report, tuple(events), people, said, tuple(instruments))

    def told(self, day: date) -> tuple[date | None, date | None]:
        """The days that a report gives for a happening: mostly the day, sometimes a stretch, a month, or none."""
        draw = self.chance.random()
        if draw < 0.25:
            return None, None
        if draw < 0.3:
            return day.replace(day=1), day.replace(day=28)
        if draw < 0.38:
            return day, day + timedelta(days=self.chance.randrange(1, 6))
        return day, day


def one_more(record: Record, archive: Archive, pair: tuple[str, str] | None) -> str:
    """What one report more takes: middle and longest of eleven."""
    times = []
    for coding in islice((c for _ in range(999) for c in islice(archive.story(pair), 1)), 11):
        start = time.perf_counter()
        record.add([coding])
        times.append(time.perf_counter() - start)
    return f"{statistics.median(times):.3f} s (longest {max(times):.3f} s)"


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of work of this process and of those that it started and that have ended."""

    seconds: float
    work: float

    def __str__(self) -> str:
        return f"{self.seconds:7.1f} s ({self.work:.1f} s of work)"


def now() -> Took:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Took(time.perf_counter(), sum(used.ru_utime + used.ru_stime for used in both))


def since(start: Took, less: float = 0.0) -> Took:
    """What was taken since `start`, without `less` seconds that went into making codings."""
    end = now()
    return Took(end.seconds - start.seconds - less, end.work - start.work - less)


class Making:
    """Some codings; `making` is the time that making them took, in seconds."""

    def __init__(self, codings: Iterator[Coding], count: int) -> None:
        self.codings = islice(codings, count)
        self.making = 0.0

    def __iter__(self) -> Iterator[Coding]:
        start = time.process_time()
        for coding in self.codings:
            self.making += time.process_time() - start
            yield coding
            start = time.process_time()


def add(record: Record, archive: Archive, reports: int, every: int) -> Took:
    """Extend a record, and tell how."""
    codings = archive.codings()
    seconds = work = 0.0
    for done in range(0, reports, every):
        source = Making(codings, min(every, reports - done))
        start = now()
        record.add(source, batch=BATCH)
        took = since(start, source.making)
        seconds, work = seconds + took.seconds, work + took.work
        tell(done + every, took, every, record)
    return Took(seconds, work)


def load(record: Record, archive: Archive, reports: int, jobs: int) -> Took:
    """Fill a record, and tell how."""
    source = Making(archive.codings(), reports)
    start = now()
    written: list[Took] = []

    def merger(shards: Sequence[Shard]) -> Iterator[tuple[Shard, Merged]]:
        written.append(since(start, source.making))
        largest = max((len(shard.mentions) for shard in shards), default=0)
        print(f"{reports:9,} reports  {written[0]} written; {len(shards)} shards, the largest {largest:,} mentions")
        return spread(shards, Merge(), jobs=jobs)

    record.load(source, merger=merger)
    took = since(start, source.making)
    tell(reports, took, reports, record)
    return took


def tell(done: int, took: Took, count: int, record: Record) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    size = Path(record.where).stat().st_size >> 20
    print(f"{done:9,} reports  {took}  {count / took.seconds:6.0f}/s  {memory} MiB  record {size} MiB", flush=True)


def events(record: Record) -> set[str]:
    """The events of a record, each with all that is said of it but since when it is known."""
    return {json.dumps(row | {"since": None}, sort_keys=True, default=str) for row in record.full_events()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--every", type=int, default=2_500)
    parser.add_argument("--years", type=float, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", choices=("add", "load"))
    asked = parser.parse_args()
    took: dict[str, Took] = {}
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for way in ("load", "add") if asked.only is None else (asked.only,):
            print(f"{way}:" if way == "add" else f"load, {asked.jobs} jobs:")
            archive = Archive(asked.years)
            with Record.open(Path(folder) / f"{way}.db") as record:
                if way == "load":
                    took[way] = load(record, archive, asked.reports, asked.jobs)
                else:
                    took[way] = add(record, archive, asked.reports, asked.every)
                print(f"all: {took[way]}")
                coverage = record.coverage()
                print(", ".join(f"{coverage[what]:,} {what}" for what in ("reports", "families", "events")))
                if asked.only is None:
                    found[way] = events(record)
                if way == "add":
                    print("one more, any story:", one_more(record, archive, None))
                    print("one more, busiest pair:", one_more(record, archive, (COUNTRIES[0], COUNTRIES[1])))
    if asked.only is None:
        ratio = took["add"].seconds / took["load"].seconds, took["add"].work / took["load"].work
        print(f"add to load: {ratio[0]:.2f} by the clock, {ratio[1]:.2f} by work")
        if found["add"] != found["load"]:
            print("the two records differ", file=sys.stderr)
            return 1
        print(f"the same {len(found['add']):,} events")
    return 0


if __name__ == "__main__":
    sys.exit(main())
