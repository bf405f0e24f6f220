"""Filling a slot: from the head of an argument to the actors it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from communique import tables
from communique.actors.cast import Actor, Cast, Mention
from communique.actors.names import person_words
from communique.codebook.frames import Words, head_position
from communique.codebook.kind import Agent
from communique.language.clauses import Clauses, lemma_of
from communique.language.columns import columns_of
from communique.model import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Heads that only count or group what follows "of".
_QUANTIFIERS = frozenset(
    """series number package set pair couple range raft host slew group dozen total kind type form part most all some
    several each both one two three four five many few half third quarter majority handful batch patch wave round
    member members representative delegation team rest kg kilo kilos kilogram ton tons tonne tonnes barrel litre
    planeload truckload shipload load consignment shipment worth dollar dollars euro euros yuan pounds""".split()
)
_COUNTED = _QUANTIFIERS - {"member", "members", "representative", "delegation", "team", "round"}
# Plurals in "-ers", "-ists" ... mostly name people; these do not.
_AGENTIVE = ("ers", "ors", "ists", "ians", "men", "ants")
_THINGS_IN_ERS = frozenset(
    """papers orders borders waters letters matters quarters dollars factors sectors powers tankers reactors motors
    centers numbers winters corridors doors floors errors rivers towers markers frontiers barriers offers answers
    suppers dinners posters counters computers trailers containers freighters carriers boosters grants plants variants
    remnants restaurants warrants shelters chapters covers layers headquarters chambers flowers terrors mirrors
    tractors vectors crores liters meters""".split()
)
# Parts of a body and those who speak for it: "the prosecutor's office", "an army spokesman".
_ARMS_OF_BODIES = frozenset(
    """office bureau department force service unit team spokesman spokeswoman spokesperson official chief source member
    patrol squad branch wing command headquarters commander officer statement report""".split()
)
_PRIVATE = frozenset({"CVL", "REB", "OPP", "MED", "REF", "LAB", "PTY"})  # sectors of people who are nobody's officials
# Last words of names of state bodies that no table has, counted to the state that owns them.
_STATE_BODIES = frozenset(
    """treasury department agency bureau authority administration directorate inspectorate command regiment brigade
    guard corps court prosecutor office police cabinet government service council senate congress board""".split()
)
_LED = frozenset({"led", "ruled", "run", "commanded"})
_SEATED = frozenset({"based", "headquartered", "located", "stationed", "operating"})
_GROUP_NOUNS = frozenset("group organisation organization association movement alliance coalition".split())
_CIVIL = frozenset(
    """rights aid relief opposition rebel militant armed environmental advocacy activist student religious ethnic
    women's watchdog charity campaign protest separatist terrorist terror guerrilla insurgent youth farmers' workers'
    civil pro-democracy democracy islamist jihadist humanitarian non-governmental nationalist""".split()
)
_GOVERNMENTS = frozenset("administration government cabinet regime junta".split())
_OF_STATES = _GOVERNMENTS | {"country", "nation", "side"}  # a person's own is his state's
_COLLECTIVE = frozenset("crowd mob union group movement clergy opposition public majority minority youth".split())
_PERSONAL = frozenset({"he", "she", "it", "they", "him", "her", "them", "who", "we", "i", "this", "that", "which"})


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a role of one event. `token` is where the text names it; `implied` when it was concluded."""

    role: str
    name: str
    kind: ActorKind
    country: str | None
    actor: int | None
    token: int
    implied: bool = False
    acts: bool = True
    sector: str | None = None  # PLOVER, where the words tell it: "Syrian forces" are MIL

    @property
    def side(self) -> str:
        """What tells one side from another: the country, else the actor; who fights his state is not on its side."""
        if self.kind == "organisation" and self.sector == "REB":
            return f"#{self.name}"
        return self.country or f"#{self.name}"


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """ISO code -> usual English name."""
    return {row["iso3"]: row["name"] for row in tables.rows("countries")}


