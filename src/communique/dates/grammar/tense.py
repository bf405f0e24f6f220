"""The tense of the clause that an expression belongs to: whether its verb looks back or ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from communique.dates.expressions import Tense

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BETWEEN: Final = frozenset(("on", "in", "at", "late", "early", "earlier", "later", "the", "this"))
_FUTURE_WORDS: Final = frozenset(("until", "till", "upcoming", "forthcoming", "scheduled", "due", "planned", "ahead"))


def tense_of(doc: Doc, start: int, end: int) -> Tense | None:
    """The tense of the clause that tokens `[start, end)` belong to; "future" where a word before them says so.

    A noun with a day of its own ("Friday's summit") takes the tense of nothing: None.
    """
    root = doc[start:end].root
    before = doc[start - 1].lower_ if start else ""
    if before == "the" and start > 1:
        before = doc[start - 2].lower_
    if before in _FUTURE_WORDS or doc[start].lower_ in ("next", "upcoming", "coming"):
        return "future"
    verb = verb_beside(doc, start) or governing_verb(root)
    if verb is None:
        return None
    tense = verb_tense(_above_the_contact(root, verb))
    if before == "of" and start > 1 and doc[start - 2].lower_ == "as":
        return "future" if tense == "future" else "past"
    if before == "by" and tense != "past":
        return "future"
    if tense != "future" and _under_scheduling(root, verb):
        return "future"
    return tense


def verb_beside(doc: Doc, start: int) -> Token | None:
    """The verb right before an expression or its preposition: "said on Friday", "met late Monday".

    The parser often hangs such a time on a verb further on: "said on Friday they would go".
    """
    i = start - 1
    while i >= 0 and doc[i].lower_ in _BETWEEN and start - i <= 3:
        i -= 1
    return doc[i] if i >= 0 and doc[i].pos_ == "VERB" and doc[i].sent.start == doc[start].sent.start else None


def _above_the_contact(token: Token, verb: Token) -> Token:
    """ "Agreed to reopen the border after talks on Friday": the talks were before the agreeing, not the reopening."""
    if verb.tag_ != "VB" or verb.head.i == verb.i or verb.head.pos_ != "VERB":
        return verb
    for above in token.ancestors:
        if above.i == verb.i:
            return verb
        if above.dep_ == "pobj" and above.lemma_ in _CONTACTS and above.head.lower_ in ("after", "following"):
            return verb.head
    return verb


_CONTACTS: Final = frozenset(("meeting", "talk", "talks", "call", "conversation", "visit", "summit", "negotiation"))


def _under_scheduling(token: Token, verb: Token) -> bool:
    """ "is scheduled for Friday", "was due on Monday", "postponed to 3 May"."""
    preposition = token.head if token.dep_ == "pobj" else token
    return preposition.lower_ in ("for", "to", "until") and verb.lemma_ in _SCHEDULING


_SCHEDULING: Final = frozenset(
    ("schedule", "plan", "slate", "set", "postpone", "delay", "reschedule", "adjourn", "due", "push", "book", "move")
)


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above `token`, itself included."""
    current = token
    for _ in range(12):
        if current.pos_ in ("VERB", "AUX"):
            return current
        if current.head.i == current.i:
            return None
        current = current.head
    return None


def verb_tense(verb: Token) -> Tense | None:
    """The tense of a verb with its auxiliaries; an infinitive after "plan", "will", "be to" is future."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    lows = {child.lower_ for child in auxiliaries}
    if lows & {"will", "shall", "'ll", "’ll", "wo"} or ("would" in lows and "have" not in lows):
        return "future"
    if any(child.tag_ == "MD" for child in auxiliaries):
        return "past" if "have" in lows else "future"
    if verb.tag_ == "MD":
        return "future"
    if any(c.tag_ == "TO" for c in auxiliaries):  # "to sign", "to be signed"
        return "past" if "have" in lows else _infinitive_tense(verb)
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries):
        return "past"
    if any(child.lemma_ == "have" for child in auxiliaries):
        return "past"
    if verb.tag_ in ("VBZ", "VBP"):
        return "present"
    if verb.tag_ == "VBG":
        if any(child.lemma_ == "be" for child in auxiliaries):
            return "present"
        return _above(verb)
    if verb.tag_ == "VBN":
        if any(child.lemma_ == "be" for child in auxiliaries):
            return "present"
        return "past" if not auxiliaries else _above(verb)
    return _above(verb)


# An infinitive after these has happened; after other verbs it lies ahead.
_DONE_WITH_INFINITIVE: Final = frozenset(
    ("manage", "go", "begin", "start", "continue", "come", "help", "use", "seem", "appear", "happen", "fail", "arrive",
     "travel", "fly", "meet", "gather", "return", "visit", "phone", "call", "write", "speak", "be")
)  # fmt: skip


def _infinitive_tense(verb: Token) -> Tense | None:
    head = verb.head
    if head.i == verb.i:
        return "future"
    if head.pos_ in ("VERB", "AUX") and head.lemma_ in _DONE_WITH_INFINITIVE and head.lemma_ != "be":
        return verb_tense(head)
    return "future"


def _above(verb: Token) -> Tense | None:
    current = verb
    for _ in range(8):
        if current.head.i == current.i:
            return None
        current = current.head
        if current.pos_ in ("VERB", "AUX"):
            return verb_tense(current)
    return None
