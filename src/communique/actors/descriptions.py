"""Descriptions of one person: "the president", "his Turkish counterpart", "the boy", "his father"."""

from __future__ import annotations

from communique.actors import knowledge
from communique.actors.context import last_state
from communique.actors.counterparts import Counterparts
from communique.actors.draft import DraftActor
from communique.actors.offices import OfficePhrase
from communique.actors.scene import SUBJECT, TOP, WHO, person_nouns
from communique.model import Office, Span

# Offices that one person of a state holds at a time: "the president" is him.
SINGULAR_OFFICES = frozenset(
    """president;head of state;monarch;head of government;leader;foreign minister;defence minister;interior minister;
    finance minister;trade minister;crown prince;pope;secretary-general;chancellor;speaker;supreme leader;
    opposition leader;general secretary;secretary of state;vice president;chief executive;high representative;
    national security adviser""".replace("\n    ", "").split(";")
)
_CHIEF = frozenset({"head of state", "president", "monarch"})
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth next last previous".split())
_NAMING = frozenset({"name", "appoint", "nominate", "designate", "choose", "pick", "elect", "accredit"})
# How much speaks for whom "the minister" means: a sentence nearer, a subject, the report's own state, the very office.
_PER_SENTENCE = 10.0
_SUBJECT = 12.0
_HOME = 25.0
_EXACT = 15.0
_BACK = {"son": ("father", "mother", "parent", "dad", "mum", "mom"), "wife": ("husband",), "husband": ("wife",),
         "brother": ("sister", "brother"), "sister": ("sister", "brother")}  # fmt: skip
_BACK["daughter"] = _BACK["son"]


