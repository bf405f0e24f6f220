"""The part that each line of a page plays: by its shape, and by its place before, inside or after the running text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from communique.intake import shape
from communique.intake.datelines import Dateline, find_dateline, standing_dateline
from communique.intake.embedded import embedded_spans
from communique.intake.layout import Row
from communique.intake.metadata import Bar, Field, read_bar, value_kind
from communique.intake.stamps import first_stamp
from communique.intake.titles import stems, title_score

Role = Literal[
    "title", "metadata", "dateline", "credit", "caption", "heading", "body", "related", "furniture", "comment"
]

_RUNNING_WORDS = 12  # a sentence this long is running text
_LONG_WORDS = 18  # a line this long is running text even when its end is missing
_HEADING_WORDS = 8
_MAIL_FIELDS = frozenset(
    {"from", "to", "date", "subject", "sent", "cc", "bcc", "reply-to", "received", "message-id", "importance"}
)


@dataclass(slots=True)
class Judged:
    """A row with what its shape says and, at the end, its role."""

    row: Row
    bar: Bar | None
    dateline: Dateline | None  # the line is one, all of it
    is_furniture: bool
    is_caption: bool
    is_sentence: bool
    is_running: bool
    glued: list[tuple[int, int]]  # furniture inside the line
    role: Role | None = None

    @property
    def text(self) -> str:
        """The characters of the line."""
        return self.row.words


@dataclass(slots=True)
class Page:
    """A page whose lines have roles. `bars`: the metadata over the article."""

    lines: list[Judged]
    bars: list[Bar]
    title: str | None
    notes: list[str]


def judge(row: Row) -> Judged:
    """What the shape of `row` says."""
    spans = embedded_spans(row.words) if len(row.words) > 40 else []
    text = without(row.words, spans) or row.words
    found = len(shape.words(text))
    standing = standing_dateline(text) if 2 <= found <= 12 else None
    bar = read_bar(row.raw) if found < 60 and standing is None else None
    if bar is not None:
        dateline = find_dateline(text)
        if dateline is not None and len(shape.words(text[len(dateline.words) :])) >= 4:
            bar = None
    caption = found < 60 and shape.is_caption(text)
    furniture = found < 60 and shape.is_furniture(text)
    terminal = shape.is_terminal(text)
    plain = not (bar or furniture or caption or standing)
    leads_on = text[-1:] == ":" and found >= 6 and shape.has_grammar(text)
    sentence = plain and found >= 3 and (terminal or leads_on or _is_quotation(text))
    running = plain and (
        (sentence and (found >= _RUNNING_WORDS or (found >= 8 and shape.has_inner_end(text))))
        or (found >= _LONG_WORDS and (shape.has_grammar(text) or shape.has_inner_end(text)))
    )
    return Judged(row, bar, standing, furniture, caption, sentence, running, spans)


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` without the parts `spans`."""
    kept: list[str] = []
    last = 0
    for start, end in [*spans, (len(text), len(text))]:
        kept.append(text[last:start].strip())
        last = max(last, end)
    return " ".join(part for part in kept if part)


def _is_quotation(text: str) -> bool:
    """Somebody's words on a line of their own, with or without a full stop at the end."""
    return text[0] in '"“' and sum(text.count(mark) for mark in '"“”') >= 2


def assign(rows: list[Row], *, title: str | None = None) -> Page:
    """Roles for all rows. With `title` (known from elsewhere) no line is chosen as title; lines that repeat it are."""
    lines = [judge(row) for row in rows]
    page = Page(lines, [], title, [])
    start = _mail_head(page)
    start = _known_title(page, start)
    first, last = _running_text(lines, start)
    if first is None or last is None:
        return page
    first = _head(page, start, first)
    tail = _tail_start(lines, first, last)
    _inside(page, first, min(last + 1, tail))
    _after(page, min(last + 1, tail), tail)
    if not any(line.role == "body" for line in lines):
        _keep_what_there_is(page)
    return page


def _mail_head(page: Page) -> int:
    """Marks the head of a mail or a message (From, To, Date, Subject) and takes its claims; gives the next line."""
    end = 0
    values: dict[str, str] = {}
    for line in page.lines:
        label = shape.label_of(line.text)
        if label is None or label[0] not in _MAIL_FIELDS or (end and line.row.gap):
            break
        values.setdefault(label[0], label[1])
        end += 1
    if len(values) < 2 or "from" not in values or not values.keys() & {"subject", "date", "sent"}:
        return 0
    for line in page.lines[:end]:
        line.role = "metadata"
    sender = values["from"].split("<", 1)[0].strip(' "')
    claims = [Field("author", sender, "From")] if sender else []
    stamp = first_stamp(values.get("date") or values.get("sent") or "")
    if stamp:
        claims.append(Field("published", stamp, "Date"))
    page.bars.append(Bar(tuple(claims)))
    if page.title is None:
        page.title = values.get("subject") or None
        for line in page.lines[:end]:
            if page.title and line.text.endswith(page.title):
                line.role = "title"
    return end


