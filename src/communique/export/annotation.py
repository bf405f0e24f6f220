"""W3C Web Annotations (JSON-LD): each record as a note on its sentence, which survives small changes of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

import msgspec

from communique.export.rows import day_reason, describe

if TYPE_CHECKING:
    from communique.model import Coding, Span

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of text kept before and after a quote


class AnnotationWriter:
    """One annotation a line."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, coding: Coding) -> None:
        for annotation in web_annotations(coding):
            self._out.write(msgspec.json.encode(annotation) + b"\n")

    def close(self) -> None:
        self._out.flush()


def web_annotations(coding: Coding, events: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """An annotation for each event and each statement of the coding, in their order.

    `events` says for the ids of coded events which event of a record each is; the annotation then identifies it.
    """
    found = []
    for event in coding.events:
        who = ", ".join(describe(p) for p in event.participants)
        when = f"{event.start}/{event.end}" if event.start else day_reason(event)
        body = f"{event.kind} ({event.type}, {event.modality}): {who}; {when}"
        made = _annotation(coding, event.id, body, [event.kind, event.type], event.evidence.sentence)
        if events and event.id in events:
            made["body"].append({"source": f"urn:communique:event:{events[event.id]}", "purpose": "identifying"})
        found.append(made)
    for statement in coding.statements:
        if not statement.content:
            continue
        speaker = describe(statement.speaker) if statement.speaker else "somebody not named"
        body = f"{statement.act}, {'direct' if statement.direct else 'reported'}: {speaker}"
        found.append(_annotation(coding, statement.id, body, [statement.act], statement.content[0]))
    return found


def _annotation(coding: Coding, record: str, body: str, tags: list[str], span: Span) -> dict[str, Any]:
    text = coding.report.text
    bodies: list[dict[str, str]] = [{"type": "TextualBody", "value": body, "format": "text/plain"}]
    bodies += [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in tags]
    return {
        "@context": _CONTEXT,
        "id": f"urn:communique:{coding.report.id}:{record}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": bodies,
        "target": {
            "source": coding.report.declared.url or coding.report.source.path or f"urn:sha256:{coding.report.id}",
            "selector": [*_quoted(text, span), {"type": "TextPositionSelector", "start": span.start, "end": span.end}],
        },
    }


def _quoted(text: str, span: Span) -> list[dict[str, str]]:
    """The selector by words; none where the text was left out."""
    if not text:
        return []
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[span.start : span.end],
            "prefix": text[max(0, span.start - _AROUND) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        }
    ]
