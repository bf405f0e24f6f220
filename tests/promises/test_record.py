"""What the record promises of any reports, in any order: real codings of the samples, kept on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from communique.coder import Coder
from communique.intake.files import read_input
from communique.model import Coding, Report

pytest.importorskip("django", reason="the record needs Django: pip install 'communique[store]'")
pytestmark = pytest.mark.model
SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def codings() -> list[Coding]:
    coder = Coder()
    found = [one for path in sorted(SAMPLES.iterdir()) for one in read_input(path)]
    return [coder.code(one) for one in found if isinstance(one, Report)]


def told(where: Path, codings: list[Coding]) -> list[dict[str, Any]]:
    """All events of a record to which the codings are added one by one."""
    from databases import prepare_django

    prepare_django()
    from communique.store import Record

    with Record.open(str(where)) as record:
        for coding in codings:
            record.add([coding])
        return [dict(row) for row in record.events()]


@budget(3)
@given(data=st.data())
def test_the_order_in_which_reports_arrive_does_not_change_the_record(
    codings: list[Coding], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("orders")
    expected = told(folder / "first.db", codings)
    assert expected
    assert told(folder / "second.db", data.draw(st.permutations(codings))) == expected
