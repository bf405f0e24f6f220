"""A researcher's own folder: actors and agents beside the kinds."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from communique.actors import find_actors
from communique.codebook.apply import Bench
from communique.codebook.loader import load_codebook
from communique.errors import CodebookError
from communique.language.pipeline import parse_text
from communique.model import DayRange

if TYPE_CHECKING:
    from spacy.language import Language

    from communique.codebook.kind import Codebook

HEAD = "name,aliases,kind,country,sector,office,valid_from,valid_to,source\n"


@pytest.fixture(scope="module")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    folder: Path = tmp_path_factory.mktemp("own")
    (folder / "actors.csv").write_text(
        HEAD + "Olav Haugen,,person,NOR,GOV,minister,2010-01-01,2014-12-31,test\n"
        "Green River Front,GRF,organisation,SDN,REB,,,,test\n",
        encoding="utf-8",
    )
    (folder / "agents.csv").write_text("noun,sector\nforest rangers,COP\n", encoding="utf-8")
    return load_codebook((folder,))


def countries(nlp: Language, codebook: Codebook, text: str) -> list[set[str]]:
    doc = parse_text(nlp, text)
    cast = find_actors(doc, own=codebook.actors)
    return [set(event.countries) for event in Bench(doc, cast, codebook).apply().found]


@pytest.mark.model
def test_a_name_of_ones_own_acts_for_its_country(nlp: Language, codebook: Codebook) -> None:
    assert countries(nlp, codebook, "Olav Haugen met the president of Ghana in Oslo.") == [{"NOR", "GHA"}]
    assert countries(nlp, codebook, "The GRF attacked a camp in Chad.") == [{"SDN", "TCD"}]


@pytest.mark.model
def test_a_spell_holds_only_between_its_days(nlp: Language, codebook: Codebook) -> None:
    doc = parse_text(nlp, "Olav Haugen met the president of Ghana in Oslo.")
    late = find_actors(doc, day=DayRange(date(2020, 5, 1), date(2020, 5, 1)), own=codebook.actors)
    assert [a.country for a in late.actors if a.name == "Olav Haugen"] == [None]


@pytest.mark.model
def test_an_agent_of_ones_own_acts_for_the_state_beside_it(nlp: Language, codebook: Codebook) -> None:
    assert countries(nlp, codebook, "Peruvian forest rangers arrested two Chileans.") == [{"PER", "CHL"}]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",,person,NOR,,,,,", "actors.csv:2: a name is missing"),
        ("A B,,ship,NOR,,,,,", "actors.csv:2: kind cannot be 'ship'"),
        ("A B,,,Norway,,,,,", "actors.csv:2: 'Norway' is no ISO 3166-1 alpha-3 code"),
        ("A B,,,NOR,,,2010-13-01,,", "actors.csv:2: valid_from '2010-13-01' is no day"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_file_and_line(tmp_path: Path, row: str, says: str) -> None:
    (tmp_path / "actors.csv").write_text(HEAD + row + "\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=says.replace("(", r"\(")):
        load_codebook((tmp_path,))


def test_the_version_tells_ones_own_actors_apart(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text(HEAD + "A B,,,NOR,,,,,\n", encoding="utf-8")
    assert load_codebook((tmp_path,)).version != load_codebook().version


def test_the_kinds_that_the_manual_shows_can_be_loaded(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "codebook-format.md").read_text(encoding="utf-8")
    kind, finer = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "consult.toml").write_text(kind, encoding="utf-8")
    assert "meeting" in load_codebook((tmp_path,)).kinds
    (tmp_path / "protest.toml").write_text('type = "PROTEST"\n' + finer, encoding="utf-8")
    load_codebook((tmp_path,))
