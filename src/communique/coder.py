"""The main job: a clean report becomes its record. This module alone knows the order of the rooms."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from itertools import islice
from typing import TYPE_CHECKING, Literal

from communique import tables
from communique.errors import InputError, InputTooLarge
from communique.model import (
    CoderInfo,
    Coding,
    DayRange,
    Event,
    EventEvidence,
    Instrument,
    Participant,
    Report,
    SentenceEvidence,
    Span,
    Statement,
    Written,
)
from communique.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from communique.actors.cast import Actor, Cast
    from communique.codebook.apply import Applied, Bench
    from communique.codebook.found import Found
    from communique.dates.attach import Clock
    from communique.instruments.joining import FoundInstrument
    from communique.statements.found import FoundStatement


READ_AHEAD = 24  # reports that are parsed together


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the rooms found in one report: its parse, actors, statements, times, and the codebook's matches."""

    report: Report
    doc: Doc
    cast: Cast
    statements: Sequence[FoundStatement]
    clock: Clock
    bench: Bench
    applied: Applied


class Coder:
    """Codes reports with one codebook, one set of tables and one language model.

    >>> from communique.intake.text import report_from_text
    >>> coder = Coder()
    >>> coding = coder.code(report_from_text("OSLO - Norway's foreign minister met her Danish counterpart."))
    >>> coding.events[0].kind
    'meeting'
    """

    def __init__(self, settings: Settings = DEFAULT) -> None:
        from communique.codebook.loader import load_codebook
        from communique.language.pipeline import load_model, model_version

        self.settings = settings
        self.codebook = load_codebook(settings.codebook)
        self.nlp = load_model(settings.model)
        self.info = CoderInfo(
            name="communique",
            version=metadata.version("communique"),
            codebook=self.codebook.version,
            tables=tables.version(),
            model=model_version(settings.model),
            parse=settings.parse,
        )

    def code(self, report: Report) -> Coding:
        """The record of `report`. Raises InputTooLarge for a text over the limits of the settings."""
        from communique.language.pipeline import parse_text

        source = report.source.path or report.id
        limit = self.settings.max_characters
        if len(report.text) > limit:
            raise InputTooLarge(
                f"cannot code {source}: its text has {len(report.text):,} characters, more than {limit:,}. "
                f"Cut it into reports, or raise max_characters in the settings.",
                source=source,
            )
        if not report.text.strip():
            raise InputError(f"cannot code {source}: no running text was found in it.", source=source)
        passed = self._passed_over(report)
        return passed if passed is not None else self._code(report, parse_text(self.nlp, report.text))

    def code_many(self, reports: Iterable[Report]) -> Iterator[Coding]:
        """The record of each report, in order; the same as `code` gives, somewhat faster."""
        reports = iter(reports)
        while batch := list(islice(reports, READ_AHEAD)):
            self.read_ahead(batch)
            for report in batch:
                yield self.code(report)

    def read_ahead(self, reports: Iterable[Report]) -> None:
        """Parse the reports together: the next calls of `code` for them are faster, and give the same."""
        from communique.language import pipeline

        limit = self.settings.max_characters
        fit = [r.text for r in reports if len(r.text) <= limit and self._passed_over(r) is None]
        if len(fit) > 1:
            pipeline.read_ahead(self.nlp, fit)

    def _passed_over(self, report: Report) -> Coding | None:
        """The empty record of a report that is not to be parsed; None for one that is."""
        from communique.candidates import is_worth_parsing
        from communique.intake.languages import foreign_language

        why: Literal["language", "no candidates"]
        language = foreign_language(report.text) if report.language != "en" else None
        if language is not None:
            why, note = "language", f"not coded: the text is in another language than English ({language})"
        elif self.settings.parse == "candidates" and not is_worth_parsing(report):
            why, note = "no candidates", "not parsed: no sentence names two states, or one and a word of diplomacy"
        else:
            return None
        report = replace(report, language=language or report.language, notes=(*report.notes, note))
        return Coding(self.info, report, (), (), (), (), why)

    # --- the rooms in order ------------------------------------------------------------------------------------------

    def analyse(self, report: Report, doc: Doc | None = None) -> Analysis:
        """What every room found in `report`, before it becomes the record. `doc` is its parse, if there is one."""
        from communique.actors import find_actors
        from communique.codebook.apply import Bench
        from communique.dates.anchor import date_report
        from communique.dates.attach import Clock
        from communique.dates.expressions import find_times
        from communique.language.pipeline import parse_text
        from communique.statements.find import find_statements
        from communique.statements.found import speaker_of

        started = time.monotonic()
        doc = doc if doc is not None else parse_text(self.nlp, report.text)
        times = find_times(doc)
        written = date_report(report, doc, times)
        report = replace(report, written=written)
        cast = find_actors(doc, day=_day_range(written), own=self.codebook.actors)
        statements = find_statements(doc, cast)
        self._in_time(report, started)
        clock = Clock(doc, times, written)
        speaker_at = partial(speaker_of, statements)
        latest = (written.day or written.latest) if written is not None else None
        bench = Bench(doc, cast, self.codebook, dateline=report.declared.dateline, speaker_at=speaker_at, latest=latest)
        lead = _end_of_lead(doc)
        applied = bench.apply(lambda trigger, modality: clock.when(trigger, modality=modality, lead=trigger < lead))
        self._in_time(report, started)
        return Analysis(report, doc, cast, statements, clock, bench, applied)

    def _code(self, report: Report, doc: Doc) -> Coding:
        from communique.actors import people_of

        analysis = self.analyse(report, doc)
        found = analysis.applied.found
        record = _Record(analysis)
        instruments = record.instruments(found, analysis.statements)
        said = record.statements(analysis.statements)
        return Coding(
            coder=self.info,
            report=analysis.report,
            events=tuple(record.events(found, analysis.statements, said, instruments)),
            people=people_of(analysis.cast),
            statements=tuple(s for s in said.values() if s is not None),
            instruments=tuple(instrument for _, instrument in instruments),
        )

    def _in_time(self, report: Report, started: float) -> None:
        if time.monotonic() - started > self.settings.max_seconds:
            source = report.source.path or report.id
            raise InputTooLarge(
                f"cannot code {source}: it took more than {self.settings.max_seconds:g} seconds. "
                f"Leave it out, or raise max_seconds in the settings.",
                source=source,
            )


