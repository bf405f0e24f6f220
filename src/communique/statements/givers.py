"""Words given by other means than a verb of saying: "according to", light verbs, nouns of saying, adjectives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.language.clauses import Clauses, is_passive
from communique.model import Act
from communique.statements.drafts import Draft, is_finite, lemma, ranges, sentence_range, subtree, verb_group
from communique.statements.lexicon import cues, nouns
from communique.statements.reasons import MENTIONED, unsaid

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from communique.statements.found import Form

# Verbs that only carry a noun of saying: "expressed the hope that", not "expressed the oil".
CARRIERS = frozenset({"express", "voice", "convey", "articulate", "vent", "reiterate", "repeat"})
LIGHT = frozenset({"have", "hold", "raise", "share", "make", "issue", "give", "state", "indicate", "show", "register"})


def according(doc: Doc, token: Token) -> Draft | None:
    """ "According to the ministry, ..." and "..., according to Seoul"."""
    to = next((t for t in doc[token.i + 1 : token.i + 2] if t.lower_ == "to"), None)
    if to is None:
        return None
    thing = next((c for c in to.children if c.dep_ == "pobj"), None)
    if thing is None and to.i + 1 < len(doc):
        thing = next((c for c in token.children if c.dep_ == "pobj"), None)
    if thing is None or is_mute(thing):
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


# What is done "according to" these is done after them; nobody says anything.
_PATTERNS = frozenset(
    """plan line law schedule timetable rule constitution principle agreement treaty accord deal tradition custom need
    procedure programme program policy strategy framework criterion standard method practice protocol mandate
    provision term condition requirement wish calendar order roadmap model definition logic""".split()
)


def is_mute(noun: Token) -> bool:
    """Whether "according to" this noun tells a manner, not a source: "according to plan", "to the new rules"."""
    return noun.pos_ == "NOUN" and lemma(noun) in _PATTERNS


def _own_clause(doc: Doc, token: Token, host: set[int]) -> set[int]:
    """In mid-sentence the phrase covers its own clause only: "X fled and, according to Y, Z died"."""
    before = token.i - 1
    if before > 0 and doc[before].text == "," and doc[before - 1].lower_ in {"and", "but", "while", "which", "who"}:
        return {i for i in host if i > token.i}
    return host


def of_light_verb(doc: Doc, clauses: Clauses, verb: Token) -> Draft | None:
    """ "made it clear that", "raised concerns about", "issued a call for"."""
    if is_passive(verb) or not clauses.surface_subjects(verb.i):
        return None
    name = lemma(verb)
    if name == "make":
        _, end = sentence_range(doc, verb.i)
        for k in range(verb.i + 1, min(verb.i + 4, end - 2)):
            if doc[k].lower_ == "clear" and doc[k + 1].lower_ == "that":
                clause = set(range(k + 1, end))
                return _plain(doc, clauses, verb, (verb.i, k + 1), clause, "saying", "make clear")
    for child in verb.children:
        if child.dep_ == "dobj" and child.i > verb.i and lemma(child) in nouns():
            noun = nouns()[lemma(child)]
            rest = [c for c in child.children if c.dep_ in {"prep", "acl", "ccomp", "relcl"} and c.i > child.i]
            weighty = any(c.dep_ in {"acl", "ccomp"} or c.lower_ in {"about", "over", "for", "on", "to"} for c in rest)
            if not noun.position or not weighty or any(lemma(c) in cues() for c in rest if c.dep_ == "acl"):
                return None  # "issued a statement saying that": the second verb gives the words
            told = any(c.dep_ in {"acl", "ccomp"} for c in rest)
            if lemma(child) in {"announcement", "statement", "remark", "comment", "address"} and not told:
                return None
            if name in {"have", "give", "show", "share"} and noun.act == "saying" and lemma(child) not in {"concern"}:
                return None
            return _plain(doc, clauses, verb, verb_group(verb), subtree(child), noun.act, name, form="noun")
    return None


def of_noun(doc: Doc, clauses: Clauses, noun: Token) -> Draft | None:
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
    doc: Doc, clauses: Clauses, verb: Token, cue: tuple[int, int], tokens: set[int], act: Act, name: str,
    form: Form = "clause",
) -> Draft:  # fmt: skip
    return Draft(
        lemma=name, act=act, form=form, cue=cue, cue_head=verb.i, content=ranges(tokens, doc),
        heads=clauses.surface_subjects(verb.i), anchor=verb.i, reason=unsaid(verb),
        kind="attitude" if name in {"have", "hold", "share"} else "speech",
    )  # fmt: skip


ADJECTIVES: dict[str, Act] = {
    "confident": "thinking", "convinced": "thinking", "sure": "thinking", "certain": "thinking", "optimistic": "hoping",
    "hopeful": "hoping", "concerned": "thinking", "worried": "thinking", "afraid": "thinking", "adamant": "saying",
    "aware": "thinking", "doubtful": "thinking", "pessimistic": "thinking", "sceptical": "thinking", "clear": "saying",
}  # fmt: skip


def of_adjective(doc: Doc, clauses: Clauses, adjective: Token) -> Draft | None:
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
        lemma=f"be {adjective.lower_}", act=act, form="clause", cue=(verb_group(verb)[0], adjective.i + 1),
        cue_head=verb.i, content=ranges(subtree(clause), doc), heads=clauses.surface_subjects(verb.i),
        anchor=verb.i, kind="attitude",
    )  # fmt: skip
