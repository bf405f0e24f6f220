"""What people assert of the record: kept apart from what the coder found, laid over it whenever an event is shown.

A correction names mentions by content. After re-coding it finds its mention again: by id, else by report, sentence and
kind, else by report, kind and overlapping trigger. One that finds none is listed as orphaned and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Max

from communique.errors import RecordError
from communique.merging.mentions import Party, digest
from communique.merging.units import Links
from communique.merging.view import EventView
from communique.store import models

ACTS = ("accept", "reject", "edit", "merge", "split")
FIELDS = ("type", "kind", "modality", "start", "end", "place", "place_country", "instrument", "participants")
_PARTICIPANT = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<country>[A-Z]{3})\))?")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A correction and the mentions that its targets are now, None for a target that is gone."""

    row: models.Correction
    mentions: tuple[str | None, ...]

    @property
    def orphaned(self) -> bool:
        """True when too few targets are left for the correction to act."""
        left = sum(key is not None for key in self.mentions)
        return left < (2 if self.row.what in ("merge", "split") else 1)


@dataclass(frozen=True, slots=True)
class Overlay:
    """The active corrections by mention, in the order in which they were made."""

    by_mention: dict[str, tuple[models.Correction, ...]]

    def apply(self, event: EventView) -> tuple[EventView, dict[str, Any]]:
        """The event as corrected, and what is to be said of it: rejected, accepted, corrections applied."""
        rows = {row.id: row for key in event.mentions for row in self.by_mention.get(key, ())}
        marks: dict[str, Any] = {"rejected": False, "accepted": False, "corrections": []}
        for row in sorted(rows.values(), key=lambda r: (r.at, r.id)):
            if row.what in ("accept", "reject"):
                marks["accepted"], marks["rejected"] = row.what == "accept", row.what == "reject"
            elif row.what == "edit" and row.field:
                event = _edited(event, row.field, row.value)
            marks["corrections"].append(
                {"id": row.id, "what": row.what, "field": row.field, "value": row.value, "author": row.author,
                 "at": row.at.isoformat(), "reason": row.reason}
            )  # fmt: skip
        return event, marks


def _edited(event: EventView, field: str, value: str | None) -> EventView:
    """The event with one field as a person says it is. A day moved past the other end of the event moves that too."""
    if field == "participants":
        return replace(event, parties=tuple(_parties(value or "", event.parties)))
    if field not in ("start", "end"):
        changed: dict[str, Any] = {field: value or None}
        return replace(event, **changed)
    day = date.fromisoformat(value) if value else None
    start, end = (day, event.end) if field == "start" else (event.start, day)
    if day is None:
        start = end = None
    elif start is None or end is None or end < start:
        start = end = day
    return replace(event, start=start, end=end)


def _parties(value: str, known: Iterable[Party]) -> Iterable[Party]:
    """Participants written as "Rosa Quispe (PER); Lesotho (LSO)"; what else is known of them stays."""
    by_name = {party.name: party for party in known}
    for name, country in participants(value):
        old = by_name.get(name)
        kind = old.kind if old else "person" if " " in name else "state"
        yield Party(name, kind, country or (old.country if old else None), old.role if old else None,
                    old.office if old else None)  # fmt: skip


def participants(value: str) -> list[tuple[str, str | None]]:
    """Names with their countries, from text like "Rosa Quispe (PER); Lesotho (LSO)"."""
    parts = [part.strip() for part in value.split(";") if part.strip()]
    found = [_PARTICIPANT.fullmatch(part) for part in parts]
    if not all(found):
        raise RecordError(f"{value!r} are no participants. Write them like: Rosa Quispe (PER); Lesotho (LSO).")
    return [(match["name"], match["country"]) for match in found if match]


def active(alias: str) -> list[Resolved]:
    """The corrections in force, oldest first, each with the mentions it acts on."""
    rows = models.Correction.objects.using(alias).filter(withdrawn=False).order_by("at", "id")
    return resolve(alias, rows)


def resolve(alias: str, rows: Iterable[models.Correction]) -> list[Resolved]:
    """Find the mentions that corrections are about."""
    listed = list(rows)
    wanted = {t["mention"] for row in listed for t in row.targets}
    there: set[str] = set()
    ordered = sorted(wanted)
    for i in range(0, len(ordered), 500):
        rows_ = models.Mention.objects.using(alias).filter(id__in=ordered[i : i + 500])
        there.update(rows_.values_list("id", flat=True))
    return [Resolved(row, tuple(_find(alias, t, there) for t in row.targets)) for row in listed]


