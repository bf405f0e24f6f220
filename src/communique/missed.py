"""What the tables and the codebook do not know yet: people, offices and verbs that reports use often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from communique.model import Report

if TYPE_CHECKING:
    from communique.coder import Analysis, Coder

# Verbs that never carry an event of their own.
_EMPTY = frozenset(
    "be have do go come say tell make take get see think know want add note stress become remain".split()
)


@dataclass(frozen=True, slots=True)
class Missed:
    """A word that the coder met `count` times without knowing it, with one sentence that has it."""

    what: Literal["verb", "person", "office"]
    word: str
    count: int
    example: str


def find_missed(coder: Coder, reports: Iterable[Report], *, most: int = 50) -> list[Missed]:
    """The most frequent verbs between two actors that no frame knows, people without country, offices without key."""
    counts: Counter[tuple[Literal["verb", "person", "office"], str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for report in reports:
        analysis = coder.analyse(report)
        for what, word, i in _of_report(analysis, coder):
            counts[(what, word)] += 1
            examples.setdefault((what, word), analysis.doc[i].sent.text.strip())
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return [Missed(what, word, counts[(what, word)], examples[(what, word)]) for what, word in ranked[:most]]


def _of_report(analysis: Analysis, coder: Coder) -> Iterator[tuple[Literal["verb", "person", "office"], str, int]]:
    bench = analysis.bench
    fired = {m.trigger for m in analysis.applied.matches} | {m.support for m in analysis.applied.matches}
    for token in analysis.doc:
        lemma = token.lemma_.lower()
        if token.pos_ != "VERB" or token.i in fired or lemma in _EMPTY or lemma in coder.codebook.by_lemma:
            continue
        clause = bench.clauses.clause(token.i)
        doers = [p for h in clause.subjects for p in bench.roles.parties(h, "initiator", "actor")]
        others = [*clause.objects, *(h for heads in clause.preps.values() for h in heads)]
        done_to = [p for h in others for p in bench.roles.parties(h, "recipient", "actor")]
        if doers and {p.side for p in done_to} - {p.side for p in doers}:
            yield "verb", lemma, token.i
    for actor in analysis.cast.actors:
        mentions = analysis.cast.mentions_of(actor.index)
        if not mentions or not actor.named or actor.kind != "person":
            continue
        if actor.country is None:
            yield "person", actor.name, mentions[0].head
        for office in actor.offices:
            if office.key is None:
                yield "office", office.title, mentions[0].head
