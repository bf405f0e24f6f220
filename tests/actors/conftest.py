"""A report of one or two self-written sentences, read into its cast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from communique.actors import Actor, Cast, find_actors
from communique.language.pipeline import parse_text
from communique.model import DayRange

if TYPE_CHECKING:
    from spacy.language import Language

Reader = Callable[..., "Reading"]


class Reading:
    """The cast of a text, asked by words."""

    def __init__(self, text: str, cast: Cast) -> None:
        self.text = text
        self.cast = cast

    def at(self, words: str, nth: int = 1) -> Actor | None:
        """The actor of the mention that spells `words`, the nth one."""
        found = [m for m in self.cast.mentions if self.text[m.span.start : m.span.end] == words]
        return self.cast.actors[found[nth - 1].actor] if len(found) >= nth else None

    def name(self, words: str, nth: int = 1) -> str | None:
        actor = self.at(words, nth)
        return None if actor is None else actor.name

    def named(self, name: str) -> Actor:
        return next(a for a in self.cast.actors if a.name == name)

    def form(self, words: str) -> str | None:
        return next((m.form for m in self.cast.mentions if self.text[m.span.start : m.span.end] == words), None)

    def members(self, words: str) -> list[str]:
        actor = self.at(words)
        return [self.cast.actors[i].name for i in (actor.members or ())] if actor else []

    def states(self) -> list[str | None]:
        return [a.country for a in self.cast.actors if a.kind == "state"]


@pytest.fixture(scope="session")
def read(nlp: Language) -> Reader:
    """Read a text; `day` (ISO 8601) is the day of writing."""

    def reader(text: str, day: str | None = None) -> Reading:
        known = None if day is None else DayRange(date.fromisoformat(day), date.fromisoformat(day))
        return Reading(text, find_actors(parse_text(nlp, text), day=known))

    return reader
