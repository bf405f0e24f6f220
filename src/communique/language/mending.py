"""Slips that the parser makes again and again, mended once, so that every room reads the same tree.

Each rule is a form of newspaper English that the model was hardly trained on. A rule that is not sure leaves the tree
alone. Mending never moves a token from one sentence to another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.language.holders import TITLES, two_holders

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GUEST_WORDS = frozenset({"visiting", "touring"})
# After these "visiting" is a verb even before a title: "while visiting former President Carter".
_CLAUSES = frozenset({"while", "when", "after", "before", "since", "by", "upon", "on", "during", "without", "despite"})


_TELLING = frozenset("say report announce add note state tell write".split())
# Verbs with one who is told, and things told that a relative clause may follow.
_INFORMING = frozenset("tell inform assure remind convince persuade notify reassure warn".split())
_CONVERSING = frozenset("speak talk meet confer converse negotiate consult sit".split())
_TALES = frozenset("story tale truth lie joke news thing secret detail".split())
_VOICING = frozenset("protest warn charge complain argue insist claim declare maintain allege caution admit".split())
_GATHERINGS = frozenset("summit meeting session conference forum assembly round talk congress council".split())
_RUNNING = frozenset("open begin start end close conclude finish last run take convene".split())  # what they do
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_PLACES = frozenset({"GPE", "LOC"})
_INFLECTED = frozenset({"VBZ", "VBD", "VBN", "VBG"})
_LONG = 5  # letters: longer verbs have another stress, and do not double their last letter
_VOWELS = frozenset("aeiou")
_AFTER_TAG = 10  # words that may follow: "said on Monday in a statement"


def mend(doc: Doc) -> Doc:
    """The same Doc with the known slips put right in place."""
    for token in doc:
        if token.lower_ == "and":
            two_holders(doc, token)
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.dep_ in {"aux", "auxpass"}:
            _subject_of_auxiliary(token)
        if token.pos_ == "ADP" and token.dep_ == "conj":
            _and_by(doc, token)
        elif token.pos_ == "PROPN" and token.dep_ == "conj":
            _next_of_state(token)
        elif token.lower_ == "who" and token.dep_ == "nsubj":
            _who_of_state(token)
        elif token.lower_ in {"which", "that"} and token.dep_ in {"nsubj", "nsubjpass"}:
            _which_of_body(token)
        if token.dep_ == "acl" and token.tag_ in {"VBD", "VBN"} and token.lemma_ in _VOICING:
            _closing_voice(doc, token)
        if token.dep_ == "compound" and token.lower_ in _WEEKDAYS:
            _somebody_on_day(token)
        if token.lower_ in _GUEST_WORDS and token.tag_ == "VBG" and token.i + 1 < len(doc):
            _visiting(doc, token)
        elif token.pos_ == "VERB" and token.lemma_ in _TELLING:
            if token.dep_ == "conj" and token.tag_ in {"VBD", "VBZ"}:
                _closing_tag(doc, token)
            _reduced_relative(doc, token)
        if token.tag_ in {"NN", "NNP"} and token.lower_ in TITLES:
            _name_after_office(doc, token)
            _name_after_post(token)
            _next_after_name(doc, token)
            if token.dep_ == "conj" and token.head.pos_ == "VERB":
                _no_second_verb(doc, token)
        if token.lemma_ == "have" and token.pos_ in {"VERB", "AUX"}:
            _had_done(token)
        if token.lower_ == "persona":
            _not_grata(doc, token)
        if token.tag_ in _INFLECTED and len(token.lemma_) < _LONG:
            _lost_e(token)
        if token.dep_ in {"conj", "advcl"} and token.tag_ == "VB":
            _infinitive_of_list(doc, token)
        if token.pos_ == "VERB" and token.lemma_ in _INFORMING:
            _told_that(token)
        elif token.pos_ == "VERB" and token.lemma_ in _CONVERSING:
            _with_whom(token)
    return doc


def _not_grata(doc: Doc, persona: Token) -> None:
    """ "Declared two envoys persona non grata": Latin, in which the parser sees a verb or a part of a name."""
    if [t.lower_ for t in doc[persona.i + 1 : persona.i + 3]] != ["non", "grata"]:
        return
    latin = doc[persona.i : persona.i + 3]
    verb = next((t for t in reversed(doc[persona.sent.start : persona.i]) if t.lemma_ == "declare"), None)
    if verb is None or any(t.head.i != t.i and t.i in {w.i for w in latin} for t in (verb, *verb.ancestors)):
        return
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
    beside = [c for word in latin for c in word.children if c.i not in {w.i for w in latin}]
    persona.head, persona.dep_, persona.pos_ = verb, "oprd", "NOUN"
    for word in latin[1:]:
        word.head, word.dep_ = persona, "amod"
    for child in beside:
        child.head = verb
        if child.i < persona.i and child.pos_ in {"NOUN", "PROPN"}:
            child.dep_ = "nsubjpass" if passive else "dobj"


def _lost_e(verb: Token) -> None:
    """ "Hopes" is of "hope" and not of "hop", which has "hops" and "hopped"; so with "fined" and "dining"."""
    form, lemma = verb.lower_, verb.lemma_
    if len(lemma) < 3 or lemma[-1] in "wxyshzo" or lemma[-1] in _VOWELS or lemma[-2] not in _VOWELS:
        return
    if sum(letter in _VOWELS for letter in lemma) == 1 and form in (f"{lemma}es", f"{lemma}ed", f"{lemma}ing"):
        verb.lemma_ = f"{lemma}e"


def _infinitive_of_list(doc: Doc, verb: Token) -> None:
    """ "Agreed on the need to widen trade, increase visits and open an office": no past has such a second verb; it
    goes on the infinitive."""
    head = verb.head
    if head.tag_ not in {"VBD", "VBZ", "VBN"} or head.i > verb.i:
        return
    if any(c.dep_ in {"aux", "auxpass", "mark", "nsubj", "nsubjpass"} for c in verb.children):
        return
    for i in range(verb.i - 1, head.i, -1):
        first = doc[i]
        if (
            first.tag_ == "VB"
            and first.dep_ != "conj"
            and any(c.dep_ == "aux" and c.tag_ == "TO" for c in first.children)
        ):
            if all(token.head.i != verb.i for token in (first, *first.ancestors)):
                verb.head, verb.dep_ = first, "conj"
            return


def _subject_of_auxiliary(subject: Token) -> None:
    """ "The visit stands cancelled", "Peru was opposed to it": the subject is the verb's and not its auxiliary's."""
    auxiliary = subject.head
    verb = auxiliary.head
    if verb.pos_ == "VERB" and subject.i < verb.i and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
        subject.head = verb
        subject.dep_ = "nsubjpass" if auxiliary.dep_ == "auxpass" else "nsubj"


def _and_by(doc: Doc, preposition: Token) -> None:
    """ "signed by X of A, and by Y of B", "talks with X, and with Y": the second belongs where the first does."""
    if not any(c.dep_ == "pobj" for c in preposition.children) or doc[preposition.i - 1].dep_ != "cc":
        return
    for i in range(preposition.i - 2, preposition.sent.start, -1):
        first = doc[i]
        if first.lower_ == preposition.lower_ and first.dep_ in {"prep", "agent"}:
            if first.head.i < i:
                preposition.head, preposition.dep_ = first.head, first.dep_
            return


def _somebody_on_day(day: Token) -> None:
    """ "On Friday Ana Ruiz met the envoy": Friday is the day, and who met is no part of it."""
    name = day.head
    prep = name.head
    verb = prep.head
    if name.dep_ != "pobj" or prep.i != day.i - 1 or verb.pos_ not in {"VERB", "AUX"} or verb.i < name.i:
        return
    if name.pos_ != "PROPN" or any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in verb.children):
        return
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    day.head, day.dep_ = prep, "pobj"
    name.head, name.dep_ = verb, "nsubjpass" if passive else "nsubj"


def _next_of_state(name: Token) -> None:
    """ "met X of Peru and Y of Chile": the second person is joined to the first one, not to Peru."""
    place = name.head
    if place.dep_ != "pobj" or place.head.lower_ != "of" or name.ent_type_ in _PLACES or place.ent_type_ == "PERSON":
        return
    first = place.head.head
    of = [c for c in (*name.children, *first.children) if c.lower_ == "of" and c.i == name.i + 1]
    if of and any(c.pos_ == "PROPN" for c in of[0].children) and first.pos_ == "PROPN" and first.i < place.i:
        of[0].head = name
        for child in [c for c in place.children if place.i < c.i < name.i and c.dep_ in {"cc", "punct"}]:
            child.head = first
        name.head = first


def _had_done(verb: Token) -> None:
    """ "Had the envoy summoned": the envoy was summoned and did not summon."""
    for done in (c for c in verb.children if c.dep_ == "ccomp" and c.tag_ in {"VBN", "VBD"} and c.i > verb.i):
        if not any(c.dep_ in {"aux", "auxpass", "mark", "dobj"} for c in done.children):
            for subject in (c for c in done.children if c.dep_ == "nsubj" and verb.i < c.i < done.i):
                subject.dep_, done.tag_ = "nsubjpass", "VBN"


def _who_of_state(who: Token) -> None:
    """ "Prime Minister X of Fiji, who visited Tonga": a state is no "who"."""
    clause = who.head
    place = clause.head
    if clause.dep_ != "relcl" or place.dep_ != "pobj" or place.head.lower_ != "of" or place.ent_type_ not in _PLACES:
        return
    person = place.head.head
    if person.pos_ == "PROPN" or person.lower_ in TITLES:
        clause.head = person


def _which_of_body(which: Token) -> None:
    """ "The summit of the Arab League, which ended on Friday": what ended is the summit."""
    clause = which.head
    body = clause.head
    if clause.dep_ != "relcl" or body.dep_ != "pobj" or body.head.lower_ != "of" or clause.lemma_ not in _RUNNING:
        return
    noun = body.head.head
    if noun.lemma_.lower() in _GATHERINGS:
        clause.head = noun


def _name_after_office(doc: Doc, title: Token) -> None:
    """ "the president of Ghana, Kofi Addo": the name belongs to the president, and stands not beside Ghana."""
    for prep in (c for c in title.children if c.dep_ == "prep" and c.i > title.i):
        for place in (c for c in prep.children if c.dep_ == "pobj"):
            for name in (c for c in place.children if c.dep_ in {"conj", "appos"} and c.ent_type_ == "PERSON"):
                start = name.left_edge.i
                if name.pos_ == "PROPN" and doc[start - 1].text == "," and doc[start].ent_type_ == "PERSON":
                    name.head, name.dep_ = title, "appos"
                    for child in [c for c in place.children if c.i > name.i and c.dep_ in {"cc", "conj", "punct"}]:
                        child.head = name


def _name_after_post(title: Token) -> None:
    """ "Peruvian ambassador in Accra Ana Ruiz": the name belongs to the ambassador, the town to the post."""
    for prep in (c for c in title.children if c.dep_ == "prep" and c.lower_ in {"in", "to"} and c.i > title.i):
        name = next((c for c in prep.children if c.dep_ == "pobj" and c.ent_type_ != "GPE"), None)
        town = title.doc[prep.i + 1]
        if name is None or town.head.i != name.i or town.dep_ != "compound" or town.pos_ != "PROPN":
            continue
        if town.ent_type_ == "GPE" and name.i - town.i >= 2:
            town.head, town.dep_ = prep, "pobj"
            name.head, name.dep_ = title, "appos"


def _next_after_name(doc: Doc, title: Token) -> None:
    """ "Chad's president, Idris Sala, and Togo's president": the second is joined to the first president, whose name
    stands between commas, and not to the name."""
    for name in (c for c in title.children if c.dep_ == "appos" and c.i > title.i and c.pos_ == "PROPN"):
        for other in [c for c in name.children if c.dep_ == "appos" and c.lower_ in TITLES]:
            if any(c.dep_ == "appos" and c.ent_type_ == "PERSON" and c.i > other.i for c in other.children):
                other.head, other.dep_ = title, "conj"
        joined = [c for c in name.children if c.dep_ in {"cc", "conj"} and c.i > name.i]
        if not joined or doc[name.left_edge.i - 1].text != ",":
            continue
        before = [c for c in name.children if c.i < joined[0].left_edge.i]
        end = max((c.right_edge.i for c in before if c.dep_ != "punct"), default=name.i)
        if doc[max(end, name.i) + 1].text != ",":
            continue
        for child in [c for c in name.children if c.i > end and c.dep_ in {"cc", "conj", "punct"}]:
            child.head = title


def _no_second_verb(doc: Doc, title: Token) -> None:
    """ "met with Chad's president, Idris Sala, and Togo's president, Yao Mensah": the second is met too."""
    verb = title.head
    if title.i < verb.i or any(c.dep_ in {"nsubj", "nsubjpass", "cop", "aux"} for c in title.children):
        return
    cc = title.left_edge.i - 1
    before = doc[cc - 1 if doc[cc - 1].text == "," else cc]
    name = doc[before.i - 1]
    if doc[cc].dep_ == "cc" and name.dep_ == "appos" and name.head.lower_ in TITLES and name.head.i > verb.i:
        title.head = doc[cc].head = name.head


def _with_whom(verb: Token) -> None:
    """ "spoke with the envoy to discuss the truce": the envoy is spoken with, and discusses nothing by himself."""
    for clause in verb.children:
        if clause.dep_ not in {"advcl", "ccomp"} or clause.i < verb.i:
            continue
        mark = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "with"), None)
        partner = next((c for c in clause.children if c.dep_ == "nsubj"), None)
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)
        if mark is not None and partner is not None and infinitive:
            mark.head, mark.dep_, mark.pos_, mark.tag_ = verb, "prep", "ADP", "IN"
            partner.head, partner.dep_ = mark, "pobj"
            return


def _reduced_relative(doc: Doc, verb: Token) -> None:
    """ "said the papers signed will help": "signed" belongs to the papers, which will help."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    if len(clauses) != 2:
        return
    first, second = clauses
    subject = next((c for c in first.children if c.dep_ == "nsubj" and c.i < first.i), None)
    bare = first.tag_ in {"VBN", "VBD"} and not any(c.dep_ in {"aux", "auxpass"} for c in first.children)
    if subject is None or not bare or second.left_edge.i != first.right_edge.i + 1 or second.i < first.i:
        return
    if any(c.dep_ in {"nsubj", "nsubjpass", "mark"} for c in second.children) or second.tag_ in {"VBG", "TO"}:
        return
    subject.head, subject.dep_ = second, "nsubj"
    first.head, first.dep_, first.tag_ = subject, "acl", "VBN"


