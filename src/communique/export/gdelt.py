"""The 61 columns of GDELT 2.0 events: tab-separated, no header, codes as text.

A GDELT row has one actor on each side, so an event becomes a row for each pair; talks between equals become a row in
each direction, and a visit 042 one way and 043 the other, as CAMEO coders write them. Columns that this coder cannot
fill honestly (tone, the ethnic and religious codes) stay empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import permutations, product
from typing import IO, TYPE_CHECKING, NamedTuple

from communique.export.cameo import as_happened, gdelt_quad_of, goldstein_of
from communique.export.plover import cameo_of_body
from communique.export.sides import sides
from communique.tables import rows

if TYPE_CHECKING:
    from communique.model import Coding, Event, Participant, Place

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS: tuple[str, ...] = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip


class GdeltWriter:
    """Writes rows of `COLUMNS`; tabs and line breaks inside a value become spaces."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, coding: Coding) -> None:
        self.put(gdelt_rows(coding))

    def put(self, rows_: Iterable[dict[str, str]]) -> None:
        for row in rows_:
            cells = (" ".join(row.get(column, "").split()) for column in COLUMNS)
            self._out.write("\t".join(cells).encode() + b"\n")

    def close(self) -> None:
        self._out.flush()


class Counts(NamedTuple):
    """What a record knows of an event beyond one report."""

    mentions: int
    sources: int  # publishers
    articles: int
    leads: bool  # a report tells it in its first coded sentence
    added: str  # YYYYMMDDHHMMSS, when the record learned of it


def gdelt_rows(coding: Coding, counts: Counts | None = None) -> list[dict[str, str]]:
    """The rows of a coding; columns that are missing from a row are empty. `counts` are of its one event, if given."""
    found = []
    lead = min((event.evidence.sentence for event in coding.events), default=None)
    for event in coding.events:
        coded = as_happened(event)
        if coded is None or coded.cameo is None:
            continue
        for n, (code, first, second) in enumerate(_pairs(event, coded.cameo)):
            goldstein = goldstein_of(code)
            quad = gdelt_quad_of(code)
            row = {
                "GLOBALEVENTID": _number(event.id, n),
                **_days(event),
                **_actor("Actor1", first),
                **(_actor("Actor2", second) if second else {}),
                "IsRootEvent": "1" if (counts.leads if counts else event.evidence.sentence == lead) else "0",
                "EventCode": code,
                "EventBaseCode": code[:3],
                "EventRootCode": code[:2],
                "QuadClass": str(quad) if quad else "",
                "GoldsteinScale": "" if goldstein is None else f"{goldstein:.1f}",
                "NumMentions": str(counts.mentions if counts else 1 + len(event.mentions)),
                "NumSources": str(counts.sources or 1) if counts else "1",
                "NumArticles": str(counts.articles) if counts else "1",
                "DATEADDED": counts.added if counts else "",
                **(_place(event.place) if event.place else {}),
                "SOURCEURL": coding.report.declared.url or coding.report.source.path or "",
            }
            found.append(row)
    return found


def _pairs(event: Event, code: str) -> list[tuple[str, Participant, Participant | None]]:
    """(code, first actor, second actor) of each row."""
    actors, recipients = sides(event)
    if recipients:
        pairs = [(code, a, r) for a, r in product(actors, recipients)]
        if code == "042":
            pairs += [("043", r, a) for a, r in product(actors, recipients)]
        return [(c, a, r) for c, a, r in pairs]
    if len(actors) > 1:
        return [(code, a, b) for a, b in permutations(actors, 2) if a.country != b.country or a.country is None]
    return [(code, a, None) for a in actors]


def _number(event_id: str, n: int) -> str:
    """A number for the row that depends on the event's id alone; it fits a signed 64-bit integer."""
    digest = hashlib.sha256(f"{event_id}#{n}".encode()).digest()
    return str(int.from_bytes(digest[:8], "big") >> 1)


def _days(event: Event) -> dict[str, str]:
    """The date columns, each only as exact as the event: an event of some day in a month has no SQLDATE."""
    start, end = event.start, event.end or event.start
    if start is None or end is None:
        return {}
    columns = {}
    if start == end:
        columns["SQLDATE"] = f"{start:%Y%m%d}"
        # GDELT's codebook: the share of the year that has passed, approximated by (month * 30 + day) / 365
        columns["FractionDate"] = f"{start.year + (start.month * 30 + start.day) / 365:.4f}"
    if (start.year, start.month) == (end.year, end.month):
        columns["MonthYear"] = f"{start:%Y%m}"
    if start.year == end.year:
        columns["Year"] = f"{start.year:04d}"
    return columns


def _actor(which: str, participant: Participant) -> dict[str, str]:
    body = cameo_of_body(participant.name) if participant.kind == "organisation" else None
    sector = participant.sector or ""
    code = body or (participant.country or "") + sector
    return {
        f"{which}Code": code,
        f"{which}Name": participant.name.upper(),
        f"{which}CountryCode": participant.country or "",
        f"{which}KnownGroupCode": body[3:6] if body else "",
        f"{which}Type1Code": body[:3] if body else sector,
    }


def _place(place: Place) -> dict[str, str]:
    """The columns of the place of the action. Type 1 is a country, 4 a place in it; country codes are FIPS 10-4."""
    fips = {row["iso3"]: row["gec"] for row in rows("countries")}.get(place.country or "", "")
    return {
        "ActionGeo_Type": "4" if place.name else "1",
        "ActionGeo_FullName": place.name or place.country or "",
        "ActionGeo_CountryCode": fips,
        "ActionGeo_Lat": "" if place.lat is None else f"{place.lat:g}",
        "ActionGeo_Long": "" if place.lon is None else f"{place.lon:g}",
    }
