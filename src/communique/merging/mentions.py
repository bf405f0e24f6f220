"""A mention: one coded event of one report, in the form in which mentions are compared.

Mentions are made from codings and never change; a mention's id is a digest of what it says and where.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communique.merging.kinds import family_of
from communique.merging.names import content
from communique.merging.words import WORD, stem, weight
from communique.model import Coding, Event, Instrument, Report, Span, Written

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
SHARP = 14  # days up to which an interval says when
_DAY_IN_TEXT = frozenset({"dateline", "weekday-date", "explicit-date"})  # kinds of evidence for the day of writing
_NUMBERS = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
            " eighteen nineteen twenty").split()  # fmt: skip
_PAPERS = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?:[^\W\d_][\w-]*\s+){{0,2}}?(?:agreements?|accords?|deals?|documents?|contracts?"
    r"|memorand(?:a|ums?)|treat(?:y|ies)|pacts?|protocols?|papers|mous?|instruments?)\b"
)
_IN_ROUNDS = frozenset({"meet", "summit", "gather"})  # families that a mechanism's rounds are of
_HAVE_TURNS = frozenset({"ceremony", "gather", "summit", "establish", "year"})  # families that open and close
_ORDINALS = ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
             " fifteenth").split()  # fmt: skip
_ROUND = re.compile(
    rf"\b(?:({'|'.join(_ORDINALS)})|(\d{{1,2}})(?:st|nd|rd|th))\s+(?:[^\W\d_][\w-]*\s+){{0,2}}?"
    r"(?:sessions?|rounds?|meetings?|dialogues?|editions?|summits?|consultations|conferences?)\b"
)
_OPENS = re.compile(
    r"\b(?:open(?:s|ed|ing)?|launch(?:es|ed|ing)?|inaugurat\w+|kick(?:s|ed|ing)?[ -]off|beg[iau]n\w*)\b"
)
_CLOSES = re.compile(r"\b(?:clos(?:es?|ed|ing)|conclud\w+|wrap(?:s|ped|ping)? up|end(?:s|ed|ing)?)\b")


@dataclass(frozen=True, slots=True)
class Party:
    """One participant. `kind` is "person", "state", "organisation" or "group"; `country` the one acted for."""

    name: str
    kind: str
    country: str | None
    role: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """What one report says of one happening.

    `start` and `end` are inclusive civil days, both None when the report does not say. `written` is the day of the
    report as far as it is known and `around` the sharp days of the same report: they tell which of several meetings
    an undated one is. `origin` is the report's family of copies; `words` stand for the sentence's telling words.
    """

    id: str
    report: str
    kind: str
    modality: str
    parties: tuple[Party, ...]
    start: date | None
    end: date | None
    place: str | None
    place_country: str | None
    instrument: str | None
    origin: str
    type: str | None = None
    cameo: str | None = None
    sentence: str | None = None  # digest of the evidence sentence
    words: frozenset[str] = frozenset()
    written: date | None = None
    around: tuple[date, ...] = ()
    stated: bool = False  # inside somebody's statement
    dated: bool = False  # the report's text itself says when it was written
    paper: str | None = None  # the id of the instrument mention that the report has of `instrument`
    number: int | None = None  # how many agreements, documents ... the sentence counts
    turn: str | None = None  # "opening" or "closing", where the sentence tells that of an instrument or a ceremony
    round: int | None = None  # of a mechanism: "the fifth session" -> 5

    @property
    def is_sharp(self) -> bool:
        """True when the report says the day, or a span of at most `SHARP` days."""
        return self.start is not None and self.end is not None and (self.end - self.start).days < SHARP

    @property
    def countries(self) -> frozenset[str]:
        """The countries that take part; a mediator's, and the host's of others' talks, is left out."""
        every = frozenset(p.country for p in self.parties if p.country)
        core = frozenset(p.country for p in self.parties if p.country and p.role != "mediator")
        return core if len(core) >= 2 else every


def mentions_of(coding: Coding, *, origin: str | None = None) -> tuple[Mention, ...]:
    """The mentions of one report, in the order of its events. `origin` is its family of copies; its own id if None."""
    report = coding.report
    instruments = {i.id: i for i in coding.instruments}
    made = [_mention(event, report, instruments, origin or report.id) for event in coding.events]
    days = sorted({m.start for m in made if m.is_sharp and m.start is not None})
    return tuple(replace(m, around=tuple(days)) for m in made)


