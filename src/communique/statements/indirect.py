"""Reported words: clauses, questions, infinitives, labels and noun phrases under a verb of saying.

Each candidate verb is looked up in tables/statement_cues.csv; the first of its uses that the tree bears out gives the
statement. Verbs inside a quotation are the quoted one's own words and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.language.clauses import Clauses, is_passive
from communique.statements.complements import Complement, complements, is_second_cue
from communique.statements.drafts import (
    Draft,
    clause_top,
    has_own_subject,
    is_finite,
    lemma,
    particle_of,
    ranges,
    sentence_range,
    subtree,
    verb_group,
)
from communique.statements.lexicon import Cue, cues, nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from communique.statements.found import Form

ORDER = ("that", "wh", "other-to", "label", "as", "to", "noun", "for", "on", "of", "about", "against", "at", "ing")
FORMS: dict[str, Form] = {
    "that": "clause", "wh": "question", "other-to": "infinitive", "to": "infinitive", "ing": "infinitive",
    "label": "label", "as": "label",
}  # fmt: skip
# Verbs that only carry a noun of saying: "expressed the hope that", not "expressed the oil".
CARRIERS = frozenset({"express", "voice", "convey", "articulate", "vent", "reiterate", "repeat"})
LIGHT = frozenset({"have", "hold", "raise", "share", "make", "issue", "give", "state", "indicate", "show", "register"})
UNSAID = frozenset({"will", "would", "could", "might", "may", "should", "must", "shall", "wo", "'ll", "can"})
MENTIONED = "the words are mentioned, not reported"
DECLINING = frozenset({"decline", "refuse", "fail", "avoid", "refrain", "stop"})
# "saw prices rise" and "found the door shut" attribute nothing.
NEEDS_THAT = frozenset({"see", "hold", "find", "determine", "judge", "appreciate", "mean", "recall", "decree"})
QUOTE_MARKS = frozenset({'"', "“", "”", "''", "``", "'", "‘", "’"})
# Things do these too: "the programme encourages schools to", "the move pushes both sides to".
SOFT = frozenset({"encourage", "press", "pressure", "push", "ask", "invite", "threaten", "promise", "require"})
AGENTIVE = ("er", "or", "ist", "man", "woman", "person", "ian", "ant", "ent", "ee", "ive", "people", "ty", "tion", "ry")
INQUIRIES = frozenset(
    "poll survey study report court inquiry enquiry investigation audit review panel commission tribunal".split()
)
SPEAKING = frozenset(
    """official source chief head king queen government parliament embassy union council group team side state country
    nation office service diplomat aide envoy mediator bloc court party leadership palace cabinet presidency crown""".split()
)
GUESTS = frozenset("counterpart guest visitor delegation minister president premier leader ambassador envoy".split())
GLOSS = frozenset({"as", "like"})


def find_reported(doc: Doc, clauses: Clauses, closed: list[bool], spent: frozenset[int]) -> Iterator[Draft]:
    """Drafts of reported words. `closed[i]` marks tokens inside quotations, `spent` cues that a quotation has taken."""
    lexicon = cues()
    for verb in doc:
        if closed[verb.i] or verb.i in spent or verb.pos_ not in {"VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADP"}:
            continue
        name = lemma(verb)
        if name == "accord" or verb.lower_ == "according":
            draft = _according(doc, verb)
        elif verb.pos_ in {"VERB", "AUX"} and name in lexicon:
            draft = _of_verb(doc, clauses, verb, lexicon[name], closed)
        elif verb.pos_ in {"VERB", "AUX"} and name in LIGHT:
            draft = _of_light_verb(doc, clauses, verb)
        elif verb.pos_ == "NOUN" and name in nouns():
            draft = _of_noun(doc, clauses, verb)
        elif verb.pos_ == "ADJ" or verb.tag_ == "VBN":
            draft = _of_adjective(doc, clauses, verb)
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
        found = [Complement("that", frozenset(_beside(doc, verb)))] if gloss else []
        return _draft(doc, clauses, verb, uses[0], found[0]) if found and found[0].tokens else None
    if not any(item.shape in {"that", "wh", "other-to"} for item in found):
        in_full = _after_colon(doc, verb, closed)
        if in_full:
            found = [Complement("that", frozenset(in_full), addressee=None)]
    by = clauses.clause(verb.i).subjects if passive else ()
    bare = verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children) and verb.dep_ != "conj"
    if (passive or bare) and not by:
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
        if use.particle == particle or not (use.particle or phrasal):
            if "that" in use.shapes and "quote" in use.shapes and not passive:
                content = _after_that(doc, verb) or _beside(doc, verb)
                if content:
                    item = Complement("that", frozenset(content))
                    return _draft(doc, clauses, verb, use, item)
    return None


def _fits(doc: Doc, verb: Token, use: Cue, item: Complement) -> bool:
    if item.shape in {"that", "wh"} and not any(doc[i].lower_ in {'"', "“"} for i in item.tokens):
        low, high = sorted((min(item.tokens), verb.i))
        if any(doc[i].text == ";" for i in range(low, high)):
            return False  # "wrote to the premier; later he called him": another clause
        if high == verb.i and _new_clause(doc, verb, item):
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
    if use.lemma in SOFT and _is_thing(verb):
        return False
    if item.shape in {"noun", "of"} and use.lemma in {"welcome", "salute"} and _is_guest(doc, item):
        return False
    if item.shape == "that" and use.kind == "attitude":
        return has_own_subject(verb) or verb.dep_ in {"conj", "xcomp", "relcl", "advcl", "acl", "pcomp"}
    if item.shape == "to" and use.kind == "attitude":
        return False
    return True


def _new_clause(doc: Doc, verb: Token, item: Complement) -> bool:
    """ "The bill passed, and with that the last member has said yes": what precedes is not what is said."""
    own = [c.left_edge.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i]
    edge = max([*own, max(item.tokens)]) if own else verb.i
    return any(doc[i].dep_ == "cc" and doc[i].lower_ in {"and", "but"} for i in range(max(item.tokens) + 1, edge))


def _is_thing(verb: Token) -> bool:
    """Whether the subject is a common noun that cannot speak."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None and verb.dep_ == "acl":
        subject = verb.head
    while subject is not None and subject.dep_ == "conj" and subject.head.pos_ == "NOUN":
        subject = subject.head
    if subject is None or subject.pos_ != "NOUN":
        return False
    name = lemma(subject)
    return name in nouns() or not (name.endswith(AGENTIVE) or name in SPEAKING)


