"""Reading the codebook: TOML files into compiled kinds and frames."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique import tables
from communique.actors.own import FILE as OWN_ACTORS
from communique.actors.own import read_own
from communique.codebook.compiled import compiled
from communique.codebook.frames import Becomes, Frame, Lists, PatternError, Words, compile_frame, head_position
from communique.codebook.kind import TYPES, Agent, Codebook, Example, Kind
from communique.errors import CodebookError

FOLDER = Path(__file__).resolve().parent / "kinds"
# Properties of a kind and what they are when nothing is said; each may also stand at the head of a file, for all its
# kinds. A property has the type of its default (None: text).
_PROPERTIES: dict[str, Any] = {
    "cameo": None, "mode": None, "modality": None, "mutual": False, "sides": 1, "each": None, "family": "", "detail": 0,
    "recipient": "", "at_home": "", "promised": False, "occasion": False, "once": False, "journey": False,
    "gathering": False, "takes": [], "civil": False, "unidentified": False, "comments": False,
}  # fmt: skip
_CHOICES = {
    "recipient": ("", "often", "always"),
    "at_home": ("", "doers", "often", "always"),
    "modality": (None, "occurred", "planned", "called-off", "hypothetical", "denied"),
}
_TEXTS = ("definition", "not_coded")
_FRAMES = ("verbs", "nouns")
_EXAMPLES = ("examples", "near_misses")
_KIND_KEYS = frozenset({*_TEXTS, *_FRAMES, *_EXAMPLES, *_PROPERTIES, "extend"})
_FILE_KEYS = frozenset({"type", "definition", "boundary", "lists", "kind", "finer", *_PROPERTIES})
_FRAME_PROPERTIES = ("cameo", "mode", "modality", "mutual", "sides")
_FRAME_KEYS = frozenset({"frame", "becomes", "but", "negated", "future", "weight", *_FRAME_PROPERTIES})


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the codebook, as read."""

    path: Path
    text: str
    document: Mapping[str, Any]

    def error(self, needle: str, says: str) -> CodebookError:
        return CodebookError(f"{self.path.name}:{self.line(needle)}: {says}")

    def line(self, needle: str) -> int:
        """The line on which `needle` stands first; 1 when it is written in another way (escapes)."""
        at = self.text.find(needle)
        return self.text.count("\n", 0, at) + 1 if at >= 0 else 1


@lru_cache(maxsize=4)
def load_codebook(extra: tuple[Path, ...] = ()) -> Codebook:
    """Our codebook, extended or overridden by the folders in `extra`. Raises CodebookError with file and line."""
    return compiled((FOLDER, *extra), lambda: _compile(extra))


def _compile(extra: tuple[Path, ...]) -> Codebook:
    digest = hashlib.sha256()
    files = [_read(path, digest) for folder in (FOLDER, *extra) for path in _paths(folder)]
    lists = Lists(_lists(files))
    kinds: dict[str, Kind] = {}
    types: dict[str, tuple[str, str]] = {}
    defaults: dict[str, dict[str, Any]] = {}
    for file in files:
        type_ = _type_of(file)
        if type_ is None:
            continue
        ours = types.get(type_, ("", ""))
        types[type_] = (file.document.get("definition", ours[0]), file.document.get("boundary", ours[1]))
        heads = _properties(file, file.document, "type")
        defaults[type_] = {**_PROPERTIES, **defaults.get(type_, {}), **heads}
        for name, body in file.document.get("kind", {}).items():
            kinds[name] = _kind(name, type_, body, file, lists, defaults[type_], kinds.get(name))
    _check_becoming(kinds)
    agents = _agents(extra, digest)
    return Codebook(
        kinds, lists, index_frames(kinds), types, _finer(files, lists), agents, read_own(extra), digest.hexdigest()[:12]
    )


def index_frames(kinds: Mapping[str, Kind]) -> dict[str, tuple[Frame, ...]]:
    """Head word -> the frames that it may start."""
    index: dict[str, list[Frame]] = {}
    for kind in kinds.values():
        for frame in kind.frames:
            for word in frame.head.lemmas | {phrase[head_position(phrase)] for phrase in frame.head.phrases}:
                index.setdefault(word, []).append(frame)
    return {word: tuple(frames) for word, frames in index.items()}


