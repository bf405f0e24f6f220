"""An event told in a sentence: who, what, with or to whom, where, when, all of it from the record's fields."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from communique.room import words

_FIRST = ("guest", "initiator", "party", None, "")
_OTHER = ("host", "counterpart", "recipient")


class Token(NamedTuple):
    """A stretch of a sentence, and where it leads: the address of a person or country, or None."""

    text: str
    href: str | None = None


@lru_cache(maxsize=1)
def phrases() -> dict[str, dict[str, str]]:
    """Kind -> its verb in the past, as a plan, and the words before the other side."""
    with Path(__file__).with_name("phrases.toml").open("rb") as file:
        return tomllib.load(file)


def person_address(name: str, country: str | None) -> str:
    """Where the page of a person is: country acted for, and name."""
    return f"/people/{country or 'none'}/{words.slug(name)}"


def party_address(party: Mapping[str, Any]) -> str | None:
    """The page of a participant: of a person, or of a state's country; None for bodies and groups."""
    if party["kind"] == "person":
        return person_address(party["name"], party["country"])
    if party["kind"] == "state" and party["country"]:
        return f"/countries/{party['country']}"
    return None


def sentence(event: Mapping[str, Any], *, when: bool = True) -> list[Token]:
    """The event as a sentence without a full stop. `event` has kind, modality, parties, place, instrument, days."""
    phrase = phrases().get(event["kind"])
    first = [p for p in event["parties"] if p.get("role") in _FIRST]
    other = [p for p in event["parties"] if p.get("role") in _OTHER]
    between = [p for p in event["parties"] if p.get("role") == "mediator"]
    tokens: list[Token]
    if not phrase or not (first or other):
        other = []
        tokens = [Token(words.kind(event["kind"]).capitalize())]
        if event["parties"]:
            tokens += [Token(": "), *_names(event["parties"])]
    else:
        if not first:
            first, other = other, []
        if not other and len(first) < 2 and "with" not in phrase and "paper" not in phrase:
            return _placed([Token(f"{words.kind(event['kind']).capitalize()}: "), *_names(first)], event, other, when)
        tokens = [*_names(first), Token(f" {_verb(phrase, event['modality'])}"), *_paper(phrase, event)]
        if other:
            tokens += [Token(f" {phrase.get('with', '')}".rstrip() + " "), *_names(other)]
        if between:
            tokens += [Token(", with "), *_names(between), Token(" between them")]
    return _placed(tokens, event, other, when)


def _placed(
    tokens: list[Token], event: Mapping[str, Any], other: Sequence[Mapping[str, Any]], when: bool
) -> list[Token]:
    """The sentence with where and when."""
    if event.get("place"):
        tokens.append(Token(f" in {event['place']}"))
    elif event.get("place_country") and not any(p["country"] == event["place_country"] for p in other):
        tokens += [Token(" in "), Token(words.country(event["place_country"]), f"/countries/{event['place_country']}")]
    if when:
        said = words.days(event.get("start"), event.get("end"))
        tokens.append(Token(f", {said}" if said else ", on a day that is not stated"))
    return tokens


def _verb(phrase: Mapping[str, str], modality: str) -> str:
    return {
        "planned": f"planned to {phrase['plan']}",
        "called-off": f"were to {phrase['plan']} (called off)",
        "hypothetical": f"might {phrase['plan']} (only supposed)",
        "denied": f"{phrase['past']} (denied)",
    }.get(modality, phrase["past"])


def _paper(phrase: Mapping[str, str], event: Mapping[str, Any]) -> list[Token]:
    name = event.get("instrument")
    if "paper" in phrase:
        return [Token(f" {_article(name) if name else phrase['paper']}")]
    return [Token(f" {phrase['of']} {_article(name)}")] if name and "of" in phrase else []


def _article(name: str) -> str:
    """The name of an instrument as it stands in a sentence."""
    return name if name[:1].isupper() or name.endswith("s") else f"the {name}"


def _names(parties: Sequence[Mapping[str, Any]]) -> list[Token]:
    """Participants in a row, each leading to its page."""
    tokens: list[Token] = []
    for i, party in enumerate(parties):
        if i:
            tokens.append(Token(" and " if i == len(parties) - 1 else ", "))
        tokens.append(Token(party["name"], party_address(party)))
    return tokens


def plain(tokens: Iterable[Token]) -> str:
    """The tokens as text."""
    return "".join(token.text for token in tokens)
