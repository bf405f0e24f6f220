"""`Record`: the record of many reports, in a file or in PostgreSQL.

    with Record.open("kazakhstan.db") as record:
        record.add(codings)
        record.dossier("CHN", "KAZ")

Writers take turns, batch by batch; readers are never kept waiting. Every batch is one transaction: a run that is killed
leaves a sound record, and the same call again goes on where it stopped.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from communique.errors import RecordError
from communique.store import setup

if TYPE_CHECKING:
    from communique.model import CoderInfo, Coding, Report
    from communique.store.bulk import Merger

_LOCK = 0x636F6D6D756E  # of writers on PostgreSQL


@dataclass(frozen=True, slots=True)
class Added:
    """What a call to `add` did: reports that were new or coded anew, and reports that were there already."""

    run: str
    added: int
    skipped: int


class Record:
    """A record that is open. Make one with `Record.open`."""

    def __init__(self, alias: str, where: str) -> None:
        self.alias = alias
        self.where = where

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True) -> Record:
        """Open the record in a file, or at postgresql://user@host/name; begin it if there is none and `create`.

        Brings an older record's tables up to date. Raises RecordError when it cannot be opened or is no record.
        """
        text = str(where)
        if "://" not in text:
            _check_file(Path(text), create=create)
        alias = setup.connect(text)
        record = cls(alias, text)
        record._migrate()
        return record

    def close(self) -> None:
        """Close this thread's connection. The record can go on being used; it is opened again when needed."""
        from django.db import connections

        connections[self.alias].close()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _migrate(self) -> None:
        """Bring the tables up to date. When another process does so at the same moment, wait for it."""
        from django.core.management import call_command
        from django.db import DatabaseError

        for patience in range(50, -1, -1):
            try:
                if not self._is_behind():
                    return
                with self._alone():
                    call_command("migrate", "store", database=self.alias, verbosity=0, interactive=False)
            except DatabaseError as error:
                if not patience or not any(word in str(error) for word in ("exists", "locked", "duplicate")):
                    raise setup.refused(self.where, "open", error) from error
                time.sleep(0.2)

    def _is_behind(self) -> bool:
        from django.db import connections
        from django.db.migrations.executor import MigrationExecutor

        executor = MigrationExecutor(connections[self.alias])
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes("store")))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """On PostgreSQL, hold the writers' lock of the session; SQLite's own lock is enough there."""
        from django.db import connections

        connection = connections[self.alias]
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, alone among writers. Raises RecordError when the database refuses."""
        from django.db import DatabaseError, connections, transaction

        try:
            with transaction.atomic(using=self.alias):
                connection = connections[self.alias]
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
                yield
        except DatabaseError as error:
            raise setup.refused(self.where, "write to", error) from error

    # --- adding -----------------------------------------------------------------------------------------------------

    def add(self, codings: Iterable[Coding], *, text: bool = True, what: str = "", batch: int = 20) -> Added:
        """Add codings and merge what they touch. A report that is there, coded alike, is passed over.

        `text=False` keeps no words of the reports: offsets and digests only (`attach` brings the texts back).
        Where `codings` fails or is interrupted, what it gave before is kept.
        """
        return self._add(codings, text, what, batch, None)

    def load(
        self, codings: Iterable[Coding], *, text: bool = True, what: str = "", batch: int = 500,
        merger: Merger | None = None,
    ) -> Added:  # fmt: skip
        """Add many codings: the same record as by `add`, sooner. They are written first, and merged all together.

        A load that is stopped leaves reports that wait to be merged (`waiting`); the same call again goes on. The
        merging is one transaction. `merger` merges its shards, in this process if None.
        """
        from communique.store import bulk

        return self._add(codings, text, what, batch, merger or bulk.merge_here)

    def _add(self, codings: Iterable[Coding], text: bool, what: str, batch: int, merger: Merger | None) -> Added:
        """Add codings; with a merger what is new is merged at the end."""
        from communique.store import additions, bulk, corrections, models, writing

        run = models.Run(id=uuid4().hex, began=datetime.now(UTC), what=what)
        added = skipped = 0
        saved = False
        for part in _batches(codings, batch):
            with self.writing():
                if not saved:
                    run.coder = writing.stamp(part[0])
                    run.save(using=self.alias, force_insert=True)
                    saved = True
                found = corrections.active(self.alias)
                links, overlay = corrections.links(found), corrections.overlay(found)
                new, old = writing.add_batch(
                    self.alias, part, run, text=text, links=links, overlay=overlay, merge=merger is None
                )
                if new and found:
                    reports = {coding.report.id for coding in part}
                    again = additions.restore(self.alias, reports)
                    self._recorrect(run.id, [*self._corrected_in(reports), *again])
                added, skipped = added + new, skipped + old
                run.added, run.skipped = added, skipped
                run.save(using=self.alias)
        if merger is not None and self.waiting():
            with self.writing():
                found = corrections.active(self.alias)
                links, overlay = corrections.links(found), corrections.overlay(found)
                bulk.merge_waiting(self.alias, merger, links, overlay, run.id if saved else None)
        if saved:
            run.ended = datetime.now(UTC)
            with self.writing():
                run.save(using=self.alias)
        return Added(run.id, added, skipped)

    def waiting(self) -> int:
        """How many mentions of a load that was stopped wait to be merged: `load` goes on with them."""
        from communique.store import bulk

        return bulk.waiting(self.alias)

    def size(self) -> int:
        """How many reports the record has."""
        from communique.store import models

        return int(models.Report.objects.using(self.alias).count())

    def has(self, report: str, coder: CoderInfo) -> bool:
        """True when a report is in the record as this coder codes it: it need not be coded again."""
        from communique.store import models, writing

        rows = models.Report.objects.using(self.alias)
        return bool(rows.filter(id=report, coder=writing.stamp_of(coder)).exists())

    def remove(self, reports: Sequence[str]) -> int:
        """Take reports out of the record, with all that rests on them alone; how many there were."""
        from communique.store import corrections, families, models, writing

        with self.writing():
            rows = models.Report.objects.using(self.alias).filter(id__in=list(reports))
            count = int(rows.count())
            old = writing.take_out(self.alias, list(reports))
            families.drop_shingles(self.alias, list(reports))
            alike = models.Report.objects.using(self.alias).filter(family__in=rows.values("family"))
            kin = set(alike.exclude(id__in=list(reports)).values_list("id", flat=True))
            rows.delete()
            moved = families.regroup(self.alias, kin) if kin else set()
            touched = models.Mention.objects.using(self.alias).filter(report__in=moved).values_list("id", flat=True)
            found = corrections.active(self.alias)
            writing.refresh(self.alias, set(touched), old, corrections.links(found), corrections.overlay(found), None)
        return count

    def attach(self, reports: Iterable[Report]) -> int:
        """Give texts back to a record that was kept without them; only a text with the very same digest is taken."""
        from communique.store import models, writing

        count = 0
        with self.writing():
            for report in reports:
                rows = models.Report.objects.using(self.alias).filter(
                    id=report.id, text_sha256=report.text_sha256, text__isnull=True
                )
                count += rows.update(text=writing.clean(report.text), title=writing.clean(report.title))
        return count

    def coding(self, report: str) -> Coding:
        """The coding of one report, its text included where the record has it."""
        from dataclasses import replace

        import msgspec

        from communique.model import Coding
        from communique.store import additions, models

        row = models.Report.objects.using(self.alias).filter(id=report).first()
        if row is None:
            raise RecordError(f"the record {self.where} has no report {report}.")
        try:
            coded = row.mentions.order_by("position", "id").values_list("coded", flat=True)
            events = [event for event in coded if event["rule"] != additions.RULE]
            coding = msgspec.convert(row.coding | {"events": events}, Coding)
        except msgspec.ValidationError as error:
            raise RecordError(f"report {report} was coded by an older version ({row.coder}). Code it again.") from error
        return replace(coding, report=replace(coding.report, text=row.text or "", title=row.title))

    def codings(self) -> Iterator[Coding]:
        """All codings, by report id."""
        from communique.store import models

        for key in models.Report.objects.using(self.alias).order_by("id").values_list("id", flat=True):
            yield self.coding(key)

    # --- corrections ------------------------------------------------------------------------------------------------

    def correct(
        self, what: str, targets: Sequence[str], *, author: str, reason: str = "", field: str | None = None,
        value: str | None = None,
    ) -> str:  # fmt: skip
        """Write a correction; its id. `targets` are ids of events or mentions.

        accept, reject and edit are about every mention of an event named; merge joins all that are named; split parts
        the first one named (a mention) from the rest of its event.
        """
        from communique.store import corrections, models

        with self.writing():
            mentions = [key for target in targets for key in self._mentions_of(target, what)]
            if what == "split" and len(mentions) == 1:
                event = models.Mention.objects.using(self.alias).get(id=mentions[0]).event
                rows = models.Mention.objects.using(self.alias).filter(event=event).exclude(id=mentions[0])
                mentions += sorted(rows.values_list("id", flat=True))
            row = corrections.write(self.alias, what, mentions, author=author, reason=reason, field=field, value=value)
            self._recorrect(None, mentions)
        return str(row.id)

    def add_event(
        self, report: str, trigger: tuple[int, int], *, kind: str, type_: str, modality: str,
        participants: Sequence[dict[str, Any]], author: str, start: date | None = None, end: date | None = None,
        place: str | None = None, reason: str = "",
    ) -> str:  # fmt: skip
        """Add an event that the coder missed, told by these characters of a report; the correction's id."""
        from communique.store import additions

        with self.writing():
            row, mention = additions.add(
                self.alias, report, trigger, kind=kind, type_=type_, modality=modality, participants=participants,
                start=start, end=end, place=place, author=author, reason=reason,
            )  # fmt: skip
            self._recorrect(None, [mention])
        return str(row.id)

    def withdraw(self, correction: str) -> None:
        """Take a correction back; it stays listed."""
        from communique.store import additions, corrections, models, writing

        with self.writing():
            row = models.Correction.objects.using(self.alias).filter(id=correction).first()
            if row is None:
                raise RecordError(f"the record has no correction {correction}.")
            (found,) = corrections.resolve(self.alias, [row])
            row.withdrawn = True
            row.save(using=self.alias)
            if row.what == "add":
                old = additions.take_back(self.alias, row)
                left = corrections.active(self.alias)
                writing.refresh(self.alias, [], old, corrections.links(left), corrections.overlay(left), None)
                return
            self._recorrect(None, [key for key in found.mentions if key])

    def _mentions_of(self, target: str, what: str) -> list[str]:
        from communique.store import models

        rows = models.Mention.objects.using(self.alias)
        if rows.filter(id=target).exists() and (what == "split" or not rows.filter(event=target).exists()):
            return [target]
        if self.resolve(target) is None and len(target) >= 4:
            begins = list(rows.filter(id__startswith=target).values_list("id", flat=True)[:2])
            events = models.Event.objects.using(self.alias).filter(id__startswith=target)
            if len(begins) == 1 and (what == "split" or not events.exists()):
                return begins
        event = self.named(target)
        found = sorted(rows.filter(event=event).values_list("id", flat=True))
        return found[:1] if what == "split" else found

    def _corrected_in(self, reports: set[str]) -> list[str]:
        """The mentions of these reports that corrections are about, as they are now."""
        from communique.store import corrections

        found = corrections.active(self.alias)
        return [
            key
            for resolved in found
            for key, target in zip(resolved.mentions, resolved.row.targets, strict=True)
            if key and target["report"] in reports
        ]

    def _recorrect(self, run: str | None, mentions: Sequence[str]) -> None:
        """Merge anew what corrections are about."""
        from communique.store import corrections, writing

        found = corrections.active(self.alias)
        links, overlay = corrections.links(found), corrections.overlay(found)
        writing.refresh(self.alias, set(mentions), {}, links, overlay, run)

    def named(self, event: str) -> str:
        """The id of an event that is named by its id, an id that it had, or the beginning of its id.

        Raises RecordError when there is none, or several.
        """
        from communique.store import models

        key = self.resolve(event)
        if key is not None:
            return key
        rows = models.Event.objects.using(self.alias).filter(id__startswith=event) if len(event) >= 4 else []
        found = [row.id for row in rows[:2]]
        if len(found) > 1:
            raise RecordError(f"{event} begins several events' ids: {found[0]}, {found[1]} ... Give more of it.")
        if not found:
            raise RecordError(f"the record {self.where} has no event {event}.")
        return str(found[0])

    def report_named(self, report: str) -> str:
        """The id of a report that is named by its id or the beginning of it. Raises RecordError for none or several."""
        from communique.store import models

        rows = models.Report.objects.using(self.alias)
        if rows.filter(id=report).exists():
            return report
        found = list(rows.filter(id__startswith=report).values_list("id", flat=True)[:2]) if len(report) >= 4 else []
        if len(found) > 1:
            raise RecordError(
                f"{report} begins the ids of several reports: {found[0]}, {found[1]} ... Give more of it."
            )
        if not found:
            raise RecordError(f"the record {self.where} has no report {report}.")
        return str(found[0])

    def resolve(self, event: str) -> str | None:
        """The id that an event has now: its own, or that of what took its place. None when nothing did."""
        from communique.store import models

        seen: set[str] = set()
        key: str | None = event
        while key is not None and key not in seen:
            if models.Event.objects.using(self.alias).filter(id=key).exists():
                return key
            seen.add(key)
            key = models.Lineage.objects.using(self.alias).filter(old=key).order_by("-id").values_list(
                "new", flat=True
            ).first()  # fmt: skip
        return None

    # --- reading: communique.store.queries, .reports and .whole do the work -----------------------------------------

    def __getattr__(self, name: str) -> Any:
        from communique.store import dossiers, judged, queries, reports, whole

        for module in (queries, dossiers, reports, whole, judged):
            if name in module.QUERIES:
                query = getattr(module, name)
                return lambda *args, **options: query(self.alias, *args, **options)
        raise AttributeError(name)


