"""All statements of a parsed report: quotations first, then reported words, then who said them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.language.clauses import Clauses, lemma_of
from communique.language.columns import columns_of
from communique.language.sentences import text_of
from communique.model import ActorKind, Medium, Span
from communique.statements import reasons
from communique.statements.direct import quotation_drafts, tie, used_verbs
from communique.statements.drafts import Draft, trim
from communique.statements.found import FoundStatement, Tokens
from communique.statements.indirect import find_reported
from communique.statements.medium import medium_of
from communique.statements.quotes import find_quotes
from communique.statements.speakers import NOBODY, Who, phrase, resolve

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from communique.actors.cast import Cast

MEDIA_WORDS = frozenset(
    """times post herald news newspaper newspapers daily gazette journal tribune guardian telegraph magazine media
    agency reuters afp bbc cnn xinhua tass interfax kcna yonhap bloomberg television tv radio broadcaster wikinews
    press reporter reporters journalist journalists jazeera outlet outlets weekly""".split()
)
ANYBODY = frozenset("those people some many anyone everyone everybody anybody nobody somebody others critics".split())
JOINT = frozenset(
    """side leader minister president party country nation state neighbour neighbor government delegation interlocutor
    counterpart premier statesman capital ally""".split()
)
_SITE = re.compile(r"\w\.[a-z]{2,4}$")  # "News.az": the name of a site
GOES_ON = 2  # paragraphs over which a speaker is carried


def find_statements(doc: Doc, cast: Cast | None = None) -> tuple[FoundStatement, ...]:
    """Everything that the report attributes to somebody, in text order.

    `doc` is a report parsed by `communique.language.pipeline`. Without a `cast` speakers are the report's own words.
    Attributions that are no statements of the diplomatic record are given too, with the reason in `left_out`.
    """
    clauses = Clauses(doc)
    utterances, closed = tie(doc, clauses, find_quotes(text_of(doc)))
    quoted = [False] * len(doc)
    for u in utterances:
        for i in range(u.start, u.end):
            quoted[i] = True
    drafts = list(find_reported(doc, clauses, closed, quoted, used_verbs(utterances)))
    drafts = _outside_messages(doc, _without_doubles(drafts))
    drafts = _with_quotations(doc, drafts, quotation_drafts(doc, utterances))
    drafts.sort(key=lambda d: (_start(d), d.anchor))
    found = _resolved(doc, cast, drafts, quoted, closed)
    return tuple(_nested(found))


def _start(draft: Draft) -> int:
    edges = [start for start, _ in draft.content]
    if draft.cue is not None:
        edges.append(draft.cue[0])
    return min(edges)


def _end(draft: Draft) -> int:
    edges = [end for _, end in draft.content]
    if draft.cue is not None:
        edges.append(draft.cue[1])
    return max(edges)


def _outside_messages(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """Without the verbs inside a message that is given in full after a colon: they are its own words."""
    inside = {i for d in drafts if _after_colon(doc, d) for a, b in d.content for i in range(a, b)}
    return [d for d in drafts if d.cue is None or d.cue[0] not in inside]


def _after_colon(doc: Doc, draft: Draft) -> bool:
    first = draft.content[0][0]
    while first and doc[first - 1].is_space:
        first -= 1
    return draft.form == "clause" and bool(first) and doc[first - 1].text == ":"


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """Two verbs that were given the same words ("X says he thinks ..." read twice) keep the first."""
    seen: set[tuple[Tokens, ...]] = set()
    out = []
    for draft in drafts:
        key = tuple(draft.content)
        if key not in seen:
            seen.add(key)
            out.append(draft)
    return out


def _with_quotations(doc: Doc, reported: list[Draft], quotations: list[Draft]) -> list[Draft]:
    """Both kinds together; a quotation without a verb goes on the statement that it follows at once."""
    out = list(reported)
    for draft in quotations:
        if draft.follows:
            host = _just_before(doc, out, draft)
            if host is not None and host.kind == "speech" and host.form in {"quote", "clause"} and not host.reason:
                host.content += draft.content
                continue
            if host is not None:
                draft.heads = host.heads
                draft.anchor = host.anchor
                draft.follows = not host.heads
            else:
                _subject_before(doc, draft)
        out.append(draft)
    return out


def _just_before(doc: Doc, drafts: list[Draft], draft: Draft) -> Draft | None:
    """The statement whose sentence ends where the quotation begins."""
    start = draft.content[0][0]
    best: Draft | None = None
    for other in drafts:
        end = _end(other)
        if end > start or (best is not None and end <= _end(best)):
            continue
        between = doc[end:start]
        if sum("\n" in t.text for t in between) > 1:
            continue
        text = between.text
        cut = max(text.rfind(c) for c in ".!?\n")
        if any(c.isalpha() for c in text[cut + 1 :]) or text.rstrip().count(". ") > 0 or len(between) > 30:
            continue
        best = other
    return best


def _subject_before(doc: Doc, draft: Draft) -> None:
    """The subject of the sentence before a quotation without a verb speaks, if it is one who can."""
    start = draft.content[0][0]
    k = start - 1
    while k >= 0 and (doc[k].is_space or doc[k].is_punct):
        if "\n" in doc[k].text:
            return
        k -= 1
    if k < 0:
        return
    root = doc[k].sent.root
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    if subject is not None and (
        (subject.pos_ in {"PROPN", "PRON"} and subject.lower_ in {"he", "she"}) or subject.pos_ == "PROPN"
    ):
        draft.heads = (subject.i,)
        draft.follows = False


# --- who, how, to whom --------------------------------------------------------------------------------------------


def _resolved(
    doc: Doc, cast: Cast | None, drafts: list[Draft], quoted: list[bool], closed: list[bool]
) -> list[FoundStatement]:
    found: list[FoundStatement] = []
    previous: Who | None = None
    spoke: tuple[int, int] = (-1, -1)  # line of the last statement, index in `found`
    lines = _lines(doc)
    said = list(closed)
    for draft in drafts:
        for i in (i for a, b in draft.content for i in range(a, b)):
            said[i] = True
    for draft in drafts:
        line = lines[draft.anchor]
        near = previous if previous is not None and line - spoke[0] <= GOES_ON else None
        if draft.follows or (not draft.heads and draft.quoted):
            who = near or NOBODY
        else:
            who = resolve(doc, cast, draft.heads, near, draft.lemma)
        medium = medium_of(doc, draft, said)
        if medium == "unspecified" and near is not None and who == near and found:
            medium = _carried(found[spoke[1]])
        statement = _statement(doc, cast, draft, who, medium, quoted, len(found))
        if statement is None:
            continue
        found.append(statement)
        within = draft.cue is not None and any(
            f.holds(draft.cue[0]) for f in found[:-1] if lines[f.content[0][0]] == line
        )
        if who.name is not None and draft.kind == "speech" and who.token is not None and not within:
            previous = who
            spoke = (lines[_end(draft) - 1], len(found) - 1)
    return found


def _lines(doc: Doc) -> list[int]:
    """The paragraph number of each token."""
    out, line = [], 0
    for text in columns_of(doc).text:
        out.append(line)
        if "\n" in text:
            line += 1
    return out


def _carried(before: FoundStatement) -> Medium:
    return before.medium if before.medium in {"message", "letter", "post"} else "unspecified"


def _statement(
    doc: Doc, cast: Cast | None, draft: Draft, who: Who, medium: Medium, quoted: list[bool], index: int
) -> FoundStatement | None:
    content = tuple((a, b) for a, b in sorted(draft.content) if a < b)
    if not content:
        return None
    spans = tuple(_span(doc, a, b) for a, b in content)
    source = _source(doc, draft)
    direct = _is_direct(doc, draft, quoted)
    to = cast.actor_at(draft.addressee) if cast is not None and draft.addressee is not None else None
    to_name = phrase(doc[draft.addressee]) if draft.addressee is not None else None
    return FoundStatement(
        index=index, act=draft.act, medium=medium, direct=direct, form=draft.form,
        lemma=draft.lemma, cue=draft.cue, cue_span=_span(doc, *draft.cue) if draft.cue else None, content=content,
        content_spans=spans, source=source, source_span=_span(doc, *source) if source else None,
        speaker=who.actor, speaker_name=_several(doc, cast, draft) or who.name,
        speaker_kind="group" if _several(doc, cast, draft) else who.kind,
        to=to.index if to is not None else None, to_name=to.name if to is not None else to_name,
        sentence=_sentence(doc, draft), left_out=_left_out(doc, cast, draft, who, direct),
    )  # fmt: skip


def _span(doc: Doc, start: int, end: int) -> Span:
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text.rstrip()))


def _sentence(doc: Doc, draft: Draft) -> Span:
    """The sentence of the cue; without one, that of the quotation's beginning."""
    i = draft.cue_head if draft.cue_head is not None else draft.content[0][0]
    sent = doc[i].sent
    start, end = trim(doc, sent.start, sent.end)
    return _span(doc, start, max(end, start + 1))


