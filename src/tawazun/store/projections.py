"""Turns a dossier into the rows by which it is searched, counted and merged."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from importlib import resources

import msgspec

from tawazun.base.days import first_and_last
from tawazun.model.dossier import Dossier, Event
from tawazun.read.search_words import search_text
from tawazun.read.words import Words
from tawazun.store.tables import LONGEST, number_in

Row = tuple[object, ...]
_BITS = 63
_CODE = (
    "base/ids.py",
    "base/letters.py",
    "model/articles.py",
    "read/search_words.py",
    "read/words.py",
    "store/projections.py",
    "store/tables.py",
)


class Rows(msgspec.Struct, frozen=True):
    """Are the rows of one article, each in the order of its table's columns; `actors` may be there already, from other articles."""

    sentences: tuple[Row, ...]
    events: tuple[Row, ...]
    parties: tuple[Row, ...]
    actors: tuple[Row, ...]
    topics: tuple[Row, ...]
    claims: tuple[Row, ...]
    links: tuple[Row, ...]


@lru_cache(maxsize=1)
def projection_digest() -> str:
    """Digests the code that, with the knowledge, decides what the rows of a dossier are."""
    digest = blake2b(digest_size=16)
    for name in _CODE:
        digest.update((resources.files("tawazun") / name).read_bytes() + b"\0")
    return f"blake2b:{digest.hexdigest()}"


def rows_of(article: int, dossier: Dossier, words: Words) -> Rows:
    """Works out the rows of the article with this number."""
    actors = {actor.id: _actor(actor.kind, actor.code, actor.wikidata, actor.names.ar, actor.names.en, words) for actor in dossier.actors}
    events = [(number_in(article, index), event) for index, event in enumerate(dossier.events[:LONGEST])]
    numbers = {event.id: number for number, event in reversed(events)}
    return Rows(
        sentences=tuple(_sentences(article, dossier, words)),
        events=tuple(_event(number, event) for number, event in events),
        parties=tuple(row for number, event in events for row in _parties(number, event, actors)),
        actors=tuple(actors.values()),
        topics=tuple((number, topic) for number, event in events for topic in dict.fromkeys(event.topic)),
        claims=tuple(
            (number_in(article, index), claim.id, claim.act, claim.content.start, claim.content.end, int(claim.quoted))
            for index, claim in enumerate(dossier.claims[:LONGEST])
        ),
        links=tuple(
            dict.fromkeys(
                (numbers[link.origin], numbers[link.to], link.kind)
                for link in dossier.links
                if link.origin in numbers and link.to in numbers
            )
        ),
    )


@lru_cache(maxsize=100_000)
def _actor(kind: str, code: str | None, wikidata: str | None, ar: str, en: str | None, words: Words) -> Row:
    """Returns the row of an actor; most come again and again, so it is remembered."""
    names = search_text(f"{ar} {en}" if en else ar, words)
    return actor_number(kind, code, wikidata, names), kind, code, wikidata, ar, en, names


def actor_number(kind: str, code: str | None, wikidata: str | None, names: str) -> int:
    """Returns the number that an actor has in every workspace: by its Wikidata id, else by its kind, code and the words of its names."""
    key = wikidata or f"{kind}\0{code or ''}\0{names}"
    return (int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> (64 - _BITS)) or 1


def _sentences(article: int, dossier: Dossier, words: Words) -> Iterator[Row]:
    """Yields the search words of the title, where there is one, and of each sentence."""
    document = dossier.document
    if document.title:
        yield number_in(article, 0), search_text(document.title, words)
    for index, sentence in enumerate(dossier.sentences[: LONGEST - 1], 1):
        yield number_in(article, index), search_text(document.text[sentence.start : sentence.end], words)


def _event(number: int, event: Event) -> Row:
    time, place, said = event.time, event.place, event.attribution
    iso = time.iso if time else None
    first, last = (day.isoformat() if day else None for day in first_and_last(iso))
    where: Sequence[object] = (None,) * 5 if place is None else (place.name, place.geonames, place.country, place.lat, place.lon)
    return (
        *(number, event.id, event.sentence, event.trigger.start, event.trigger.end),
        *(event.type, event.mode, event.status, event.confidence, iso, first, last),
        *where,
        *((said.act, said.voice) if said else (None, None)),
    )


def _parties(number: int, event: Event, actors: dict[str, Row]) -> Iterator[Row]:
    """Yields (event, rank, actor or 0, role, code) for each participant and each of its actors, then for the innermost holder."""
    for rank, participant in enumerate(event.participants):
        for actor in dict.fromkeys(actors[id][0] for id in participant.actors) or (0,):
            yield number, rank, actor, participant.role, participant.code
    if event.attribution is not None:
        for actor, code in {actors[id][0]: actors[id][2] for id in event.attribution.actors}.items() or ((0, None),):
            yield number, len(event.participants), actor, "holder", code
