"""The manual's codebook chapter, written from the codebook itself."""

from __future__ import annotations

from collections.abc import Iterator

from communique.codebook.kind import Codebook, Kind


def chapter(codebook: Codebook) -> str:
    """Markdown: a section for each type, a table of kinds, each kind with its definition, frames and examples."""
    lines = [
        "# Codebook",
        "",
        f"Version `{codebook.version}`. Written from the files in `src/communique/codebook/kinds` by",
        "`communique codebook show --markdown`; how to read and change them: [the format](codebook-format.md).",
        "",
    ]
    for type_ in sorted(codebook.types):
        definition, boundary = codebook.types[type_]
        kinds = [k for k in codebook.kinds.values() if k.type == type_]
        lines += [f"## {type_}", "", definition, ""]
        if boundary:
            lines += [f"*Boundary:* {boundary}", ""]
        for kind in kinds:
            lines += [*_kind(kind), ""]
    return "\n".join(lines).rstrip() + "\n"


def _kind(kind: Kind) -> Iterator[str]:
    yield f"### {kind.name}"
    yield ""
    yield kind.definition
    yield ""
    if kind.not_coded:
        yield f"*Not coded:* {kind.not_coded}"
        yield ""
    facts = [f"CAMEO {kind.cameo}" if kind.cameo else "", f"mode {kind.mode}" if kind.mode else ""]
    facts += ["the sides are equal" if kind.mutual else "", "needs two sides" if kind.sides > 1 else ""]
    said = ", ".join(fact for fact in facts if fact)
    if said:
        yield f"{said[0].upper()}{said[1:]}."
        yield ""
    yield "| frame | form | CAMEO |"
    yield "|---|---|---|"
    for frame in kind.frames:
        pattern = frame.pattern.replace("|", "\\|")
        yield f"| `{pattern}` | {'noun' if frame.nominal else 'verb'} | {frame.cameo or ''} |"
    yield ""
    yield "Codes:"
    yield ""
    for example in kind.examples:
        modality = f", {example.modality}" if example.modality else ""
        yield f"- {example.text} ({', '.join(example.who)}{modality})"
    yield ""
    yield "Does not code:"
    yield ""
    for miss in kind.near_misses:
        yield f"- {miss.text}"