def _same(a: str, b: str) -> bool:
    return [word.lower() for word in shape.words(a)] == [word.lower() for word in shape.words(b)]


def _known_title(page: Page, start: int) -> int:
    """Marks the lines near the top that repeat a title which is already known."""
    if page.title is None:
        return start
    for line in page.lines[start : start + 12]:
        if line.role is None and _same(line.text, page.title):
            line.role = "title"
            line.is_sentence = line.is_running = False
    return start


def _running_text(lines: list[Judged], start: int) -> tuple[int | None, int | None]:
    """The first and last line of running text; of single sentences where nothing runs; of anything at all else."""
    free = [n for n in range(start, len(lines)) if lines[n].role is None]
    for chosen in (
        [n for n in free if lines[n].is_running],
        [n for n in free if lines[n].is_sentence],
        [n for n in free if not (lines[n].bar or lines[n].is_furniture)][-1:],
        free[-1:],
    ):
        if chosen:
            for n in chosen:
                lines[n].is_running = True
            return chosen[0], chosen[-1]
    return None, None


def _head(page: Page, start: int, first: int) -> int:
    """Roles for the lines over the running text. Gives the line with which the article starts."""
    lines = page.lines
    free = [n for n in range(start, first) if lines[n].role is None]
    at = _choose_title(page, free, first)
    if at == first:  # the first running line was the title
        first += 1
        while first < len(lines) - 1 and not (lines[first].is_running or lines[first].is_sentence):
            free.append(first)
            first += 1
    begins = first
    for n in reversed(free):  # short sentences just over the running text belong to it
        if lines[n].is_sentence and lines[n].role is None and n == begins - 1 and len(shape.words(lines[n].text)) >= 4:
            begins = n
        else:
            break
    for n in free:
        line = lines[n]
        if n >= begins or line.role is not None:
            continue
        if line.bar:
            line.role = "metadata"
            page.bars.append(line.bar)
        elif line.dateline:
            line.role = "dateline"
        elif line.is_caption:
            line.role = "caption"
        elif page.title is not None and _same(line.text, page.title):
            line.role = "title"
        elif shape.is_salutation(line.text) or line.is_furniture or at is None or n < at:
            line.role = "furniture"
        else:
            line.role = "heading"
    return begins


def _choose_title(page: Page, free: list[int], first: int) -> int | None:
    """The line over the text that does best as its title; ties go to the one above."""
    lines = page.lines
    if page.title is not None:
        return next((n for n in range(first) if lines[n].role == "title"), None)
    body = stems(" ".join(line.text for line in lines[first:] if line.is_running))
    best, best_score = None, 1.0
    for n in free:
        line = lines[n]
        if line.bar or line.dateline or shape.has_bullet(line.text) or shape.is_salutation(line.text):
            continue
        if find_dateline(line.text) is not None:
            continue
        score = title_score(line.text, body)
        if score <= 1 and _stands_alone(lines, n, first):
            score += 1.1
        if score > best_score + 0.01:
            best, best_score = n, score
    if best is None and _is_headline(lines, first):
        best = first
    if best is not None:
        lines[best].role = "title"
        page.title = lines[best].text
    return best


def _stands_alone(lines: list[Judged], n: int, first: int) -> bool:
    """Whether a line of two words has the title's place: just over the bar or the text, and no button or outlet."""
    line = lines[n]
    if line.is_furniture or len(shape.words(line.text)) != 2 or value_kind(line.text) or not line.text[:1].isupper():
        return False
    return n + 1 == first or lines[n + 1].bar is not None


def _is_headline(lines: list[Judged], first: int) -> bool:
    """Whether the first running line is a long headline: no full stop, one sentence, with running text below it."""
    text = lines[first].text
    if shape.is_terminal(text) and not (text[-1] in "?!" and len(shape.words(text)) <= 16):
        return False
    below = [n for n in range(first + 1, len(lines)) if lines[n].is_running]
    return bool(below) and not shape.has_inner_end(text) and len(shape.words(text)) <= 30 and below[0] - first <= 4


def _tail_start(lines: list[Judged], first: int, last: int) -> int:
    """The line from which nothing belongs to the article: comments, an end rule, the lists below it."""
    total = sum(line.is_running for line in lines[first:])
    seen = 0
    for n in range(first, len(lines)):
        line = lines[n]
        if line.is_running:
            seen += 1
            continue
        left = total - seen
        if seen and shape.is_comments_heading(line.text) and left <= max(2, seen):
            return n
        if seen and shape.is_end_rule(line.text) and left <= seen:
            return n
        if seen and shape.is_listing_heading(line.text) and _is_list(lines, n + 1) and _are_teasers(lines, n + 1):
            return n
    return len(lines)


def _is_list(lines: list[Judged], start: int) -> bool:
    """Whether two or more headlines follow before any running text."""
    count = 0
    for line in lines[start:]:
        if line.is_running or line.is_sentence:
            break
        count += len(shape.words(line.text)) >= 3
    return count >= 2


