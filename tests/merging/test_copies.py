"""Copies of one text, form letters, digests, origins."""

from __future__ import annotations

import random
from datetime import date

import pytest

from communique.merging.copies import Page, compare, find_families, find_links
from communique.merging.fingerprint import fingerprint, unpack

REPORT = """The foreign ministers of Lesotho and Peru signed a fisheries protocol in Maseru on Tuesday.
Minister Thabo Lekoetje called the paper a first step and thanked the delegation for its patience.
His guest, Rosa Quispe, said that trawlers from Callao would train forty cadets during the coming winter.
Both sides will meet again in Lima before the end of October to review catches and quotas.
A smaller working group keeps in touch by telephone every fortnight until then."""


def letter(who: str, whom: str, country: str, other: str, day: str) -> str:
    return (
        f"President {who} of {country} received a letter from President {whom} of {other} on {day}.\n"
        "The letter speaks warmly of the long friendship of the two nations and of plans for the years to come.\n"
        "It also expresses the hope that joint projects in farming and transport will go forward without delay."
    )


@pytest.mark.parametrize(
    "copy",
    [
        "\n".join(REPORT.splitlines()[:2]),
        "Home | World | Sport\n" + REPORT + "\nMost read\nShare this page\nTen ways to cook lentils",
        REPORT.replace("\n", " "),
        "Our desk reports the following from abroad today.\n" + "\n".join(REPORT.splitlines()[1:]),
        REPORT.replace("His guest", "The guest").replace("every fortnight", "now and then"),
    ],
    ids=["cut", "furnished", "run together", "own lead", "reworded"],
)
def test_a_damaged_copy_is_found(copy: str) -> None:
    assert compare("a", fingerprint(REPORT), "b", fingerprint(copy)) is not None


def test_form_letters_about_others_are_not_copies() -> None:
    one = fingerprint(letter("Anna Berg", "Luis Prado", "Norvia", "Calda", "Monday"))
    two = fingerprint(letter("Omar Diallo", "Luis Prado", "Tesso", "Calda", "Friday"))
    assert compare("a", one, "b", two) is None


def test_reports_of_one_event_in_other_words_are_not_copies() -> None:
    other = """Peru and Lesotho have a new agreement on fishing, officials in Maseru announced.
    Forty cadets from the kingdom will be trained on Peruvian boats under the deal, which Rosa Quispe brought."""
    assert compare("a", fingerprint(REPORT), "b", fingerprint(other)) is None


def test_a_digest_belongs_to_none_of_the_families_it_holds() -> None:
    second = "\n".join(
        [
            "Envoys of Malta and Fiji agreed on a timetable for flights between Valletta and Suva on Sunday.",
            "Ambassador Carmen Vella praised the pilots who had flown the first test in rough weather.",
            "A second test with forty passengers is due once the runway in Suva has new lights.",
        ]
    )
    prints = {
        "a": fingerprint(REPORT, "Fisheries protocol signed"),
        "b": fingerprint(second, "Flights to Suva agreed"),
        "c": fingerprint(f"Fisheries protocol signed\n{REPORT}\nFlights to Suva agreed\n{second}", "The week abroad"),
    }
    links = find_links(prints)
    assert {(link.part, link.whole, link.how) for link in links} == {("a", "c", "digest"), ("b", "c", "digest")}
    families = find_families({key: Page(key, prints[key].words) for key in prints}, links)
    assert [family.members for family in families] == [("a",), ("b",), ("c",)]


def test_the_agencys_own_page_is_the_origin_and_every_claimed_day_is_kept() -> None:
    prints = {key: fingerprint(REPORT) for key in "abc"}
    pages = {
        "a": Page("a", 70, publisher="Harbour Post", agency="Andina", claimed=date(2024, 6, 3), contradicted=True),
        "b": Page("b", 70, publisher="Andina News Agency", agency="Andina", claimed=date(2024, 3, 5)),
        "c": Page("c", 70, publisher="Blog", claimed=date(2024, 3, 1)),
    }
    (family,) = find_families(pages, find_links(prints))
    assert (family.origin, family.source, family.earliest) == ("b", "andina", date(2024, 3, 1))
    assert [day for day, _ in family.claims] == [date(2024, 3, 1), date(2024, 3, 5), date(2024, 6, 3)]


def test_a_fingerprint_survives_packing() -> None:
    text = fingerprint(REPORT, "Fisheries protocol signed")
    assert unpack(text.pack()) == text


def test_families_do_not_depend_on_the_order_of_reports() -> None:
    lines = REPORT.splitlines()
    texts = {f"r{i}": "\n".join(lines[i % 3 :]) + f"\nPage {i}" for i in range(9)}
    texts |= {f"l{i}": letter(f"Name{i} Berg", "Luis Prado", f"Land{i}", "Calda", "Monday") for i in range(6)}
    expected = None
    for seed in range(6):
        keys = sorted(texts)
        random.Random(seed).shuffle(keys)
        prints = {key: fingerprint(texts[key]) for key in keys}
        found = find_families({key: Page(key, prints[key].words) for key in keys}, find_links(prints))
        expected = expected or found
        assert found == expected
