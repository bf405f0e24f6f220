"""The article is told from the page's furniture; what was damaged is repaired, and said to be."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from communique.intake.text import page_span, report_from_text, text_id
from communique.model import Report, Span

LEAD = "The foreign ministers of Norway and Peru met in Oslo on Monday and signed an agreement on fisheries."
NEXT = "They are to meet again in Lima next year, when both sides will review how the agreement has worked."
LAST = '"We have waited ten years for this day," the host told reporters after the ceremony in the old town hall.'
ARTICLE = [LEAD, NEXT, LAST]
TITLE = "Norway and Peru agree on fisheries"


def page(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


def roles(report: Report) -> dict[str, str]:
    return {line.text: line.role for line in report.lines}


def test_title_and_paragraphs_of_a_plain_report() -> None:
    report = report_from_text(page(TITLE, *ARTICLE))
    assert report.title == TITLE
    assert report.text == "\n\n".join(ARTICLE)
    assert report.language == "en"
    assert report.notes == ()


@pytest.mark.parametrize(
    "line",
    [
        "Home > World > Text",
        "Current place: Home / World / Article",
        "Most read this week",
        "Read more: Chile and Fiji sign accord on tuna in Suva",
        "[See also: Chile recalls its envoy from Fiji]",
        "Log in | Register | Help",
        "Share on: Facebook, WhatsApp, Copy link",
        "Font size: A- A A+",
        "Subscribe to our newsletter!",
        "Promoted: a kettle that sings",
        "(Seen 34 times, 2 visits today)",
        "Copyright 2024 Fjord Post. All rights reserved.",
        "Tags: fish, north, treaty",
        "The post Norway and Peru agree on fisheries in the north of the world appeared first on Fjord Post.",
        "4 min read",
        "Malta recalls ambassador to Latvia for consultations",
    ],
)
@pytest.mark.parametrize("place", ["inside", "below"])
def test_furniture_is_left_out_wherever_it_stands(line: str, place: str) -> None:
    lines = [TITLE, LEAD, line, NEXT, LAST] if place == "inside" else [TITLE, LEAD, NEXT, LAST, line]
    report = report_from_text(page(*lines))
    assert report.text == "\n\n".join(ARTICLE)
    assert report.title == TITLE
    assert any(kept.text == line and kept.span is None for kept in report.lines)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices of the fishing companies rose in Oslo by four percent after the news had become known.",
        "Read by nobody, the first draft had been lying in a drawer of the ministry since the spring of 2011.",
        '"No comment," he said.',
        "The talks went on.",
        "Why did it take so long?",
        "Those who like fish should sign up for the tasting that the two embassies hold on Friday in the harbour.",
        "Copyright was the other matter of the day, and both ministers told reporters that a treaty would follow.",
    ],
)
def test_sentences_that_begin_like_furniture_stay_in_the_article(line: str) -> None:
    report = report_from_text(page(TITLE, LEAD, line, NEXT, LAST))
    assert line in report.text.split("\n\n")


@pytest.mark.parametrize(
    ("bar", "claims"),
    [
        (" Source:gardening Views: 【BigSmall】 Time:2024-05-02 10:15:30 Number of comments:", {"section": "gardening", "published": "2024-05-02T10:15:30", "views": None, "comments": None, "publisher": None}),
        ("Source: Fjord Post | 2024-05-02 10:15", {"publisher": "Fjord Post", "published": "2024-05-02T10:15"}),
        ("(Xinhua) 08:01, July 24, 2024", {"agency": "Xinhua", "published": "2024-07-24T08:01"}),
        ("09:13 UTC+8, 2024-03-05  3", {"published": "2024-03-05T09:13+08:00", "comments": 3}),
        ("By Web Desk - May 02, 2024 - in Politics - 3 Comments", {"author": "Web Desk", "published": "2024-05-02", "section": "Politics", "comments": 3}),
        ("Release time: 2024-05-02 10:15:30  Clicks: 2,917 times  Size: [Large] [Small]", {"published": "2024-05-02T10:15:30", "views": 2917}),
        ("Column:travelDate:2024/5/2 10:15:30Hits:17", {"section": "travel", "published": "2024-05-02T10:15:30", "views": 17}),
        ("Published: 29th May 2021 12:23 AM | Last Updated: 30th May 2021 01:00 PM | A+A-", {"published": "2021-05-29T00:23", "modified": "2021-05-30T13:00"}),
        ("Fjord Post | 23/03/2024 | hotspot", {"publisher": "Fjord Post", "published": "2024-03-23", "section": "hotspot"}),
        ("Source£ºtravel Time£º2024-05-02 10£º15£º30", {"section": "travel", "published": "2024-05-02T10:15:30"}),
        ("Source：travel　Time：２０２４-05-02 10：15：30", {"section": "travel", "published": "2024-05-02T10:15:30"}),
    ],
)  # fmt: skip
def test_the_bar_over_an_article_is_read_as_claims(bar: str, claims: dict[str, object]) -> None:
    report = report_from_text(page(TITLE, bar, *ARTICLE))
    assert {name: getattr(report.declared, name) for name in claims} == claims
    assert report.text == "\n\n".join(ARTICLE)
    assert report.title == TITLE


def test_a_day_that_can_be_read_two_ways_is_not_guessed() -> None:
    report = report_from_text(page(TITLE, "Fjord Post | 02/03/2024 | world", *ARTICLE))
    assert report.declared.published is None
    assert any("two ways" in note for note in report.notes)


def test_a_day_that_can_be_read_two_ways_is_settled_by_the_dateline() -> None:
    text = page(TITLE, "Fjord Post | 02/03/2024 | world", "Oslo, March 2, 2024, Fjord Post: " + LEAD, NEXT)
    assert report_from_text(text).declared.published == "2024-03-02"


@pytest.mark.parametrize(
    ("dateline", "agency"),
    [
        ("OSLO, March 7 (NTB) --", "NTB"),
        ("SANTO DOMINGO, Dominican Republic --", None),
        ("LIMA -", None),
        ("ASTANA. 28 December.", None),
        ("Suva [Fiji] September 21 (ANI):", "ANI"),
        ("RIYADH, (Desk / Post / WAM - 02nd Apr, 2020)", "WAM"),
        ("Beijing, March 30, 2024, Fjord Post:", None),
    ],
)
def test_datelines_stay_in_the_text_and_are_declared(dateline: str, agency: str | None) -> None:
    report = report_from_text(page(TITLE, f"{dateline} {LEAD}", NEXT))
    assert report.declared.dateline == dateline
    assert report.declared.agency == agency
    assert report.text.startswith(f"{dateline} {LEAD}")
    assert roles(report)[dateline] == "dateline"


@pytest.mark.parametrize("start", ["NATO allies", "The president of Peru, March 7 or not,", "In Lima, the"])
def test_the_first_words_of_a_sentence_are_no_dateline(start: str) -> None:
    assert (
        report_from_text(page(TITLE, f"{start} met in Oslo on Monday to talk about fish and ships.")).declared.dateline
        is None
    )


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        ("Ministers call for stronger Franco", "first half of a compound"),
        ("Norway and Peru agree on…", "ellipsis"),
        ("Norway and Peru sign an agreem", 'the text has "agreement"'),
        ("Norway and Peru agree on the", 'ends in "the"'),
    ],
)
def test_a_cut_title_is_flagged_and_not_restored(shown: str, why: str) -> None:
    report = report_from_text(page(shown, *ARTICLE))
    assert report.title == shown.rstrip("…")
    assert any(why in note for note in report.notes)


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("Norway and Peru agree on fisheries - Fjord Post", "Norway and Peru agree on fisheries"),
        ("Norway and Peru agree on fisheries_fishnews24", "Norway and Peru agree on fisheries"),
        ("Norway and Peru agree - at last", "Norway and Peru agree - at last"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(shown: str, title: str) -> None:
    assert report_from_text(page(shown, *ARTICLE)).title == title


@pytest.mark.parametrize(
    ("damaged", "repaired"),
    [
        ("Peru condemned the incurÂsion on Monday.", "Peru condemned the incursion on Monday."),
        ("Peruâ€™s guest saidÂ it was â€œtimeâ€\x9d to sign the paper and go home on Monday.", "Peru’s guest said it was “time” to sign the paper and go home on Monday."),
        ("JosÃ© MartÃ­nez met the minister in Oslo on Monday and signed an accord.", "José Martínez met the minister in Oslo on Monday and signed an accord."),
        ("Peru&#39;s guest said &quot;yes&quot;&nbsp;to the paper &amp;amp; went home on Monday.", "Peru's guest said \"yes\" to the paper & went home on Monday."),
        ("The guest said \\\"yes\\\" and signed the host\\'s paper in Oslo on Monday.", "The guest said \"yes\" and signed the host's paper in Oslo on Monday."),
        ("The guest，who came by sea，signed １２ papers on May 3， 2024。", "The guest, who came by sea, signed 12 papers on May 3, 2024."),
        ("The guest signed the fish\u00aderies pa\u200bper in\u00a0Oslo on Monday and went home.", "The guest signed the fisheries paper in Oslo on Monday and went home."),
        ("The guest isn?t here yet ? he said ?we shall see? about the paper.", "The guest isn’t here yet — he said “we shall see” about the paper."),
        ("The guest?who came by sea?isn?t going home? He stays at the request of the?host?", "The guest, who came by sea, isn’t going home. He stays at the request of the host."),
        ("The guest, who came by sea, signed a trade?accord in Oslo. It isn?t known why.", "The guest, who came by sea, signed a trade accord in Oslo. It isn’t known why."),
        ("The guest told repor?ters that the reporters saw ?half of the paper on May ?? at noon?", "The guest told reporters that the reporters saw half of the paper on May ?? at noon."),
        ("Did he sign? The guest?s host, Ana Pe?a, says so. Why now? She won?t say.", "Did he sign? The guest’s host, Ana Pe?a, says so. Why now? She won’t say."),
        ("The guest came in ï¼’ï¼\ufffdï¼\ufffdï¼“ã€‚ He signed the paper and went home on Monday.", "The guest came in 2003. He signed the paper and went home on Monday."),
        ("The guest spoke of \\â€\ufffda fair paper\\â€\ufffd and went home to Lima on Monday.", "The guest spoke of “a fair paper” and went home to Lima on Monday."),
        ("The guest signed the paper on Monday.The host smiled and thanked him for coming.", "The guest signed the paper on Monday. The host smiled and thanked him for coming."),
    ],
)  # fmt: skip
def test_damage_is_repaired_and_noted(damaged: str, repaired: str) -> None:
    report = report_from_text(page(TITLE, damaged, NEXT))
    assert report.text.split("\n\n")[0] == repaired
    assert any(note.startswith("repaired") for note in report.notes)
    first = Span(0, len(repaired))
    source = page(TITLE, damaged, NEXT)
    place = page_span(source, first)
    assert source[place.start : place.end] == damaged


@pytest.mark.parametrize(
    "sound",
    [
        "Is it over? The minister said “no” – José Martínez, too, wasn’t sure; the fee is £5 or €6.",
        'The café\'s owner, a Mr Düsseldorf, asked: "What now?" and went home to Åland with R&D in mind.',
    ],
)
def test_sound_text_is_left_as_it_is(sound: str) -> None:
    report = report_from_text(page(TITLE, sound, NEXT))
    assert report.text == f"{sound}\n\n{NEXT}"
    assert report.notes == ()


def test_wrapped_lines_are_put_together() -> None:
    wrapped = (
        "Norway and Peru agree on fisheries\n"
        "Source: Fjord Post | 2024-05-02 10:15\n"
        "The foreign ministers of Norway and Peru met in Oslo on\n"
        "Monday and signed an agreement on fisheries. They are to\n"
        "meet again in Lima next year, when both sides will review\n"
        "how the agreement has worked.\n"
        "Most read this week\n"
        "How to boil an egg\n"
        "Ten ways to cross a river\n"
    )
    report = report_from_text(wrapped)
    assert report.text == f"{LEAD} {NEXT}"
    assert report.title == TITLE


def test_a_verse_is_not_put_together() -> None:
    lines = ["Norway met Peru.", "Peru met Fiji.", "Fiji met Chad.", "Chad met Mali.", "Mali met Togo."]
    assert report_from_text("\n".join(lines)).text == "\n\n".join(lines)


def test_a_repeated_paragraph_counts_once() -> None:
    report = report_from_text(page(TITLE, f"Summary: {LEAD}", LEAD, NEXT, LAST, NEXT))
    assert report.text == "\n\n".join(ARTICLE)
    assert any("repeated" in note for note in report.notes)


def test_an_advert_glued_to_a_paragraph_is_cut_away() -> None:
    report = report_from_text(page(TITLE, LEAD, f"ADVERTISEMENT {NEXT}", f"{LAST} Continue reading"))
    assert report.text == "\n\n".join(ARTICLE)


def test_captions_and_credits_have_their_roles() -> None:
    caption = "Flags of the two countries in front of the town hall. (Fjord Post/A. Berg)"
    report = report_from_text(page(TITLE, caption, *ARTICLE, "(ANI)"))
    assert roles(report)[caption] == "caption"
    assert roles(report)["(ANI)"] == "credit"
    assert report.declared.agency == "ANI"
    assert report.text == "\n\n".join(ARTICLE)


def test_the_head_of_a_mail_gives_title_day_and_sender() -> None:
    text = (
        "From: Press Desk <press@ministry.example>\nTo: the list\nDate: Mon, 6 May 2024 15:40:00 +0100\n"
        f"Subject: Talks in Oslo\n\nDear friends,\n\n{LEAD}\n\n{NEXT}\n\nKind regards,\nPress Desk\n\n--\n"
        "You get this mail because you asked for it. To unsubscribe, write to our list.\n"
    )
    report = report_from_text(text)
    assert report.title == "Talks in Oslo"
    assert report.declared.published == "2024-05-06T15:40:00+01:00"
    assert report.text == f"{LEAD}\n\n{NEXT}"


def test_one_sentence_is_a_report() -> None:
    report = report_from_text(LEAD)
    assert report.text == LEAD
    assert report.title is None


def test_items_after_a_colon_belong_to_the_article() -> None:
    head = "The two ministers signed four papers in the town hall on Monday, among them the following ones:"
    report = report_from_text(page(TITLE, head, "- a treaty on cod", "- a note on shrimp", LAST))
    assert "- a treaty on cod" in report.text


@pytest.mark.parametrize(
    "text",
    [
        "Will the guest sign? Nobody knows it in Oslo, and nobody in Lima asked him about it.",
        "See http://host.example/page?id=7 and page?part=3 for what the two guests signed there.",
    ],
)
def test_a_question_and_an_address_keep_their_question_mark(text: str) -> None:
    assert report_from_text(page(TITLE, text, NEXT)).text.split("\n\n")[0] == text


@pytest.mark.parametrize(
    "glued",
    [
        "Get our daily briefing in your inbox",
        "Follow us on Telegram and never miss a story!",
        "Promoted by GreenBank Save now on your first loan",
        "- Advertisement - Article continues below",
        "ADVERTISEMENT CONTINUE READING BELOW",
        "Story continues after ad",
        "Read next: Continue reading",
    ],
)
def test_adverts_glued_between_two_sentences_are_left_out(glued: str) -> None:
    report = report_from_text(page(TITLE, f"{LEAD} {glued} {NEXT}", LAST))
    assert report.text == "\n\n".join([f"{LEAD} {NEXT}", LAST])


@pytest.mark.parametrize(
    "sentence",
    [
        "Save the Children Norway said that it would help the fishermen of both countries.",
        "Support for Ukraine Defence Contact Group members rose in the course of the year.",
        "See your people in Oslo, Minister Berg told the guests, before you judge mine.",
        "Video Journal reporters said that the deal had been ready for a month.",
        "Top Post Office officials of both countries stood behind the two ministers.",
        "Share of Russian gas fell in Germany, the minister told her guests from Lima.",
    ],
)
def test_sentences_that_begin_like_a_button_stay(sentence: str) -> None:
    assert report_from_text(page(TITLE, f"{LEAD} {sentence} {NEXT}", LAST)).text.startswith(f"{LEAD} {sentence} {NEXT}")


def test_a_headline_between_wrapped_paragraphs_is_no_part_of_them() -> None:
    wrapped = "\n".join(
        [
            "The foreign ministers of Norway and Peru met in Oslo on",
            "Monday and signed an agreement on fisheries that had been",
            "ready for a year. They are to meet again in Lima in June.",
            "Fiji and Malta to open embassies next year",
            "Both sides will then review how the agreement has worked,",
            "and whether the smaller harbours have had their share of",
            "the catch.",
        ]
    )
    text = report_from_text(page(TITLE) + wrapped).text
    assert "Malta" not in text
    assert "They are to meet again in Lima in June." in text


def test_the_line_under_a_cut_paragraph_with_a_dateline_is_a_line_of_its_own() -> None:
    text = f"{TITLE}\nOSLO, March 7 (FNA) -- {LEAD} {NEXT} {LAST} … Read more\nFiji recalls its envoy to Malta\n"
    report = report_from_text(text)
    assert report.text.endswith("old town hall.")
    assert "Fiji" not in report.text


def test_a_bar_that_was_wrapped_is_followed_by_the_text() -> None:
    lines = [
        "Published: May 02, 2024 11:31 | Last updated: May",
        "02, 2024 11:40 | A+A-",
        "When Foreign Minister Ana Quispe of Peru, Olav",
        "Berg's guest in Oslo, told reporters on Monday that",
        "both had signed, she surprised the captains of",
        "trawlers who had fought the pact on fisheries.",
    ]
    report = report_from_text("\n".join(lines))
    assert report.title is None
    assert report.text.startswith("When Foreign Minister Ana Quispe of Peru, Olav Berg's guest in Oslo, told")


def test_days_written_with_dots_have_the_day_first() -> None:
    report = report_from_text(page(TITLE, "Fjord Post | 02.03.2024, 10:14", *ARTICLE))
    assert report.declared.published == "2024-03-02T10:14"


def test_plain_takes_the_text_as_it_stands() -> None:
    text = "Latest updates\n\nHome > World\nSource: x"
    report = report_from_text(text, plain=True)
    assert report.text == text
    assert report.title is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Die beiden Außenminister trafen sich am Montag in Köln und unterzeichneten ein Abkommen.", "de"),
        ("Les deux ministres se sont rencontrés lundi à Lima et ont signé un accord sur la pêche.", "fr"),
        ("Министры иностранных дел двух стран встретились в понедельник в Осло.", "ru"),
        (LEAD, "en"),
    ],
)
def test_the_language_is_told(text: str, code: str) -> None:
    assert report_from_text(text).language == code


def test_the_same_words_have_the_same_id() -> None:
    assert text_id("Norway, Peru: “agree”.") == text_id('norway peru\n "AGREE"')
    assert text_id("Norway agrees") != text_id("Peru agrees")


def test_a_dateline_under_the_article_is_declared_and_no_part_of_it() -> None:
    report = report_from_text(page(TITLE, *ARTICLE, "(Fjord News Agency March 7, 2024)"))
    assert report.declared.dateline == "(Fjord News Agency March 7, 2024)"
    assert report.declared.agency == "Fjord News Agency"
    assert report.text == "\n\n".join(ARTICLE)


def test_a_line_broken_after_its_dateline_goes_on() -> None:
    report = report_from_text(page(TITLE, f"OSLO March 7 Norwegian Foreign Minister\n{LEAD}", NEXT))
    assert report.text.startswith(f"OSLO March 7 Norwegian Foreign Minister {LEAD}")


def test_a_title_that_ends_in_days_is_no_reading_time() -> None:
    title = "Peru and Norway waive visas for thirty days"
    assert report_from_text(page(title.replace("thirty", "30"), *ARTICLE)).title == title.replace("thirty", "30")