class Descriptions(Counterparts):
    """Leads descriptions to persons, or to a person known by office alone."""

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
                if words.dep[head] in SUBJECT and words.lemma[verb] in ("be", "become"):
                    negated = any(words.dep[c] == "neg" for c in words.children[verb])
                    for child in words.children[verb]:
                        if (
                            words.dep[child] == "attr"
                            and words.pos[child] == "NOUN"
                            and self._free(child)
                            and not negated
                        ):
                            self._describe_noun(person, child)

    def _named_to_offices(self) -> None:
        """ "named X as its envoy", "X, whom Peru appointed ambassador": the office is X's, of the state that names."""
        words = self.words
        for phrase in self.people.phrases:
            if id(phrase) in self.people.used or phrase.plural:
                continue
            verb = words.head[phrase.head]
            if words.dep[phrase.head] == "pobj" and words.lower[verb] == "as":
                verb = words.head[verb]
            if words.lemma[verb] not in _NAMING or words.dep[phrase.head] not in ("pobj", "oprd", "attr", "dobj"):
                continue
            held = [self.draft.taken[c] for c in words.children[verb] if words.dep[c] in ("dobj", "nsubjpass")]
            if words.dep[verb] == "relcl" and any(words.lower[c] in WHO for c in words.children[verb]):
                held.append(self.draft.taken[words.head[verb]])
            person = next((m.actor for m in held if m is not None and m.actor.kind == "person"), None)
            if person is None:
                continue
            if phrase.country is None:
                namer = next((self.draft.taken[c] for c in words.children[verb] if words.dep[c] == "nsubj"), None)
                phrase.country = namer.actor.country if namer is not None and not phrase.international else None
            self.people.used.add(id(phrase))
            self.people.give_office(person, phrase)
            self._describe(person, phrase.start, phrase.end, phrase.head)

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
        if phrase.country is None and words.lower[phrase.end : phrase.end + 1] == ["in"]:
            phrase.country = knowledge.capitals().get(words.words(phrase.end + 1, min(words.n, phrase.end + 2)))
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
            if words.dep[child] in SUBJECT and mention is not None and mention.actor.kind == "person":
                return mention.actor
        return None

    def _guest(self, phrase: OfficePhrase, key: str) -> DraftActor | None:
        """ "his guest", "the Kazakh guest": the last named officer of another state than the owner's."""
        words = self.words
        held = self.draft.taken[phrase.owner] if phrase.owner is not None else None
        owner = held.actor if held is not None else None
        if owner is None and phrase.country is None:
            return self._bare_guest(phrase, key)
        for mention in self.draft.before(phrase.start, sentences=5):
            actor = mention.actor
            near = words.sentence[phrase.start] - words.sentence[mention.start]
            if mention.start >= phrase.start or actor.kind != "person" or actor is owner or near > 5:
                continue
            if (phrase.country is not None and actor.country != phrase.country) or not actor.country:
                continue
            if actor.keys and (owner is None or actor.country != owner.country):
                return actor
        return None

    def _bare_guest(self, phrase: OfficePhrase, key: str) -> DraftActor | None:
        """ "the guest" where somebody is called host: the one officer of another state near by; and turned round."""
        other = "host" if key == "guest" else "guest"
        recent = [
            m.actor for m in self.draft.before(phrase.start, sentences=6)
            if m.actor.kind == "person" and not m.actor.members and m.actor.country and m.actor.keys
        ]  # fmt: skip
        called = next((p for p in recent if key in p.keys), None)
        across = next((p for p in recent if other in p.keys), None)
        if called is None and across is None and key == "host":
            return self._receiver(phrase.start)
        if called is not None or across is None:
            return called
        fits = list(dict.fromkeys(p for p in recent if p.country != across.country))
        return fits[0] if len({p.country for p in fits}) == 1 else None

    def _receiver(self, i: int) -> DraftActor | None:
        """Who "the host" is: the officer who was told to receive or host somebody."""
        words = self.words
        for mention in self.draft.before(i, sentences=8):
            verb = words.lemma[words.head[mention.head]]
            subject = mention.actor.kind == "person" and words.dep[mention.head] == "nsubj"
            if subject and verb in ("host", "receive", "welcome", "greet"):
                return mention.actor
        return None

    # --- one of two -----------------------------------------------------------------------------------------------

    def _is_one_of_two(self, i: int) -> bool:
        """Whether "latter" or "former" at token `i` stands by itself: "the latter said", not "the former king"."""
        words = self.words
        if not i or words.lower[i - 1] != "the":
            return False
        return i + 1 >= words.n or words.pos[i + 1] not in ("NOUN", "PROPN", "ADJ", "NUM") or words.dep[i] in SUBJECT

    def _one_of_two(self, i: int) -> None:
        """ "the latter", "the former": of the last two persons named in one sentence, else of the last two states."""
        words = self.words
        sentence = words.sentence[i]
        last = words.lower[i] == "latter"
        for back in (0, 1):
            near = [
                m for m in self.draft.before(i, sentences=back)
                if words.sentence[m.start] == sentence - back and m.form in ("name", "short", "metonym", "description")
            ]  # fmt: skip
            for kind in ("person", "state"):
                pair = list(dict.fromkeys(m.actor for m in near if m.actor.kind == kind))
                if len(pair) == 2:
                    self._describe(pair[0] if last else pair[1], i - 1, i + 1, i)
                    return

    def _holder(self, phrase: OfficePhrase, key: str) -> DraftActor | None:
        """The person of the report that "the president", "the Turkish leader" means: the most salient one who fits."""
        noun = phrase.parts[0].head.singular
        best: tuple[float, DraftActor] | None = None
        for person in self.people.persons:
            if person.members:
                continue
            if phrase.country is not None and person.country != phrase.country:
                continue
            if not self._matches(person, key, noun, phrase):
                continue
            score = self._weight(person, phrase.start)
            if score is None:
                if phrase.country is None and key not in TOP:
                    continue
                score = -1.0 - min((m.start for m in person.mentions), default=0)
            elif phrase.country is None:
                score += _HOME * (person.country is not None and person.country == self.home())
            score += _EXACT * (key in person.keys)
            if best is None or score > best[0]:
                best = (score, person)
        return best[1] if best else None

    def _weight(self, person: DraftActor, i: int) -> float | None:
        """How near in mind the person is at token `i`; None when not named before it."""
        words = self.words
        weights = []
        for mention in person.mentions:
            if mention.start >= i:
                continue
            back = words.sentence[i] - words.sentence[mention.start]
            subject = words.dep[mention.head] in SUBJECT
            weights.append(1000.0 - _PER_SENTENCE * back + _SUBJECT * subject - (i - mention.start) / 1000)
        return max(weights, default=None)

    def _matches(self, person: DraftActor, key: str, noun: str, phrase: OfficePhrase) -> bool:
        gender = phrase.parts[0].head.gender
        if gender and person.gender and gender != person.gender:
            return False
        if key in person.keys or noun in person.nouns:
            return phrase.parts[0].body is None or noun in person.nouns or key in person.keys
        if noun in ("leader", "ruler", "head", "incumbent", "strongman"):
            return bool(person.keys & TOP)
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
                return not person.keys & TOP
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
            actor.nouns.add(part.head.singular)
            self.unnamed[cache] = actor
        self._describe(actor, phrase.start, phrase.end, phrase.head)
        return actor

    def _title(self, phrase: OfficePhrase) -> str:
        part = phrase.parts[0]
        if part.key.endswith(" minister"):
            return part.key
        return part.head.singular or self.words.words(part.head_start, part.head_end).lower()

    # --- other nouns for persons ----------------------------------------------------------------------------------

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
        for mention in self.draft.before(i, sentences=60):
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
