"""An act told again of somebody else: "so did Oslo", "Peru followed suit"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.codebook.found import Dater, Found
from communique.codebook.modality import ModalityReader
from communique.codebook.roles import RoleReader
from communique.codebook.sides import two_sentences_before
from communique.language.clauses import lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


class EchoReader:
    """Finds the verbs of one Doc that repeat an act, and the act that they repeat."""

    def __init__(self, doc: Doc, roles: RoleReader, modality: ModalityReader) -> None:
        self.doc = doc
        self.roles = roles
        self.modality = modality

    def verbs(self) -> Iterator[int]:
        """Verbs that repeat the act told before with another doer."""
        for token in self.doc:
            lemma = lemma_of(token)
            if lemma == "do" and any(c.lower_ in {"so", "likewise", "same"} for c in token.children):
                yield token.i
            elif lemma == "follow" and token.pos_ == "VERB":
                objects = [c for c in token.children if c.dep_ in {"dobj", "nsubjpass"}]
                if not objects or any(c.lower_ == "suit" for c in objects):
                    yield token.i

    def repeated(self, i: int, before: Sequence[Found], dater: Dater) -> list[Found]:
        """The act told last, done again by the subjects of verb `i`."""
        verdict = self.modality.read(i)
        start = two_sentences_before(self.doc, i)
        source = next((e for e in reversed(before) if start <= e.trigger < i), None)
        doers = [
            party
            for head in self.roles.clauses.clause(i).subjects
            for party in self.roles.parties(head, "initiator", "actor")
        ]
        if source is None or not doers or verdict.modality != "occurred":
            return []
        others = tuple(p for p in source.parties if p.role in {"recipient", "counterpart", "host"})
        match = replace(source.match, trigger=i, support=i, words=())
        days, when = dater(i, verdict.modality)
        groups = [doers] if source.kind.mutual and not others else [[d] for d in doers]
        note = (f"'{self.doc[i].text}' repeats the {source.kind.name} told before",)
        return [
            Found(match, source.kind, (*group, *others), verdict, days, when, notes=note, cameo=source.cameo)
            for group in groups
            if not {p.side for p in group} & {p.side for p in others}
        ]
