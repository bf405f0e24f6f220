"""Organisations: those of the tables, ministries and other bodies of states, and what the parser calls one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from communique.actors.body_names import body_end
from communique.actors.draft import Draft, DraftActor
from communique.actors.lexicon import Hit
from communique.actors.office_words import Known, portfolio_words, portfolios
from communique.actors.words import Words
from communique.tables import rows

# Organs of the European Union act for it.
_UNION = frozenset({"EU", "EUCOM", "EUCO"})
# Known best by the name in full; the others keep the fullest form that the report prints ("NATO").
_SPELT_OUT = frozenset({"UN", "EU", "UNSC", "UNGA"})
# Forms that mean the organisation only once it has been named.
_ANAPHORIC = frozenset({"the bloc", "the alliance", "world body", "the Quad", "Quad", "the Quartet"})
# Nouns for bodies that name none by themselves.
_COMMON = frozenset(
    """government ministry parliament embassy party state council committee commission agency authority court cabinet
    congress senate assembly administration office delegation government's""".split()
)
_FORUM_KINDS = frozenset({"forum", "fair", "agreement"})


@dataclass(frozen=True, slots=True)
class OrganisationHit:
    """Tokens `[start, end)` that name an organisation, a body of a state or a firm."""

    start: int
    end: int
    name: str
    country: str | None
    code: str | None
    sector: str | None
    acts: bool
    kind: str
    full_start: int = -1
    full_end: int = -1


@lru_cache(maxsize=1)
def _organisations() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows("organisations")}


@lru_cache(maxsize=1)
def _bodies() -> dict[str, dict[str, str]]:
    return {row["name"] + "|" + row["country"]: row for row in rows("bodies")}


@lru_cache(maxsize=1)
def _body_heads() -> dict[str, dict[str, str]]:
    return {row["head"]: row for row in rows("body_heads")}


def known_organisations(
    words: Words, hits: list[Hit], country_at: Mapping[int, tuple[int, int, str]]
) -> list[OrganisationHit]:
    """The organisations and bodies of the tables, in order.

    A body's name that several states use ("Foreign Office") is left to the state printed beside it, else to the
    table's where the report names that state; else it has no country yet.
    """
    found: list[OrganisationHit] = []
    seen: set[str] = set()
    named = {code for _, _, code in country_at.values()}
    for hit in hits:
        for entry in hit.entries:
            if entry.kind == "organisation":
                row = _organisations()[entry.code]
                if (hit.form in _ANAPHORIC and entry.code not in seen) or _other_word(words, hit):
                    break
                seen.add(entry.code)
                country = "EUU" if entry.code in _UNION else None
                sector = "NGO" if row["kind"] == "NGO" else "IGO"
                found.append(
                    OrganisationHit(
                        hit.start, hit.end, row["name"], country, entry.code, sector, True, row["kind"],
                    )
                )  # fmt: skip
                break
            if entry.kind == "body":
                row = _bodies()[entry.code]
                if _other_word(words, hit):
                    break
                acts = row["kind"] not in ("firm", "media") and row["sector"] != "NGO"
                country = row["country"] or None
                if row["shared"] and hit.form == row["name"]:
                    country = _state_before(words, hit.start, country_at) or (country if country in named else None)
                found.append(
                    OrganisationHit(
                        hit.start, hit.end, row["name"], country, None, row["sector"], acts, row["kind"],
                    )
                )  # fmt: skip
                break
    return found


def _state_before(words: Words, i: int, country_at: Mapping[int, tuple[int, int, str]]) -> str | None:
    """The state in "the Pakistani Foreign Office", "Pakistan's Foreign Office"."""
    k = i - 1 if i and words.tag[i - 1] == "POS" else i
    place = country_at.get(k - 1)
    return place[2] if place is not None and place[1] == k else None


def state_of(body: OrganisationHit) -> str | None:
    """The state of a body; "" for a state's body of which the text does not say whose; None for one of many states."""
    return body.country or ("" if body.kind in {row["kind"] for row in _body_heads().values()} else None)


def _other_word(words: Words, hit: Hit) -> bool:
    """Short forms that are words or parts of other names here: "ECO-friendly", "WHO" in a headline of capitals."""
    if hit.form.isupper() and len(hit.form) <= 4:
        around = [
            words.text[k] for k in range(max(0, hit.start - 2), min(words.n, hit.end + 2)) if words.text[k].isalpha()
        ]
        if len(around) >= 4 and all(w.isupper() for w in around):
            return True
    if hit.form in ("Security Council", "General Assembly") and hit.start:
        # "the National Security Council", "the Georgia General Assembly": a body of some state.
        before = words.text[hit.start - 1]
        return before[0].isupper() and before.isalpha() and before not in ("UN", "The", "Nations")
    if hit.end < words.n and words.text[hit.end] == "-" and hit.form in ("ECO", "EC", "EAS", "RIC"):
        return True
    if hit.form in ("Commonwealth", "Senate", "Wagner", "Amnesty", "Cortes", "Maoists", "Quad", "State Council"):
        return hit.end < words.n and words.is_cap(hit.end) and words.ent[hit.end] == "PERSON"
    return hit.form in ("COP",) and hit.end < words.n and words.text[hit.end].isalpha() and words.is_cap(hit.end)


