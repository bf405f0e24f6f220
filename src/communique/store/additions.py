"""Events that the coder missed and a person added: corrections of the kind "add", made mentions like any other.

The words that tell the event, in the text, are its trigger. A report that is coded anew loses its mentions; those that
people added are made again from their corrections.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import msgspec

from communique.errors import RecordError
from communique.merging.mentions import Mention, digest, mentions_of
from communique.model import Coding, Event, EventEvidence, Participant, Place, Span, When
from communique.store import corrections, models, writing
from communique.store.shelf import SqlShelf

RULE = "person"
_END = re.compile(r"[.!?][\"”’')\]]*(?=\s|$)|\n\s*\n")


def add(
    alias: str, report: str, trigger: tuple[int, int], *, kind: str, type_: str, modality: str,
    participants: Sequence[Mapping[str, Any]], start: date | None, end: date | None, place: str | None,
    author: str, reason: str, at: datetime | None = None,
) -> tuple[models.Correction, str]:  # fmt: skip
    """Write the correction and its mention; the correction and the mention's id. Call it in a transaction.

    `trigger` are characters of the report's text. A participant has `name`, and may have `kind`, `country`, `role`.
    Raises RecordError when the report has no text, the words are not in it, or a value cannot be.
    """
    row = models.Report.objects.using(alias).filter(id=report).first()
    if row is None:
        raise RecordError(f"the record has no report {report}.")
    if not row.text:
        raise RecordError("the record keeps no words of this report; give them back first (Record.attach).")
    if not 0 <= trigger[0] < trigger[1] <= len(row.text) or trigger[1] - trigger[0] > 300:
        raise RecordError("the words that tell the event must stand in the text, and be no more than 300 characters.")
    if not author.strip():
        raise RecordError("an added event needs an author: a name or initials.")
    if not participants:
        raise RecordError("an event needs somebody who takes part.")
    if (start and end and end < start) or (end and not start):
        raise RecordError("an event's last day cannot come before its first.")
    corrections.check_edit("modality", modality)
    moment, last = at or corrections.moment_after(alias), end or start
    value = {
        "kind": kind, "type": type_, "modality": modality, "participants": [dict(p) for p in participants],
        "start": start.isoformat() if start else None, "end": last.isoformat() if last else None,
        "place": place or None, "trigger": list(trigger),
    }  # fmt: skip
    mention, event = _made(row, value, author, reason, moment)
    if models.Mention.objects.using(alias).filter(id=mention.id).exists():
        raise RecordError("the record has this event from these words already.")
    target = {"mention": mention.id, "report": report, "sentence": mention.sentence, "kind": kind,
              "trigger": list(trigger)}  # fmt: skip
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    correction = models.Correction.objects.using(alias).create(
        id=digest(["correction", "add", [target], text, author, moment.isoformat()]), what="add", targets=[target],
        field=None, value=text, author=author, at=moment, reason=reason,
    )  # fmt: skip
    writing.write_mentions(alias, [(mention, event, 0)])
    return correction, mention.id


def restore(alias: str, reports: Collection[str]) -> set[str]:
    """Make the added mentions of reports again that coding anew took out; their ids."""
    made: set[str] = set()
    rows = models.Correction.objects.using(alias).filter(what="add", withdrawn=False).order_by("at", "id")
    for correction in rows:
        report = correction.targets[0]["report"]
        if report not in reports:
            continue
        row = models.Report.objects.using(alias).filter(id=report).first()
        if row is None or not row.text:
            continue
        mention, event = _made(row, json.loads(correction.value or "{}"), correction.author, correction.reason,
                               correction.at)  # fmt: skip
        if not models.Mention.objects.using(alias).filter(id=mention.id).exists():
            writing.write_mentions(alias, [(mention, event, 0)])
            made.add(mention.id)
    return made


def take_back(alias: str, correction: models.Correction) -> writing.Removed:
    """Take out the mention of a correction that is withdrawn; what was taken out."""
    key = correction.targets[0]["mention"]
    row = models.Mention.objects.using(alias).filter(id=key).first()
    if row is None or row.coded.get("rule") != RULE:
        return {}
    old = SqlShelf(alias).get([key])[key]
    event = row.event
    row.delete()
    return {key: (old, event)}


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around some words, by full stops and blank lines, as characters of the text."""
    ends = [m.end() for m in _END.finditer(text)]
    first = max((e for e in ends if e <= start), default=0)
    last = min((e for e in ends if e >= end), default=len(text))
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def _made(
    row: models.Report, value: Mapping[str, Any], author: str, reason: str, at: datetime
) -> tuple[Mention, Event]:
    """The mention and the event that a correction asserts."""
    text = row.text or ""
    first, last = value["trigger"]
    sentence = Span(*sentence_at(text, first, last))
    who = tuple(
        Participant(p["name"], p.get("kind") or ("person" if " " in p["name"] else "state"), p.get("country") or None,
                    None, None, p.get("role") or "party")
        for p in value["participants"]
    )  # fmt: skip
    start, end = (date.fromisoformat(value[name]) if value[name] else None for name in ("start", "end"))
    when = (
        When(None, value["start"], "day" if start == end else "days", "explicit", f"{author} says so")
        if start
        else None
    )
    why = f"{author} added it on {at.date().isoformat()}" + (f": {reason}" if reason else ".")
    event = Event(
        id="added", type=value["type"], kind=value["kind"], cameo=None, modality=value["modality"], participants=who,
        start=start, end=end, when=when, place=Place(value["place"], None) if value["place"] else None, occasion=None,
        instrument=None, stated_in=None, evidence=EventEvidence(sentence, Span(first, last)), rule=RULE,
        confidence=None, why=(why,),
    )  # fmt: skip
    coding = msgspec.convert(row.coding, Coding)
    whole = replace(coding, report=replace(coding.report, text=text), events=(event,), instruments=())
    return mentions_of(whole)[0], event
