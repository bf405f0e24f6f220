"""The compiled codebook, kept in the user's data folder: compiling takes a third of a second, reading it a twentieth.

The file's name holds a digest of everything it was made from (codebook files, agent nouns, this package's code, the
version of Python), so it is never out of date. It is a pickle, so one that another user wrote is not read; whatever is
wrong with it or its folder, the codebook is compiled instead.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from communique.codebook.kind import Codebook
from communique.folders import data_folder

_CODE = Path(__file__).parent
_NOUNS = _CODE.parent / "tables" / "agent_nouns.csv"


def compiled(folders: Iterable[Path], compile_: Callable[[], Codebook]) -> Codebook:
    """The codebook of `folders`: the kept one, else what `compile_` makes, which is then kept."""
    try:
        path = data_folder() / f"codebook-{_stamp(folders)}.pickle"
        found = _read(path)
    except (OSError, RuntimeError):  # no home folder, a folder that cannot be read
        return compile_()
    if found is None:
        found = compile_()
        with contextlib.suppress(OSError, RecursionError, pickle.PicklingError):
            _write(path, found)
    return found


def _stamp(folders: Iterable[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    files = [*sorted(_CODE.glob("*.py")), _NOUNS]
    for folder in folders:
        files += sorted(path for path in folder.glob("*") if path.is_file())
    for path in files:
        data = path.read_bytes()
        digest.update(f"{path.name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:20]


def _read(path: Path) -> Codebook | None:
    try:
        with path.open("rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            found = pickle.load(file)  # written by this user, as just checked
    except Exception:  # noqa: BLE001 - a pickle that is cut off or of another make can raise anything
        return None
    return found if isinstance(found, Codebook) else None


def _write(path: Path, codebook: Codebook) -> None:
    """Write under another name and rename: two processes may do so at once. Older ones of ours are taken away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            pickle.dump(codebook, file, protocol=5)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    for old in sorted(path.parent.glob("codebook-*.pickle"), key=lambda p: p.stat().st_mtime)[:-4]:
        old.unlink(missing_ok=True)
    Path(file.name).replace(path)
