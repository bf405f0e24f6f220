"""Many reports written first and merged together: the record that adding them gives, whatever stops it on the way."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from made import CODER, coding, collection
from test_record import account
from writer import reports

from communique.errors import RecordError
from communique.merging.copies import find_links
from communique.merging.fingerprint import fingerprint
from communique.merging.parts import Merged, Shard
from communique.model import Coding
from communique.store import Record, setup

setup.prepare()
from communique.store import bulk  # noqa: E402


def added(path: Path, *loads: Iterable[Coding]) -> Record:
    record = Record.open(path)
    for codings in loads:
        record.add(codings)
    return record


def lineage(record: Record) -> list[tuple[str, str | None]]:
    from communique.store import models

    return sorted(models.Lineage.objects.using(record.alias).values_list("old", "new"))


def fails(shards: Sequence[Shard]) -> Iterator[tuple[Shard, Merged]]:
    """Merges the first shard and is then at an end."""
    yield next(bulk.merge_here(shards))
    raise RecordError("out of memory")


@pytest.fixture(params=[1, 2_000], ids=["many shards", "one shard"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(bulk, "SIZE", request.param)
    return int(request.param)


def test_a_load_gives_the_record_of_adding(where: str, size: int, tmp_path: Path) -> None:
    every = [*collection(), *reports(40)]
    random.Random(3).shuffle(every)
    record = Record.open(where)
    done = record.load(every, batch=7)
    assert (done.added, done.skipped) == (len(every), 0)
    assert account(record) == account(added(tmp_path / "added.db", every))
    assert record.waiting() == 0
    assert record.coverage()["unfinished_runs"] == []
    assert record.load(every).skipped == len(every)


def test_a_load_into_a_record_gives_the_record_of_adding(where: str, size: int, tmp_path: Path) -> None:
    every = [*collection(), *reports(40)]
    random.Random(4).shuffle(every)
    first, rest = every[:12], every[12:]
    record = Record.open(where)
    record.add(first)
    before = {row["id"] for row in record.events()}
    record.load(rest)
    assert account(record) == account(added(tmp_path / "added.db", first, rest))
    gone = before - {row["id"] for row in record.events()}
    assert gone <= {old for old, _ in lineage(record)}
    assert all(record.resolve(old) for old in gone)


def test_corrections_and_reports_coded_anew_come_out_as_by_adding(where: str, size: int, tmp_path: Path) -> None:
    first, rest = collection(), reports(20)
    anew = [replace(coding, coder=replace(CODER, version="1")) for coding in first[3:8]]
    records = [Record.open(where), Record.open(tmp_path / "added.db")]
    for record, how in zip(records, (Record.load, Record.add), strict=True):
        record.add(first)
        calls = [row["id"] for row in record.events(kind="call")]
        meetings = [row["id"] for row in record.events(kind="meeting")]
        record.correct("edit", calls[:1], author="MK", field="place", value="Valletta")
        record.correct("merge", [meetings[0], meetings[-1]], author="MK")
        how(record, [*rest[:9], *anew, *rest[9:]])
    assert account(records[0]) == account(records[1])


def test_a_load_stopped_before_or_amid_the_merging_is_taken_up(where: str, tmp_path: Path, size: int) -> None:
    every = [*collection(), *reports(30)]
    record = Record.open(where)
    record.add(every[:4])
    before = account(record)
    with pytest.raises(RecordError, match="out of memory"):
        record.load(every, merger=fails)
    assert record.waiting() > 0
    assert account(record) == before  # nothing of the merging is there, and what was is readable
    assert [len(list(record.full_codings())), len(list(record.full_events()))] == [len(every), len(before)]
    assert len(record.coverage()["unfinished_runs"]) == 1
    again = record.load(every)
    assert (again.added, again.skipped) == (0, len(every))
    assert record.waiting() == 0
    assert account(record) == account(added(tmp_path / "added.db", every))


def test_a_load_stopped_amid_the_writing_is_taken_up(where: str, tmp_path: Path) -> None:
    every = [*collection(), *reports(30)]

    def stopped() -> Iterator[Coding]:
        yield from every[:25]
        raise KeyboardInterrupt

    record = Record.open(where)
    with pytest.raises(KeyboardInterrupt):
        record.load(stopped(), batch=10)
    assert record.size() == 25
    assert record.load(every, batch=10).added == len(every) - 25
    assert account(record) == account(added(tmp_path / "added.db", every))


def test_reports_added_and_taken_out_while_others_wait_come_out_right(where: str, tmp_path: Path) -> None:
    every = [*collection(), *reports(30)]
    record = Record.open(where)
    with pytest.raises(RecordError):
        record.load(every[::2], merger=fails)
    record.add(every[1::4])
    record.remove([every[0].report.id, every[1].report.id])
    record.load(every[3::4])
    assert account(record) == account(added(tmp_path / "added.db", every[2:]))


def test_parts_in_which_nothing_waits_are_not_merged_again(where: str) -> None:
    record = Record.open(where)
    record.add(collection())
    merged: list[str] = []

    def noted(shards: Sequence[Shard]) -> Iterator[tuple[Shard, Merged]]:
        merged.extend(m.report for shard in shards for m in shard.mentions)
        return bulk.merge_here(shards)

    fresh = reports(3)  # a meeting of Quispe and Lekoetje in January 2023
    record.load(fresh, merger=noted)
    calls = {c.report.id for c in collection() for event in c.events if event.kind == "call"}
    assert {coding.report.id for coding in fresh} <= set(merged)
    assert calls.isdisjoint(merged)


def test_the_copies_in_a_record_are_those_among_the_texts_alone(where: str) -> None:
    from communique.store import models

    text = collection()[0].report.text
    cut = text[: text.index(" Forty")]
    copies = [coding(f"{text} Page {n}, {'lentils ' * n} for two.") for n in range(5)]
    copies += [coding(f"{cut} More on page {n}: lentils, and {'salt ' * n} too.") for n in range(5)]
    every = [*copies, *collection(), *reports(30)]
    record = Record.open(where)
    record.add(every[:8], batch=1)
    record.load(every[8:], batch=9)
    rows = models.CopyLink.objects.using(record.alias).values_list("part", "whole", "share", "how")
    prints = {c.report.id: fingerprint(c.report.text, c.report.title) for c in every}
    expected = [(link.part, link.whole, link.share, link.how) for link in find_links(prints)]
    assert sorted(rows) == expected
    assert len(expected) > 40