def _told_that(verb: Token) -> None:
    """ "told a meeting of teachers that he should go": what they were told, not a clause on the meeting."""
    told = next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
    if told is None or told.lemma_ in _TALES or any(c.dep_ == "ccomp" for c in verb.children):
        return
    for noun in told.subtree:
        for clause in noun.children:
            opener = next((c for c in clause.children if c.lower_ == "that" and c.i == clause.left_edge.i), None)
            own = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ != "that"]
            if clause.dep_ == "relcl" and opener is not None and own:
                opener.dep_, opener.tag_, opener.pos_ = "mark", "IN", "SCONJ"
                clause.head, clause.dep_ = verb, "ccomp"
                return


def _closing_tag(doc: Doc, verb: Token) -> None:
    """ "X met Y, and Z, director of W, in Rome, the ministry said on Monday": said is no second act of the sentence."""
    main = verb.head
    end = verb.sent.end
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if main.head.i != main.i or main.i > verb.i or not subjects or end - verb.i > _AFTER_TAG:
        return
    if any(c.dep_ in {"ccomp", "dobj", "xcomp"} for c in verb.children):
        return
    speaker = subjects[-1]
    if speaker.i != verb.i - 1 or doc[speaker.left_edge.i - 1].text != ",":
        return
    for other in subjects[:-1]:
        _join_to_list(doc, other, main)
    for child in list(verb.children):
        if child.i < speaker.left_edge.i and child.dep_ in {"cc", "punct", "advmod", "prep"}:
            child.head = main
    for child in list(main.children):
        if child.dep_ in {"cc", "punct"} and child.i >= speaker.left_edge.i - 1:
            child.head = verb
    verb.head, verb.dep_ = verb, "ROOT"
    main.head, main.dep_ = verb, "ccomp"


