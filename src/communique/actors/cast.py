"""Who plays in a report: the actors, and every place where the text names one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from communique.model import ActorKind, Office, Span

# "adjective": a state in an adjective or before a noun; "metonym": a capital or seat for its government;
# "place": a state named only as where something happens ("in Kazakhstan").
Form = Literal["name", "short", "pronoun", "description", "adjective", "metonym", "place"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text names an actor.

    `span` is what a reader would underline as the name ("Murat Nurtleu", "he", "the two sides") in characters.
    `start`, `end`, `head` are tokens. `full_start`, `full_end` also hold office and apposition
    ("Kazakh Foreign Minister Murat Nurtleu"): an argument whose head lies in there is this actor.
    """

    actor: int  # index in `Cast.actors`
    form: Form
    span: Span
    start: int
    end: int
    head: int
    full_start: int
    full_end: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, state, organisation or group of the report.

    `name` is the fullest form that the report or the tables give; for a person known by office alone, the office in
    words ("foreign minister of Kazakhstan"). `country` is the one it acts for. `members` are indices of `Cast.actors`.
    """

    index: int
    name: str
    kind: ActorKind
    country: str | None = None
    offices: tuple[Office, ...] = ()
    sector: str | None = None  # PLOVER: GOV, MIL, LEG, ...
    members: tuple[int, ...] | None = None
    code: str | None = None  # organisation code of tables/organisations.csv
    acts: bool = True  # False: in the report, but nobody who acts between states (a footballer, a firm)
    named: bool = True  # False: known by description alone


class Cast:
    """All actors of one report and their mentions, in text order."""

    def __init__(self, actors: Iterable[Actor], mentions: Iterable[Mention]) -> None:
        self.actors: tuple[Actor, ...] = tuple(actors)
        self.mentions: tuple[Mention, ...] = tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.actor)))
        self._at: dict[int, Mention] = {}
        # The narrowest mention wins a token; among equal ones a name wins over its adjective.
        for mention in sorted(self.mentions, key=lambda m: m.full_start - m.full_end):
            for i in range(mention.full_start, mention.full_end):
                self._at[i] = mention
        for mention in self.mentions:
            if mention.form != "adjective":
                self._at[mention.head] = mention

    def at(self, i: int) -> Mention | None:
        """The mention that token `i` belongs to, the narrowest one; None where no actor is named."""
        return self._at.get(i)

    def actor_at(self, i: int) -> Actor | None:
        mention = self._at.get(i)
        return None if mention is None else self.actors[mention.actor]

    def expand(self, actor: Actor) -> Iterator[Actor]:
        """The actor itself, or the members of a group whose members are known."""
        if not actor.members:
            yield actor
            return
        for index in actor.members:
            yield from self.expand(self.actors[index])

    def mentions_of(self, index: int) -> tuple[Mention, ...]:
        return tuple(m for m in self.mentions if m.actor == index)