def _mention(event: Event, report: Report, instruments: Mapping[str, Instrument], origin: str) -> Mention:
    sentence = report.text[event.evidence.sentence.start : event.evidence.sentence.end]
    instrument = instruments.get(event.instrument) if event.instrument else None
    name = instrument.name if instrument else event.occasion
    if name and content(name) and not content(name) - _DAYS:
        name = None  # "Tuesday": says when, not what
    parties = tuple(Party(p.name, p.kind, p.country, p.role, p.office) for p in event.participants)
    return Mention(
        id=mention_id(report.id, event.evidence.trigger, event.kind, parties),
        report=report.id,
        kind=event.kind,
        modality=event.modality,
        parties=parties,
        start=event.start,
        end=event.end if event.start else None,
        place=event.place.name if event.place else None,
        place_country=event.place.country if event.place else None,
        instrument=name,
        origin=origin,
        type=event.type,
        cameo=event.cameo,
        sentence=sentence_digest(sentence),
        words=telling_words(sentence),
        written=report.written.day if report.written else None,
        stated=event.stated_in is not None,
        dated=says_its_day(report.written),
        paper=paper_id(report.id, instrument.id) if instrument else None,
        number=_counted(sentence) if family_of(event.kind).name == "agree" else None,
        round=round_of(sentence) if family_of(event.kind).name in _IN_ROUNDS else None,
        turn=_turn(report.text[event.evidence.trigger.start : event.evidence.trigger.end], sentence)
        if family_of(event.kind).name in _HAVE_TURNS
        else None,
    )


def says_its_day(written: Written | None) -> bool:
    """True when the day of writing stands in the text: a dateline, a day with its weekday, a full date."""
    return written is not None and any(
        evidence.kind in _DAY_IN_TEXT and evidence.says and ".." not in evidence.says for evidence in written.evidence
    )


def _counted(sentence: str) -> int | None:
    """How many papers a sentence counts: "signed seven memoranda of understanding" -> 7, None without a number."""
    found = _PAPERS.search(sentence.lower())
    if found is None:
        return None
    return int(found[1]) if found[1].isdecimal() else _NUMBERS.index(found[1]) + 1


def round_of(words: str) -> int | None:
    """The round that some words count: "the fifth meeting of the commission" -> 5, None without one."""
    found = _ROUND.search(words.lower())
    if found is None:
        return None
    return int(found[2]) if found[2] else _ORDINALS.index(found[1]) + 1


def _turn(trigger: str, sentence: str) -> str | None:
    """Whether a sentence tells of an opening or a closing; its trigger decides where it says both."""
    for words in (trigger, sentence):
        opens, closes = bool(_OPENS.search(words.lower())), bool(_CLOSES.search(words.lower()))
        if opens != closes:
            return "opening" if opens else "closing"
    return None


def mention_id(report: str, trigger: Span, kind: str, parties: tuple[Party, ...]) -> str:
    """A mention's id: a digest of the report, the trigger's place, the kind and who took part."""
    who = sorted([p.name, p.country or ""] for p in parties)
    return digest(["mention", report, trigger.start, trigger.end, kind, who])


def paper_id(report: str, instrument: str) -> str:
    """The id of an instrument as one report has it; `instrument` is its id in the report's coding."""
    return digest(["instrument", report, instrument])


def digest(value: object) -> str:
    """Twenty hexadecimal digits that stand for a value of lists, texts and numbers."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:20]


def sentence_digest(sentence: str) -> str:
    """A sentence's digest, the same whatever its spacing, quotes and case."""
    return digest([word.lower() for word in WORD.findall(sentence)])


def telling_words(sentence: str) -> frozenset[str]:
    """Hashes of the stems of a sentence that say something: not the commonest thousand or so words of English."""
    from xxhash import xxh32_hexdigest

    stems = {stem(word) for word in WORD.findall(sentence)}
    return frozenset(xxh32_hexdigest(s.encode()) for s in stems if weight(s) >= 3.0)


def window(mention: Mention) -> tuple[date, date] | None:
    """The days in which the happening can lie for the purpose of comparing it, None when nothing bounds them.

    A dated mention: its days. An undated one: what happened lies shortly before the day of writing, what is planned
    after it.
    """
    if mention.start is not None and mention.end is not None:
        return mention.start, mention.end
    if mention.written is None:
        return None
    if mention.modality == "planned":
        return mention.written - timedelta(days=10), mention.written + timedelta(days=366)
    return mention.written - timedelta(days=31), mention.written + timedelta(days=10)