class _Record:
    """Turns what the rooms found into the record's frozen objects."""

    def __init__(self, analysis: Analysis) -> None:
        self.report = analysis.report
        self.doc = analysis.doc
        self.cast = analysis.cast
        self.bench = analysis.bench
        self.clock = analysis.clock

    # --- instruments -------------------------------------------------------------------------------------------------

    def instruments(
        self, found: Sequence[Found], statements: Sequence[FoundStatement]
    ) -> list[tuple[FoundInstrument, Instrument]]:
        from communique.instruments.find import Handled, InstrumentFinder
        from communique.instruments.status import StatusReader, status_by_event

        handled = [
            Handled(i, tuple(sorted(event.countries)), status_by_event(event.kind.name, event.modality), match.trigger)
            for event in found
            for match in (event.match, *event.others)
            for i in (match.words or (match.trigger,))
        ]
        year = self.report.written.latest.year if self.report.written and self.report.written.latest else None
        finder = InstrumentFinder(
            self.doc, self.bench.clauses, self.cast, StatusReader(self.doc, self.bench.clauses, self.bench.modality),
            handled, quoted=[part for s in statements if s.direct for part in s.content], year=year,
        )  # fmt: skip
        return [
            (
                item,
                Instrument(
                    id=f"i{n}", kind=item.kind, name=item.name, parties=item.parties, status=item.status, since=None,
                    evidence=SentenceEvidence(item.sentence),
                ),
            )
            for n, item in enumerate(finder.find(), 1)
        ]  # fmt: skip

    # --- statements --------------------------------------------------------------------------------------------------

    def statements(self, found: Sequence[FoundStatement]) -> dict[int, Statement | None]:
        """Found statement -> statement of the record; None for those that the record leaves out."""
        from communique.statements.found import to_statement

        said: dict[int, Statement | None] = {}
        for item in found:
            if item.left_out is not None:
                said[item.index] = None
                continue
            days, _ = self.clock.when(item.cue[0] if item.cue is not None else item.content[0][0], modality="occurred")
            day = days.first if days is not None and days.days == 1 else None
            said[item.index] = to_statement(item, self.cast, day)
        return said

    # --- events ------------------------------------------------------------------------------------------------------

    def events(
        self,
        found: Sequence[Found],
        statements: Sequence[FoundStatement],
        said: dict[int, Statement | None],
        instruments: Sequence[tuple[FoundInstrument, Instrument]],
    ) -> list[Event]:
        from communique.codebook.contexts import contexts_of
        from communique.codebook.gatherings import find_gathering
        from communique.language.sentences import sentence_of
        from communique.statements.found import statement_at

        events: list[Event] = []
        kept = [s for s in statements if s.left_out is None]
        for item in found:
            sentence = sentence_of(self.doc, item.trigger)
            trigger = self._token_span(item.trigger)
            tokens = self.doc[item.trigger].sent
            inside = statement_at(kept, item.trigger)
            statement = said.get(inside.index) if inside is not None else None
            participants = tuple(self._participant(item, k) for k in range(len(item.parties)))
            instrument = self._instrument_of(item, instruments)
            events.append(
                Event(
                    id=self._event_id(sentence, trigger, item, participants),
                    type=item.kind.type,
                    kind=item.kind.name,
                    cameo=item.cameo,
                    modality=item.modality,
                    participants=participants,
                    start=item.days.first if item.days else None,
                    end=item.days.last if item.days else None,
                    when=item.when,
                    place=item.place,
                    occasion=find_gathering(
                        self.doc, self.bench.clauses, item.trigger, item.match.support, self.clock.is_time
                    ),
                    instrument=instrument.id if instrument else None,
                    stated_in=statement.id if statement else None,
                    evidence=EventEvidence(sentence, trigger),
                    rule=item.match.frame.rule,
                    confidence=None,
                    mode=item.match.frame.mode,
                    contexts=contexts_of(self.doc, tokens.start, tokens.end),
                    why=tuple(self._why(item, statement)),
                    mentions=tuple(
                        EventEvidence(sentence_of(self.doc, m.trigger), self._token_span(m.trigger))
                        for m in item.others
                    ),
                )
            )
        return events

    def _token_span(self, i: int) -> Span:
        token = self.doc[i]
        return Span(token.idx, token.idx + len(token))

    def _event_id(self, sentence: Span, trigger: Span, item: Found, participants: Sequence[Participant]) -> str:
        words = self.report.text[sentence.start : sentence.end]
        names = "|".join(sorted(p.name for p in participants))
        key = f"{self.report.id}\0{words}\0{trigger.start - sentence.start}\0{item.kind.name}\0{names}"
        return hashlib.sha256(key.encode()).hexdigest()[:12]

    def _participant(self, item: Found, k: int) -> Participant:
        party = item.parties[k]
        actor: Actor | None = self.cast.actors[party.actor] if party.actor is not None else None
        office = actor.offices[0].title if actor is not None and actor.offices else None
        spans = () if party.implied else (self._token_span(party.token),)
        mention = self.cast.at(party.token)
        if mention is not None and not party.implied and mention.actor == party.actor:
            spans = (mention.span,)
        return Participant(
            name=party.name, kind=party.kind, country=party.country, office=office,
            sector=party.sector or (actor.sector if actor is not None else None), role=party.role, spans=spans,  # type: ignore[arg-type]
        )  # fmt: skip

    def _instrument_of(
        self, item: Found, instruments: Sequence[tuple[FoundInstrument, Instrument]]
    ) -> Instrument | None:
        words = {*item.match.words, item.match.trigger, *(w for m in item.others for w in m.words)}
        for found, instrument in instruments:
            if words & set(found.heads):
                return instrument
        return None

    def _why(self, item: Found, statement: Statement | None) -> Iterator[str]:
        word = self.doc[item.trigger].text
        frame = item.match.frame
        yield f"'{word}' fits the frame {frame.pattern} of {item.kind.type} {item.kind.name} ({frame.rule})."
        for party in item.parties:
            where = "concluded" if party.implied else f"named by '{self.doc[party.token].text}'"
            yield f"{party.name}{f' ({party.country})' if party.country else ''} is the {party.role}, {where}."
        yield from (f"{note[0].upper()}{note[1:]}." for note in item.notes)
        yield f"It is taken as {item.modality}: {item.verdict.why}."
        if item.when is not None:
            yield f"Its day: {item.when.note}"
        else:
            yield "Its day is not known: no expression belongs to it, and nothing before it carries over."
        if item.place is not None and item.place.name:
            yield f"Its place is {item.place.name}{f' ({item.place.country})' if item.place.country else ''}."
        if statement is not None and statement.speaker is not None:
            yield f"It stands inside what {statement.speaker.name} says."
        for mention in item.others:
            yield f"'{self.doc[mention.trigger].text}' tells of it again ({mention.frame.rule})."


def _end_of_lead(doc: Doc) -> int:
    """The token at which the lead ends: after the first two sentences that are more than a dateline."""
    seen = 0
    for sentence in doc.sents:
        if any(token.pos_ in {"VERB", "AUX"} for token in sentence):
            seen += 1
            if seen == 2:
                return int(sentence.end)
    return len(doc)


def _day_range(written: Written) -> DayRange | None:
    """The days on which the report may have been written; None where that cannot be said."""
    if written.earliest is None or written.latest is None:
        return None
    return DayRange(written.earliest, written.latest)
