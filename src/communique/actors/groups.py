"""Expressions for several actors: "the two sides", "both nations", "the pair"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from communique.actors.words import Words
from communique.tables import rows

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "both": 2, "2": 2, "3": 3,
            "4": 4, "5": 5, "6": 6}  # fmt: skip
_DETERMINERS = frozenset({"the", "both", "these", "those", "all", "our", "their", "its", "either", "neither", "each"})
_MODIFIERS = frozenset(
    """neighbouring neighboring rival warring asian african european gulf arab baltic central former close friendly
    traditional contracting concerned respective nuclear western eastern northern southern regional feuding
    opposing member participating founding allied fraternal brotherly other""".split()
)


@dataclass(slots=True)
class GroupPhrase:
    """Tokens `[start, end)`: "the two countries". `number` is None where the words do not say."""

    start: int
    end: int
    head: int
    noun: str
    members: str  # "state", "person", "organisation", "any"
    number: int | None
    countries: tuple[str, ...] = ()  # named with "of": "the leaders of A and B"


@lru_cache(maxsize=1)
def _nouns() -> dict[str, tuple[str, int | None]]:
    return {row["noun"]: (row["members"], int(row["number"]) if row["number"] else None) for row in rows("group_nouns")}


def find_groups(words: Words, country_at: Mapping[int, tuple[int, int, str]], office: list[bool]) -> list[GroupPhrase]:
    """Definite plural expressions, left to right; office plurals ("the two presidents") are among them."""
    found: list[GroupPhrase] = []
    for i in range(words.n):
        noun = words.lower[i]
        if noun in ("two", "three", "four", "six") and i and words.lower[i - 1] == "the" and _stands_alone(words, i):
            found.append(GroupPhrase(i - 1, i + 1, i, noun, "any", _NUMBERS[noun]))
            continue
        if noun == "both" and _both_alone(words, i):
            found.append(GroupPhrase(i, i + 1, i, noun, "any", 2))
            continue
        one = words.lower[i - 1] in ("either", "neither") if i else False
        if one and _plural(noun) in _nouns():
            found.append(GroupPhrase(i - 1, i + 1, i, noun, _nouns()[_plural(noun)][0], 2))
            continue
        entry = _nouns().get(noun)
        if entry is None or words.pos[i] not in ("NOUN", "PROPN"):
            continue
        phrase = _phrase(words, i, noun, entry, country_at, office)
        if phrase is not None and (not found or phrase.start >= found[-1].end):
            found.append(phrase)
    return found


def _plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith(("ty", "try", "my")) else noun + "s"


def _stands_alone(words: Words, i: int) -> bool:
    if i + 1 >= words.n:
        return False
    return (
        words.pos[i + 1] not in ("NOUN", "ADJ", "NUM", "PROPN", "SYM")
        and words.text[i + 1] not in ("-", "%")
        and (words.dep[i] in ("nsubj", "nsubjpass", "dobj", "pobj"))
    )


def _both_alone(words: Words, i: int) -> bool:
    if i + 1 >= words.n or words.dep[i] not in ("nsubj", "nsubjpass", "appos", "pobj", "dobj"):
        return False
    return words.pos[i + 1] in ("VERB", "AUX", "ADV")


def _phrase(
    words: Words, i: int, noun: str, entry: tuple[str, int | None], country_at: Mapping[int, tuple[int, int, str]],
    office: list[bool],
) -> GroupPhrase | None:  # fmt: skip
    members, number = entry
    j = i
    definite = False
    before: list[str] = []
    while j > 0 and i - j < 8:
        word = words.lower[j - 1]
        place = country_at.get(j - 1)
        if place and place[1] == j and members in ("state", "person"):
            before.insert(0, place[2])
            j = place[0]
            continue
        if before and word in ("and", ",") and country_at.get(j - 2):
            j -= 1
            continue
        if word in _NUMBERS:
            number = _NUMBERS[word]
            definite = definite or word == "both"
            j -= 1
            continue
        if word in _DETERMINERS:
            definite = True
            j -= 1
            break
        if word in _MODIFIERS or (j == i and noun in ("heads", "chiefs")):
            j -= 1
            continue
        break
    if noun in ("pair", "duo", "trio") and not definite:
        return None
    countries: list[str] = before if len(set(before)) > 1 else []
    if before and not countries:
        return None
    end = i + 1
    if words.lower[end : end + 1] == ["of"] or words.lower[end : end + 2] == ["from"]:
        k = end + 1
        while k < words.n:
            place = country_at.get(k)
            if place and place[0] == k:
                countries.append(place[2])
                k = end = place[1]
                continue
            if words.lower[k] in ("and", ",", "the", "-") and k - i < 14:
                k += 1
                continue
            break
    if (
        members == "state"
        and noun in ("parties", "states", "partners", "allies", "powers", "actors", "rivals")
        and (number is None and not countries)
    ):
        return None
    if not definite and number is None and not countries:
        return None
    if words.lower[end : end + 1] == ["to"] and number is None and not countries:  # "the parties to the war in Yemen"
        return None
    if not definite and not countries:
        return None
    if words.lower[end : end + 1] == ["of"] and noun in ("sides", "parties"):
        return None
    return GroupPhrase(j, end, i, noun, members, number, tuple(dict.fromkeys(countries)))
