"""Codings made by hand: reports of invented meetings, without a coder."""

from __future__ import annotations

import hashlib
from datetime import date

from communique.model import (
    CoderInfo,
    Coding,
    Declared,
    Event,
    EventEvidence,
    Instrument,
    Office,
    Participant,
    Person,
    Report,
    SentenceEvidence,
    Source,
    Span,
    Speaker,
    Statement,
    Written,
)

CODER = CoderInfo("communique", "0", "c1", "t1", "m1")


def person(name: str, country: str) -> Participant:
    return Participant(name, "person", country, None, "GOV", "party")


def coding(
    text: str,
    *events: tuple[str, str, tuple[Participant, ...], date | None],
    written: date | None = None,
    publisher: str = "Harbour Post",
    agency: str | None = None,
    modality: str = "occurred",
    instrument: str | None = None,
    coder: CoderInfo = CODER,
    path: str = "a.txt",
) -> Coding:
    """One report. An event is (words of the trigger in the text, kind, who, day)."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    day = written or next((e[3] for e in events if e[3]), None)
    declared = Declared(publisher=publisher, agency=agency, published=day.isoformat() if day else None)
    report = Report(digest[:20], digest, Source(path), text.split(".")[0], text, "en", declared,
                    written=Written(day, day, day, 0.9))  # fmt: skip
    made = []
    instruments = (
        (Instrument("i1", "agreement", instrument, ("LSO", "PER"), "signed", None, SentenceEvidence(Span(0, 10))),)
        if instrument
        else ()
    )
    for n, (trigger, kind, who, when) in enumerate(events):
        at = text.index(trigger)
        start = text.rfind(".", 0, at) + 1
        end = text.find(".", at) + 1 or len(text)
        span = Span(start + len(text[start:end]) - len(text[start:end].lstrip()), end)
        made.append(
            Event(f"e{n}", "CONSULT", kind, "040", modality, who, when, when, None, None, None,  # type: ignore[arg-type]
                  "i1" if instrument and kind == "signing" else None, None,
                  EventEvidence(span, Span(at, at + len(trigger))), f"{kind}#1", None,
                  why=(f"the sentence {text[start:end]!r} has it",))
        )  # fmt: skip
    names = {p.name: p.country for e in events for p in e[2]}
    people = tuple(
        Person(f"p{i}", name, (Span(0, 1),), country,
               (Office("Minister of Foreign Affairs", None, country, "foreign minister"),))
        for i, (name, country) in enumerate(sorted(names.items()))
    )  # fmt: skip
    said = tuple(
        Statement(f"s{i}", "saying", Speaker(name, "person", country, None), "unspecified", False, None,
                  (Span(0, 12),), None, day)
        for i, (name, country) in enumerate(sorted(names.items()))
    )  # fmt: skip
    return Coding(coder, report, tuple(made), people, said, instruments)


QUISPE, LEKOETJE, BORG = person("Rosa Quispe", "PER"), person("Thabo Lekoetje", "LSO"), person("Ian Borg", "MLT")
MARCH = date(2023, 3, 7)


def collection() -> list[Coding]:
    """Twelve reports of four happenings, two of them copies of one text."""
    who = (QUISPE, LEKOETJE)
    first = (
        "Rosa Quispe met Thabo Lekoetje in Maseru on Tuesday. The two spoke about trawlers, quotas and cold stores"
        " for an hour. Forty cadets from the kingdom are to sail from Callao before the winter, the minister said."
    )
    copy = first + " Most read today. Ten ways to cook lentils without salt."
    return [
        coding(first, ("met", "meeting", who, MARCH), agency="Andina", publisher="Andina"),
        coding(copy, ("met", "meeting", who, MARCH), publisher="Blog"),
        coding("In Maseru talks were held by Quispe and Lekoetje.", ("talks", "talks", who, MARCH),
               publisher="Kingdom Post"),
        coding("Quispe and Lekoetje meet again soon.", ("meet", "meeting", who, date(2023, 9, 12)), modality="planned",
               written=MARCH),
        coding("A fisheries protocol was signed by Quispe and Lekoetje.", ("signed", "signing", who, MARCH),
               instrument="fisheries protocol"),
        coding("The protocol on fisheries, signed in Maseru, pleases Lima.", ("signed", "signing", who, MARCH),
               instrument="protocol on fisheries", publisher="Lima Daily"),
        coding("Ian Borg called Rosa Quispe late at night.", ("called", "call", (BORG, QUISPE), date(2023, 4, 2))),
        coding("Borg had called Quispe, Valletta confirmed.", ("called", "call", (BORG, QUISPE), date(2023, 4, 2)),
               publisher="Malta Wire"),
        coding("Quispe met Lekoetje once more in April.", ("met", "meeting", who, date(2023, 4, 20))),
        coding("A meeting of Quispe with Lekoetje was long.", ("meeting", "meeting", who, None),
               written=date(2023, 4, 21)),
        coding("Nothing of note happened in the harbour.", written=date(2023, 6, 1)),
        coding("Lekoetje met Ian Borg for tea.", ("met", "meeting", (LEKOETJE, BORG), date(2023, 6, 2))),
    ]  # fmt: skip
