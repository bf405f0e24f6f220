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
LEADS = frozenset("in on at during by over through via with from to before inside".split())
VERBS = frozenset({"tell", "write", "speak", "receive", "testify", "telephone", "phone", "tweet"})
SKIPPED = frozenset({"the", "a", "an", "his", "her", "its", "their"})


def medium_of(doc: Doc, draft: Draft, said: list[bool]) -> Medium:
    """The medium that the sentence of the cue names; "unspecified" where it names none.

    `said` marks tokens inside the content of any statement. A noun counts where the words are said in, on or at it,
    or where it is the one that says them; "after the meeting" is no medium.
    """
    if draft.lemma in BY_VERB:
        return BY_VERB[draft.lemma]
    tokens = [t for t in doc[draft.anchor].sent if not said[t.i] and not t.is_punct and t.lower_ not in SKIPPED]
    words = [(lemma_of(t) if t.pos_ != "PROPN" else t.lower_).rstrip(".") for t in tokens]
    present = set(words)
    for phrase, medium in media():
        if not present.issuperset(phrase):
            continue
        n = len(phrase)
        for k in range(len(words) - n + 1):
            if tuple(words[k : k + n]) != phrase:
                continue
            if n == 1 and phrase[0] not in VERBS and tokens[k].pos_ not in {"NOUN", "PROPN"}:
                continue
            led = phrase[0] in VERBS | LEADS or any(w in LEADS | {"tell"} for w in words[max(0, k - 4) : k])
            if led or tokens[k + n - 1].i in draft.heads:
                return medium
    return "unspecified"
