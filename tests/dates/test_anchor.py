"""The day of writing, concluded from invented reports."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from communique.dates.anchor import anchor_candidates, claims_of, date_report, grid
from communique.dates.anchor.bearers import bearers_of_names
from communique.dates.anchor.occasions import find_occasions
from communique.dates.anchor.terms import find_holders, find_known
from communique.dates.anchor.usual import near_days
from communique.dates.expressions import find_times
from communique.intake.text import report_from_text
from communique.language.pipeline import parse_text
from communique.model import Declared, Evidence, Report, Source, Written

if TYPE_CHECKING:
    from spacy.language import Language


def report(text: str, *, captured: date | None = None, **claims: str) -> Report:
    return Report("x", "x", Source(), None, text, "en", Declared(**claims), captured=captured)  # type: ignore[arg-type]


def written(nlp: Language, text: str, *, captured: date | None = None, **claims: str) -> Written:
    doc = parse_text(nlp, text)
    return date_report(report(text, captured=captured, **claims), doc, find_times(doc))


@pytest.mark.model
def test_page_is_believed_when_nothing_contradicts_it(nlp: Language) -> None:
    found = written(nlp, "The ministers of Norland and Sudland talked about fish.", published="2021-05-04")
    assert found.day == date(2021, 5, 4)
    assert not found.conflicts


@pytest.mark.model
def test_weekday_at_a_dated_forum_overrules_the_page(nlp: Language) -> None:
    text = (
        "Premier Lee spoke with the host on Friday.\n\n"
        "He met the envoy in Boao on Thursday, while the Boao Forum for Asia 2024 was open."
    )
    found = written(nlp, text, published="2024-06-03")
    assert found.day is not None
    assert date(2024, 3, 28) <= found.day <= date(2024, 3, 30)
    assert [c.against for c in found.conflicts] == ["declared.published"]


@pytest.mark.model
def test_a_dateline_with_its_year_is_the_day(nlp: Language) -> None:
    found = written(nlp, "OSLO, 12 May 2025 - The Kenyan envoy met the premier on Friday.")
    assert found.day == date(2025, 5, 12)


@pytest.mark.model
def test_what_is_going_on_is_told_while_it_goes_on(nlp: Language) -> None:
    found = written(nlp, "The Kenyan foreign minister is visiting Norway from 4 to 5 October 2013.")
    assert (found.earliest, found.latest) == (date(2013, 10, 3), date(2013, 10, 5))


@pytest.mark.model
def test_a_day_by_which_an_attack_is_called_is_not_the_day_of_the_news(nlp: Language) -> None:
    named = "The premier spoke of the hostages taken in their October 7 attack."
    doc = parse_text(nlp, named)
    assert not list(near_days(doc, find_times(doc)))
    told = parse_text(nlp, "The rebels attacked the town on October 7.")
    assert [clue.kind for clue in near_days(told, find_times(told))] == ["near-day"]


@pytest.mark.model
def test_dateline_and_weekday_give_the_year_with_the_office_holder(nlp: Language) -> None:
    text = "OSLO, March 13 - President Emmanuel Macron and President Donald Trump met here on Thursday."
    found = written(nlp, text)
    assert found.day == date(2025, 3, 13)
    assert {"dateline", "office-term"} <= {e.kind for e in found.evidence}


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Last year, the two kings declared 2019 the Year of Song. They sang today.",
        "The two courts exchanged envoys in 1989; it is the 30th anniversary this year. They sang today.",
        "The king came last month, in April 2019. They sang today.",
    ],
    ids=["themed year", "anniversary", "last month with its name"],
)
def test_year_words_tied_to_a_year_contradict_a_page_of_another_year(nlp: Language, text: str) -> None:
    assert written(nlp, text, published="2023-05-20").conflicts
    assert not written(nlp, text, published="2019-05-20").conflicts


@pytest.mark.model
def test_year_of_a_plan_or_a_model_is_no_contradiction(nlp: Language) -> None:
    text = "The firm showed the 2031 edition of its car. It wants to close two plants by 2032."
    assert not written(nlp, text, published="2021-05-04").conflicts


@pytest.mark.model
def test_future_date_before_the_page_contradicts_it(nlp: Language) -> None:
    text = "The envoys met on Monday. The next round will be held on June 4-7, 2019."
    assert written(nlp, text, published="2020-02-12").conflicts


@pytest.mark.model
def test_nothing_is_younger_than_its_capture(nlp: Language) -> None:
    found = written(nlp, "They met.", published="2024-06-03", captured=date(2024, 4, 2))
    assert found.day is None
    assert found.latest is not None
    assert found.latest <= date(2024, 4, 3)
    assert found.conflicts


@pytest.mark.model
def test_earlier_copy_is_an_upper_bound(nlp: Language) -> None:
    doc = parse_text(nlp, "They met.")
    copy = Evidence("not-after", "../2024-04-02", "an earlier copy was published on 2 April 2024")
    found = date_report(report("They met.", published="2024-06-03"), doc, find_times(doc), more=(copy,))
    assert found.day is None
    assert found.latest is not None
    assert found.latest <= date(2024, 4, 3)
    assert found.conflicts


@pytest.mark.model
def test_text_without_any_day_is_not_dated(nlp: Language) -> None:
    assert written(nlp, "The envoys talked about fish and left.").day is None
    doc = parse_text(nlp, "The envoys talked about fish and left.")
    assert anchor_candidates(report(doc.text), doc, find_times(doc)) == ()


@pytest.mark.model
def test_same_report_is_dated_the_same_twice(nlp: Language) -> None:
    text = "OSLO, March 13 - The ministers met here on Thursday."
    assert written(nlp, text) == written(nlp, text)


def test_address_gives_a_claim() -> None:
    claims = claims_of(report("x", url="https://example.org/2024/03/29/talks.html"))
    assert [(c.source, c.day) for c in claims] == [("url", date(2024, 3, 29))]


def test_place_or_year_singles_out_an_edition() -> None:
    found = find_occasions("They met at the G20 summit in Bali. They meet at the BRICS summit.")
    assert [e.year for e in found[0].editions] == [2022]
    assert found[0].narrowed
    assert not found[1].narrowed


@pytest.mark.parametrize(
    "text",
    ["Former President Barack Obama came.", "Deputy Prime Minister Nick Clegg came.", "President-elect Trump came."],
)
def test_former_deputy_and_elect_are_no_terms_of_office(text: str) -> None:
    assert find_holders(text) == ()


def test_vice_president_has_the_term_of_that_office() -> None:
    found = find_holders("Vice President Joe Biden came.")
    assert [(h.title, h.terms[0].last.year) for h in found] == [("vice president", 2017)]


def test_plural_office_names_several_holders() -> None:
    found = find_holders("The presidents of Russia and France, Vladimir Putin and Emmanuel Macron, spoke.")
    assert len(found) == 2


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/news/2021/7/9/port-opens", date(2021, 7, 9)),
        ("https://example.org/20210709/port-opens", date(2021, 7, 9)),
    ],
)
def test_address_with_short_numbers_gives_a_claim(url: str, day: date) -> None:
    assert [c.day for c in claims_of(report("x", url=url))] == [day]


def test_month_in_the_address_is_a_claim_of_the_whole_month() -> None:
    claim = claims_of(report("x", url="https://example.org/2021/07/port-opens"))[0]
    assert (claim.days.first, claim.days.last) == (date(2021, 7, 1), date(2021, 7, 31))


@pytest.mark.model
def test_date_that_reads_two_ways_is_settled_by_the_weekday(nlp: Language) -> None:
    text = "Norland on Tuesday called in the envoy of Sudland."
    doc = parse_text(nlp, text)
    page = Report("x", "x", Source(), None, text, "en", Declared(readings=("2022-04-05", "2022-05-04")))
    found = date_report(page, doc, find_times(doc))
    assert found.day == date(2022, 4, 5)
    assert not found.conflicts


@pytest.mark.model
def test_day_printed_over_the_article_is_a_claim(nlp: Language) -> None:
    page = report_from_text(
        "archive >> April 13, 2019\n\nNorland thanks Sudland\n\n"
        "The king of Norland thanked the queen of Sudland on Friday for the gift of two white horses and a sleigh.\n\n"
        "He said that his people would ride them in the parade of the spring."
    )
    doc = parse_text(nlp, page.text)
    assert date_report(page, doc, find_times(doc)).day == date(2019, 4, 13)


@pytest.mark.model
def test_report_filed_under_an_unfit_section_is_not_dated_by_its_page(nlp: Language) -> None:
    text = "The presidents of Norland and Sudland held talks on their border on Monday and signed an agreement."
    trusted = written(nlp, text, published="2019-02-11", section="World")
    doubted = written(nlp, text, published="2019-02-11", section="movies")
    assert trusted.day == date(2019, 2, 11)
    assert doubted.day is None
    assert not doubted.conflicts
    assert any("'movies'" in e.note for e in doubted.evidence)


# --- the text -------------------------------------------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "The king has today, 20 October 2010, ended his visit.",
        "The king ended his visit yesterday, 19 October 2010.",
        "The king will leave tomorrow (21 October 2010).",
    ],
)
def test_today_beside_a_date_gives_the_day_of_writing(nlp: Language, text: str) -> None:
    assert written(nlp, text).day == date(2010, 10, 20)


@pytest.mark.model
def test_day_told_as_news_in_the_lead_contradicts_a_page_of_months_later(nlp: Language) -> None:
    text = (
        "Norland today freed a guard of Sudland, one day after the two sides had exchanged five others.\n\n"
        "A spokesman said that on September 5 the first five had been led over the bridge."
    )
    assert written(nlp, text, published="2011-04-02").conflicts
    assert not written(nlp, text, published="2010-09-06").conflicts


@pytest.mark.model
def test_old_day_in_the_background_is_no_contradiction(nlp: Language) -> None:
    text = "The envoys met on Monday in the port.\n\nThe two states broke off their ties on September 5."
    assert not written(nlp, text, published="2011-04-04").conflicts


@pytest.mark.model
def test_office_holder_who_acts_in_the_lead_contradicts_a_page_of_another_decade(nlp: Language) -> None:
    text = "Secretary of State John Kerry met the foreign minister of Norland on Monday."
    found = written(nlp, text, published="2021-03-02")
    assert [c.against for c in found.conflicts] == ["declared.published"]
    assert "2013 to 2017" in found.conflicts[0].note
    assert found.conflicts[0].note.startswith("the page's date, Tuesday 2 March 2021, is false: ")


@pytest.mark.model
def test_former_deed_of_an_office_holder_is_no_contradiction(nlp: Language) -> None:
    text = "Norland left the pact, which Secretary of State John Kerry signed for his country, on Monday."
    assert not written(nlp, text, published="2021-03-02").conflicts


@pytest.mark.model
def test_minister_without_year_gives_the_year_of_a_dateline(nlp: Language) -> None:
    text = "OSLO, Apr 29 - Foreign Minister Wang Yi met Secretary of State Rex Tillerson here on Friday."
    assert written(nlp, text).day == date(2017, 4, 29)


def test_weekday_behind_an_office_is_no_name() -> None:
    assert find_holders("He received the president of the republic, on Friday.") == ()


def test_name_that_a_state_bears_since_a_day_is_a_clue() -> None:
    found = [clue.says for clue in bearers_of_names("The minister of North Macedonia came.")]
    assert found == ["2019-01-13/2035-12-31"]


@pytest.mark.model
def test_name_that_is_used_only_since_a_day_gives_the_year_of_a_dateline(nlp: Language) -> None:
    text = "OSLO, Sept. 17 (Agency) - The envoys of Norland and Sudland spoke of AUKUS and of COVID-19 on Friday."
    found = written(nlp, text)
    assert found.earliest is None or found.earliest.year >= 2021
    assert {"'AUKUS' is spoken of only since 2021"} <= {e.note for e in found.evidence}


def test_two_words_of_a_longer_name_are_nobodys_name() -> None:
    assert find_known("Deputy Prime Minister Tran Quang Hai received the guest in the hall.") == ()


@pytest.mark.model
def test_year_that_is_declared_something_is_no_newest_year(nlp: Language) -> None:
    text = "OSLO, 14 March 2025 - Norland and Sudland declared 2026 the Year of Song on Thursday."
    assert written(nlp, text, published="2026-02-20").day == date(2025, 3, 14)


def test_day_under_the_article_is_a_claim() -> None:
    page = report_from_text(
        "Norland thanks Sudland\n\n"
        "The king of Norland thanked the queen of Sudland on Friday for the gift of two white horses and a sleigh.\n\n"
        "He said that his people would ride them in the parade of the spring.\n\nPublished on 13 April 2019"
    )
    assert [c.day for c in claims_of(page)] == [date(2019, 4, 13)]


# A site that lives on copies: a weekday that fits its day by chance does not make it the day of writing.
FARM = (
    "The envoy's visit\n\nSource:{} Views: 【BigSmall】 Time:{} 09:12:44 Number of comments:\n\n{}\n\nLatest updates\n"
)


@pytest.mark.model
def test_weekday_that_fits_the_day_of_copying_by_chance_is_not_believed(nlp: Language) -> None:
    text = (
        "The foreign minister of Norland arrived in Sudland on Wednesday for talks about the border, her ministry said."
    )
    copy = report_from_text(FARM.format("pets", "2020-06-18", text))
    doc = parse_text(nlp, copy.text)
    assert date_report(copy, doc, find_times(doc)).day is None


@pytest.mark.model
@pytest.mark.parametrize("section", ["pets", "hotspot"])
def test_unfilled_form_is_the_sign_of_a_copy(nlp: Language, section: str) -> None:
    copy = report_from_text(FARM.format(section, "2020-06-18", "Two shepherds crossed the river by mistake on Monday."))
    doc = parse_text(nlp, copy.text)
    assert "copy" in {e.kind for e in date_report(copy, doc, find_times(doc)).evidence}


@pytest.mark.model
def test_newspaper_that_reprints_is_believed_more_than_a_site_that_lives_on_copies(nlp: Language) -> None:
    text = "The envoys of Norland and Sudland met on Wednesday.\n\n{}\n"
    days = []
    for words in ("This article does not represent the views of this site.", "The content comes from the network."):
        page = report_from_text(f"Envoys meet\n\n2020-06-18 10:00\n\n{text.format(words)}")
        doc = parse_text(nlp, page.text)
        offered = anchor_candidates(page, doc, find_times(doc))
        days.append(sum(p for stretch, p in offered if stretch.first == date(2020, 6, 18)))
    reprint, farm = days
    assert reprint > 1.5 * farm


@pytest.mark.model
def test_day_that_is_called_by_its_number_is_not_today(nlp: Language) -> None:
    def likelihoods(text: str) -> list[float]:
        doc = parse_text(nlp, text)
        (clue,) = near_days(doc, find_times(doc))
        return [float(clue.likelihood[grid.days().index(date(2019, 6, day))]) for day in (7, 8)]

    told = "Her ministry said that on June 7 the neighbours had let four men go."
    same, next_day = likelihoods(f"Guards freed a driver. {told}")
    assert same > next_day
    same, next_day = likelihoods(f"Guards today freed a driver. {told}")
    assert same < next_day


@pytest.mark.model
def test_no_day_told_beside_one_just_past_lies_ahead(nlp: Language) -> None:
    text = "The ferry was stopped on August 3. Its captain was freed on August 9. Both sides were glad."
    doc = parse_text(nlp, text)
    offered = anchor_candidates(report(text, published="2019-08-10"), doc, find_times(doc))
    assert not any(date(2019, 8, 3) <= stretch.first < date(2019, 8, 9) for stretch, p in offered if p > 0.02)


@pytest.mark.model
def test_visit_of_the_table_calls_no_page_false_whose_day_is_the_weekday_told(nlp: Language) -> None:
    text = "Kim Jong Un arrived in Vostochny on Wednesday and met Putin. The two spoke of trade."
    assert not written(nlp, text, published="2021-06-16").conflicts  # a Wednesday
    assert written(nlp, text, published="2021-06-19").conflicts
