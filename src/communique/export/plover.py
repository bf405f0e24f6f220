"""PLOVER records: one JSON object a line, the field names of the PLOVER manual (draft 0.7b1, "JSON Data Fields").

What the manual calls source is `actor` here, as in its later text and in POLECAT. Plans and cancellations become
types of their own (`communique.export.cameo.as_happened`); what was denied or only supposed is left out.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

import msgspec

from communique.export.cameo import as_happened, quad_of, scale_of
from communique.export.rows import day_reason
from communique.export.sides import sides
from communique.tables import rows

if TYPE_CHECKING:
    from communique.model import Coding, Event, Participant, Place


class PloverWriter:
    """`text=False` leaves out the sentence (note 6 of the manual: only who has the rights gives it)."""

    def __init__(self, out: IO[bytes], *, text: bool = True) -> None:
        self._out = out
        self._text = text

    def write(self, coding: Coding) -> None:
        for record in plover_records(coding, text=self._text):
            self._out.write(msgspec.json.encode(record) + b"\n")

    def close(self) -> None:
        self._out.flush()


def plover_records(coding: Coding, *, text: bool = True, comment: str | None = None) -> list[dict[str, Any]]:
    """The PLOVER records of a coding, in the order of its events. Empty fields are left out, as the manual allows.

    `comment` is added to what each record says of itself.
    """
    records = []
    sentences = {span: i for i, span in enumerate(sorted({e.evidence.sentence for e in coding.events}))}
    for event in coding.events:
        coded = as_happened(event)
        if coded is None:
            continue
        actors, recipients = sides(event)
        start, end = event.evidence.sentence
        trigger = event.evidence.trigger
        record = {
            "id": event.id,
            "has_event": True,
            "date": str(event.start) if event.start else None,
            "enddate": str(event.end) if event.end and event.end != event.start else None,
            "actor": [_actor(coding, p) for p in actors],
            "recipient": [_actor(coding, p) for p in recipients],
            "event": [coded.type],
            "event_loc": _location(event.place) if event.place else None,
            "event_text": [coding.report.text[trigger.start : trigger.end]] if text else None,
            "quad_code": quad_of(coded.type),
            "event_scale": scale_of(coded.type),
            "mode": event.mode if coded.type == event.type else None,
            "context": list(event.contexts),
            "link": event.instrument,
            "text": coding.report.text[start:end] if text else None,
            "text_info": {"sequence": sentences[event.evidence.sentence], "start": start, "end": end},
            "cite_info": _citation(coding),
            "coder": f"{coding.coder.name} {coding.coder.version}",
            "comment": "; ".join(part for part in (_comment(event), comment) if part) or None,
            "cameo": coded.cameo,
        }
        records.append(_filled(record))
    return records


def _actor(coding: Coding, participant: Participant) -> dict[str, Any]:
    return _filled({
        "code": participant.country or _international(participant),
        "sector": participant.sector,
        "actor_text": [coding.report.text[s:e] for s, e in participant.spans],
        "identifier_text": participant.name,
        "office": participant.office,
    })  # fmt: skip


def _international(participant: Participant) -> str | None:
    """PLOVER's code of a body that is no state's: the table of organisations says IGO, NGO ... None when unknown."""
    code = cameo_of_body(participant.name)
    return code[:3] if code else None


def cameo_of_body(name: str) -> str | None:
    """The CAMEO code of an international body by its usual name, "IGOUNO"; None when the table has none."""
    folded = name.casefold().removeprefix("the ")
    for row in rows("organisations"):
        if row["name"].casefold() == folded or folded in row["aliases"].casefold().split("|"):
            return row["cameo"] or None
    return None


def _location(place: Place) -> dict[str, Any]:
    """The location object: GeoNames field names, ISO 3166 in two letters, and three in `cc3`."""
    iso2 = {row["iso3"]: row["iso2"] for row in rows("countries")}.get(place.country or "")
    return _filled({
        "name": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "country code": iso2 or None,
        "cc3": place.country,
    })  # fmt: skip


def _citation(coding: Coding) -> dict[str, Any]:
    report = coding.report
    return _filled({
        "url": report.declared.url,
        "citation": report.source.path,
        "title": report.title,
        "language": report.language,
        "publication": report.declared.publisher,
        "coder": f"{coding.coder.name} {coding.coder.version}",
        "codebook": coding.coder.codebook,
        "version": coding.coder.tables,
    })  # fmt: skip


def _comment(event: Event) -> str | None:
    """What the fields cannot say: that it was a plan or called off, and why a day is missing."""
    said = [] if event.modality == "occurred" else [f"{event.modality} {event.kind}"]
    if event.start is None:
        said.append(day_reason(event))
    return "; ".join(said) or None


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    """Without the fields that are unknown or empty."""
    return {key: value for key, value in record.items() if value is not None and value not in ([], {})}
