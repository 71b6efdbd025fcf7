"""Turns a dossier into its event mentions as they are compared with those of other articles."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from tawazun.analyse.days import days_of
from tawazun.analyse.words import mass_of, stemmed, stems_of
from tawazun.model.dossier import Actor, Dossier, Event, Location
from tawazun.model.happenings import Affixes, Joining, Party, Spot, Telling

_LASTING = frozenset({"state", "government", "organisation", "armed_group", "party", "media"})
_FINE = frozenset({"day", "range", "week", "time"})


def tellings_of(dossier: Dossier, origin: str, joining: Joining) -> tuple[Telling, ...]:
    """Returns the event mentions of an article in order; `origin` is the id of the first article that it is a copy of, or its own."""
    affixes, document = joining.affixes, dossier.document
    actors = {actor.id: actor for actor in dossier.actors}
    words = [stems_of(document.text[span.start : span.end], affixes) for span in dossier.sentences]
    heading = stems_of(document.title or "", affixes) | (words[0] if words else frozenset())
    links = _links(dossier)
    told = days_of(document.published)
    return tuple(
        Telling(
            id=event.id,
            article=document.id,
            origin=origin,
            published=document.published,
            told=told,
            type=event.type,
            mode=event.mode,
            status=event.status,
            entry=event.because.rule,
            trigger=stemmed(document.text[event.trigger.start : event.trigger.end], affixes),
            start=event.trigger.start,
            end=event.trigger.end,
            sentence=event.sentence,
            parties=tuple(_parties(event, actors, affixes)),
            days=days_of(event.time.iso) if event.time and event.time.granularity in _FINE else None,
            granularity=event.time.granularity if event.time else "none",
            spot=spot_of(event.place, affixes) if event.place else None,
            magnitudes=tuple(sorted((item.kind, item.count) for item in event.magnitude)),
            words=words[event.sentence],
            mass=mass_of(words[event.sentence], joining),
            heading=heading,
            confidence=event.confidence,
            links=links.get(event.id, frozenset()),
        )
        for event in dossier.events
    )


def actor_key(actor: Actor, affixes: Affixes) -> str | None:
    """Returns what names an actor over all articles, None for who is only described (gunmen, citizens, the minister).

    It is the Wikidata id or the English name of an actor that the knowledge has, else code and stems: of a person's name of two words or
    more without title, or of the name of a lasting body.
    """
    if actor.wikidata or actor.names.en:
        return actor.wikidata or actor.names.en
    name = stemmed(actor.names.ar, affixes)
    if actor.kind in _LASTING or (actor.kind == "person" and actor.role is None and name.count(" ") == 1):
        return f"{actor.code or ''} {name}"
    return None


def _parties(event: Event, actors: Mapping[str, Actor], affixes: Affixes) -> Iterator[Party]:
    for participant in event.participants:
        keys = (actor_key(actors[id], affixes) for id in participant.actors if id in actors)
        yield Party(participant.role, participant.code, tuple(sorted({key for key in keys if key})))


def spot_of(place: Location, affixes: Affixes) -> Spot:
    """Returns a place as it is compared over all articles."""
    return Spot(place.geonames or stemmed(place.name, affixes), place.name, place.country, place.lat, place.lon)


def _links(dossier: Dossier) -> dict[str, frozenset[str]]:
    """Returns, by event, those that the dossier says are the same."""
    found: dict[str, set[str]] = defaultdict(set)
    for link in dossier.links:
        if link.kind == "same":
            found[link.origin].add(link.to)
            found[link.to].add(link.origin)
    return {id: frozenset(others) for id, others in found.items()}