def _is_guest(doc: Doc, item: Complement) -> bool:
    """Whether a person is welcomed, and not a step."""
    return any(
        doc[i].pos_ == "PROPN" and doc[i].dep_ in {"appos", "dobj"} or lemma(doc[i]) in GUESTS for i in item.tokens
    )


def _has_that(doc: Doc, item: Complement) -> bool:
    return bool(item.tokens) and doc[min(item.tokens)].lower_ == "that"


def _draft(doc: Doc, clauses: Clauses, verb: Token, use: Cue, item: Complement) -> Draft:
    tokens = set(item.tokens)
    own = set(range(*verb_group(verb)))
    tokens -= own
    content = ranges(_widened(doc, verb, item, tokens), doc)
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
    if verb.dep_ == "conj" and verb.head.dep_ in {"ccomp", "xcomp", "advcl"} and is_second_cue(verb, verb.head):
        above = verb.head.head
        while above.tag_ == "VB" and above.dep_ in {"xcomp", "ccomp", "conj"} and above.head.i != above.i:
            above = above.head
        heads = clauses.surface_subjects(above.i)
    if not heads and is_finite(verb) and not is_passive(verb):
        heads = _noun_before(doc, cue[0])
    cue, heads = _quoted_as_saying(doc, clauses, verb, cue, heads)
    heads = tuple(h for h in heads if not any(a <= h < b for a, b in content) or h in own)
    return Draft(
        lemma=use.lemma, act=act, form=FORMS.get(item.shape, "noun"), cue=cue, cue_head=verb.i, content=content,
        heads=heads, addressee=_who_is_told(verb, use, item), deed=deed, reason=_unsaid(verb), label=label,
        kind=use.kind, anchor=verb.i,
    )  # fmt: skip


def _noun_before(doc: Doc, i: int) -> tuple[int, ...]:
    """The noun phrase right before a verb whose subject the parser did not find."""
    k = i - 1
    start = doc[i].sent.start
    while k >= start and doc[k].pos_ == "ADV":
        k -= 1
    if k < start or doc[k].pos_ not in {"PROPN", "NOUN", "PRON"}:
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


def _is_other_clause(token: Token, verb: Token) -> bool:
    return token.pos_ == "VERB" and is_finite(token) and token.dep_ not in {"relcl", "advcl", "acl"}


