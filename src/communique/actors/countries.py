"""States in the text: by name, by adjective, and by a capital or seat that stands for the government."""

from __future__ import annotations

from dataclasses import dataclass

from communique.actors.cast import Form
from communique.actors.draft import Draft
from communique.actors.lexicon import NAME_KINDS, PLACE_KINDS, Entry, Hit, country_names
from communique.actors.names import fold, given_names, person_words
from communique.actors.office_words import office_heads
from communique.actors.peoples import described_states, peoples
from communique.actors.words import Words

# A country's name before one of these belongs to a firm, a newspaper, a club, a street.
_TAILS = frozenset(
    """daily times post herald tribune gazette journal observer telegraph news today tv television radio media press
    tech university college institute school academy airlines airways airline air railways bank bancorp hotel street
    avenue road square bridge tower stadium arena club fc united city rovers athletic motors mobile telecom telecoms
    petroleum steel corp corp. corporation inc inc. ltd ltd. plc llc ag gmbh co co. company holdings group electronics
    river sea bay island islands strait gulf falls lake mountain mountains ocean channel valley canal
    museum gallery orchestra symphony theatre theater festival marathon
    open masters cup league championship derby gp""".split()
)
_INSTITUTIONS_OF = frozenset(
    """bank university college institute museum church orchestra sea gulf bay strait island isle lake times voice
    academy airport hospital parish diocese""".split()
)
# Joined by "of", the state itself is meant.
_PLACE_PREPOSITIONS = frozenset(
    """in at near across throughout inside outside around within off via into onto through over above along
    towards toward""".split()
)
_RELATION_NOUNS = frozenset(
    """tie ties relation relations relationship talk talks agreement deal treaty dispute war conflict pressure alliance
    cooperation dialogue partnership negotiation negotiations trade border support message letter appeal signal policy
    contact contacts rapprochement sanction sanctions accord pact friendship rift tension tensions response reply
    normalisation normalization protest pledge loyalty consultation consultations ceasefire truce understanding
    concession concessions decision stance position government claim denial demand influence role interest interests
    leadership ally allies rival partner adversary enemy invitation offer reaction commitment opposition approval
    ambassador envoy recognition meeting summit embassy communique treaty break split row quarrel spat
    standoff""".split()
)
_ADDRESSED = frozenset(
    """accuse blame urge warn tell ask press criticise criticize condemn support back thank persuade convince pressure
    sanction recognise recognize assure inform notify threaten reassure lobby please anger provoke isolate court
    denounce rebuke help deter punish call ally side negotiate consult coordinate meet trust appease irritate embarrass
    leave push force compel praise""".split()
)
# Things a city has, not a government.
_CITY_NOUNS = frozenset(
    """airport streets street residents resident mayor suburb suburbs hotel hotels outskirts stock exchange metro subway
    skyline weather centre center district districts time university universities airport's museum museums people
    downtown population traffic station railway square university police""".split()
)
_US_STATE_CUES = frozenset(
    """alabama florida tennessee carolina texas arizona michigan pennsylvania wisconsin atlanta savannah augusta ohio
    governor gov. senator sen. kemp biden trump republican republicans democrat democrats electors runoff county u.s.
    bulldogs""".split()
)
_GEORGIA_CUES = frozenset(
    """tbilisi georgian georgians abkhazia ossetia caucasus saakashvili ivanishvili russia russian moscow armenia
    azerbaijan ukraine moldova nato kobakhidze zourabichvili turkey""".split()
)
_HUMAN_NOUNS = frozenset(
    """president minister premier ambassador envoy leader official officials foreign prime deputy king queen
    spokesman spokeswoman spokesperson diplomat government authorities side delegation army troops forces parliament
    embassy ministry""".split()
)


@dataclass(frozen=True, slots=True)
class CountryHit:
    """A state named at tokens `[start, end)`, with the way it is named."""

    start: int
    end: int
    code: str
    form: Form
    kind: str  # kind of the table row


