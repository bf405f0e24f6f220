"""Furniture inside a line of the article: a glued advert, a "read more", a widget's words between two sentences."""

from __future__ import annotations

import re

from communique.intake import shape
from communique.intake.datelines import find_dateline
from communique.intake.words import vocabulary

_TAIL = re.compile(
    r"(?:\s*(?:\.\.\.|…|\[…\]|\[\.\.\.\]))?\s+(?:\[?(?:Read|Continue|See|View|Click|Show|Load|Learn|Keep)\s+"
    r"(?:more|reading|full|the full|the rest|here|all|on)\b(?: (?:story|article|text|here|report))?\]?)\s*[.»>→…]*$",
    re.IGNORECASE,
)
_TAIL_MARK = re.compile(r"\s+\[(?:…|\.\.\.)\]$")
_SHOUT = re.compile(
    r"^(?:[-–—*\[(]\s?)?(?:advertisement|ADVERTISEMENT|Advertisement|AD|SPONSORED|Sponsored content)"
    r"(?:\s?[-–—*\])])?[:.]?(?:\s+|$)"
)
_BRACKET = re.compile(r"\s*[\[【][^\[\]【】]{3,90}[\]】]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9]|[-–—*] ?[A-Z])")
_CUE = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,3}:")
_BOUNDARY = re.compile(r"(?<=[a-z0-9]) (?=[A-Z])")
_PIECE_END = re.compile(r"(?<=[a-z0-9!]) (?=[\"“]?[A-Z]|[-–—*] ?[A-Z])")
_BETWEEN = frozenset({"to", "for", "the", "this", "below", "continues", "photo", "on", "in"})
_TAIL_WORDS = re.compile(
    r"(?:Read|Continue|Keep|Show|Load|Learn|See|View) (?:more|reading|on|all|here|the full (?:story|text))"
)
# the same words behind a sentence that was cut off; the capital tells them from the sentence
_CONTINUE = re.compile(r"(?<=[a-z,])(?:\s*(?:\.\.\.|…|\[…\]))?\s+(?:Continue reading|Read more|Keep reading) (?=[A-Z])")
_SHOUTED = re.compile(r"(?:[A-Z]{3,} ){2,5}(?=[A-Z\"“][a-z“\"A-Z]*[a-z])")  # "CONTINUE READING BELOW They ..."
_SUBJECTS = frozenset({"story", "article", "photo", "image", "picture", "continue", "keep", "related"})
_LONGEST_PIECE = 12  # words
_FEWEST_WORDS = 6  # of what is left behind an advert, to be taken for a sentence


def embedded_spans(line: str) -> list[tuple[int, int]]:
    """The parts of `line`, in order, that are furniture glued to the article. Most lines give none."""
    spans: list[tuple[int, int]] = []
    start = _leading(line)
    if start:
        spans.append((0, start))
    spans += _inside(line, start)
    tail = _TAIL.search(line, start) or _TAIL_MARK.search(line, start)
    if tail and tail.start() > start and (not spans or tail.start() >= spans[-1][1]):
        spans.append((tail.start(), len(line)))
    return spans


def _leading(line: str) -> int:
    """How many characters at the start are an advert or a button; 0 when the line starts with the article."""
    shout = _SHOUT.match(line)
    if shout and _is_sentence(line[shout.end() :]):
        return shout.end()
    ahead = _ahead(line)
    if ahead and _is_sentence(line[ahead:]):
        return ahead
    first = _SENTENCE_END.search(line)
    if first and shape.is_request(line[: first.start() + 1]) and _is_sentence(line[first.end() :]):
        return first.end()
    found = shape.words(line[:40])
    if not found:
        return 0
    label = shape.label_of(line[:60])
    is_advert = found[0].lower() in ("ads", "sponsored", "advert", "promoted") or (
        label is not None and shape.interface_share(label[0]) >= 0.5 and label[0] not in vocabulary().labels
    )
    is_button = found[0].lower() in vocabulary().commands and (
        first is None or shape.interface_share(line[: first.start()]) > 0.12
    )
    if not (is_advert or (is_button and _speaks_to_reader(line))):
        return 0
    return _boundary(line, 1)


def _speaks_to_reader(line: str) -> bool:
    return re.search(r"\b(?:your?|our|us|now|here|free)\b", line[:60], re.IGNORECASE) is not None


def _boundary(line: str, fewest: int) -> int:
    """Where a sentence begins after an advert without a full stop; a word that opens sentences is preferred."""
    places = [match.end() for match in _BOUNDARY.finditer(line[:140]) if len(line[: match.start()].split()) > fewest]
    openers = vocabulary().openers
    for place in places:
        if find_dateline(line[place:]) is not None:
            return place
    for place in places:
        if line[place:].split(" ", 1)[0].rstrip(",") in openers and _is_sentence(line[place:]):
            return place
    return places[0] if places and _is_sentence(line[places[0] :]) else 0


