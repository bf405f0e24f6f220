"""Pronouns: "he", "her", "who", and the "I" of a quotation."""

from __future__ import annotations

from communique.actors.draft import DraftActor, DraftMention
from communique.actors.scene import HE, SAYING, SUBJECT, Scene


class Pronouns(Scene):
    """Leads singular pronouns to persons."""

    def _pronoun(self, i: int) -> None:
        gender = "m" if self.words.lower[i] in HE else "f"
        other = self._counterpart_of(i)
        best = self._fronted(i, gender)
        best = best if best is not other else None
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
        subject = words.dep[i] in SUBJECT
        nearest = self._clause_subjects(i)
        told = self._named_in_quotation(i) if subject else set()
        for mention in self.draft.before(i, sentences=6):
            actor = mention.actor
            if actor.kind != "person" or actor is but or id(actor) in told:
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
                doer = distance == 1 and subject and words.dep[mention.head] in SUBJECT  # he goes on acting
                score -= (4 if doer else 12) if gender == "m" else 28  # most unmarked officials of the news are men
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

    def _named_in_quotation(self, i: int) -> set[int]:
        """Those whom a quotation names, where the pronoun at `i` is who says it: nobody calls himself by name."""
        words = self.words
        if words.lemma[words.head[i]] not in SAYING or words.quoted[i]:
            return set()
        paragraph = words.paragraph[i]
        for k, step in ((i - 1, -1), (i + 1, 1)):
            # to the nearest quotation in the paragraph: over the tag's own words only
            while 0 <= k < words.n and words.paragraph[k] == paragraph and not words.quoted[k] and abs(k - i) < 6:
                k += step
            if not (0 <= k < words.n and words.paragraph[k] == paragraph and words.quoted[k]):
                continue
            begin = end = k
            while begin > 0 and words.quoted[begin - 1] and words.paragraph[begin - 1] == paragraph:
                begin -= 1
            while end < words.n and words.quoted[end] and words.paragraph[end] == paragraph:
                end += 1
            forms = ("name", "short", "description")
            named = {id(m.actor) for m in self.draft.mentions if begin <= m.start < end and m.form in forms}
            if named:
                return named
        return set()

    def _clause_subjects(self, i: int) -> set[int]:
        """Subjects of the nearest verb above token `i` that has one besides it."""
        words = self.words
        j = i
        for _ in range(12):
            if words.head[j] == j:
                break
            j = words.head[j]
            found = {c for c in words.children[j] if words.dep[c] in SUBJECT and c < i}
            if words.pos[j] in ("VERB", "AUX") and found:
                return found
        return set()

    def _salience(self, mention: DraftMention, i: int, distance: int, subject: bool) -> float:
        words = self.words
        score = {0: 100.0, 1: 82.0, 2: 55.0, 3: 40.0}.get(distance, 30.0 - 3 * distance)
        dep = words.dep[mention.head]
        if dep in SUBJECT:
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
            if words.dep[child] in SUBJECT:
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
            if mention is None or mention.actor.kind != "person" or mention.head != j:
                continue
            if words.dep[j] in SUBJECT and mention.actor.gender in ("", gender):
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

    # --- the speaker of a quotation -------------------------------------------------------------------------------

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
        for mention in self.draft.before(start, sentences=30):
            if mention.start >= start or mention.actor.kind != "person" or words.dep[mention.head] not in SUBJECT:
                continue
            near = words.paragraph[i] - words.paragraph[mention.start] <= 2
            if near and words.lemma[words.head[mention.head]] in SAYING:
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
            if words.lemma[j] in SAYING and words.pos[j] in ("VERB", "AUX", "NOUN"):
                for child in words.children[j]:
                    actor = self.actor_at(child)
                    if words.dep[child] in SUBJECT and actor is not None and not words.quoted[child]:
                        return actor
                for k in (j + 1, j - 1):
                    actor = self.actor_at(k) if 0 <= k < words.n else None
                    if actor is not None and not words.quoted[k]:
                        return actor
                nearby = [m for m in self.draft.around(j) if m.full_start in (j + 1, j + 2) or m.full_end == j]
                for mention in nearby:
                    if mention.actor.kind == "person":
                        return mention.actor
        return None