def _after_that(doc: Doc, verb: Token) -> set[int]:
    """Everything from a "that" right behind the verb (or behind the one who is told) to the end of the sentence."""
    _, end = sentence_range(doc, verb.i)
    commas = 0
    for k in range(verb.i + 1, min(end, verb.i + 12)):
        token = doc[k]
        if token.lower_ == "that" and token.tag_ == "IN":
            return set(range(k, end)) if commas != 1 else set()
        commas += token.text == ","
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or token.text in {":", ";"}:
            break
    return set()


def _after_colon(doc: Doc, verb: Token, closed: list[bool]) -> set[int]:
    """A message given in full after a colon, on the same line or as the next paragraph."""
    colon = verb.i + 1
    while colon < min(len(doc), verb.i + 16) and doc[colon].text != ":" and "\n" not in doc[colon].text:
        if doc[colon].text in {".", "!", "?", ";"} or closed[colon]:
            return set()
        colon += 1
    if colon >= len(doc) or doc[colon].text != ":":
        return set()
    start = colon + 1
    while start < len(doc) and doc[start].is_space:
        start += 1
    if start >= len(doc) or closed[start] or not (doc[start].is_alpha and doc[start].text[:1].isupper()):
        return set()
    end = start
    for sent in doc[start : _line_end(doc, start, closed)].sents:
        root = sent.root
        who = next((c for c in root.children if c.dep_ == "nsubj"), None)
        if end > start and who is not None and lemma(root) in cues() and who.lower_ not in {"i", "we", "you"}:
            break
        end = min(sent.end, _line_end(doc, start, closed))
    whole = any(is_finite(doc[i]) for i in range(start, end) if doc[i].pos_ in {"VERB", "AUX"})
    return set(range(start, end)) if whole and end - start >= 4 else set()


def _line_end(doc: Doc, start: int, closed: list[bool]) -> int:
    end = start
    while end < len(doc) and "\n" not in doc[end].text and not closed[end]:
        end += 1
    return end


def _beside(doc: Doc, verb: Token) -> set[int]:
    """What a verb of saying without a complement refers to: the sentence that it is set into or follows.

    "The talks, he said, had failed."  "As the minister noted, prices rose."
    """
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if not own or not is_finite(verb) or any(c.tag_ in {"WP", "WDT"} for c in own):
        return set()
    if verb.dep_ == "relcl" or any(c.dep_ == "ccomp" for c in verb.children):
        return set()
    return _round_root(doc, verb, own) if verb.head.i == verb.i else _round_aside(doc, verb)


def _round_root(doc: Doc, verb: Token, own: list[Token]) -> set[int]:
    """The parser made the verb of saying the sentence's root: what stands before it, and what goes on after it."""
    start, end = sentence_range(doc, verb.i)
    kinds = {"dep", "advcl", "nsubj", "npadvmod", "intj"}
    left = [c for c in verb.children if c.dep_ in kinds and c.i < own[-1].i and c is not own[-1]]
    edge = min(own[-1].left_edge.i, verb.i)
    if not any(c.pos_ in {"VERB", "AUX", "NOUN", "PROPN", "ADJ"} for c in left) or not _comma_before(doc, edge, start):
        return set()
    rest = next((c for c in verb.children if c.i > verb.i and c.dep_ in {"conj", "dep"} and is_finite(c)), None)
    if rest is not None and not has_own_subject(rest) and doc[rest.left_edge.i - 1].text == ",":
        return set(range(start, edge - 1)) | set(range(rest.left_edge.i, end))
    said = set(range(start, edge - 1))
    return said if any(doc[i].pos_ in {"VERB", "AUX"} for i in said) else set()


