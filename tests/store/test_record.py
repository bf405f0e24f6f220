"""The record on disk: merging, resuming, corrections, queries, on SQLite and PostgreSQL."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from made import CODER, LEKOETJE, MARCH, QUISPE, coding, collection

from communique.errors import RecordError
from communique.store import Record


def account(record: Record) -> list[tuple[Any, ...]]:
    """All that a record says of its events, without the times at which it learned it."""
    rows = [(row, record.event(row["id"])) for row in record.events()]
    return [(row, full["fields"], full["history"], full["candidates"], full["evidence"]) for row, full in rows]


def filled(where: str, **options: Any) -> Record:
    record = Record.open(where)
    record.add(collection(), **options)
    return record


def meeting(record: Record) -> dict[str, Any]:
    (row,) = [r for r in record.events(countries=("PER", "LSO"), kind="meeting") if r["start"] == "2023-03-07"]
    return dict(row)


def test_reports_of_one_meeting_are_one_event_with_its_origins(where: str) -> None:
    row = meeting(filled(where))
    assert (row["reports"], row["origins"], row["modality"]) == (3, [2, 2], "occurred")


def test_any_order_and_split_gives_the_same_record(where: str, tmp_path: Path) -> None:
    expected = account(filled(where))
    for seed in range(3):
        codings = collection()
        random.Random(seed).shuffle(codings)
        record = Record.open(tmp_path / f"{seed}.db")
        for i in range(0, len(codings), seed + 1):
            record.add(codings[i : i + seed + 1])
        assert account(record) == expected


def test_adding_again_changes_nothing(where: str) -> None:
    record = filled(where)
    before = account(record)
    again = record.add(collection())
    assert (again.added, again.skipped) == (0, 12)
    assert account(record) == before


def test_a_text_found_twice_is_one_report_with_two_sightings(where: str) -> None:
    record = filled(where)
    from communique.store import models  # Django has to be ready first

    one = collection()[0]
    record.add([replace(one, report=replace(one.report, source=replace(one.report.source, path="elsewhere.html")))])
    assert models.Sighting.objects.using(record.alias).filter(report=one.report.id).count() == 2


def test_an_old_id_resolves_to_the_event_that_took_its_place(where: str) -> None:
    record = Record.open(where)
    ids = set()
    for one in collection():
        record.add([one])
        ids |= {row["id"] for row in record.events()}
    now = {row["id"] for row in record.events()}
    assert {record.resolve(key) for key in ids} <= now
    assert len(ids) > 0


def test_a_new_coder_replaces_what_the_old_one_found(where: str) -> None:
    record = filled(where)
    tea = collection()[-1]
    (old,) = record.events(countries=("LSO", "MLT"))
    record.add([replace(tea, coder=replace(CODER, codebook="c2"), events=())])
    assert record.events(countries=("LSO", "MLT")) == []
    assert record.resolve(old["id"]) is None


def test_a_removed_report_leaves_no_trace(where: str, tmp_path: Path) -> None:
    record = filled(where)
    record.remove([collection()[2].report.id])
    other = Record.open(tmp_path / "other.db")
    other.add([one for i, one in enumerate(collection()) if i != 2])
    assert account(record) == account(other)


def test_a_record_without_text_holds_no_words_of_the_report_until_they_are_given_back(where: str) -> None:
    from communique.store import models

    record = filled(where, text=False)
    for row in models.Report.objects.using(record.alias).all():
        assert row.text is None
        assert "trawlers" not in str(row.coding)
        assert "by Quispe" not in f"{row.coding} {list(row.mentions.values())}"
    assert meeting(record)["reports"] == 3
    assert {e["words"] for e in record.evidence(meeting(record)["id"])} == {None}
    one = collection()[0].report
    assert record.attach([one, replace(one, text_sha256="0")]) == 1
    assert "Rosa Quispe met Thabo Lekoetje in Maseru on Tuesday." in {
        e["words"] for e in record.evidence(meeting(record)["id"])
    }


def test_search_finds_words_in_other_forms(where: str) -> None:
    record = filled(where)
    assert len(record.search("trawler quota")) == 2
    assert record.search('"; DROP TABLE') == []


def test_the_coding_comes_back_as_it_was(where: str) -> None:
    record = filled(where)
    one = collection()[4]
    assert record.coding(one.report.id) == one


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_rejected_event_is_shown_no_more_and_comes_back_when_the_correction_is_withdrawn(where: str) -> None:
    record = filled(where)
    row = meeting(record)
    key = record.correct("reject", [row["id"]], author="A. Reader", reason="a rehearsal")
    assert row["id"] not in {r["id"] for r in record.events()}
    record.withdraw(key)
    assert row["id"] in {r["id"] for r in record.events()}


def test_an_edit_is_laid_over_and_says_who_and_why(where: str) -> None:
    record = filled(where)
    record.correct("edit", [meeting(record)["id"]], author="AR", reason="saw it", field="place", value="Maseru")
    full = record.event(meeting(record)["id"])
    assert full["place"] == "Maseru"
    assert [(c["author"], c["reason"], c["field"]) for c in full["corrections"]] == [("AR", "saw it", "place")]


def test_events_are_merged_and_split_by_hand(where: str) -> None:
    record = filled(where)
    april = next(r for r in record.events(kind="meeting") if r["start"] == "2023-04-20")
    merge = record.correct("merge", [meeting(record)["id"], april["id"]], author="AR")
    joined = next(r for r in record.events(countries=("PER", "LSO"), kind="meeting") if r["reports"] > 3)
    assert "when" in joined["contested"]
    record.withdraw(merge)
    assert {r["start"] for r in record.events(kind="meeting", countries=("PER", "LSO"))} == {
        "2023-03-07", "2023-04-20", "2023-09-12"
    }  # fmt: skip
    talks = next(e["mention"] for e in record.evidence(meeting(record)["id"]) if e["kind"] == "talks")
    record.correct("split", [talks], author="AR")
    assert meeting(record)["reports"] == 2


def test_a_correction_survives_a_new_codebook_that_moves_the_trigger(where: str) -> None:
    record = filled(where)
    tea = collection()[-1]
    (row,) = record.events(countries=("LSO", "MLT"))
    record.correct("edit", [row["id"]], author="AR", field="place", value="Maseru")
    event = tea.events[0]
    moved = replace(event, evidence=replace(event.evidence, trigger=type(event.evidence.trigger)(0, 8)))
    record.add([replace(tea, coder=replace(CODER, codebook="c2"), events=(moved,))])
    (row,) = record.events(countries=("LSO", "MLT"))
    assert row["place"] == "Maseru"
    assert record.orphans() == []


def test_a_correction_whose_target_is_gone_is_listed(where: str) -> None:
    record = filled(where)
    tea = collection()[-1]
    (row,) = record.events(countries=("LSO", "MLT"))
    record.correct("accept", [row["id"]], author="AR")
    record.add([replace(tea, coder=replace(CODER, codebook="c2"), events=())])
    assert [o["what"] for o in record.orphans()] == ["accept"]
    assert [g["orphaned"] for g in record.gold()] == [True]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"what": "edit", "field": "start", "value": "soon"}, "is no day"),
        ({"what": "edit", "field": "mood", "value": "good"}, "cannot be edited"),
        ({"what": "edit", "field": "participants", "value": "Peru (per)"}, "no participants"),
        ({"what": "praise"}, "no correction"),
        ({"what": "reject", "author": " "}, "author"),
    ],
    ids=["day", "field", "participants", "act", "author"],
)
def test_a_correction_that_makes_no_sense_is_refused(where: str, options: dict[str, str], message: str) -> None:
    record = filled(where)
    with pytest.raises(RecordError, match=message):
        record.correct(targets=[meeting(record)["id"]], **{"author": "AR", **options})


def test_participants_and_days_are_edited(where: str) -> None:
    record = filled(where)
    (tea,) = record.events(countries=("LSO", "MLT"))
    record.correct("edit", [tea["id"]], author="AR", field="participants", value="Thabo Lekoetje; Ana Paredes (PER)")
    record.correct("edit", [tea["id"]], author="AR", field="start", value="2023-06-04")
    full = record.event(tea["id"])
    assert [(p["name"], p["country"]) for p in full["parties"]] == [("Thabo Lekoetje", "LSO"), ("Ana Paredes", "PER")]
    assert (full["start"], full["end"], full["countries"]) == ("2023-06-04", "2023-06-04", ["LSO", "PER"])
    assert [r["id"] for r in record.events(countries=("LSO", "PER"), since=date(2023, 6, 1))][:1] == [tea["id"]]


def test_judgements_are_gold_even_when_a_new_coder_lost_what_was_judged(where: str) -> None:
    record = filled(where)
    (tea,) = record.events(countries=("LSO", "MLT"))
    (rang,) = [r for r in record.events(countries=("PER", "MLT")) if r["kind"] == "call"]
    record.correct("edit", [tea["id"]], author="AR", field="kind", value="talks")
    record.correct("accept", [tea["id"]], author="AR")
    record.correct("reject", [rang["id"]], author="AR")
    told = collection()[-1]
    record.add([replace(told, coder=replace(CODER, codebook="c2"), events=())])
    gold = {found["id"]: (found, report) for found, report in record.gold_files()}
    assert len(gold) == 3
    found, report = gold[told.report.id]
    assert [(e["kind"], e["must"], {p["country"] for p in e["participants"]}) for e in found["events"]] == [
        ("talks", True, {"LSO", "MLT"})
    ]  # fmt: skip
    assert report["text"] == told.report.text
    wrong = [e["kind"] for found, _ in gold.values() for e in found["wrong"]]
    assert wrong == ["call", "call"]
    assert not any(found["complete"] for found, _ in gold.values())


# --- questions --------------------------------------------------------------------------------------------------------


def test_the_dossier_of_a_pair(where: str) -> None:
    found = filled(where).dossier("PER", "LSO", today=date(2024, 1, 1))
    assert [row["start"] for row in found["encounters"]] == ["2023-03-07", "2023-04-20", "2023-09-12"]
    assert [(life["status"], len(life["names"])) for life in found["instruments"]] == [("signed", 2)]
    assert [(p["start"], p["overdue"]) for p in found["promises"]] == [("2023-09-12", True)]
    assert {p["name"] for p in found["people"]} == {"Rosa Quispe", "Thabo Lekoetje"}
    assert found["statements"]


def test_dyads_count_events_and_not_reports(where: str) -> None:
    rows = filled(where).dyads(by="month", countries=("PER", "LSO"))
    assert [(r["country1"], r["country2"], r["month"], r["events"]) for r in rows] == [
        ("LSO", "PER", "2023-03", 2), ("LSO", "PER", "2023-04", 1)
    ]  # fmt: skip


def test_people_and_coverage(where: str) -> None:
    record = filled(where)
    assert [p["name"] for p in record.people(country="PER")] == ["Rosa Quispe"]
    found = record.coverage()
    assert (found["reports"], found["families"], found["gaps"]) == (12, 11, ["2023-05"])


def test_the_digest_tells_what_is_new(where: str) -> None:
    record = Record.open(where)
    record.add(collection()[:2])
    moment = datetime.now(UTC)
    record.add(collection()[2:])
    found = record.digest(moment)
    assert found["reports"] == 10
    assert [row["start"] for row in found["changed"]] == ["2023-03-07"]
    assert len(found["new"]) == 5


# --- opening ----------------------------------------------------------------------------------------------------------


def test_what_is_no_record_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no database")
    with pytest.raises(RecordError, match="is no record"):
        Record.open(path)
    with pytest.raises(RecordError, match="there is no record"):
        Record.open(tmp_path / "none.db", create=False)
    with pytest.raises(RecordError, match="folder"):
        Record.open(tmp_path)


def test_nul_characters_do_not_stop_a_record(where: str) -> None:
    record = Record.open(where)
    record.add([coding("Quispe met Lekoetje\x00 in haste.", ("met", "meeting", (QUISPE, LEKOETJE), MARCH))])
    assert record.events()
