"""Toward whom an act is directed, where the frame itself does not say: the other actor named in its arguments.

"Fiji threatened to cut its aid to Tonga": Tonga is named inside what Fiji threatens. People of no stated country toward
whom a state's own authorities act ("police dispersed the demonstrators") belong to that state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.codebook.home import DOERS
from communique.codebook.matcher import Match
from communique.codebook.roles import Party, RoleReader
from communique.language.clauses import Clauses, lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_VERBAL = frozenset({"VERB", "AUX"})
# Where the other side stands, nearest meaning first.
_TOWARD = (
    "against",
    "with",
    "to",
    "toward",
    "towards",
    "on",
    "from",
    "for",
    "of",
    "over",
    "at",
    "between",
    "by",
    "into",
)


_POSTS = frozenset({"embassy", "consulate", "mission", "legation"})
_EDGES = frozenset({"border", "frontier"})
_DEEP = 3  # steps from the trigger; a verb inside a verb is half a step


class TargetFinder:
    """Finds the other side of matches of one Doc."""

    def __init__(self, doc: Doc, clauses: Clauses, roles: RoleReader) -> None:
        self.doc = doc
        self.clauses = clauses
        self.roles = roles

    def find(self, match: Match, *, at_home: bool) -> tuple[Party, ...]:
        """The actors toward whom the act is directed; () when none is named, or the frame has named one.

        `at_home`: the act may be directed at people of the doer's own country.
        """
        doers = [p for p in match.parties if p.role in DOERS]
        if not doers or len(doers) != len(match.parties):
            return ()
        own = {p.side for p in doers}
        officials = all(p.kind in {"state", "organisation"} for p in doers)  # who do nothing toward their own state
        names = {p.actor for p in doers if p.actor is not None}
        local: tuple[Party, ...] = ()
        for head in self._arguments(match, at_home=at_home):
            teller = self._teller(head, match, own) if at_home else None
            if teller is not None:
                return (self.roles.state(teller, "recipient", head),)
            found = [p for p in self.roles.parties(head, "recipient", "any", countries=True) if p.actor not in names]
            if not any(p.country or p.acts for p in found):
                found = [p for p in self.roles.owners(head, "recipient") if p.actor not in names] or found
            foreign = tuple(
                p for p in found if p.side not in own and (p.country or p.kind == "organisation") and p.acts
            )
            if foreign:
                return (*foreign, *self._joined_with(head, foreign, own))
            inside = tuple(p for p in found if not (officials and p.kind == "state" and p.side in own))
            if not local and inside:
                local = inside
            elif not local and self.roles.names_people(head):
                local = (self.roles.people(head, "recipient"),)
        return local if at_home else ()

    def settled(self, match: Match, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """`parties` with a country for people who are known as somebody's: "killed two of its soldiers, Chad said"."""
        own = {p.side for p in parties if p.role in DOERS}
        if not own or not any(p.role == "recipient" and p.country is None for p in parties):
            return parties
        return tuple(
            replace(p, country=self._teller(p.token, match, own))
            if p.role == "recipient" and p.country is None and p.actor is None
            else p
            for p in parties
        )

    def _teller(self, head: int, match: Match, own: set[str]) -> str | None:
        """The country of who tells it, if `head` is his: "Chad said that Libya had shelled its villages". Nobody shells
        his own."""
        owners = {c.lower_ for c in self.doc[head].children if c.dep_ == "poss" or c.lower_ == "own"}
        if owners != {"its"}:
            return None
        sources = [
            pobj.i
            for source in self.doc[match.support].children
            if source.lower_ == "according"
            for pobj in source.subtree
            if pobj.dep_ == "pobj"
        ]
        for above in self.clauses.ancestors(match.support):
            sources += self.clauses.clause(above).subjects
        for i in sources:
            found = {p.country for p in self.roles.parties(i, "recipient", "actor", countries=True) if p.country}
            if len(found) == 1 and own.isdisjoint(found):
                return found.pop()
        return None

    def _joined_with(self, head: int, found: tuple[Party, ...], own: set[str]) -> list[Party]:
        """ "Aid for Romania and Poland": the others joined to the one found."""
        more = (
            party
            for other in self.clauses.heads(self.doc[head])[1:]
            for party in self.roles.parties(other, "recipient", "any", countries=True)
        )
        have = own | {p.side for p in found}
        return [p for p in more if p.side not in have and p.acts and (p.country or p.kind == "organisation")]

    def _arguments(self, match: Match, *, at_home: bool) -> Iterator[int]:
        """Heads of the trigger's arguments and of the arguments inside them, nearest first, each once."""
        seen: set[int] = set(self._doer_tokens(match))
        queue: list[tuple[int, float]] = [(match.trigger, 0)]
        if match.support != match.trigger:
            queue.append((match.support, 0))
        while queue:
            node, depth = queue.pop(0)
            for head in self._below(node, depth, at_home=at_home):
                if head in seen:
                    continue
                seen.add(head)
                if lemma_of(self.doc[head]) in _EDGES:  # "on the Thai border": where, not toward whom
                    if self.doc[head].head.lower_ == "across":  # "villages across the border in Ghana" are Ghana's
                        queue.append((head, depth))
                    continue
                verbal = self.doc[head].pos_ in _VERBAL
                if not verbal:
                    yield head
                if depth < _DEEP:
                    queue.append((head, depth + (0.5 if verbal else 1)))

    def _below(self, node: int, depth: float, *, at_home: bool) -> Iterator[int]:
        token = self.doc[node]
        preps = self.clauses.preps(node)
        if token.pos_ in _VERBAL:
            clause = self.clauses.clause(node)
            if depth:
                yield from clause.subjects
            yield from clause.objects
            yield from clause.indirect
        # What is done in a country is done to it only by force, or where it is done to what one has there.
        inside = at_home or lemma_of(token) in _POSTS
        for name in (*_TOWARD, "in", "across") if inside else _TOWARD:
            yield from preps.get(name, ())
        for child in token.children:
            purpose = child.dep_ == "advcl" and depth == 0 and any(c.lower_ == "to" for c in child.children)
            if child.dep_ in {"xcomp", "ccomp", "acl", "pcomp"} or purpose:
                yield from self.clauses.heads(child, verbal=True)

    def _doer_tokens(self, match: Match) -> Iterator[int]:
        for party in match.parties:
            yield party.token
            mention = self.roles.cast.at(party.token)
            if mention is not None:
                yield from range(mention.full_start, mention.full_end)
