"""Peoples and states under other words: "Bosnian Serbs", "ethnic Hungarians", "the Islamic Republic"."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from communique.actors.cast import Form
from communique.actors.words import Words
from communique.tables import rows

if TYPE_CHECKING:
    from communique.actors.countries import CountryHit

# After these demonyms' countries the word before tells where a family came from: "Turkish Cypriots", "Irish Americans".
_CITIZENS_LAST = frozenset({"CYP", "USA", "CAN", "AUS", "NZL"})
# What an official name begins with and a report says by itself.
_FORMS_OF_STATE = frozenset(
    """people's republic;islamic republic;federal republic;hashemite kingdom;socialist republic;bolivarian republic;
    kingdom;sultanate;principality;grand duchy""".replace("\n    ", "").split(";")
)


def peoples(words: Words, found: list[CountryHit]) -> list[CountryHit]:
    """The hits with peoples read as inhabitants of the state where they live, not of the state that bears their name.

    "Bosnian Serbs" are of Bosnia, "Turkish Cypriots" of Cyprus; "ethnic Hungarians" are of the state in which the
    sentence places them, and of none where it places them nowhere.
    """
    out: list[CountryHit] = []
    for hit in found:
        last = out[-1] if out else None
        if last is not None and _one_people(words, last, hit):
            if hit.code not in _CITIZENS_LAST:
                continue
            out.pop()
        elif hit.kind == "demonym" and hit.start and words.lower[hit.start - 1] == "ethnic":
            home = _home_of(words, hit, found)
            if home is not None:
                out.append(replace(hit, code=home))
            continue
        out.append(hit)
    return out


def _one_people(words: Words, first: CountryHit, second: CountryHit) -> bool:
    """Whether two adjectives side by side name one people: "Croatian Serb", "Bosnian Croats"."""
    if first.kind != "demonym" or second.kind != "demonym" or first.end != second.start:
        return False
    if first.code == second.code or words.sentence[first.start] != words.sentence[second.start]:
        return False
    return words.text[second.start - 1].isalpha()


def _home_of(words: Words, hit: CountryHit, found: list[CountryHit]) -> str | None:
    """The state in which the sentence places "ethnic Xs": the owner before it, or the one place named."""
    sentence = words.sentence[hit.start]
    for other in found:
        if other.end == hit.start - 1 and other.code != hit.code:
            return other.code  # "Slovak ethnic Hungarians"
        if other.end == hit.start - 2 and words.tag[other.end] == "POS":
            return other.code  # "Slovakia's ethnic Hungarians"
    places = {o.code for o in found if words.sentence[o.start] == sentence and o.form == "place" and o is not hit}
    places.discard(hit.code)
    return next(iter(places)) if len(places) == 1 else None


@lru_cache(maxsize=1)
def _official() -> dict[str, str]:
    """ISO 3166-1 alpha-3 -> official name in small letters."""
    return {row["iso3"]: row["official"].lower().replace("’", "'") for row in rows("countries")}


def described_states(words: Words, found: list[CountryHit]) -> list[CountryHit]:
    """ "the People's Republic", "the kingdom": the state of that form of government that the report has named."""
    named = list(dict.fromkeys(hit.code for hit in found))
    out: list[CountryHit] = []
    for i in range(words.n):
        if words.lower[i] != "the" or i + 1 >= words.n:
            continue
        end = next((e for e in (i + 4, i + 3, i + 2) if _form_of_state(words, i + 1, e)), None)
        if end is None or any(h.start < end and h.end > i for h in found):
            continue
        if words.lower[end : end + 1] == ["of"] or (end < words.n and words.pos[end] in ("NOUN", "PROPN")):
            continue
        form = _plain(words, i + 1, end)
        fits = [code for code in named if _official().get(code, "").startswith(form + " of")]
        if len(fits) > 1:
            before = [h.code for h in found if h.start < i and h.code in fits]
            fits = before[-1:]
        if len(fits) == 1:
            template = next(h for h in found if h.code == fits[0])
            out.append(replace(template, start=i + 1, end=end, form=_role(words, end - 1), kind="description"))
    return out


def _role(words: Words, i: int) -> Form:
    head = words.head[i]
    placed = words.dep[i] == "pobj" and words.lower[head] in ("in", "at", "across", "throughout", "inside", "within")
    return "place" if placed else "name"


def _form_of_state(words: Words, start: int, end: int) -> bool:
    return end <= words.n and _plain(words, start, end) in _FORMS_OF_STATE


def _plain(words: Words, start: int, end: int) -> str:
    return words.words(start, end).lower().replace("’", "'")
