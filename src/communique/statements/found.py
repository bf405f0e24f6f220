"""What the search for statements gives: one object per attribution, with tokens and characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from communique.model import Act, ActorKind, Medium, Span, Speaker, Statement

if TYPE_CHECKING:
    from datetime import date

    from communique.actors.cast import Cast

Form = Literal["quote", "clause", "question", "infinitive", "noun", "label"]
Tokens = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """One attribution: somebody's words or thoughts, as the report gives them.

    Token ranges are `[start, end)`, spans are characters. A content that is interrupted ("...," he said, "...") or
    runs on in the next paragraph has several parts; quotation marks and the word "that" belong to the content.

    `speaker` is an index of `Cast.actors`; where no actor fits, `speaker_name` holds the report's own words
    ("a senior official"), and both are None when the report names nobody.

    `left_out` says in words why the diplomatic record leaves the attribution out (an announced act is an event, a
    refusal to comment is no statement); None for a statement of the record.
    """

    index: int
    act: Act
    medium: Medium
    direct: bool
    form: Form
    lemma: str  # of the cue, "" for a quotation without one
    cue: Tokens | None
    cue_span: Span | None
    content: tuple[Tokens, ...]
    content_spans: tuple[Span, ...]
    source: Tokens | None
    source_span: Span | None
    speaker: int | None
    speaker_name: str | None
    speaker_kind: ActorKind
    to: int | None
    to_name: str | None
    sentence: Span
    nested_in: int | None = None
    left_out: str | None = None

    def holds(self, i: int) -> bool:
        """Whether token `i` lies in the content."""
        return any(start <= i < end for start, end in self.content)


def statement_at(found: Sequence[FoundStatement], i: int) -> FoundStatement | None:
    """The statement in whose content token `i` lies, the innermost one; None where the report itself speaks."""
    holding = [statement for statement in found if statement.holds(i)]
    return min(holding, key=lambda s: (sum(end - start for start, end in s.content), -s.index), default=None)


def speaker_of(found: Sequence[FoundStatement], i: int) -> int | None:
    """The actor whose own, quoted words hold token `i`; None outside quotations."""
    statement = statement_at(found, i)
    return statement.speaker if statement is not None and statement.direct else None


def to_statement(found: FoundStatement, cast: Cast | None, day: date | None, *, office: str | None = None) -> Statement:
    """The record of one statement; its id is "s1" for the first of the report.

    `office` is the speaker's office as the record prints it. The speaker's spans are the words of the report that
    name him here; "to" is the addressee's name.
    """
    speaker = None
    spans = (found.source_span,) if found.source_span is not None else ()
    actor = cast.actors[found.speaker] if cast is not None and found.speaker is not None else None
    if actor is not None:
        if office is None and actor.offices:
            office = actor.offices[0].title
        speaker = Speaker(actor.name, actor.kind, actor.country, office, spans)
    elif found.speaker_name is not None:
        speaker = Speaker(found.speaker_name, found.speaker_kind, None, office, spans)
    to = cast.actors[found.to].name if cast is not None and found.to is not None else found.to_name
    return Statement(
        f"s{found.index + 1}", found.act, speaker, found.medium, found.direct, found.cue_span, found.content_spans,
        to, day,
    )  # fmt: skip
