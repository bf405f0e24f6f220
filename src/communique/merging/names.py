"""Whether two spellings can be one person's, organisation's, place's or instrument's name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from communique.merging.words import stem
from communique.tables import rows

_TITLES = frozenset(
    "mr mrs ms dr prof sir lord lady sheikh crown prince princess king queen president minister h.e.".split()
)
_PARTICLES = frozenset("al el bin ibn ben bint abu von van de da di del della der den la le dos das ter abd ul".split())
_NICKNAMES = (
    {"anthony", "antony", "tony"}, {"william", "bill", "will"}, {"robert", "bob"}, {"richard", "dick"},
    {"james", "jim"}, {"edward", "ted", "ed"}, {"john", "jack"}, {"mike", "michael"},
    {"joe", "joseph"}, {"alexander", "sasha"},
)  # fmt: skip
_STATE_BODY = re.compile(
    r"\b(?:ministry|ministries|government|parliament|presidency|kremlin|white house|department|embassy|delegation|army|"
    r"military|forces|side|officials?|foreign office|cabinet|administration|state council|authorities|leadership)\b"
)
_EMPTY = frozenset(
    "the a an of and in on for to between by with at from its their his her new year joint several other both two"
    " agreement agreements accord accords treaty treaties pact pacts deal deals document documents paper papers"
    " memorandum memorandums memoranda understanding understandings mou mous instrument instruments"
    " country countries state states nation nations side sides government governments leader leaders".split()
)


@lru_cache(maxsize=65536)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name without accents, titles, particles, case: "Abdullah bin Zayed" -> ("abdullah", "zayed")."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    plain = plain.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("’", "'")
    parts = [p for p in re.split(r"[\s\-.,]+", plain.replace("'", "")) if p]
    kept = tuple(p for p in parts if p not in _TITLES and p not in _PARTICLES)
    return kept or tuple(parts)


@lru_cache(maxsize=65536)
def same_person(a: str, b: str) -> bool:
    """True when two names can be one person's: the family name agrees, and the given names where both are told.

    >>> same_person("Tony Blinken", "Antony J. Blinken"), same_person("Xi", "Xi Jinping")
    (True, True)
    >>> same_person("Wang Yi", "Wang Wentao"), same_person("Murat Nurtleu", "Murat Nurtileu")
    (False, True)
    """
    x, y = name_parts(a), name_parts(b)
    if x == y:
        return True
    if len(x) > len(y):
        x, y = y, x
    if not x:
        return False
    if len(x) == 1:
        return any(alike(x[0], part) for part in (y[0], y[-1])) or (len(y) > 2 and alike(x[0], y[1]))
    # each part of the shorter name must be found in the longer one, the family name among them by more than an initial
    rest = list(y)
    spelled = 0
    for part in x:
        fit = next((other for other in rest if alike(part, other)), None)
        if fit is None:
            fit = next((other for other in rest if 1 in (len(part), len(other)) and part[0] == other[0]), None)
            if fit is None:
                return False
        else:
            spelled += 1
        rest.remove(fit)
    return spelled >= 1


@lru_cache(maxsize=65536)
def alike(a: str, b: str) -> bool:
    """True when two words can be spellings of one name: "tokayev" and "toqaev"; not "li" and "liu"."""
    if a == b:
        return True
    if any(a in names and b in names for names in _NICKNAMES):
        return True
    less, more = sorted((len(a), len(b)))
    if less < 4:
        return less == 3 and _levelled(a) == _levelled(b)
    x, y = _sound(a), _sound(b)
    if x == y:
        return True
    return x[0] == y[0] and less >= 5 and more - less <= 2 and _distance(a, b) <= (1 if less < 7 else 2)


def _levelled(word: str) -> str:
    """A short word with the vowels levelled that are two letters in one transliteration: "seok" and "suk", "moon"."""
    return word.replace("eo", "u").replace("oo", "u").replace("ou", "u")


def _sound(word: str) -> str:
    """A word with the letters levelled that transliterations confuse."""
    for old, new in (("qu", "k"), ("kh", "h"), ("gh", "g"), ("zh", "j"), ("dj", "j"), ("q", "k"), ("x", "ks"),
                     ("ck", "k"),
                     ("w", "v"), ("ij", "i"), ("iy", "i"), ("yy", "y"), ("ou", "u"), ("oo", "u"), ("y", "i"),
                     ("ei", "i"), ("ai", "a"), ("ee", "i"), ("e", "a"), ("o", "a"), ("c", "k")):  # fmt: skip
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


def _distance(a: str, b: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


def speaks_for_state(name: str) -> bool:
    """True for a body that is its country's government: a minister can stand for it ("the foreign ministry")."""
    return _STATE_BODY.search(name.lower()) is not None


