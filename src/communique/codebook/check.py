"""Running every example of the codebook: what must code does, what must not does not, no frame is unused."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.actors import find_actors
from communique.codebook.apply import Applied, Bench
from communique.codebook.kind import Codebook, Example, Kind
from communique.language.pipeline import parse_texts

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Fault:
    """One failed example or unused frame. `where` is "file:line"."""

    where: str
    kind: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}: {self.kind}: {self.says}"


def check_codebook(nlp: Language, codebook: Codebook, *, types: Collection[str] = ()) -> list[Fault]:
    """Faults of the codebook, of all types or of `types` (upper case); [] when it holds."""
    kinds = [k for k in codebook.kinds.values() if not types or k.type in types]
    faults: list[Fault] = []
    for kind in kinds:
        faults += _check_kind(nlp, codebook, kind)
    return faults


def _check_kind(nlp: Language, codebook: Codebook, kind: Kind) -> Iterator[Fault]:
    if len(kind.examples) < 3:
        yield Fault(f"{kind.file}:{kind.line}", kind.name, "has fewer than three examples")
    if len(kind.near_misses) < 2:
        yield Fault(f"{kind.file}:{kind.line}", kind.name, "has fewer than two near misses")
    examples = [*kind.examples, *kind.near_misses]
    used: set[str] = set()
    for example, doc in zip(examples, parse_texts(nlp, [e.text for e in examples]), strict=True):
        applied = Bench(doc, find_actors(doc, own=codebook.actors), codebook).apply(near_misses=True)
        used |= applied.fired
        wrong = _judge(applied, kind, example, must=example in kind.examples)
        if wrong:
            yield Fault(example.where, kind.name, f"{example.text!r} {wrong}")
    for frame in kind.frames:
        if frame.rule not in used:
            yield Fault(frame.where, kind.name, f"no example uses the frame {frame.pattern!r}")


def _judge(applied: Applied, kind: Kind, example: Example, *, must: bool) -> str:
    """What is wrong with the result for `example`; "" when nothing is."""
    mine = [event for event in applied.found if event.kind.name == kind.name]
    if not must:
        return f"must not code, but {mine[0].match.frame.pattern!r} does" if mine else ""
    if not mine:
        other = ", ".join(f"{e.kind.name} by {e.match.frame.pattern!r}" for e in applied.found)
        lacked = [f"{m.frame.pattern!r} lacks: {m.lacked}" for m in applied.misses if m.frame.kind == kind.name]
        return f"does not code ({other or 'nothing does'}; {'; '.join(lacked[:2]) or 'no frame has its word'})"
    fitting = [e for e in mine if set(example.who) <= e.countries]
    if not fitting:
        return f"codes with {sorted(mine[0].countries)}, not {sorted(example.who)}"
    if example.modality is not None and all(e.modality != example.modality for e in fitting):
        return f"is {fitting[0].modality} ({fitting[0].verdict.why}), not {example.modality}"
    return ""


def main(arguments: list[str]) -> int:
    """`python -m communique.codebook.check [TYPE...]`: prints the faults, exits 1 if there are any."""
    from communique.codebook.loader import load_codebook
    from communique.language.pipeline import load_model
    from communique.settings import DEFAULT

    faults = check_codebook(load_model(DEFAULT.model), load_codebook(), types={a.upper() for a in arguments})
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
