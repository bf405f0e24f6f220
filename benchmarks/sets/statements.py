"""Who said what: predictions for the statement sets (one object per document, spans in characters of its text)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from communique.actors.find import find_actors
from communique.language.pipeline import load_model, parse_texts
from communique.settings import DEFAULT
from communique.statements import reasons
from communique.statements.find import find_statements

# These were not said, or nothing in them was.
UNSAID = frozenset({reasons.UNSPOKEN, reasons.DENIED})


def predict(path: Path) -> Iterator[dict[str, object]]:
    """Predictions for the documents of `path` (JSON lines with "id" and "text").

    Every attribution is given, also those that the diplomatic record leaves out: the sets mark what is attributed,
    not what a record needs. Only those that were never said ("would say", "did not say") are dropped.
    """
    nlp = load_model(DEFAULT.model)
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    docs = parse_texts(nlp, [document["text"] for document in documents])
    for document, doc in zip(documents, docs, strict=True):
        cast = find_actors(doc)
        yield {
            "id": document["id"],
            "attributions": [
                {
                    "source": [list(s.source_span)] if s.source_span else [],
                    "cue": [list(s.cue_span)] if s.cue_span else [],
                    "content": [list(span) for span in s.content_spans],
                    "speaker": s.speaker_name,
                }
                for s in find_statements(doc, cast)
                if s.left_out not in UNSAID
            ],
        }
