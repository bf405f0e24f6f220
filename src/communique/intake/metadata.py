"""The bar of labels, times and counts over an article: what the page declares of itself. Claims, never facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from communique.intake.stamps import Stamp, find_stamps
from communique.intake.words import vocabulary
from communique.model import Declared

_BRACKETS = str.maketrans({"【": "[", "】": "]", "｜": "|", "：": ":", "（": "(", "）": ")"})
_SEPARATOR = re.compile(r"\s*[|·•¦]\s*|\s{2,}|\s+[-–—]\s+|\s*;\s+")
_COUNT = re.compile(r"^\W{0,3}(\d{1,3}(?:[,.]\d{3})+|\d{1,9})(?![\d.,]*[kKmM]\b)")
_COUNTED = re.compile(
    r"^(\d{1,3}(?:[,.]\d{3})+|\d{1,9})\s+(comments?|replies|views?|clicks?|hits|reads)$", re.IGNORECASE
)
_BYLINE = re.compile(r"^(?:By|BY|Written by|Posted by|Reported by)\s+(.{2,80})$")
_IN = re.compile(r"^in\s+(.{2,40})$")
_IN_BRACKETS = re.compile(r"^\(([^()]{2,50})\)\s*(?=\d)")
_AGO = re.compile(r"\b(?:\d+|an?) (?:second|minute|hour|day|week|month|year)s? ago\b", re.IGNORECASE)
_CLOCK_FIRST = re.compile(r"^\d{1,2}:\d\d\b")
_WORDS = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_SWITCH = re.compile(r"\[[^\]]*\]|\bA\s?[-+]|\b\d{1,2}[\s-]?min(?:ute)?s?(?: read)?\b|[<>»]+", re.IGNORECASE)
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")
_HOST_LIKE = re.compile(r"^(?:[a-z-]*\d[\w-]*|[\w-]+(?:\.[a-z]{2,})+)$")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a bar declares. `name` is one of source, author, editor, published, modified, views, comments,
    section, agency, site; `label` is the word before it, "" where there is none. A time's `value` is ISO 8601, with
    `readings` and no value where it can be read two ways."""

    name: str
    value: str
    label: str = ""
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of declared metadata. `unfilled`: labels whose value is missing; `rest`: words that nothing explains."""

    fields: tuple[Field, ...]
    unfilled: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _label_pattern() -> re.Pattern[str]:
    names = sorted(vocabulary().labels, key=lambda name: (-len(name), name))
    known = "|".join(re.escape(name) for name in names)
    return re.compile(
        rf"(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))(?:(?P<known>(?i:{known}))\s*(?::|(?=\(\d))"
        r"|(?P<other>[A-Z][a-z]+(?: [a-z]+)?):(?=\s))"
    )


def read_bar(line: str) -> Bar | None:
    """The metadata that `line` declares, or None when it is another kind of line.

    Inner runs of blanks must still be there: they divide the parts. Sentences and headlines give None.

    >>> [(field.name, field.value) for field in read_bar("Source: Daily Post | 2024-05-02 10:15").fields]
    [('source', 'Daily Post'), ('published', '2024-05-02T10:15')]
    """
    line = line.translate(_BRACKETS).strip()
    if not line or len(line) > 400 or (line[-1] in ".!?" and line.count(" ") >= 8):
        return None
    pieces, labels = _pieces(line)
    fields: list[Field] = []
    unfilled: list[str] = []
    rest: list[str] = []
    known = stamped = 0
    for label, value in pieces:
        name = vocabulary().labels.get(label.lower(), "none") if label else ""
        if not label and value.isdecimal() and len(value) < 6 and _CLOCK_FIRST.match(line) and stamped:
            fields.append(Field("comments", value))  # "09:13 UTC+8, 2024-03-05  0"
            continue
        found = _labelled(name, label, value) if label else _unlabelled(value)
        if label and name not in ("none", "") and not value.strip(" []()|-"):
            unfilled.append(label)
            known += 1
            continue
        if found is None:
            rest += _WORDS.findall(_SWITCH.sub(" ", f"{label} {value}"))
            continue
        known += bool(label) and name != "none"
        stamped += any(field.name in ("published", "modified") for field in found)
        fields += found
    bar = Bar(tuple(fields), tuple(unfilled), tuple(rest))
    return bar if _is_bar(line, bar, known, stamped, labels) else None


def _pieces(line: str) -> tuple[list[tuple[str, str]], int]:
    """(label, value) pairs in order, the label "" for parts without one; and how many labels there are."""
    matches = list(_label_pattern().finditer(line))
    cuts: list[tuple[str, str]] = [("", part) for part in _parts(line[: matches[0].start()] if matches else line)]
    for n, match in enumerate(matches):
        end = matches[n + 1].start() if n + 1 < len(matches) else len(line)
        label = match["known"] or match["other"]
        first, *others = _parts(line[match.end() : end]) or [""]
        cuts.append((label, first))
        cuts += [("", part) for part in others]
    return cuts, len(matches)


def _parts(text: str) -> list[str]:
    """`text` cut at pipes, dots, wide gaps and lone dashes; a stamp is never cut."""
    text = text.strip().strip("|").strip()
    if not text:
        return []
    stamps = list(find_stamps(text))
    parts: list[str] = []
    last = 0
    for match in _SEPARATOR.finditer(text):
        if any(stamp.start < match.end() and match.start() < stamp.end for stamp in stamps):
            continue
        parts.append(text[last : match.start()])
        last = match.end()
    parts.append(text[last:])
    return [part.strip() for part in parts if part.strip()]


def _labelled(name: str, label: str, value: str) -> list[Field] | None:
    """What a label and its value declare; None when the value does not suit the label."""
    value = value.strip().strip(",;|")
    if name in ("published", "modified"):
        stamps = list(find_stamps(value))
        return [_time_field(name, label, stamps[0])] if stamps else None
    if name in ("views", "comments"):
        match = _COUNT.match(value)
        return [Field(name, re.sub(r"\D", "", match[1]), label)] if match else ([] if value.startswith("[") else None)
    if name == "none":
        return [] if len(value.split()) <= 6 else None
    stamps = list(find_stamps(value))
    if stamps and stamps[0].start > 0:  # "Source: Daily Post 2024-05-02 10:15": the time has no label of its own
        before = value[: stamps[0].start].strip(" ,|-")
        found = _labelled(name, label, before)
        return None if found is None else [*found, _time_field("published", "", stamps[0])]
    value = _SWITCH.sub(" ", value).strip()
    if not value or len(value.split()) > 8 or value[-1:] in ".!?":
        return None if value else []
    return [Field(name, " ".join(value.split()), label)]


def _time_field(name: str, label: str, stamp: Stamp) -> Field:
    return Field(name, stamp.iso or "", label, stamp.readings)


def _unlabelled(part: str) -> list[Field] | None:
    """What a part without a label declares; None when it says nothing that we know the shape of."""
    bracket = _IN_BRACKETS.match(part)
    if bracket:
        after = _unlabelled(part[bracket.end() :])
        return None if after is None else [Field("source", bracket[1].strip()), *after]
    stamps = list(find_stamps(part))
    if stamps:
        left = _AGO.sub("", part[: stamps[0].start] + " " + part[stamps[-1].end :]).strip(" ,|-")
        found = [_time_field("published", "", stamps[0])]
        if left.isdecimal() and part.endswith(left) and len(left) < 6:
            return [*found, Field("comments", left)]
        more = _unlabelled(left) if left else []
        return None if more is None and len(_WORDS.findall(left)) > 2 else [*found, *(more or [])]
    counted = _COUNTED.match(part)
    if counted:
        word = counted[2].lower()
        return [Field("comments" if word[0] == "c" or word == "replies" else "views", re.sub(r"\D", "", counted[1]))]
    byline = _BYLINE.match(part)
    if byline and len(byline[1].split()) <= 6 and byline[1][-1:] not in ".!?" and ":" not in byline[1]:
        return [Field("author", byline[1].strip())]
    inside = _IN.match(part)
    if inside and len(inside[1].split()) <= 4:
        return [Field("section", inside[1].strip())]
    if not _WORDS.findall(_SWITCH.sub(" ", part)):
        return []
    kind = value_kind(part)
    return [Field("site" if kind == "publisher" else kind, part)] if kind else None


def value_kind(value: str) -> str | None:
    """What a name in a bar is by its shape: "section", "agency", "publisher", or None.

    A word in small letters is a column of the site, not an outlet, whatever label stands before it.
    """
    words = vocabulary()
    low = value.lower().strip()
    if low in words.nobody or len(low.split()) > 6:
        return None
    if low in words.agencies:
        return "agency"
    if low in words.sections:
        return "section"
    if _HOST_LIKE.match(value):
        return "publisher"
    last = re.split(r"[\s-]", low)[-1]
    if last in words.outlet or _DOMAIN.match(value) or re.fullmatch(r"(?:[A-Z][a-z]+){2,}", value):
        return "publisher"
    if value.isupper() and 2 <= len(value) <= 5:
        return "agency"
    return None


def _is_bar(line: str, bar: Bar, known: int, stamped: int, labels: int) -> bool:
    """Whether the parts that were understood outweigh the words that were not."""
    names = {field.name for field in bar.fields}
    clock = any("T" in (field.value or "".join(field.readings)) for field in bar.fields if field.name in _TIMES)
    parted = bool(re.search(r"[|·•]|\s{2,}|\s[-–—]\s", line))
    if known >= 2:
        return len(bar.rest) <= 8
    if known == 1 and bar.fields:
        return len(bar.rest) <= 3
    if stamped:
        return len(bar.rest) <= (5 if clock else 3 if parted else 1)
    if names == {"author"} and labels == 0:
        return len(bar.rest) == 0
    if len(bar.fields) >= 2 and parted:
        return len(bar.rest) <= 2 and bool(names & {"author", "comments", "views"})
    return known == 1 and not bar.rest and bool(bar.unfilled)


_TIMES = ("published", "modified")


def declared_of(bars: Iterable[Bar], *, days: frozenset[str] = frozenset()) -> tuple[Declared, list[str]]:
    """The claims of the bars over an article, the first of each kind, and notes on what could not be read.

    `days`: ISO days that other parts of the page name; they decide between day first and month first.
    """
    declared = Declared()
    notes: list[str] = []
    for bar in bars:
        for field in bar.fields:
            if field.name in _TIMES:
                iso = field.value or _settle(field.readings, days)
                if iso is None:
                    if field.name == "published" and not declared.readings:
                        declared = replace(declared, readings=field.readings)
                    notes.append(f"the page's date can be read two ways: {' or '.join(r[:10] for r in field.readings)}")
                elif field.name == "published" and declared.published is None:
                    declared = replace(declared, published=iso, readings=())
                elif field.name == "modified" and declared.modified is None:
                    declared = replace(declared, modified=iso)
            elif field.name == "views" and declared.views is None:
                declared = replace(declared, views=int(field.value))
            elif field.name == "comments" and declared.comments is None:
                declared = replace(declared, comments=int(field.value))
            else:
                declared = _name_claim(declared, field)
    return declared, notes


def _settle(readings: tuple[str, ...], days: frozenset[str]) -> str | None:
    """The one reading whose day is named elsewhere on the page."""
    fitting = [reading for reading in readings if reading[:10] in days]
    return fitting[0] if len(fitting) == 1 else None


def _name_claim(declared: Declared, field: Field) -> Declared:
    """Adds an author, a section or an origin. "Source: entertainment" declares a section."""
    value = field.value
    if field.name == "author":
        return declared if declared.author else replace(declared, author=value)
    kind = "section" if field.name == "section" else value_kind(value)
    if field.name in ("source", "site", "agency") and kind is None and value.lower() not in vocabulary().nobody:
        plain = re.fullmatch(r"[a-z]+(?: [a-z]+)*", value)  # small letters only: a column, not an outlet
        kind = "section" if plain else "publisher" if value else None
    if kind == "section" and declared.section is None:
        return replace(declared, section=value)
    if kind == "agency" and declared.agency is None:
        return replace(declared, agency=value)
    if kind == "publisher" and declared.publisher is None and field.name != "editor":
        return replace(declared, publisher=value)
    return declared