def _are_teasers(lines: list[Judged], start: int) -> bool:
    """Whether no running text follows, or only paragraphs that each stand under a headline of their own."""
    running = [n for n in range(start, len(lines)) if lines[n].is_running]
    under = all(not (lines[n - 1].is_running or lines[n - 1].is_sentence) for n in running)
    return not running or (len(running) >= 2 and under)


def _inside(page: Page, first: int, end: int) -> None:
    """Roles for the lines from the first to the last line of running text."""
    in_list = False
    for n in range(first, end):
        line = page.lines[n]
        if line.role is not None:
            continue
        if line.is_running:
            line.role, in_list = "body", line.text.endswith(":") or (in_list and shape.has_bullet(line.text))
        elif line.dateline:
            line.role = "dateline"
        elif line.bar or line.is_furniture:
            line.role = _furniture_role(line)
        elif line.is_caption:
            line.role = "caption"
        elif shape.has_bullet(line.text):
            line.role = "body" if in_list else "related"
        elif line.is_sentence or _is_cut_sentence(page.lines, n):
            line.role = "body"
        else:
            line.role = _short_role(page.lines, n)


def _furniture_role(line: Judged) -> Role:
    """What kind of furniture: a pointer to another story, a bar, or a button."""
    cue = shape.cue_of(line.text)
    if cue and cue[1]:
        return "related"
    return "metadata" if line.bar else "furniture"


def _is_cut_sentence(lines: list[Judged], n: int) -> bool:
    """A line without its end that has the grammar of a sentence; or one that leads to the next ("He said:")."""
    line = lines[n]
    found = len(shape.words(line.text))
    below = lines[n + 1] if n + 1 < len(lines) else None
    if line.text[-1] in ":," and found >= 2 and below is not None and (below.is_sentence or below.is_running):
        return line.text[-1] == "," or below.text[:1] in '"“‘' or found >= 5
    if below is not None and below.is_running and below.text[:1].islower():
        return found >= 3
    return found >= 8 and shape.has_grammar(line.text)


def _short_role(lines: list[Judged], n: int) -> Role:
    """A heading of the article or a headline of another story."""
    line = lines[n]
    below = lines[n + 1] if n + 1 < len(lines) else None
    above = lines[n - 1] if n else None
    if above is not None and above.role in ("furniture", "related") and shape.is_listing_heading(above.text):
        return "related"
    short = len(shape.words(line.text)) <= _HEADING_WORDS
    return "heading" if short and below is not None and below.is_running else "related"


def _after(page: Page, start: int, tail: int) -> None:
    """Roles for the lines below the running text."""
    lines = page.lines
    contiguous = start <= tail
    comments = False
    for n in range(start, len(lines)):
        line = lines[n]
        if line.role is not None:
            continue
        comments = comments or shape.is_comments_heading(line.text)
        found = len(shape.words(line.text))
        fits = n < tail and contiguous and not (line.bar or line.dateline or line.is_furniture or line.is_caption)
        bulleted = shape.has_bullet(line.text)
        if fits and not bulleted and (line.is_sentence or (n == start and found >= 6 and shape.has_grammar(line.text))):
            line.role = "body"
            if not line.is_sentence:
                page.notes.append("the text may be cut off: its last sentence has no end")
            continue
        contiguous = False
        comments = comments and not shape.is_listing_heading(line.text)
        if comments and not (line.bar or line.is_furniture or shape.has_bullet(line.text)):
            line.role = "comment"
        elif line.dateline:
            line.role = "dateline"
        elif is_credit(line):
            line.role = "credit"
        elif line.is_caption:
            line.role = "caption"
        elif line.bar:
            line.role = "metadata"
        elif line.is_furniture and not shape.cue_of(line.text):
            label = shape.label_of(line.text)
            line.role = "related" if label and label[0] in ("next", "previous", "prev") else "furniture"
        else:
            line.role = "related" if found >= 4 and not shape.is_salutation(line.text) else "furniture"


def is_credit(line: Judged) -> bool:
    """The true origin, below an article: "(ANI)", "Source: Ministry of ...", "Distributed by ..."."""
    text = line.text.strip()
    found = len(shape.words(text))
    if text[:1] in "([（【" and text[-1:] in ")]）】." and 1 <= found <= 8 and not _points(text):
        return not any(char.isdecimal() for char in text.split(":")[-1]) or "ditor" in text
    if line.bar and any(f.name in ("source", "editor", "author", "agency") and f.label for f in line.bar.fields):
        return True
    return found <= 20 and text.lower().startswith(_CREDITED)


_CREDITED = (
    "distributed by", "provided by", "issued by", "released by", "translated by", "reporting by", "writing by",
    "edited by", "editing by", "compiled by", "with inputs from", "with input from",
)  # fmt: skip


def _keep_what_there_is(page: Page) -> None:
    """A page without running text: every line that is not furniture is kept, and the user told."""
    for line in page.lines:
        if line.role in ("related", "heading", None) and not line.is_furniture:
            line.role = "body"
    page.notes.append("no running text was found: every line that is not furniture was kept")


def _points(text: str) -> bool:
    """Whether a line in brackets points to other stories."""
    return shape.cue_of(text) is not None or shape.is_listing_heading(text)
