"""Turns a phrase that names a place into a location: the known place, the capital, the state, or the name alone."""

from collections.abc import Sequence

from tawazun.model.dossier import Location
from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Phrase
from tawazun.model.readings import Token


def locate(phrase: Phrase, tokens: Sequence[Token], text: str, lexicon: Lexicon) -> Location:
    """Locates a phrase; of several places of one name the most populous in a country that the phrase names, else the most populous."""
    start, end = tokens[phrase.start].start, tokens[phrase.end - 1].end
    name = text[start:end]
    named = {lexicon.countries[p.ref].iso3 for m in phrase.names for p in m.patterns if p.kind == "country"}
    named |= {lexicon.nationalities[number].code for _, number in phrase.nationality}
    for match in phrase.names:
        capital = match.first("capital")
        if capital is not None:
            country = lexicon.countries[capital.ref]
            return Location(start, end, name, country.capital_geonames, country.lat, country.lon, country.iso3)
        places = [lexicon.places[p.ref] for p in match.patterns if p.kind == "place"]
        if places:
            place = max(places, key=lambda item: (item.iso3 in named, item.population))
            return Location(start, end, name, place.geonames, place.lat, place.lon, place.iso3)
        state = match.first("country")
        if state is not None:
            return Location(start, end, name, None, None, None, lexicon.countries[state.ref].iso3)
    return Location(start, end, name, None, None, None, next(iter(sorted(named)), None))