def _find(alias: str, target: dict[str, Any], there: set[str]) -> str | None:
    if target["mention"] in there:
        return str(target["mention"])
    rows = models.Mention.objects.using(alias).filter(report=target["report"])
    same = rows.filter(sentence=target["sentence"], kind=target["kind"]).order_by("id").first()
    if same is None:
        first, last = target["trigger"]
        same = (
            rows.filter(kind=target["kind"], trigger_start__lt=last, trigger_end__gt=first).order_by("id").first()
            or rows.filter(sentence=target["sentence"], trigger_start__lt=last, trigger_end__gt=first).first()
        )
    return same.id if same else None


def overlay(found: Iterable[Resolved]) -> Overlay:
    """The corrections by mention."""
    by_mention: dict[str, tuple[models.Correction, ...]] = {}
    for resolved in found:
        for key in resolved.mentions:
            if key is not None and not resolved.orphaned:
                by_mention[key] = (*by_mention.get(key, ()), resolved.row)
    return Overlay(by_mention)


def links(found: Iterable[Resolved]) -> Links:
    """Merges as must-links, splits as cannot-links; of two that contradict each other the later one counts."""
    said: dict[tuple[str, str], str] = {}
    for resolved in found:
        keys = [key for key in resolved.mentions if key is not None]
        if resolved.row.what not in ("merge", "split") or len(keys) < 2:
            continue
        for other in keys[1:]:
            if other != keys[0]:
                pair = (keys[0], other) if keys[0] < other else (other, keys[0])
                said[pair] = resolved.row.what
    return Links(
        frozenset(pair for pair, what in said.items() if what == "merge"),
        frozenset(pair for pair, what in said.items() if what == "split"),
    )


def write(
    alias: str,
    what: str,
    mentions: Sequence[str],
    *,
    author: str,
    reason: str,
    field: str | None = None,
    value: str | None = None,
    at: datetime | None = None,
) -> models.Correction:
    """Write one correction about mentions. Raises RecordError for an act, field or value that there is not."""
    if what not in ACTS:
        raise RecordError(f"there is no correction {what!r}. Choose one of: {', '.join(ACTS)}.")
    if not author.strip():
        raise RecordError("a correction needs an author: a name or initials.")
    if what == "edit":
        check_edit(field, value)
    if what in ("merge", "split") and len(mentions) < 2:
        raise RecordError(f"{what} needs two mentions at least.")
    rows = {row.id: row for row in models.Mention.objects.using(alias).filter(id__in=list(mentions))}
    missing = [key for key in mentions if key not in rows]
    if missing or not mentions:
        raise RecordError(f"the record has no mention {', '.join(missing) or '(none named)'}.")
    targets = [
        {
            "mention": key,
            "report": rows[key].report_id,
            "sentence": rows[key].sentence,
            "kind": rows[key].kind,
            "trigger": [rows[key].trigger_start, rows[key].trigger_end],
            "coded": _judged(rows[key].coded),
        }
        for key in mentions
    ]
    moment = at or moment_after(alias)
    row: models.Correction = models.Correction.objects.using(alias).create(
        id=digest(["correction", what, targets, field, value, author, moment.isoformat()]),
        what=what, targets=targets, field=field, value=value, author=author, at=moment, reason=reason,
    )  # fmt: skip
    return row


def moment_after(alias: str) -> datetime:
    """Now; or just after the last correction, where the clock says that it is yet to come: the later one holds."""
    last = models.Correction.objects.using(alias).aggregate(last=Max("at"))["last"]
    now = datetime.now(UTC)
    return max(now, last + timedelta(microseconds=1)) if last else now


def _judged(coded: dict[str, Any]) -> dict[str, Any]:
    """What of a coded event a correction remembers: enough to score another coder when the mention is gone."""
    who = [{"name": p["name"], "country": p["country"]} for p in coded["participants"]]
    return {name: coded[name] for name in ("type", "kind", "modality", "start", "end")} | {"participants": who}


def check_edit(field: str | None, value: str | None) -> None:
    """Raises RecordError for a field that cannot be edited, or a value that it cannot have."""
    if field not in FIELDS:
        raise RecordError(f"the field {field!r} cannot be edited. Choose one of: {', '.join(FIELDS)}.")
    if field in ("start", "end") and value:
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise RecordError(f"{value!r} is no day. Write it like 2024-03-28.") from error
    if field == "modality" and value not in ("occurred", "planned", "called-off", "hypothetical", "denied"):
        raise RecordError(f"{value!r} is no modality: occurred, planned, called-off, hypothetical or denied.")
    if field == "participants":
        participants(value or "")
    if field in ("kind",) and not value:
        raise RecordError("an event has a kind; to take it out of the record, reject it.")