class RoleReader:
    """Resolves arguments of one Doc to parties.

    `country_at` gives the country of a place named at a token, or None: a visit "to Oslo" has Norway for its host.
    """

    def __init__(
        self,
        doc: Doc,
        clauses: Clauses,
        cast: Cast,
        agents: Mapping[str, Agent],
        country_at: Callable[[int], str | None] | None = None,
    ) -> None:
        self.doc = doc
        self.columns = columns_of(doc)
        self.clauses = clauses
        self.cast = cast
        self.country_at = country_at or (lambda i: None)
        self.agents = agents
        self.lower, self.lemma = self.columns.lower, self.columns.base
        self._parties: dict[tuple[int, str, str, bool, bool], list[Party]] = {}
        self.countries = {a.country for a in cast.actors if a.kind == "state" and a.country}
        self.named = {a.country for a in cast.actors if a.country and a.acts}

    # --- actors ------------------------------------------------------------------------------------------------------

    def parties(
        self, head: int, role: str, type_: str, *, places: bool = False, countries: bool = False
    ) -> list[Party]:
        """The actors that the argument with head `head` names; [] when it names none that fits.

        `places`: a town stands for its country ("visit to Oslo"); `countries`: a country named as a place is meant as
        a state ("lashed out at Peru").
        """
        key = (head, role, type_, places, countries)
        if key not in self._parties:  # asked by every frame that its word may start
            self._parties[key] = []  # a cycle of references ends here
            self._parties[key] = self._resolve(head, role, type_, places=places, countries=countries)
        return self._parties[key]

    def _resolve(self, head: int, role: str, type_: str, *, places: bool, countries: bool) -> list[Party]:
        countries = countries or places
        head = self.unquantified(head)
        again = self.referent(head)
        if again is not None:
            return [replace(p, token=head) for p in self.parties(again, role, type_)]
        leader = self._leader(head)
        led = self.parties(leader, role, type_) if leader is not None else []
        if led:
            return led
        mention = self.cast.at(head)
        mention_acts = mention is not None and self.cast.actors[mention.actor].acts
        if mention is not None and not mention_acts and self.doc[mention.head].lower_ in _STATE_BODIES:
            owners = self.owners(mention.head, role)  # "the United States Treasury", "the Reagan Administration"
            if owners:
                return [replace(p, sector="GOV") if p.kind == "state" else p for p in owners]
        if mention is not None:
            found = self._of_mention(mention, head, role, type_, countries)
            if found or not places:
                if found:
                    return _unique([*found, *self._joined_to(mention, head, role, type_)])
                if mention.form != "adjective" and mention_acts:
                    return []
        token = self.doc[head]
        capital = _capitals().get(token.text) if countries and (mention is None or not mention_acts) else None
        if capital is not None and token.pos_ == "PROPN":
            return [self.state(capital, role, head)]
        for child in token.children:  # "his host, President Rojas": the apposition names him
            if child.dep_ == "appos" and child.i > head:
                found = self.parties(child.i, role, type_, places=places, countries=countries)
                if found:
                    return found
        beside = self._named_beside(head)
        if beside is not None:
            return [self.party(m, role, beside.head) for m in self.cast.expand(self.cast.actors[beside.actor])]
        among = self._named_among(head, role, type_)
        if among:
            return among
        if self._is_agentive(head) and type_ != "person":
            owners = self.owners(head, role)
            sector = self._sector(head)
            if type_ == "organisation":
                owners = [p for p in owners if p.kind == "organisation"]
            if owners and sector is not None:
                return [replace(p, sector=sector) if p.kind == "state" else p for p in owners]
            if owners and sector is None and type_ in {"group", "any"}:  # "shepherds from Chad"
                return [replace(self.people(head, role), country=p.country) for p in owners[:1]]
        if lemma_of(token) in _GROUP_NOUNS:  # "the Islamic Jihad organisation"
            named = [p for p in self.owners(head, role, near=True) if p.kind == "organisation" and p.acts]
            if named:
                return named
        if places:
            near = self.owners(head, role, near=True) if token.pos_ == "NOUN" else []
            if near:
                return near  # "the Cambodian camp in Thailand"
            country = self.country_at(head)
            if country is not None:
                return [self.state(country, role, head)]
        if type_ in {"actor", "group", "any"} and self.is_public(head):
            return [self.people(head, role)]
        if type_ in {"group", "any"} and self._is_ethnic(token):
            return [self.people(head, role)]
        return []

    def _leader(self, head: int) -> int | None:
        """Who leads it: "a delegation headed by Peru's foreign minister"."""
        if self.lemma[head] != "delegation":
            return None
        for verb in self.doc[head].children:
            if verb.dep_ == "acl" and verb.lower_ in {"led", "headed"} and verb.i > head:
                return next(iter(self.clauses.preps(verb.i).get("by", ())), None)
        return None

    @staticmethod
    def _is_ethnic(token: Token) -> bool:
        """ "Ethnic Hungarians": people, whose state the words do not tell."""
        return token.tag_ in {"NNPS", "NNS"} and any(c.lower_ == "ethnic" for c in token.children)

    def is_public(self, head: int) -> bool:
        """A noun for somebody with a public function or in arms, whoever's they are: "a court", "gunmen", "the
        prosecutor's office", "police sources"."""
        token = self.doc[head]
        if token.pos_ not in {"NOUN", "PROPN"}:
            return False
        agent = self._agent(head)
        if agent is not None and agent.alone:
            return True
        if lemma_of(token) not in _ARMS_OF_BODIES:
            return False
        owners = (self._agent(i) for i in (*self.clauses.owners(head), *self.clauses.modifiers(head)))
        return any(agent is not None and agent.alone for agent in owners)

    def _agent(self, head: int) -> Agent | None:
        """What the table says of the noun, with the word before it or alone."""
        token = self.doc[head]
        forms = (token.lower_, lemma_of(token))
        before = self.doc[head - 1].lower_ if head else ""
        keys = (*(f"{before} {form}" for form in forms), *forms)
        return next((self.agents[key] for key in keys if key in self.agents), None)

    def _sector(self, head: int) -> str | None:
        token = self.doc[head]
        if self._is_civil_group(token):
            return "CVL"
        agent = self._agent(head)
        return agent.sector if agent is not None else None

    def _named_beside(self, head: int) -> Mention | None:
        """The person named right after a comma: "with the host, President Rojas", however the parser hangs it."""
        if head + 2 >= len(self.doc) or self.doc[head + 1].text != "," or self.doc[head].pos_ != "NOUN":
            return None
        mention = self.cast.at(head + 2)
        if mention is None or mention.full_start != head + 2 or mention.form not in {"name", "short"}:
            return None
        person = self.doc[mention.head]
        if self.doc[head].tag_ == "NNS" or (person.dep_ == "nsubj" and person.head.i > person.i):
            return None  # "... violated by Chad's drones, Minister X said"
        return mention if self.cast.actors[mention.actor].kind == "person" else None

    def _named_among(self, head: int, role: str, type_: str) -> list[Party]:
        """Those of whom a list names some: "met several ministers, including X of Peru and Y of Chile"."""
        if self.doc[head].tag_ not in {"NNS", "NNPS"} or not self._is_agentive(head):
            return []
        for i in range(head + 1, self.doc[head].sent.end):
            token = self.doc[i]
            if token.lower_ == "including" and self.doc[i - 1].text == ",":
                heads = [j for c in token.children if c.dep_ in {"pobj", "dobj"} for j in self.clauses.heads(c)]
                return _unique(p for j in heads for p in self.parties(j, role, type_))
        return []

    def _is_agentive(self, head: int) -> bool:
        """A noun for people or bodies who act: of the table, or a plural in "-ers", "-ists" and the like."""
        token = self.doc[head]
        word = token.lower_
        if self._agent(head) is not None or self._is_civil_group(token):
            return True
        plural = token.tag_ in {"NNS", "NNPS"} and len(word) > 5 and word not in _THINGS_IN_ERS
        return plural and word.endswith(_AGENTIVE)

    def _is_civil_group(self, token: Token) -> bool:
        """ "A rights group", "student organisations", "armed groups": what else a group is, its modifiers tell."""
        if lemma_of(token) not in _GROUP_NOUNS:
            return False
        return any(c.lower_ in _CIVIL for c in token.children if c.dep_ in {"amod", "compound", "nmod"})

    def _joined_to(self, mention: Mention, head: int, role: str, type_: str) -> list[Party]:
        """The person joined to a name that the parser hung under its long office: "Secretary for Trade X, and Y"."""
        forms = {"name", "short"}
        if mention.form in forms and mention.full_start <= head < mention.head:
            inside = range(mention.head, mention.head + 1)
        elif mention.form == "description" and self.cast.actors[mention.actor].members:
            inside = range(head + 1, mention.full_end)  # "the envoys of A, X, and B, Y, as well as the envoys of ..."
            forms = {"description"}
        else:
            return []
        found: list[Party] = []
        for j in (j for i in inside for j in self.clauses.heads(self.doc[i])[1:]):
            other = self.cast.at(j)
            if other is not None and other.form in forms and other.full_start >= mention.full_end:
                found += self.parties(j, role, type_)
        return found

    def _of_mention(self, mention: Mention, head: int, role: str, type_: str, countries: bool) -> list[Party]:
        actor = self.cast.actors[mention.actor]
        if mention.form == "adjective" and not (mention.full_start <= head < mention.full_end and head == mention.head):
            return []
        if mention.form == "place" and not countries:
            return []
        members = list(self.cast.expand(actor))
        parties = [self.party(member, role, mention.head) for member in members]
        if actor.kind == "organisation" and not actor.acts and self.is_public(mention.head):
            # "the Regional Court", whatever the parser made of it
            return [replace(p, acts=True, sector=self._sector(mention.head)) for p in parties]
        return [p for member, p in zip(members, parties, strict=True) if _fits(member, p.country, type_)]

    def party(self, actor: Actor, role: str, token: int) -> Party:
        """The actor as a party; an official whom the report does not name ("the Peruvian envoy") is the state."""
        if actor.kind == "person" and not actor.named and actor.country and actor.acts:
            return self.state(actor.country, role, token)
        country = actor.country
        if country is None and _is_official(actor):
            country = _named_governments().get(actor.name.rsplit(maxsplit=1)[-1])  # "President Reagan"
        if country is None and _is_official(actor) and len(self.countries) == 1:
            country = next(iter(self.countries))  # an official in a report that names one country only
        rebels = "REB" if actor.kind == "organisation" and actor.sector == "REB" else None
        return Party(role, actor.name, actor.kind, country, actor.index, token, acts=actor.acts, sector=rebels)

    def state(self, country: str, role: str, token: int, *, implied: bool = False) -> Party:
        """The state itself as a party: the cast's actor where it has one."""
        index = next(
            (a.index for a in self.cast.actors if a.kind == "state" and a.country == country and a.members is None),
            None,
        )
        name = self.cast.actors[index].name if index is not None else country_names().get(country, country)
        return Party(role, name, "state", country, index, token, implied)

    def owners(self, head: int, role: str, *, near: bool = False, inside: bool = True) -> list[Party]:
        """The actors that own the noun: "Peru's", "Peruvian", "of Peru", "from Peru"; the noun's own country.

        `near`: only those that stand before it; `inside`: also the country in which it is ("police in Lima").
        """
        holder = self._holder_of(head)
        if holder is not None:
            return [self.party(self.cast.actors[holder.actor], role, holder.head)]
        token = self.doc[head]
        named = self.cast.at(head)
        is_name = named is not None and named.form in {"name", "short", "description"} and named.head == head
        if named is not None and is_name and not self.clauses.owners(head):
            person = self.cast.actors[named.actor]
            if person.kind == "person" and person.named and person.country and person.acts:
                return [self.party(person, role, head)]  # "accused Peruvian Prime Minister X of": he, not his state
        found: list[Party] = []
        for i in self.clauses.owners(head):
            found += self._owner(i, role)
        if not found:
            own = self.cast.at(head)
            for i in self.clauses.modifiers(head):
                if own is not None and self.cast.at(i) is own:
                    continue  # a part of its own name
                if self.doc[i].lower_ in _LED:  # "Vietnamese-led forces"
                    found += [p for c in self.doc[i].lefts for p in self._owner(c.i, role, places=False)]
                found += self._owner(i, role, places=self.doc[i].ent_type_ in {"GPE", "LOC", "NORP"})
        if not found and lemma_of(token) in _GOVERNMENTS:
            found = self._called_after(head, role)
        if not found:
            found = self._by_town(head, role)
        if near:
            return _unique(found)
        if not found and not any(c.dep_ == "poss" for c in token.children):  # "its embassy in London" is not Britain's
            preps = self.clauses.preps(head)
            for name in ("of", "from", "in") if inside else ("of", "from"):
                for i in preps.get(name, ()):
                    found += self._owner(i, role, places=name == "in")
                    if not found and name in {"of", "from"} and self._is_agentive(i):
                        found += self.owners(i, role)  # "leaders of Romania's new government"
                if found:
                    break
        if lemma_of(token) in _OF_STATES:  # "the Silva government", "his country"
            found = [self.state(p.country, role, p.token) if p.country and p.kind == "person" else p for p in found]
        if not any(p.country for p in found):
            mention = self.cast.at(token.i)
            if mention is not None and mention.form != "adjective":
                country = self.cast.actors[mention.actor].country
                if country is not None:
                    found = [self.state(country, role, head)]
        return _unique(found)

    def _by_town(self, head: int, role: str) -> list[Party]:
        """The state of a body that no table has, by the town in its name: "the Delhi University Medical School"."""
        mention = self.cast.at(head)
        body = self.cast.actors[mention.actor] if mention is not None else None
        if mention is None or body is None or body.kind != "organisation" or body.country or body.acts:
            return []
        for i in range(mention.start, mention.head):
            country = self.country_at(i) if self.doc[i].ent_type_ in {"GPE", "ORG", "FAC"} else None
            if country is not None:
                return [self.state(country, role, head)]
        return []

    def _holder_of(self, head: int) -> Mention | None:
        """The person whose office the noun is: "Ambassador" in "Norwegian Ambassador Odd Lund"."""
        mention = self.cast.at(head)
        named = mention is not None and mention.form in {"name", "short"} and mention.full_start <= head < mention.start
        if mention is None or not named or self.cast.actors[mention.actor].kind != "person":
            return None
        return mention if self.cast.actors[mention.actor].country else None

    def _called_after(self, head: int, role: str) -> list[Party]:
        """The state of a government called after its leader: "the Reagan administration", "Merkel's cabinet"."""
        for i in (*self.clauses.owners(head), *self.clauses.modifiers(head)):
            country = _named_governments().get(self.doc[i].text)
            if country is not None:
                return [self.state(country, role, head)]
        return []

    def _owner(self, i: int, role: str, *, places: bool = True) -> list[Party]:
        mention = self.cast.at(i)
        if mention is not None:
            return [self.party(m, role, mention.head) for m in self.cast.expand(self.cast.actors[mention.actor])]
        again = self.referent(i) if self.doc[i].head.dep_ == "nsubj" else None
        if again is not None:  # "Peru denied that its navy had fired"
            return self.parties(again, role, "actor")
        if places:
            country = self.country_at(i)
            if country is not None:
                return [self.state(country, role, i)]
        return []

    def names_people(self, head: int, *, many: bool = False) -> bool:
        """A noun for people of whom the text gives no country: "demonstrators", "students".

        `many`: several of them, or what they form ("a crowd", "the union").
        """
        token = self.doc[head]
        if many and token.tag_ not in {"NNS", "NNPS"} and token.lower_ not in _COLLECTIVE:
            return False
        if token.pos_ not in {"NOUN", "PROPN"} or self.cast.at(head) is not None or not self._is_agentive(head):
            return False
        return (self._sector(head) or "CVL") in _PRIVATE

    def people(self, head: int, role: str) -> Party:
        """The people that noun `head` names, by its own words, without a country."""
        token = self.doc[head]
        start = min(
            [c.i for c in token.children if c.dep_ in {"amod", "compound", "nmod"} and c.i < head], default=head
        )
        return Party(role, self.doc[start : head + 1].text, "group", None, None, head, sector=self._sector(head))

    def referent(self, i: int) -> int | None:
        """The doer above whom an unresolved "it" or "they" repeats: "Fiji said it had recalled its envoy"."""
        token = self.doc[i]
        if token.lower_ not in {"it", "they", "its", "their"} or self.cast.at(i) is not None:
            return None
        for above in self.clauses.ancestors(i):
            doers = self.clauses.clause(above).subjects  # "taken by the rebels during their raid": by whom it was done
            for head in dict.fromkeys((*doers, *self.clauses.surface_subjects(above))):
                if self.doc[head].pos_ not in {"NOUN", "PROPN"} or not (head < i and self.unquantified(head) < i):
                    continue  # "several of them are": what they repeat stands before them, or the search goes round
                if self.parties(head, "party", "actor"):
                    return head
        return self._subject_before(i) if token.dep_ in {"nsubj", "nsubjpass"} and token.lower_ == "it" else None

    def _subject_before(self, i: int) -> int | None:
        """The state or body that is the subject of the sentence before: "Turkey was angry. In May it expelled ..."."""
        start = self.doc[i].sent.start
        if not start:
            return None
        for head in self.clauses.surface_subjects(self.doc[start - 1].sent.root.i):
            if self.doc[head].pos_ in {"NOUN", "PROPN"} and head < i:
                parties = self.parties(head, "party", "actor")
                if parties and all(p.kind in {"state", "organisation"} for p in parties):
                    return head
        return None

    def seat(self, head: int) -> str | None:
        """The country in which the noun's own words place it: "a court in Lima", "a camp near Gaza"."""
        nodes = [head, *(c.i for c in self.doc[head].children if c.dep_ == "acl" and c.lower_ in _SEATED)]
        for node in nodes:
            preps = self.clauses.preps(node)
            for name in ("in", "at", "of", "from", "near"):
                for i in preps.get(name, ()):
                    country = self.country_at(i) or self._country_of_adjective(i)
                    if country is not None:
                        return country
        return None

    def _country_of_adjective(self, noun: int) -> str | None:
        """ "Shepherds of the Syrian hills": the country that an adjective before the noun names."""
        mentions = [self.cast.at(i) for i in self.clauses.modifiers(noun)]
        return next((self.cast.actors[m.actor].country for m in mentions if m is not None), None)

    def is_pronoun(self, i: int) -> bool:
        """A pronoun that the cast could not resolve: somebody, but not known who."""
        return self.doc[i].lower_ in _PERSONAL and self.cast.at(i) is None

    # --- words -------------------------------------------------------------------------------------------------------

    def unquantified(self, head: int) -> int:
        """Past "a number of", "one of": the noun that is meant."""
        for _ in range(3):
            token = self.doc[head]
            if lemma_of(token) not in _COUNTED and token.lower_ not in _COUNTED:
                return head
            inner = self.clauses.preps(head).get("of", ())
            if not inner:
                return head
            head = inner[0]
        return head

    def has_word(self, head: int, words: Words) -> int | None:
        """The token of `head` (or what it counts) that is one of `words`; None when it is not."""
        for i in dict.fromkeys((head, self.unquantified(head))):
            lower, lemma = self.lower[i], self.lemma[i]
            if lower in {"march", "may"} and self.doc[i].pos_ == "PROPN":
                continue  # the months
            if lower in words.lemmas or lemma in words.lemmas:
                return i
            phrases = (*words.by_head.get(lower, ()), *(words.by_head.get(lemma, ()) if lemma != lower else ()))
            if any(self.ends_with(i, phrase) for phrase in phrases):
                return i
        return self._office_of(head, words)

    def _office_of(self, head: int, words: Words) -> int | None:
        """The office before a name or behind it, where that is one of `words`: "summoned Ambassador Lund"."""
        mention = self.cast.at(head)
        if mention is None or mention.head != head or mention.form not in {"name", "short"}:
            return None
        if self.cast.actors[mention.actor].sector not in {"GOV", "MIL"}:
            return None
        beside: list[int] = [
            *range(mention.start - 1, mention.full_start - 1, -1),
            *range(mention.end, mention.full_end),
        ]
        for i in beside:
            token = self.doc[i]
            if token.pos_ not in {"NOUN", "PROPN"} or token.lower_ not in person_words():
                continue
            if {token.lower_, lemma_of(token)} & words.lemmas or any(self.ends_with(i, p) for p in words.phrases):
                return i
        return None

    def ends_with(self, i: int, phrase: tuple[str, ...]) -> bool:
        """Whether `phrase` stands at token `i`, its head: the last word, or the one before "of" ("act of war").

        Words are compared as forms and lemmas; hyphens may divide them.
        """
        at = head_position(phrase)
        return self._matches(i, phrase[at::-1], -1) and (
            at == len(phrase) - 1 or self._matches(i + 1, phrase[at + 1 :], 1)
        )

    def _matches(self, i: int, words: Sequence[str], step: int) -> bool:
        lower, base, n = self.columns.lower, self.columns.base, self.columns.n
        for word in words:
            while 0 <= i < n and lower[i] == "-" and word != "-":
                i += step
            if not 0 <= i < n or (word != lower[i] and word != base[i]):
                return False
            i += step
        return True


