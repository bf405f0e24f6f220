"""Which line is the title, what of it is the site's name, and whether it was cut."""

from __future__ import annotations

import re

from communique.intake import shape
from communique.intake.metadata import value_kind
from communique.intake.words import vocabulary

_SUFFIX = re.compile(r"^(?P<title>.{8,}?)(?P<mark>\s+[|–—-]\s+|\s*_\s*|\s+::\s+|\s+»\s+)(?P<site>[^|_]{2,40})$")
_GLUED = re.compile(r"^(?P<title>.{16,})[-–](?P<site>[A-Z][\w. ]{1,30})$")
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…|\[…\])$")
_ENDINGS = frozenset(
    {
        "ed",
        "es",
        "ing",
        "er",
        "ers",
        "an",
        "ian",
        "ish",
        "ese",
        "ly",
        "ness",
        "al",
        "ings",
        "ns",
        "ans",
        "ians",
        "ment",
        "ments",
        "ion",
        "ions",
        "ation",
        "eries",
        "ery",
        "men",
        "man",
        "ship",
        "ships",
        "ally",
        "ities",
    }
)
_DASH_END = re.compile(r"\s*[-–—:]$")


def without_site(title: str, page: str = "") -> str:
    """`title` without the site's name behind a bar, dash or underscore.

    A part behind a dash is the site's name only when it has the shape of one, or stands by itself elsewhere on the
    page (`page`): "Two capitals, one river - a journey" stays whole.
    """
    match = _SUFFIX.match(title.strip())
    if not match:
        glued = _GLUED.match(title.strip())
        if glued and value_kind(glued["site"]) and re.search(rf"(?m)^\W*{re.escape(glued['title'])}\W*$", page):
            return glued["title"].strip()
        return title.strip()
    site = match["site"].strip()
    named = value_kind(site) in ("publisher", "agency") and len(site.split()) <= 5
    alone = len(site.split()) <= 4 and re.search(rf"(?m)^\W*{re.escape(site)}\W*$", page) is not None
    sure_mark = "|" in match["mark"] or "_" in match["mark"]
    if named or alone or (sure_mark and len(site.split()) <= 3 and site[:1].isupper()):
        return match["title"].strip()
    return title.strip()


def title_score(line: str, body: frozenset[str]) -> float:
    """How well `line` would do as the title of an article with the word stems `body`; below 1 it is none."""
    found = list(shape.words(line))
    if not 2 <= len(found) <= 30 or shape.is_furniture(line) or shape.is_caption(line):
        return 0.0
    if value_kind(line.strip()) == "publisher" and len(found) <= 5:
        return 0.0
    content = [word.lower()[:5] for word in found if len(word) > 3]
    shared = sum(word in body for word in content) / len(content) if content else 0.0
    size = 2.0 if 4 <= len(found) <= 20 else 1.1 if len(found) == 3 else 0.0
    return size + 3 * shared - shape.interface_share(line)


def stems(text: str) -> frozenset[str]:
    """The first five letters of each longer word: enough to see that a title and a text share their subject."""
    return frozenset(word.lower()[:5] for word in shape.words(text) if len(word) > 3)


def cut_note(title: str, body: str) -> str | None:
    """Why the title looks cut off, or None. Nothing is restored: the page does not have the rest."""
    if _ELLIPSIS.search(title):
        return "the title is cut: it ends in an ellipsis"
    if _DASH_END.search(title):
        return "the title is cut: it ends in a dash or colon"
    found = shape.words(title)
    if len(found) < 2:
        return None
    last = found[-1]
    known = vocabulary()
    if last.lower() in known.combining:
        return f'the title is cut: it ends in "{last}", the first half of a compound'
    if last.lower() in known.dangling and len(found) > 2:
        return f'the title is cut: it ends in "{last}"'
    if last.isalpha() and not last.isupper() and not re.search(rf"\b{re.escape(last)}\b", body, re.IGNORECASE):
        for longer in re.findall(rf"\b{re.escape(last)}[a-z]{{2,}}\b", body, re.IGNORECASE):
            if longer[len(last) :].lower() not in _ENDINGS:
                return f'the title may be cut: it ends in "{last}", and the text has "{longer}"'
        hyphened = re.search(rf"\b{re.escape(last)}-\w+", body, re.IGNORECASE)
        if hyphened:
            return f'the title may be cut at a hyphen: the text has "{hyphened.group()}"'
    return None


def shown_title(title: str) -> str:
    """The title as far as it is shown: without a closing ellipsis or dash."""
    return _DASH_END.sub("", _ELLIPSIS.sub("", title)).strip()
