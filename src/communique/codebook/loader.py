"""Reading the codebook: TOML files into compiled kinds and frames."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique.codebook.frames import Frame, Lists, PatternError, compile_frame, head_position
from communique.errors import CodebookError

FOLDER = Path(__file__).resolve().parent / "kinds"
TYPES = (
    "CONSULT", "SUPPORT", "AGREE", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
_KIND_KEYS = frozenset(
    """definition not_coded cameo mode mutual sides verbs nouns examples near_misses each family modality""".split()
)
_FRAME_KEYS = frozenset({"frame", "cameo", "mode", "modality", "mutual", "sides"})


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    who: tuple[str, ...]  # ISO codes that the event must name
    modality: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event. `each`: a role of which every filler makes an event of its own (two visited countries)."""

    name: str
    type: str
    definition: str
    not_coded: str
    cameo: str | None
    mode: str | None
    mutual: bool
    sides: int
    each: str | None
    frames: tuple[Frame, ...]
    examples: tuple[Example, ...]
    near_misses: tuple[Example, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Codebook:
    kinds: Mapping[str, Kind]
    lists: Lists
    by_lemma: Mapping[str, tuple[Frame, ...]]  # head word -> frames that it may start
    types: Mapping[str, tuple[str, str]]  # type -> definition, boundary
    version: str


@lru_cache(maxsize=4)
def load_codebook(extra: tuple[Path, ...] = ()) -> Codebook:
    """Our codebook, extended or overridden by the folders in `extra`. Raises CodebookError with file and line."""
    documents: list[tuple[Path, str, dict[str, Any]]] = []
    digest = hashlib.sha256()
    for folder in (FOLDER, *extra):
        if not folder.is_dir():
            raise CodebookError(f"{folder}: no such folder of codebook files")
        for path in sorted(folder.glob("*.toml")):
            documents.append((path, *_read(path, digest)))
    lists: dict[str, tuple[str, ...]] = {}
    for path, text, document in documents:
        for name, entries in document.get("lists", {}).items():
            if not isinstance(entries, list) or not all(isinstance(e, str) for e in entries):
                raise CodebookError(f"{path.name}:{_line(text, name)}: the list {name!r} must hold words")
            lists[name] = tuple(entries)
    compiled = Lists(lists)
    kinds: dict[str, Kind] = {}
    types: dict[str, tuple[str, str]] = {}
    for path, text, document in documents:
        if "type" not in document:
            continue
        type_ = str(document["type"]).upper()
        if type_ not in TYPES:
            raise CodebookError(f"{path.name}:1: no PLOVER type is called {type_!r}")
        types[type_] = (document.get("definition", ""), document.get("boundary", ""))
        for name, body in document.get("kind", {}).items():
            kinds[name] = _kind(name, type_, body, path, text, compiled)
    return Codebook(kinds, compiled, index_frames(kinds), types, digest.hexdigest()[:12])


def _read(path: Path, digest: Any) -> tuple[str, dict[str, Any]]:
    data = path.read_bytes()
    digest.update(path.name.encode() + b"\0" + data)
    try:
        text = data.decode("utf-8")
        return text, tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CodebookError(f"{path.name}: not readable as TOML: {error}") from error


def _kind(name: str, type_: str, body: dict[str, Any], path: Path, text: str, lists: Lists) -> Kind:
    line = _line(text, f"[kind.{name}]")
    unknown = set(body) - _KIND_KEYS
    if unknown:
        raise CodebookError(f"{path.name}:{line}: kind {name!r} has unknown keys: {', '.join(sorted(unknown))}")
    frames: list[Frame] = []
    for nominal, patterns in ((False, body.get("verbs", [])), (True, body.get("nouns", []))):
        for entry in patterns:
            frames.append(_frame(entry, nominal, len(frames) + 1, name, type_, body, path, text, lists))
    return Kind(
        name=name,
        type=type_,
        definition=body.get("definition", ""),
        not_coded=body.get("not_coded", ""),
        cameo=body.get("cameo"),
        mode=body.get("mode"),
        mutual=bool(body.get("mutual", False)),
        sides=int(body.get("sides", 1)),
        each=body.get("each"),
        frames=tuple(frames),
        examples=tuple(
            Example(e["text"], tuple(e.get("who", ())), e.get("modality"), _line(text, e["text"]))
            for e in body.get("examples", [])
        ),
        near_misses=tuple(Example(e, (), None, _line(text, e)) for e in body.get("near_misses", [])),
        file=path.name,
        line=line,
    )


def _frame(
    entry: Any, nominal: bool, number: int, kind: str, type_: str, body: dict[str, Any], path: Path, text: str,
    lists: Lists,
) -> Frame:  # fmt: skip
    table = {"frame": entry} if isinstance(entry, str) else entry
    if not isinstance(table, dict) or "frame" not in table or set(table) - _FRAME_KEYS:
        raise CodebookError(
            f"{path.name}:{_line(text, f'[kind.{kind}]')}: a frame of {kind!r} cannot be read: {entry!r}"
        )
    pattern = table["frame"]
    line = _line(text, pattern)
    try:
        (head, particles), slots = compile_frame(pattern, nominal=nominal, lists=lists)
    except PatternError as error:
        raise CodebookError(f"{path.name}:{line}: in the frame {pattern!r}: {error}") from error
    return Frame(
        rule=f"{type_.lower()}/{kind}#{number}",
        kind=kind,
        pattern=pattern,
        nominal=nominal,
        head=head,
        particles=particles,
        slots=slots,
        cameo=table.get("cameo", body.get("cameo")),
        mode=table.get("mode", body.get("mode")),
        modality=table.get("modality", body.get("modality")),
        mutual=bool(table.get("mutual", body.get("mutual", False))),
        sides=int(table.get("sides", body.get("sides", 1))),
        line=line,
    )


def index_frames(kinds: Mapping[str, Kind]) -> dict[str, tuple[Frame, ...]]:
    index: dict[str, list[Frame]] = {}
    for kind in kinds.values():
        for frame in kind.frames:
            for word in frame.head.lemmas | {phrase[head_position(phrase)] for phrase in frame.head.phrases}:
                index.setdefault(word, []).append(frame)
    return {word: tuple(frames) for word, frames in index.items()}


def _line(text: str, needle: str) -> int:
    """The line of `text` on which `needle` stands first; 1 when it is written in another way (escapes)."""
    at = text.find(needle)
    return text.count("\n", 0, at) + 1 if at >= 0 else 1
