"""What all rules of reference share: the draft, the people, and how an expression is noted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from communique.actors.context import dateline_country, home_country
from communique.actors.draft import Draft, DraftActor
from communique.actors.groups import GroupPhrase
from communique.actors.office_words import office_heads
from communique.actors.people import People
from communique.actors.words import Words
from communique.model import DayRange
from communique.tables import rows

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST = frozenset({"i", "me", "my", "mine", "myself"})
WHO = frozenset({"who", "whom", "whose"})
OWN = frozenset({"his", "her", "their", "my"})
SUBJECT = frozenset({"nsubj", "nsubjpass"})
# Offices at the top of a state: "the leaders" are these.
TOP = frozenset({"president", "head of state", "monarch", "head of government", "leader", "general secretary", "pope",
                  "chief executive", "crown prince"})  # fmt: skip
SAYING = frozenset(
    """say tell add note stress voice express announce declare claim state argue explain comment reply respond answer
    insist warn urge write tweet suggest believe think recall emphasize emphasise underline reiterate confirm pledge
    vow promise propose observe quip remark point concede continue conclude ask joke lament read post exclaim""".split()
)


@lru_cache(maxsize=1)
def person_nouns() -> dict[str, tuple[str, str]]:
    """Noun for a person -> (gender, "generic" or "kin")."""
    return {row["noun"]: (row["gender"], row["class"]) for row in rows("person_nouns")}


class Scene:
    """One report while its expressions are led to their actors."""

    def __init__(
        self, draft: Draft, people: People, groups: list[GroupPhrase],
        country_at: Mapping[int, tuple[int, int, str]], day: DayRange | None,
    ) -> None:  # fmt: skip
        self.draft = draft
        self.words: Words = draft.words
        self.people = people
        self.groups = groups
        self.country_at = country_at
        self.day = day
        self.kin: dict[tuple[int, str], DraftActor] = {}
        self.unnamed: dict[tuple[str, str], DraftActor] = {}
        self.joined: dict[frozenset[str], int] | None = None
        self.made: dict[tuple[int, ...], DraftActor] = {}
        self._home: list[str | None] = []

    def home(self) -> str | None:
        """The state that the report takes for granted: of unmarked offices, else of its dateline."""
        if not self._home:
            self._home.append(home_country(self.people, self.words) or dateline_country(self.words))
        return self._home[0]

    def _free(self, i: int) -> bool:
        return self.draft.taken[i] is None

    def _describe(self, person: DraftActor, start: int, end: int, head: int) -> None:
        kept = self.draft.taken[start:end]
        self.draft.mention(person, "description", start, end, head=head)
        for k, mention in zip(range(start, end), kept, strict=True):
            if mention is not None or self.words.lower[k] in OWN:
                self.draft.taken[k] = mention

    def _is_person_noun(self, i: int) -> bool:
        word = self.words.lower[i]
        return word in person_nouns() or word in office_heads()

    def actor_at(self, i: int) -> DraftActor | None:
        mention = self.draft.taken[i] if 0 <= i < self.words.n else None
        if mention is not None and mention.actor.kind == "person":
            return mention.actor
        for m in self.draft.around(i) if 0 <= i < self.words.n else ():
            if m.full_start <= i < m.full_end and m.actor.kind == "person":
                return m.actor
        return None

    def _root(self, i: int) -> int:
        """The root of the sentence of token `i`."""
        while self.words.head[i] != i:
            i = self.words.head[i]
        return i

    def _same_clause(self, i: int) -> set[int]:
        """Heads that a plain pronoun at `i` cannot mean: its own verb's other arguments."""
        words = self.words
        if words.dep[i] in SUBJECT:
            verb = words.head[i]
            return {c for c in words.children[verb] if c != i and words.dep[c] in ("dobj", "dative", "attr")}
        governor = words.head[i]
        if words.dep[governor] in ("prep", "agent", "dative"):
            governor = words.head[governor]
        while words.pos[governor] == "NOUN" and words.head[governor] != governor:
            governor = words.head[governor]
            if words.dep[governor] == "prep":
                governor = words.head[governor]
        blocked = {c for c in words.children[governor] if words.dep[c] in SUBJECT}
        # "there is no dispute between her and X"
        there = any(words.dep[c] == "expl" for c in words.children[governor])
        if words.dep[governor] in ("conj", "xcomp") and not blocked and not there:
            blocked = {c for c in words.children[words.head[governor]] if words.dep[c] in SUBJECT}
        return blocked
