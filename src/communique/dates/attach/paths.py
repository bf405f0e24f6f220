"""Paths through the parse: whose time is whose, clause borders, tense and quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from communique.language.columns import columns_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

VERBAL: Final = frozenset(("VERB", "AUX"))
SAYING: Final = frozenset(
    ("say", "tell", "announce", "report", "state", "add", "declare", "confirm", "write", "note", "reveal", "disclose")
)
_DOCUMENTS: Final = frozenset(
    ("statement", "agreement", "treaty", "declaration", "communique", "communiqué", "memorandum", "accord", "text",
     "protocol", "decree", "resolution", "document", "deal", "pact", "convention")
)  # fmt: skip
_SCHEDULED: Final = frozenset(("schedule", "plan", "expect", "slate"))
# Before an expression: from when or until when, not when.
BORDERS: Final = frozenset(("since", "until", "till", "before", "than", "after"))
# Prepositions that set another time beside the verb's: "arrived after talks in May" tells nothing of the talks.
_OTHER_TIME: Final = frozenset(("before", "since", "until", "till", "ahead", "despite", "about"))
# Words for speaking of what somebody did, and the prepositions before it.
_COMMENTS: Final = frozenset(
    """condemn condemnation criticise criticize criticism denounce denunciation deplore slam blast decry welcome praise
    hail applaud commend congratulate thank gratitude appreciation regret concern alarm dismay outrage anger outcry
    protest object objection oppose opposition support back blame accuse apologise apologize apology mourn condolence
    discuss discussion mention recall commemorate remember mark investigate investigation deny denial justify defend
    explain explanation react reaction respond response retaliation revenge summon issue question""".split()
)
_ABOUT: Final = frozenset(("for", "at", "over", "about", "of", "against", "on", "to", "with"))
_QUOTES: Final = frozenset(('"', "“", "”", "``", "''", "«", "»"))
# What is held or given on a day, so that what is done in it has that day: "in a Friday statement, she said".
_GATHERINGS: Final = frozenset(
    ("meeting", "conference", "summit", "session", "talk", "speech", "statement", "interview", "event",
     "ceremony", "address", "briefing", "call", "hearing", "debate", "ruling", "vote", "report", "announcement",
     "message", "letter", "post", "tweet", "dispatch", "note", "release", "forum", "visit", "rally", "raid", "attack",
     "strike")
)  # fmt: skip


def inside_quotes(doc: Doc) -> list[bool]:
    """For each token whether it stands in quotation marks; a mark left open ends with its paragraph."""
    inside: list[bool] = []
    open_ = False
    for text in columns_of(doc).text:
        if "\n" in text and text.isspace():
            open_ = False
        if text in _QUOTES:
            inside.append(True)
            open_ = text in ("“", "``", "«") if text in ("“", "``", "«", "”", "''", "»") else not open_
            continue
        inside.append(open_)
    return inside


def comment_on(trigger: Token) -> int | None:
    """The word by which `trigger` is only spoken of: "condemned the attack", "concern at it", "over the arrest".

    A comment has its own time, which is not that of what it is about.
    """
    current = trigger
    for _ in range(6):
        head = current.head
        if head.i == current.i or (current.pos_ in VERBAL and current.dep_ != "pcomp"):
            return None
        commented = head.lemma_.lower() in _COMMENTS and (head.pos_ in VERBAL or head.pos_ == "NOUN")
        if commented and current.dep_ in ("dobj", "nsubjpass", "prep"):
            return head.i if current.dep_ != "prep" or current.lower_ in _ABOUT else None
        if current.dep_ == "prep" and current.lower_ in ("over", "regarding", "concerning"):
            return current.i
        if current.dep_ not in ("pobj", "pcomp", "prep", "dobj", "nsubjpass", "conj"):
            return None
        if head.pos_ in VERBAL and current.dep_ != "conj":
            return None
        current = head
    return None


def carriers(trigger: Token) -> dict[int, float]:
    """The tokens whose time is the trigger's time, each with a cost: itself, its support verb, its first conjunct.

    Upward from the trigger: an object or subject noun to its verb, an infinitive or participle to the verb that it
    completes, a conjunct to the verb it is joined to. A finite subordinate clause is a border.
    """
    found = {trigger.i: 0.0}
    current, cost = trigger, 0.0
    for _ in range(8):
        head = current.head
        if head.i == current.i:
            break
        step = _own_step(current, head)
        if step is None:
            break
        cost += step
        current = head
        found.setdefault(current.i, cost)
    return found


def _own_step(current: Token, head: Token) -> float | None:
    """The price of looking for the trigger's time one word higher."""
    dep = current.dep_
    if current.pos_ in VERBAL:
        if dep == "conj" and head.pos_ in VERBAL:
            return 1.5
        if dep in ("xcomp", "aux", "auxpass"):
            return 1.0
        if dep == "advcl" and current.tag_ in ("VBG", "VBN", "VB") and not is_finite(current):
            marked = any(c.dep_ in ("mark", "advmod") and c.lower_ in _OTHER_TIME for c in current.children)
            return None if marked else 1.5
        if dep == "pcomp" and head.lower_ not in _OTHER_TIME:
            return 1.0
        if dep == "acl" and current.tag_ == "VB":
            return 1.5
        if dep == "acl" and current.tag_ == "VBN" and _is_turned_passive(current, head):
            return 1.0
        if dep == "relcl" and current.lemma_ == "be":
            return 1.0  # "a trip which is his first visit": the visit is the trip
        return None
    if dep in ("dobj", "nsubjpass", "nsubj", "attr", "oprd", "dative") and head.pos_ in VERBAL:
        return 0.5
    if dep == "pobj":
        return 0.5 if head.lower_ not in _OTHER_TIME else None
    if dep in ("prep", "agent"):
        return 0.5
    if dep in ("conj", "appos", "compound", "nmod", "poss", "amod"):
        return 0.7
    if dep in ("npadvmod", "advmod", "pcomp"):
        return 1.0
    return None