def state_bodies(
    words: Words, country_at: Mapping[int, tuple[int, int, str]], taken: list[bool]
) -> list[OrganisationHit]:
    """Ministries, parliaments, armies, courts ... named by their own noun: "Iran's Foreign Ministry"."""
    found: list[OrganisationHit] = []
    heads = _body_heads()
    for i in range(words.n):
        lemma = words.lower[i]
        row = heads.get(lemma) or heads.get(lemma[:-1] if lemma.endswith("s") else lemma)
        if row is None or words.pos[i] not in ("NOUN", "PROPN") or taken[i] or words.tag[i] in ("NNS", "NNPS"):
            continue
        two = words.lower[i - 1] + " " + lemma if i else ""
        row = heads.get(two, row)
        hit = _state_body(words, i, row, country_at, found[-1].full_end if found else 0)
        if hit is not None:
            found.append(hit)
    return found


def _state_body(
    words: Words, i: int, row: dict[str, str], country_at: Mapping[int, tuple[int, int, str]], floor: int
) -> OrganisationHit | None:
    start, country, owner = _modifiers(words, i, row, country_at, floor)
    end, name_end, after = _of(words, i, row, country_at)
    country = country or after
    if row["needs"] == "portfolio" and start == i and name_end == i + 1:
        return None
    if row["needs"] == "state" and country is None:
        return None
    if row["needs"] == "capital" and country is None and not (words.is_cap(i) and start < i):
        return None
    name = words.words(start, name_end)
    if row["needs"] == "portfolio":
        name = " ".join(w if w in ("of", "and", "for", "the") else w[:1].upper() + w[1:] for w in name.split())
    begin = start
    if owner is not None:
        begin = owner
    if begin and words.lower[begin - 1] == "the":
        begin -= 1
    return OrganisationHit(
        start, name_end, name, country, None, row["sector"], True, row["kind"], full_start=begin, full_end=end
    )


def _modifiers(
    words: Words, i: int, row: dict[str, str], country_at: Mapping[int, tuple[int, int, str]], floor: int
) -> tuple[int, str | None, int | None]:
    """Where the body's name begins, the state before it, and where that state's mention begins."""
    j = i
    while j > floor:
        k = j - 1
        place = country_at.get(k)
        if place and place[1] == j:
            return j, place[2], place[0]
        if words.lower[k] in ("'s", "’s", "'", "’") and words.tag[k] == "POS":
            place = country_at.get(k - 1)
            if place and place[1] == k:
                return j, place[2], place[0]
            return j, None, None
        word = words.lower[k]
        if word in portfolio_words() or word in (
            "supreme",
            "constitutional",
            "armed",
            "central",
            "upper",
            "lower",
            "national",
            "high",
            "defence",
            "defense",
            "naval",
            "coast",
            "border",
            "electoral",
            "royal",
        ):
            j = k
            continue
        if word == "and" and words.lower[k - 1] in portfolio_words() and words.lower[j] in portfolio_words():
            j = k
            continue
        break
    return j, None, None


def _of(
    words: Words, i: int, row: dict[str, str], country_at: Mapping[int, tuple[int, int, str]]
) -> tuple[int, int, str | None]:
    """Where the mention ends, where the name ends, and the state after "of": "Ministry of Commerce of China"."""
    end = name_end = i + 1
    country: str | None = None
    if words.lower[end : end + 1] == ["of"] or (row["needs"] == "portfolio" and words.lower[end : end + 1] == ["for"]):
        place = country_at.get(end + 1)
        if place and place[0] == end + 1:
            return place[1], name_end, place[2]
        if words.lower[end + 1 : end + 2] == ["the"] and (place := country_at.get(end + 2)):
            return place[1], name_end, place[2]
        if row["needs"] == "portfolio":
            stop = body_end(words, end + 1, Known(country_at, {}), capital=words.is_cap(i))
            inner = end + 1
            while inner < stop and country_at.get(inner) is None:
                inner += 1
            if inner < stop:
                country = country_at[inner][2]
                cut = inner - 1
                while cut > end and words.lower[cut] in ("of", "the"):
                    cut -= 1
                return stop, cut + 1, country
            if stop > end + 1:
                end = name_end = stop
    if words.lower[end : end + 1] == ["of"] or (
        words.lower[end : end + 1] == ["in"] and row["kind"] not in ("embassy",)
    ):
        place = country_at.get(end + 1)
        if place and place[0] == end + 1:
            return place[1], name_end, place[2]
    return end, name_end, country


