"""Signs that a page is a copy, so that its date may be the day of copying: what its furniture itself says."""

from __future__ import annotations

import re
from typing import Final

from communique.intake.words import vocabulary
from communique.model import Evidence, Report

# The page says that its text comes from elsewhere: the formulas of sites that live on copies, and a newspaper's words.
_DISCLAIMS: Final = re.compile(
    r"(?P<farm>comes? from the (?:network|internet)|copyright belongs to the original|if there is any infringement)"
    r"|does not represent the views? of (?:this|the|our) (?:web)?site|re(?:printed|posted|produced) from",
    re.IGNORECASE,
)
# A form of the page's maker with nothing in it: "Views: 【Big】", "Number of comments:".
_UNFILLED: Final = re.compile(r"\b(?:views|clicks|reads|hits|comments)\s?[:：]\s*(?:$|[【\[|])", re.IGNORECASE)
_FARM: Final = 0.1
_REPRINT: Final = 0.25
_CRUMBS: Final = re.compile(r"\s*(?:>{1,2}|›|»|/)\s*")
# Words of reports on relations between states: three of them, and a page on fashion has copied one.
_STATECRAFT: Final = re.compile(
    r"\b(president|minister|ministry|ambassador|embassy|diplomatic|diplomat|summit|treaty|bilateral|sanctions"
    r"|cease-?fire|delegation|talks|border|agreement|relations|visa|state visit|joint statement)s?\b",
    re.IGNORECASE,
)


def signs_of_a_copy(report: Report) -> tuple[Evidence, ...]:
    """Why the page may be a copy, in words; empty where it shows no sign.

    A section that has nothing to do with the report ("movies" over a report on a border), a form that its maker never
    filled in, or a notice that the text was taken from elsewhere. That a page is a copy does not make its date false;
    it makes the date weigh less.
    """
    found: list[Evidence] = []
    section = report.declared.section or _crumb(report)
    empty = max((len(_UNFILLED.findall(line.text)) for line in report.lines if line.role == "metadata"), default=0)
    if section and section.lower() in vocabulary().off_topic and _is_about_states(report.text):
        note = f"the page puts a report on relations between states under {section!r}: it looks like a copy"
        found.append(Evidence("copy", None, note))
    elif empty >= 2 or (empty and section and section.lower() in vocabulary().off_topic):
        found.append(Evidence("copy", None, "the page has a form for counts with nothing in it: it looks like a copy"))
    for line in report.lines:
        if line.role not in ("body", "title", "dateline") and (match := _DISCLAIMS.search(line.text)):
            kind = "copy" if match["farm"] else "reprint"
            found.append(Evidence(kind, None, f"the page says that its text {match.group()!r}: it is a copy"))
            break
    return tuple(found)


def belief_in(signs: tuple[Evidence, ...]) -> float:
    """How far the date of a page with these signs is believed, 1 for a page without any.

    A site that lives on copies puts the day of copying on them; a newspaper that reprints does so on the day.
    """
    if not signs:
        return 1.0
    return _FARM if any(sign.kind == "copy" for sign in signs) else _REPRINT


def _is_about_states(text: str) -> bool:
    return len({match.group().lower() for match in _STATECRAFT.finditer(text[:4000])}) >= 3


def _crumb(report: Report) -> str | None:
    """The section in "Home >> Movies >> Text", from the lines over the article."""
    for line in report.lines[:6]:
        parts = [part.strip() for part in _CRUMBS.split(line.text)]
        if line.role == "furniture" and len(parts) >= 3 and parts[0].lower().endswith("home"):
            return parts[1]
    return None
