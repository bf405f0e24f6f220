"""Persons: names joined through the report, each with the offices that stand beside its name."""

from __future__ import annotations

from collections.abc import Mapping

from communique.actors.body_names import body_end
from communique.actors.draft import Draft, DraftActor
from communique.actors.names import HONORIFICS, ORGANISATION_WORDS, NameRun, family_first, given_names, split_name
from communique.actors.office_words import TITLE_WORDS, Known, Places, portfolio_words
from communique.actors.offices import OfficePart, OfficePhrase
from communique.actors.spelling import alike
from communique.actors.words import Words
from communique.model import Office, Span

_STOP = frozenset(
    """al el bin ibn de del della di da dos du la le van von der den of the y e ul ould bint san jr jr. sr
    sr.""".split()
)
# Keys of people who do not act between states.
_IDLE = frozenset(
    """athlete;artist;author;chef;student;teacher;doctor;nurse;architect;engineer;curator;librarian;farmer;worker;
    resident;victim;suspect;businessperson;founder;chief executive officer;chief financial officer;manager;
    chief operating officer;chief technology officer;executive;owner;partner;expert;professor;pilot;soldier""".replace(
        "\n    ", ""
    ).split(";")
)
_PATRONYMIC = ("vich", "vna", "ichna")
_ORDINALS = frozenset("first second third fourth fifth sixth seventh last latest only highest next most".split())
# What somebody is only toward another one is no office.
_RELATIONS = frozenset({"guest", "host"})


