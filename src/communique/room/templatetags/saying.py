"""Filters that say records in words, with links; loaded for every template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from communique.room import prose, showing, words

register = template.Library()

register.filter("country", words.country)
register.filter("kind", words.kind)
register.filter("day", words.day)
register.filter("month", words.month)
register.filter("origins", showing.origins_words)


@register.filter
def modality(name: str) -> str:
    """ "called-off" as "called off"."""
    return words.MODALITIES.get(name, name)


@register.filter
def instrument_kind(name: str) -> str:
    """ "themed-year" as "themed year"."""
    return words.INSTRUMENTS.get(name, words.kind(name))


@register.filter
def days(row: Mapping[str, Any]) -> str:
    """The days of an event or step, empty when they are not known."""
    return words.days(row.get("start"), row.get("end"))


@register.filter
def told(event: Mapping[str, Any], when: str = "yes") -> SafeString:
    """An event as a sentence, its people and countries linked. `told:"undated"` leaves its day out."""
    tokens = prose.sentence(event, when=when == "yes")
    return format_html_join("", "{}", ((_linked(t),) for t in tokens))


def _linked(token: prose.Token) -> SafeString | str:
    return format_html('<a href="{}">{}</a>', token.href, token.text) if token.href else token.text


@register.filter
def party_link(party: Mapping[str, Any]) -> SafeString | str:
    """A participant, linked to its page where it has one."""
    return _linked(prose.Token(party["name"], prose.party_address(party)))


@register.filter
def counted(number: int, nouns: str) -> str:
    """A number with its noun: {{ 3|counted:"report" }}, {{ n|counted:"country,countries" }}."""
    one, _, many = nouns.partition(",")
    return words.count(number, one, many)


@register.filter
def pair_address(codes: list[str]) -> str:
    """The dossier of two countries."""
    return f"/pairs/{'-'.join(sorted(codes))}"


@register.filter
def initial(value: str) -> str:
    """The first twelve characters of a long id."""
    return value[:12]


@register.filter
def linked(tokens: list[prose.Token]) -> SafeString:
    """Tokens of a sentence, linked where they lead somewhere."""
    return format_html_join("", "{}", ((_linked(prose.Token(*t)),) for t in tokens))


@register.filter
def speaker_link(stated: Mapping[str, Any]) -> SafeString | str:
    """Who says something, linked to the page of the person."""
    return _linked(prose.Token(stated["speaker"], prose.person_address(stated["speaker"], stated["country"])))


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """A value by its key."""
    return mapping.get(key, "")