def find_countries(words: Words, hits: list[Hit]) -> list[CountryHit]:
    """The states that the text names, in order; places that are only places are left out."""
    found: list[CountryHit] = []
    lowered = frozenset(words.lower)
    surnames = {hit.form for hit in hits if hit.end - hit.start == 1 and _is_surname(words, hit.start)}
    for hit in hits:
        if hit.form in surnames:
            continue
        entries = [e for e in hit.entries if e.kind not in ("organisation", "body", "trap")]
        if not entries or any(e.kind in ("organisation", "body") for e in hit.entries):
            continue
        if is_inside_name(words, hit):
            continue
        found.extend(_read(words, hit, entries, lowered, found))
    found = peoples(words, found)
    return sorted(found + described_states(words, found), key=lambda hit: hit.start)


_PLACE_MODIFIERS = frozenset(
    """greater central downtown inner new old north south east west northern southern eastern western upper lower
    saint st st. port fort san santa el la los las mount lake air radio bank university republic democratic kingdom
    islamic people people's federal united great little communist soviet occupied mainland metropolitan the""".split()
)


def _is_surname(words: Words, i: int) -> bool:
    """Whether the country or city at token `i` is a person's family name: "Odette Paris, a teacher, ..."."""
    j = i - 1
    if words.tag[i] in ("NNS", "NNPS"):
        return False  # "Young Algerians": a people
    if j < 0 or not words.is_cap(j) or words.pos[j] != "PROPN" or not words.text[j].isalpha():
        return False
    if words.head[j] != i or words.dep[j] != "compound" or words.lower[j] in _PLACE_MODIFIERS:
        return False
    if words.ent[j] == words.ent[i] == "PERSON" or fold(words.text[j]) in given_names():
        return words.lower[j] not in office_heads()
    return any(words.dep[c] == "appos" and words.lower[c] in person_words() for c in words.children[i])


def _read(
    words: Words, hit: Hit, entries: list[Entry], lowered: frozenset[str], before: list[CountryHit]
) -> list[CountryHit]:
    entry = _choose(words, hit, entries, lowered, before)
    if entry is None:
        return []
    start, end, code, kind = hit.start, hit.end, entry.code, entry.kind
    if kind == "combining":
        if end < words.n and words.text[end] == "-" and words.ends[end - 1] == words.starts[end]:
            return [CountryHit(start, end, code, "adjective", kind)]
        return []
    if kind == "demonym":
        return [CountryHit(start, end, code, "adjective", kind)]
    if kind in PLACE_KINDS:
        if stands_for_government(words, start, end):
            return [CountryHit(start, end, code, "metonym", kind)]
        return []
    return [CountryHit(start, end, code, _form_of_name(words, start, end), kind)]


def _choose(
    words: Words, hit: Hit, entries: list[Entry], lowered: frozenset[str], before: list[CountryHit]
) -> Entry | None:
    """The meaning that fits here; None where the word is no state at all."""
    names = [e for e in entries if e.kind in NAME_KINDS]
    pool = names or [e for e in entries if e.kind == "demonym"] or entries
    if not names and any(e.kind == "combining" for e in entries):
        after = words.text[hit.end] if hit.end < words.n else ""
        if after == "-" or pool == entries:
            pool = [e for e in entries if e.kind == "combining"] if after == "-" else pool
    codes = list(dict.fromkeys(e.code for e in pool))
    if len(codes) > 1:
        named = [h.code for h in before if h.code in codes]
        other = [e for e in pool if named and e.code == named[-1]]
        pool = other or _preferred(words, lowered, pool)
    entry = pool[0]
    return entry if _fits(words, hit, entry, lowered) else None