class People:
    """Builds the persons of one report on its draft."""

    def __init__(
        self, draft: Draft, runs: list[NameRun], phrases: list[OfficePhrase], country_at: Places,
        body_at: Mapping[int, tuple[int, int, str | None]],
    ) -> None:  # fmt: skip
        self.draft = draft
        self.words: Words = draft.words
        self.runs = runs
        self.phrases = phrases
        self.country_at = country_at
        self.body_at = body_at
        self.run_at = {run.start: run for run in runs}
        self.run_ending = {run.end: run for run in runs}
        self.phrase_at = {phrase.start: phrase for phrase in phrases} | {p.bare_start: p for p in phrases}
        self.before: dict[int, OfficePhrase] = {}  # run.start -> phrase before the name
        self.after: dict[int, list[OfficePhrase]] = {}  # run.start -> phrases after it
        self.used: set[int] = set()  # id of phrases that belong to a name
        self.shared: list[tuple[OfficePhrase, list[NameRun]]] = []  # "Presidents X and Y"
        self.person_of: dict[int, DraftActor] = {}  # run.start -> person
        self.persons: list[DraftActor] = []
        self.parts: dict[int, list[tuple[str, ...]]] = {}  # id of a person -> its word tuples

    # --- offices beside names -------------------------------------------------------------------------------------

    def link_offices(self) -> None:
        """Tie each office phrase to the name that it stands before or after."""
        for phrase in self.phrases:
            run = self.run_at.get(self._skip_honorifics(phrase.end))
            if run is None or self._is_one_of_many(phrase):
                continue
            self.used.add(id(phrase))
            if phrase.plural:
                group = self._coordinated(run)
                self.shared.append((phrase, group))
                for member in group:
                    self.before.setdefault(member.start, phrase)
            else:
                self.before[run.start] = phrase
        for run in self.runs:
            for phrase in self._appositions(run):
                if id(phrase) not in self.used:
                    self.used.add(id(phrase))
                    self.after.setdefault(run.start, []).append(phrase)
        for phrase in self.phrases:
            if phrase.plural and id(phrase) not in self.used and not self._one_by_one(phrase):
                self._share(phrase)
        for phrase in self.phrases:
            if id(phrase) in self.used or phrase.plural:
                continue
            after_comma = self._office_comma_name(phrase)
            if after_comma is not None:
                self.used.add(id(phrase))
                self.before.setdefault(after_comma.start, phrase)

    def _is_one_of_many(self, phrase: OfficePhrase) -> bool:
        """ "the third minister Park has dismissed": the name after the office begins another clause."""
        words = self.words
        if phrase.plural or words.is_cap(phrase.head):
            return False
        begin = max(words.sentence_bounds[words.sentence[phrase.head]][0], phrase.head - 6)
        before = words.lower[begin : phrase.head]
        if "the" not in before:
            return False
        return any(word in _ORDINALS for word in before[len(before) - before[::-1].index("the") :])

    def _one_by_one(self, phrase: OfficePhrase) -> bool:
        """ "the ambassadors of A, X, B, Y and C, Z": each state with the name after it."""
        words = self.words
        state = next(
            (self.country_at[k] for k in range(phrase.end - 1, phrase.start - 1, -1) if k in self.country_at), None
        )
        pairs: list[tuple[tuple[int, int, str], NameRun]] = []
        while state is not None and words.text[state[1] : state[1] + 1] == [","]:
            run = self.run_at.get(self._skip_honorifics(state[1] + 1))
            if run is None or run.start in self.before:
                break
            pairs.append((state, run))
            k = run.end
            while k < words.n and words.lower[k] in (",", "and", "the", "as", "well", "of", ";"):
                k += 1
            state = self.country_at.get(k)
        if len(pairs) < 2:
            return False
        self.used.add(id(phrase))
        for (start, end, code), run in pairs:
            own = OfficePhrase(start, end, phrase.parts, country=code, bare_start=start, countries=[code])
            self.before[run.start] = own
        self.shared.append((phrase, [run for _, run in pairs]))
        return True

    def _share(self, phrase: OfficePhrase) -> None:
        """ "the foreign ministers of A and B, X and Y" and "X and Y, the presidents of A and B"."""
        words, end = self.words, phrase.end
        while (end < words.n and words.lower[end] in ("of", "the", "two", "three", "both", "their", "respective")) or (
            end < words.n and end - phrase.end < 5 and words.pos[end] in ("NOUN", "ADJ") and not words.is_cap(end)
        ):
            end += 1
        run = self.run_at.get(self._skip_honorifics(end + 1)) if words.text[end : end + 1] == [","] else None
        group = self._coordinated(run) if run is not None else []
        if len(group) < 2 and phrase.start and words.text[phrase.start - 1] == ",":
            last = self.run_ending.get(phrase.start - 1)
            group = []
            while last is not None:
                group.insert(0, last)
                j = self._back_over_honorifics(last.start)
                last = self.run_ending.get(j - 1) if j and words.lower[j - 1] in ("and", ",", "&") else None
        if len(group) < 2 or any(self._has_own_office(r) for r in group):
            return
        self.used.add(id(phrase))
        self.shared.append((phrase, group))
        for member in group:
            self.before.setdefault(member.start, phrase)

    def _has_own_office(self, run: NameRun) -> bool:
        """An office beside the name that is more than a rank: "officers, X and Colonel Y" leaves Y an officer."""
        before = self.before.get(run.start)
        return run.start in self.after or (before is not None and (before.plural or before.country is not None))

    def _back_over_honorifics(self, i: int) -> int:
        while i and self.words.lower[i - 1] in HONORIFICS:
            i -= 1
        return i

    def _skip_honorifics(self, i: int) -> int:
        while i < self.words.n and self.words.lower[i] in HONORIFICS:
            i += 1
        return i

    def _coordinated(self, run: NameRun) -> list[NameRun]:
        """The names joined to `run`: "X, Y and Z", each perhaps with a rank before it or its state after it."""
        words = self.words
        group, j = [run], self._over_state(run.end)
        while j < words.n and words.lower[j] in (",", "and", "&"):
            ended = words.lower[j] != ","
            k = j + 1
            if words.lower[k : k + 1] == ["and"]:
                ended, k = True, k + 1
            following = self.run_at.get(self._skip_honorifics(k))
            rank = self.phrase_at.get(k)
            if following is None and rank is not None and rank.country is None and not rank.plural:
                following = self.run_at.get(self._skip_honorifics(rank.end))
            if following is None:
                break
            group.append(following)
            j = self._over_state(following.end)
            if ended:
                break
        return group

    def _over_state(self, j: int) -> int:
        """Past "of Kenya" or "(Kenya)" behind a name."""
        words = self.words
        if words.lower[j : j + 1] == ["of"]:
            k = j + 2 if words.lower[j + 1 : j + 2] == ["the"] else j + 1
            place = self.country_at.get(k)
            return place[1] if place is not None and place[0] in (k, k - 1) else j
        if words.text[j : j + 1] == ["("]:
            place = self.country_at.get(j + 1)
            if place is not None and words.text[place[1] : place[1] + 1] == [")"]:
                return place[1] + 1
        return j

    def _appositions(self, run: NameRun) -> list[OfficePhrase]:
        """Office phrases right after the name: ", chairman of ...", ", who is ...", "(...)", "is the ..."."""
        words, i = self.words, run.end
        found: list[OfficePhrase] = []
        if i >= words.n:
            return found
        if words.text[i] != "," and run.score < 1 and words.text[i] in ("(", "—", "–", "-", "--"):
            return found  # a dateline, not an apposition
        if words.text[i] in (",", "(", "—", "–", "-", "--"):
            j = i + 1
            if words.pos[j : j + 1] == ["NUM"] and words.lower[j + 1 : j + 2] == [","]:
                j += 2
            j = self._over_who(j)
            while True:
                j = self._over_modifiers(j)
                phrase = self.phrase_at.get(j)
                if phrase is None or phrase.plural or self._has_name(phrase) or self._is_of_next(run, phrase):
                    break
                found.append(phrase)
                if phrase.end < words.n and words.lower[phrase.end] == "and":
                    j = phrase.end + 1
                    continue
                break
        elif words.lemma[i] in ("be", "become") and words.pos[i] in ("AUX", "VERB"):
            j = i + 1
            while j < words.n and words.pos[j] == "ADV":
                j += 1
            phrase = self.phrase_at.get(self._over_modifiers(j))
            if phrase is not None and not phrase.plural and not self._has_name(phrase):
                found.append(phrase)
        return found

    def _is_of_next(self, run: NameRun, phrase: OfficePhrase) -> bool:
        """ "Chad's president, X, Togo's president, Y, and ...": a list in which each name follows its office."""
        words, i = self.words, phrase.end
        if words.text[i : i + 1] != [","] or self.run_at.get(self._skip_honorifics(i + 1)) is None:
            return False
        own = next((p for p in self.phrases if p.end == run.start - 1 and words.text[p.end] == ","), None)
        return own is not None and None not in (own.country, phrase.country) and own.country != phrase.country

    def _over_who(self, j: int) -> int:
        words = self.words
        k = j
        if words.lower[k : k + 1] != ["who"]:
            return j
        k += 1
        while k < words.n and (words.pos[k] in ("ADV", "AUX") or words.lemma[k] in ("serve", "act")) and k - j < 6:
            k += 1
        if words.lower[k : k + 1] == ["as"]:
            k += 1
        return k

    def _over_modifiers(self, j: int) -> int:
        """Over words that stand between the comma and the office: "himself a former minister", "currently"."""
        while j < self.words.n and j not in self.phrase_at and self.words.lower[j] in (
            "also", "currently", "now", "himself", "herself", "once", "previously", "formerly", "both", "then",
        ):  # fmt: skip
            j += 1
        return j

    def _has_name(self, phrase: OfficePhrase) -> bool:
        return id(phrase) in self.used or self._skip_honorifics(phrase.end) in self.run_at

    def _office_comma_name(self, phrase: OfficePhrase) -> NameRun | None:
        """ "Qatar's prime minister, Sheikh Nasser al-Dossari,": the name after the comma."""
        words, i = self.words, phrase.end
        if words.text[i : i + 1] != [","] or (phrase.determiner in ("a", "an") and phrase.country is None):
            return None
        second = self.phrase_at.get(i + 1)
        if second is not None and not second.plural and id(second) in self.used:
            run = self.run_at.get(self._skip_honorifics(second.end))
            if run is not None and self.before.get(run.start) is second:
                self.used.add(id(phrase))  # "the army chief, General X"
                self.after.setdefault(run.start, []).append(phrase)
            return None
        run = self.run_at.get(self._skip_honorifics(i + 1))
        if run is None or run.start in self.before:
            return None
        after = words.text[run.end : run.end + 1]
        joined = after == ["and"] and (self.phrase_at.get(run.end + 1) or self.run_at.get(run.end + 1))
        if (
            after
            and not joined
            and after[0] not in (",", ".", ")", ";", ":", "—", "–")
            and words.pos[run.end] not in ("VERB", "AUX", "ADV")
        ):
            return None
        if run.score < 1 and not run.long:
            return None
        return run

    def _heading(self, run: NameRun) -> Office | None:
        """ "X, who (also) heads the border commission": an office in a relative clause."""
        words, i = self.words, run.end
        if words.lower[i : i + 2] != [",", "who"]:
            return None
        j = i + 2
        while j < words.n and words.pos[j] in ("ADV", "AUX") and j - i < 5:
            j += 1
        if j >= words.n or words.lemma[j] not in ("head", "lead", "chair", "run", "direct", "command", "oversee"):
            return None
        last = words.tag[j] in ("VBD", "VBN") and words.lemma[words.head[j]] != "have"
        stop = body_end(words, j + 1, Known(self.country_at, {}), capital=False)
        if stop <= j + 1:
            return None
        first = j + 1
        while first < stop and words.lower[first] in ("the", "a", "an", "its", "their"):
            first += 1
        title = {"head": "head", "chair": "chair", "command": "commander", "direct": "director"}.get(
            words.lemma[j], "head"
        )
        state = next((self.country_at[k][2] for k in range(first, stop) if k in self.country_at), None)
        return Office(
            title, words.words(first, stop), state, title if title in ("commander", "chair") else "head",
            status="former" if last else "current", span=Span(words.starts[i + 1], words.ends[stop - 1]),
        )  # fmt: skip

    # --- who is a person --------------------------------------------------------------------------------------------

    def votes(self, run: NameRun) -> int:
        """The run's own votes and those of the offices beside it."""
        score = run.score
        if run.start in self.before:
            score += 5
        if run.start in self.after:
            score += 4
        return score

    def build(self) -> None:
        """Make the persons: long names first, then short ones joined to them, then what stands alone."""
        shorts_used = {run.words[0] for run in self.runs if len(run.words) == 1}
        for run in self.runs:
            if not run.long:
                continue
            score = self.votes(run)
            if score < 2 and run.words[-1] in shorts_used and score >= 0 and run.words[-1] not in given_names():
                score += 1
            if score >= 2:
                self._join_long(run)
        for run in self.runs:
            if run.long and run.start not in self.person_of:
                self._join_known(run)
        for run in self.runs:
            if not run.long and run.start not in self.person_of:
                self._join_short(run)

    def _join_long(self, run: NameRun) -> None:
        person = next((p for p in self.persons if any(same_name(run.words, w) for w in self.parts[id(p)])), None)
        if person is None:
            person = self._new(run)
        self._attach(person, run, "name")

    def _join_known(self, run: NameRun) -> None:
        """A doubtful run that spells a person already found, or begins with one: "Ana Prado Papers"."""
        person = next((p for p in self.persons if any(same_name(run.words, w) for w in self.parts[id(p)])), None)
        if person is not None and self.votes(run) >= -1:
            self._attach(person, run, "name")
            return
        for end in range(run.end - 1, run.start, -1):
            if self.words.text[end - 1] == "-" or self.words.text[end] == "-":
                continue
            parts = split_name(self.words, run.start, end)
            rest = self.words.lower[end]
            for person in self.persons:
                known = self.parts[id(person)]
                if parts in known or (len(parts) == 1 and any(parts[0] == w[-1] for w in known if len(w) > 1)):
                    if rest not in ORGANISATION_WORDS:
                        cut = NameRun(run.start, end, parts, run.score)
                        self._attach(person, cut, "name" if len(parts) > 1 else "short")
                    return

    def _new(self, run: NameRun) -> DraftActor:
        person = self.draft.add(DraftActor("person", self.words.words(run.start, run.end)))
        self.persons.append(person)
        self.parts[id(person)] = []
        return person

    def _join_short(self, run: NameRun) -> None:
        word = run.words[-1]
        fits = [p for p in self.persons if self._answers(p, run)]
        if fits:
            self._attach(self._likeliest(fits, run), run, "short")
            return
        strong = run.start in self.before or run.start in self.after or run.has_honorific
        if (strong and self.votes(run) >= 3) or run.score >= 3 or (run.score >= 2 and word in given_names()):
            self._attach(self._new(run), run, "name")

    def stand_alone(self, run: NameRun) -> DraftActor:
        """A new person named by this run."""
        person = self._new(run)
        self._attach(person, run, "name")
        return person

    def join(self, person: DraftActor, run: NameRun) -> None:
        """The run names a person already found."""
        self._attach(person, run, "short")

    def _answers(self, person: DraftActor, run: NameRun) -> bool:
        word = run.words[-1]
        if not any(word in w or any(close(word, x) for x in w) for w in self.parts[id(person)]):
            return False
        if run.honorific and person.gender and run.honorific != person.gender:
            return False
        phrase = self.before.get(run.start)
        if phrase is not None and phrase.parts[0].head.scope == "state" and person.keys:
            key = phrase.parts[0].key
            ranked = {"head of state", "president", "head of government", "foreign minister", "ambassador", "monarch"}
            if key in ranked and person.keys & ranked and key not in person.keys and phrase.country != person.country:
                return False
        return run.score >= -5

    def _likeliest(self, fits: list[DraftActor], run: NameRun) -> DraftActor:
        """Among persons who share the word: the one last called so, then the family name, then the nearest before."""

        def rank(person: DraftActor) -> tuple[int, int, int]:
            word = run.words[-1]
            called = max((m.start for m in person.mentions if m.form == "short" and m.start < run.start
                          and self.words.lower[m.end - 1] == word), default=-1)  # fmt: skip
            family = int(any(w[-1] == word for w in self.parts[id(person)]))
            near = max((m.start for m in person.mentions if m.start < run.start), default=-self.words.n)
            return (called, family if called < 0 else 0, near)

        return max(fits, key=rank)

    def _attach(self, person: DraftActor, run: NameRun, form: str) -> None:
        words = self.words
        self.person_of[run.start] = person
        if run.words not in self.parts[id(person)]:
            self.parts[id(person)].append(run.words)
        text = words.words(run.start, run.end)
        if _fuller(run.words, text, person.name):
            person.name = text
        full_start, full_end = run.start, run.end
        if run.has_honorific:
            full_start -= 1
        person.gender = person.gender or run.honorific or self._gender(run)
        phrase = self.before.get(run.start)
        if phrase is not None:
            if not any(p is phrase for p, _ in self.shared):
                full_start = min(full_start, phrase.start)
            self.give_office(person, phrase)
        code = self._nationality(run)
        if code and person.country is None:
            person.country, person.country_basis = code, "own"
        for phrase in self.after.get(run.start, []):
            full_end = max(full_end, phrase.end)
            if {"formerly", "previously", "once"} & set(words.lower[run.end : phrase.start]):
                for part in phrase.parts:
                    part.status = "former"
            self.give_office(person, phrase)
        heading = self._heading(run)
        if heading is not None:
            if person.country is None and heading.country:
                person.country, person.country_basis = heading.country, "own"
            person.offices.append(heading)
            person.scopes.add("body")
            person.sector = person.sector or "GOV"
            person.keys.add(heading.key or "head")
        self.draft.mention(
            person, "short" if form == "short" else "name", run.start, run.end, full=(full_start, full_end)
        )

    def _nationality(self, run: NameRun) -> str | None:
        """The state in "Russia's X", "X of France", "the American X"."""
        words, i, j = self.words, run.start, run.end
        phrase = self.before.get(run.start)
        if phrase is not None and (phrase.country is not None or phrase.international):
            return None
        place = self.country_at.get(i - 1)
        if place and place[1] == i and words.pos[i - 1] == "ADJ":
            return place[2]
        if i >= 2 and words.tag[i - 1] == "POS" and (place := self.country_at.get(i - 2)):
            return place[2]
        if j + 1 < words.n and words.lower[j] == "of":
            k = j + 2 if words.lower[j + 1] == "the" else j + 1
            named = self.country_at.get(k) or self.body_at.get(k)
            return named[2] or None if named else None
        if words.text[j : j + 1] == ["("] and (place := self.country_at.get(j + 1)):
            return place[2] if words.text[place[1] : place[1] + 1] == [")"] else None
        return None

    def _gender(self, run: NameRun) -> str:
        word = run.words[0].split("-")[0]
        if run.words[0] in family_first():
            return ""
        gender = given_names().get(run.words[0]) or given_names().get(word) or ""
        if not gender and run.long:
            last = run.words[-1]
            if last.endswith(("ova", "eva", "skaya", "kyzy", "qizi")) or any(w.endswith("vna") for w in run.words):
                gender = "f"
            elif last.endswith(("ov", "ev", "sky", "skiy", "oglu", "uly")) or any(
                w.endswith("vich") for w in run.words
            ):
                gender = "m"
        return gender

    def title_and_body(self, part: OfficePart) -> tuple[str, str | None]:
        """("Minister of Foreign Affairs", None), ("chairman", "Standing Committee of ..."); the state is left out."""
        words = self.words
        start = part.start
        while start < part.head_start and words.lower[start] not in TITLE_WORDS:
            start += 1
        if part.head.plural:
            return f"{words.words(start, part.head_start)} {part.head.singular}".strip(), None
        if part.body is None:
            return words.words(start, min(part.end, part.title_end)), None
        first, last = part.body
        while first < last and words.lower[first] in ("the", "a", "an"):
            first += 1
        link = words.lower[part.body[0] - 1]
        if link in ("of", "for") and words.lower[first] in portfolio_words() and "minister" in part.key:
            state = next((k for k in range(first, last) if k in self.country_at and words.lower[k - 1] == "of"), None)
            state = state or next((k for k in range(first, last) if words.lower[k - 2 : k] == ["of", "the"]), None)
            if state is not None:
                last = state - 1 - (words.lower[state - 1] == "the")
            return words.words(start, last), None
        return words.words(start, part.body[0] - 1), words.words(first, last)

    def give_office(self, person: DraftActor, phrase: OfficePhrase) -> None:
        """Write the phrase's offices on the person, with country and sector."""
        mixed = len({part.status for part in phrase.parts}) > 1
        for part in phrase.parts:
            # Offices of different standing ("founder and former chief") point each to its own words.
            first = part is phrase.parts[0] or not mixed
            start, end = (phrase.printed if first else part.start), (part.end if mixed else phrase.end)
            title, body = self.title_and_body(part)
            office = Office(
                title=title,
                body=body,
                country=phrase.country,
                key=part.key,
                status=part.status,
                basis="stated",
                span=None if phrase.plural else Span(self.words.starts[start], self.words.ends[end - 1]),
            )
            if any(o.title == office.title and o.body == office.body for o in person.offices):
                continue
            if part.key not in _RELATIONS:
                person.offices.append(office)
            person.keys.add(part.key)
            person.nouns.add(part.head.singular)
            person.gender = person.gender or part.head.gender
            person.scopes.add("idle" if part.key in _IDLE else part.head.scope)
            if part.head.scope != "person":
                person.sector = person.sector or ("ELI" if part.status == "former" else part.head.sector)
            if phrase.plural and len(phrase.countries) > 1:
                continue
            if phrase.country and person.country is None:
                person.country = phrase.country
                person.country_basis = "title" if phrase.by_title else "own"
            elif phrase.international and person.country is None:
                person.country_basis, person.sector = "body", "IGO"


