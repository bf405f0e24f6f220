"""The spaCy component `communique_dates`, for people who build their own pipelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def register() -> None:
    """Make `nlp.add_pipe("communique_dates")` known; calling it twice does no harm.

    The component sets `doc._.communique_dates` (a tuple of TimeExpression) and `doc.spans["communique_dates"]`
    (labelled by TIMEX3 type, for displaCy). It needs a tagger and a parser before it.
    """
    from spacy.language import Language
    from spacy.tokens import Doc

    if not Doc.has_extension("communique_dates"):
        Doc.set_extension("communique_dates", default=())
    if not Language.has_factory("communique_dates"):
        Language.factory("communique_dates", func=_create)


def _create(nlp: Language, name: str) -> DatesComponent:
    return DatesComponent()


class DatesComponent:
    """Marks the time expressions of a parsed Doc."""

    def __call__(self, doc: Doc) -> Doc:
        from spacy.tokens import SpanGroup

        from communique.dates.expressions import find_times

        times = find_times(doc)
        doc._.communique_dates = times
        spans = [doc.char_span(*t.span, label=t.type, alignment_mode="expand") for t in times]
        doc.spans["communique_dates"] = SpanGroup(doc, name="communique_dates", spans=[s for s in spans if s])
        return doc
