"""Datelines in the forms of many houses, and openings that are none."""

from __future__ import annotations

import pytest

from communique.intake.datelines import Dateline, find_dateline, standing_dateline

LEAD = "The foreign minister of Peru met his counterpart on Tuesday."


@pytest.mark.parametrize(
    ("words", "agency", "place", "day"),
    [
        ("ABU DHABI, 3rd May, 2023 (WAM) --", "WAM", "ABU DHABI", "3rd May, 2023"),
        ("Riyadh, Muharram 12, 1445, July 30, 2023, SPA --", "SPA", "Riyadh", "July 30, 2023"),
        ("Riyadh, Rabi' al-Awwal 12, 1445 H, Sep 27, 2023, SPA --", "SPA", "Riyadh", "Sep 27, 2023"),
        ("Manama, Sep. 21 (BNA):", "BNA", "Manama", "Sep. 21"),
        ("Baku, May 4, AZERTAC", "AZERTAC", "Baku", "May 4"),
        ("BAKU, Azerbaijan, May 4.", None, "BAKU", "May 4"),
        ("MINSK, 4 May (BelTA) –", "BelTA", "MINSK", "4 May"),
        ("Ulaanbaatar/MONTSAME/.", "MONTSAME", "Ulaanbaatar", None),
        ("Tehran, May 4, IRNA –", "IRNA", "Tehran", "May 4"),
        ("TEHRAN (Tasnim) –", "Tasnim", "TEHRAN", None),
        ("MOSCOW, May 4. /TASS/.", "TASS", "MOSCOW", "May 4"),
        ("MOSCOW. May 4 (Interfax) -", "Interfax", "MOSCOW", "May 4"),
        ("Kyiv. May 4. Interfax-Ukraine -", "Interfax-Ukraine", "Kyiv", "May 4"),
        ("ASTANA. KAZINFORM –", "KAZINFORM", "ASTANA", None),
        ("YEREVAN, MAY 4, ARMENPRESS.", "ARMENPRESS", "YEREVAN", "MAY 4"),
        ("Damascus, SANA-", "SANA", "Damascus", None),
        ("New Delhi [India], May 4 (ANI):", "ANI", "New Delhi", "May 4"),
        ("New Delhi, May 4 (PTI)", "PTI", "New Delhi", "May 4"),
        ("RIGA (Latvia), May 4 (BNS) –", "BNS", "RIGA", "May 4"),
        ("Jakarta (ANTARA) -", "ANTARA", "Jakarta", None),
        ("ISLAMABAD:", None, "ISLAMABAD", None),
        ("Doha:", None, "Doha", None),
        ("Rabat -", None, "Rabat", None),
        ("Suva, Fiji –", None, "Suva", None),
        ("Port Moresby, 4 May 2023 –", None, "Port Moresby", "4 May 2023"),
        ("SAN JOSE, Calif. –", None, "SAN JOSE", None),
        ("UNITED NATIONS, Monday, May 4 (Xinhua) --", "Xinhua", "UNITED NATIONS", "Monday, May 4"),
    ],
)
def test_a_dateline_gives_place_day_and_agency(
    words: str, agency: str | None, place: str | None, day: str | None
) -> None:
    assert find_dateline(f"{words} {LEAD}") == Dateline(words, agency, place, day)


def test_a_known_town_before_the_article_of_a_sentence_is_a_dateline() -> None:
    found = find_dateline("New York, The Minister of Finance met his counterpart.")
    assert found == Dateline("New York,", None, "New York", None)


@pytest.mark.parametrize(
    "start",
    [
        "Peru said on Monday, May 4, that it had agreed.",
        "Iran, Russia - and later China - agreed to meet.",
        "North Korea: what next for the talks",
        "Washington, The Hague and Paris agreed to meet.",
        "Beijing and Moscow - long at odds - agreed to meet.",
        "Japan (population 120m) - The numbers fall.",
        "Mr. Smith (Labour) - The member for Leeds spoke.",
        "President Ana Ruiz (Peru) - The guest of honour spoke.",
        "Minister of Foreign Affairs (MOFA) - The office moved.",
        "NATO - founded in 1949 - met in Oslo.",
        "Ankara - which had recalled its envoy - said nothing.",
        "Oslo is the capital of Norway. May was cold.",
    ],
)
def test_an_ordinary_opening_is_no_dateline(start: str) -> None:
    assert find_dateline(start) is None


@pytest.mark.parametrize(
    ("line", "agency", "place", "day"),
    [
        ("Hanoi, 14 March 2025", None, "Hanoi", "14 March 2025"),
        ("Pretoria 20 October 2010", None, "Pretoria", "20 October 2010"),
        ("Issued by the Presidency, Pretoria, 20 October 2010", None, "Pretoria", "20 October 2010"),
        ("(Fjord News Agency January 27, 2007)", "Fjord News Agency", None, "January 27, 2007"),
        ("[Lima Herald, 3 May 2019]", "Lima Herald", None, "3 May 2019"),
    ],
)
def test_a_line_over_or_under_the_article_is_a_dateline(
    line: str, agency: str | None, place: str | None, day: str
) -> None:
    assert standing_dateline(line) == Dateline(line, agency, place, day)


@pytest.mark.parametrize("line", ["Daily Post, 14 March 2025", "Hanoi, 14 March", "Talks in Hanoi, 14 March 2025"])
def test_other_lines_with_a_day_are_no_dateline(line: str) -> None:
    assert standing_dateline(line) is None
