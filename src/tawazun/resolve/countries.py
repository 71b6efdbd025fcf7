"""Turns what a sentence names into the country that it is about: where it is set, else the one whose name, people or bodies occur."""

from collections import Counter
from collections.abc import Sequence

from tawazun.model.lexicon import Lexicon
from tawazun.model.names import Place
from tawazun.model.phrases import Match, Parse, Phrase
from tawazun.model.readings import Token

_MEETING = frozenset({"CONSULT", "AGREE"})
_OCCUPIED = {"ISR": "PSE"}
_SPEAKING = frozenset({"media"})


def place_of(match: Match, lexicon: Lexicon, countries: frozenset[str] = frozenset()) -> Place | None:
    """Returns the place that a name is: of several the one in a country named beside it, else the most populous."""
    places = [lexicon.places[pattern.ref] for pattern in match.patterns if pattern.kind == "place"]
    if len(places) < 2:
        return places[0] if places else None
    return max(places, key=lambda place: (place.iso3 in countries, place.population))


def countries_in(phrase: Phrase, lexicon: Lexicon) -> tuple[str, ...]:
    """Returns the countries that a phrase names, by adjective, name, capital or place, in that order of trust."""
    if not (phrase.nationality or phrase.names):
        return ()
    found: dict[str, None] = {}
    for _, number in phrase.nationality:
        code = lexicon.nationalities[number].code
        if len(code) == 3 or code.startswith("IGO"):
            found[code] = None
    for match in phrase.names:
        country, capital = match.first("country"), match.first("capital")
        if country is not None:
            found[lexicon.countries[country.ref].iso3] = None
        elif capital is not None:
            found[lexicon.countries[capital.ref].iso3] = None
        else:
            place = place_of(match, lexicon, frozenset(found))
            if place is not None and place.iso3:
                found[place.iso3] = None
    return tuple(found)


def _of_actor(match: Match, lexicon: Lexicon) -> str | None:
    """Returns the country of a known actor, unless it only reports."""
    pattern = match.first("actor", "short")
    if pattern is None:
        return None
    actor = lexicon.actors[pattern.ref]
    return actor.country if actor.kind not in _SPEAKING and actor.country and len(actor.country) == 3 else None


def _reports(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Tells whether a phrase names an outlet or agency, whose country says nothing of where its news is set."""
    for match in phrase.names:
        actor, group = match.first("actor", "short"), match.first("group")
        if (actor is not None and lexicon.actors[actor.ref].kind == "media") or (
            group is not None and lexicon.groups[group.ref].kind == "media"
        ):
            return True
    return False


def count_states(counts: Counter[str], codes: Sequence[str]) -> None:
    """Counts the codes that are of one state (`Counter.update` takes longer to look at so few than to count them)."""
    for code in codes:
        if len(code) == 3:
            counts[code] += 1


def _evidence(parse: Parse, lexicon: Lexicon) -> tuple[Counter[str], Counter[str]]:
    """Counts the countries that a sentence is set in, and those that it names otherwise; a counterpart's is another's than the one who
    meets him, and where people meet is not whom they speak for.
    """
    places: Counter[str] = Counter()
    named: Counter[str] = Counter()
    meeting = any(predicate.entry.type in _MEETING for predicate in parse.predicates)
    for phrase in parse.phrases:
        if not (phrase.nationality or phrase.names) or _reports(phrase, lexicon):
            continue
        within = phrase.preposition in lexicon.words["in_place"] or phrase.preposition in lexicon.words["near_place"]
        adjectives = [lexicon.nationalities[number].code for _, number in phrase.nationality]
        if parse.tags[phrase.head - parse.start].value not in lexicon.words["counterpart"]:
            count_states(named, adjectives)
        for match in phrase.names:
            pattern = match.first("country", "capital")
            if pattern is not None:
                seat = pattern.kind == "capital" and (pattern.words[-1] in lexicon.words["seat_city"] or (within and meeting))
                if not seat:
                    (places if within else named)[lexicon.countries[pattern.ref].iso3] += 1
                continue
            place = place_of(match, lexicon, frozenset(adjectives))
            actor = _of_actor(match, lexicon)
            if actor is not None:
                named[actor] += 1
            elif place is not None and place.iso3:
                (places if within and not meeting else named)[place.iso3] += 1
    return places, named


def local_country(parse: Parse, lexicon: Lexicon, before: str | None) -> str | None:
    """Returns the country that a sentence is about: where it is set, else the one that it names, else, of several, the one that the
    article has named most `before`, or that the sentence names most.
    """
    places, named = _evidence(parse, lexicon)
    if places:
        best = max(places.values())
        return max((code for code, count in places.items() if count == best), key=lambda code: named[code])
    if len(named) > 1 and before is not None:
        return before
    return max(named, key=lambda code: named[code], default=before)


def named_countries(parse: Parse, lexicon: Lexicon) -> Counter[str]:
    """Counts the countries that a sentence is set in or names."""
    places, named = _evidence(parse, lexicon)
    return places + named


def two_countries(parse: Parse, lexicon: Lexicon) -> tuple[str, ...]:
    """Returns the two countries of a sentence that names just two, as those whom `both sides` in it stands for."""
    places, named = _evidence(parse, lexicon)
    found = tuple(named) or tuple(places)
    return found if len(found) == 2 else ()


def occupied(parse: Parse, tokens: Sequence[Token], lexicon: Lexicon) -> dict[str, str]:
    """Returns, where a sentence speaks of an occupation, the country whose people they are who stand against the occupying one."""
    words = lexicon.words["occupation"]
    return _OCCUPIED if any(token.word.bare in words for token in tokens[parse.start : parse.end]) else {}
