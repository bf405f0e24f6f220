"""The spaCy component `communique_events`: events in `doc._.communique_events`, their triggers in `doc.spans`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NAME = "communique_events"


def register() -> None:
    """Make `nlp.add_pipe("communique_events")` known; calling it twice does no harm.

    The component sets `doc._.communique_events` (a tuple of `communique.codebook.records.Found`) and
    `doc.spans["communique_events"]` (the triggers, labelled by kind). It needs a tagger and a parser before it, and
    uses `doc._.communique_actors` where that component ran before. Days need the day of writing: see `communique.code`.
    """
    from spacy.language import Language
    from spacy.tokens import Doc

    if not Doc.has_extension(NAME):
        Doc.set_extension(NAME, default=())
    if not Language.has_factory(NAME):
        Language.factory(NAME, func=create)


def create(nlp: Language, name: str) -> EventsComponent:
    """The component for one pipeline."""
    return EventsComponent()


class EventsComponent:
    """Applies our codebook to a parsed Doc."""

    def __call__(self, doc: Doc) -> Doc:
        from spacy.tokens import Span, SpanGroup

        from communique.actors import find_actors
        from communique.codebook.apply import Bench
        from communique.codebook.loader import load_codebook

        cast = doc._.communique_actors if doc.has_extension("communique_actors") else None
        found = Bench(doc, cast if cast is not None else find_actors(doc), load_codebook()).apply().found
        doc._.communique_events = found
        spans = [Span(doc, event.trigger, event.trigger + 1, label=event.kind.name) for event in found]
        doc.spans[NAME] = SpanGroup(doc, name=NAME, spans=spans)
        return doc
