"""The cast while it is being found: actors that still grow, mentions that still move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from communique.actors.cast import Actor, Cast, Form, Mention
from communique.actors.words import Words
from communique.model import ActorKind, Office, Span


@dataclass(slots=True, eq=False)
class DraftMention:
    """Tokens `[start, end)` that name an actor, inside `[full_start, full_end)` with office and apposition."""

    actor: DraftActor
    form: Form
    start: int
    end: int
    head: int
    full_start: int
    full_end: int


@dataclass(slots=True, eq=False)
class DraftActor:
    """An actor still being put together. `forms` are the word tuples by which the text names it."""

    kind: ActorKind
    name: str
    country: str | None = None
    offices: list[Office] = field(default_factory=list)
    sector: str | None = None
    members: tuple[DraftActor, ...] | None = None
    code: str | None = None
    acts: bool = True
    named: bool = True
    gender: str = ""  # "m", "f" or "" where nothing says
    keys: set[str] = field(default_factory=set)  # office keys: "foreign minister"
    scopes: set[str] = field(default_factory=set)  # of its offices: "state", "body", "person", "idle"
    nouns: set[str] = field(default_factory=set)  # nouns the text calls it by: "boy", "minister"
    forms: list[tuple[str, ...]] = field(default_factory=list)
    country_basis: str = ""  # "own" (printed with it), "title" (one state has such an office), "table", "context"
    mentions: list[DraftMention] = field(default_factory=list)


class Draft:
    """All actors and mentions found so far."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.actors: list[DraftActor] = []
        self.mentions: list[DraftMention] = []
        self._by_sentence: dict[int, list[DraftMention]] = {}
        self.taken: list[DraftMention | None] = [None] * words.n  # the mention whose own words hold a token
        self._states: dict[str, DraftActor] = {}

    def state(self, code: str, name: str) -> DraftActor:
        """The state with that ISO code, made at its first mention."""
        if code not in self._states:
            self._states[code] = self.add(DraftActor("state", name, country=code, sector="GOV"))
        return self._states[code]

    def states(self) -> dict[str, DraftActor]:
        return self._states

    def add(self, actor: DraftActor) -> DraftActor:
        self.actors.append(actor)
        return actor

    def mention(
        self, actor: DraftActor, form: Form, start: int, end: int, *, head: int | None = None,
        full: tuple[int, int] | None = None,
    ) -> DraftMention:  # fmt: skip
        """Note that tokens `[start, end)` name `actor`."""
        full_start, full_end = full or (start, end)
        made = DraftMention(
            actor, form, start, end, self.head_of(start, end) if head is None else head,
            min(full_start, start), max(full_end, end),
        )  # fmt: skip
        self.mentions.append(made)
        self._by_sentence.setdefault(self.words.sentence[start], []).append(made)
        actor.mentions.append(made)
        for i in range(start, end):
            self.taken[i] = made
        return made

    def before(self, i: int, *, sentences: int | None = None) -> Iterator[DraftMention]:
        """Mentions that begin before token `i`, the nearest first; at most `sentences` sentences back."""
        last = self.words.sentence[i]
        first = 0 if sentences is None else max(0, last - sentences)
        for number in range(last, first - 1, -1):
            yield from sorted(
                (m for m in self._by_sentence.get(number, ()) if m.start < i), key=lambda m: m.start, reverse=True
            )

    def around(self, i: int) -> list[DraftMention]:
        """The mentions in the sentence of token `i`."""
        return self._by_sentence.get(self.words.sentence[i], [])

    def head_of(self, start: int, end: int) -> int:
        """The token of `[start, end)` that hangs outside it; the last one when the parse disagrees with itself."""
        head = self.words.head
        for i in range(end - 1, start - 1, -1):
            if not start <= head[i] < end or head[i] == i:
                return i
        return end - 1

    def freeze(self) -> Cast:
        """The finished cast: actors in order of first mention."""
        words = self.words
        self.actors.sort(key=lambda a: min((m.start for m in a.mentions), default=words.n))
        index = {id(actor): n for n, actor in enumerate(self.actors)}
        actors = [
            Actor(
                index=n, name=a.name, kind=a.kind, country=a.country, sector=a.sector,
                offices=tuple(o for o in a.offices if o.key != "counterpart"),
                members=tuple(index[id(m)] for m in a.members) if a.members else None,
                code=a.code, acts=a.acts and a.scopes != {"idle"},
                named=a.named,
            )
            for n, a in enumerate(self.actors)
        ]  # fmt: skip
        mentions = [
            Mention(
                actor=index[id(m.actor)], form=m.form,
                span=Span(words.starts[m.start], words.ends[m.end - 1]), start=m.start, end=m.end, head=m.head,
                full_start=m.full_start, full_end=m.full_end,
            )
            for m in self.mentions
        ]  # fmt: skip
        return Cast(actors, mentions)
