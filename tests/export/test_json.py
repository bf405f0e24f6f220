from __future__ import annotations

import json
from typing import TYPE_CHECKING

from communique.export.json import coding_to_dict, to_json
from communique.export.writers import Options, open_writer

if TYPE_CHECKING:
    from communique.model import Coding

import io


def test_top_level_keys_stand_in_the_documented_order(coding: Coding) -> None:
    assert list(coding_to_dict(coding)) == [
        "coder", "report", "events", "people", "statements", "instruments", "uncoded",
    ]  # fmt: skip


def test_day_of_writing_is_called_date_inside_the_report(coding: Coding) -> None:
    written = coding_to_dict(coding)["report"]["written"]
    assert written["date"] == "2024-03-29"
    assert "day" not in written


def test_conflict_names_what_it_is_with(coding: Coding) -> None:
    [conflict] = coding_to_dict(coding)["report"]["written"]["conflicts"]
    assert conflict == {"with": "declared.published", "value": "2024-06-03", "note": "June is after the visit"}


def test_statement_day_is_called_date(coding: Coding) -> None:
    [statement] = coding_to_dict(coding)["statements"]
    assert statement["date"] == "2024-03-28"
    assert "day" not in statement


def test_spans_are_pairs_and_point_at_the_words(coding: Coding) -> None:
    data = coding_to_dict(coding)
    start, end = data["events"][0]["evidence"]["trigger"]
    assert data["report"]["text"][start:end] == "visited"


def test_unknown_is_null_and_never_left_out(coding: Coding) -> None:
    planned = coding_to_dict(coding)["events"][1]
    assert planned["start"] is None
    assert planned["when"] is None
    assert planned["confidence"] is None


def test_bytes_are_what_the_dictionary_says_and_always_the_same(coding: Coding) -> None:
    assert json.loads(to_json(coding)) == coding_to_dict(coding)
    assert to_json(coding) == to_json(coding)


def _written(name: str, codings: list[Coding], options: Options = Options()) -> bytes:  # noqa: B008
    out = io.BytesIO()
    writer = open_writer(name, out, options)
    for coding in codings:
        writer.write(coding)
    writer.close()
    return out.getvalue()


def test_json_of_one_report_is_an_object(coding: Coding) -> None:
    assert json.loads(_written("json", [coding]))["report"]["id"] == "r1"


def test_json_of_several_reports_is_a_list(coding: Coding) -> None:
    assert len(json.loads(_written("json", [coding, coding, coding]))) == 3


def test_json_of_no_report_is_an_empty_list() -> None:
    assert json.loads(_written("json", [])) == []


def test_jsonl_has_one_line_a_report(coding: Coding) -> None:
    assert len(_written("jsonl", [coding, coding]).splitlines()) == 2