def _closing_voice(doc: Doc, verb: Token) -> None:
    """ "The courts are failing the refugees, a rights group warned on Monday": the group is none of the refugees."""
    speaker = verb.head
    comma = speaker.left_edge.i - 1
    main = verb.sent.root
    if speaker.dep_ != "appos" or comma < 1 or doc[comma].text != "," or verb.sent.end - verb.i > _AFTER_TAG:
        return
    if verb.i != speaker.right_edge.i and verb.left_edge.i != speaker.i + 1:
        return
    if main.pos_ not in {"VERB", "AUX"} or main.i > speaker.i:
        return
    if any(c.dep_ in {"dobj", "agent"} for c in verb.children):
        return
    speaker.head, speaker.dep_ = verb, "nsubj"
    for child in [c for c in main.children if c.i >= comma and c.dep_ == "punct"]:
        child.head = verb
    verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
    main.head, main.dep_ = verb, "ccomp"


def _join_to_list(doc: Doc, noun: Token, main: Token) -> None:
    """Hang a noun behind "and" on the noun before it."""
    before = noun.left_edge.i - 1
    while before > main.i and (doc[before].dep_ in {"cc", "punct"} or doc[before].is_punct):
        before -= 1
    last = doc[before]
    if last.pos_ in {"NOUN", "PROPN"} and last.i > main.i:
        noun.head, noun.dep_ = last, "conj"
    else:
        noun.head, noun.dep_ = main, "dep"


