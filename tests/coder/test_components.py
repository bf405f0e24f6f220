"""The spaCy components, by name, in anybody's pipeline."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


def test_the_components_work_in_a_pipeline_of_ones_own() -> None:
    import spacy

    from communique.settings import DEFAULT

    nlp = spacy.load(DEFAULT.model)
    for room in ("actors", "dates", "statements", "events"):
        nlp.add_pipe(f"communique_{room}")
    doc = nlp("Peru's foreign minister met her Chilean counterpart in Lima on Monday. She said that ties were good.")
    assert [event.kind.name for event in doc._.communique_events] == ["meeting"]
    assert [span.label_ for span in doc.spans["communique_events"]] == ["meeting"]
    assert [span.text for span in doc.spans["communique_dates"]] == ["Monday"]
    assert [span.text for span in doc.spans["communique_statements"]] == ["that ties were good"]
    assert doc._.communique_actors.actors[0].country == "PER"
