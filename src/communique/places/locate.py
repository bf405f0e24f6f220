"""The place of an event: from the adjuncts of its trigger, else from what the sentence says around it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.actors.cast import Cast
from communique.intake.datelines import find_dateline
from communique.language.clauses import Clauses, lemma_of
from communique.language.sentences import text_of
from communique.model import Place, Span
from communique.places import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LOCATIVE = frozenset({"in", "at", "near", "outside", "inside", "around", "off", "on", "within"})
_GOAL = frozenset({"to", "in", "at", "for", "into"})
_THROUGH = frozenset({"of", "during", "after", "before", "for", "with"})
_PROPER = frozenset({"PROPN"})
_JOINTS = frozenset({"of", "the", "for", "de", "la", "al", "and", "'s", "-", "."})
# What "on" says where of.
_GROUND = frozenset(
    """island islands border frontier sidelines margins fringes soil territory coast outskirts line heights hill shore
    shores side bank banks avenue street square ship board bridge""".split()
)
# Words that a place is told inside of: "after a meeting in Doha", "in the city of Riga".
_OCCASIONS = frozenset(
    """meeting talk negotiation summit conference forum session ceremony visit trip tour stay stop gathering assembly
    congress festival games exhibition fair dinner lunch banquet reception audience call signing round consultation
    dialogue conversation event funeral inauguration parade anniversary celebration city town village port resort
    province region district state county area suburb outskirt part north south east west side border margin
    sideline fringe capital coast bank edge heart centre center time day week""".split()
)
# Verbs whose object is a topic.
_TALK_OF = frozenset(
    """discuss review consider debate explore examine raise address mention condemn denounce deplore criticise criticize
    praise welcome hail support oppose reject regret protest monitor follow""".split()
)
# Gatherings that are called after their town.
_MEETINGS = frozenset(
    """meeting meetings talk talks negotiation negotiations summit conference forum session round consultation dialogue
    gathering""".split()
)
# Words before "of" and the name itself.
_REGIONS = frozenset("city town village port resort province region district island state county municipality".split())
_HEAD_PARAGRAPHS = 4  # in which a dateline is looked for
_CAPITAL = frozenset({"capital", "capitals"})


class Locator:
    """Answers "where" for triggers of one Doc. `dateline` is the town at the head of the report, for "here"."""

    def __init__(self, doc: Doc, clauses: Clauses, cast: Cast, *, dateline: str | None = None) -> None:
        self.doc = doc
        self.clauses = clauses
        self.cast = cast
        self.dateline = _dateline_town(dateline or text_of(doc))

    # --- answers -----------------------------------------------------------------------------------------------------

    def place_of(
        self, trigger: int, support: int, countries: Collection[str], *, goal: bool = False, contact: bool = False
    ) -> Place | None:
        """Where the event at `trigger` happened. `goal`: it is a journey, so its end is the place ("flew to Oslo").
        `contact`: it is a meeting or talks, which are not where the meeting before them was.

        `countries` are the event's: a town that several countries share lies in one of them if it can.
        """
        nodes = list(dict.fromkeys((trigger, support, *self._carriers(support))))
        for node in nodes:
            for head, preposition in self._adjuncts(node, goal=goal, contact=contact):
                if preposition.lower_ == "on" and not (goal or self._is_ground(preposition, head)):
                    continue
                place = self.place_at(head, countries)
                if place is not None:
                    return place
        if goal:
            clause = self.clauses.clause(trigger) if self.doc[trigger].pos_ == "VERB" else None
            for head in clause.objects if clause else ():
                place = self.place_at(head, countries)
                if place is not None:
                    return place
        town = self._town_before(trigger, countries)
        if town is not None:
            return town
        apart = self._set_off(nodes, countries)
        if apart is not None:
            return apart
        if any(self.doc[n].lower_ == "here" for node in nodes for n in self._adverbs(node)) and self.dateline:
            return self._named(self.dateline, countries, None)
        return None

    def _town_before(self, noun: int, countries: Collection[str]) -> Place | None:
        """The town that a gathering is called after: "the Oslo talks", "their latest Geneva meeting"."""
        token = self.doc[noun]
        if token.pos_ not in {"NOUN", "PROPN"} or not {token.lower_, lemma_of(token)} & _MEETINGS:
            return None
        for child in token.children:
            if child.dep_ in {"compound", "nmod", "amod"} and child.pos_ == "PROPN" and child.ent_type_ == "GPE":
                start, end = self._run(child)
                entry = gazetteer.look_up(self.doc[start:end].text, near=countries)
                if entry is not None and gazetteer.country_of_name(entry.name) is None:
                    return self._in_text(self.doc[start:end].text, start, end, countries)
        return None

    def _set_off(self, nodes: Collection[int], countries: Collection[str]) -> Place | None:
        """A place set off by commas, which the parser hangs on the name before it: "met X, the envoy of Y, in the city
        of Oslo on Friday"."""
        verbs = {i for i in nodes if self.doc[i].pos_ == "VERB"}
        for verb in verbs:
            for prep in self.doc[verb].subtree:
                if prep.lower_ not in {"in", "at"} or prep.dep_ != "prep" or prep.i < verb:
                    continue
                if not self._after_comma(prep):
                    continue
                above = next((t.i for t in prep.ancestors if t.pos_ in {"VERB", "AUX"}), None)
                if above != verb:
                    continue
                for head in (j for c in prep.children if c.dep_ == "pobj" for j in self.clauses.heads(c)):
                    place = self.place_at(head, countries)
                    if place is not None and place.name and gazetteer.country_of_name(place.name) is None:
                        return place
        return None

    def _after_comma(self, prep: Token) -> bool:
        return prep.i > 0 and self.doc[prep.i - 1].text == "," and prep.head.pos_ in {"PROPN", "NOUN"}

    def place_at(self, head: int, countries: Collection[str] = ()) -> Place | None:
        """The place that the noun at token `head` names, or None."""
        token = self.doc[head]
        if lemma_of(token) in _CAPITAL or (
            token.lower_ == "city" and any(c.lower_ == "capital" for c in token.children)
        ):
            return self._capital(token, countries)
        if token.pos_ not in _PROPER and token.ent_type_ not in {"GPE", "LOC", "FAC"}:
            if token.lower_ in _REGIONS:
                return self._called(token, countries)
            if token.lower_ in gazetteer.VENUES:
                return self._venue(token, countries)
            return None
        if token.lower_ in _REGIONS and token.text.islower():
            return self._called(token, countries)
        start, end = self._run(token)
        name = self.doc[start:end].text
        mention = self.cast.at(head)
        venue = token.lower_ in gazetteer.VENUES and gazetteer.look_up(name) is None
        if mention is not None and mention.form not in {"place", "metonym"} and not venue:
            actor = self.cast.actors[mention.actor]
            if actor.kind != "state":
                return self._seat(name, countries, start, end)
        return self._in_text(name, start, end, countries)

    def country_at(self, head: int) -> str | None:
        """The country in which the place named at `head` lies."""
        place = self.place_at(head)
        return place.country if place is not None else None

    def origin(self) -> str | None:
        """The country of the report's dateline."""
        place = self._named(self.dateline, (), None) if self.dateline else None
        return place.country if place is not None else None

    # --- where to look -----------------------------------------------------------------------------------------------

    def _carriers(self, i: int) -> Iterator[int]:
        """The verb above a gerund, infinitive or shared predicate, whose adjuncts serve it too."""
        token = self.doc[i]
        for _ in range(2):
            if token.dep_ in {"xcomp", "conj", "acl", "pcomp"} and token.head.i != token.i:
                token = token.head
                if token.pos_ in {"ADP", "SCONJ"}:
                    token = token.head
                if token.pos_ in {"VERB", "AUX", "NOUN"}:
                    yield token.i
            else:
                return

    def _adjuncts(self, node: int, *, goal: bool, contact: bool = False) -> Iterator[tuple[int, Token]]:
        """Heads of the noun phrases that say where, nearest first, each with its preposition."""
        wanted = _LOCATIVE | _GOAL if goal else _LOCATIVE
        seen: set[int] = set()
        queue: list[tuple[Token, int]] = [(self.doc[node], 0)]
        while queue:
            token, depth = queue.pop(0)
            for prep in token.children:
                if prep.dep_ not in {"prep", "agent"} or prep.i in seen:
                    continue
                if contact and prep.lower_ in {"after", "before"}:
                    continue
                seen.add(prep.i)
                for child in prep.children:
                    if child.dep_ == "prep":
                        queue.append((prep, depth + 1))
                    if child.dep_ != "pobj":
                        continue
                    if prep.lower_ in wanted:
                        yield from ((head, prep) for head in self.clauses.heads(child))
                    if depth < 3 and self._leads_on(prep, child, wanted):
                        queue.append((child, depth + 1))
            for child in token.children:
                if child.dep_ in {"dobj", "attr", "npadvmod", "nsubjpass"} and depth == 0 and not self._is_topic(child):
                    queue.append((child, depth + 1))

    def _is_ground(self, on: Token, head: int) -> bool:
        """Whether one can stand on it: an island, a border, the margins of a meeting. "Talks on Libya" have a topic."""
        noun = self.doc[head]
        if _GROUND & {noun.lower_, *(c.lower_ for c in noun.children if c.dep_ in {"compound", "appos"})}:
            return True
        start, end = self._run(noun)
        return on.head.pos_ in {"VERB", "AUX"} and gazetteer.look_up(self.doc[start:end].text) is not None

    @staticmethod
    def _is_topic(noun: Token) -> bool:
        """ "Discussed the crisis in Libya", "condemned the attack in Lima": where that is says nothing of the talk."""
        return lemma_of(noun.head) in _TALK_OF and lemma_of(noun) not in _OCCASIONS

    @staticmethod
    def _leads_on(prep: Token, noun: Token, wanted: frozenset[str]) -> bool:
        """Whether the place may stand inside the phrase: "during a visit to Oslo", "at a hotel in Doha"; not "a step
        towards peace in Libya"."""
        if prep.lower_ in {"with", "of"}:
            return True
        if prep.lower_ not in wanted | _THROUGH:
            return False
        return noun.pos_ == "PROPN" or lemma_of(noun) in _OCCASIONS or noun.lower_ in _OCCASIONS | gazetteer.VENUES

    def _adverbs(self, node: int) -> Iterator[int]:
        for child in self.doc[node].subtree:
            if child.dep_ in {"advmod", "pcomp", "pobj"} and child.i - node < 30:
                yield child.i

    # --- what it names -----------------------------------------------------------------------------------------------

    def _run(self, token: Token) -> tuple[int, int]:
        """The capitalised run around a proper noun: "Panama City", "Great Hall of the People"."""
        if token.ent_type_ in {"GPE", "LOC", "FAC"}:
            start = end = token.i
            while start > 0 and self.doc[start - 1].ent_type_ == token.ent_type_ and self.doc[start].ent_iob_ == "I":
                start -= 1
            end += 1
            while end < len(self.doc) and self.doc[end].ent_iob_ == "I" and self.doc[end].ent_type_ == token.ent_type_:
                end += 1
        else:
            start, end = token.i, token.i + 1
            while start > 0 and self.doc[start - 1].pos_ == "PROPN" and start <= self.doc[start - 1].head.i <= token.i:
                start -= 1
        while end + 1 < len(self.doc) and token.lower_ in gazetteer.VENUES and self.doc[end].lower_ in {"of", "for"}:
            last = end + 1
            while last < len(self.doc) and (self.doc[last].pos_ == "PROPN" or self.doc[last].lower_ in _JOINTS):
                last += 1
            while last > end + 1 and self.doc[last - 1].pos_ != "PROPN":
                last -= 1
            if last == end + 1:
                break
            end = last
        while start < end - 1 and self.doc[start].lower_ in {"the", "a"}:
            start += 1
        while end > start + 1 and (
            self.doc[end - 1].lower_ in {"'s", "’s"} or self.doc[end - 1].pos_ in {"ADP", "DET"}
        ):
            end -= 1
        return start, end

    def _in_text(self, name: str, start: int, end: int, countries: Collection[str]) -> Place | None:
        country = gazetteer.country_of_name(name)
        span = Span(self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1]))
        if country is not None:
            return Place(name, country, span=span)
        container = self._container(end)
        near = [container] if container else list(countries)
        entry = gazetteer.look_up(name, near=near)
        if entry is not None:
            if container is not None and entry.country != container:
                return Place(name, container, span=span)
            return Place(name, entry.country, entry.lat, entry.lon, span)
        token = self.doc[start]
        venue = any(t.lower_ in gazetteer.VENUES for t in self.doc[start:end])
        if token.ent_type_ in {"GPE", "LOC", "FAC"} or venue:
            country = container or self._country_beside(end) or self._described(token)
            return Place(name, country, span=span)
        return None

    def _described(self, token: Token) -> str | None:
        """The country that an apposition puts the place in: "Kutum, a district in the Sudanese province of Darfur"."""
        last = next((t for t in (token, *token.ancestors) if any(c.dep_ == "appos" for c in t.children)), token)
        for noun in (c for c in last.children if c.dep_ == "appos" and c.i > token.i and c.pos_ == "NOUN"):
            preps = self.clauses.preps(noun.i)
            for head in (noun.i, *preps.get("in", ()), *preps.get("of", ())):
                for i in (*self.clauses.owners(head), *self.clauses.modifiers(head), head):
                    mention = self.cast.at(i)
                    country = self.cast.actors[mention.actor].country if mention is not None else None
                    if country is not None:
                        return country
        return None

    def _container(self, end: int) -> str | None:
        """The country after a comma: "Sochi, Russia"; "Boao, Hainan province" leads on to it."""
        at = end
        while at + 1 < len(self.doc) and self.doc[at].text == "," and self.doc[at + 1].pos_ == "PROPN":
            start, stop = self._run(self.doc[at + 1])
            country = gazetteer.country_of_name(self.doc[start:stop].text)
            if country is not None:
                return country
            at = stop
            if at < len(self.doc) and self.doc[at].lower_ in {"province", "region", "state", "oblast"}:
                at += 1
        return None

    def _country_beside(self, end: int) -> str | None:
        """A venue's town in the same phrase: "the University of Zurich", "a hotel in Doha", "the Palace, Lima"."""
        for i in range(max(1, end - 3), min(len(self.doc), end + 3)):
            if self.doc[i - 1].lower_ not in {"of", "in", "at", ","} or self.doc[i].pos_ != "PROPN":
                continue
            for last in range(min(len(self.doc), i + 3), i, -1):  # the longest name first: "New York City"
                entry = gazetteer.look_up(self.doc[i:last].text)
                if entry is not None:
                    return entry.country
        return None

    def _named(self, name: str, countries: Collection[str], span: Span | None) -> Place | None:
        entry = gazetteer.look_up(name, near=countries)
        if entry is None:
            country = gazetteer.country_of_name(name)
            return Place(name, country, span=span) if country else Place(name, None, span=span)
        return Place(entry.name, entry.country, entry.lat, entry.lon, span)

    def _capital(self, token: Token, countries: Collection[str]) -> Place | None:
        """ "the Eritrean capital", "the capital of Peru", "the capital, Lima"."""
        for child in token.children:
            if child.dep_ == "appos" and child.pos_ == "PROPN":
                start, end = self._run(child)
                return self._in_text(self.doc[start:end].text, start, end, countries)
        owners = [*self.clauses.owners(token.i), *self.clauses.modifiers(token.i)]
        owners += self.clauses.preps(token.i).get("of", ())
        for i in owners:
            mention = self.cast.at(i)
            country = self.cast.actors[mention.actor].country if mention is not None else None
            capital = gazetteer.capitals().get(country) if country else None
            if capital is not None:
                return self._named(capital, [country] if country else [], Span(token.idx, token.idx + len(token)))
        return None

    def _called(self, token: Token, countries: Collection[str]) -> Place | None:
        """ "the city of Oslo", "the Kenyan village of Isebania": the name, not the word before it."""
        for head in self.clauses.preps(token.i).get("of", ()):
            if self.doc[head].pos_ == "PROPN":
                owners = [*self.clauses.owners(token.i), *self.clauses.modifiers(token.i)]
                states = [m.actor for m in map(self.cast.at, owners) if m is not None]
                near = [c for c in (self.cast.actors[a].country for a in states) if c]
                found = self.place_at(head, near or countries)
                if found is None:
                    return Place(self.doc[head].text, near[0] if near else None)
                return found if found.country or not near else replace(found, country=near[0])
        return self._venue(token, countries)

    def _venue(self, token: Token, countries: Collection[str]) -> Place | None:
        """A common noun for a building counts only with a name before it or a named town or owner below it."""
        start = token.i
        while start > 0 and self.doc[start - 1].head.i == token.i and self.doc[start - 1].dep_ in {"compound", "punct"}:
            start -= 1
        while start < token.i and self.doc[start].pos_ != "PROPN":
            start += 1
        if start < token.i:  # "the Poipet border crossing"
            span = Span(self.doc[start].idx, token.idx + len(token))
            name = self.doc[start : token.i + 1].text
            return Place(name, self._inside(token) or self._country_beside(token.i + 1), span=span)
        for heads in (self.clauses.preps(token.i).get("in", ()), self.clauses.preps(token.i).get("of", ())):
            for head in heads:
                if self.doc[head].pos_ == "PROPN":
                    return self.place_at(head, countries)
        return None

    def _inside(self, token: Token) -> str | None:
        """The country of what the place lies in: "in Kenya's Isiolo county"."""
        for head in self.clauses.preps(token.i).get("in", ()):
            for i in (*self.clauses.owners(head), head):
                mention = self.cast.at(i)
                country = self.cast.actors[mention.actor].country if mention is not None else None
                if country is not None:
                    return country
        return None

    def _seat(self, name: str, countries: Collection[str], start: int, end: int) -> Place | None:
        """An organisation that is also a building: "at the White House", "in the Kremlin"."""
        entry = gazetteer.look_up(name, near=countries)
        if entry is None and self.doc[end - 1].lower_ in gazetteer.VENUES:  # "Delhi University" lies in Delhi's country
            town = next(
                (e for t in self.doc[start : end - 1] if (e := gazetteer.look_up(t.text, near=countries))), None
            )
            return (
                Place(
                    name, town.country, span=Span(self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1]))
                )
                if town
                else None
            )
        if entry is None:
            return None
        span = Span(self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1]))
        return Place(name, entry.country, entry.lat, entry.lon, span)


def _dateline_town(head: str) -> str | None:
    """The town of the dateline that `head`, or one of its first paragraphs, opens with: "OSLO, May 4 (NTB) -- ..."."""
    for paragraph in [p for p in head.split("\n") if p.strip()][:_HEAD_PARAGRAPHS]:
        found = find_dateline(paragraph.lstrip() + " A")  # a sentence must follow; it may be the dateline alone
        if found is not None and found.place is not None:
            return found.place.title() if found.place.isupper() else found.place
    return None