def _preferred(words: Words, lowered: frozenset[str], pool: list[Entry]) -> list[Entry]:
    """Which of several states a shared form means: by what else the report names."""
    cues = {
        "COD": {"kinshasa", "goma", "m23", "tshisekedi", "kabila", "kivu", "rwanda", "democratic"},
        "COG": {"brazzaville", "sassou"},
        "DOM": {"santo", "haiti", "punta", "abinader", "medina", "fernandez"},
        "DMA": {"roseau", "skerrit"},
        "EUU": {"eu", "european", "commission", "union", "bloc", "leyen", "barroso", "juncker", "ashton", "mogherini"},
        "BEL": {"belgium", "belgian", "belgians"},
    }
    scored = sorted(pool, key=lambda e: -len(cues.get(e.code, set()) & lowered))
    codes = {e.code for e in pool}
    if codes == {"COD", "COG"} and not cues["COG"] & lowered:
        return [e for e in pool if e.code == "COD"]
    if codes == {"BEL", "EUU"} and not cues["BEL"] & lowered:
        return [e for e in pool if e.code == "EUU"]
    if codes == {"DOM", "DMA"} and not cues["DMA"] & lowered:
        return [e for e in pool if e.code == "DOM"]
    return scored


def _fits(words: Words, hit: Hit, entry: Entry, lowered: frozenset[str]) -> bool:
    """Refuse the forms of the caution column where they are a word, a person or another place."""
    start, end, caution = hit.start, hit.end, entry.caution
    before = words.text[start - 1] if start else ""
    after = words.text[end] if end < words.n else ""
    if hit.form == "Georgia" and not _is_georgia_state(words, start, end, lowered):
        return False
    if "name" in caution and "common" not in caution and entry.kind != "capital" and _in_person_name(words, start, end):
        return False
    if hit.form in ("Pole", "Poles", "Swede", "Finn", "Dane") and before.lower() in ("north", "south"):
        return False
    if hit.form == "English" and words.pos[start] == "NOUN":
        return False
    if hit.form in ("English", "French", "Chinese", "Russian", "Spanish", "Arabic") and before.lower() in (
        "in",
        "into",
    ):
        nxt = words.pos[end] if end < words.n else ""
        if nxt not in ("NOUN", "PROPN", "ADJ"):
            return False
    if hit.form in ("American", "Indian") and before in ("Latin", "Native", "South", "North", "Central", "African"):
        return False
    if hit.form == "Indian" and after in ("Ocean", "reservation"):
        return False
    if entry.code == "EUU" and entry.kind == "demonym" and after not in ("Union",):
        # "European leaders", "the European side": the bloc is meant only where its bodies are named.
        return False
    if hit.form in ("the North", "the South"):
        korea = "korea" in lowered or "korean" in lowered or "pyongyang" in lowered
        return korea and not (after[:1].isupper() and words.pos[end] == "PROPN")
    return hit.form not in ("Mainland", "Male", "Westminster", "National Palace", "Victoria", "the Kingdom", "Bankside")


def _is_georgia_state(words: Words, start: int, end: int, lowered: frozenset[str]) -> bool:
    before = words.text[start - 1] if start else ""
    if before == "," and start >= 2 and words.is_cap(start - 2) and words.text[start - 2] not in ("Tbilisi", "Batumi"):
        return bool(lowered & {"tbilisi", "georgian"})
    return not (lowered & _US_STATE_CUES and not lowered & _GEORGIA_CUES)


def _in_person_name(words: Words, start: int, end: int) -> bool:
    """ "Jordan Mills", "Michael Jordan": a capitalised neighbour that is a person's other name."""
    ent = words.ent[start] == "PERSON"
    nxt = end < words.n and words.is_cap(end) and words.text[end].isalpha() and words.pos[end] == "PROPN"
    if nxt and words.lower[end] not in _HUMAN_NOUNS:
        return ent or words.ent[end] == "PERSON"
    previous = (
        start > 0 and words.is_cap(start - 1) and words.pos[start - 1] == "PROPN" and words.text[start - 1].isalpha()
    )
    if previous:
        return ent or words.ent[start - 1] == "PERSON"
    return start > 0 and words.lower[start - 1] in ("mr", "mr.", "ms", "ms.", "mrs", "mrs.", "dr", "dr.")


