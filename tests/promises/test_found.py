"""What the fuzzer once found stays mended: each input in fuzz/found is read again."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from seeds import seeds
from targets import TARGETS

FOUND = Path(__file__).resolve().parents[2] / "fuzz" / "found"


@pytest.mark.model
@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_input_that_once_broke_a_promise_does_so_no_more(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_DEBUG", "1")  # a fault must show, not be told as a failure of the input
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.model
@pytest.mark.parametrize("name", TARGETS)
def test_each_target_of_the_fuzzer_keeps_its_promises_on_what_it_begins_with(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_DEBUG", "1")
    for data in islice(seeds(name), 3):
        TARGETS[name](data)
