"""Leading pronouns, descriptions and groups to their actors, in the order of the text.

Everything named outright is on the draft already. Each expression is resolved with what stands before it (and, for
"In his message, X said", with the subject that follows).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise

from communique.actors import knowledge
from communique.actors.context import last_state
from communique.actors.draft import Draft, DraftActor, DraftMention
from communique.actors.groups import GroupPhrase
from communique.actors.lexicon import country_names
from communique.actors.offices import OfficePhrase, office_heads
from communique.actors.people import People
from communique.actors.words import Words
from communique.model import DayRange, Office, Span
from communique.tables import rows

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST = frozenset({"i", "me", "my", "mine", "myself"})
WHO = frozenset({"who", "whom", "whose"})
_OWN = frozenset({"his", "her", "their", "my"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
# Offices that one person of a state holds at a time: "the president" is him.
SINGULAR_OFFICES = frozenset(
    """president;head of state;monarch;head of government;leader;foreign minister;defence minister;interior minister;
    finance minister;trade minister;crown prince;pope;secretary-general;chancellor;speaker;supreme leader;
    opposition leader;general secretary;secretary of state;vice president;chief executive;high representative;
    national security adviser""".replace("\n    ", "").split(";")
)
_TOP = frozenset({"president", "head of state", "monarch", "head of government", "leader", "general secretary", "pope",
                  "chief executive", "crown prince"})  # fmt: skip
_CHIEF = frozenset({"head of state", "president", "monarch"})
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth next last previous".split())
_SAYING = frozenset(
    """say tell add note stress voice express announce declare claim state argue explain comment reply respond answer
    insist warn urge write tweet suggest believe think recall emphasize emphasise underline reiterate confirm pledge
    vow promise propose observe quip remark point concede continue conclude ask joke lament read post exclaim""".split()
)


@lru_cache(maxsize=1)
def person_nouns() -> dict[str, tuple[str, str]]:
    """Noun for a person -> (gender, "generic" or "kin")."""
    return {row["noun"]: (row["gender"], row["class"]) for row in rows("person_nouns")}


@dataclass(slots=True)
class Expression:
    """Something to resolve at token `start`: a pronoun, a description, a group."""

    start: int
    kind: str  # "pronoun", "first", "who", "office", "noun", "group", "offices"
    phrase: OfficePhrase | GroupPhrase | None = None
    end: int = 0


class Resolver:
    """Resolves the expressions of one report; adds mentions and groups to the draft."""

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

    # --- the walk ---------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Resolve everything, left to right; "I" last, when all speakers are known."""
        self._appositions()
        for phrase, runs in self.people.shared:
            members = [self.people.person_of[r.start] for r in runs if r.start in self.people.person_of]
            if len(members) > 1 and phrase.plural:
                group = self.group_of(members)
                self._describe(group, min(phrase.bare_start, runs[0].start), max(phrase.end, runs[-1].end), phrase.head)
                self._share_countries(phrase, members)
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
            elif expression.kind == "noun":
                self._noun(expression.start)
        for expression in late:
            self._first(expression.start)

    def _share_countries(self, phrase: OfficePhrase, members: list[DraftActor]) -> None:
        """ "the presidents of A and B, X and Y": each the state in its place; one left over gets the one left over."""
        codes = list(dict.fromkeys(phrase.countries))
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
            elif lower in person_nouns() and words.pos[i] == "NOUN":
                found.append(Expression(i, "noun"))
        for phrase in self.people.phrases:
            if id(phrase) not in self.people.used or phrase.parts[0].head.key == "counterpart":
                found.append(Expression(phrase.start, "office", phrase))
        for group in self.groups:
            found.append(Expression(group.start, "group", group))
        found.sort(key=lambda e: (e.start, e.kind))
        return found

    # --- descriptions tied to a name by grammar -----------------------------------------------------------------------

    def _appositions(self) -> None:
        """ "X, a boy from Y", "X, chairman of Z", "X is a volunteer": the description is X."""
        words = self.words
        for person in list(self.people.persons):
            for mention in list(person.mentions):
                for phrase in self.people.after.get(mention.start, []):
                    if phrase.parts[0].head.key == "counterpart":
                        continue
                    self._describe(person, phrase.start, phrase.end, phrase.head)
                before = self.people.before.get(mention.start)
                if (
                    before is None
                    or before.plural
                    or before.parts[0].head.key == "counterpart"
                    or (words.text[before.end] != "," and words.is_cap(before.head))
                ):
                    before = None
                if before is not None:
                    self._describe(person, before.start, before.end, before.head)
                head = mention.head
                for child in words.children[head]:
                    if (
                        words.dep[child] == "appos"
                        and child > head
                        and self._free(child)
                        and words.pos[child] == "NOUN"
                    ):
                        self._describe_noun(person, child)
                verb = words.head[head]
                if words.dep[head] in _SUBJECT and words.lemma[verb] in ("be", "become"):
                    negated = any(words.dep[c] == "neg" for c in words.children[verb])
                    for child in words.children[verb]:
                        if (
                            words.dep[child] == "attr"
                            and words.pos[child] == "NOUN"
                            and self._free(child)
                            and not negated
                        ):
                            self._describe_noun(person, child)

    def _free(self, i: int) -> bool:
        return self.draft.taken[i] is None

    def _describe(self, person: DraftActor, start: int, end: int, head: int) -> None:
        kept = self.draft.taken[start:end]
        self.draft.mention(person, "description", start, end, head=head)
        for k, mention in zip(range(start, end), kept, strict=True):
            if mention is not None or self.words.lower[k] in _OWN:
                self.draft.taken[k] = mention

    def _describe_noun(self, person: DraftActor, noun: int) -> None:
        words = self.words
        if words.tag[noun] not in ("NN", "NNP") or not self._is_person_noun(noun):
            return
        if any(p.start <= noun < p.end for p in self.people.phrases if id(p) in self.people.used):
            return
        start = noun
        while (
            start > 0
            and words.head[start - 1] == noun
            and words.dep[start - 1] in ("det", "amod", "compound", "poss", "nummod")
        ):
            start -= 1
        person.nouns.add(words.lower[noun])
        gender = person_nouns().get(words.lower[noun], ("", ""))[0]
        person.gender = person.gender or gender
        self._describe(person, start, noun + 1, noun)

    def _is_person_noun(self, i: int) -> bool:
        word = self.words.lower[i]
        return word in person_nouns() or word in office_heads()

    # --- pronouns -----------------------------------------------------------------------------------------------------

    def _pronoun(self, i: int) -> None:
        gender = "m" if self.words.lower[i] in HE else "f"
        other = self._counterpart_of(i)
        best = self._fronted(i, gender) if other is None else None
        best = best or self._antecedent(i, gender, but=other)
        best = best or (self._ahead(i, gender) if other is None else None)
        if best is None:
            return
        if not best.gender:
            best.gender = gender
        self.draft.mention(best, "pronoun", i, i + 1)

    def _counterpart_of(self, i: int) -> DraftActor | None:
        """The person whom "his counterpart" with this "his" names: "his" is somebody else."""
        beside = [(start, [phrase]) for start, phrase in self.people.before.items()]
        beside += list(self.people.after.items())
        for start, phrases in beside:
            if any(p.start <= i < p.end for p in phrases) and start in self.people.person_of:
                return self.people.person_of[start]
        return None

    def _antecedent(self, i: int, gender: str, *, but: DraftActor | None = None) -> DraftActor | None:
        """The most salient person before token `i` that the grammar allows, `but` left out."""
        words = self.words
        sentence = words.sentence[i]
        reflexive = words.lower[i] in ("himself", "herself")
        possessive = words.dep[i] == "poss" or (words.lower[i] in ("his", "her") and words.tag[i] == "PRP$")
        blocked = set() if possessive or reflexive else self._same_clause(i)
        scores: dict[int, float] = {}
        counts: dict[int, int] = {}
        actors: dict[int, DraftActor] = {}
        subject = words.dep[i] in _SUBJECT
        nearest = self._clause_subjects(i)
        for mention in self.draft.mentions:
            actor = mention.actor
            if mention.start >= i or actor.kind != "person" or actor is but:
                continue
            if actor.gender and actor.gender != gender:
                continue
            distance = sentence - words.sentence[mention.start]
            if distance > 6:
                continue
            if mention.head in blocked and distance == 0:
                scores[id(actor)] = -1e9
                actors[id(actor)] = actor
                continue
            score = self._salience(mention, i, distance, subject)
            if not actor.gender:
                score -= 12 if gender == "m" else 28  # most unmarked officials of the news are men
            elif words.sentence[mention.start] == sentence and mention.head in nearest:
                score += 10
            if scores.get(id(actor), 0.0) > -1e8:
                scores[id(actor)] = max(scores.get(id(actor), 0.0), score)
                counts[id(actor)] = counts.get(id(actor), 0) + 1
            actors[id(actor)] = actor
        fits = {key: score + 1.5 * min(counts.get(key, 0), 6) for key, score in scores.items() if score > 0}
        if not fits:
            return None
        best = max(fits, key=lambda key: (fits[key], -self.draft.actors.index(actors[key])))
        return actors[best]

    def _clause_subjects(self, i: int) -> set[int]:
        """Subjects of the nearest verb above token `i` that has one besides it."""
        words = self.words
        j = i
        for _ in range(12):
            if words.head[j] == j:
                break
            j = words.head[j]
            found = {c for c in words.children[j] if words.dep[c] in _SUBJECT and c < i}
            if words.pos[j] in ("VERB", "AUX") and found:
                return found
        return set()

    def _salience(self, mention: DraftMention, i: int, distance: int, subject: bool) -> float:
        words = self.words
        score = {0: 100.0, 1: 82.0, 2: 55.0, 3: 40.0}.get(distance, 30.0 - 3 * distance)
        dep = words.dep[mention.head]
        if dep in _SUBJECT:
            score += 26 if subject else 18
            if words.dep[words.head[mention.head]] in ("ROOT", "ccomp", "parataxis"):
                score += 6
        elif dep in ("dobj", "pobj", "iobj", "dative"):
            score += 4
        elif dep == "poss":
            score += 6
        if mention.form == "pronoun":
            score += 8
        elif mention.form == "description":
            score -= 6
        if words.paragraph[mention.start] != words.paragraph[i]:
            score -= 8
        if words.quoted[mention.start] != words.quoted[i]:
            score -= 14
        return score

    def _same_clause(self, i: int) -> set[int]:
        """Heads that a plain pronoun at `i` cannot mean: its own verb's other arguments."""
        words = self.words
        if words.dep[i] in _SUBJECT:
            verb = words.head[i]
            return {c for c in words.children[verb] if c != i and words.dep[c] in ("dobj", "dative", "attr")}
        governor = words.head[i]
        if words.dep[governor] in ("prep", "agent", "dative"):
            governor = words.head[governor]
        while words.pos[governor] == "NOUN" and words.head[governor] != governor:
            governor = words.head[governor]
            if words.dep[governor] == "prep":
                governor = words.head[governor]
        blocked = {c for c in words.children[governor] if words.dep[c] in _SUBJECT}
        if words.dep[governor] in ("conj", "xcomp") and not blocked:
            blocked = {c for c in words.children[words.head[governor]] if words.dep[c] in _SUBJECT}
        return blocked

    def _fronted(self, i: int, gender: str) -> DraftActor | None:
        """ "In his message, X said": a possessive in a phrase before the verb's named subject is that subject."""
        words = self.words
        if words.dep[i] != "poss":
            return None
        j = words.head[i]
        while words.dep[j] in ("pobj", "prep", "dobj", "conj", "pcomp", "advcl") and words.head[j] != j:
            j = words.head[j]
            if words.pos[j] in ("VERB", "AUX") and words.dep[j] in ("ROOT", "ccomp", "relcl", "conj", "parataxis"):
                break
        if j < i or words.pos[j] not in ("VERB", "AUX"):
            return None
        for child in words.children[j]:
            if words.dep[child] in _SUBJECT:
                if child < i:
                    return None
                mention = self.draft.taken[child]
                if mention is not None and mention.actor.kind == "person" and not mention.actor.members:
                    return mention.actor if mention.actor.gender in ("", gender) else None
        return None

    def _ahead(self, i: int, gender: str) -> DraftActor | None:
        """ "In his message, X said": the subject that follows in the same sentence."""
        words = self.words
        end = words.sentence_bounds[words.sentence[i]][1]
        for j in range(i + 1, end):
            mention = self.draft.taken[j]
            if mention is not None and mention.actor.kind == "person" and mention.head == j:
                if words.dep[j] in _SUBJECT and mention.actor.gender in ("", gender):
                    return mention.actor
        return None

    def _who(self, i: int) -> None:
        """A relative pronoun is the noun before it."""
        words = self.words
        j = i - 1
        while j >= 0 and words.text[j] in (",", "of", "with", "to", "for", "by", "from", "—", "-", "–", "and"):
            j -= 1
        if j < 0 or words.sentence[j] != words.sentence[i]:
            return
        mention = self.draft.taken[j]
        if mention is None:
            mention = next(
                (
                    m
                    for m in reversed(self.draft.mentions)
                    if m.full_start <= j < m.full_end and m.actor.kind == "person"
                ),
                None,
            )
        if mention is not None and mention.actor.kind == "person" and mention.form != "pronoun":
            self.draft.mention(mention.actor, "pronoun", i, i + 1)

    # --- the speaker of a quotation -----------------------------------------------------------------------------------

    def _first(self, i: int) -> None:
        speaker = self.speaker_of(i)
        if speaker is not None:
            self.draft.mention(speaker, "pronoun", i, i + 1)

    def speaker_of(self, i: int) -> DraftActor | None:
        """Who says the quotation that holds token `i`: the subject of the verb of saying next to it."""
        words = self.words
        if not words.quoted[i]:
            return None
        start = i
        while start > 0 and words.quoted[start - 1] and words.paragraph[start - 1] == words.paragraph[i]:
            start -= 1
        end = i
        while end + 1 < words.n and words.quoted[end + 1] and words.paragraph[end + 1] == words.paragraph[i]:
            end += 1
        after = self._said_between(end + 1, min(words.n, end + 14), words.paragraph[i])
        if after is not None:
            return after
        before = self._said_between(max(0, start - 30), start, words.paragraph[i], last=True)
        if before is not None:
            return before
        # A quotation of its own in a paragraph goes on with the speaker before it.
        for mention in sorted(self.draft.mentions, key=lambda m: -m.start):
            if mention.start < start and mention.actor.kind == "person" and words.dep[mention.head] in _SUBJECT:
                if (
                    words.lemma[words.head[mention.head]] in _SAYING
                    and words.paragraph[i] - words.paragraph[mention.start] <= 2
                ):
                    return mention.actor
        return None

    def _said_between(self, start: int, end: int, paragraph: int, *, last: bool = False) -> DraftActor | None:
        words = self.words
        order = range(end - 1, start - 1, -1) if last else range(start, end)
        for j in order:
            if words.paragraph[j] != paragraph or words.quoted[j]:
                if not last and words.quoted[j] and words.text[j] not in ('"', "”", "''"):
                    break
                continue
            if words.lemma[j] in _SAYING and words.pos[j] in ("VERB", "AUX", "NOUN"):
                for child in words.children[j]:
                    actor = self.actor_at(child)
                    if words.dep[child] in _SUBJECT and actor is not None and not words.quoted[child]:
                        return actor
                for k in (j + 1, j - 1):
                    actor = self.actor_at(k) if 0 <= k < words.n else None
                    if actor is not None and not words.quoted[k]:
                        return actor
                nearby = [m for m in self.draft.mentions if m.full_start in (j + 1, j + 2) or m.full_end == j]
                for mention in nearby:
                    if mention.actor.kind == "person":
                        return mention.actor
        return None

    def actor_at(self, i: int) -> DraftActor | None:
        mention = self.draft.taken[i] if 0 <= i < self.words.n else None
        if mention is not None and mention.actor.kind == "person":
            return mention.actor
        for m in self.draft.mentions:
            if m.full_start <= i < m.full_end and m.actor.kind == "person":
                return m.actor
        return None

    # --- "the president", "the Turkish leader", "his counterpart" ---------------------------------------------------------

    def _office(self, phrase: OfficePhrase) -> None:
        if phrase.parts[0].head.key == "counterpart":
            self._counterpart(phrase)
            return
        if phrase.plural:
            self._offices(phrase)
            return
        inside = [m for m in self.draft.taken[phrase.start : phrase.end] if m is not None]
        if any(m.actor.kind == "person" and m.form != "pronoun" for m in inside):
            return
        key = phrase.parts[0].key
        definite = (
            phrase.determiner in ("the", "this", "that") or phrase.country is not None or phrase.owner is not None
        )
        capital = self.words.is_cap(phrase.parts[0].head_start)
        if phrase.determiner in ("a", "an", "another", "some", "one") or not (definite or capital):
            if phrase.country is not None and phrase.parts[0].head.scope == "state":
                self._unnamed(phrase)
            return
        if phrase.parts[0].status == "former":
            return
        words = self.words
        subject = self._copula_subject(phrase.head)
        if subject is not None:
            self._describe(subject, phrase.start, phrase.end, phrase.head)
            return
        if any(w in _ORDINALS for w in words.lower[phrase.start : phrase.parts[0].head_start]):
            return
        if phrase.country is None and phrase.owner is not None and words.lower[phrase.owner] in ("its", "their"):
            phrase.country = last_state(self.people, words, phrase.start)
        person = self._guest(phrase, key) if key in ("guest", "host") else self._holder(phrase, key)
        if person is not None:
            self._describe(person, phrase.start, phrase.end, phrase.head)
        elif phrase.country is not None and phrase.parts[0].head.scope == "state":
            self._unnamed(phrase)

    def _copula_subject(self, head: int) -> DraftActor | None:
        """In "he will be the fifth president" the office is said of the subject."""
        words = self.words
        if words.dep[head] != "attr":
            return None
        for child in words.children[words.head[head]]:
            mention = self.draft.taken[child]
            if words.dep[child] in _SUBJECT and mention is not None and mention.actor.kind == "person":
                return mention.actor
        return None

    def _guest(self, phrase: OfficePhrase, key: str) -> DraftActor | None:
        """ "his guest", "the Kazakh guest": the last named officer of another state than the owner's."""
        words = self.words
        owner = (
            self.draft.taken[phrase.owner].actor
            if phrase.owner is not None and self.draft.taken[phrase.owner]
            else None
        )  # type: ignore[union-attr]
        if owner is None and phrase.country is None:
            return None
        for mention in sorted(self.draft.mentions, key=lambda m: -m.start):
            actor = mention.actor
            near = words.sentence[phrase.start] - words.sentence[mention.start]
            if mention.start >= phrase.start or actor.kind != "person" or actor is owner or near > 5:
                continue
            if (phrase.country is not None and actor.country != phrase.country) or not actor.country:
                continue
            if actor.keys and (owner is None or actor.country != owner.country):
                return actor
        return None

    def _holder(self, phrase: OfficePhrase, key: str) -> DraftActor | None:
        """The person of the report that "the president", "the Turkish leader" means; the last one named."""
        noun = self.words.lower[phrase.parts[0].head_end - 1]
        position = phrase.start
        best: tuple[int, DraftActor] | None = None
        for person in self.people.persons:
            if person.members:
                continue
            if phrase.country is not None and person.country != phrase.country:
                continue
            if not self._matches(person, key, noun, phrase):
                continue
            last = max((m.start for m in person.mentions if m.start < position), default=-1)
            if last < 0:
                last = -min((m.start for m in person.mentions), default=0)
                if phrase.country is None and key not in _TOP:
                    continue
            if best is None or last > best[0]:
                best = (last, person)
        return best[1] if best else None

    def _matches(self, person: DraftActor, key: str, noun: str, phrase: OfficePhrase) -> bool:
        gender = phrase.parts[0].head.gender
        if gender and person.gender and gender != person.gender:
            return False
        if key in person.keys or noun in person.nouns:
            return phrase.parts[0].body is None or noun in person.nouns or key in person.keys
        if noun in ("leader", "ruler", "head", "incumbent", "strongman"):
            return bool(person.keys & _TOP)
        if key in _CHIEF and person.keys & _CHIEF:
            return True
        if noun in ("president", "king", "queen", "emir"):
            return "head of state" in person.keys and key not in ("vice president",)
        if noun in ("premier", "chancellor") or key == "head of government":
            return "head of government" in person.keys
        if key == "minister":
            return any(k.endswith("minister") for k in person.keys)
        if key == "secretary":
            return any("secretary" in k for k in person.keys)
        if noun in ("diplomat", "envoy", "official", "politician", "statesman") and person.sector in (
            "GOV",
            "LEG",
            "PTY",
        ):
            if noun == "diplomat" and phrase.country is not None:
                return not person.keys & _TOP
            if noun in ("diplomat", "envoy"):
                return bool(
                    person.keys
                    & {
                        "foreign minister",
                        "ambassador",
                        "special envoy",
                        "secretary of state",
                        "deputy foreign minister",
                    }
                )
            return phrase.country is not None
        return False

    def _unnamed(self, phrase: OfficePhrase) -> DraftActor:
        """An actor known by office alone, completed from the table when the day is known."""
        part = phrase.parts[0]
        country = phrase.country or ""
        key = part.key
        indefinite = phrase.determiner in ("a", "an", "another", "some", "one") or key not in SINGULAR_OFFICES
        cache = (country, key)
        actor = self.unnamed.get(cache)
        if actor is None or indefinite:
            actor = self.unnamed_actor(country, key, self._title(phrase))
            actor.offices.append(
                Office(
                    title=self._title(phrase), body=None, country=phrase.country, key=key, status=part.status,
                    span=Span(self.words.starts[phrase.start], self.words.ends[phrase.end - 1]),
                )
            )  # fmt: skip
            actor.sector = part.head.sector
            actor.nouns.add(self.words.lower[part.head_end - 1])
            self.unnamed[cache] = actor
        self._describe(actor, phrase.start, phrase.end, phrase.head)
        return actor

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

    def _title(self, phrase: OfficePhrase) -> str:
        part = phrase.parts[0]
        if part.key.endswith(" minister"):
            return part.key
        return part.head.singular or self.words.words(part.head_start, part.head_end).lower()

    def _counterpart(self, phrase: OfficePhrase) -> None:
        """ "his Kazakh counterpart(, X)" holds the office of the one it is the counterpart of."""
        words = self.words
        owner: DraftActor | None = None
        if phrase.owner is not None and words.lower[phrase.owner] in HE | SHE:
            mention = self.draft.taken[phrase.owner]
            owner = mention.actor if mention is not None else None
            if owner is None:
                gender = "m" if words.lower[phrase.owner] in HE else "f"
                owner = self._antecedent(phrase.owner, gender, but=self._counterpart_of(phrase.owner))
        if owner is None:
            earlier = [
                m for m in self.draft.mentions if m.start < phrase.start and m.actor.kind == "person" and m.actor.keys
            ]
            owner = max(earlier, key=lambda m: m.start).actor if earlier else None
        named = next(
            (
                run.start
                for run in self.people.runs
                if self.people.before.get(run.start) is phrase or phrase in self.people.after.get(run.start, [])
            ),
            None,
        )
        person = self.people.person_of.get(named) if named is not None else None
        offices = [o for o in owner.offices if o.status == "current" and o.key] if owner else []
        if person is None and owner is not None and phrase.country is not None:
            keys = {o.key for o in offices}
            person = next(
                (
                    p
                    for p in self.people.persons
                    if p is not owner and p.country == phrase.country and p.keys & {k for k in keys if k}
                ),
                None,
            )
            if person is None and offices:
                best = (
                    offices[-1]
                    if len(offices) == 1
                    else next((o for o in offices if o.key == "foreign minister"), offices[0])
                )
                person = self.unnamed_actor(phrase.country, best.key or "", best.key or best.title)
                person.sector = owner.sector
        if person is None:
            return
        person.offices = [o for o in person.offices if o.key != "counterpart"]
        person.keys.discard("counterpart")
        if phrase.country is not None and person.country_basis != "own":
            person.country, person.country_basis = phrase.country, "own"
        for office in offices:
            if not any(o.key == office.key for o in person.offices):
                inferred = Office(office.key or office.title, None, person.country, office.key, basis="inferred",
                                  span=Span(words.starts[phrase.start], words.ends[phrase.end - 1]))  # fmt: skip
                person.offices.append(inferred)
                person.keys.add(office.key or "")
        start = phrase.start
        if words.lower[start] in _OWN:
            start += 1
        self._describe(person, start, phrase.end, phrase.head)

    # --- groups -------------------------------------------------------------------------------------------------------

    def group_of(self, members: list[DraftActor]) -> DraftActor:
        """The group with exactly these members, made once."""
        key = tuple(sorted(id(m) for m in members))
        if key not in self.made:
            name = " and ".join(m.name for m in members) if len(members) == 2 else ", ".join(m.name for m in members)
            group = DraftActor("group", name, members=tuple(members), acts=any(m.acts for m in members))
            self.made[key] = self.draft.add(group)
        return self.made[key]

    def _offices(self, phrase: OfficePhrase) -> None:
        """Plural offices without names: "the two presidents", "the foreign ministers of the two countries"."""
        words = self.words
        number = {"two": 2, "both": 2, "three": 3, "four": 4, "six": 6}.get(phrase.determiner)
        j = phrase.start
        while j > 0 and words.lower[j - 1] in ("the", "two", "three", "both", "these", "four", "six"):
            number = number or {"two": 2, "both": 2, "three": 3, "four": 4, "six": 6}.get(words.lower[j - 1])
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
        if countries:
            members = []
            for code in countries:
                person = self._of_country(code, singular, noun, phrase) or self._left_over(code, countries, singular)
                if person is None:
                    actor = self.unnamed.get((code, singular))
                    if actor is None:
                        title = {"head of government": "prime minister"}.get(singular, singular)
                        actor = self.unnamed_actor(code, singular, title)
                        actor.sector = phrase.parts[0].head.sector
                        self.unnamed[(code, singular)] = actor
                    person = actor
                members.append(person)
        else:
            blocked = self._same_clause(phrase.head)
            members = self._persons_before(j, number or 2, key, blocked)
            if len(members) < (number or 2) and key in ("leader", "official", "diplomat", "politician") and number:
                members = self._persons_before(j, number, "", blocked, within=3)
        if len(members) < 2 or (number is not None and len(members) != number):
            return
        end = max(phrase.end, nested.end if linked and nested is not None else phrase.end)
        group = self.group_of(members)
        self._describe(group, j, end, phrase.head)

    def _left_over(self, code: str, codes: list[str], key: str) -> DraftActor | None:
        """The one holder without a state, where every other state of the phrase has its own."""
        if any(p.country == code and p.keys & _TOP for p in self.people.persons):
            return None
        fits = [
            p for p in self.people.persons
            if p.country is None and p.country_basis != "body" and (key in p.keys or (key == "leader" and p.keys & _TOP))
        ]  # fmt: skip
        if len(fits) != 1 or len(codes) != 2:
            return None
        fits[0].country, fits[0].country_basis = code, "context"
        return fits[0]

    def _of_country(self, code: str, key: str, noun: str, phrase: OfficePhrase) -> DraftActor | None:
        for person in self.people.persons:
            if person.country == code and not person.members:
                if key in person.keys or (noun in ("leaders", "heads") and person.keys & _TOP):
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
        for mention in sorted(self.draft.mentions, key=lambda m: -m.start):
            actor = mention.actor
            if mention.start >= i or actor.kind != "person" or actor in found:
                continue
            if mention.head in blocked or self.words.sentence[i] - self.words.sentence[mention.start] > within:
                continue
            if key:
                fits = key in actor.keys or (key == "minister" and any(k.endswith("minister") for k in actor.keys))
                fits = (
                    fits
                    or (key == "leader" and bool(actor.keys & _TOP))
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
                (ranked[a] + ranked[b] + 3.0 * min(joined.get(frozenset((a, b)), 0), 3), [a, b])
                for a, b in combinations(ranked, 2)
            ),
            key=lambda pair: pair[0],
            default=(0.0, order),
        )
        return best[1]

    def joined_states(self) -> dict[frozenset[str], int]:
        """How often the report joins two states: "A and B", "A-B", "between A and B", or by a verb of theirs."""
        if self.joined is None:
            words, joined = self.words, {}
            mentions = [m for m in self.draft.mentions if m.actor.kind == "state" and m.actor.country]
            mentions.sort(key=lambda m: m.start)
            for one, two in pairwise(mentions):
                between = words.lower[one.end : two.start]
                if one.actor is two.actor or words.sentence[one.start] != words.sentence[two.start]:
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
                ranked[code] += 5.0
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

    def _group(self, group: GroupPhrase) -> None:
        words = self.words
        inside = [m for m in self.draft.taken[group.start : group.head + 1] if m is not None]
        if any(m.form != "adjective" for m in inside):
            return
        members: list[DraftActor] = []
        number = group.number or 2
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
        if len(members) != number and not (group.number is None and len(members) >= 2):
            return
        self._describe(self.group_of(members), group.start, group.end, group.head)

    def _peers(self, i: int, blocked: set[int]) -> list[DraftActor]:
        """For "the two men": the last named officer and the last one of like rank of another state."""
        recent = self._persons_before(i, 6, "", blocked, within=8)[::-1]
        if not recent or not recent[0].keys & _TOP:
            return []
        first = recent[0]
        other = next((p for p in recent[1:] if p.keys & _TOP and p.country and p.country != first.country), None)
        return [other, first] if other is not None else []

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
        words = self.words
        best: tuple[int, DraftActor] | None = None
        for mention in self.draft.mentions:
            if mention.start >= i or mention.actor.kind != "group":
                continue
            if words.sentence[i] - words.sentence[mention.start] <= 2 and (best is None or mention.start > best[0]):
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
            words.tag[k] in ("NNS", "NNPS") and words.dep[k] in _SUBJECT and self.draft.taken[k] is None
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

    # --- other nouns for persons ----------------------------------------------------------------------------------------

    def _noun(self, i: int) -> None:
        """ "the boy", "his father": a noun for a person already named, or kin of one."""
        words = self.words
        if not self._free(i):
            return
        gender, kind = person_nouns()[words.lower[i]]
        start = i
        while (
            start > 0
            and words.head[start - 1] == i
            and words.dep[start - 1] in ("det", "amod", "compound", "poss", "nummod")
        ):
            start -= 1
        determiner = words.lower[start]
        if kind == "kin":
            self._kin(start, i, gender)
            return
        if determiner not in ("the", "this", "that"):
            return
        for mention in sorted(self.draft.mentions, key=lambda m: -m.start):
            person = mention.actor
            if mention.start >= i or person.kind != "person" or person.members:
                continue
            if gender and person.gender and gender != person.gender:
                continue
            near = words.sentence[i] - words.sentence[mention.start]
            if words.lower[i] in person.nouns or (
                near <= 2 and words.lower[i] not in ("person", "individual", "child") and not person.keys
            ):
                person.nouns.add(words.lower[i])
                self._describe(person, start, i + 1, i)
                return

    def _kin_back(self, owner: DraftActor, noun: str) -> DraftActor | None:
        """ "his son" said of the father of X is X."""
        for (other, word), person in self.kin.items():
            if person is owner and word in _BACK.get(noun, ()):
                return next((a for a in self.people.persons if id(a) == other), None)
        return None

    def _kin(self, start: int, i: int, gender: str) -> None:
        words = self.words
        owner: DraftActor | None = None
        for k in range(start, i):
            mention = self.draft.taken[k]
            if words.dep[k] == "poss" and mention is not None:
                owner = mention.actor
        if owner is None:
            return
        named = self.people.run_at.get(i + 1) or (
            self.people.run_at.get(i + 2) if words.text[i + 1 : i + 2] == [","] else None
        )
        person = self.people.person_of.get(named.start) if named is not None else None
        key = (id(owner), words.lower[i])
        person = person or self.kin.get(key) or self._kin_back(owner, words.lower[i])
        if person is None:
            return
        if not person.gender:
            person.gender = gender
        self.kin[key] = person
        self._describe(person, start, i + 1, i)


_BACK = {"son": ("father", "mother", "parent", "dad", "mum", "mom"), "wife": ("husband",), "husband": ("wife",),
         "brother": ("sister", "brother"), "sister": ("sister", "brother")}  # fmt: skip
_BACK["daughter"] = _BACK["son"]