def bare_ministries(draft: Draft) -> None:
    """ "the ministry" is the last ministry named; "X's ministry" is that of the minister X."""
    words = draft.words
    for i in range(words.n):
        if words.lower[i] != "ministry" or draft.taken[i] is not None or words.pos[i] not in ("NOUN", "PROPN"):
            continue
        before = words.lower[i - 1] if i else ""
        owner = draft.taken[i - 2] if i >= 2 and words.tag[i - 1] == "POS" else None
        if owner is not None and owner.actor.kind == "person":
            key = next(
                (k for k in sorted(owner.actor.keys) if k.endswith(" minister") and not k.startswith("deputy")), None
            )
            if key is None:
                continue
            name = key.removesuffix(" minister").title() + " Ministry"
            made = next((a for a in draft.actors if a.name == name and a.country == owner.actor.country), None)
            if made is None:
                made = draft.add(DraftActor("organisation", name, country=owner.actor.country, sector="GOV"))
                made.keys.add("ministry")
            draft.mention(made, "description", i, i + 1, full=(owner.start, i + 1))
        elif before in ("the", "this"):
            named = [m for m in draft.mentions if m.start < i and "ministry" in m.actor.keys]
            if named:
                draft.mention(max(named, key=lambda m: m.start).actor, "description", i - 1, i + 1)


def portfolio_key(name: str) -> str:
    """A key under which "Foreign Ministry" and "Ministry of Foreign Affairs" are one body."""
    lowered = name.lower()
    rest = lowered.replace("ministry", "").replace("department", "").strip()
    rest = rest.removeprefix("of ").removeprefix("the ").removeprefix("for ").strip()
    return portfolios().get(rest, lowered)


def place_organisations(draft: Draft, found: list[OrganisationHit]) -> None:
    """Put organisations on the draft: one actor for each name and country."""
    actors: dict[tuple[str, str], DraftActor] = {}
    for hit in sorted(found, key=lambda h: h.start):
        if draft.taken[hit.start] is not None or draft.taken[hit.end - 1] is not None:
            continue
        key = portfolio_key(hit.name) if hit.kind == "ministry" else hit.name.lower()
        own = bool(hit.start) and draft.words.lower[hit.start - 1] in ("its", "their")
        actor = None if own and hit.country is None else actors.get((key, hit.country or ""))
        if actor is None and hit.country is None and not own:
            actor = next((a for (k, _), a in reversed(list(actors.items())) if k == key), None)
        if actor is None:
            actor = draft.add(
                DraftActor(
                    "organisation", hit.name, country=hit.country, sector=hit.sector, code=hit.code, acts=hit.acts,
                )
            )  # fmt: skip
            actor.nouns.add(draft.words.lower[hit.end - 1])
            actor.keys.add(hit.kind)
            actors[(key, hit.country or "")] = actor
            if hit.code and hit.code not in _SPELT_OUT:
                actor.name = ""
        if hit.code and hit.code not in _SPELT_OUT:
            printed = draft.words.words(hit.start, hit.end).removeprefix("the ")
            if len(printed) > len(actor.name) and (printed[0].isupper() or not actor.name):
                actor.name = printed
        full = (hit.full_start, hit.full_end) if hit.full_start >= 0 else None
        draft.mention(actor, "name", hit.start, hit.end, full=full)


def labelled_organisations(words: Words, taken: list[bool], office: list[bool]) -> list[OrganisationHit]:
    """Runs that the parser labels ORG and nothing else claims: firms, universities, clubs; they do not act."""
    found: list[OrganisationHit] = []
    i = 0
    while i < words.n:
        if words.ent[i] != "ORG" or taken[i] or office[i]:
            i += 1
            continue
        j = i
        while j < words.n and words.ent[j] == "ORG" and not taken[j] and words.sentence[j] == words.sentence[i]:
            j += 1
        start, end = i, j
        while start < end and (words.lower[start] in ("the", "a", "an") or not words.is_cap(start)):
            start += 1
        while end > start and (words.tag[end - 1] == "POS" or not words.is_cap(end - 1)):
            end -= 1
        clean = not any(taken[k] for k in range(start, end))
        alone = end - start == 1 and words.lower[start] in _COMMON  # "the Vietnamese Government" is the state's
        if end > start and clean and not alone and words.dep[end - 1] != "compound":
            name = words.words(start, end)
            public = words.lower[end - 1] in (
                "ministry",
                "government",
                "commission",
                "council",
                "committee",
                "parliament",
                "agency",
                "authority",
            )
            found.append(OrganisationHit(start, end, name, None, None, None, public, "labelled"))
        i = j
    return found
