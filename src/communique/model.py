"""The nouns: reports, and the record that is found in them.

Everything here is frozen and slotted. `Coding` is what coding one report gives; its JSON
(`communique.export.json`) is documented in docs/reference.md, and its field names are stable.

A *span* is `[start, end)` in characters of `report.text`. Days are civil days of the place where a thing
happened. Countries are ISO 3166-1 alpha-3 (`XKX` Kosovo, `EUU` European Union). Unknown is `None`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Modality = Literal["occurred", "planned", "called-off", "hypothetical", "denied"]
ActorKind = Literal["person", "state", "organisation", "group"]
Role = Literal["initiator", "counterpart", "host", "guest", "recipient", "mediator", "party"]
Granularity = Literal["day", "days", "week", "month", "quarter", "season", "half", "year", "years", "decade", "century"]
Act = Literal["saying", "hoping", "thinking", "demanding"]
Medium = Literal["message", "letter", "speech", "statement", "interview", "call", "meeting", "post", "unspecified"]
InstrumentKind = Literal[
    "agreement", "mechanism", "initiative", "partnership", "themed-year", "joint-statement", "organisation",
    "visa-regime", "sanctions-regime",
]  # fmt: skip
InstrumentStatus = Literal[
    "proposed", "negotiated", "agreed", "signed", "ratified", "in-force", "established", "active", "suspended", "ended",
]  # fmt: skip


class Span(NamedTuple):
    """Characters `[start, end)` of `report.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class DayRange:
    """An inclusive range of civil days. One day has `first == last`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a range of days that ends before it begins: {self.first} to {self.last}")

    @property
    def days(self) -> int:
        """How many days it holds; 1 for a single day."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


# --- the report ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report came from."""

    path: str | None = None  # file path as given, or address
    record: str | None = None  # row number, WARC record id, entry id ... where the file holds several


@dataclass(frozen=True, slots=True)
class Declared:
    """What the page says of itself. Claims, never facts."""

    published: str | None = None  # ISO 8601 day or time as shown
    section: str | None = None
    publisher: str | None = None
    author: str | None = None
    agency: str | None = None
    views: int | None = None
    comments: int | None = None
    url: str | None = None
    modified: str | None = None  # "Updated ..."
    dateline: str | None = None  # the dateline's words, as printed at the head of the text
    readings: tuple[str, ...] = ()  # both readings of a day of publication printed as 05/04/2022, and `published` None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page as it was read, with the part it plays.

    `span` is its place in `report.text` where the line is kept there, else None (furniture is kept here only).
    """

    role: Literal[
        "title", "metadata", "dateline", "credit", "caption", "heading", "body", "related", "furniture", "comment"
    ]
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for the day of writing, in words for a person."""

    kind: str  # "dateline", "dated-occasion", "weekday", "explicit-date", "office-term", "declared", "url", ...
    says: str | None  # ISO day or interval "2024-03-26/2024-03-29"
    note: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim that the evidence contradicts."""

    against: str  # "declared.published", "url", ...   (JSON key: "with")
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Written:
    """The day on which a report was written: concluded, with its evidence. `day` is None when it cannot be said."""

    day: date | None
    earliest: date | None
    latest: date | None
    confidence: float | None
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A clean report: the article alone, and what the page claims about it."""

    id: str
    text_sha256: str
    source: Source
    title: str | None
    text: str  # paragraphs divided by a blank line
    language: str | None
    declared: Declared = Declared()
    captured: date | None = None  # when the page was fetched (WARC, feed): nothing in it was written later
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()  # what intake repaired or doubted, in words
    written: Written | None = None  # concluded by the coder


# --- the record ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Office:
    title: str  # "Minister of Foreign Affairs"
    body: str | None  # "Standing Committee of the National People's Congress"
    country: str | None
    key: str | None = None  # normalised: "foreign minister", "head of state", "head of government", "ambassador", ...
    status: Literal["current", "former", "acting", "designate"] = "current"
    basis: Literal["stated", "table", "inferred"] = "stated"
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    name: str
    kind: ActorKind
    country: str | None
    office: str | None
    sector: str | None  # PLOVER sector: GOV, MIL, OPP, LEG, ...
    role: Role
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """The words that give an event's day, and what they mean."""

    span: Span | None
    value: str  # TIMEX3-like: "2024-03-28", "2024-W13", "2023"
    granularity: Granularity
    basis: str  # "explicit", "relative", "carried", "report-day", "occasion"
    note: str  # in words: "'Thursday', counted back from Friday 29 March 2024"


@dataclass(frozen=True, slots=True)
class Place:
    name: str | None
    country: str | None
    lat: float | None = None
    lon: float | None = None
    span: Span | None = None
    venue: str | None = None


@dataclass(frozen=True, slots=True)
class EventEvidence:
    sentence: Span
    trigger: Span


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    type: str
    kind: str
    cameo: str | None
    modality: Modality
    participants: tuple[Participant, ...]
    start: date | None
    end: date | None
    when: When | None
    place: Place | None
    occasion: str | None
    instrument: str | None
    stated_in: str | None
    evidence: EventEvidence
    rule: str
    confidence: float | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    why: tuple[str, ...] = ()  # the chain from words to record, a sentence a step
    mentions: tuple[EventEvidence, ...] = ()  # other sentences of the report that tell of it


@dataclass(frozen=True, slots=True)
class Person:
    """A person, or a group of named members ("the two presidents": `members` holds ids)."""

    id: str
    name: str
    mentions: tuple[Span, ...]
    country: str | None
    offices: tuple[Office, ...]
    members: tuple[str, ...] | None = None
    kind: ActorKind = "person"


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    kind: ActorKind
    country: str | None
    office: str | None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    id: str
    act: Act
    speaker: Speaker | None
    medium: Medium
    direct: bool
    cue: Span | None
    content: tuple[Span, ...]
    to: str | None
    day: date | None  # JSON key: "date"


@dataclass(frozen=True, slots=True)
class SentenceEvidence:
    sentence: Span


@dataclass(frozen=True, slots=True)
class Instrument:
    id: str
    kind: InstrumentKind
    name: str
    parties: tuple[str, ...]
    status: InstrumentStatus
    since: date | None
    evidence: SentenceEvidence


@dataclass(frozen=True, slots=True)
class CoderInfo:
    name: str
    version: str
    codebook: str
    tables: str
    model: str
    parse: Literal["all", "candidates"] = "all"  # whether reports without a candidate sentence are passed over


@dataclass(frozen=True, slots=True)
class Coding:
    """The record of one report."""

    coder: CoderInfo
    report: Report
    events: tuple[Event, ...]
    people: tuple[Person, ...]
    statements: tuple[Statement, ...]
    instruments: tuple[Instrument, ...]
    # why the report was not read for its record, which is then empty; None when it was
    uncoded: Literal["language", "no candidates"] | None = None
