"""The expression that dates a word by the parse of its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from communique.dates.attach.paths import BORDERS, SAYING, VERBAL, carriers, clause_verb, comment_on, step_up
from communique.dates.expressions import TimeExpression
from communique.dates.grammar.tense import verb_beside

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# "a fall of two points from Wednesday": compared with, not when.
_CHANGE: Final = frozenset(
    ("up", "down", "increase", "decrease", "rise", "fall", "drop", "gain", "loss", "decline", "change", "compare",
     "lower", "higher", "percent", "%", "point", "close", "jump", "slip", "climb", "grow", "shrink")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """An expression that may date a trigger. The lower `cost`, the closer it hangs."""

    cost: float
    expression: TimeExpression


class Links:
    """Looks up, within one text, which expression hangs on a word."""

    def __init__(self, doc: Doc, times: tuple[TimeExpression, ...], quoted: list[bool]) -> None:
        self.doc = doc
        self.quoted = quoted
        self._by_sentence: dict[int, list[TimeExpression]] = {}
        for expression in times:
            self._by_sentence.setdefault(expression.sentence, []).append(expression)

    def of_sentence(self, token: Token) -> list[TimeExpression]:
        """The expressions of `token`'s sentence, in order."""
        return self._by_sentence.get(token.sent.start, [])

    def expression_of(self, trigger: int) -> TimeExpression | None:
        """The expression that dates token `trigger`; None where the sentence gives it none."""
        token = self.doc[trigger]
        candidates = [
            e
            for e in self.of_sentence(token)
            if e.type != "SET" and e.form.kind != "duration" and not self._is_border(e)
            and self.quoted[e.start] == self.quoted[trigger]
        ]  # fmt: skip
        links = [Link(cost, e) for e in candidates if (cost := self._cost(token, e)) is not None]
        if not links:
            return self._left_over(token, candidates)
        return min(links, key=lambda link: (link.cost, abs(link.expression.start - trigger))).expression

    def length_ahead(self, trigger: Token) -> TimeExpression | None:
        """The length behind "in" or "within" that hangs on `trigger`: "will meet in two weeks"."""
        for expression in self.of_sentence(trigger):
            known = expression.form.kind == "duration" and expression.preposition in ("in", "within")
            if known and self.quoted[expression.start] == self.quoted[trigger.i]:
                cost = self._cost(trigger, expression)
                if cost is not None:
                    return expression
        return None

    def _is_border(self, expression: TimeExpression) -> bool:
        """ "since 1997", "until May", "over the next four years", "up two points from Wednesday": not when."""
        if expression.form.kind == "period" and (expression.form.shift or 0) > 0:
            return True
        i = expression.start - 1
        while i >= 0 and self.doc[i].lower_ in ("the", "at", "least", "late", "early"):
            i -= 1
        if i < 0:
            return False
        before = self.doc[i]
        if before.lower_ == "from":
            return any(t.lemma_.lower() in _CHANGE for t in (before.head, *self.doc[max(0, i - 4) : i]))
        return before.lower_ in BORDERS

    def _cost(self, trigger: Token, expression: TimeExpression) -> float | None:
        """How far `expression` hangs from `trigger`; None when it belongs to something else."""
        if expression.start <= trigger.i < expression.end:
            return None
        if self._opens(trigger, expression):
            return 0.0
        own = carriers(trigger)
        comment = comment_on(trigger) if expression.start < trigger.i else None
        if comment is not None:  # "condemned on Friday the attack": but "the attack on Friday" may be the attack's
            path = list(own)
            own = {i: own[i] for i in path[: path.index(comment)]} if comment in own else own
        root = self.doc[expression.start : expression.end].root
        beside = verb_beside(self.doc, expression.start)
        nearest = next((t for t in root.ancestors if t.pos_ in VERBAL), None)
        if beside is not None and (nearest is None or nearest.i != beside.i):
            root = current = beside  # the parser hung it on a verb further on
        else:
            current = self._preposition_of_name(expression, root) or root
        exact = expression.form.kind == "weekday" or bool(expression.form.day)
        cost = 0.0
        for _ in range(10):
            if current.i in own:
                return cost + own[current.i]
            if current.head.i == current.i:
                return None
            step = step_up(current, root, trigger, exact=exact)
            if step is None:
                return None
            cost += step
            current = current.head
        return None

    def _preposition_of_name(self, expression: TimeExpression, root: Token) -> Token | None:
        """ "On Friday Jo Lind met": the parser reads the day as part of the name behind it."""
        if root.dep_ not in ("compound", "nmod", "npadvmod") or root.head.pos_ != "PROPN" or root.head.i < root.i:
            return None
        before = self.doc[expression.start - 1] if expression.start else None
        return before if before is not None and before.pos_ == "ADP" else None

    def _opens(self, trigger: Token, expression: TimeExpression) -> bool:
        """ "on Sunday, when their plane landed": the clause of "when" happened at the time before it."""
        verb = clause_verb(trigger)
        for _ in range(3):
            if verb is None:
                return False
            for child in verb.children:
                if child.lower_ == "when" and 0 <= child.i - expression.end <= 1 and child.i < verb.i:
                    return True
            if verb.dep_ not in ("conj", "xcomp") or verb.head.i == verb.i:
                return False
            verb = verb.head
        return False

    def _left_over(self, trigger: Token, candidates: list[TimeExpression]) -> TimeExpression | None:
        """The one expression that the verb of saying leaves to what is said.

        "A held talks with B in Oslo from 3 to 4 May, the ministry said on Monday": where the parser loses its way in
        the long clause, the day that stands beside "said" is the saying's, the other one is the talks'.
        """
        said = [e for e in candidates if (verb := verb_beside(self.doc, e.start)) and verb.lemma_ in SAYING]
        others = [e for e in candidates if e not in said]
        if len(said) != 1 or len(others) != 1:
            return None
        verb = clause_verb(trigger)
        other = others[0]
        if verb is None or verb.lemma_ in SAYING or trigger.i > other.start or other.start > said[0].start:
            return None
        under = [t for t in (trigger, *trigger.ancestors) if t.dep_ in ("relcl", "acl", "advcl")]
        beside = self.doc[other.start : other.end].root
        apart = [t for t in (beside, *beside.ancestors) if t.dep_ in ("relcl", "acl", "advcl") and t.pos_ in VERBAL]
        return None if under or apart else other
