"""What the shape of one line says: a sentence, a headline, a button, a list's heading. Position is judged elsewhere."""

from __future__ import annotations

import re

from communique.intake.words import vocabulary

_WORD = re.compile(r"[^\W_]+(?:['’.&/-][^\W_]+)*['’]?|&")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_TERMINAL = re.compile(r"(?:[.!?…。！？]|\.\.\.)[\"'”’»)\]]*$")
_INNER_END = re.compile(r"[a-z0-9)\"”’%][.!?][\"”’)]*\s+[\"“‘(]?[A-Z]")
_CRUMBS = re.compile(r"\s*(?:>+|»|›|→|\\|/)\s*")
_PARTED = re.compile(r"\s*[|·•¦►▶]\s*|\s{2,}|\s+/\s+")
_WHOLE_BRACKET = re.compile(r"^(?:\[[^\[\]]*\]|【[^【】]*】|\([^()]*\)|（[^（）]*）)[.\s]*$")
_LABEL = re.compile(r"^([^\W\d_][\w’'-]*(?: [\w’'-]+){0,3})\s?[:：]\s*(.*)$", re.DOTALL)
_SLUG = re.compile(r"^(?:\([A-Z]+\)\s*)?[A-Z0-9]+(?:[-/][A-Z0-9]+){2,}(?:\s*\(\w+\))?$")
_DURATION = re.compile(
    r"\b\d{1,3}\s?(?:min|mins|minutes?|sec|hours?|days?)\b(\s+(?:read|listen|ago))?\.?$", re.IGNORECASE
)
_CAPTION = re.compile(
    r"\((?:Photo|Image|File|[A-Z]\w+(?: [A-Z]\w+){0,3})(?:\s?[/:]\s?|\s+(?:photo|via|by)\s+)[^()]{2,60}\)\.?$"
    r"|^(?:Photo|Image|Picture|File photo|Photograph|Caption|Pic)\b(?:\s+(?:by|credit|taken)\b[^.]*|\s*[:：].*)$"
    r"|\b(?:[Ff]ile (?:[Pp]hoto|[Pp]icture|[Ii]mage)|[Ii]mage [Cc]redit|[Pp]hoto [Cc]redit|[Pp]hoto by)\b[^.]{0,40}\.?$"
    r"|^(?:This|The|An?) (?:undated )?(?:file |combined |aerial )*(?:photo|image|picture)\b.{0,40}\bshows?\b"
    r"|^Photo (?:taken|shows?)\b"
)
_END_RULE = re.compile(r"^(?:#{2,}|-30-|ENDS?\.?|--|—|/{2,}|\[?END\]?)$")
_ONLY_MARKS = re.compile(r"^[\W\d_]*$")
_BULLET = re.compile(r"^(?:[-–—•*·▪●○►▶]|\d{1,2}[.)]?)\s+(?=\S)")
_COMMENTS_HEAD = re.compile(
    r"^(?:\d+ )?(?:comments?|responses?|replies|reader comments|user comments|discussion)(?: \(?\d+\)?)?:?$"
    r"|^(?:leave|post|write|add) (?:a|your) (?:reply|comment)\b|^join the (?:discussion|conversation)\b",
    re.IGNORECASE,
)
_FOR_READER = re.compile(r"\b(?:your|you|our|us|we)\b", re.IGNORECASE)
_MAIL_END = re.compile(r"^(?:[A-Z][\w’']*)(?: \w+){0,4},$")