def _fuller(parts: tuple[str, ...], text: str, name: str) -> bool:
    return (len([p for p in parts if p not in _STOP]), len(text)) > (
        len([p for p in name.lower().split() if p not in _STOP]), len(name),
    )  # fmt: skip


def _core(parts: tuple[str, ...]) -> list[str]:
    out = []
    for part in parts:
        bare = part.replace("'", "").replace("-", "")
        if bare.startswith("al") and part.startswith("al-"):
            bare = bare[2:]
        if part not in _STOP and not (len(bare) <= 2 and bare.endswith(".")):
            out.append(bare)
    return out


def close(a: str, b: str) -> bool:
    """Two spellings of one long word: "zelensky", "zelenskyy"."""
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or a[0] != b[0]:
        return False
    return alike(a, b, 0.86)


def same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two long names can be one person's: one within the other, or spellings of each other."""
    x, y = _core(a), _core(b)
    if len(x) < 2 or len(y) < 2:
        return False
    small, big = (x, y) if len(x) <= len(y) else (y, x)
    if set(small) <= set(big):
        return True
    if small[0] == big[0] and small[-1].endswith(_PATRONYMIC):
        return True
    if big[0] == small[0] and big[-1].endswith(_PATRONYMIC) and len(big) == 2:
        return True
    return len(small) == len(big) and all(close(p, q) for p, q in zip(small, big, strict=True))
