"""Well-known happenings whose day is known, recognised in a report's first lines.

A row of the chronicle is a kind of act and groups of words: who, with or against whom, where. A text tells of the
happening when one sentence asserts the act beside all groups but one, and the last stands close by. An act that lies
ahead, is denied, or is only looked back on ("since the invasion", "the treaty signed in 2010") does not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from communique.model import DayRange, Span
from communique.tables import rows

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_PLACE_FORMS: Final = frozenset(("name", "variant", "official", "capital"))
_FORMS: Final = _PLACE_FORMS | {"demonym", "seat"}
_VAGUE_FORM: Final = re.compile(r"generic|two states|shared")
_MAY: Final = re.compile(r"\bMay\b")  # the month or a name; "may" is the verb
_SINGLE: Final = {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "s", "’": "'", "‘": "'"}
_BREAK: Final = re.compile(r"\n+|(?<=[.!?\"”')])\s+(?=[\"“'(]?[A-Z])")
_MONTH: Final = (
    "(?:january|february|march|april|MAY|june|july|august|september|october|november|december"
    r"|jan\.?|feb\.?|mar\.?|apr\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)"
)
_NO_BREAK: Final = re.compile(  # "Gen.", "Sept.", and the dateline "OSLO, March 5."
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|St|Col|Lt|Maj|Gov|Prof|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
    r"|[A-Z][a-z]+ \d\d?|^.{0,40}\d [A-Z][a-z]+)\.$"
)
# Right before the act: it lies ahead, is wished, denied, or looked back on.
_NOT_TOLD: Final = re.compile(
    r"(?:\b(?:will|would|may|might|could|should|can|cannot|must|plan|plans|planned|planning|expected|scheduled|due"
    r"|upcoming|forthcoming|proposed|possible|potential|if|whether|unless|before|until|not|never|no|without|ahead of"
    r"|previous|earlier|democratically|last (?:year|month|week)(?:'s)?|(?:19|20)\d\d"
    r"|(?:is|are|was|were|be|been|going|wants?|wanted|hopes?|hoped|hoping|ready|wish\w*|refus\w+|declin\w+|threat\w+"
    r"|vow\w*|aim\w*|intend\w*|prepar\w+|about|likely|able|fail\w*|set|attempt\w*|need\w*|ask\w*|urg\w+) to)"
    r"|n't)\s+(?:[\w'.]+\s+){0,2}$"
    r"|\b(?:since|(?:days|weeks|months|years) after|anniversary of|ever since)\s+(?:[\w'.]+,?\s+){0,5}$"
)
_DENIED: Final = re.compile(
    r"(?:\b(?:no|not|never|den(?:y|ies|ied)(?: that)?|without|fake|false)|n't)\s+(?:[\w'.]+\s+){0,3}$"
)
_RECEIVED_THING: Final = re.compile(
    r"\w*\s+(?:\w+\s+){0,3}(?:message|letter|call|telegram|invitation|note|award|prize|medal|condolences|congratulations)\b"
)
_HEADLINE_AHEAD: Final = re.compile(r"\bto\s+$")  # "Kings to meet in Oslo"
# Nouns for what may lie ahead as well as behind: in a sentence that looks ahead they tell of nothing.
_NOUNS: Final = re.compile(
    r"visit|trip|tour|talks|summit|meeting|meetings|conference|session|round|dialogue|forum|agreements?|deal|treaty|accord"
    r"|pact|memorandum|operations?|offensive|invasion|incursion|intervention|war|attacks?|strikes?|assault|ceasefire|truce"
    r"|peace|withdrawal|pullout|membership|accession|entry|resolution|sanctions|tariffs?|speech|statement|address"
)
_AHEAD: Final = re.compile(
    r"\b(?:will|would|(?:is|are|was|were|plans?|planned|expected|scheduled|due|set|going|hopes?|wants?|intends?) to)\b"
)
# Soon after the act, in its clause: a day long past, or a month or year as one looks back.
_LONG_PAST: Final = (
    r"(?:\bago\b|\blast (?:month|year|spring|summer|autumn|fall|winter|" + _MONTH + r")\b"
    r"|\bearlier this (?:month|year)\b|\b(?:weeks|months|years) (?:earlier|before)\b"
    rf"|\b(?:in|since|of|from) (?:early |late |mid )?(?:{_MONTH}(?: of)?,? )?(?:19|20)\d\d\b"
    rf"|\bin (?:early |late |mid )?{_MONTH}(?! \d))"
)
_LOOKED_BACK: Final = re.compile(rf"^(?:(?!\b(?:which|that|who|whose|where|when)\b)[^,.;]){{0,120}}?{_LONG_PAST}")
_OPENS_BACK: Final = re.compile(rf"^\W*(?:{_LONG_PAST}|(?:\w+ ){{1,4}}ago\b)")
_DATED_YEAR: Final = re.compile(rf"(?:\b(?:in|since|of|from)|{_MONTH}(?: \d{{1,2}})?,?|\d) ((?:19|20)\d\d)\b")
_UNMARKED: Final = 0.3
_DATELINE: Final = re.compile(  # "OSLO, March 5, 2021": its year is that of the report, or of a page that copied it
    rf"^\W*(?:[\w.']+,? ){{0,5}}(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}),? (?:19|20)\d\d\b"
)
_COME_ROUND: Final = frozenset(("visit", "meeting", "talks", "summit", "call"))
_REACH: Final = 2  # sentences, before and after the one that asserts the act


@dataclass(frozen=True, slots=True)
class Happening:
    """A happening that the first lines tell of. `told` is the sentence that asserts it, in characters of the text."""

    what: str
    days: DayRange
    groups: int  # how many groups of words the text had to contain, the act among them
    told: Span
    weight: float = 1.0  # less where a like one fits with a word more
    comes_round: bool = False  # a visit or a meeting: the same people may have met there at another time too


@dataclass(frozen=True, slots=True)
class _Row:
    what: str
    kind: str
    days: DayRange
    act: frozenset[int]  # ids of words; any one of them will do
    groups: tuple[frozenset[int], ...]
    marks: tuple[frozenset[int], ...]  # groups that tell it from others of its kind, where the text has them

    def can_be_told_with(self, words: frozenset[int]) -> bool:
        """Whether a text of these words may hold the act and every group."""
        return not any(map(words.isdisjoint, (*self.groups, self.act)))


class _Chronicle:
    """The table, ready to be looked up. Rows are read when a text holds a word of their rarest group, not before."""

    def __init__(self) -> None:
        from ahocorasick_rs import AhoCorasick

        self._rows = rows("chronicle")
        self._forms = _forms()
        self._acts = {row["kind"]: row["words"] for row in rows("chronicle_kinds")}
        self._read: dict[int, _Row] = {}
        self._groups: dict[str, frozenset[int]] = {}
        self._numbers: dict[tuple[str, str | None], int] = {}
        parts = [row["words"].split(";") for row in self._rows]
        used = Counter(chain.from_iterable(parts))
        times: Counter[str] = Counter()
        for words, n in used.items():
            times.update(dict.fromkeys(words.split("|"), n))
        load = {words: sum(times[word] for word in words.split("|")) for words in used}
        self._by_group: dict[str, list[int]] = defaultdict(list)  # rows by the rarest of the groups that they need
        for n, groups in enumerate(parts):
            self._by_group[min((group for group in groups if group[0] != "?"), key=load.__getitem__)].append(n)
        self._group_of: dict[int, list[str]] = defaultdict(list)  # such groups by their words
        for words in (*self._acts.values(), *(group.lstrip("?") for group in used)):
            self.group(words)
        for words in self._by_group:
            for number in self.group(words):
                self._group_of[number].append(words)
        keys = list(self._numbers)
        # As in the table: capitals must be capitals in the text, a final * lets the word go on.
        self.words = tuple(word for word, _ in keys)
        self.country = tuple(country for _, country in keys)  # for each word, the country of which it is a form
        self.machine: AhoCorasick = AhoCorasick([word.rstrip("*").lower() for word in self.words])

    def group(self, words: str) -> frozenset[int]:
        """The numbers of the words of a group, countries in all their forms."""
        found = self._groups.get(words)
        if found is None:
            numbers = self._numbers
            found = self._groups[words] = frozenset(
                numbers.setdefault((form, country), len(numbers))
                for word in words.split("|")
                for country, forms in (self._forms.get(word, (None, None)),)
                for form in (forms or (_folded(word),))
            )
        return found

    def row(self, n: int) -> _Row:
        if n not in self._read:
            row = self._rows[n]
            days = DayRange(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
            parts = row["words"].split(";")
            needed = tuple(self.group(part) for part in parts if part[0] != "?")
            marks = tuple(self.group(part[1:]) for part in parts if part[0] == "?")
            self._read[n] = _Row(row["what"], row["kind"], days, self.group(self._acts[row["kind"]]), needed, marks)
        return self._read[n]

    def candidates(self, words: frozenset[int]) -> dict[int, _Row]:
        """The rows, by their numbers, of which each group has one of `words`."""
        groups = dict.fromkeys(group for word in words for group in self._group_of.get(word, ()))
        return {
            n: row
            for group in groups
            for n in self._by_group[group]
            for row in (self.row(n),)
            if row.can_be_told_with(words)
        }


class _Hit(NamedTuple):
    word: int
    begin: int
    end: int
    sentence: int


def find_happenings(lead: str) -> tuple[Happening, ...]:
    """The happenings that `lead`, the first lines of a report, tells of, in the order of the table.

    Several come back where the words fit several, as when two leaders met twice in one city.
    """
    chronicle = _chronicle()
    text = _folded(lead)
    lower = text.lower()
    sentences = tuple(_sentences(text))
    by_word: dict[int, list[_Hit]] = defaultdict(list)
    for hit in _hits(chronicle, text, lower, sentences):
        by_word[hit.word].append(hit)
    marked = "MAY".join(part.lower() for part in _MAY.split(text))
    told = {}
    candidates = chronicle.candidates(frozenset(by_word))
    for key, row in candidates.items():
        sentence = _told(row, by_word, marked, sentences)
        if sentence is not None:
            told[key] = sentence
    rows_told = {key: candidates[key] for key in told}
    sure = [
        row
        for key, row in rows_told.items()
        if row.marks and all(_near(part, told[key], by_word) for part in row.marks)
    ]
    found = [
        Happening(
            row.what,
            row.days,
            len(row.groups) + 1,
            Span(*sentences[told[key]]),
            _UNMARKED if row not in sure and any(_covers(row, other) for other in sure) else 1.0,
            row.kind in _COME_ROUND,
        )
        for key, row in rows_told.items()
    ]
    return tuple(sorted(found, key=lambda happening: (happening.days, happening.what)))


def _near(group: frozenset[int], sentence: int, by_word: dict[int, list[_Hit]]) -> bool:
    return any(abs(hit.sentence - sentence) <= _REACH for word in group if word in by_word for hit in by_word[word])


def _covers(row: _Row, other: _Row) -> bool:
    """Whether a text that tells of `other` could be one of `row`: the same act, and no group that `other` lacks."""
    return row.act == other.act and all(any(part <= group for part in other.groups) for group in row.groups)


def _told(row: _Row, by_word: dict[int, list[_Hit]], text: str, sentences: tuple[tuple[int, int], ...]) -> int | None:
    """The number of the sentence that asserts the act of `row`, with its groups about it; None where none does."""
    where = []
    for group in row.groups:
        numbers = {hit.sentence for word in group if word in by_word for hit in by_word[word]}
        if not numbers:
            return None
        where.append(numbers)
    needed = (3 * len(where) + 4) // 5  # all of two, two of three, three of four
    acts = sorted((hit for word in row.act if word in by_word for hit in by_word[word]), key=lambda hit: hit.begin)
    for act in acts:
        n = act.sentence
        near = set(range(n - _REACH, n + _REACH + 1))
        if not all(numbers & near for numbers in where):
            continue
        begin, end = sentences[n]
        here = sum(n in numbers for numbers in where)
        after_lead = here and len(where) > 2 and all(numbers & {n - 1, n} for numbers in where)
        if here < needed and not after_lead:  # "Norland and Sudland ... The ministers signed it in Oslo."
            continue
        if here >= needed and _DENIED.search(text[begin : act.begin]):
            return None
        before, word, after = text[begin : act.begin], text[act.begin : act.end], text[act.end : end]
        if _NOT_TOLD.search(before) or _LOOKED_BACK.match(after) or _OPENS_BACK.match(before):
            continue
        if _NOUNS.fullmatch(word) and _AHEAD.search(before):
            continue
        if word.startswith("receiv") and _RECEIVED_THING.match(after):
            continue
        if _HEADLINE_AHEAD.search(before) and after.rstrip()[-1:] not in (".", "!", "?", '"', "\u201d"):
            continue
        dateline = _DATELINE.match(text[begin:end]) if n == 0 else None
        if str(row.days.first.year) in _DATED_YEAR.findall(text, begin + (dateline.end() if dateline else 0), end):
            continue  # it says its year: a report of the time does not
        return n
    return None


# --- the text --------------------------------------------------------------------------------------------------------


def _folded(text: str) -> str:
    """`text` without accents, hyphens as spaces, of the same length."""
    if not text.isascii():
        text = "".join(c if c < "\x7f" else _SINGLE.get(c) or unicodedata.normalize("NFKD", c)[0] for c in text)
    return text.replace("-", " ").replace("–", " ")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in _BREAK.finditer(text):
        if "\n" not in match.group() and _NO_BREAK.search(text[begin : match.start()]):
            continue
        if text[begin : match.start()].strip():
            yield begin, match.start()
        begin = match.end()
    if text[begin:].strip():
        yield begin, len(text)


def _hits(chronicle: _Chronicle, text: str, lower: str, sentences: tuple[tuple[int, int], ...]) -> Iterator[_Hit]:
    """The words of the table that stand in the text as words."""
    spans: list[tuple[int, int, int]] = []
    for number, begin, end in chronicle.machine.find_matches_as_indexes(lower, overlapping=True):
        word = chronicle.words[number]
        if begin and lower[begin - 1].isalnum():
            continue
        if word[0].isupper() and not text[begin].isupper():
            continue
        if not word.endswith("*") and end < len(lower) and lower[end].isalnum():
            continue
        spans.append((begin, end, number))
    for begin, end, number in spans:
        country = chronicle.country[number]
        if country and any(
            b <= begin and end <= e and e - b > end - begin and chronicle.country[other] not in (None, country)
            for b, e, other in spans
        ):
            continue  # the Sudan of "South Sudan"
        for n, (first, last) in enumerate(sentences):
            if first <= begin < last:
                yield _Hit(number, begin, end, n)
                break


# --- the table -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _chronicle() -> _Chronicle:
    return _Chronicle()


def _forms() -> dict[str, tuple[str, tuple[str, ...]]]:
    """ "NOR" and any form of the country's name, "NOR." and those that are no people's; each with the country."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows("country_forms"):
        if row["kind"] in _FORMS and not _VAGUE_FORM.search(row["caution"]) and len(row["form"]) < 40:
            form = _folded(row["form"])
            found[row["iso3"]].append(form)
            if row["kind"] in _PLACE_FORMS:
                found[row["iso3"] + "."].append(form)
    return {code: (code[:3], tuple(forms)) for code, forms in found.items()}
