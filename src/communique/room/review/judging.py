"""What reviewers write: accept, wrong, edit, undo, a missed event, a note. Each is a form and needs no JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_POST

from communique.errors import RecordError
from communique.room import notes, words
from communique.room.accounts import deeds, limits
from communique.room.guarding import needs, said
from communique.room.looks import back
from communique.room.project import current
from communique.room.prose import phrases
from communique.store import Record, models

_TOO_OFTEN = "That was more than one person reviews in a minute. Wait a little."


def writes(view: Callable[[HttpRequest], str]) -> Callable[..., HttpResponseBase]:
    """A form of reviewers: only sent, only so often, and what the record refuses is told."""

    @require_POST
    @needs("reviewer")
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if limits.spent(limits.WRITE, request.visitor.name):
            return said(request, "Too often", _TOO_OFTEN, 429)
        try:
            following = view(request)
        except RecordError as error:
            return said(request, "Not written", str(error)[:1].upper() + str(error)[1:], 400)
        return HttpResponseRedirect(following)

    return guarded


def _record() -> Record:
    return Record(current().alias, current().where)


def _field(request: HttpRequest, name: str, most: int = 400) -> str:
    return str(request.POST.get(name, "")).replace("\x00", "").strip()[:most]


@writes
def judge(request: HttpRequest) -> str:
    """Accept an event, or say that there was none such."""
    what, event = _field(request, "what"), _field(request, "event", 64)
    if what not in ("accept", "reject"):
        raise RecordError("an event is accepted or rejected; nothing else was asked.")
    reason = _field(request, "reason")
    _record().correct(what, [event], author=request.visitor.name, reason=reason)
    deeds.write(request, what, event, reason)
    return back(_field(request, "next", 600) or "/review")


@writes
def edit(request: HttpRequest) -> str:
    """Say what a field of an event should be."""
    event, field, value = _field(request, "event", 64), _field(request, "field", 40), _field(request, "value", 200)
    if field == "kind" and value not in phrases():
        raise RecordError(f"there is no kind {value!r}. The kinds are: {', '.join(sorted(phrases()))}.")
    if field == "place_country" and value and value.upper() not in words.countries():
        raise RecordError(f"{value!r} is no country; use its three letters, as in KAZ.")
    if field == "type" and value.upper() not in words.TYPES:
        raise RecordError(f"{value!r} is no PLOVER type: {', '.join(words.TYPES)}.")
    value = value.upper() if field in ("place_country", "type") else value
    _record().correct("edit", [event], author=request.visitor.name, reason=_field(request, "reason"), field=field,
                      value=value)  # fmt: skip
    deeds.write(request, "edit", event, f"{field} = {value or '(unknown)'}")
    return back(_field(request, "next", 600) or f"/events/{event}")


@writes
def undo(request: HttpRequest) -> str:
    """Take back a correction: one's own, or anybody's for an editor. Without an id, one's own last one."""
    key = _field(request, "correction", 64)
    rows = models.Correction.objects.filter(withdrawn=False)
    row = rows.filter(id=key).first() if key else rows.filter(author=request.visitor.name).order_by("-at").first()
    if row is None:
        raise RecordError("there is nothing to undo.")
    if row.author != request.visitor.name and not request.visitor.edits:
        raise RecordError(f"this is a correction of {row.author}; only they or an editor take it back.")
    _record().withdraw(row.id)
    deeds.write(request, "undo", row.id, f"{row.what} by {row.author}")
    return back(_field(request, "next", 600) or "/review")


@writes
def add(request: HttpRequest) -> str:
    """Add an event that was missed, told by words of the report."""
    report = _field(request, "report", 64)
    row = models.Report.objects.filter(id=report).first()
    if row is None:
        raise RecordError(f"the record has no report {report!r}.")
    trigger = _words_in(row.text or "", _field(request, "words", 300), _field(request, "at", 12))
    kind = _field(request, "kind", 60)
    if kind not in phrases():
        raise RecordError(f"there is no kind {kind!r}. The kinds are: {', '.join(sorted(phrases()))}.")
    key = _record().add_event(
        report, trigger, kind=kind, type_=_type_of(kind), modality=_field(request, "modality", 20),
        participants=_participants(_field(request, "who", 2000)), start=_day(request, "start"),
        end=_day(request, "end"), place=_field(request, "place", 100) or None, author=request.visitor.name,
        reason=_field(request, "reason"),
    )  # fmt: skip
    deeds.write(request, "add event", report, f"{kind}: {row.text[trigger[0] : trigger[1]]} ({key})")
    return f"/reports/{report}#s{_sentence_start(row.text or '', trigger)}"


def _sentence_start(text: str, trigger: tuple[int, int]) -> int:
    from communique.store.additions import sentence_at

    return sentence_at(text, *trigger)[0]


def _words_in(text: str, said: str, at: str) -> tuple[int, int]:
    """Where the words stand: at the place that was marked, else their first place; blanks may differ."""
    import re

    if not said:
        raise RecordError("mark or type the words that tell the event.")
    pattern = re.compile(r"\s+".join(re.escape(word) for word in said.split()))
    found = [m.span() for m in pattern.finditer(text)]
    if not found:
        raise RecordError(f"the words “{said}” do not stand in the text. Type them as they stand there.")
    near = int(at) if at.isascii() and at.isdecimal() else 0
    return min(found, key=lambda span: abs(span[0] - near))


def _participants(lines: str) -> list[dict[str, Any]]:
    """One a line: "William Ruto, KEN" or "Kenya"."""
    found = []
    for line in lines.splitlines()[:20]:
        name, _, country = (part.strip() for part in line.partition(","))
        if not name:
            continue
        code = country.upper() if country else next((c for c, n in words.countries().items() if n == name), "")
        if country and code not in words.countries():
            raise RecordError(f"{country!r} is no country; use its three letters, as in KAZ.")
        kind = "state" if words.country(code) == name else "person"
        found.append({"name": name[:120], "country": code or None, "kind": kind, "role": "party"})
    return found


def _day(request: HttpRequest, name: str) -> date | None:
    value = _field(request, name, 10)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise RecordError(f"{value!r} is no day. Write it like 2024-03-28.") from error


def _type_of(kind: str) -> str:
    """The PLOVER type of a kind, from the codebook."""
    from communique.codebook.loader import load_codebook

    return load_codebook().kinds[kind].type


@writes
def note(request: HttpRequest) -> str:
    """Write a note on a report."""
    report, text = _field(request, "report", 64), _field(request, "text", 4000)
    if not text:
        raise RecordError("the note is empty.")
    if not models.Report.objects.filter(id=report).exists():
        raise RecordError(f"the record has no report {report!r}.")
    notes.write(report, text, request.visitor.name)
    deeds.write(request, "note", report, text)
    return f"/reports/{report}#notes"
