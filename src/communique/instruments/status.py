"""Where an instrument stands, from the verb that governs its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.codebook.modality import ModalityReader
from communique.language.clauses import Clauses, lemma_of
from communique.model import InstrumentStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

# From the first idea to the end; a later one replaces an earlier one in the same report.
ORDER: tuple[InstrumentStatus, ...] = (
    "proposed", "negotiated", "agreed", "signed", "established", "ratified", "active", "in-force", "suspended", "ended",
)  # fmt: skip

_BY_VERB: dict[str, InstrumentStatus] = {
    **dict.fromkeys("sign initial ink conclude put join".split(), "signed"),
    **dict.fromkeys("ratify approve accede".split(), "ratified"),
    **dict.fromkeys("enter take implement apply extend renew prolong observe honour honor respect".split(), "in-force"),
    **dict.fromkeys("agree reach adopt issue strike endorse finalise finalize release".split(), "agreed"),
    **dict.fromkeys("negotiate discuss draft".split(), "negotiated"),
    **dict.fromkeys("propose suggest seek offer plan consider request demand prepare unveil".split(), "proposed"),
    **dict.fromkeys("establish create found form launch inaugurate declare impose open institute announce".split(),
                    "established"),
    **dict.fromkeys("suspend freeze halt pause interrupt".split(), "suspended"),
    **dict.fromkeys(
        """end lift terminate scrap cancel abrogate denounce dissolve expire abolish revoke leave quit withdraw drop
        remove collapse breach""".split(), "ended",
    ),
    **dict.fromkeys("meet hold convene resume continue".split(), "active"),
}  # fmt: skip
_BY_NOUN: dict[str, InstrumentStatus] = {
    "signing": "signed", "signature": "signed", "conclusion": "signed", "ratification": "ratified",
    "establishment": "established", "creation": "established", "launch": "established", "launching": "established",
    "negotiation": "negotiated", "talk": "negotiated", "suspension": "suspended", "lifting": "ended", "end": "ended",
    "implementation": "in-force", "extension": "in-force", "renewal": "in-force", "proposal": "proposed",
    "draft": "negotiated", "adoption": "agreed", "entry": "in-force", "imposition": "active", "package": "active",
}  # fmt: skip


# What somebody only wants does not exist: "called for a ceasefire", "hopes for a deal", "the prospect of a treaty".
_WANTING = frozenset(
    """appeal aim await beg call demand desire expect hope insist lobby long need plead pray press push strive urge wait
    want wish work""".split()
)
_WANTED = frozenset(
    """appeal call chance deadline demand desire effort goal hope likelihood need path possibility pressure prospect
    push readiness way willingness wish""".split()
)

# "a series of agreements", "the text of the treaty": what happens to these happens to the instrument.
_PASSED = frozenset("series number package set text draft copy pair document form member".split())


@dataclass(frozen=True, slots=True)
class Step:
    """A status and the token that says so. `wish`: somebody only wants it, or rules it out."""

    status: InstrumentStatus
    token: int
    wish: bool = False


class StatusReader:
    """Reads the status of instruments of one Doc."""

    def __init__(self, doc: Doc, clauses: Clauses, modality: ModalityReader) -> None:
        self.doc = doc
        self.clauses = clauses
        self.modality = modality

    def read(self, head: int) -> Step | None:
        """What is said of the instrument whose noun is token `head`; None when it is only mentioned."""
        steps = [step for step in (*self._below(head), self._above(head)) if step is not None]
        return max(steps, key=lambda step: ORDER.index(step.status), default=None)

    def _below(self, head: int) -> Iterator[Step | None]:
        """From clauses and adjectives on the noun: "concluded in 2001", "proposed"."""
        for child in self.doc[head].children:
            if child.dep_ in {"acl", "relcl"}:
                yield self._of_verb(child.i)
            if child.dep_ == "amod" and child.lower_ in {"proposed", "draft", "planned", "further"}:
                yield Step("proposed", child.i)

    def _above(self, head: int) -> Step | None:
        """From what the noun is an argument of."""
        governor = self.clauses.governor(head)
        for _ in range(3):
            if governor is None:
                return None
            at, slot = governor
            above = self.doc[at]
            wanting = _WANTING if above.pos_ == "VERB" else _WANTED
            if lemma_of(above) in wanting and slot in {"object", "for", "on", "toward", "towards", "to", "of"}:
                return Step("proposed", at, wish=True)
            if above.pos_ in {"VERB", "AUX"}:
                if above.lemma_ == "have" and slot == "subject":  # "the treaty has to be ratified"
                    at = next((c.i for c in above.children if c.dep_ == "xcomp"), at)
                return self._of_verb(at) if slot in {"subject", "object", "to", "on", "for", "into"} else None
            status = _BY_NOUN.get(lemma_of(above))
            if status is not None and slot in {"of", "on", "for", "to", "into"}:
                verdict = self.modality.read(at)
                if verdict.modality in {"planned", "hypothetical"} and status != "negotiated":
                    return Step("proposed", at, wish=verdict.wish)
                return Step(status, at)
            if lemma_of(above) not in _PASSED:
                return None
            governor = self.clauses.governor(at)
        return None

    def _of_verb(self, at: int) -> Step | None:
        verb = self.doc[at]
        lemma = lemma_of(verb)
        status = _BY_VERB.get(lemma)
        if lemma in {"take", "enter", "come"}:
            objects = {self.doc[o].lower_ for o in self.clauses.clause(at).objects}
            into = {self.doc[o].lower_ for o in self.clauses.preps(at).get("into", ())}
            status = "in-force" if {"effect", "force"} & (objects | into) else None
        if lemma == "put":
            status = (
                "signed"
                if any(self.doc[o].lower_.startswith(("signature", "name")) for o in self.clauses.clause(at).objects)
                else None
            )
        if status is None:
            return None
        verdict = self.modality.read(at)
        modality = verdict.modality
        if modality in {"planned", "hypothetical"}:
            if status in {"signed", "agreed", "established", "negotiated"}:
                return Step("proposed", at, wish=modality == "hypothetical")
            if status in {"ratified", "in-force"}:
                return Step("signed", at)
            return None if status != "proposed" else Step("proposed", at, wish=modality == "hypothetical")
        if modality in {"denied", "called-off"}:
            if status in {"ratified", "in-force"}:
                return Step("signed", at)
            return Step("proposed", at, wish=True) if status in {"signed", "agreed", "established"} else None
        return Step(status, at)


_BY_EVENT: dict[str, InstrumentStatus] = {
    "signing": "signed", "ratification": "ratified", "entry-into-force": "in-force", "establishment": "established",
    "launch": "established", "declaration": "established", "agreement": "agreed", "suspension": "suspended",
    "session": "active", "proposal": "proposed",
}  # fmt: skip


def status_by_event(kind: str, modality: str) -> InstrumentStatus | None:
    """The status that an event of `kind` gives to the instrument it handles; None when it gives none."""
    status = _BY_EVENT.get(kind)
    if status is None or modality in {"denied", "called-off", "hypothetical"}:
        return None
    if modality == "planned":
        return {"ratification": "signed", "entry-into-force": "signed"}.get(kind, "proposed")  # type: ignore[return-value]
    return status
