"""One instrument named several times in a report: when two mentions are one, and what the later one adds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.instruments.status import ORDER
from communique.model import InstrumentKind, InstrumentStatus, Span

GENERIC = frozenset(
    """agreement agreements accord accords pact pacts treaty treaties deal deals document documents statement
    declaration protocol protocols mechanism initiative partnership sanctions memorandum memoranda understanding of
    mou mous arrangement arrangements""".split()
)
_STOP = frozenset(
    """the a an of on for in and to with between against its their his her this that new first second third fourth fifth
    sixth seventh eighth ninth tenth one two three four five six seven eight nine ten""".split()
)
# Short forms of what an instrument is called.
_WRITTEN_OUT = {
    "mou": "memorandum understanding", "mous": "memorandum understanding", "memoranda": "memorandum",
    "loi": "letter intent", "fta": "free trade agreement", "communiqué": "communique",
    "agreements": "agreement", "accords": "accord", "documents": "document", "protocols": "protocol",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundInstrument:
    """An instrument with the tokens that name it. `heads` are its mentions' head tokens, first one first."""

    kind: InstrumentKind
    name: str
    parties: tuple[str, ...]
    status: InstrumentStatus
    explicit: bool  # the status was said, not taken as usual
    heads: tuple[int, ...]
    sentence: Span
    definite: bool  # "the agreement", "it": may be one named before
    year: int | None = None  # of a themed year
    vague: bool = False  # a bare "the agreement": only another mention of one named before


def add(found: list[FoundInstrument], item: FoundInstrument, *, called: int | None = None) -> None:
    """Append, or join with the one that it names again; a later, stronger status replaces an earlier one.

    `called`: the token that the text itself says is another name of it.
    """
    at = next((k for k in range(len(found) - 1, -1, -1) if _same(found[k], item) or called in found[k].heads), None)
    if at is None:
        if not item.vague:
            found.append(item)
        return
    held = found[at]
    better = item if _says_more(held, item) else held
    found[at] = replace(
        held,
        name=item.name if called in held.heads or _content(held.name) < _content(item.name) else held.name,
        parties=held.parties or item.parties,
        status=better.status,
        explicit=held.explicit or item.explicit,
        heads=(*held.heads, *item.heads),
        sentence=better.sentence if item.explicit and not held.explicit else held.sentence,
        year=held.year or item.year,
    )


def _says_more(held: FoundInstrument, item: FoundInstrument) -> bool:
    if item.explicit != held.explicit:
        return item.explicit
    if held.kind == "mechanism" and held.status == "established" and item.status == "active":
        return False  # founded here, and already at work
    return item.explicit and ORDER.index(item.status) > ORDER.index(held.status)


def _content(name: str) -> set[str]:
    words = {w.strip(".,'’‘“”()\"").lower() for w in name.replace("-", " ").split()}
    words = {part for w in words for part in _WRITTEN_OUT.get(w, w).split()}
    return {w for w in words - _STOP if w and not w.isdecimal()}


def _same(a: FoundInstrument, b: FoundInstrument) -> bool:
    if a.kind != b.kind or (a.year and b.year and a.year != b.year):
        return False
    mine, theirs = _content(a.name), _content(b.name)
    if mine == theirs:
        return b.definite or a.kind in {"themed-year", "initiative", "partnership", "sanctions-regime"}
    if b.definite and (theirs <= GENERIC or theirs <= mine):
        return True
    small, large = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    return len(small - GENERIC) > 0 and small <= large