def _round_aside(doc: Doc, verb: Token) -> set[int]:
    """The verb of saying is set into the sentence or closes it: the sentence without it."""
    start, end = sentence_range(doc, verb.i)
    aside = subtree(verb)
    words = [i for i in aside if not doc[i].is_punct and not doc[i].is_space]
    first, last = min(words), max(words)
    gloss = any(c.lower_ in GLOSS and c.dep_ in {"mark", "advmod", "prep"} for c in verb.children)
    if verb.dep_ not in {"parataxis", "ccomp", "advcl", "conj", "dep", "intj"} or last - first > 30:
        return set()
    if not (_comma_before(doc, first, start) or (first == start and last + 1 < end and doc[last + 1].text == ",")):
        return set()
    if verb.dep_ == "conj" and (last < end - 3 or any(c.dep_ == "cc" for c in verb.head.children)):
        return set()  # only "The talks failed, he told reporters": a comma, no "and", and nothing after it
    linked = any(c.dep_ in {"mark", "advmod"} and c.tag_ in {"IN", "WRB"} for c in verb.children)
    if verb.dep_ == "advcl" and linked and not gloss:
        return set()
    host = (subtree(clause_top(verb.head)) if gloss else set(range(start, end))) - aside
    if any(doc[i].text == ";" for i in host):
        host = _same_side(doc, host, first)
    before = {i for i in host if i < first}
    return before if before and not gloss and last >= end - 3 else host


def _same_side(doc: Doc, host: set[int], first: int) -> set[int]:
    """Of the parts between semicolons the one that the aside stands in."""
    stops = [i for i in range(min(host), max(host) + 1) if doc[i].text == ";"]
    low = max((i for i in stops if i < first), default=-1)
    high = min((i for i in stops if i > first), default=len(doc))
    return {i for i in host if low < i < high}


def _comma_before(doc: Doc, i: int, start: int) -> bool:
    k = i - 1
    while k >= start and doc[k].is_space:
        k -= 1
    return k >= start and doc[k].text in {",", "–", "—", "-", "--", "”", '"', "''", "’"}


def _unsaid(verb: Token) -> str | None:
    """Why the words were not said, or take no position: a modal, a refusal, a negation."""
    top = verb
    while top.dep_ in {"xcomp", "conj"} and top.tag_ == "VB" and top.head.i != top.i:
        top = top.head
        if lemma(top) in DECLINING:
            return "a refusal to say takes no position"
    if any(c.dep_ == "neg" for c in verb.children):
        return "it was not said"
    if any(c.dep_ == "aux" and c.lower_ in UNSAID for c in verb.children):
        return "it has not been said yet, or only may be"
    if verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.tag_ == "VB" and verb.head.pos_ == "VERB":
        return _unsaid(verb.head)
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children) and verb.dep_ in {
        "xcomp",
        "advcl",
        "acl",
        "ccomp",
    }:
        if lemma(verb.head) not in {"report", "quote", "continue", "go", "begin", "seem", "appear", "say", "use"}:
            return "it has not been said yet, or only may be"
    if any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.children):
        return "it has not been said yet, or only may be"
    return None


# --- other givers of words --------------------------------------------------------------------------------------


def _according(doc: Doc, token: Token) -> Draft | None:
    """ "According to the ministry, ..." and "..., according to Seoul"."""
    to = next((t for t in doc[token.i + 1 : token.i + 2] if t.lower_ == "to"), None)
    if to is None:
        return None
    thing = next((c for c in to.children if c.dep_ == "pobj"), None)
    if thing is None and to.i + 1 < len(doc):
        thing = next((c for c in token.children if c.dep_ == "pobj"), None)
    if thing is None:
        return None
    start, end = sentence_range(doc, token.i)
    aside = set(range(token.i, thing.right_edge.i + 1)) | subtree(token)
    host = set(range(start, end)) - aside
    # The parser may swallow the sentence into the name's apposition: "According to the Herald, Prof X, head of Y, said"
    for i in range(token.i, end):
        if doc[i].text == ";" and i > max(aside, default=0):
            host -= set(range(i, end))
            break
    for i in range(token.i - 1, start - 1, -1):
        if doc[i].text == ";":
            host -= set(range(start, i + 1))
            break
    host = _own_clause(doc, token, host)
    return Draft(
        lemma="according", act="saying", form="clause", cue=(token.i, to.i + 1), cue_head=token.i,
        content=ranges(host, doc), heads=(thing.i,), anchor=token.i,
    )  # fmt: skip


def _own_clause(doc: Doc, token: Token, host: set[int]) -> set[int]:
    """In mid-sentence the phrase covers its own clause only: "X fled and, according to Y, Z died"."""
    before = token.i - 1
    if before > 0 and doc[before].text == "," and doc[before - 1].lower_ in {"and", "but", "while", "which", "who"}:
        return {i for i in host if i > token.i}
    return host