def _fits(actor: Actor, country: str | None, type_: str) -> bool:
    if type_ == "any" or (type_ == "group" and actor.kind in {"organisation", "group"} and actor.sector is not None):
        return True
    if type_ == "person":
        return actor.kind == "person"
    if type_ == "state":
        return actor.kind == "state" or (actor.acts and country is not None)
    if type_ == "organisation":  # of many states; the European Union is one
        return actor.kind == "organisation" and actor.acts and actor.country in {None, "EUU"}
    if type_ == "body":
        return actor.kind in {"organisation", "state"} and actor.acts
    if actor.sector == "NGO":
        return True
    return actor.acts and (
        country is not None or actor.kind in {"organisation", "state", "group"} or bool(actor.offices)
    )


def _is_official(actor: Actor) -> bool:
    """A person with an office of a state, as far as the office tells."""
    titles = " ".join(office.title.lower() for office in actor.offices)
    international = ("secretary-general", "secretary general", "director-general", "high commissioner", "european")
    return actor.kind == "person" and bool(actor.offices) and not any(word in titles for word in international)


def _unique(parties: Iterable[Party]) -> list[Party]:
    return list({(p.actor, p.name, p.role): p for p in parties}.values())


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    """One-word capitals that no other country shares -> ISO code."""
    found: dict[str, set[str]] = {}
    for row in tables.rows("country_forms"):
        if row["kind"] == "capital":
            found.setdefault(row["form"], set()).add(row["iso3"])
    return {form: next(iter(codes)) for form, codes in found.items() if len(codes) == 1}


@lru_cache(maxsize=1)
def _named_governments() -> dict[str, str]:
    """Leader's name -> country of the government that is called after it."""
    return {row["name"]: row["country"] for row in tables.rows("named_governments")}
