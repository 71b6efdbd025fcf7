"""Turns a name that somebody types, Arabic or English, into the actors and places that the knowledge calls so."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

import msgspec

from tawazun.base.letters import fold_word
from tawazun.model.lexicon import Lexicon
from tawazun.model.names import Country, KnownActor, Place
from tawazun.read.search_words import search_words
from tawazun.read.words import Words

_Known = KnownActor | Country | Place


class Meant(msgspec.Struct, frozen=True):
    """Is what the knowledge has under a name: codes of countries, Wikidata ids of actors, GeoNames ids of places.

    `whole` tells that it is somebody's or some place's full name, not a part of it.
    """

    words: tuple[str, ...]
    codes: tuple[str, ...] = ()
    wikidata: tuple[str, ...] = ()
    geonames: tuple[str, ...] = ()
    whole: bool = False


class Names:
    """Looks names up in the knowledge and remembers what it found; one a process."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = Words(lexicon)
        self._lexicon = lexicon
        self._actors: list[tuple[str, _Known]] = []
        self._places: list[tuple[str, _Known]] = []
        self._known: dict[tuple[str, bool], Meant] = {}

    @property
    def countries(self) -> tuple[Country, ...]:
        """Are the countries that the knowledge has."""
        return self._lexicon.countries

    def search_words(self, text: str) -> tuple[str, ...]:
        """Returns the words by which a text is searched."""
        return tuple(search_words(text, self.words))

    def actor(self, name: str) -> Meant:
        """Looks an actor up: the name of a country or of its capital stands for its code, any other for those who have it."""
        return self._cached(name, False)

    def place(self, name: str) -> Meant:
        """Looks a place up; the name of a country stands for its code."""
        return self._cached(name, True)

    def _cached(self, name: str, place: bool) -> Meant:
        found = self._known.get((name, place))
        if found is None:
            found = self._known[name, place] = self._place(name) if place else self._actor(name)
        return found

    def _actor(self, name: str) -> Meant:
        words = self.search_words(name)
        whole, parts = self._matches(words, self._actor_names())
        codes = [known.iso3 for known in whole if isinstance(known, Country)]
        if codes:
            return Meant(words, codes=tuple(dict.fromkeys(codes)), whole=True)
        ids = [known.wikidata for known in whole or parts if isinstance(known, KnownActor) and known.wikidata]
        return Meant(words, wikidata=tuple(dict.fromkeys(ids)), whole=bool(whole and ids))

    def _place(self, name: str) -> Meant:
        words = self.search_words(name)
        whole, _ = self._matches(words, self._place_names())
        codes = [known.iso3 for known in whole if isinstance(known, Country) and words not in self._capitals(known)]
        if codes:
            return Meant(words, codes=tuple(dict.fromkeys(codes)), whole=True)
        ids = [known.capital_geonames if isinstance(known, Country) else getattr(known, "geonames", None) for known in whole]
        return Meant(words, geonames=tuple(dict.fromkeys(id for id in ids if id)), whole=bool(whole))

    def _capitals(self, country: Country) -> set[tuple[str, ...]]:
        own = {self.search_words(name) for name in (country.en, *country.ar)}
        return {self.search_words(name) for name in (country.capital_en, *country.capital_ar)} - own

    def _matches(self, words: tuple[str, ...], names: Sequence[tuple[str, _Known]]) -> tuple[list[_Known], list[_Known]]:
        """Returns those whose name is just these words, and those whose name has them in it; a cheap look comes first."""
        if not words:
            return [], []
        needle = max(words, key=len)
        near = [(self.search_words(name), known) for name, known in names if needle in name]
        whole = [known for found, known in near if found == words]
        return whole, [known for found, known in near if found != words and within(words, found) and not isinstance(known, Country)]

    def _actor_names(self) -> list[tuple[str, _Known]]:
        if not self._actors:
            self._actors = list(_folded(_names_of_actors(self._lexicon)))
        return self._actors

    def _place_names(self) -> list[tuple[str, _Known]]:
        if not self._places:
            self._places = list(_folded(_names_of_places(self._lexicon)))
        return self._places

    def near_actors(self, name: str) -> list[str]:
        """Returns a few names of actors that are spelt much like one that is unknown."""
        return near(name, (known for known, _ in _names_of_actors(self._lexicon)))

    def near_places(self, name: str) -> list[str]:
        """Returns a few names of places that are spelt much like one that is unknown."""
        return near(name, (known for known, _ in _names_of_places(self._lexicon)))


def within(words: Sequence[str], found: Sequence[str]) -> bool:
    """Tells whether words stand together, in their order, among others."""
    size = len(words)
    return any(tuple(found[start : start + size]) == tuple(words) for start in range(len(found) - size + 1))


def near(value: str, known: Iterable[str]) -> list[str]:
    """Returns up to three of the known values that are spelt much like one, as a whole or in one of their words."""
    by_fold: dict[str, str] = {}
    for name in known:
        whole = fold_word(name.casefold())
        for part in (whole, *whole.split()):
            if abs(len(part) - len(value)) < 4:
                by_fold.setdefault(part, name)
    close = get_close_matches(fold_word(value.casefold()), by_fold, 5, 0.7)
    return list(dict.fromkeys(by_fold[name] for name in close))[:3]


def _folded(names: Iterable[tuple[str, _Known]]) -> Iterator[tuple[str, _Known]]:
    return ((fold_word(name).lower(), known) for name, known in names)


def _names_of_actors(lexicon: Lexicon) -> Iterator[tuple[str, _Known]]:
    for actor in lexicon.actors:
        yield from ((name, actor) for name in (actor.en, *actor.ar, *actor.short) if name)
    for country in lexicon.countries:
        yield from ((name, country) for name in (country.en, *country.ar, country.capital_en, *country.capital_ar) if name)


def _names_of_places(lexicon: Lexicon) -> Iterator[tuple[str, _Known]]:
    for place in lexicon.places:
        yield from ((name, place) for name in (place.en, *place.ar) if name)
    for country in lexicon.countries:
        yield from ((name, country) for name in (country.en, *country.ar, country.capital_en, *country.capital_ar) if name)
