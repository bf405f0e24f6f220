"""A cluster for the tests that need one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from nodes import Nodes


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Nodes]:
    """A scheduler. Its nodes take the environment that the test has when it adds them."""
    pytest.importorskip("distributed", reason="Dask distributed is not installed")
    cluster = Nodes(tmp_path)
    try:
        yield cluster
    finally:
        cluster.close()