def _of_light_verb(doc: Doc, clauses: Clauses, verb: Token) -> Draft | None:
    """ "made it clear that", "raised concerns about", "issued a call for"."""
    if is_passive(verb) or not clauses.surface_subjects(verb.i):
        return None
    name = lemma(verb)
    if name == "make":
        for child in verb.children:
            if child.lower_ == "clear" or (child.dep_ == "ccomp" and child.lower_ == "clear"):
                clause = next(
                    (c for c in [*child.children, *verb.children] if c.dep_ == "ccomp" and c.i > child.i), None
                )
                if clause is not None:
                    return _plain(doc, clauses, verb, (verb.i, child.i + 1), subtree(clause), "saying", "make clear")
    for child in verb.children:
        if child.dep_ == "dobj" and child.i > verb.i and lemma(child) in nouns():
            noun = nouns()[lemma(child)]
            rest = [c for c in child.children if c.dep_ in {"prep", "acl", "ccomp", "relcl"} and c.i > child.i]
            weighty = any(c.dep_ in {"acl", "ccomp"} or c.lower_ in {"about", "over", "for", "on", "to"} for c in rest)
            if not noun.position or not weighty:
                return None
            if name in {"have", "give", "show", "share"} and noun.act == "saying" and lemma(child) not in {"concern"}:
                return None
            return _plain(doc, clauses, verb, verb_group(verb), subtree(child), noun.act, name, form="noun")
    return None


def _of_noun(doc: Doc, clauses: Clauses, noun: Token) -> Draft | None:
    """ "Ruiz's claim that the vote was stolen"; under "voiced", "reiterated" and the like the verb has it already."""
    if noun.dep_ in {"dobj", "conj"} and lemma(noun.head) in CARRIERS | LIGHT:
        return None
    owners = clauses.owners(noun.i)
    clause = next(
        (c for c in noun.children if c.dep_ in {"acl", "ccomp", "relcl"} and c.i > noun.i and is_finite(c)), None
    )
    if not owners or clause is None or not _is_that_clause(clause):
        return None
    return Draft(
        lemma=lemma(noun), act=nouns()[lemma(noun)].act, form="clause", cue=(noun.i, noun.i + 1), cue_head=noun.i,
        content=ranges(subtree(clause), doc), heads=owners, anchor=noun.i, reason=MENTIONED,
    )  # fmt: skip


def _is_that_clause(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)


def _plain(
    doc: Doc, clauses: Clauses, verb: Token, cue: tuple[int, int], tokens: set[int], act: str, name: str,
    form: Form = "clause",
) -> Draft:  # fmt: skip
    return Draft(
        lemma=name, act=act, form=form, cue=cue, cue_head=verb.i, content=ranges(tokens, doc),  # type: ignore[arg-type]
        heads=clauses.surface_subjects(verb.i), anchor=verb.i, reason=_unsaid(verb),
        kind="attitude" if name in {"have", "hold", "share"} else "speech",
    )  # fmt: skip


ADJECTIVES = {
    "confident": "thinking", "convinced": "thinking", "sure": "thinking", "certain": "thinking", "optimistic": "hoping",
    "hopeful": "hoping", "concerned": "thinking", "worried": "thinking", "afraid": "thinking", "adamant": "saying",
    "aware": "thinking", "doubtful": "thinking", "pessimistic": "thinking", "sceptical": "thinking", "clear": "saying",
}  # fmt: skip


def _of_adjective(doc: Doc, clauses: Clauses, adjective: Token) -> Draft | None:
    """ "is confident that", "was adamant that"."""
    act = ADJECTIVES.get(adjective.lower_)
    if act is None:
        return None
    verb = adjective.head if adjective.dep_ in {"acomp", "oprd"} else adjective
    if adjective.dep_ in {"acomp", "oprd"} and lemma(verb) not in {"be", "remain", "feel", "sound", "seem"}:
        return None
    clause = next(
        (c for c in adjective.children if c.dep_ in {"ccomp", "advcl"} and c.i > adjective.i and is_finite(c)), None
    )
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if clause is None or not subjects or subjects[0].lower_ in {"it", "that", "this", "there"}:
        return None
    return Draft(
        lemma=f"be {adjective.lower_}", act=act, form="clause", cue=(verb_group(verb)[0], adjective.i + 1),  # type: ignore[arg-type]
        cue_head=verb.i, content=ranges(subtree(clause), doc), heads=clauses.surface_subjects(verb.i),
        anchor=verb.i, kind="attitude",
    )  # fmt: skip


__all__ = ["find_reported", "is_second_cue"]
