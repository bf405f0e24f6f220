"""Office phrases: "visiting Kazakh Deputy Prime Minister and Minister of Foreign Affairs", "chairman of the ... of ...".

A phrase is found from its head words (tables/offices.csv) outwards: leftwards over what may stand before an office
(status, portfolio, people, body, owner), rightwards over "of/for/to BODY" and further offices joined by "and".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from communique.actors.words import Words
from communique.tables import rows

Status = Literal["current", "former", "acting", "designate"]

_STATUS: dict[str, Status] = {
    "former": "former", "ex": "former", "then": "former", "late": "former", "outgoing": "current",
    "ousted": "former", "deposed": "former", "retired": "former", "onetime": "former", "erstwhile": "former",
    "acting": "acting", "interim": "acting", "caretaker": "acting", "provisional": "acting",
    "designate": "designate", "elect": "designate", "incoming": "designate", "designated": "designate",
}  # fmt: skip
_RANKS = frozenset(
    """deputy vice first second senior chief top special permanent executive assistant associate honorary principal
    lead joint high leading veteran career long-time longtime prominent influential general regional
    supreme honourable honorable""".split()
)
# Words before the head that belong to the title: "Deputy", "First", "Foreign".
TITLE_WORDS = _RANKS | frozenset(
    """foreign defence defense interior finance trade commerce economy energy justice agriculture transport culture
    tourism education health environment labour labor industry security press prime home external internal treasury
    climate migration sports sport science digital investment planning water housing naval air police national party
    parliamentary government presidential cabinet economic political military trade peace nuclear budget human""".split()
)
_BEFORE = frozenset(
    """visiting newly elected new current present incumbent de facto self-proclaimed self appointed re reelected
    sworn embattled popular pro opposition military exiled reformist hardline moderate conservative liberal populist
    far right left centrist nationalist communist leftist longtime young old then-
    """.split()
)
# Passing circumstances, not part of an office.
_PASSING = frozenset("visiting touring present".split())
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "our", "two", "three", "both", "one", "another", "some"})
_OWNERS = frozenset({"his", "her", "their", "its", "our", "my", "whose"})
_LINKS = frozenset({"of", "for", "to", "in", "on", "at"})
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
_NOT_BODY = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december""".split()
)
# For a token: the state mention that holds it (start, end, ISO code).
Places = Mapping[int, tuple[int, int, str]]
# For a token: the organisation that holds it (start, end, ISO code or None for a body of many states).
Bodies = Mapping[int, tuple[int, int, str | None]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known to be named where, before offices are looked for."""

    states: Places
    bodies: Bodies


_VERBISH = frozenset({"VERB", "AUX", "ADP", "SCONJ", "ADV", "PRON", "NUM", "INTJ", "X", "SPACE", "PUNCT", "CCONJ"})


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


@lru_cache(maxsize=1)
def office_heads() -> dict[str, list[tuple[tuple[str, ...], OfficeHead]]]:
    """First word -> the heads that begin with it, longest first. Hyphens are words of their own."""
    table: dict[str, list[tuple[tuple[str, ...], OfficeHead]]] = {}
    for row in rows("offices"):
        for form, plural in ((row["head"], False), (row["plural"], True)):
            if form:
                split = tuple(form.replace("-", " - ").split())
                head = OfficeHead(
                    split, plural, row["key"], int(row["rank"]), row["sector"], row["scope"], row["gender"], row["head"]
                )
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


def head_at(words: Words, i: int) -> OfficeHead | None:
    """The longest office head that begins at token `i` and is a noun there."""
    for split, head in office_heads().get(words.lower[i], ()):
        n = len(split)
        if i + n <= words.n and tuple(words.lower[i : i + n]) == split and _is_noun(words, i, i + n, head):
            return head
    return None


_MOSTLY_OTHER = frozenset({"general", "justice", "major", "count", "king", "queen", "prince", "lord", "duke", "baron",
                           "chair", "head", "host", "model", "forward", "judge", "lead", "member", "principal", "captain"})  # fmt: skip


def _is_noun(words: Words, start: int, end: int, head: OfficeHead) -> bool:
    last = end - 1
    if start > 1 and words.text[start - 1] == "-" and words.ends[start - 1] == words.starts[start]:
        if words.lower[start - 2] not in ("ex", "vice", "co", "pro", "then"):
            return False  # "Nur-Sultan"
    if words.pos[last] not in ("NOUN", "PROPN"):
        # The tagger sometimes takes a title before a name for an adjective or a verb.
        return words.is_cap(last) and end < words.n and words.is_cap(end) and words.pos[end] == "PROPN"
    single = words.lower[last]
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


def _phrase(words: Words, i: int, head: OfficeHead, known: Known, floor: int) -> OfficePhrase | None:
    start, status, country, owner, seen, international = _leftwards(words, i, known, floor)
    phrase = OfficePhrase(start, i + len(head.words), [], country=country, owner=owner, international=international)
    phrase.bare_start = start
    phrase.countries = list(seen)
    while phrase.start + phrase.lead < i and words.lower[phrase.start + phrase.lead] in _PASSING:
        phrase.lead += 1
    part = _part(words, start, i, head, status)
    phrase.parts.append(part)
    _rightwards(words, phrase, part, known)
    while len(phrase.parts) < 4 and _another(words, phrase, known):
        pass
    if phrase.country is None and phrase.countries:
        phrase.country = phrase.countries[0]
    j = phrase.start - 1
    while j >= floor and words.lower[j] in _DETERMINERS and phrase.start - j < 3:
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
    before = [w for w in words.lower[start:i]]
    part.key = keyed(head, before, [])
    if words.lower[end : end + 2] in (["-", "elect"], ["-", "designate"]):
        part.end = end + 2
        part.status = "designate"
        part.title_end = part.end
    return part


def keyed(head: OfficeHead, before: list[str], body: list[str]) -> str:
    """The normalised key: "minister" + "foreign" or + "of foreign affairs" is "foreign minister"."""
    if head.key not in ("minister", "deputy minister", "secretary", "state secretary", "commissioner"):
        if head.key == "leader" and "opposition" in before:
            return "opposition leader"
        if head.key == "president" and "vice" in before:
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


def _leftwards(
    words: Words, i: int, known: Known, floor: int
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
        if place and place[1] == j:
            if country is not None and not (seen and words.text[j] == "-"):
                break
            country = place[2]
            seen.insert(0, country)
            j = place[0]
            continue
        body = known.bodies.get(k)
        if body and body[1] == j and body[0] >= floor:
            country = country or body[2]
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
        if word in _STATUS and (word not in ("late", "then") or words.pos[k] != "ADV" or j == i or True):
            if word == "then" and words.first_of_sentence(k):
                break
            status = _STATUS[word]
            j = k
            continue
        if word == "-" and k > floor and words.lower[k - 1] in ("ex", "vice", "pro", "co"):
            j = k
            continue
        if word in _RANKS or word in _BEFORE:
            if words.first_of_sentence(k) and words.pos[k] in ("VERB", "ADV", "SCONJ", "ADP"):
                break
            j = k
            continue
        if word in _OWNERS:
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
        if word in _DETERMINERS or word in _NOT_BODY:
            break
        if words.pos[k] in _VERBISH or words.ent[k] in ("DATE", "TIME"):
            break
        if words.is_cap(k) and (words.pos[k] in ("PROPN", "NOUN") or words.ent[k] in ("ORG", "GPE", "NORP")):
            if words.pos[k] == "NOUN" and words.first_of_sentence(k) and words.ent[k] == "":
                break
            if words.ent[k] == "PERSON" and words.dep[k] not in ("compound", "nmod"):
                break
            j = k
            continue
        if not words.is_cap(k) and words.pos[k] in ("NOUN", "ADJ") and words.dep[k] in ("compound", "amod", "nmod"):
            if i <= words.head[k] or words.head[k] >= j:
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
    if link not in _LINKS:
        phrase.end = end
        return
    if link in ("in", "on", "at", "to") and not _takes(part, link):
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
    part.key = keyed(part.head, [w for w in words.lower[part.start : part.head_start]], body)
    if not (stop - end == 2 and known.states.get(end + 1)):
        part.body = (end + 1, stop)
    part.end = stop
    phrase.end = stop


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
    return key in ("professor", "expert", "official", "ambassador", "representative")


def _states_in(start: int, end: int, known: Known) -> list[str]:
    codes = []
    for k in range(start, end):
        place = known.states.get(k)
        if place and place[0] == k:
            codes.append(place[2])
    return codes


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
            )
            if word == "," and fits:
                # A list of portfolios only: "Trade, Industry and Energy".
                fits = any(words.lower[k] == "and" for k in range(nxt, min(nxt + 5, words.n)))
                fits = fits and last_kind == "portfolio"
            if not fits or not last_kind or head_at(words, nxt) is not None:
                break
            last_kind = "link"
            j += 1
            continue
        if word in portfolio_words() and words.pos[j] in ("NOUN", "PROPN", "ADJ", "VERB"):
            if words.is_cap(j) or not capital or last_kind in ("", "link", "noun", "portfolio"):
                last_kind = "end" if word in _BODY_ENDS and last_kind in ("cap",) else "portfolio"
                j = solid = j + 1
                continue
        if words.is_cap(j) and words.text[j][0].isalpha() and words.lower[j] not in _NOT_BODY:
            if last_kind in ("state", "portfolio", "end") and word not in _BODY_ENDS:
                if not _more_body(words, j, known):
                    break
            if words.ent[j] == "PERSON" and last_kind and word not in _BODY_ENDS and last_kind != "link":
                break
            if head_at(words, j) is not None and last_kind not in ("", "link"):
                break
            last_kind = "end" if word in _BODY_ENDS else "cap"
            j = solid = j + 1
            continue
        if words.pos[j] in ("NOUN", "ADJ", "NUM") and not words.is_cap(j) and words.lower[j] not in _NOT_BODY:
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


def _more_body(words: Words, j: int, known: Known) -> bool:
    """Whether the capitalised words from `j` still belong to the body: one of them is a body's last word."""
    k = j
    while k < words.n and words.is_cap(k) and words.text[k].isalpha() and k - j < 5:
        if words.lower[k] in _BODY_ENDS or words.lower[k] in portfolio_words():
            return True
        k += 1
    return False


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
            word in _STATUS
            or word in _RANKS
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
    status: Status = next((_STATUS[words.lower[x]] for x in range(begin, k) if words.lower[x] in _STATUS), "current")
    part = _part(words, begin, k, head, status)
    phrase.parts.append(part)
    _rightwards(words, phrase, part, known)
    return True
