"""The compiled codebook that is kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.codebook import loader

if TYPE_CHECKING:
    from pathlib import Path

KIND = '[kind.{name}]\ndefinition = "x"\nverbs = ["{{initiator}} salute {{counterpart}}"]\n'


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("COMMUNIQUE_DATA", str(folder))
    loader.load_codebook.cache_clear()
    return folder


def kept(data: Path) -> list[Path]:
    loader.load_codebook.cache_clear()
    return sorted(data.glob("codebook-*.pickle"))


def test_the_kept_codebook_is_the_compiled_one(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = loader.load_codebook()
    assert len(kept(data)) == 1
    monkeypatch.setattr(loader, "_compile", lambda extra: pytest.fail("compiled again"))
    again = loader.load_codebook()
    assert again is not first
    assert (again.version, again.kinds) == (first.version, first.kinds)


def test_a_damaged_file_is_compiled_over(data: Path) -> None:
    version = loader.load_codebook().version
    (path,) = kept(data)
    path.write_bytes(path.read_bytes()[:1000])
    assert loader.load_codebook().version == version
    assert len(path.read_bytes()) > 1000


def test_a_folder_that_cannot_be_written_is_no_hindrance(data: Path) -> None:
    data.write_text("a file where the folder should be")
    assert loader.load_codebook().kinds


def test_a_changed_folder_of_ones_own_is_compiled_anew(data: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "consult.toml").write_text('type = "CONSULT"\n' + KIND.format(name="salute"))
    assert "salute" in loader.load_codebook((own,)).kinds
    (own / "consult.toml").write_text('type = "CONSULT"\n' + KIND.format(name="hail"))
    kept(data)
    assert {"salute", "hail"} & set(loader.load_codebook((own,)).kinds) == {"hail"}