def _is_turned_passive(participle: Token, noun: Token) -> bool:
    """ "Only in 1977 were offices opened": the parser takes the participle for an attribute of the subject."""
    return noun.dep_ in ("attr", "nsubj") and noun.head.lemma_ == "be" and noun.head.i < noun.i < participle.i


def step_up(current: Token, root: Token, trigger: Token, *, exact: bool) -> float | None:
    """The price of taking an expression one word higher, from `current` to its head; None at a border.

    `exact`: the expression names a day, so that it can date what was said at a meeting of that day.
    """
    dep, head = current.dep_, current.head
    if current.i == root.i:
        if dep in ("dobj", "nsubj", "nsubjpass", "attr", "oprd") and head.pos_ in VERBAL:
            return None  # "declared 2024 the year of": an argument, not a time
        if dep in ("compound", "nummod", "amod", "poss", "nmod") and head.pos_ not in VERBAL:
            # "the 2013 agreement", "Friday's summit": the noun's own, and of what is done at it
            if head.i == trigger.i or _supports(head, trigger):
                return 0.0
            return 0.6 if _is_occasion(head, exact=exact) else None
        return 0.0
    if current.pos_ in VERBAL:
        # "Addressing parliament on Monday, she blamed": a participle shares its time with the main verb
        if dep == "advcl" and current.tag_ in ("VBG", "VBN") and not is_finite(current):
            marked = any(
                c.dep_ in ("mark", "prep") and c.lower_ in BORDERS for c in current.children if c.i < current.i
            )
            return None if marked else 1.5
        return 1.0 if dep in ("relcl", "acl") and head.i == trigger.i and head.pos_ == "NOUN" else None
    if dep == "prep" and current.lower_ in BORDERS:
        return None
    if dep in ("prep", "pobj", "npadvmod", "advmod", "pcomp", "case", "mark"):
        return 0.1
    if current.pos_ in ("PROPN", "PRON", "NUM"):
        return 0.2
    if dep in ("dobj", "nsubjpass", "nsubj", "attr", "appos", "conj", "oprd"):
        return 0.6
    if dep in ("compound", "nmod", "amod", "poss"):
        return None
    return 0.8


