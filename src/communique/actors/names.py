"""Names of persons in the text: runs of capitalised words, and how much speaks for a person.

The parser's entity label is one vote among several: offices and honorifics before the name, appositions after it,
verbs of saying and meeting, given names, and what the words are otherwise known as.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from communique.actors.words import Words
from communique.tables import rows

HONORIFICS: dict[str, str] = {
    "mr": "m", "mr.": "m", "ms": "f", "ms.": "f", "mrs": "f", "mrs.": "f", "miss": "f", "dr": "", "dr.": "", "sir": "m",
    "dame": "f", "lady": "f", "lord": "m", "madame": "f", "madam": "f", "monsieur": "m", "sheikh": "m", "shaikh": "m",
    "sheikha": "f", "sayyid": "m", "hajji": "m", "comrade": "", "prof": "", "prof.": "", "professor": "",
    "father": "m", "sister": "f", "brother": "m", "h.e.": "", "hon.": "", "mullah": "m", "maulana": "m", "rev.": "",
    "don": "m", "dona": "f", "herr": "m", "frau": "f", "pope": "m", "señor": "m", "haji": "m", "daw": "f",
    "excellency": "", "excellencies": "", "majesty": "", "highness": "", "honourable": "", "honorable": "",
}  # fmt: skip
_PARTICLES = frozenset(
    """al el bin ibn bint abu abd van von der den de del della di da das dos du la le lo ter ten zu af av e y ul ur
    uz oglu qizi uulu kyzy uly binti ben ould st st. san""".split()
)
ORGANISATION_WORDS = frozenset(
    """bank university college institute council committee commission company corp corporation inc inc. ltd ltd. plc llc
    group agency party union association federation forum foundation ministry department office court congress senate
    parliament assembly army navy force forces police church school hospital club fc united city museum society league
    alliance movement front organisation organization authority administration service services center centre network
    airlines airways motors industries systems technologies holdings partners news times post daily herald journal
    tribune television tv radio media press magazine review hotel airport station stadium park street road avenue
    square bridge river lake sea ocean bay island islands mountain mountains valley peninsula province county district
    state states region republic kingdom north south east west northern southern eastern western act treaty agreement
    accord pact protocol convention charter declaration initiative project program programme plan summit conference
    festival games cup championship olympics award prize day year week month war battle operation house palace tower
    building hall gate wall temple mosque cathedral fund trust board bureau cabinet government embassy consulate
    mission senate chamber tribunal squad brigade division corps fleet base camp fort port harbour harbor zone corridor
    road belt line pipeline railway canal dam plant reactor mine field desert forest community cooperation dialogue
    partnership relations development security policy studies research international national global world
    election elections constituency flag law constitution amendment report bill theory science academy
    factory factories aircraft flight flights store stores shop market markets software os buy airbus plane records
    studios studio pictures entertainment music online mobile phone computer computers electronics pharmaceuticals
    laboratories brothers sons associates solutions ventures capital insurance energy oil gas steel
    street fair expo exhibition article edition episode season series show film movie album band team
    muslim christian catholic jewish islamic buddhist hindu orthodox protestant arab asian african european
    commander lions tigers eagles bears wolves rangers falcons brigades""".split()
)
_NOT_NAMES = frozenset(
    """i the a an this that these those he she it they we you his her its their our my your who what when where why how
    which and or but if in on at by for from to with of as is are was were be been has have had do does did not no yes
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec
    however meanwhile also then there here after before during since until while although though because according
    earlier later today yesterday tomorrow now both all some many most several other another each every any
    gmt utc am pm image photo file source related read watch copyright reuters afp ap xinhua tass interfax dpa ansa efe
    internet google facebook twitter youtube instagram telegram whatsapp wikipedia wikinews god islam christianity
    christmas easter ramadan covid brexit parliament congress senate cabinet government state
    asia africa europe america middle gulf pacific atlantic mediterranean caucasus balkans arctic antarctica
    english french russian chinese people""".split()
)
_SAYING = frozenset(
    """say tell add note stress voice express announce declare claim deny state argue explain comment reply respond
    answer insist warn urge write tweet suggest believe think hope expect want recall describe praise welcome thank
    admit acknowledge emphasize emphasise underline underscore reiterate confirm affirm pledge vow promise propose
    meet visit arrive travel fly sign resign die marry born speak talk discuss congratulate attend receive host greet
    appoint elect arrest testify accuse blame criticise criticize condemn call phone lead chair smile laugh joke
    serve win defeat lose play score run retire step teach study bear live leave ask agree refuse decline reject
    observe quip remark point concede contend conclude feel""".split()
)
_BEFORE_PLACE = frozenset(
    {"in", "at", "near", "across", "throughout", "inside", "outside", "off", "into", "around", "via"}
)


@dataclass(slots=True)
class NameRun:
    """A capitalised run `[start, end)` that may name a person. `score` above 1 says it does."""

    start: int
    end: int
    words: tuple[str, ...]  # folded parts of the name, hyphens inside
    score: int
    honorific: str = ""  # gender of an honorific before it, "" when none
    has_honorific: bool = False

    @property
    def long(self) -> bool:
        return len([w for w in self.words if w not in _PARTICLES]) > 1


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given name, folded -> "m", "f" or ""."""
    return {fold(row["name"]): row["gender"] for row in rows("given_names")}


