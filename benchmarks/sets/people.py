"""People: mentions led to names, and offices, as benchmarks/people/score.py reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path


def predict(path: Path) -> Iterator[dict[str, object]]:
    """One line per text of `path`: the people that `communique.actors` finds, with mentions, offices and members."""
    from communique.actors import find_actors, people_of
    from communique.language.pipeline import load_model, parse_text
    from communique.settings import DEFAULT

    nlp = load_model(DEFAULT.model)
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        record = json.loads(line)
        text: str = record["text"]
        cast = find_actors(parse_text(nlp, text))
        people = people_of(cast)
        names = {person.id: person.name for person in people}
        out = []
        for person in people:
            # An office phrase is printed as it stands in the text: "Deputy Prime Minister and Minister of Trade".
            spans = dict.fromkeys(o.span for o in person.offices if o.span is not None and o.basis == "stated")
            entry: dict[str, object] = {
                "name": person.name if person.members is None else "",
                "mentions": [[span.start, span.end] for span in person.mentions],
                "offices": [text[span.start : span.end] for span in spans],
            }
            if person.members is not None:
                entry["members"] = [names.get(member, member) for member in person.members]
            out.append(entry)
        yield {"id": record["id"], "people": out}
