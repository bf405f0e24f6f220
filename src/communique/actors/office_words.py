"""The words of offices: heads, portfolios, status, and the normalised key that they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from communique.actors.words import Words
from communique.tables import rows

Status = Literal["current", "former", "acting", "designate"]
STATUS: dict[str, Status] = {
    "former": "former", "ex": "former", "then": "former", "late": "former", "outgoing": "current",
    "ousted": "former", "deposed": "former", "retired": "former", "onetime": "former", "erstwhile": "former",
    "acting": "acting", "interim": "acting", "caretaker": "acting", "provisional": "acting",
    "designate": "designate", "elect": "designate", "incoming": "designate", "designated": "designate",
}  # fmt: skip
RANKS = frozenset(
    """deputy vice first second senior chief top special permanent executive assistant associate honorary principal
    lead joint high leading veteran career long-time longtime prominent influential general regional
    supreme honourable honorable""".split()
)
# Words before the head that belong to the title: "Deputy", "First", "Foreign".
TITLE_WORDS = RANKS | frozenset(
    """foreign defence defense interior finance trade commerce economy energy justice agriculture transport culture
    tourism education health environment labour labor industry security press prime home external internal treasury
    climate migration sports sport science digital investment planning water housing naval air police national party
    parliamentary government presidential cabinet economic political military trade peace nuclear budget
    human""".split()
)
BEFORE = frozenset(
    """visiting newly elected new current present incumbent de facto self-proclaimed self appointed re reelected
    sworn embattled popular pro opposition military exiled reformist hardline moderate conservative liberal populist
    far right left centrist nationalist communist leftist longtime young old then-
    """.split()
)
# Passing circumstances, not part of an office.
PASSING = frozenset("visiting touring present".split())
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "our", "two", "three", "both", "one", "another", "some"})
OWNERS = frozenset({"his", "her", "their", "its", "our", "my", "whose"})
LINKS = frozenset({"of", "for", "to", "in", "on", "at", "with"})
NOT_BODY = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december""".split()
)
VERBISH = frozenset({"VERB", "AUX", "ADP", "SCONJ", "ADV", "PRON", "NUM", "INTJ", "X", "SPACE", "PUNCT", "CCONJ"})
# For a token: the state mention that holds it (start, end, ISO code).
Places = Mapping[int, tuple[int, int, str]]
# For a token: the organisation that holds it (start, end, ISO code; "" for a state's body of which the text does not
# say whose, None for a body of many states).
Bodies = Mapping[int, tuple[int, int, str | None]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known to be named where, before offices are looked for."""

    states: Places
    bodies: Bodies


@dataclass(frozen=True, slots=True)
class OfficeHead:
    """A row of tables/offices.csv."""

    words: tuple[str, ...]
    plural: bool
    key: str
    rank: int
    sector: str
    scope: str  # "state", "body" or "person"
    gender: str
    singular: str = ""
    country: str = ""  # the one state that has an office of this name


@lru_cache(maxsize=1)
def office_heads() -> dict[str, list[tuple[tuple[str, ...], OfficeHead]]]:
    """First word -> the heads that begin with it, longest first. Hyphens are words of their own."""
    table: dict[str, list[tuple[tuple[str, ...], OfficeHead]]] = {}
    for row in rows("offices"):
        for form, plural in ((row["head"], False), (row["plural"], True)):
            if form:
                split = tuple(form.replace("-", " - ").split())
                head = OfficeHead(
                    split, plural, row["key"], int(row["rank"]), row["sector"], row["scope"], row["gender"],
                    row["head"], row["country"],
                )  # fmt: skip
                table.setdefault(split[0], []).append((split, head))
    for heads in table.values():
        heads.sort(key=lambda pair: (-len(pair[0]), pair[1].plural))
    return table


@lru_cache(maxsize=1)
def portfolios() -> dict[str, str]:
    """ "foreign affairs" -> "foreign minister"."""
    return {row["words"]: row["key"] for row in rows("office_portfolios")}


@lru_cache(maxsize=1)
def portfolio_words() -> frozenset[str]:
    extra = """affairs development policy relations industries resources economic social protection agricultural
    natural human rights women children family religious information digital innovation innovations aerospace ecology
    internal federal public national regional local rural urban mineral minerals european african asian population
    territorial integration commonwealth overseas administrative reform budget revenue taxation customs borders border
    emergency situations civil sports reforms strategic parliamentary constitutional veterans disaster management
    water land forestry aviation maritime marine transportation communication press media propaganda governance
    investments small business enterprises enterprise technology technologies research modernisation modernization
    privatisation privatization growth stability""".split()
    return frozenset(w for words in portfolios() for w in words.split() if w != "and") | frozenset(extra)


def head_at(words: Words, i: int) -> OfficeHead | None:
    """The longest office head that begins at token `i` and is a noun there."""
    for split, head in office_heads().get(words.lower[i], ()):
        n = len(split)
        if i + n <= words.n and tuple(words.lower[i : i + n]) == split and _is_noun(words, i, i + n, head):
            if n == 1 and words.lower[i] in RANKS and _ranks_another(words, i):
                return None
            return head
    return None


def _ranks_another(words: Words, i: int) -> bool:
    """Whether "deputy", "chief" ... at token `i` only ranks the office after it: "Deputy Trade Minister"."""
    j = i + 1
    while j < words.n and j - i < 5:
        if head_at(words, j) is not None:
            return True
        if words.lower[j] not in RANKS and words.lower[j] not in portfolio_words():
            return False
        j += 1
    return False


def _is_noun(words: Words, start: int, end: int, head: OfficeHead) -> bool:
    last = end - 1
    hyphened = start > 1 and words.text[start - 1] == "-" and words.ends[start - 1] == words.starts[start]
    if hyphened and words.lower[start - 2] not in ("ex", "vice", "co", "pro", "then"):
        return False  # "Nur-Sultan"
    if words.pos[last] not in ("NOUN", "PROPN"):
        # The tagger sometimes takes a title before a name for an adjective or a verb.
        return words.is_cap(last) and end < words.n and words.is_cap(end) and words.pos[end] == "PROPN"
    single = words.lower[last]
    if end - start == 1 and _is_a_name(words, start):
        return False
    if end - start == 1 and single in ("general", "justice", "major", "count", "lord"):
        return words.is_cap(last) and end < words.n and words.is_cap(end) and words.ent[last] != "ORG"
    if single in ("majors", "counts"):
        return False
    if words.dep[last] in ("compound", "amod", "nmod") and words.head[last] >= end:
        # "the head office", "member states", "leader board": a noun before a noun that is no name.
        governor = words.head[last]
        if end < words.n and words.is_cap(end) and words.pos[end] == "PROPN":
            return True
        if not words.is_cap(governor) and words.lower[governor] in office_heads():
            return False  # "chief negotiator": the later word is the office
        if not words.is_cap(governor):
            return False
    if last + 1 < words.n and words.text[last + 1] == "-" and words.ends[last] == words.starts[last + 1]:
        return words.lower[last + 2 : last + 3] == ["elect"] or words.lower[last + 2 : last + 3] == ["designate"]
    return True


# Titles that are family names or given names too.
_NAMES_TOO = frozenset(
    """king prince pope bishop judge dean marshal baron count duke lord major sultan shah emir imam queen page rector
    abbot malik rabbi speaker driver chancellor""".split()
)
_ARABIC_LINKS = frozenset({"al", "el", "bin", "ibn", "bint", "ul", "ur"})


def _is_a_name(words: Words, i: int) -> bool:
    """Whether the title at token `i` is a word of a person's name: "Larry King said", "Sultan Al Jaber"."""
    word = words.lower[i]
    before = words.text[i - 1] if i else ""
    after = words.lower[i + 1] if i + 1 < words.n else ""
    if len(word) <= 3 and word in ("pm", "fm", "dpm"):
        return not words.text[i].isupper() or before.isdecimal() or before in (".", ":")
    if word not in _NAMES_TOO or not words.is_cap(i):
        return False
    if word == "shah":  # since 1979 nobody's title
        return before.lower() != "the" and after != "of"
    if after in _ARABIC_LINKS:
        return True
    last = not (i + 1 < words.n and words.is_cap(i + 1) and words.text[i + 1].isalpha())
    return (
        last
        and after not in ("of", "for")
        and bool(before)
        and words.pos[i - 1] == "PROPN"
        and words.ent[i] == "PERSON"
    )


def keyed(head: OfficeHead, before: list[str], body: list[str]) -> str:
    """The normalised key: "minister" + "foreign" or + "of foreign affairs" is "foreign minister"."""
    if head.key not in ("minister", "deputy minister", "secretary", "state secretary", "commissioner"):
        if head.key == "leader" and "opposition" in before:
            return "opposition leader"
        if head.key == "president" and ("vice" in before or "deputy" in before):
            return "vice president"
        if "deputy" in before and head.key in ("head of government", "foreign minister"):
            return {"head of government": "deputy head of government", "foreign minister": "deputy foreign minister"}[
                head.key
            ]
        return head.key
    table = portfolios()
    key = ""
    if body:
        trimmed = [w for w in body if w not in ("the", ",")]
        if any(pair in (("foreign", "affairs"), ("external", "affairs")) for pair in pairwise(trimmed)):
            key = "foreign minister"
        for n in range(len(trimmed), 0, -1):
            key = key or table.get(" ".join(trimmed[:n]), "")
    for n in range(len(before)):
        key = key or table.get(" ".join(before[n:]), "")
    if not key:
        return head.key
    if head.key == "commissioner":
        return "commissioner"
    deputy = head.key == "deputy minister" or "deputy" in before or "vice" in before or "assistant" in before
    return f"deputy {key}" if deputy else key