def words(line: str) -> list[str]:
    """The words of `line`; text without spaces (Chinese, Japanese) counts two characters as one word."""
    found = _WORD.findall(line)
    cjk = len(_CJK.findall(line))
    return found + ["字"] * (cjk // 2) if cjk > 4 else found


def is_terminal(line: str) -> bool:
    """Whether `line` ends as a sentence does."""
    return _TERMINAL.search(line) is not None


def has_inner_end(line: str) -> bool:
    """Whether a sentence ends inside `line`."""
    return _INNER_END.search(line) is not None


def has_grammar(line: str) -> bool:
    """Whether `line` has the small words that sentences have and headlines leave out."""
    known = vocabulary().grammar
    return sum(word.lower() in known for word in _WORD.findall(line)) >= 2


def label_of(line: str) -> tuple[str, str] | None:
    """("tags", "news, world") for "Tags: news, world": up to four words before a colon, in lower case, and the rest."""
    match = _LABEL.match(line)
    return (match[1].lower(), match[2].strip()) if match else None


def has_bullet(line: str) -> bool:
    """Whether `line` begins with a bullet or a list number."""
    return _BULLET.match(line) is not None


def is_end_rule(line: str) -> bool:
    """A line that says the text is over: "###", "-30-", "ENDS", "--"."""
    return _END_RULE.match(line) is not None


def is_comments_heading(line: str) -> bool:
    """The heading of readers' comments, with or without their number."""
    return _COMMENTS_HEAD.match(line.strip()) is not None


def is_caption(line: str) -> bool:
    """The words under a picture: a credit in brackets with a slash, "File photo", "Photo taken on ..."."""
    return _CAPTION.search(line) is not None


def is_crumbs(line: str) -> bool:
    """A path through the site: "Home > World > Text"."""
    parts = [part for part in _CRUMBS.split(line) if part]
    marks = len(_CRUMBS.findall(line))
    return marks >= 1 and len(parts) >= 2 and all(len(words(part)) <= 4 for part in parts) and _crumbs_apart(line)


def _crumbs_apart(line: str) -> bool:
    """Slashes count only with spaces round them ("Home / World", not "and/or")."""
    return any(mark in line for mark in (">", "»", "›", "→", " / "))


def is_listing_heading(line: str) -> bool:
    """The heading of a list of other stories: "Latest updates", "[Related reading]", "Most viewed in 24 hours"."""
    bare = line.strip(" []()【】:：*#>-–—").lower()
    found = bare.split()
    known = vocabulary()
    if not 1 <= len(found) <= 7 or is_terminal(line):
        return False
    core = sum(word.strip(":,") in known.listing_core for word in found)
    rest = sum(word.strip(":,") not in known.listing for word in found)
    return core >= 1 and rest <= (1 if found[0] in ("more", "latest", "other", "related", "popular") else 0)


def cue_of(line: str) -> tuple[str, str] | None:
    """("read more", "A recalls envoy") for a line that points to another story after a colon, in brackets or not."""
    found = label_of(line.strip(" []【】()"))
    if found is None or not is_listing_heading(found[0]):
        return None
    return found


def interface_share(line: str) -> float:
    """The share of words that belong to buttons and bars, 0 to 1; a name after "@" counts as one."""
    known = vocabulary().interface
    found = [word.lower() for word in words(line)]
    return sum(word in known for word in found) / len(found) if found else 1.0


_SURE_NOTICES = ("appeared first on", "all rights reserved", "©")


def is_notice(line: str) -> bool:
    """A notice of the site: rights, registration, cookies, a disclaimer. Long lines need two signs of it."""
    low = line.lower()
    signs = sum(part in low for part in vocabulary().notices)
    return signs >= 2 or (signs == 1 and (len(words(line)) <= 14 or any(sign in low for sign in _SURE_NOTICES)))


def is_request(line: str) -> bool:
    """A button or an advert: begins with a command and is no sentence of an article."""
    found = [word.lower() for word in words(line)]
    if not found or len(found) > 20 or found[0] not in vocabulary().commands or line[:1].islower():
        return False
    if line.rstrip().endswith("!"):
        return True
    if is_terminal(line):
        return _FOR_READER.search(line) is not None and interface_share(line) > 0.12
    return interface_share(line) >= 0.25 or _FOR_READER.search(line) is not None or len(found) <= 3


def is_advert(line: str) -> bool:
    """Marked as an advert by its first word."""
    found = words(line)
    return bool(found) and found[0].lower() in _ADVERT and (len(found) <= 8 or not is_terminal(line))


_ADVERT = frozenset(
    {
        "ad",
        "ads",
        "advert",
        "adverts",
        "advertisement",
        "advertisements",
        "advertising",
        "sponsored",
        "promoted",
        "advertorial",
    }
)


def is_furniture(line: str) -> bool:
    """Whether the shape alone makes `line` furniture wherever it stands."""
    line = line.strip()
    if _ONLY_MARKS.match(line) or _SLUG.match(line) or is_crumbs(line) or is_listing_heading(line):
        return True
    found = words(line)
    if _WHOLE_BRACKET.match(line) and (len(found) <= 12 and not (is_terminal(line[:-1]) and len(found) > 6)):
        return True
    if cue_of(line) or is_request(line) or is_advert(line):
        return True
    if len(found) <= 16 and not is_terminal(line) and _is_bar_like(line, found):
        return True
    label = label_of(line)
    if label and _is_label_line(label):
        return True
    return len(found) <= 30 and is_notice(line) and (len(found) <= 14 or not has_inner_quote(line))


def has_inner_quote(line: str) -> bool:
    """Whether somebody's words are quoted in `line`."""
    return any(mark in line for mark in '"“”')


def _is_bar_like(line: str, found: list[str]) -> bool:
    """Buttons, or short parts divided by pipes, dots and gaps."""
    parts = [part for part in _PARTED.split(line) if part]
    if len(parts) >= 3 and all(len(words(part)) <= 3 for part in parts):
        return True
    share = interface_share(line)
    if len(parts) == 2 and share >= 0.25:
        return True
    if duration := _DURATION.search(line):
        is_button = found[0].lower() in vocabulary().commands  # "Listen to this story 4 min"
        if len(found) <= 4 or (len(found) <= 8 and (duration[1] or is_button)):
            return True
    return share >= 0.5 and (len(found) <= 8 or share >= 0.7)


def _is_label_line(label: tuple[str, str]) -> bool:
    """A label of the page ("Tags:", "Editor:", "Sponsored:") with what belongs to it; not "Iran: ..."."""
    name, value = label
    known = vocabulary()
    if name in known.labels or name in (
        "disclaimer",
        "next",
        "previous",
        "prev",
        "note to editors",
        "original url",
        "statement",
    ):
        short = len(words(value)) <= 12
        return short if name not in ("disclaimer", "previous", "next", "prev", "original url") else True
    share = interface_share(name)
    return share >= 0.5 and not (is_terminal(value) and len(words(value)) >= 6)


def is_salutation(line: str) -> bool:
    """The opening or closing courtesy of a letter, on a line of its own, ended by a comma."""
    return _MAIL_END.match(line) is not None and line.split()[0].lower() in vocabulary().salutations
