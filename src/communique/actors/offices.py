"""Office phrases: "Georgian Deputy Premier and Minister of Foreign Affairs", "chairman of the ... of ...".

A phrase is found from its head words (tables/offices.csv) outwards: leftwards over what may stand before an office
(status, portfolio, people, body, owner), rightwards over "of/for/to BODY" and further offices joined by "and".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.actors.body_names import body_end
from communique.actors.office_words import (
    BEFORE,
    DETERMINERS,
    LINKS,
    NOT_BODY,
    OWNERS,
    PASSING,
    RANKS,
    STATUS,
    VERBISH,
    Known,
    OfficeHead,
    Status,
    head_at,
    keyed,
    portfolio_words,
)
from communique.actors.words import Words


@dataclass(slots=True)
class OfficePart:
    """One office of a phrase, tokens `[start, end)` without determiner: title, the body it belongs to, its head."""

    start: int
    end: int
    head: OfficeHead
    head_start: int
    head_end: int
    key: str
    body: tuple[int, int] | None = None
    status: Status = "current"
    title_end: int = 0  # where the title ends: before "of STATE"


@dataclass(slots=True)
class OfficePhrase:
    """An office or a stack of offices at tokens `[start, end)`, a determiner or owner at its beginning included."""

    start: int
    end: int
    parts: list[OfficePart]
    country: str | None = None
    owner: int | None = None  # token of a possessor that is not a state: "his", "the company"
    determiner: str = ""
    bare_start: int = 0  # where the phrase begins without determiner
    countries: list[str] = field(default_factory=list)  # every state that it names, in order
    international: bool = False  # its body is one of many states
    lead: int = 0  # words at the start that are not the office's: "visiting"
    by_title: bool = False  # the state is not said: only one has an office of this name

    @property
    def plural(self) -> bool:
        return self.parts[-1].head.plural

    @property
    def printed(self) -> int:
        """Where the office as one would quote it begins: after "visiting", "newly elected"."""
        return self.start + self.lead

    @property
    def head(self) -> int:
        return self.parts[0].head_end - 1


def find_offices(words: Words, known: Known) -> list[OfficePhrase]:
    """All office phrases, left to right."""
    found: list[OfficePhrase] = []
    i = 0
    while i < words.n:
        head = head_at(words, i)
        if head is None:
            i += 1
            continue
        phrase = _phrase(words, i, head, known, found[-1].end if found else 0)
        if phrase is None:
            i += len(head.words)
            continue
        found.append(phrase)
        i = max(phrase.end, i + 1)
    return found


def _phrase(words: Words, i: int, head: OfficeHead, known: Known, floor: int) -> OfficePhrase | None:
    start, status, country, owner, seen, international = _leftwards(words, i, known, floor, plural=head.plural)
    phrase = OfficePhrase(start, i + len(head.words), [], country=country, owner=owner, international=international)
    phrase.bare_start = start
    phrase.countries = list(seen)
    while phrase.start + phrase.lead < i and words.lower[phrase.start + phrase.lead] in PASSING:
        phrase.lead += 1
    part = _part(words, start, i, head, status)
    phrase.parts.append(part)
    _rightwards(words, phrase, part, known)
    while len(phrase.parts) < 4 and _another(words, phrase, known):
        pass
    if phrase.country is None and phrase.countries:
        phrase.country = phrase.countries[0]
    if phrase.country is None and head.country and part.body is None and not head.plural:
        phrase.country, phrase.by_title = head.country, True
    j = phrase.start - 1
    while j >= floor and words.lower[j] in DETERMINERS and phrase.start - j < 3:
        if phrase.determiner and words.lower[j] not in ("the", "these", "those"):
            break
        phrase.determiner = phrase.determiner or words.lower[j]
        phrase.start = j
        phrase.lead = 0
        j -= 1
    return phrase


def _part(words: Words, start: int, i: int, head: OfficeHead, status: Status) -> OfficePart:
    end = i + len(head.words)
    part = OfficePart(start, end, head, i, end, head.key, status=status, title_end=end)
    before = words.lower[start:i]
    part.key = keyed(head, before, [])
    if words.lower[end : end + 2] in (["-", "elect"], ["-", "designate"]):
        part.end = end + 2
        part.status = "designate"
        part.title_end = part.end
    return part


def _leftwards(
    words: Words, i: int, known: Known, floor: int, *, plural: bool
) -> tuple[int, Status, str | None, int | None, list[str], bool]:
    """Where the phrase begins, its status, its country, a possessor that is no state, all states in it, and whether
    it belongs to a body of many states."""
    international = False
    status: Status = "current"
    country: str | None = None
    owner: int | None = None
    seen: list[str] = []
    j = i
    while j > floor:
        k = j - 1
        word = words.lower[k]
        place = known.states.get(k)
        if plural and seen and word in ("and", ",") and known.states.get(k - 1) and k > floor:
            j = k  # "the Turkish and Greek foreign ministers"
            continue
        if place and place[1] == j:
            if plural and seen and words.lower[j] in ("and", ","):
                country = None
            if country is not None and not (seen and words.text[j] == "-"):
                break
            country = place[2]
            seen.insert(0, country)
            j = place[0]
            continue
        body = known.bodies.get(k)
        if body and body[1] == j and body[0] >= floor:
            country = country or body[2] or None
            international = international or body[2] is None
            j = body[0]
            continue
        if word in ("'s", "’s", "'", "’") and words.tag[k] == "POS":
            begin, code, token = _owner(words, k, known, floor)
            if begin is None:
                break
            if code:
                country = country or code
                seen.insert(0, code)
            else:
                owner = token
            j = begin
            break
        if word in STATUS:
            if word == "then" and words.first_of_sentence(k):
                break
            status = STATUS[word]
            j = k
            continue
        if word == "-" and k > floor and words.lower[k - 1] in ("ex", "vice", "pro", "co"):
            j = k
            continue
        if word in RANKS or word in BEFORE:
            if words.first_of_sentence(k) and words.pos[k] in ("VERB", "ADV", "SCONJ", "ADP"):
                break
            j = k
            continue
        if word in OWNERS:
            owner = k
            j = k
            break
        if word in portfolio_words() and words.pos[k] in ("NOUN", "PROPN", "ADJ", "VERB"):
            j = k
            continue
        if (
            word == "and"
            and k - 1 > floor
            and words.lower[k - 1] in portfolio_words()
            and words.lower[j] in portfolio_words()
        ):
            j = k
            continue
        if word in DETERMINERS or word in NOT_BODY:
            break
        if words.pos[k] in VERBISH or words.ent[k] in ("DATE", "TIME"):
            break
        if words.is_cap(k) and (words.pos[k] in ("PROPN", "NOUN") or words.ent[k] in ("ORG", "GPE", "NORP")):
            if words.pos[k] == "NOUN" and words.first_of_sentence(k) and words.ent[k] == "":
                break
            if words.ent[k] == "PERSON" and words.dep[k] not in ("compound", "nmod"):
                break
            j = k
            continue
        modifies = words.pos[k] in ("NOUN", "ADJ") and words.dep[k] in ("compound", "amod", "nmod")
        if modifies and not words.is_cap(k) and words.head[k] >= j:
            j = k
            continue
        break
    return j, status, country, owner, seen, international and country is None


def _owner(words: Words, apostrophe: int, known: Known, floor: int) -> tuple[int | None, str | None, int | None]:
    """Who owns the office: where the possessor begins, its ISO code if a state, else its token."""
    k = apostrophe - 1
    place = known.states.get(k)
    if place and place[1] == apostrophe:
        return place[0], place[2], None
    if k < floor:
        return None, None, None
    if words.is_cap(k) and words.pos[k] == "PROPN":
        begin = k
        while begin - 1 >= floor and words.is_cap(begin - 1) and words.pos[begin - 1] == "PROPN":
            begin -= 1
        if words.ent[k] == "PERSON":
            return None, None, None
    elif words.pos[k] in ("NOUN", "PROPN"):
        begin = k
        while (
            begin - 1 >= floor
            and words.pos[begin - 1] in ("ADJ", "NOUN")
            and words.head[begin - 1] in range(begin, k + 1)
        ):
            begin -= 1
    else:
        return None, None, None
    if begin - 1 >= floor and words.lower[begin - 1] in ("the", "a", "an"):
        begin -= 1
    return begin, None, k


def _rightwards(words: Words, phrase: OfficePhrase, part: OfficePart, known: Known) -> None:
    """Take "of the Standing Committee of ...", "for foreign affairs", "to the United Nations" into the phrase."""
    end = part.end
    link = words.lower[end] if end < words.n else ""
    if link not in LINKS or part.head.key in ("guest", "host"):
        phrase.end = end
        return
    if link in ("in", "on", "at", "with", "to") and not _takes(part, link):
        phrase.end = end
        return
    if link in ("at", "with"):
        first = end + 2 if words.lower[end + 1 : end + 2] == ["the"] else end + 1
        if first >= words.n or not words.is_cap(first) or words.ent[first] in ("DATE", "TIME", "PERSON"):
            phrase.end = end
            return
    stop = body_end(words, end + 1, known, capital=words.is_cap(part.head_start))
    if stop <= end + 1:
        phrase.end = end
        return
    body = [words.lower[k] for k in range(end + 1, stop)]
    held = [known.bodies[k] for k in range(end + 1, stop) if k in known.bodies]
    if held and link != "to" and phrase.country is None:
        phrase.country = next((code for _, _, code in held if code), None)
        phrase.international = phrase.country is None and all(code is None for _, _, code in held)
    if link in ("of", "for", "to"):
        codes = _states_in(end + 1, stop, known)
        for code in codes:
            phrase.countries.append(code)
        if codes and link != "to" and phrase.country is None:
            phrase.country = codes[0]
        if link == "to" and codes:
            # An ambassador to a state acts for another one.
            phrase.countries = [c for c in phrase.countries if c not in codes]
    part.key = keyed(part.head, words.lower[part.start : part.head_start], body)
    if not (stop - end == 2 and known.states.get(end + 1)):
        part.body = (end + 1, stop)
    part.end = stop
    phrase.end = stop
    if link == "of" and words.lower[stop : stop + 1] == ["to"] and _takes(part, "to"):
        # "the ambassador of Peru to Kenya": the post
        post = body_end(words, stop + 1, known, capital=words.is_cap(part.head_start))
        if post > stop + 1:
            part.end = phrase.end = post


def _takes(part: OfficePart, link: str) -> bool:
    key = part.head.key
    if link == "to":
        return key in ("ambassador", "special envoy", "adviser", "high commissioner", "representative", "diplomat",
                       "charge d'affaires", "aide", "candidate")  # fmt: skip
    if link == "in":
        return key in ("permanent secretary", "ambassador", "charge d'affaires", "diplomat", "consul", "official",
                       "special envoy", "representative")  # fmt: skip
    if link == "on":
        return key in ("special envoy", "adviser", "commissioner", "negotiator")
    # "at", "with": an economist at a bank, never a minister at a meeting.
    return part.head.scope != "state"


def _states_in(start: int, end: int, known: Known) -> list[str]:
    codes = []
    for k in range(start, end):
        place = known.states.get(k)
        if place and place[0] == k:
            codes.append(place[2])
    return codes


def _another(words: Words, phrase: OfficePhrase, known: Known) -> bool:
    """Add a further office of the same person: "... and Minister of Foreign Affairs". True when one was added."""
    j = phrase.end
    if j >= words.n or phrase.plural:
        return False
    if words.lower[j] not in ("and", ",", "cum", "-", "&"):
        return False
    joiner = words.lower[j]
    k = j + 1
    if joiner == "," and words.lower[k : k + 1] == ["and"]:
        k += 1
        joiner = "and"
    begin = k
    if k < words.n and words.lower[k] in ("concurrently", "also"):
        k += 1
    while k < words.n and k - begin < 7:
        head = head_at(words, k)
        if head is not None:
            break
        place = known.states.get(k)
        word = words.lower[k]
        if not (
            word in STATUS
            or word in RANKS
            or word in portfolio_words()
            or (word == "and" and k > begin)
            or place
            or (words.is_cap(k) and words.pos[k] == "PROPN")
        ):
            return False
        k += 1
    else:
        return False
    if k >= words.n:
        return False
    head = head_at(words, k)
    if head is None or head.plural:
        return False
    if any(known.states.get(x) for x in range(begin, k)) and phrase.country is not None:
        return False  # another state's office: another person
    if joiner == ",":
        # Offices joined by a comma alone stand before a name only in capitals ("Vice Chairman, Minister of ...").
        return False
    if words.is_cap(phrase.parts[0].head_start) != words.is_cap(k) and not words.text[k].isupper():
        return False
    status: Status = next((STATUS[words.lower[x]] for x in range(begin, k) if words.lower[x] in STATUS), "current")
    part = _part(words, begin, k, head, status)
    phrase.parts.append(part)
    _rightwards(words, phrase, part, known)
    return True