def is_inside_name(words: Words, hit: Hit) -> bool:
    """Whether the form is part of the name of a firm, newspaper, club, university, street or stretch of water."""
    after = words.lower[hit.end] if hit.end < words.n else ""
    if after in _TAILS and words.is_cap(hit.end):
        return True
    two = after and hit.end + 1 < words.n and words.is_cap(hit.end) and words.is_cap(hit.end + 1)
    if two and words.lower[hit.end + 1] in _TAILS and after not in _HUMAN_NOUNS:
        return True
    j = hit.start - 1
    if j >= 0 and words.lower[j] == "the":
        j -= 1
    if j >= 1 and words.lower[j] == "of" and words.lower[j - 1] in _INSTITUTIONS_OF and words.is_cap(j - 1):
        return True
    return j >= 0 and words.text[j] in ("Air", "Miss", "Team", "Radio", "Club", "Hotel", "Bank") and words.is_cap(j)


def _form_of_name(words: Words, start: int, end: int) -> Form:
    """ "name", "adjective" before a noun ("Kazakhstan president"), or "place" after a preposition of place."""
    i = head_in(words, start, end)
    dep, head = words.dep[i], words.head[i]
    if dep in ("compound", "amod", "nmod") and head >= end:
        return "adjective"
    if end < words.n and words.text[end] == "-" and words.ends[end - 1] == words.starts[end]:
        return "adjective"
    while dep in ("conj", "appos") and head != i:
        i, dep, head = head, words.dep[head], words.head[head]
    if dep == "pobj" and words.lower[head] in _PLACE_PREPOSITIONS:
        return "place"
    return "name"


def head_in(words: Words, start: int, end: int) -> int:
    """The token of `[start, end)` that hangs outside it."""
    for i in range(end - 1, start - 1, -1):
        if not start <= words.head[i] < end or words.head[i] == i:
            return i
    return end - 1


def stands_for_government(words: Words, start: int, end: int, depth: int = 0) -> bool:
    """Whether a capital or seat acts here: agent or addressee of a verb, possessor of a policy, partner of ties."""
    i = head_in(words, start, end)
    dep, head = words.dep[i], words.head[i]
    if start and words.text[start - 1] in ("(", ",") and dep in ("appos", "npadvmod", "dep", "ROOT"):
        return False
    if dep == "conj" and depth < 3:
        return stands_for_government(words, head, head + 1, depth + 1)
    if dep in ("nsubj", "nsubjpass"):
        verb = words.lemma[head]
        if verb in ("be", "lie", "become", "remain", "have"):
            return any(words.dep[c] == "acomp" for c in words.children[head])
        return verb not in ("locate", "situate", "bomb", "shell", "hit", "celebrate", "host", "wake")
    if dep == "agent" or (dep == "pobj" and words.dep[head] == "agent"):
        return True
    if dep == "poss":
        return words.lower[head] not in _CITY_NOUNS
    if dep in ("compound", "nmod", "amod"):
        if head >= end and words.lower[head] in _HUMAN_NOUNS:
            return words.lower[head] not in ("police", "mayor")
        after = words.text[end] if end < words.n else ""
        before = words.text[start - 1] if start else ""
        if "-" in (after, before):
            for _ in range(3):  # "Moscow-Tehran relations": the noun at the end of the compound
                if words.dep[head] in ("compound", "nmod", "amod") and words.head[head] > head:
                    head = words.head[head]
            return words.lemma[head] in _RELATION_NOUNS
        return False
    if dep in ("dobj", "dative"):
        return words.lemma[head] in _ADDRESSED
    if dep == "pobj":
        preposition = words.lower[head]
        anchor = words.head[head]
        if preposition in _PLACE_PREPOSITIONS or (preposition in ("from", "for", "on") and words.pos[anchor] == "VERB"):
            return False
        if preposition in ("with", "between", "against", "by", "of", "from", "on", "to", "for", "towards", "toward"):
            if words.pos[anchor] in ("NOUN", "PROPN"):
                return words.lemma[anchor] in _RELATION_NOUNS
            return preposition in ("with", "against", "by") and words.lemma[anchor] in _ADDRESSED | {
                "say",
                "work",
                "agree",
            }
    return False


def place_countries(draft: Draft, found: list[CountryHit]) -> None:
    """Put the states that were found on the draft as mentions."""
    names = country_names()
    for hit in found:
        actor = draft.state(hit.code, names.get(hit.code, hit.code))
        draft.mention(actor, hit.form, hit.start, hit.end)
