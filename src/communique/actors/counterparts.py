"""Counterparts: "his Kazakh counterpart", "her counterparts from Peru and Chile" hold the office of their owner."""

from __future__ import annotations

from communique.actors.draft import DraftActor
from communique.actors.members import Members
from communique.actors.offices import OfficePhrase
from communique.actors.scene import HE, OWN, SHE
from communique.model import Office, Span


class Counterparts(Members):
    """Leads counterparts to persons, and gives them the office."""

    def _named_counterparts(self) -> None:
        """Give named counterparts the office before any description is led to its holder: "the two presidents" may
        stand before "his Peruvian counterpart X"."""
        for phrase in self.people.phrases:
            if phrase.parts[0].head.key == "counterpart" and not phrase.plural:
                person = self._named_by(phrase)
                owner = self._owner_of(phrase) if person is not None else None
                if person is not None and owner is not None and owner is not person:
                    self._give_counterpart(person, phrase, _offices(owner))

    def _named_by(self, phrase: OfficePhrase) -> DraftActor | None:
        """The person named beside the phrase."""
        start = next(
            (
                run.start
                for run in self.people.runs
                if self.people.before.get(run.start) is phrase or phrase in self.people.after.get(run.start, [])
            ),
            None,
        )
        return self.people.person_of.get(start) if start is not None else None

    def _owner_of(self, phrase: OfficePhrase) -> DraftActor | None:
        """Whose counterpart it is: "his", else the officer named before."""
        words = self.words
        named = self._named_by(phrase)
        if phrase.owner is not None and words.lower[phrase.owner] in HE | SHE:
            mention = self.draft.taken[phrase.owner]
            if mention is not None and mention.actor is not named:
                return mention.actor
            gender = "m" if words.lower[phrase.owner] in HE else "f"
            owner = self._fronted(phrase.owner, gender)
            if owner is not None and owner is not named:
                return owner
            owner = self._antecedent(phrase.owner, gender, but=named)
            if owner is not None:
                return owner
        earlier = [
            m
            for m in self.draft.mentions
            if m.start < phrase.start and m.actor.kind == "person" and m.actor.keys - {"counterpart"}
            and m.actor is not named
        ]  # fmt: skip
        return max(earlier, key=lambda m: m.start).actor if earlier else None

    def _counterpart(self, phrase: OfficePhrase) -> None:
        """ "his Kazakh counterpart(, X)" holds the office of the one it is the counterpart of."""
        words = self.words
        if phrase.plural:
            self._counterparts(phrase)
            return
        owner = self._owner_of(phrase)
        person = self._named_by(phrase)
        offices = _offices(owner)
        if person is None and owner is not None and phrase.country is not None:
            person = self._counterpart_in(phrase.country, owner)
        elif person is None and owner is not None:
            person = next(
                (
                    m.actor
                    for m in self.draft.before(phrase.start, sentences=4)
                    if m.actor.kind == "person" and m.actor is not owner and m.actor.keys and m.actor.country
                    and m.actor.country != owner.country
                ),
                None,
            )  # fmt: skip
            offices = []
        if person is None:
            return
        self._give_counterpart(person, phrase, offices)
        start = phrase.start
        if words.lower[start] in OWN:
            start += 1
        self._describe(person, start, phrase.end, phrase.head)

    def _counterpart_in(self, country: str, owner: DraftActor) -> DraftActor | None:
        """The holder of the owner's office in `country`, named or not."""
        offices = _offices(owner)
        keys = {o.key for o in offices if o.key}
        person = next(
            (p for p in self.people.persons if p is not owner and p.country == country and p.keys & keys), None
        )
        if person is None and offices:
            best = next((o for o in offices if o.key == "foreign minister"), offices[0])
            person = self.unnamed_actor(country, best.key or "", best.key or best.title)
            person.sector = owner.sector
        return person

    def _counterparts(self, phrase: OfficePhrase) -> None:
        """ "her counterparts from Peru, Chile and Cuba": the holder of the office in each."""
        words = self.words
        owner = self._owner_of(phrase)
        codes, k = list(dict.fromkeys(phrase.countries)), phrase.end
        if words.lower[k : k + 1] in (["from"], ["of"]):
            k += 1
            while k < words.n and (words.lower[k] in (",", "and", "the") or k in self.country_at):
                place = self.country_at.get(k)
                codes += [place[2]] if place is not None and place[2] not in codes else []
                k = place[1] if place is not None else k + 1
        if owner is None or len(codes) < 2:
            return
        members = [m for m in (self._counterpart_in(code, owner) for code in codes) if m is not None]
        if len(members) == len(codes):
            start = phrase.start + (words.lower[phrase.start] in OWN)
            self._describe(self.group_of(members), start, phrase.end, phrase.head)

    def _give_counterpart(self, person: DraftActor, phrase: OfficePhrase, offices: list[Office]) -> None:
        words = self.words
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


def _offices(person: DraftActor | None) -> list[Office]:
    """What a counterpart of this person holds too."""
    return [o for o in person.offices if o.status == "current" and o.key and o.key != "counterpart"] if person else []