def _visiting(doc: Doc, word: Token) -> None:
    """ "met visiting Foreign Minister X", "talks with visiting President Y": an adjective, not somebody's journey."""
    noun = next((c for c in word.children if c.dep_ in {"dobj", "pobj"} and c.i > word.i), None)
    before = doc[word.i - 1] if word.i else None
    if noun is None or any(c.dep_ in {"aux", "nsubj", "mark"} for c in word.children):
        return
    if before is not None and (before.lower_ in _CLAUSES or before.lower_ in {"is", "was", "are", "were", "been"}):
        return
    phrase = doc[word.i + 1 : noun.i + 1]
    if phrase[0].lower_ in {"the", "a", "an", "his", "her", "its", "their"}:
        return
    if not any(t.lower_ in TITLES for t in phrase) or word.head.i == word.i:
        return
    governor, label = word.head, word.dep_
    carried = [c for c in word.children if c.i != noun.i]
    noun.head = governor
    noun.dep_ = "pobj" if governor.pos_ == "ADP" else label if label in {"conj", "appos", "pobj", "nsubj"} else "dobj"
    above = governor.head if governor.pos_ == "ADP" else governor
    for child in carried:  # "at the White House on Thursday" belongs to the meeting
        child.head = noun if child.dep_ in {"conj", "cc", "appos"} else above
    word.head = noun
    word.dep_, word.pos_, word.tag_ = "amod", "ADJ", "JJ"
