"""Dictionaries of TABARI and PETRARCH: what is read, what is refused line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from typer.testing import CliRunner

from communique.codebook.tabari import read_actors, read_agents, read_dictionary

ACTORS = """# a dictionary made for this test
OLAV_HAUGEN_ [NORGOV 20100101-20141231][NORELI >150101]
+O._HAUGEN
LAKE COMMISSION_
\t[IGOUNO <991231]
\t[KEN >20001301]
BORDER_COUNCIL [IGO
BROKEN [XXXGOV]
NAMELESS
"""
AGENTS = """!PERSON! = MAN, WOMAN
FOREST_RANGER {FOREST_RANGERS} [~COP]
!PERSON!_AT_ARMS [~MIL] ; comment
PAMPHLETEER [~MED]
NOTHING
"""


def test_each_spell_of_an_actor_is_a_row_with_its_days() -> None:
    rows = [a for a in read_actors(ACTORS).actors if a.name == "Olav Haugen"]
    assert [(a.country, a.sector, a.first, a.last) for a in rows] == [
        ("NOR", "GOV", date(2010, 1, 1), date(2014, 12, 31)),
        ("NOR", "ELI", date(2015, 1, 1), None),
    ]
    assert rows[0].aliases == ("O. Haugen",)


def test_two_digit_years_turn_in_1930_and_an_unclosed_bracket_is_read() -> None:
    rows = {a.name: a for a in read_actors(ACTORS).actors}
    assert (rows["Lake Commission"].last, rows["Lake Commission"].sector) == (date(1999, 12, 31), "IGO")
    assert rows["Border Council"].kind == "organisation"


def test_what_cannot_be_read_is_told_with_its_line() -> None:
    assert [p.split(":")[1] for p in read_actors(ACTORS, "a.txt").problems] == ["4", "8", "9"]
    assert read_agents(AGENTS, "g.txt").problems == ["g.txt:5: no code with ~ in 'NOTHING'"]


def test_agents_have_their_sets_and_plurals_written_out() -> None:
    assert dict(read_agents(AGENTS).agents) == {
        "forest ranger": "COP", "forest rangers": "COP", "man at arms": "MIL", "woman at arms": "MIL",
        "pamphleteer": "JRN", "pamphleteers": "JRN",
    }  # fmt: skip


def test_the_two_kinds_of_dictionary_are_told_apart() -> None:
    assert read_dictionary(AGENTS, "g").agents
    assert read_dictionary(ACTORS, "a").actors


def test_the_command_writes_a_folder_and_does_not_overwrite_it(tmp_path: Path) -> None:
    from communique.cli.app import app

    source, folder = tmp_path / "a.txt", tmp_path / "own"
    source.write_text("OLAV_HAUGEN [NORGOV]\n", encoding="utf-8")
    first = CliRunner().invoke(app, ["actors", "import", str(source), "--into", str(folder)])
    assert first.exit_code == 0
    assert "Olav Haugen,,,NOR,GOV" in (folder / "actors.csv").read_text(encoding="utf-8")
    again = CliRunner().invoke(app, ["actors", "import", str(source), "--into", str(folder)])
    assert again.exit_code != 0
