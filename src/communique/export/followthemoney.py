"""A record as FollowTheMoney entities (schema names of followthemoney 4), one JSON object a line, for Aleph and others.

Reports are `Article`, participants `Person`, `PublicBody` (states and what speaks for them) or `Organization`, what
happened `Trip`, `Call`, `Message` or `Event`; a `Mention` says that an article names somebody. `proof` leads from what
happened to its articles. FollowTheMoney has no word for agreements and statements: they are not in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import IO, Any

import msgspec

from communique.tables import rows

Full = Mapping[str, Any]
Entity = dict[str, Any]

_ACTING = frozenset({"initiator", "guest"})
_STATE_SECTORS = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "CVL"})


class FollowTheMoneyWriter:
    """Takes events as `communique.store.whole.full_events` gives them. Each entity is written once."""

    def __init__(self, out: IO[bytes], *, text: bool = True) -> None:
        self._out = out
        self._text = text
        self._written: set[bytes] = set()

    def write(self, full: Full) -> None:
        for entity in entities(full, text=self._text):
            mark = hashlib.sha256(entity["id"].encode()).digest()[:8]
            if mark not in self._written:
                self._written.add(mark)
                self._out.write(msgspec.json.encode(entity) + b"\n")

    def close(self) -> None:
        self._out.flush()


def entities(full: Full, *, text: bool = True) -> Iterator[Entity]:
    """The entities of one event: its articles, participants, place, the event itself, who is named where."""
    articles = {told["report"]: _article(told, text=text) for told in full["evidence"]}
    yield from articles.values()
    parties = [(_participant(full, party), party) for party in full["parties"]]
    yield from (entity for entity, _ in parties)
    place = _place(full)
    if place is not None:
        yield place
    yield _event(full, [(entity["id"], party) for entity, party in parties], place, sorted(articles), text=text)
    for entity, party in parties:
        for report in sorted(articles):
            yield _entity("Mention", f"mention {report} {entity['id']}", {
                "document": [_id("Article", report)], "name": [party["name"]], "resolved": [entity["id"]],
                "detectedSchema": [entity["schema"]], "contextCountry": _country(party["country"]),
            })  # fmt: skip


def _event(
    full: Full, parties: list[tuple[str, Full]], place: Entity | None, reports: list[str], *, text: bool
) -> Entity:
    acting = [key for key, party in parties if party["role"] in _ACTING]
    others = [key for key, party in parties if party["role"] not in _ACTING]
    told = next(e for e in full["evidence"] if e["mention"] == full["lead"]["mention"])
    properties: dict[str, list[str]] = {
        "startDate": _day(full["start"], full["end"], first=True), "endDate": _day(full["start"], full["end"]),
        "summary": [" ".join(told["words"].split())] if text and told["words"] else [],
        "proof": [_id("Article", report) for report in reports], "recordId": [full["id"]],
        "publisher": [told["publisher"]] if told["publisher"] else [],
        "sourceUrl": [told["url"]] if str(told["url"]).startswith("http") else [],
    }  # fmt: skip
    if full["kind"] == "call" and acting and others:
        return _entity("Call", full["id"], {**properties, "caller": acting, "receiver": others})
    if full["kind"] == "message" and acting and others:
        return _entity("Message", full["id"], {
            **properties, "sender": acting, "recipients": others, "subject": [full["instrument"] or full["who"]],
            "title": [_name(full)],
        })  # fmt: skip
    happening = {
        **properties, "name": [_name(full)], "involved": [key for key, _ in parties],
        "organizer": [key for key, party in parties if party["role"] == "host"],
        "keywords": [word for word in (full["kind"], full["type"], full["modality"]) if word],
        "country": sorted({code for c in full["countries"] for code in _country(c)}),
        "location": [where] if (where := _where(full)) else [],
    }  # fmt: skip
    if full["kind"] == "visit":
        arrival = {"endLocation": [place["id"]]} if place else {}
        return _entity("Trip", full["id"], {**happening, **arrival})
    return _entity("Event", full["id"], happening)


def _name(full: Full) -> str:
    return f"{full['kind'].replace('-', ' ')}: {full['who']}" if full["who"] else str(full["kind"])


def _article(told: Full, *, text: bool) -> Entity:
    return _entity("Article", told["report"], {
        "title": [told["title"]] if text and told["title"] else [],
        "publisher": [told["publisher"]] if told["publisher"] else [],
        "date": [told["written"]] if told["written"] else [],
        "publishedAt": [told["published"][:10]] if told["published"] and not told["claim_contradicted"] else [],
        "sourceUrl": [told["url"]] if str(told["url"]).startswith("http") else [],
        "fileName": [told["url"].rsplit("/", 1)[-1]] if told["url"] and "//" not in told["url"] else [],
    })  # fmt: skip


def _participant(full: Full, party: Full) -> Entity:
    name, country = party["name"], party["country"]
    properties = {"name": [name], "country": _country(country)}
    if party["kind"] == "person":
        offices = [party["office"]] if party["office"] else []
        return _entity("Person", f"person {name} {country}", {**properties, "position": offices})
    if party["kind"] == "state":
        return _entity("PublicBody", f"state {country or name}", properties)
    sector = full["sectors"].get(name)
    schema = "PublicBody" if sector in _STATE_SECTORS else "Organization"
    return _entity(schema, f"body {name} {country}", properties)


def _place(full: Full) -> Entity | None:
    where = _where(full)
    if where is None or not full["place"]:
        return None
    place = full["lead"]["coded"]["place"] or {}
    same = place.get("name") == full["place"]
    return _entity("Address", f"place {where}", {
        "full": [where], "city": [full["place"]], "country": _country(full["place_country"]),
        "latitude": [str(place["lat"])] if same and place.get("lat") is not None else [],
        "longitude": [str(place["lon"])] if same and place.get("lon") is not None else [],
    })  # fmt: skip


def _where(full: Full) -> str | None:
    names = {row["iso3"]: row["name"] for row in rows("countries")}
    parts = [full["place"], names.get(full["place_country"] or "", full["place_country"])]
    return ", ".join(dict.fromkeys(part for part in parts if part)) or None


def _day(start: str | None, end: str | None, *, first: bool = False) -> list[str]:
    """A day as far as it is known: FollowTheMoney takes "2024-03" and "2024" too."""
    if start is None or end is None:
        return []
    if start[:4] + "-01-01" == start and end == start[:4] + "-12-31":
        return [start[:4]]
    if start.endswith("-01") and start[:7] == end[:7] and end[8:] in ("28", "29", "30", "31"):
        return [start[:7]]
    return [start if first else end]


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {row["iso3"]: row["iso2"].lower() for row in rows("countries") if row["iso2"]}


def _country(code: str | None) -> list[str]:
    """FollowTheMoney's code of a country: ISO 3166-1 alpha-2 in small letters, xk, eu."""
    found = {"EUU": "eu", "XKX": "xk"}.get(code or "") or _codes().get(code or "")
    return [found] if found else []


def _entity(schema: str, key: str, properties: Mapping[str, list[str]]) -> Entity:
    return {"id": _id(schema, key), "schema": schema, "properties": {k: v for k, v in properties.items() if v}}


def _id(schema: str, key: str) -> str:
    """An id from content: of reports and events their own."""
    digest = key if key.isalnum() else hashlib.sha256(key.encode()).hexdigest()[:20]
    return f"communique-{schema.lower()}-{digest}"