def _is_sentence(rest: str) -> bool:
    return len(shape.words(rest)) >= _FEWEST_WORDS and (shape.is_terminal(rest) or shape.has_inner_end(rest))


def _inside(line: str, start: int) -> list[tuple[int, int]]:
    """Bracketed pointers, and widgets' words at the start of an inner sentence."""
    spans = [
        (match.start(), match.end())
        for match in _BRACKET.finditer(line, start)
        if _is_pointer(match.group().strip(" []【】"))
    ]
    for match in _SENTENCE_END.finditer(line, start):
        length = _ahead(line[match.end() :])
        if length and not any(a < match.end() + length and match.end() < b for a, b in spans):
            spans.append((match.end(), match.end() + length))
    for match in _CONTINUE.finditer(line, start):
        length = _ahead(line[match.end() :])
        if not any(a <= match.start() < b for a, b in spans):
            spans.append((match.start(), match.end() + length))
    return _apart(spans)


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _ahead(rest: str) -> int:
    """How many characters at the start of `rest` are furniture, one piece behind the other; 0 for the article."""
    length = 0
    while step := _widget(rest[length:]) or _piece(rest[length:]):
        length += step
    return length


def _piece(rest: str) -> int:
    """The length of one button, advert or notice at the start of `rest`, up to the word that begins what follows.

    The shortest run of words that is furniture by its shape, does not stop in the middle of a phrase ("Ads by") and is
    more than names ("Top Post Office": all capitals).
    """
    if not _may_open_furniture(rest):
        return 0
    shouted = _SHOUTED.match(rest)
    if shouted and shape.is_furniture(shouted.group().strip()):
        return shouted.end()
    ends = [(match.start(), match.end()) for match in _PIECE_END.finditer(rest[:140])]
    for end, following in [*ends, *([(len(rest), len(rest))] if len(rest) < 140 else [])]:
        chunk = rest[:end]
        found = chunk.split()
        if len(found) > _LONGEST_PIECE:
            break
        if len(found) < 2 or found[-1].lower() in vocabulary().dangling or not any(w[0].islower() for w in found):
            continue
        if ", " in chunk:  # "See our side, President Li said."
            break
        if _is_glued(chunk):
            return following
    return 0


def _may_open_furniture(rest: str) -> bool:
    known = vocabulary()
    first = [word.lower() for word in shape.words(rest[:60])[:3]]
    return any(word in known.interface or word in known.commands or word in _SUBJECTS for word in first) or (
        shape.is_advert(" ".join(first))
    )


def _is_glued(chunk: str) -> bool:
    """Whether `chunk` is furniture, and surely no beginning of a sentence."""
    if _TAIL_WORDS.fullmatch(chunk) or (shape.is_caption(chunk) and chunk.rsplit(None, 1)[-1].islower()):
        return True
    if not shape.is_furniture(chunk):
        return False
    sure = shape.is_advert(chunk) or shape.is_notice(chunk) or _speaks_to_reader(chunk)
    return sure or ":" in chunk or shape.interface_share(chunk) >= 0.5


def _is_pointer(words: str) -> bool:
    return shape.is_listing_heading(words) or shape.cue_of(words) is not None or shape.interface_share(words) >= 0.5


def _widget(rest: str) -> int:
    """The length of a widget's words at the start of `rest`, before the next sentence; 0 when there are none."""
    cue = _CUE.match(rest)
    if cue:
        label = cue.group()[:-1]
        if not (shape.is_listing_heading(label) or shape.interface_share(label) >= 0.5):
            return 0
        place = _boundary_after_headline(rest, cue.end()) if shape.is_listing_heading(label) else _piece(rest)
        return place or len(cue.group())
    known = vocabulary()
    shout = _SHOUT.match(rest)
    if shout:
        return shout.end()
    length = count = 0
    for match in re.finditer(r"\S+\s+", rest[:60]):
        word = match.group().strip().strip(".,:!").lower()
        if word in known.interface or word in known.commands:
            length, count = match.end(), count + 1
        elif count and match.group().strip() in _BETWEEN:
            length = match.end()
        else:
            break
    opens = count >= 3 or rest[length:].split(" ", 1)[0].rstrip(",") in known.openers
    return length if count >= 2 and opens and rest[length : length + 1].isupper() and _is_sentence(rest[length:]) else 0


def _boundary_after_headline(rest: str, start: int) -> int:
    """Where the article goes on behind "Read more: a headline"; 0 when the headline cannot be told from it."""
    for match in _BOUNDARY.finditer(rest[: start + 140], start):
        if len(rest[start : match.start()].split()) < 4:
            continue
        if rest[match.end() :].split(" ", 1)[0].rstrip(",") in vocabulary().openers:
            return match.end()
    return 0