def _source(doc: Doc, draft: Draft) -> Tokens | None:
    """The words that name the speaker, with office and apposition; relative clauses and asides are cut."""
    if not draft.heads:
        return None
    head = doc[draft.heads[0]]
    blocked = {i for a, b in draft.content for i in range(a, b)}
    if draft.cue is not None:
        blocked |= set(range(*draft.cue))
    for child in head.children:
        if child.dep_ in {"relcl", "ccomp", "advcl"} or (child.dep_ == "acl" and child.i > head.i):
            blocked |= {t.i for t in child.subtree}
    tokens = sorted({t.i for t in head.subtree} - blocked)
    start = end = head.i
    while start - 1 in tokens:
        start -= 1
    while end + 1 in tokens:
        end += 1
    start, stop = trim(doc, start, end + 1)
    return (start, stop) if start < stop else (head.i, head.i + 1)


def _is_direct(doc: Doc, draft: Draft, quoted: list[bool]) -> bool:
    """More than half of the words stand in quotation marks; of a label's words, the label's alone count."""
    if _after_colon(doc, draft):
        return True  # a message given in full
    pieces = [draft.label] if draft.label is not None else draft.content
    words = [i for a, b in pieces for i in range(a, b) if doc[i].is_alpha or doc[i].like_num]
    if draft.label is not None and words and doc[words[0]].pos_ == "ADP":
        words = words[1:]  # of "as a mistake" and "of cheating" the preposition is the report's
    inside = sum(quoted[i] for i in words)
    return inside * 2 > len(words)