@lru_cache(maxsize=1)
def person_words() -> frozenset[str]:
    """Nouns for persons: "woman", "minister", "lawyer"."""
    nouns = {row["noun"] for row in rows("person_nouns")}
    return frozenset(nouns | {row["head"] for row in rows("offices") if " " not in row["head"]})


@lru_cache(maxsize=1)
def family_first() -> frozenset[str]:
    """Folded family names of languages that print them before the given name: "xi", "nguyen"."""
    return frozenset(row["family_name"] for row in rows("family_first"))


_FOLDS = str.maketrans(
    {"ı": "i", "İ": "I", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae",
     "ə": "a", "Ə": "A", "þ": "th", "ð": "d", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'"}
)  # fmt: skip


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Lower case without accents: "Çavuşoğlu" -> "cavusoglu"."""
    import unicodedata

    text = unicodedata.normalize("NFKD", name.translate(_FOLDS))
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def find_runs(words: Words, closed: list[bool], office: list[bool]) -> list[NameRun]:
    """Every run that could be a name. `closed` marks tokens of states, organisations and other known names; `office`
    those of office phrases' own words (they end a run)."""
    runs: list[NameRun] = []
    i = 0
    while i < words.n:
        if not _begins(words, i, closed, office):
            i += 1
            continue
        end = _run_end(words, i, closed, office)
        runs.append(_run(words, i, end))
        i = end
    return runs


def name_like(words: Words, i: int) -> bool:
    """Whether token `i` can be a word of a name."""
    text = words.text[i]
    if not text[0].isupper() or not any(c.isalpha() for c in text) or any(c.isdecimal() for c in text):
        return False
    lower = words.lower[i]
    if lower in HONORIFICS:
        return False
    if lower in _NOT_NAMES:
        if lower in _NAME_MONTHS and (_after_given_name(words, i) or _before_family_name(words, i)):
            return True
        return _is_family_name(words, i)
    if words.tag[i] == "NNPS" and words.ent[i] != "PERSON" and text not in words.proper:
        return False
    if words.pos[i] == "PROPN" or words.ent[i] == "PERSON":
        return True
    if words.pos[i] in ("DET", "PRON", "ADP", "AUX", "SCONJ", "CCONJ", "PART", "NUM", "ADV", "PUNCT"):
        return fold(text) in given_names() and not words.first_of_sentence(i)
    if words.first_of_sentence(i):
        return (
            text in words.proper
            or fold(text) in given_names()
            or (i + 1 < words.n and words.is_cap(i + 1) and words.pos[i] in ("NOUN", "ADJ", "X"))
        )
    return True


def _is_family_name(words: Words, i: int) -> bool:
    """A family name that is also a little word: "Ambassador He Wei", "President To Lam"; never at a sentence's head."""
    if words.lower[i] not in family_first() or not words.is_cap(i) or words.text[i].isupper():
        return False
    following = i + 1 < words.n and words.is_cap(i + 1) and words.text[i + 1].isalpha()
    if not following or words.starts[i + 1] - words.ends[i] != 1 or words.first_of_sentence(i):
        return False
    return words.text[i - 1] not in ('"', "“", "``", ":", "‘", "-", "–", "—")


_NAME_MONTHS = frozenset({"may", "march", "june", "april", "august", "jan", "jun"})


def _before_family_name(words: Words, i: int) -> bool:
    """ "Jan Novak", "Jun Azumi": a month's name that the parser hangs on the name after it, no day beside it."""
    if i + 1 >= words.n or not words.is_cap(i) or not words.is_cap(i + 1) or words.pos[i - 1 if i else 0] == "NUM":
        return False
    named = words.dep[i] == "compound" and i < words.head[i] <= i + 3 and words.ent[i] != "DATE"
    return named and words.pos[i + 1] == "PROPN" and words.ent[i + 1] not in ("GPE", "NORP", "ORG", "DATE")


def _after_given_name(words: Words, i: int) -> bool:
    """ "Theresa May": a month's name after a given name, and no day beside it."""
    if not i or not words.is_cap(i) or words.starts[i] - words.ends[i - 1] != 1:
        return False
    if i + 1 < words.n and words.pos[i + 1] == "NUM":
        return False
    return words.pos[i - 1] == "PROPN" and fold(words.text[i - 1]) in given_names()


def _begins(words: Words, i: int, closed: list[bool], office: list[bool]) -> bool:
    if closed[i] or office[i]:
        return False
    if name_like(words, i):
        return True
    # "al-Dossari", "el-Sisi" at the beginning of a name.
    return words.lower[i] in ("al", "el") and i + 2 < words.n and words.text[i + 1] == "-" and words.is_cap(i + 2)


def _run_end(words: Words, i: int, closed: list[bool], office: list[bool]) -> int:
    j = i + 1
    while j < words.n and not office[j]:
        if words.paragraph[j] != words.paragraph[i]:
            break
        text = words.text[j]
        if (
            text == "-"
            and words.ends[j - 1] == words.starts[j]
            and j + 1 < words.n
            and words.ends[j] == words.starts[j + 1]
        ):
            if words.text[j + 1][0].isalpha() and not office[j + 1]:
                j += 2
                continue
            break
        if closed[j] and not (words.ent[j] == "PERSON" and words.ent[j - 1] == "PERSON"):
            break
        lost = words.ent[j] == "PERSON" and words.ent[j - 1] not in ("PERSON", "") and words.text[j - 1] != "-"
        if lost and not (i and words.text[i - 1] == ","):
            break  # "... of Austin Salma Haddad", but "the envoy, Salem Haddad"
        if name_like(words, j) or (len(text) == 2 and text[1] == "." and text[0].isupper()):
            j += 1
            continue
        if text in ("'", "’") and j + 1 < words.n and words.text[j - 1] == "O" and words.is_cap(j + 1):
            j += 2
            continue
        if words.lower[j] in _PARTICLES and _particle_joins(words, j, closed, office):
            j += 1
            continue
        break
    return j


def _particle_joins(words: Words, j: int, closed: list[bool], office: list[bool]) -> bool:
    k = j + 1
    while k < words.n and k - j < 3 and (words.lower[k] in _PARTICLES or words.text[k] == "-"):
        k += 1
    if k >= words.n or closed[k] or office[k] or not words.is_cap(k) or words.lower[k] in _NOT_NAMES:
        return False
    if (
        words.lower[j] in ("e", "y", "la", "le", "lo", "den", "ten", "ter", "das", "san", "st", "st.")
        and words.text[j][0].islower()
    ):
        return words.ent[j] == "PERSON" or words.lower[j - 1] in _PARTICLES or words.lower[j] in ("la", "den")
    return words.pos[k] in ("PROPN", "NOUN", "ADJ", "X")


def split_name(words: Words, start: int, end: int) -> tuple[str, ...]:
    """The folded parts of a name, hyphens and apostrophes kept inside: ("kassym-jomart", "tokayev")."""
    parts: list[str] = []
    for k in range(start, end):
        text = fold(words.text[k])
        joined = text in ("-", "'", "’") or (
            words.text[k - 1] in ("-", "'", "’") and words.ends[k - 1] == words.starts[k]
        )
        if parts and joined:
            parts[-1] += text
        else:
            parts.append(text)
    return tuple(parts)


def _run(words: Words, start: int, end: int) -> NameRun:
    run = NameRun(start, end, split_name(words, start, end), 0)
    if start and words.lower[start - 1] in HONORIFICS:
        run.has_honorific = True
        run.honorific = HONORIFICS[words.lower[start - 1]]
    run.score = _votes(words, run)
    return run


def _votes(words: Words, run: NameRun) -> int:
    start, end = run.start, run.end
    score = 0
    named = run.long and run.words[0] in given_names()
    labels = {words.ent[k] for k in range(start, end) if words.text[k] != "-"}
    if "PERSON" in labels:
        score += 2
    if labels & {"GPE", "LOC", "FAC"}:
        score -= 2
    if labels & {"EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "DATE", "LANGUAGE"}:
        score -= 1
    if labels == {"ORG"}:
        score -= 1 if named else 2
    if run.has_honorific:
        score += 5
    lowered = {words.lower[k] for k in range(start + 1 if named else start, end)}
    if lowered & ORGANISATION_WORDS:
        score -= 4 if run.long else 2
    if named:
        score += 2
    if any(words.text[k].isupper() and len(words.text[k]) > 2 for k in range(start, end)):
        score -= 2
    if len(run.words) > 6:
        score -= 3
    before = words.lower[start - 1] if start else ""
    if before == "the":
        score -= 4
    if before in _BEFORE_PLACE:
        score -= 2 if run.long else 3
    after = words.lower[end] if end < words.n else ""
    if (after == "," and words.lower[end + 1 : end + 2] in (["who"], ["whose"])) or after in ("who", "whose"):
        score += 3
    if after == "," and words.lower[end + 1 : end + 2] == ["which"]:
        score -= 2
    if after == "," and words.pos[end + 1 : end + 2] == ["NUM"] and words.lower[end + 2 : end + 3] == [","]:
        score += 3  # "Ana Prado, 34, ..."
    head = next((k for k in range(end - 1, start - 1, -1) if not start <= words.head[k] < end), end - 1)
    if words.dep[head] in ("nsubj", "nsubjpass") and words.lemma[words.head[head]] in _SAYING:
        score += 1
    if any(words.dep[c] == "appos" and words.lower[c] in person_words() for c in words.children[head]):
        score += 3
    if run.long and run.words[-1].endswith(("vich", "vna")):
        score += 2
    if run.long and frozenset(w.replace("-", "") for w in run.words) in holder_names():
        score += 4
    elif len(run.words) == 2 and not named and run.words[1] in given_names():
        score += 2 if run.words[0] in family_first() else 1  # the family name first: "Tanaka Keiko"
    if 1 < len(run.words) < 4 and all(p.replace("-", "").isalpha() for p in run.words) and before not in _BEFORE_PLACE:
        score += words.dep[head] in ("nsubj", "nsubjpass")
    if words.dep[head] == "compound" and words.head[head] >= end and not words.is_cap(words.head[head]):
        score -= 1
    return score


@lru_cache(maxsize=1)
def holder_names() -> frozenset[frozenset[str]]:
    """The words of the full names of office holders in the tables, in whatever order they are printed."""
    found: set[frozenset[str]] = set()
    national = ("officeholders", "foreign_ministers_2003_2011", "foreign_ministers", "officials")
    for table in (*national, "officeholders_international"):
        for row in rows(table):
            for name in (row["person"], *row.get("aliases", "").split("|")):
                parts = frozenset(fold(part).replace("-", "") for part in name.split())
                if len(parts) > 1:
                    found.add(parts)
    return frozenset(found)
