"""The spaCy component `communique_statements`: results in `doc._.communique_statements` and `doc.spans`.

Import this module (or name the component's package in the pipeline's configuration) before `nlp.add_pipe`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.statements.find import find_statements

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NAME = "communique_statements"


def register() -> None:
    """Make the component known to spaCy; calling it again does nothing."""
    from spacy.language import Language
    from spacy.tokens import Doc

    if not Doc.has_extension(NAME):
        Doc.set_extension(NAME, default=())
    if not Language.has_factory(NAME):
        Language.factory(NAME, func=create)


def create(nlp: Language, name: str) -> Annotator:
    """The component for one pipeline."""
    return Annotator()


class Annotator:
    """Sets `doc._.communique_statements` (FoundStatement objects) and `doc.spans["communique_statements"]` (contents).

    Uses `doc._.communique_actors` where that component ran before.
    """

    def __call__(self, doc: Doc) -> Doc:
        cast = doc._.communique_actors if doc.has_extension("communique_actors") else None
        found = find_statements(doc, cast)
        doc._.communique_statements = found
        doc.spans[NAME] = [
            _labelled(doc, start, end, statement.act) for statement in found for start, end in statement.content
        ]
        return doc


def _labelled(doc: Doc, start: int, end: int, label: str):  # type: ignore[no-untyped-def]
    from spacy.tokens import Span

    return Span(doc, start, end, label=label)
