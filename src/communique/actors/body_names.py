"""Where the name of a body ends: "the Finance Committee of the National Assembly", then its holder's name."""

from __future__ import annotations

from communique.actors.office_words import NOT_BODY, Known, head_at, portfolio_words
from communique.actors.words import Words

# The last word of a body's name: what follows it in capitals is a person.
_BODY_ENDS = frozenset(
    """council committee congress assembly union commission party office department court bank ministry parliament
    senate house duma board agency authority association federation organisation organization group academy institute
    university forum force forces army navy staff bureau service services administration government cabinet fund
    foundation society league alliance movement front bloc chamber secretariat directorate division command corps
    affairs states relations nations company corporation inc inc. co-operation cooperation trade republic center centre
    community conference delegation mission embassy policy security policies airlines airways airplanes motors
    technologies systems networks times post""".split()
)


def body_end(words: Words, i: int, known: Known, *, capital: bool) -> int:
    """Where the body named from token `i` on ends: before a verb, a mark, or the name of the office's holder."""
    j = i
    last_kind = ""  # what the last word was: "state", "portfolio", "end", "cap", "noun", "link"
    solid = i  # end of the last word that may close the body
    while j < words.n and j - i < 22:
        word = words.lower[j]
        place = known.states.get(j)
        if place and place[0] == j:
            if last_kind in ("state",) and words.text[j - 1] not in ("-", "and", ","):
                break
            j = solid = place[1]
            last_kind = "state"
            continue
        body = known.bodies.get(j)
        if body and body[0] == j:
            j = solid = body[1]
            last_kind = "end"
            continue
        if words.paragraph[j] != words.paragraph[i] or (
            words.sentence[j] != words.sentence[i] and words.pos[j] == "PUNCT"
        ):
            break
        if word in ("'s", "’s", "'") and words.tag[j] == "POS" and last_kind:
            last_kind = "owner"
            j = solid = j + 1
            continue
        if word in ("the", "a", "an", "its", "his", "her", "their"):
            if last_kind not in ("", "link"):
                break
            last_kind = "link"
            j += 1
            continue
        if word in ("of", "for", "on", "in"):
            if last_kind in ("", "link") or (word == "in" and last_kind != "end"):
                break
            if word in ("in", "on") and not (
                j + 1 < words.n and words.is_cap(j + 1) and words.ent[j + 1] not in ("DATE", "GPE")
            ):
                break
            if word == "for" and not (
                j + 1 < words.n and (words.is_cap(j + 1) or words.lower[j + 1] in portfolio_words())
            ):
                break
            last_kind = "link"
            j += 1
            continue
        if word in ("and", ",", "&", "-", "/"):
            if word == "-" and last_kind and words.ends[j - 1] == words.starts[j]:
                j += 1
                last_kind = "link"
                continue
            nxt = j + 1
            fits = nxt < words.n and (
                (words.lower[nxt] in portfolio_words() and (words.is_cap(nxt) == words.is_cap(j - 1)))
                or (last_kind == "state" and known.states.get(nxt) is not None and word == "and")
                or (words.lower[nxt] in _BODY_ENDS and words.is_cap(nxt))
                or (word == "and" and words.is_cap(j - 1) and words.is_cap(nxt) and _closes(words, nxt))
            )
            if word == "," and fits:
                # A list of portfolios only: "Trade, Industry and Energy".
                fits = any(words.lower[k] == "and" for k in range(nxt, min(nxt + 5, words.n)))
                fits = fits and last_kind == "portfolio"
            ahead = any(head_at(words, k) is not None for k in range(nxt, min(nxt + 3, words.n)))
            if not fits or not last_kind or ahead:
                break
            last_kind = "link"
            j += 1
            continue
        portfolio = word in portfolio_words() and words.pos[j] in ("NOUN", "PROPN", "ADJ", "VERB")
        if portfolio and (words.is_cap(j) or not capital or last_kind in ("", "link", "noun", "portfolio")):
            last_kind = "end" if word in _BODY_ENDS and last_kind == "cap" else "portfolio"
            j = solid = j + 1
            continue
        if words.is_cap(j) and words.text[j][0].isalpha() and words.lower[j] not in NOT_BODY:
            closed = last_kind in ("state", "portfolio", "end") and word not in _BODY_ENDS
            if closed and not _more_body(words, j, known):
                break
            if words.ent[j] == "PERSON" and last_kind and word not in _BODY_ENDS and last_kind != "link":
                break
            if head_at(words, j) is not None and last_kind not in ("", "link"):
                break
            last_kind = "end" if word in _BODY_ENDS else "cap"
            j = solid = j + 1
            continue
        if words.pos[j] in ("NOUN", "ADJ", "NUM") and not words.is_cap(j) and words.lower[j] not in NOT_BODY:
            if words.pos[j] == "NUM" and last_kind != "link":
                break
            if words.ent[j] in ("DATE", "TIME") or (last_kind in ("state",) and words.pos[j] == "ADJ"):
                break
            last_kind = "noun" if words.pos[j] != "ADJ" else "adj"
            j += 1
            if last_kind == "noun":
                solid = j
            continue
        break
    return solid


def _closes(words: Words, j: int) -> bool:
    """Whether "and" joins another word of the same body: "East Asian and Pacific Affairs"."""
    for k in range(j, min(j + 3, words.n)):
        if not words.is_cap(k) or words.ent[k] == "PERSON":
            return False
        if k > j and words.lower[k] in portfolio_words() | _BODY_ENDS:
            return True
    return False


def _more_body(words: Words, j: int, known: Known) -> bool:
    """Whether the capitalised words from `j` still belong to the body: one of them is a body's last word."""
    k = j
    while k < words.n and words.is_cap(k) and words.text[k].isalpha() and k - j < 5:
        if words.lower[k] in _BODY_ENDS or words.lower[k] in portfolio_words():
            return True
        k += 1
    return False
