"""Holds what the knowledge says of actors, places, offices and the words that name people by what they are."""

from typing import Literal, get_args

import msgspec

ActorKind = Literal["person", "state", "government", "organisation", "armed_group", "party", "media", "people", "group"]
ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)


class Office(msgspec.Struct, frozen=True):
    """Is one dated office of a person; dates are ISO prefixes (year, month or day) or None."""

    title_ar: str
    title_en: str
    code: str
    since: str | None
    until: str | None


class KnownActor(msgspec.Struct, frozen=True):
    """Is an actor that the knowledge knows by name; `ar` are full names, `short` are forms used alone."""

    id: str
    kind: ActorKind
    ar: tuple[str, ...]
    en: str
    code: str | None
    country: str | None
    wikidata: str | None
    short: tuple[str, ...] = ()
    ambiguous: bool = False
    roles: tuple[Office, ...] = ()
    parent: str | None = None
    since: str | None = None
    until: str | None = None
    source: str | None = None
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    path: str = ""
    line: int = 0


class Place(msgspec.Struct, frozen=True):
    """Is a place; `risky` names need a place word beside them."""

    ar: tuple[str, ...]
    en: str
    iso3: str | None
    lat: float | None
    lon: float | None
    kind: str
    population: int
    geonames: str | None
    wikidata: str | None
    risky: bool = False


class Country(msgspec.Struct, frozen=True):
    """Is a state with its names and its capital, which may stand for it."""

    iso3: str
    wikidata: str | None
    en: str
    ar: tuple[str, ...]
    capital_ar: tuple[str, ...]
    capital_en: str
    lat: float | None
    lon: float | None
    capital_geonames: str | None


class Nationality(msgspec.Struct, frozen=True):
    """Is a nationality adjective: a code and its folded forms by gender and number."""

    code: str
    masculine: str
    feminine: str
    masculine_plural: tuple[str, ...]
    feminine_plural: tuple[str, ...]
    dual: tuple[str, ...]


class Title(msgspec.Struct, frozen=True):
    """Is a title before a name, an office or an honorific, with the sector it puts its bearer in."""

    forms: tuple[str, ...]
    plural: bool
    sector: str | None
    kind: Literal["person", "office", "honorific"]
    en: str


class Group(msgspec.Struct, frozen=True):
    """Is a common noun for people or bodies, with their sector."""

    form: str
    sector: str | None
    kind: ActorKind
    en: str
    number: str
