"""The CAMEO code down to what the words of the act allow: a demonstration for somebody's resignation is 1411.

A codebook file states under `[finer]`, for a code, which words lead to which finer code. They are looked for in what
hangs on the trigger and on its support verb; the first code that has one is taken, and refined again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.codebook.kind import Codebook
from communique.codebook.matcher import Match
from communique.codebook.roles import RoleReader

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STEPS = 3  # from a root to four digits


class FinerReader:
    """Refines the codes of matches of one Doc."""

    def __init__(self, doc: Doc, codebook: Codebook, roles: RoleReader) -> None:
        self.doc = doc
        self.codebook = codebook
        self.roles = roles

    def code(self, match: Match) -> str | None:
        """The code of the frame that matched, as fine as the words around the trigger make it."""
        code = match.frame.cameo
        near: list[int] | None = None
        for _ in range(_STEPS):
            rules = self.codebook.finer.get(code or "")
            if not rules:
                break
            near = near if near is not None else self._near(match)
            finer = next((c for c, words in rules if any(self.roles.has_word(i, words) == i for i in near)), None)
            if finer is None:
                break
            code = finer
        return code

    def _near(self, match: Match) -> list[int]:
        seen = {t.i for t in self.doc[match.trigger].subtree}
        seen |= {t.i for i in (match.support, *match.words) for t in self.doc[i].subtree}
        return sorted(i for i in seen if self.doc[i].pos_ in {"NOUN", "PROPN", "VERB", "ADJ"})