def _several(doc: Doc, cast: Cast | None, draft: Draft) -> str | None:
    """ "China and Kazakhstan" where several speak as one."""
    if len(draft.heads) < 2:
        return None
    names = []
    for i in draft.heads:
        actor = cast.actor_at(i) if cast is not None else None
        names.append(actor.name if actor is not None else phrase(doc[i]))
    names = list(dict.fromkeys(names))
    return " and ".join(names) if len(names) > 1 else None


def _left_out(doc: Doc, cast: Cast | None, draft: Draft, who: Who, direct: bool) -> str | None:
    """Why the diplomatic record leaves an attribution out; None for one that it keeps."""
    if draft.reason is not None:
        return draft.reason
    if draft.form == "label" and not direct:
        return reasons.LABEL
    if draft.deed and not direct:
        return reasons.DEED
    if draft.kind == "evidence":
        return reasons.EVIDENCE
    if (len(draft.heads) > 1 and _several(doc, cast, draft)) or _each_other(doc, draft) or _is_joint(doc, who):
        return reasons.JOINT
    if draft.heads and _is_anybody(doc[draft.heads[0]]):
        return reasons.NOBODY
    if who.name is None:
        return reasons.NOBODY
    if who.token is not None and (_is_media(doc, who) or _reports(doc, cast, draft, who)):
        return reasons.MEDIA
    return None


def _is_anybody(head: Token) -> bool:
    """ "Critics say", "those who answer": but "two people familiar with the matter" are sources."""
    return head.lower_ in ANYBODY and not any(c.dep_ in {"nummod", "amod"} for c in head.children)


def _is_joint(doc: Doc, who: Who) -> bool:
    """ "Both sides noted", "the three leaders said": no one of them said it; unnamed officials are sources still."""
    return who.token is not None and doc[who.token].tag_ == "NNS" and lemma_of(doc[who.token]) in JOINT


def _each_other(doc: Doc, draft: Draft) -> bool:
    return draft.addressee is not None and doc[draft.addressee].lower_ in {"other", "another"}


def _is_media(doc: Doc, who: Who) -> bool:
    assert who.token is not None
    if _SITE.search(who.name or ""):
        return True
    words = {w.lower() for w in (who.name or "").replace("-", " ").split()} | {doc[who.token].lower_}
    kinds: tuple[ActorKind, ...] = ("organisation", "group")
    return (
        bool(words & MEDIA_WORDS)
        and (who.kind in kinds or doc[who.token].lower_ in MEDIA_WORDS)
        and lemma_of(doc[who.token]) not in {"service", "secretary", "office"}
    )


def _reports(doc: Doc, cast: Cast | None, draft: Draft, who: Who) -> bool:
    """Whether a name of which nothing but "reports" is told is an agency's: "ABC reported that"."""
    if draft.lemma != "report" or who.token is None or doc[who.token].pos_ != "PROPN":
        return False
    actor = cast.actors[who.actor] if cast is not None and who.actor is not None else None
    return actor is None or (actor.kind != "person" and not actor.acts)


def _nested(found: list[FoundStatement]) -> list[FoundStatement]:
    """Each statement with the smallest one whose content holds its cue."""
    out = []
    for statement in found:
        outer = None
        if statement.cue is not None:
            holding = [
                s for s in found
                if s.index != statement.index and s.holds(statement.cue[0]) and not _inside_own(s, statement)
            ]  # fmt: skip
            outer = min(holding, key=lambda s: sum(b - a for a, b in s.content), default=None)
        out.append(replace(statement, nested_in=outer.index if outer is not None else None))
    return out


def _inside_own(outer: FoundStatement, inner: FoundStatement) -> bool:
    return outer.cue is not None and inner.holds(outer.cue[0])
