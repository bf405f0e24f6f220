"""The state of a relation in one paragraph: each clause is a record, and its footnote leads there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from communique.room import prose, words
from communique.store.dossiers import MET


def summary(
    pair: Sequence[str], done: Sequence[dict[str, Any]], agreed: Sequence[dict[str, Any]],
    promises: Sequence[dict[str, Any]], total: int,
) -> list[dict[str, Any]]:  # fmt: skip
    """Clauses in order: `tokens` (text and address) and `events` (ids) or `instrument` that they rest on."""
    clauses: list[dict[str, Any]] = []
    dated = [e for e in done if e["start"]]
    if not total:
        return []
    what = f"The record has {words.count(total, 'event')} of {words.pair_name(*pair)}"
    if dated:
        first, last = dated[0], max(dated, key=lambda e: (e["end"], e["start"]))
        reach = words.reach(first["start"], first["end"], last["start"], last["end"])
        clauses.append(_clause(f"{what}, those with a date {_when(reach)}", [first["id"], last["id"]]))
    else:
        clauses.append(_clause(f"{what}, none with a known day", []))
    meetings = [e for e in dated if e["kind"] in MET]
    if meetings:
        clauses.append(_told("Their latest encounter on record: ", meetings[-1]))
    papers = [e for e in dated if e["kind"] in ("signing", "ratification", "entry-into-force", "agreement")]
    for event in papers[-2:]:
        clauses.append(_told("", event))
    for instrument in [i for i in agreed if i["kind"] in ("mechanism", "themed-year", "initiative", "visa-regime")][:3]:
        told = next((s for s in reversed(instrument["steps"]) if s["event"]), None)
        clauses.append({
            "tokens": [
                prose.Token("The "), prose.Token(instrument["name"], instrument["address"]),
                prose.Token(f" stands as {words.kind(instrument['status'])}"),
            ],
            "events": [told["event"]] if told else [], "instrument": instrument["id"],
        })  # fmt: skip
    strained = [e for e in dated if e["type"] in ("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE",
                                                  "COERCE", "ASSAULT")]  # fmt: skip
    if strained:
        clauses.append(_told("The latest strain on record: ", strained[-1]))
    if promises:
        late = sum(p["overdue"] for p in promises)
        text = (
            f"{words.count(len(promises), 'plan')} {'is' if len(promises) == 1 else 'are'} not reported as carried out"
        )
        clauses.append(
            _clause(text + (f", {late} past the planned day" if late else ""), [p["id"] for p in promises[:6]])
        )
    return clauses


def _when(reach: str) -> str:
    return f"from {reach}" if " to " in reach or "–" in reach else f"of {reach}"


def _clause(text: str, events: list[str]) -> dict[str, Any]:
    return {"tokens": [prose.Token(text)], "events": list(dict.fromkeys(events)), "instrument": None}


def _told(lead: str, event: dict[str, Any]) -> dict[str, Any]:
    tokens = prose.sentence(event)
    if lead:
        tokens = [prose.Token(lead), *tokens]
    return {"tokens": tokens, "events": [event["id"]], "instrument": None}
