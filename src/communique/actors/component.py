"""The room as a spaCy component: `nlp.add_pipe("communique_actors")`.

The cast is kept as `doc._.communique_actors`, and its mentions as the span group `doc.spans["communique_actors"]`
with the actor's kind as label, so that displaCy shows them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from communique.actors.find import find_actors
from communique.model import DayRange

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NAME = "communique_actors"


class ActorsComponent:
    """Finds the actors of each Doc. `day` (ISO 8601) is the day on which the tables of office holders are asked."""

    def __init__(self, day: str | None = None) -> None:
        self.day = None if day is None else DayRange(date.fromisoformat(day), date.fromisoformat(day))

    def __call__(self, doc: Doc) -> Doc:
        from spacy.tokens import Span

        cast = find_actors(doc, day=self.day)
        doc._.communique_actors = cast
        doc.spans[NAME] = [Span(doc, m.start, m.end, label=cast.actors[m.actor].kind.upper()) for m in cast.mentions]
        return doc


def register() -> None:
    """Make the factory and the extension known to spaCy; calling it again changes nothing."""
    from spacy.language import Language
    from spacy.tokens import Doc

    if not Doc.has_extension(NAME):
        Doc.set_extension(NAME, default=None)
    if not Language.has_factory(NAME):
        Language.factory(NAME, default_config={"day": None}, func=_make)


def _make(nlp: Language, name: str, day: str | None) -> ActorsComponent:
    return ActorsComponent(day)
