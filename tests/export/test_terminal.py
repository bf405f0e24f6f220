from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console

from communique.export.terminal import print_record

if TYPE_CHECKING:
    from communique.model import Coding


def _printed(codings: list[Coding]) -> str:
    out = io.StringIO()
    print_record(codings, Console(file=out, width=140, markup=False, highlight=False))
    return out.getvalue()


def test_events_stand_by_day_and_unknown_days_last(coding: Coding) -> None:
    printed = _printed([coding])
    assert printed.index("2024-03-28") < printed.index("day not")
    assert "planned:" in printed
    assert "Lomé, TGO" in printed


def test_a_false_claim_of_the_page_is_called_false_with_its_reason(coding: Coding) -> None:
    printed = " ".join(_printed([coding]).split())
    assert "FALSE" in printed
    assert "June is after the visit" in printed


def test_copies_share_a_row(coding: Coding) -> None:
    printed = " ".join(_printed([coding, coding]).split())
    assert "[in 2 reports]" in printed


def test_nothing_found_is_said() -> None:
    assert "Events: none found." in _printed([])
