"""Leading pronouns, descriptions and groups to their actors, in the order of the text.

Everything named outright is on the draft already. Each expression is resolved with what stands before it (and, for
"In his message, X said", with the subject that follows).
"""

from __future__ import annotations

from dataclasses import dataclass

from communique.actors.descriptions import Descriptions
from communique.actors.groups import GroupPhrase
from communique.actors.offices import OfficePhrase
from communique.actors.scene import FIRST, HE, SHE, THEY, WHO, person_nouns


@dataclass(slots=True)
class Expression:
    """Something to resolve at token `start`: a pronoun, a description, a group."""

    start: int
    kind: str  # "pronoun", "they", "first", "who", "office", "noun", "group", "latter"
    phrase: OfficePhrase | GroupPhrase | None = None


class Resolver(Descriptions):
    """Resolves the expressions of one report; adds mentions and groups to the draft."""

    def run(self) -> None:
        """Resolve everything, left to right; "I" last, when all speakers are known."""
        self._appositions()
        for phrase, runs in self.people.shared:
            members = [self.people.person_of[r.start] for r in runs if r.start in self.people.person_of]
            if len(members) > 1 and phrase.plural:
                group = self.group_of(members)
                self._describe(group, min(phrase.bare_start, runs[0].start), max(phrase.end, runs[-1].end), phrase.head)
                self._share_countries(phrase, members)
        self._named_counterparts()
        self._named_to_offices()
        late: list[Expression] = []
        for expression in self._expressions():
            if expression.kind == "first":
                late.append(expression)
            elif expression.kind == "pronoun":
                self._pronoun(expression.start)
            elif expression.kind == "who":
                self._who(expression.start)
            elif expression.kind == "they":
                self._they(expression.start)
            elif expression.kind == "office" and isinstance(expression.phrase, OfficePhrase):
                self._office(expression.phrase)
            elif expression.kind == "group" and isinstance(expression.phrase, GroupPhrase):
                self._group(expression.phrase)
            elif expression.kind == "latter":
                self._one_of_two(expression.start)
            elif expression.kind == "noun":
                self._noun(expression.start)
        for expression in late:
            self._first(expression.start)

    def _expressions(self) -> list[Expression]:
        words = self.words
        found: list[Expression] = []
        for i in range(words.n):
            lower = words.lower[i]
            if self.draft.taken[i] is not None:
                continue
            if lower in HE or lower in SHE:
                found.append(Expression(i, "pronoun"))
            elif lower in THEY:
                found.append(Expression(i, "they"))
            elif lower in FIRST and (lower != "i" or words.text[i] == "I"):
                found.append(Expression(i, "first"))
            elif lower in WHO:
                found.append(Expression(i, "who"))
            elif lower in ("latter", "former") and self._is_one_of_two(i):
                found.append(Expression(i, "latter"))
            elif lower in person_nouns() and words.pos[i] == "NOUN":
                found.append(Expression(i, "noun"))
        for phrase in self.people.phrases:
            if id(phrase) not in self.people.used or phrase.parts[0].head.key == "counterpart":
                found.append(Expression(phrase.start, "office", phrase))
        for group in self.groups:
            found.append(Expression(group.start, "group", group))
        found.sort(key=lambda e: (e.start, e.kind))
        return found