@lru_cache(maxsize=65536)
def content(name: str) -> frozenset[str]:
    """The stems of a name's telling words, numbers included, countries as their names."""
    words = re.findall(r"[^\W_]+", name.lower().replace("'s", "").replace("’s", ""))
    return frozenset(stem(_demonyms().get(word, word)) for word in words if word not in _EMPTY)


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, str]:
    """ "chinese" -> "china": the forms of countries' names that are one word."""
    names = {row["iso3"]: row["name"].lower() for row in rows("countries")}
    return {
        row["form"].lower(): names[row["iso3"]]
        for row in rows("country_forms")
        if row["iso3"] in names and " " not in row["form"] and " " not in names[row["iso3"]]
    }


@lru_cache(maxsize=65536)
def same_organisation(a: str, b: str) -> bool:
    """True when two names can be one organisation's: one holds the other's telling words, or is its initials."""
    x, y = content(a), content(b)
    if x and y and (x <= y or y <= x):
        return True
    return _initials(a) == b.replace(".", "").lower() or _initials(b) == a.replace(".", "").lower()


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W_]+", name) if word[0].isupper()).lower()


@lru_cache(maxsize=65536)
def instrument_match(a: str, b: str) -> float:
    """How far two names of an instrument agree: 0 not one thing, 1 the same words.

    Two years or two ordinals that differ keep them apart ("the fifth meeting", "the sixth meeting").
    """
    x, y = content(a), content(b)
    if not x or not y:
        return 0.0
    for marks in (_years(x), _years(y)), (_ordinals(x), _ordinals(y)):
        if marks[0] and marks[1] and marks[0].isdisjoint(marks[1]):
            return 0.0
    if (here := _where(a)) and (there := _where(b)) and here != there:
        return 0.0  # "China's year in France", "France's year in China"
    if len(x & y) >= 2 and x - _years(x) == y - _years(y):
        return 1.0
    common = (x & y) - country_names()
    if not common:
        return 0.2 if x & y and (x <= y or y <= x) else 0.0
    return max(0.34, len(x & y) / min(len(x), len(y)))


def _where(name: str) -> str | None:
    """The country or town that a name ends with: "the Year of Tourism in China" -> "china"."""
    found = re.search(r"\bin ([A-Z][^\W_]+(?: [A-Z][^\W_]+)*)$", name)
    return found[1].lower() if found else None


@lru_cache(maxsize=1)
def country_names() -> frozenset[str]:
    """The stems of the countries' names that are one word."""
    return frozenset(stem(name) for name in _demonyms().values())


_ORDINALS = {w: str(i) for i, w in enumerate(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1)}  # fmt: skip


def _years(words: frozenset[str]) -> frozenset[str]:
    return frozenset(w for w in words if len(w) == 4 and w.isdecimal() and w[:2] in ("19", "20"))


def _ordinals(words: frozenset[str]) -> frozenset[str]:
    named = {_ORDINALS[w] for w in words if w in _ORDINALS}
    counted = {m[1] for w in words if (m := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", w))}
    return frozenset(named | counted)


@lru_cache(maxsize=1)
def _towns() -> frozenset[str]:
    found = {plain(row["name"]) for row in rows("towns")}
    return frozenset(found | {plain(row["capital"]) for row in rows("countries") if row["capital"]})


def plain(name: str) -> str:
    """A place's name without accents, case and punctuation."""
    return " ".join(name_parts(name))


@lru_cache(maxsize=65536)
def places_contradict(a: str, b: str) -> bool:
    """True when both names are towns and not the same one. A venue contradicts no town: it may stand in it."""
    x, y = plain(a), plain(b)
    if x == y or x in y or y in x or alike(x, y):
        return False
    return x in _towns() and y in _towns()
