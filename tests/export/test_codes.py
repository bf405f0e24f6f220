from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from communique.export import cameo
from communique.export.annotation import web_annotations
from communique.export.gdelt import COLUMNS, gdelt_rows
from communique.export.html import marked_text, to_html
from communique.export.plover import plover_records

if TYPE_CHECKING:
    from communique.model import Coding


def test_a_visit_has_the_guest_for_actor_and_the_host_for_recipient(coding: Coding) -> None:
    visit = plover_records(coding)[0]
    assert [actor["code"] for actor in visit["actor"]] == ["GHA"]
    assert [recipient["code"] for recipient in visit["recipient"]] == ["TGO"]
    assert (visit["event"], visit["mode"], visit["quad_code"]) == (["CONSULT"], "visit", 1)


def test_a_planned_signing_is_agree_and_says_so(coding: Coding) -> None:
    planned = plover_records(coding)[1]
    assert planned["event"] == ["AGREE"]
    assert planned["comment"].startswith("planned signing")
    assert "date" not in planned


def test_what_was_denied_is_no_plover_record(coding: Coding) -> None:
    assert [record["id"] for record in plover_records(coding)] == ["e1", "e2"]


def test_plover_without_text_keeps_the_offsets(coding: Coding) -> None:
    record = plover_records(coding, text=False)[0]
    assert "text" not in record
    assert "event_text" not in record
    assert record["text_info"]["start"] == 0


def test_plover_text_is_what_its_offsets_say(coding: Coding) -> None:
    for record in plover_records(coding):
        info = record["text_info"]
        assert coding.report.text[info["start"] : info["end"]] == record["text"]


def test_gdelt_has_sixty_one_columns() -> None:
    assert len(COLUMNS) == 61
    assert (COLUMNS[0], COLUMNS[26], COLUMNS[-1]) == ("GLOBALEVENTID", "EventCode", "SOURCEURL")


def test_gdelt_visit_is_a_row_each_way(coding: Coding) -> None:
    rows = gdelt_rows(coding)
    assert [(r["EventCode"], r["Actor1CountryCode"], r["Actor2CountryCode"]) for r in rows[:2]] == [
        ("042", "GHA", "TGO"), ("043", "TGO", "GHA"),
    ]  # fmt: skip
    assert rows[0]["GoldsteinScale"] == "1.9"
    assert rows[0]["ActionGeo_CountryCode"] == "TO"  # FIPS 10-4, not ISO


def test_gdelt_leaves_an_unknown_day_empty(coding: Coding) -> None:
    assert all("SQLDATE" not in row for row in gdelt_rows(coding)[2:])


def test_gdelt_numbers_are_distinct_and_fit_sixty_four_bits(coding: Coding) -> None:
    numbers = [int(row["GLOBALEVENTID"]) for row in gdelt_rows(coding)]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < 2**63


def test_annotations_quote_the_text_at_their_position(coding: Coding) -> None:
    for annotation in web_annotations(coding):
        quote, position = annotation["target"]["selector"]
        assert coding.report.text[position["start"] : position["end"]] == quote["exact"]
        json.dumps(annotation)


def test_notebook_html_escapes_what_reports_say(coding: Coding) -> None:
    assert "<b>Kodjo</b>" not in to_html(coding)
    assert "&lt;b&gt;Kodjo" in to_html(coding)


def test_marked_text_loses_and_repeats_no_character(coding: Coding) -> None:
    import re
    from html import unescape

    assert unescape(re.sub(r"<[^>]+>", "", marked_text(coding))) == coding.report.text


@pytest.mark.parametrize(("code", "scale"), [("057", 8.0), ("0871", 9.0), ("155", -7.2), (None, None), ("999", None)])
def test_goldstein_of_a_code_or_of_its_parent(code: str | None, scale: float | None) -> None:
    # 155 has none of its own and neither has a parent below the root
    expected = None if code == "155" else scale
    assert cameo.goldstein_of(code) == expected


@pytest.mark.parametrize(("code", "quad"), [("010", 1), ("057", 1), ("060", 2), ("0871", 2), ("112", 3), ("163", 4)])
def test_gdelt_quad_goes_by_the_root(code: str, quad: int) -> None:
    assert cameo.gdelt_quad_of(code) == quad


def test_every_code_that_a_plan_becomes_is_a_code() -> None:
    path = Path(cameo.__file__).with_name("cameo.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["code"] for row in rows}
    assert {row["planned_as"] for row in rows if row["planned_as"]} <= codes