def _is_occasion(noun: Token, *, exact: bool) -> bool:
    """ "At Friday's summit", "in a Friday statement", "during Friday's vote": what is told was there."""
    if noun.dep_ != "pobj":
        return False
    if noun.head.lower_ in ("at", "during"):
        return True
    if exact and noun.head.lower_ == "in" and noun.lemma_.lower() in _GATHERINGS:
        return True
    return noun.head.lower_ == "of" and noun.head.head.lower_ in ("course", "margins", "sidelines")


def _supports(noun: Token, trigger: Token) -> bool:
    return trigger.pos_ in VERBAL and noun.head.i == trigger.i and noun.dep_ in ("dobj", "nsubjpass")


def is_finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBZ", "VBP", "MD") for child in verb.children
    )


def clause_verb(trigger: Token) -> Token | None:
    """The verb of the trigger's clause: itself, or the nearest verb above."""
    current = trigger
    for _ in range(10):
        if current.pos_ in VERBAL:
            return current
        if current.head.i == current.i:
            return None
        current = current.head
    return None


def main_verb(sentence: Span) -> Token | None:
    """The verb that a sentence tells with: its root, or what is said before "..., the agency reported".

    None where the parser made no verb the root.
    """
    root = sentence.root
    if root.pos_ not in VERBAL:
        return None
    said = next((c for c in root.children if c.dep_ == "ccomp" and c.i < root.i and c.pos_ in VERBAL), None)
    own = any(c.dep_ in ("npadvmod", "prep", "advmod") and c.i > root.i for c in root.children)
    return said if said is not None and root.lemma_ in SAYING and not own else root


def is_scheduled(verb: Token) -> bool:
    """ "had been due on Monday", "was scheduled for": it says what was to be."""
    return verb.lemma_ in _SCHEDULED or any(c.lower_ in ("due", "scheduled", "slated") for c in verb.children)


def speaks_of_a_document(verb: Token) -> bool:
    """ "In it Norland commits itself", "a statement by which ties are restored": done by the document, on its day."""
    if verb.tag_ not in ("VBZ", "VBP", "VBN") or any(c.tag_ == "MD" for c in verb.children):
        return False
    if verb.dep_ == "relcl":
        return verb.head.lemma_.lower() in _DOCUMENTS
    return any(
        child.dep_ == "prep"
        and child.lower_ in ("in", "under", "by", "with")
        and any(
            p.lemma_.lower() in _DOCUMENTS or (p.lower_ in ("it", "this") and child.i < verb.i) for p in child.children
        )
        for child in verb.children
    )


def verbs_near(trigger: Token) -> list[Token]:
    """The verb above the trigger and a relative clause below it: "talks that ended on Friday"."""
    found = []
    verb = clause_verb(trigger.head) if trigger.pos_ in VERBAL else clause_verb(trigger)
    if trigger.pos_ in VERBAL:
        found.append(trigger)
    elif verb is not None:
        found.append(verb)
    found.extend(child for child in trigger.children if child.dep_ in ("relcl", "acl") and child.pos_ in VERBAL)
    return found


def is_reported(verb: Token) -> bool:
    """What somebody says has its own time: the clause stands under a verb with "that"."""
    current = verb
    while current.dep_ in ("conj", "xcomp", "relcl", "advcl", "ccomp") and current.head.i != current.i:
        if current.dep_ == "ccomp":
            return True
        if current.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in BORDERS for c in current.children):
            return True
        current = current.head
        while current.pos_ not in VERBAL and current.head.i != current.i:
            current = current.head
    return False


def is_perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)