def _batches(codings: Iterable[Coding], size: int) -> Iterator[list[Coding]]:
    """The codings, `size` at a time; those that came before an error, Ctrl-C too, come before it."""
    part: list[Coding] = []
    try:
        for coding in codings:
            part.append(coding)
            if len(part) == size:
                yield part
                part = []
    except (Exception, KeyboardInterrupt):
        if part:
            yield part
        raise
    if part:
        yield part


def _check_file(path: Path, *, create: bool) -> None:
    """Raises RecordError for a path that is no record and cannot become one."""
    if not path.exists():
        if not create:
            raise RecordError(f"there is no record {path}. Begin one: communique add REPORTS --record {path}")
        if not path.expanduser().resolve().parent.is_dir():
            raise RecordError(f"cannot begin a record in {path.parent}: there is no such folder.")
        return
    if path.is_dir():
        raise RecordError(f"{path} is a folder; a record is a file. Name one: {path / 'record.db'}")
    if path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\x00":
            raise RecordError(f"{path} is no record. Name another file for --record.")
    connection = sqlite3.connect(setup.sqlite_address(path.resolve()), uri=True)
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        raise setup.refused(str(path), "read", error) from error
    finally:
        connection.close()
    if tables and "django_migrations" not in tables:
        raise RecordError(f"{path} is a database, but no record. Name another file for --record.")
