"""By what means something was said: from the words round the verb (tables/statement_media.csv)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.language.clauses import lemma_of
from communique.model import Medium
from communique.statements.lexicon import media

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from communique.statements.drafts import Draft

BY_VERB: dict[str, Medium] = {"tweet": "post", "retweet": "post", "post": "post", "testify": "speech"}


def medium_of(doc: Doc, draft: Draft, closed: list[bool]) -> Medium:
    """The medium that the sentence of the cue names outside the content; "unspecified" where it names none."""
    if draft.lemma in BY_VERB:
        return BY_VERB[draft.lemma]
    sent = doc[draft.anchor].sent
    content = {i for start, end in draft.content for i in range(start, end)}
    words = [
        (lemma_of(t) if t.pos_ != "PROPN" else t.lower_)
        for t in sent
        if t.i not in content
        and not closed[t.i]
        and not (t.is_punct and t.text != "-")
        and t.lower_ not in {"the", "a", "an"}
    ]
    for phrase, medium in media():
        n = len(phrase)
        if any(tuple(words[k : k + n]) == phrase for k in range(len(words) - n + 1)):
            return medium
    return "unspecified"
