"""Days counted from another happening: "six days after X was freed", "three days before the vote", "the day of Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from communique.dates.attach.links import Links
from communique.dates.attach.paths import carriers
from communique.dates.expressions import TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SIGN: Final = {"after": 1, "following": 1, "before": -1}
# Nouns of an act, and verbs that tell of it in other words.
_IN_OTHER_WORDS: Final = {
    "arrival": ("arrive", "land", "come", "reach"),
    "departure": ("depart", "leave"),
    "attack": ("strike", "raid", "hit", "bomb"),
    "strike": ("attack", "hit", "bomb"),
    "death": ("die", "kill"),
    "crash": ("crash", "down"),
    "killing": ("kill", "assassinate"),
}


class Offset(NamedTuple):
    """`steps` days between an event and the happening named by token `other`; `span` of words that say so.

    `inside`: the event is the one behind "after", so it is counted back from the other.
    """

    other: int
    steps: int
    words: TimeExpression | None
    inside: bool


class Offsets:
    """Finds, within one text, from which other happening a word's day is counted."""

    def __init__(self, doc: Doc, links: Links) -> None:
        self.doc = doc
        self.links = links

    def of(self, trigger: Token) -> Offset | None:
        """The offset by which `trigger` is dated; None where it is not counted from anything."""
        for expression in self.links.of_sentence(trigger):
            steps = _steps(expression)
            if steps is None or expression.end >= len(self.doc):
                continue
            word = self.doc[expression.end]
            sign = _SIGN.get(word.lower_)
            if sign is None or word.sent.start != expression.sentence:
                continue
            found = self._across(trigger, word, sign * steps, expression)
            if found is not None:
                return found
        return self._same_day(trigger)

    def _across(self, trigger: Token, word: Token, steps: int, expression: TimeExpression) -> Offset | None:
        """Which side of "six days after" the trigger stands on."""
        if word.dep_ == "mark":
            behind, main = word.head, word.head.head
        else:
            behind = next((c for c in word.children if c.dep_ in ("pobj", "pcomp")), None)  # type: ignore[assignment]
            main = word.head if word.head.i != expression.end - 1 else word.head.head
        if behind is None or main.i == behind.i:
            return None
        own = carriers(trigger)
        if behind.i in own and main.i not in [i for i in own if own[i] < own[behind.i]]:
            return Offset(main.i, -steps, expression, inside=True)
        if main.i in own and trigger.i not in [t.i for t in behind.subtree]:
            return Offset(behind.i, steps, expression, inside=False)
        return None

    def _same_day(self, trigger: Token) -> Offset | None:
        """ "on the day of the vote", "on the very day of his arrival"."""
        own = carriers(trigger)
        for token in trigger.sent:
            if token.lower_ != "day" or token.dep_ != "pobj" or token.head.lower_ != "on":
                continue
            noun = next((p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None)
            numbered = any(c.pos_ == "ADJ" and c.lower_ not in ("very", "same") for c in token.children)
            if noun is not None and not numbered and token.head.head.i in own:
                return Offset(noun.i, 0, None, inside=False)
        return None

    def mentions_of(self, noun: Token) -> list[Token]:
        """Other words of the text that tell of the act that `noun` names: "vote" and "voted", "arrival" and "lands"."""
        if noun.pos_ not in ("NOUN", "VERB"):
            return []
        lemma = noun.lemma_.lower()
        stem = lemma[: max(4, len(lemma) - 4)]
        others = _IN_OTHER_WORDS.get(lemma, ())
        found = [
            t
            for t in self.doc
            if t.i != noun.i and t.pos_ in ("NOUN", "VERB")
            and (t.lemma_.lower() in others or (len(t.lemma_) >= 4 and t.lemma_.lower().startswith(stem)))
        ]  # fmt: skip
        whose = _whose(noun)
        return sorted(found, key=lambda t: not whose & (_whose(t) | {c.lemma_.lower()[:4] for c in t.children}))


def _whose(noun: Token) -> set[str]:
    """Beginnings of the words that say whose act it is: "the Norlandish attack", "Norland's attack"."""
    return {c.lemma_.lower()[:4] for c in noun.children if c.dep_ in ("amod", "poss", "compound") and len(c) >= 4}


def _steps(expression: TimeExpression) -> int | None:
    """Days in a duration of days or weeks; hours are the same day."""
    form = expression.form
    if form.kind != "duration":
        return None
    if form.unit in ("hour", "minute"):
        return 0 if form.number is None or form.number < 12 else None
    if form.unit not in ("day", "week", "fortnight") or not form.number:
        return None
    return int(form.number * {"day": 1, "week": 7, "fortnight": 14}[form.unit])
