"""Office holders named in a text, and the days between which they held their office."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from communique.dates.anchor.officials import Spell, name_words, officials
from communique.dates.grammar.lexicon import MONTHS, WEEKDAYS
from communique.model import DayRange, Span

# What a title is called in the tables: a part of the office's name there.
_TITLES: Final = {
    "vice president": ("vice president",),
    "president": ("head of state", "head of government", "president of"),
    "king": ("head of state",),
    "queen": ("head of state",),
    "emperor": ("head of state",),
    "emir": ("head of state",),
    "sultan": ("head of state",),
    "prime minister": ("head of government",),
    "premier": ("head of government",),
    "chancellor": ("head of government",),
    "foreign minister": ("foreign minister",),
    "external affairs minister": ("foreign minister",),
    "minister of foreign affairs": ("foreign minister",),
    "minister for foreign affairs": ("foreign minister",),
    "foreign secretary": ("foreign minister",),
    "secretary of state": ("foreign minister", "secretary of state"),
    "defense secretary": ("secretary of defense", "defence"),
    "defence secretary": ("secretary of defense", "defence"),
    "secretary of defense": ("secretary of defense",),
    "defense minister": ("defence minister",),
    "defence minister": ("defence minister",),
    "high representative": ("high representative",),
    "chief cabinet secretary": ("chief cabinet secretary",),
    "national security adviser": ("national security adviser",),
    "national security advisor": ("national security adviser",),
    "spokesperson": ("spokes",),
    "spokesman": ("spokes",),
    "spokeswoman": ("spokes",),
    "secretary-general": ("secretary-general", "secretary general"),
    "secretary general": ("secretary-general", "secretary general"),
    "director general": ("director general", "director-general"),
    "director-general": ("director general", "director-general"),
}  # fmt: skip
_NOT_NOW: Final = re.compile(
    r"\b(?:former|ex|late|then|future|incoming|vice|deputy|designate|opposition|previous|shadow|assistant)[\s-]*$", re.I
)
_TITLE: Final = re.compile(
    r"\b(?P<title>" + "|".join(sorted(_TITLES, key=len, reverse=True)) + r")(?P<plural>s)?\b(?![- ]?elect)", re.I
)
_NAME: Final = re.compile(r"[A-Z][\w'’-]+(?:\s+(?:bin|al|el|van|von|de|da|dos|[A-Z]\.|[A-Z][\w'’-]+)){0,6}")
_OF: Final = re.compile(r"\s+of\s+(?:the\s+)?")
_BEFORE_TITLE: Final = re.compile(r"\s*,\s*(?:the\s+)?(?:[\w'’-]+\s+){0,3}")
_DATE_WORDS: Final = MONTHS.keys() | WEEKDAYS.keys()


@dataclass(frozen=True, slots=True)
class Holder:
    """A person named with an office, and the days on which they held it: one or more terms."""

    person: str
    title: str
    terms: tuple[DayRange, ...]
    span: Span


def find_holders(text: str) -> tuple[Holder, ...]:
    """Persons named directly after or before one of the offices that the tables know, each once, with their terms.

    "Foreign Minister Jo Lind", "President of Norland Jo Lind" and "Jo Lind, the foreign minister of Norland";
    never "former", "vice" or "-elect". Names are matched by two of their words, or by the last with the title.
    """
    found: dict[tuple[str, str], Holder] = {}
    for match in _TITLE.finditer(text):
        if _NOT_NOW.search(text[max(0, match.start() - 14) : match.start()]):
            continue
        title = match.group("title").lower()
        for name in _names_beside(text, match):
            holder = _holder(name, title, alone=name.start() > match.start())
            if holder is not None:
                found.setdefault((holder.person, title), holder)
                if not match.group("plural"):
                    break
    return tuple(found.values())


def find_known(text: str) -> tuple[Holder, ...]:
    """Full names of office holders without an office beside them, each once: weaker than `find_holders`."""
    found: dict[str, Holder] = {}
    for name in _NAME.finditer(text):
        if len(name_words(name.group())) > 1 and not _NOT_NOW.search(text[max(0, name.start() - 14) : name.start()]):
            holder = _holder(name, "", alone=False)
            if holder is not None:
                found.setdefault(holder.person, holder)
    return tuple(found.values())


def _holder(name: re.Match[str], title: str, *, alone: bool) -> Holder | None:
    """The office holder that a name means: its last two known words fit one person, or (`alone`) the last."""
    words = list(name_words(name.group()))
    while words and words[-1] in _DATE_WORDS and len(words) < 3:
        words.pop()  # "the president, on Friday"
    people = officials()
    offices = _TITLES[title] if title else ()
    for j in range(len(words), 0, -1) if title else (len(words),):
        if j < 2 and (not alone or len(words) > 1):
            continue  # "President Ho Chi Minh" is no President Ho
        called = [s for s in people.get(words[j - 1], ()) if all(w in s.words for w in words[max(0, j - 2) : j])]
        # The first that the title may mean: "President X" is a head of government only where no head of state fits.
        meant = ([spell for spell in called if _is_office(spell, (office,))] for office in offices)
        fits = next((spells for spells in meant if spells), []) if offices else called
        if not fits or (j == 1 and len({(s.country, name_words(s.person)[0][:1]) for s in fits}) > 1):
            continue
        # The same person under another spelling ("Benyamin", "Binyamin"): one family name, country and initial.
        like = {(s.country, name_words(s.person)[0][:1]) for s in fits}
        same = [
            s
            for s in people[words[j - 1]]
            if _is_office(s, offices) and (s.country, name_words(s.person)[0][:1]) in like
        ]
        terms = tuple(sorted({s.days for s in (*fits, *same)}))
        return Holder(fits[0].person, title or fits[0].office, terms, Span(name.start(), name.end()))
    return None


def _is_office(spell: Spell, offices: tuple[str, ...]) -> bool:
    return not offices or any(office in spell.office.lower() for office in offices)


def _names_beside(text: str, title: re.Match[str]) -> list[re.Match[str]]:
    """Names right after an office ("President of Norland Jo Lind") or right before it, up to three after a plural."""
    names: list[re.Match[str]] = []
    end = title.end()
    of = _OF.match(text, end)
    window = text[end : end + (110 if title.group("plural") or of else 45)]
    stop = re.search(r"[.;:\n()]", re.sub(r"\b[A-Z]\.", "XX", window))
    limit = end + (stop.start() if stop else len(window))
    gap = re.compile(r"\s*,?\s*(?=[A-Z])").match(text, end) or of
    if gap:
        for name in _NAME.finditer(text, gap.end() if not of else of.end(), limit):
            names.append(name)
            if len(names) >= (4 if title.group("plural") or of else 1):
                break
    before = list(_NAME.finditer(text, max(0, title.start() - 70), title.start()))
    if before and _BEFORE_TITLE.fullmatch(text[before[-1].end() : title.start()]):
        names.append(before[-1])
    return names
