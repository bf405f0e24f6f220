"""Reported words: clauses, questions, infinitives, labels and noun phrases under a verb of saying.

Each candidate verb is looked up in tables/statement_cues.csv; the first of its uses that the tree bears out gives the
statement. Verbs inside a quotation are the quoted one's own words and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.language.clauses import Clauses, is_passive
from communique.language.columns import columns_of
from communique.statements.asides import after_colon, after_that, beside
from communique.statements.complements import Complement, complements, is_second_cue
from communique.statements.drafts import (
    Draft,
    has_own_subject,
    is_finite,
    lemma,
    particle_of,
    ranges,
    sentence_range,
    verb_group,
)
from communique.statements.givers import CARRIERS, LIGHT, according, of_adjective, of_light_verb, of_noun
from communique.statements.lexicon import Cue, cues, nouns
from communique.statements.reasons import unsaid

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from communique.statements.found import Form

ORDER = ("that", "wh", "other-to", "label", "as", "to", "noun", "for", "on", "of", "about", "against", "at", "ing")
FORMS: dict[str, Form] = {
    "that": "clause", "wh": "question", "other-to": "infinitive", "to": "infinitive", "ing": "infinitive",
    "label": "label", "as": "label",
}  # fmt: skip
# "saw prices rise" and "found the door shut" attribute nothing.
NEEDS_THAT = frozenset({"see", "hold", "find", "determine", "judge", "appreciate", "mean", "recall", "decree"})
QUOTE_MARKS = frozenset({'"', "“", "”", "''", "``", "'", "‘", "’"})
# Things do these too: "the programme encourages schools to", "the move pushes both sides to".
SOFT = frozenset({"encourage", "press", "pressure", "push", "ask", "invite", "threaten", "promise", "require"})
AGENTIVE = ("er", "or", "ist", "man", "woman", "person", "ian", "ant", "ent", "ee", "ive", "people", "ty", "ry")
INQUIRIES = frozenset(
    "poll survey study report court inquiry enquiry investigation audit review panel commission tribunal".split()
)
SPEAKING = frozenset(
    """official source chief head king queen government parliament embassy union council group team side state country
    nation office service diplomat aide envoy mediator bloc court party leadership palace cabinet presidency
    crown delegation administration organisation organization opposition federation commission coalition association
    corporation institution foundation mission union constitution nation station""".split()
)
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night today yesterday".split()
)
GUESTS = frozenset("counterpart guest visitor delegation minister president premier leader ambassador envoy".split())


def find_reported(
    doc: Doc, clauses: Clauses, closed: list[bool], quoted: list[bool], spent: frozenset[int]
) -> Iterator[Draft]:
    """Drafts of reported words.

    `quoted` marks tokens in quotation marks (their verbs are the quoted one's own), `closed` those of quotations that
    stand by themselves; `spent` are the verbs that a quotation has taken.
    """
    lexicon = cues()
    for i, pos in enumerate(columns_of(doc).pos):
        if quoted[i] or i in spent or pos not in {"VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADP"}:
            continue
        verb = doc[i]
        name = lemma(verb)
        if name == "accord" or verb.lower_ == "according":
            draft = according(doc, verb)
        elif verb.pos_ in {"VERB", "AUX"} and name in lexicon:
            draft = _of_verb(doc, clauses, verb, lexicon[name], closed)
        elif verb.pos_ in {"VERB", "AUX"} and name in LIGHT:
            draft = of_light_verb(doc, clauses, verb)
        elif verb.pos_ == "NOUN" and name in nouns():
            draft = of_noun(doc, clauses, verb)
        elif verb.pos_ == "ADJ" or verb.tag_ == "VBN":
            draft = of_adjective(doc, clauses, verb)
        else:
            continue
        if draft is not None and draft.content:
            yield draft


def _of_verb(doc: Doc, clauses: Clauses, verb: Token, uses: tuple[Cue, ...], closed: list[bool]) -> Draft | None:
    passive = is_passive(verb)
    particle = particle_of(verb)
    phrasal = any(c.dep_ == "prt" for c in verb.children)
    found = list(complements(doc, verb))
    if lemma(verb) == "put":
        gloss = any(c.lower_ == "as" for c in verb.children) and any(c.lower_ == "it" for c in verb.children)
        found = [Complement("that", frozenset(beside(doc, verb)))] if gloss else []
        return _draft(doc, clauses, verb, uses[0], found[0]) if found and found[0].tokens else None
    if not any(item.shape in {"that", "wh", "other-to"} for item in found):
        in_full = after_colon(doc, verb, closed)
        if in_full:
            found = [Complement("that", frozenset(in_full), addressee=None)]
    by = clauses.clause(verb.i).subjects if passive else ()
    bare = verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children) and verb.dep_ != "conj"
    if (passive or bare) and not by:
        return None
    if lemma(verb) in SOFT and _is_thing(doc, clauses.surface_subjects(verb.i)):
        return None
    for shape in ORDER:
        for use in uses:
            if use.particle != particle and (use.particle or phrasal):
                continue
            if shape not in use.shapes or (passive and shape not in {"that", "label", "as"}):
                continue
            for item in found:
                if item.shape == shape and _fits(doc, verb, use, item):
                    return _draft(doc, clauses, verb, use, item)
    for use in uses:
        fits = use.particle == particle or not (use.particle or phrasal)
        if fits and "that" in use.shapes and "quote" in use.shapes and not passive:
            content = after_that(doc, verb) or beside(doc, verb)
            if content:
                return _draft(doc, clauses, verb, use, Complement("that", frozenset(content)))
    return None


def _fits(doc: Doc, verb: Token, use: Cue, item: Complement) -> bool:
    if item.shape in {"that", "wh"} and not any(doc[i].lower_ in {'"', "“"} for i in item.tokens):
        first, last = min(item.tokens), max(item.tokens)
        between = range(verb.i, first) if first > verb.i else range(last, verb.i)
        if any(doc[i].text == ";" for i in between):
            return False  # "wrote to the premier; later he called him": another clause
        if first < verb.i and _new_clause(doc, verb, item):
            return False
    if item.shape == "noun":
        if use.lemma in CARRIERS and use.lemma not in {"reiterate", "repeat"}:
            return item.noun is not None
        head = min(item.tokens)
        return not (len(item.tokens) == 1 and doc[head].pos_ == "PRON")
    if item.shape == "that" and use.lemma in NEEDS_THAT and not _has_that(doc, item):
        return use.lemma == "find" and any(c.dep_ == "nsubj" and lemma(c) in INQUIRIES for c in verb.children)
    if use.lemma in {"speak", "talk", "write", "mention"} and not any(doc[i].text in QUOTE_MARKS for i in item.tokens):
        return item.shape in {"that", "wh"}  # "spoke about the talks" names a topic, not words
    if item.shape in {"noun", "of"} and use.lemma in {"welcome", "salute"} and _is_guest(doc, item):
        return False
    if item.shape == "that" and use.kind == "attitude":
        return has_own_subject(verb) or verb.dep_ in {"conj", "xcomp", "relcl", "advcl", "acl", "pcomp"}
    return not (item.shape == "to" and use.kind == "attitude")


def _new_clause(doc: Doc, verb: Token, item: Complement) -> bool:
    """ "The bill passed, and so the upper house has said yes": what precedes is not what is said."""
    own = [c.left_edge.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i]
    edge = max([*own, max(item.tokens)]) if own else verb.i
    return any(doc[i].dep_ == "cc" and doc[i].lower_ in {"and", "but"} for i in range(max(item.tokens) + 1, edge))


def _is_thing(doc: Doc, heads: tuple[int, ...]) -> bool:
    """Whether the subject is a common noun that cannot speak."""
    if not heads or doc[heads[0]].pos_ != "NOUN":
        return False
    name = lemma(doc[heads[0]])
    return name in nouns() or not (name.endswith(AGENTIVE) or name in SPEAKING)


def _is_guest(doc: Doc, item: Complement) -> bool:
    """Whether a person is welcomed, and not a step."""
    return any(
        (doc[i].pos_ == "PROPN" and doc[i].dep_ in {"appos", "dobj"}) or lemma(doc[i]) in GUESTS for i in item.tokens
    )


def _has_that(doc: Doc, item: Complement) -> bool:
    return bool(item.tokens) and doc[min(item.tokens)].lower_ == "that"


def _draft(doc: Doc, clauses: Clauses, verb: Token, use: Cue, item: Complement) -> Draft:
    tokens = set(item.tokens)
    own = set(range(*verb_group(verb)))
    tokens -= own
    if tokens and max(tokens) < verb.i:  # "The port is shut; the mine is too, he said": the last clause is his
        stop = max((i for i in tokens if doc[i].text == ";"), default=-1)
        tokens = {i for i in tokens if i > stop}
    content = ranges(_without_day(doc, verb, _widened(doc, verb, item, tokens)), doc)
    cue = verb_group(verb)
    heads = clauses.surface_subjects(verb.i) if not is_passive(verb) else clauses.clause(verb.i).subjects
    act = use.act
    deed = item.shape in use.deed or (item.shape == "label" and not item.label)
    if item.noun is not None:
        noun = nouns()[item.noun]
        if use.lemma in CARRIERS:
            act = noun.act
            deed = not noun.position or len(item.tokens) <= 2  # "expressed concern" says nothing yet
        elif not noun.position:
            deed = True
    if item.shape in {"label", "as"} and not item.label:
        deed = True
    label = None
    if item.label:
        pieces = ranges(item.label or item.tokens, doc)
        label = (pieces[0][0], pieces[-1][1]) if pieces else None
    own_subjects = [c.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if len(own_subjects) > 1:  # "The talks, said Mr Roe, failed": the nearest one speaks
        nearest = min(own_subjects, key=lambda i: abs(i - verb.i))
        heads = tuple(h for h in heads if h not in own_subjects or h == nearest)
    alone = [h for h in heads if doc[h].dep_ != "conj"]
    if len(alone) > 1:  # two subjects that no "and" joins: "The firm Acme said": the last one
        heads = tuple(h for h in heads if h >= alone[-1])
    if verb.dep_ == "conj" and verb.head.dep_ in {"ccomp", "xcomp", "advcl"} and is_second_cue(verb, verb.head):
        above = verb.head.head
        while above.tag_ == "VB" and above.dep_ in {"xcomp", "ccomp", "conj"} and above.head.i != above.i:
            above = above.head
        heads = clauses.surface_subjects(above.i)
    if not heads and is_finite(verb) and not is_passive(verb):
        heads = _noun_before(doc, cue[0])
    if verb.tag_ == "VBG":
        heads = _who_goes_on(doc, clauses, verb, heads)
    cue, heads = _quoted_as_saying(doc, clauses, verb, cue, heads)
    heads = tuple(h for h in heads if not any(a <= h < b for a, b in content) or h in own)
    return Draft(
        lemma=use.lemma, act=act, form=FORMS.get(item.shape, "noun"), cue=cue, cue_head=verb.i, content=content,
        heads=heads, addressee=_who_is_told(verb, use, item), deed=deed, reason=unsaid(verb), label=label,
        kind=use.kind, anchor=verb.i,
    )  # fmt: skip


def _who_goes_on(doc: Doc, clauses: Clauses, verb: Token, heads: tuple[int, ...]) -> tuple[int, ...]:
    """ "The minister said trade had grown, adding that ...": what cannot speak leaves it to who spoke above."""
    above = verb
    while heads and _is_thing(doc, heads) and above.head.i != above.i:
        above = above.head
        if above.pos_ in {"VERB", "AUX"} and lemma(above) in cues():
            heads = clauses.surface_subjects(above.i) or heads
    return heads


def _noun_before(doc: Doc, i: int) -> tuple[int, ...]:
    """The noun phrase right before a verb whose subject the parser did not find."""
    k = i - 1
    start = doc[i].sent.start
    while k >= start and doc[k].pos_ == "ADV":
        k -= 1
    if k < start or doc[k].pos_ not in {"PROPN", "NOUN", "PRON"} or doc[k].lower_ in DAYS:
        return ()
    head = doc[k]
    while (
        head.dep_ in {"compound", "nmod", "flat"}
        and head.head.i < i
        and not any(t.is_punct for t in doc[head.i : head.head.i])
    ):
        head = head.head
    return (head.i,)


def _who_is_told(verb: Token, use: Cue, item: Complement) -> int | None:
    if use.addressee == "object":
        return item.addressee
    if use.addressee:
        for child in verb.children:
            if child.dep_ in {"prep", "dative"} and child.lower_ == use.addressee:
                return next((c.i for c in child.children if c.dep_ == "pobj"), None)
    return None


def _quoted_as_saying(
    doc: Doc, clauses: Clauses, verb: Token, cue: tuple[int, int], heads: tuple[int, ...]
) -> tuple[tuple[int, int], tuple[int, ...]]:
    """ "was quoted by the agency as saying": the cue is the whole, the speaker the one quoted."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as":
        return cue, heads
    quoting = verb.head.head
    if lemma(quoting) not in {"quote", "cite", "report"}:
        return cue, heads
    start = verb_group(quoting)[0]
    if is_passive(quoting):
        return (start, cue[1]), clauses.surface_subjects(quoting.i) or heads
    objects = tuple(c.i for c in quoting.children if c.dep_ == "dobj")
    return cue, objects or heads


def _widened(doc: Doc, verb: Token, item: Complement, tokens: set[int]) -> set[int]:
    """A clause before its verb of saying takes all the words from the sentence's head: "On Friday it ends, he said"."""
    if item.shape not in {"that", "wh"} or not tokens or max(tokens) > verb.i:
        return tokens
    start, _ = sentence_range(doc, verb.i)
    first = min(tokens)
    if any(_is_other_clause(doc[i], verb) for i in range(start, first)):
        return tokens
    return tokens | set(range(start, first))


def _without_day(doc: Doc, verb: Token, tokens: set[int]) -> set[int]:
    """ "said Sunday the talks would go on": the day between verb and clause is that of the saying."""
    k = verb.i + 1
    while k in tokens and doc[k].lower_ in DAYS:
        k += 1
    rest = {i for i in tokens if i >= k}
    return rest if k > verb.i + 1 and rest and not doc[k].is_punct and min(tokens) > verb.i else tokens


def _is_other_clause(token: Token, verb: Token) -> bool:
    return token.pos_ == "VERB" and is_finite(token) and token.dep_ not in {"relcl", "advcl", "acl"}
