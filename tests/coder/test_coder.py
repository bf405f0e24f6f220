"""The main job: a report becomes its record, the same every time, every record pointing at its words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.coder import Coder
from communique.errors import InputError, InputTooLarge
from communique.export.json import to_json
from communique.intake.text import report_from_text
from communique.model import Coding
from communique.settings import Settings

pytestmark = pytest.mark.model

REPORT = """Quito and Lima mend a quarrel

QUITO, 4 May 2021 - Foreign Minister Ana Ruiz of Ecuador met her Peruvian counterpart, Jorge Pinto, here on Tuesday. The
two ministers signed an agreement on fishing rights.

"We have closed an old chapter," Ruiz told reporters. Peru had recalled its ambassador from Quito in March 2020.
Pinto said that his country would send the ambassador back in June.
"""


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="module")
def coding(coder: Coder) -> Coding:
    return coder.code(report_from_text(REPORT))


def test_the_record_of_a_report(coding: Coding) -> None:
    told = {(e.kind, e.modality, frozenset(p.country for p in e.participants)) for e in coding.events}
    pair = frozenset({"ECU", "PER"})
    assert ("meeting", "occurred", pair) in told
    assert ("signing", "occurred", pair) in told
    meeting = next(e for e in coding.events if e.kind == "meeting")
    assert {p.name for p in meeting.participants} == {"Ana Ruiz", "Jorge Pinto"}
    assert (str(meeting.start), str(meeting.end)) == ("2021-05-04", "2021-05-04")
    assert meeting.place is not None
    assert meeting.place.name == "Quito"


def test_the_words_of_each_record_are_in_the_text(coding: Coding) -> None:
    text = coding.report.text
    for event in coding.events:
        sentence, trigger = event.evidence.sentence, event.evidence.trigger
        assert sentence.start <= trigger.start < trigger.end <= sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
    quote = next(s for s in coding.statements if s.direct)
    assert "closed an old chapter" in text[quote.content[0].start : quote.content[0].end]


def test_why_tells_the_whole_chain(coding: Coding) -> None:
    meeting = next(e for e in coding.events if e.kind == "meeting")
    chain = " ".join(meeting.why)
    assert meeting.rule in chain
    assert "Its day" in chain
    assert "Its place is Quito" in chain


def test_coding_twice_gives_the_same_bytes(coder: Coder, coding: Coding) -> None:
    assert to_json(coder.code(report_from_text(REPORT))) == to_json(coding)


def test_another_process_gives_the_same_bytes(coding: Coding, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    program = (
        "import sys\nfrom communique.coder import Coder\nfrom communique.export.json import to_json\n"
        "from communique.intake.text import report_from_text\n"
        "text = open(sys.argv[1], encoding='utf-8').read()\n"
        "sys.stdout.buffer.write(to_json(Coder().code(report_from_text(text))))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, check=True)
    assert done.stdout == to_json(coding)


def test_a_text_over_the_limit_is_refused_by_name() -> None:
    coder = Coder(Settings(max_characters=100))
    with pytest.raises(InputTooLarge, match="more than 100"):
        coder.code(report_from_text(REPORT))


def test_a_report_without_text_is_refused(coder: Coder) -> None:
    with pytest.raises(InputError, match="no running text"):
        coder.code(report_from_text(" \n ", plain=True))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            "Peru Chile met signed the treaty on Monday . , \" ' and with said that its envoy ( -- he §".split()
        ),
        min_size=1,
        max_size=40,
    ).map(" ".join)
)
def test_no_text_breaks_the_coder(coder: Coder, text: str) -> None:
    report = report_from_text(text, plain=True)
    if not report.text.strip():
        return
    coding = coder.code(report)
    for event in coding.events:
        assert 0 <= event.evidence.trigger.start < event.evidence.trigger.end <= len(coding.report.text)


def test_a_result_says_how_much_it_holds() -> None:
    from communique import code

    assert repr(code("The presidents of Ghana and Togo met.")) == (
        "<Result: 1 reports, 1 events, 0 statements, 0 instruments, 0 failures>"
    )
