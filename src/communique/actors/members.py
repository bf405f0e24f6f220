"""Groups led to their members: "the two sides", "both presidents", "the foreign ministers of A and B", "they"."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

from communique.actors import knowledge
from communique.actors.context import last_state
from communique.actors.draft import DraftActor, DraftMention
from communique.actors.groups import GroupPhrase
from communique.actors.lexicon import country_names
from communique.actors.offices import OfficePhrase
from communique.actors.pronouns import Pronouns
from communique.actors.scene import SUBJECT, TOP
from communique.model import Office

_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "six": 6}


class Members(Pronouns):
    """Leads plural expressions to groups of actors."""

    def group_of(self, members: list[DraftActor]) -> DraftActor:
        """The group with exactly these members, made once."""
        key = tuple(sorted(id(m) for m in members))
        if key not in self.made:
            name = " and ".join(m.name for m in members) if len(members) == 2 else ", ".join(m.name for m in members)
            group = DraftActor("group", name, members=tuple(members), acts=any(m.acts for m in members))
            self.made[key] = self.draft.add(group)
        return self.made[key]

    def _share_countries(self, phrase: OfficePhrase, members: list[DraftActor]) -> None:
        """ "the presidents of A and B, X and Y": each the state in its place; one left over gets the one left over."""
        codes = list(dict.fromkeys(phrase.countries))
        if len(codes) == 1 and all(m.country in (None, codes[0]) for m in members):
            codes *= len(members)  # "the Kyrgyz officers X and Y"
            for member in members:
                member.country, member.country_basis = codes[0], "own"
            return
        if len(codes) != len(members):
            near = next((g for g in self.groups if phrase.start <= g.start <= phrase.end + 3), None)
            if near is None or near.members not in ("state", "any"):
                return
            codes = [s.country for s in self.states_before(phrase.start, len(members)) if s.country]
        if len(codes) != len(members):
            return
        known = [m.country for m in members if m.country]
        left = [c for c in codes if c not in known]
        lacking = [m for m in members if m.country is None]
        if len(left) == len(lacking):
            for member, code in zip(lacking, left, strict=True):
                member.country, member.country_basis = code, "own" if phrase.countries else "context"
        for member in members:
            member.offices = [replace(o, country=member.country) if o.span is None else o for o in member.offices]

    def _offices(self, phrase: OfficePhrase) -> None:
        """Plural offices without names: "the two presidents", "the foreign ministers of the two countries"."""
        words = self.words
        number = _NUMBERS.get(phrase.determiner)
        j = phrase.start
        while j > 0 and words.lower[j - 1] in ("the", "two", "three", "both", "these", "four", "six"):
            number = number or _NUMBERS.get(words.lower[j - 1])
            j -= 1
        definite = (
            j < phrase.start or phrase.determiner in ("the", "both", "two", "three", "their") or bool(phrase.countries)
        )
        if not definite:
            return
        key, noun = phrase.parts[0].key, words.lower[phrase.head]
        nested = next(
            (g for g in self.groups if phrase.end <= g.start <= phrase.end + 3 or phrase.start <= g.start < phrase.end),
            None,
        )
        countries = list(dict.fromkeys(phrase.countries))
        linked = nested is not None and (nested.start < phrase.end or words.lower[phrase.end] == "of")
        if linked and nested is not None and nested.members == "state":
            countries = [s.country for s in self.states_before(nested.start, nested.number or 2) if s.country]
            number = number or len(countries)
        singular = key
        if countries and len(countries) < (number or 2):
            return
        if countries:
            members = []
            for code in countries:
                person = self._of_country(code, singular, noun, phrase) or self._left_over(code, countries, singular)
                if person is None:
                    actor = self.unnamed.get((code, singular))
                    if actor is None:
                        part = phrase.parts[0]
                        title = part.key if part.key.endswith(" minister") else part.head.singular or part.key
                        actor = self.unnamed_actor(code, singular, title)
                        actor.sector = phrase.parts[0].head.sector
                        actor.offices.append(Office(title, None, code, singular, status=phrase.parts[0].status))
                        self.unnamed[(code, singular)] = actor
                    person = actor
                members.append(person)
        else:
            blocked = self._same_clause(phrase.head)
            members = (
                self._called_before(j, number, noun)
                or self._envoys_before(j, number, key)
                or self._persons_before(j, number or 2, key, blocked)
            )
            if len(members) < (number or 2) and key in ("leader", "official", "diplomat", "politician") and number:
                members = self._persons_before(j, number, "", blocked, within=3)
        if len(members) < 2 or (number is not None and len(members) != number):
            return
        end = max(phrase.end, nested.end if linked and nested is not None else phrase.end)
        group = self.group_of(members)
        self._describe(group, j, end, phrase.head)

    def _called_before(self, i: int, number: int | None, noun: str) -> list[DraftActor]:
        """The named persons whom the report has already called by this plural: "X and Y, the ministers of ..."."""
        for mention in sorted(self.draft.mentions, key=lambda m: -m.start):
            group = mention.actor
            if mention.start >= i or group.kind != "group" or not group.members or mention.form != "description":
                continue
            if noun == self.words.lower[mention.head] and (number or len(group.members)) == len(group.members):
                return list(group.members) if all(m.kind == "person" for m in group.members) else []
        return []

    def _envoys_before(self, i: int, number: int | None, key: str) -> list[DraftActor]:
        """For "the diplomats", "the officials": the last group of officers that the report has named together."""
        if key not in ("diplomat", "official") or number == 2:
            return []
        for mention in self.draft.before(i, sentences=3):
            members = mention.actor.members or ()
            if (
                mention.actor.kind == "group"
                and len(members) > 2
                and all(m.kind == "person" and m.keys for m in members)
            ):
                return list(members)
        return []

    def unnamed_actor(self, country: str, key: str, title: str) -> DraftActor:
        """A new person without a name; the table's holder where day, country and office leave one."""
        name = title
        if country:
            name = f"{title} of {country_names().get(country, country)}"
        actor = self.draft.add(DraftActor("person", name, country=country or None, named=False))
        actor.keys.add(key)
        if self.day is not None and country:
            spells = knowledge.by_office(country, key, self.day)
            if spells and knowledge.same_person(spells):
                actor.name = knowledge.usual_name(spells[0], spells[0].family)
                actor.named = True
                actor.offices.append(Office(spells[0].title or key, None, country, key, basis="table"))
        self.people.persons.append(actor)
        self.people.parts[id(actor)] = []
        return actor

    def _left_over(self, code: str, codes: list[str], key: str) -> DraftActor | None:
        """The one holder without a state, where every other state of the phrase has its own."""
        if any(p.country == code and p.keys & TOP for p in self.people.persons):
            return None
        fits = [
            p for p in self.people.persons
            if p.country is None and p.country_basis != "body" and (key in p.keys or (key == "leader" and p.keys & TOP))
        ]  # fmt: skip
        if len(fits) != 1 or len(codes) != 2:
            return None
        fits[0].country, fits[0].country_basis = code, "context"
        return fits[0]

    def _of_country(self, code: str, key: str, noun: str, phrase: OfficePhrase) -> DraftActor | None:
        for person in self.people.persons:
            if person.country == code and not person.members:
                if key in person.keys or (noun in ("leaders", "heads") and person.keys & TOP):
                    return person
                if key == "president" and "head of state" in person.keys:
                    return person
        return None

    def _persons_before(
        self, i: int, number: int, key: str, blocked: set[int], *, within: int = 99
    ) -> list[DraftActor]:
        """The last `number` different persons named before token `i`, at most `within` sentences back, who fit the
        office; `blocked` are heads that the grammar excludes."""
        found: list[DraftActor] = []
        for mention in self.draft.before(i, sentences=min(within, 60)):
            actor = mention.actor
            if mention.start >= i or actor.kind != "person" or actor in found:
                continue
            if mention.head in blocked or self.words.sentence[i] - self.words.sentence[mention.start] > within:
                continue
            if key:
                fits = key in actor.keys or (key == "minister" and any(k.endswith("minister") for k in actor.keys))
                fits = (
                    fits
                    or (key == "leader" and bool(actor.keys & TOP))
                    or (key == "president" and "head of state" in actor.keys)
                )
                fits = fits or (key in ("official", "diplomat", "politician") and actor.sector in ("GOV", "LEG", "IGO"))
                if not fits:
                    continue
            found.append(actor)
            if len(found) == number:
                break
        return found[::-1]

    def _pair(self, ranked: dict[str, float], order: list[str]) -> list[str]:
        """The pair of states with the most weight, those that the report joins ("A and B") above others."""
        joined = self.joined_states()
        best = max(
            (
                (ranked[a] + ranked[b] + 4.5 * min(joined.get(frozenset((a, b)), 0), 3), [a, b])
                for a, b in combinations(ranked, 2)
            ),
            key=lambda pair: pair[0],
            default=(0.0, order),
        )
        return best[1]

    def joined_states(self) -> dict[frozenset[str], int]:
        """How often the report joins two states: "A and B", "A-B", "between A and B", or by a verb of theirs."""
        if self.joined is None:
            words = self.words
            joined: dict[frozenset[str], int] = {}
            kinds = ("state", "person")
            mentions = [m for m in self.draft.mentions if m.actor.kind in kinds and m.actor.country]
            mentions.sort(key=lambda m: m.start)
            for one, two in pairwise(mentions):
                between = words.lower[one.end : two.start]
                if one.actor.country == two.actor.country or words.sentence[one.start] != words.sentence[two.start]:
                    continue
                if len(between) <= 2 and between and all(w in ("and", "-", "–", "with", "&", "the") for w in between):
                    key = frozenset((one.actor.country or "", two.actor.country or ""))
                    joined[key] = joined.get(key, 0) + 1
            self.joined = joined
        return self.joined

    def states_before(self, i: int, number: int, *, but: str | None = None) -> list[DraftActor]:
        """The `number` states that the talk is about at token `i`; `but` is an ISO code to leave out."""
        states = self.draft.states()
        names = country_names()
        if number > 2 and but is None:
            listed = self._listed_states(i, number)
            if listed:
                return listed
        ranked: dict[str, float] = {}
        words = self.words
        for mention in self.draft.mentions:
            actor = mention.actor
            if (
                actor.kind not in ("state", "person", "organisation")
                or actor.country is None
                or (actor.country == "EUU" and actor.kind == "person")
            ):
                continue
            if mention.form == "pronoun" or (actor.kind == "person" and not actor.acts):
                continue
            distance = words.sentence[i] - words.sentence[mention.start]
            if mention.start > i and distance == 0:
                distance = 1
            if distance < 0:
                distance = 3 - distance
            weight = max(0.5, 12.0 - 2.5 * distance)
            if mention.form == "place":
                weight *= 0.4
            if actor.kind == "person":
                weight *= 0.9
            ranked[actor.country] = max(ranked.get(actor.country, 0.0), weight) + 0.6
        begin, end = words.sentence_bounds[words.sentence[i]]
        for k in range(begin, end):
            code = knowledge.capitals().get(words.text[k])
            if code in ranked and self.draft.taken[k] is None:
                ranked[code] += 5.0  # a capital where they meet
        if but is not None:
            ranked.pop(but, None)
        order = sorted(ranked, key=lambda code: -ranked[code])[:number]
        if number == 2 and len(ranked) > 2:
            order = self._pair(ranked, order)
        if len(order) < number:
            return []
        return [
            states.get(code) or self.draft.state(code, names.get(code, code))
            for code in sorted(order, key=list(ranked).index)
        ]

    def _listed_states(self, i: int, number: int) -> list[DraftActor]:
        """The last list of exactly `number` states before token `i`: "A, B and C", at most three sentences back."""
        words = self.words
        near = sorted(
            (m for m in self.draft.before(i, sentences=3) if m.actor.kind == "state"), key=lambda m: m.start
        )  # fmt: skip
        runs: list[list[DraftActor]] = []
        for n, mention in enumerate(near):
            before = near[n - 1] if n else None
            if (
                before is not None
                and before.end < mention.start
                and all(w in (",", "and", "the", "&") for w in words.lower[before.end : mention.start])
            ):
                runs[-1].append(mention.actor)
            else:
                runs.append([mention.actor])
        lists = [list(dict.fromkeys(run)) for run in runs]
        return next((run for run in reversed(lists) if len(run) == number), [])

    def _group(self, group: GroupPhrase) -> None:
        inside = [m for m in self.draft.taken[group.start : group.head + 1] if m is not None]
        if any(m.form != "adjective" for m in inside):
            return
        number = group.number or 2
        members = self._at_war(group.start) if number == 2 and group.members in ("state", "any") else []
        members = members or self._likely_members(group, number)
        if len(members) != number and not (group.number is None and len(members) >= 2):
            return
        self._describe(self.group_of(members), group.start, group.end, group.head)

    def _likely_members(self, group: GroupPhrase, number: int) -> list[DraftActor]:
        """The states or persons last named that are as many as the phrase says."""
        words = self.words
        members: list[DraftActor] = []
        if group.members in ("state", "any") and group.noun not in ("two", "both", "three", "four", "six"):
            if len(group.countries) >= 2:
                names = country_names()
                members = [self.draft.state(c, names.get(c, c)) for c in group.countries]
            else:
                own = words.lower[group.start] == "its"
                members = self.states_before(
                    group.start, number, but=last_state(self.people, words, group.start) if own else None
                )
        elif group.members == "person" or group.noun in ("two", "both", "three", "four", "six"):
            blocked = self._same_clause(group.head)
            within = 2 if group.members == "any" else 8
            members = self._persons_before(group.start, number, "", blocked, within=within)
            if number == 2 and group.members == "person":
                members = self._peers(group.start, blocked) or members
            if len(members) < number or self._states_nearer(group.start, members):
                members = self.states_before(group.start, number) if group.members == "any" else members
        return members

    def _at_war(self, i: int) -> list[DraftActor]:
        """The last government and rebel body named side by side, at most two sentences before "both sides"."""
        words = self.words
        for k in range(i - 1, -1, -1):
            if words.sentence[i] - words.sentence[k] > 2:
                break
            pair = [self._side(words.head[k]), self._side(k)] if words.dep[k] == "conj" else []
            actors = [mention.actor for mention in pair if mention is not None]
            sided = {actor.kind for actor in actors} <= {"state", "organisation"}
            if len(actors) == 2 and sided and any(a.sector == "REB" for a in actors) and actors[0] is not actors[1]:
                return actors
        return []

    def _side(self, i: int) -> DraftMention | None:
        """Whom token `i` names, or whose government it is: "the Colombian government", "the government of Mali"."""
        children = self.words.children
        near = (i, *children[i], *(below for child in children[i] for below in children[child]))
        return next((m for m in (self.draft.taken[k] for k in near) if m is not None), None)

    def _peers(self, i: int, blocked: set[int]) -> list[DraftActor]:
        """For "the two men": the last named officer and the last one of like rank of another state."""
        recent = self._persons_before(i, 6, "", blocked, within=6)[::-1]
        top = [p for p in recent if p.keys & TOP and p.country]
        if not top:
            return []
        telling = {c for c in self.words.children[self._root(i)] if self.words.dep[c] in SUBJECT}
        if recent[0] is not top[0] and not any(m.head in telling for m in recent[0].mentions):
            return []
        other = next((p for p in top[1:] if p.country != top[0].country), None)
        return [other, top[0]] if other is not None else []

    def _states_nearer(self, i: int, persons: list[DraftActor]) -> bool:
        """Whether states as subjects stand nearer than the persons."""
        words = self.words
        last_person = max((m.start for p in persons for m in p.mentions if m.start < i), default=-1)
        states = [
            m.start
            for m in self.draft.mentions
            if m.actor.kind == "state" and m.start < i and m.form in ("name", "metonym")
        ]
        states = [s for s in states if words.sentence[i] - words.sentence[s] <= 1]
        return len(states) >= 2 and sorted(states)[-2] > last_person

    def _they(self, i: int) -> None:
        """A plural pronoun: the group or the joined persons or states last named as a subject."""
        best: tuple[int, DraftActor] | None = None
        for mention in self.draft.before(i, sentences=2):
            if mention.actor.kind != "group":
                continue
            if best is None:
                best = (mention.start, mention.actor)
        joined = self._joined_before(i)
        if joined is not None and (best is None or joined[0] > best[0]) and not self._other_plural(joined[0], i):
            best = (joined[0], self.group_of(joined[1]))
        if best is not None and not self._other_plural(best[0], i):
            self.draft.mention(best[1], "pronoun", i, i + 1)

    def _other_plural(self, start: int, i: int) -> bool:
        """Whether a plural noun that is no actor stands as a subject in between."""
        words = self.words
        return any(
            words.tag[k] in ("NNS", "NNPS") and words.dep[k] in SUBJECT and self.draft.taken[k] is None
            for k in range(start + 1, i)
        )

    def _joined_before(self, i: int) -> tuple[int, list[DraftActor]] | None:
        words = self.words
        for k in range(i - 1, max(-1, i - 70), -1):
            mention = self.draft.taken[k]
            if mention is None or mention.head != k or words.dep[k] != "conj":
                continue
            if mention.actor.kind not in ("person", "state"):
                continue
            first = words.head[k]
            chain = [mention.actor]
            while True:
                other = self.draft.taken[first]
                if other is None or other.actor.kind != mention.actor.kind:
                    break
                chain.append(other.actor)
                if words.dep[first] != "conj":
                    break
                first = words.head[first]
            chain = list(dict.fromkeys(chain))
            if len(chain) >= 2 and words.sentence[i] - words.sentence[k] <= 2:
                return k, chain[::-1]
        return None
