"""A whole record in the formats of others."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made import BORG, LEKOETJE, QUISPE, coding, collection
from test_commands import run

from communique.model import Participant
from communique.store import Record

HERE = Path(__file__).resolve().parent
SCHEMA = json.loads((HERE.parent / "export" / "followthemoney_4_11_2.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> str:
    guest, host = Participant("Rosa Quispe", "person", "PER", "foreign minister", "GOV", "guest"), Participant(
        "Lesotho", "state", "LSO", None, "GOV", "host"
    )  # fmt: skip
    caller, called = (Participant(p.name, "person", p.country, None, "GOV", role) for p, role in
                      ((BORG, "initiator"), (QUISPE, "recipient")))  # fmt: skip
    body = Participant("Callao Fish Traders", "organisation", "PER", None, "BUS", "party")
    more = [
        coding("Rosa Quispe went to Maseru for three days.", ("went", "visit", (guest, host), date(2023, 3, 6))),
        coding("Ian Borg rang Rosa Quispe again in May.", ("rang", "call", (caller, called), date(2023, 5, 2))),
        coding("Borg sent Quispe =cmd and greetings.", ("sent", "message", (caller, called), date(2023, 5, 3))),
        coding("The traders of Callao met Lekoetje.", ("met", "meeting", (body, LEKOETJE), date(2023, 5, 4))),
    ]
    path = str(tmp_path_factory.mktemp("record") / "made.db")
    with Record.open(path) as store:
        store.add([*collection(), *more])
        (tea,) = store.events(countries=("LSO", "MLT"))
        store.correct("edit", [tea["id"]], author="AB", reason="was there", field="place", value="Maseru")
        (rang,) = store.events(countries=("MLT", "PER"), kind="call", since=date(2023, 5, 1))
        store.correct("reject", [rang["id"]], author="AB", reason="a wrong number")
        store.withdraw(store.gold()[-1]["id"])
    return path


def exported(record: str, tmp_path: Path, name: str, *options: str) -> Path:
    out = tmp_path / name
    done = run("export", *options, "--record", record, "-o", str(out))
    assert done.returncode == 0, done.stderr
    return out


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_events_as_csv_have_their_sentence_and_who_tells_it(record: str, tmp_path: Path) -> None:
    rows = table(exported(record, tmp_path, "a.csv", "PER", "LSO", "--kind", "meeting", "--until", "2023-03-31"))
    (row,) = [r for r in rows if r["start"] == "2023-03-07"]
    assert row["cameo"] == "040"
    assert (row["reports"], row["origins_least"], row["mentions"]) == ("3", "2", "3")
    assert row["sentence"] in {
        "Rosa Quispe met Thabo Lekoetje in Maseru on Tuesday.", "In Maseru talks were held by Quispe and Lekoetje."
    }  # fmt: skip
    assert (row["actors"], row["countries"]) == ("Thabo Lekoetje; Rosa Quispe", "LSO; PER")


def test_a_correction_goes_into_the_events_and_is_listed_with_its_author(record: str, tmp_path: Path) -> None:
    folder = exported(record, tmp_path, "tables")
    (tea,) = [r for r in table(folder / "events.csv") if r["countries"] == "LSO; MLT"]
    assert (tea["place"], tea["corrections"]) == ("Maseru", "1")
    assert [(r["what"], r["author"], r["withdrawn"]) for r in table(folder / "corrections.csv")] == [
        ("edit", "AB", ""), ("reject", "AB", "yes")
    ]  # fmt: skip


def test_a_folder_has_all_tables_and_says_what_is_in_them(record: str, tmp_path: Path) -> None:
    folder = exported(record, tmp_path, "tables")
    package = json.loads((folder / "datapackage.json").read_text())
    for resource in package["resources"]:
        rows = table(folder / resource["path"])
        assert [f["name"] for f in resource["schema"]["fields"]] == list(rows[0])
    mentions, events = table(folder / "mentions.csv"), table(folder / "events.csv")
    assert {m["event_id"] for m in mentions} == {e["event_id"] for e in events}
    assert {s["step"] for s in table(folder / "steps.csv")} == {"signed"}
    assert "=" not in {r["content"][:1] for r in table(folder / "statements.csv")}


def test_parquet_and_workbook_hold_the_same_rows(record: str, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = table(exported(record, tmp_path, "a.csv"))
    read = parquet.read_table(exported(record, tmp_path, "a.parquet")).to_pylist()
    assert [r["event_id"] for r in read] == [r["event_id"] for r in rows]
    assert read[0]["reports"] == int(rows[0]["reports"])
    assert exported(record, tmp_path, "a.xlsx").read_bytes()[:2] == b"PK"


def test_the_same_record_gives_the_same_bytes(record: str, tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx", "a.jsonl", "a.ftm.jsonl"):
        assert exported(record, tmp_path, name).read_bytes() == exported(record, tmp_path, f"b-{name}").read_bytes()


def test_jsonl_has_every_fields_values_and_sentences(record: str, tmp_path: Path) -> None:
    found = lines(exported(record, tmp_path, "a.jsonl", "MLT", "PER", "--kind", "call", "--until", "2023-04-30"))
    assert [len(event["evidence"]) for event in found] == [2]
    assert {field["name"] for field in found[0]["fields"]} >= {"when", "kind", "modality"}


def test_plover_tells_how_well_an_event_is_attested(record: str, tmp_path: Path) -> None:
    found = lines(exported(record, tmp_path, "a.plover.jsonl"))
    (meeting,) = [r for r in found if r["date"] == "2023-03-07" and r["event"] == ["CONSULT"] and r["cameo"] == "040"
                  and "3 reports" in r["comment"]]  # fmt: skip
    assert meeting["comment"].endswith("told by 3 reports of 2 origins")
    assert meeting["text_info"]["end"] > 0


def test_gdelt_rows_count_mentions_and_articles_of_the_record(record: str, tmp_path: Path) -> None:
    rows = [line.split("\t") for line in exported(record, tmp_path, "a.tsv").read_text().splitlines()]
    assert {len(row) for row in rows} == {61}
    assert "3" in {row[33] for row in rows}  # NumArticles
    assert all(re.fullmatch(r"\d{14}", row[59]) for row in rows)  # DATEADDED


def test_followthemoney_entities_fit_its_schema(record: str, tmp_path: Path) -> None:
    found = lines(exported(record, tmp_path, "a.ftm.jsonl"))
    ids = {entity["id"] for entity in found}
    assert len(ids) == len(found)
    for entity in found:
        kinds = SCHEMA[entity["schema"]]
        assert set(entity["properties"]) <= set(kinds), entity
        for name, values in entity["properties"].items():
            assert all(isinstance(value, str) and value for value in values)
            if kinds[name] == "entity":
                assert set(values) <= ids
            if kinds[name] == "date":
                assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", value) for value in values)
            if kinds[name] == "country":
                assert all(re.fullmatch(r"[a-z]{2}", value) for value in values)
    by_schema = {schema: [e for e in found if e["schema"] == schema] for schema in SCHEMA}
    assert {s for s, entities in by_schema.items() if entities} >= {
        "Article", "Call", "Event", "Mention", "Message", "Organization", "Person", "PublicBody", "Trip"
    }  # fmt: skip
    (trip,) = by_schema["Trip"]
    assert trip["properties"]["startDate"] == ["2023-03-06"]
    assert by_schema["Call"][0]["properties"]["caller"] != by_schema["Call"][0]["properties"]["receiver"]


def test_annotations_name_the_event_of_the_record(record: str, tmp_path: Path) -> None:
    found = lines(exported(record, tmp_path, "a.jsonld"))
    events = {r["event_id"] for r in table(exported(record, tmp_path, "a.csv"))}
    bodies = [body for annotation in found for body in annotation["body"]]
    named = {body["source"].rsplit(":", 1)[1] for body in bodies if body.get("purpose") == "identifying"}
    assert named == events


def test_references_are_dated_as_concluded(record: str, tmp_path: Path) -> None:
    ris = exported(record, tmp_path, "a.ris").read_text()
    assert ris.count("TY  - NEWS") == ris.count("ER  - ") == 16
    assert "DA  - 2023/03/07" in ris
    assert exported(record, tmp_path, "a.bib").read_text().count("@article{") == 16


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.plover.jsonl", "a.ftm.jsonl", "a.jsonld"])
def test_without_text_no_words_of_a_report_go_out(record: str, tmp_path: Path, name: str) -> None:
    said = exported(record, tmp_path, name, "--no-text").read_text()
    assert "late at night" not in said
    assert "were held by" not in said
    assert "Quispe" in said


def test_an_export_that_cannot_be_is_refused(record: str, tmp_path: Path) -> None:
    assert "say in which format" in run("export", "--record", record).stderr
    assert "no table 'moods'" in run("export", "--record", record, "-f", "csv", "--table", "moods").stderr
    assert "two countries" in run("export", "PER", "--record", record, "-o", str(tmp_path / "a.html")).stderr