def _paths(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CodebookError(f"{folder}: no such folder of codebook files")
    return sorted(folder.glob("*.toml"))


def _read(path: Path, digest: Any) -> _File:
    data = path.read_bytes()
    digest.update(path.name.encode() + b"\0" + data)
    try:
        text = data.decode("utf-8")
        return _File(path, text, tomllib.loads(text))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CodebookError(f"{path.name}: not readable as TOML: {error}") from error


def _finer(files: list[_File], lists: Lists) -> dict[str, tuple[tuple[str, Words], ...]]:
    """The rules of every `[finer]` table; those of a later file for the same code replace the earlier ones."""
    found: dict[str, tuple[tuple[str, Words], ...]] = {}
    for file in files:
        for code, rules in file.document.get("finer", {}).items():
            if not isinstance(rules, dict) or not all(isinstance(words, str) for words in rules.values()):
                raise file.error("[finer]", f'finer codes of {code} are written {{ "1411" = "resignation|@words" }}')
            try:
                found[code] = tuple((fine, lists.words(words)) for fine, words in rules.items())
            except PatternError as error:
                raise file.error("[finer]", f"in the finer codes of {code}: {error}") from error
    return found


def _agents(folders: tuple[Path, ...], digest: Any) -> dict[str, Agent]:
    """The nouns of our table, then those of `agents.csv` in each folder, which go first."""
    found = {row["noun"]: Agent(row["sector"], bool(row["alone"])) for row in tables.rows("agent_nouns")}
    for folder in folders:
        actors, agents = folder / OWN_ACTORS, folder / "agents.csv"
        if actors.is_file():
            digest.update(actors.read_bytes())
        if not agents.is_file():
            continue
        data = agents.read_bytes()
        digest.update(data)
        reader = csv.DictReader(data.decode("utf-8-sig").splitlines())
        if not {"noun", "sector"} <= set(reader.fieldnames or ()):
            raise CodebookError(f"{agents.name}:1: the columns noun and sector are needed")
        for row in reader:
            if not row["noun"] or not row["sector"]:
                raise CodebookError(f"{agents.name}:{reader.line_num}: a noun and a sector are needed")
            found[row["noun"].lower()] = Agent(row["sector"], bool(row.get("alone")))
    return found


def _lists(files: list[_File]) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for file in files:
        for name, entries in file.document.get("lists", {}).items():
            if not isinstance(entries, list) or not all(isinstance(e, str) for e in entries):
                raise file.error(name, f"the list {name!r} must hold words")
            lists[name] = tuple(entries)
    return lists


def _type_of(file: _File) -> str | None:
    """The PLOVER type of a file's kinds; None for a file of lists only."""
    unknown = set(file.document) - _FILE_KEYS
    if unknown:
        raise file.error(min(unknown), f"unknown keys: {', '.join(sorted(unknown))}")
    if "type" not in file.document:
        if "kind" in file.document:
            raise file.error("[kind", 'a file with kinds needs their type: type = "CONSULT"')
        return None
    type_ = str(file.document["type"]).upper()
    if type_ not in TYPES:
        raise file.error("type", f"no PLOVER type is called {type_!r}; types are {', '.join(sorted(TYPES))}")
    return type_


def _properties(file: _File, table: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The properties that `table` states. Raises CodebookError for a value that none can have."""
    stated = {name: table[name] for name in _PROPERTIES if name in table}
    for name, value in stated.items():
        default = _PROPERTIES[name]
        fits = isinstance(value, str) if default is None else type(value) is type(default)
        if not fits or (name in _CHOICES and value not in _CHOICES[name]):
            raise file.error(where, f"{name} cannot be {value!r}")
    return stated


def _kind(
    name: str, type_: str, body: Any, file: _File, lists: Lists, defaults: Mapping[str, Any], ours: Kind | None
) -> Kind:
    where = f"[kind.{name}]"
    if not isinstance(body, dict):
        raise file.error(where, f"kind {name!r} must be a table")
    unknown = set(body) - _KIND_KEYS
    if unknown:
        raise file.error(where, f"kind {name!r} has unknown keys: {', '.join(sorted(unknown))}")
    extended = ours if body.get("extend") else None
    if body.get("extend") and ours is None:
        raise file.error(where, f"there is no kind {name!r} to extend")
    stated = {**defaults, **_properties(file, body, where)}
    frames: list[Frame] = list(extended.frames) if extended else []
    for key in _FRAMES:
        for entry in body.get(key, []):
            rule = f"{type_.lower()}/{name}#{len(frames) + 1}"
            frames.append(_frame(entry, key == "nouns", rule, name, stated, file, lists))
    examples, near_misses = (tuple(_example(e, file, where) for e in body.get(key, [])) for key in _EXAMPLES)
    if extended is not None:
        return replace(
            extended,
            frames=tuple(frames),
            examples=extended.examples + examples,
            near_misses=extended.near_misses + near_misses,
        )
    properties = {key: value for key, value in stated.items() if key != "modality"}
    return Kind(
        name=name,
        type=type_,
        definition=body.get("definition", ""),
        not_coded=body.get("not_coded", ""),
        frames=tuple(frames),
        examples=examples,
        near_misses=near_misses,
        file=file.path.name,
        line=file.line(where),
        **{**properties, "family": stated["family"] or name, "takes": tuple(stated["takes"])},
    )


def _example(entry: Any, file: _File, where: str) -> Example:
    if isinstance(entry, str):
        return Example(entry, (), None, f"{file.path.name}:{file.line(entry)}")
    if (
        not isinstance(entry, dict)
        or not isinstance(entry.get("text"), str)
        or set(entry) - {"text", "who", "modality"}
    ):
        raise file.error(where, f"an example cannot be read: {entry!r}")
    place = f"{file.path.name}:{file.line(entry['text'])}"
    return Example(entry["text"], tuple(entry.get("who", ())), entry.get("modality"), place)


def _frame(
    entry: Any, nominal: bool, rule: str, kind: str, stated: Mapping[str, Any], file: _File, lists: Lists
) -> Frame:
    table = {"frame": entry} if isinstance(entry, str) else entry
    if not isinstance(table, dict) or not isinstance(table.get("frame"), str) or set(table) - _FRAME_KEYS:
        raise file.error(f"[kind.{kind}]", f"a frame of {kind!r} cannot be read: {entry!r}")
    pattern = table["frame"]
    own = {**stated, **_properties(file, table, pattern)}
    try:
        (head, particles), slots = compile_frame(pattern, nominal=nominal, lists=lists)
        becomes = _becomes(table.get("becomes"), lists)
        but = lists.words(str(table["but"])) if "but" in table else None
    except PatternError as error:
        raise file.error(pattern, f"in the frame {pattern!r}: {error}") from error
    return Frame(
        rule=rule,
        kind=kind,
        pattern=pattern,
        nominal=nominal,
        head=head,
        particles=particles,
        slots=slots,
        becomes=becomes,
        but=but,
        negated=bool(table.get("negated", False)),
        future=bool(table.get("future", False)),
        extra=int(table.get("weight", 0)),
        where=f"{file.path.name}:{file.line(pattern)}",
        **{key: own[key] for key in _FRAME_PROPERTIES},
    )


def _becomes(table: Any, lists: Lists) -> Becomes | None:
    if table is None:
        return None
    if not isinstance(table, dict) or set(table) != {"kind", "near"}:
        raise PatternError('becomes is written { kind = "call", near = "phone|@phones" }')
    return Becomes(str(table["kind"]), lists.words(str(table["near"])).lemmas)


def _check_becoming(kinds: Mapping[str, Kind]) -> None:
    for kind in kinds.values():
        for frame in kind.frames:
            if frame.becomes is not None and frame.becomes.kind not in kinds:
                raise CodebookError(f"{frame.where}: there is no kind {frame.becomes.kind!r} to become")
