"""Turns what a workspace holds, all of it or what a query is for, into the corpus that an analysis looks at."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

import msgspec
from sqlalchemy import Connection, func, select

from tawazun.analyse.days import days_of
from tawazun.analyse.tellings import actor_key, spot_of
from tawazun.app.selections import is_narrowed
from tawazun.base.errors import InputError
from tawazun.base.garbage import kept_garbage
from tawazun.ingest.dates import check_date
from tawazun.model.dossier import Actor, Attribution, Claim, Document, Instrument, Location, Names, Span, ToldEvent, ToldLink
from tawazun.model.entries import EventType
from tawazun.model.evidence import Act, Corpus, Paper, Piece, Saying, Side, Tie, Who, Word
from tawazun.model.happenings import Affixes, Joining, Spot
from tawazun.model.ontology import Ontology
from tawazun.store.articles import lines_of
from tawazun.store.merges import happening_id
from tawazun.store.names import Names as Vocabulary
from tawazun.store.queries import Query
from tawazun.store.searches import chosen_events
from tawazun.store.tables import ARTICLES, EVENTS, MENTIONS, article_of, index_of, number_in
from tawazun.store.workspaces import Workspace


class _Rule(msgspec.Struct, frozen=True, gc=False):
    """Is the outermost step of a derivation: the entry that the event was read by."""

    rule: str


class _Event(ToldEvent, frozen=True, gc=False):
    """Is an event with no more of its derivation than where it begins."""

    because: _Rule


class _Dossier(msgspec.Struct, frozen=True, gc=False):
    document: Document
    sentences: tuple[Span, ...]
    actors: tuple[Actor, ...]
    events: tuple[_Event, ...]
    claims: tuple[Claim, ...]
    links: tuple[ToldLink, ...]
    instruments: tuple[Instrument, ...]


class _Row(msgspec.Struct, frozen=True):
    """Is an article's row: its number, document, origin's document and day of publication."""

    number: int
    origin: str
    published: str | None


def corpus_of(
    workspace: Workspace, query: Query, vocabulary: Vocabulary, ontology: Ontology, joining: Joining, as_of: str | None = None
) -> Corpus:
    """Gathers the events that a query is for from articles published up to the day `as_of`, by default the last day that has any.

    Raises `InputError` for a value that nothing has and for a date that is none. Copies and mentions that weren't merged stand alone.
    """
    with workspace.reading() as connection, kept_garbage():
        chosen = _chosen(connection, query, vocabulary)
        rows = list(_rows(connection, None if chosen is None else sorted(chosen)))
        last = _last_day(rows, as_of)
        kept = [row for row in rows if as_of is None or (row.published is not None and _first_day(row.published) <= last)]
        told = _happenings(connection, None if chosen is None else [row.number for row in kept])
        builder = _Building(ontology, joining.affixes, chosen, told)
        builder.actors.update(_states(vocabulary))
        origins = {row.number: row.origin for row in kept}
        for number, line in lines_of(connection, sorted(origins)):
            builder.add(number, origins[number], _DECODER.decode(line))
        everything = int(connection.scalar(select(func.count()).select_from(EVENTS)) or 0)
    undated = sum(row.published is None for row in rows) if as_of is not None else 0
    return builder.corpus(last, everything, undated)


_DECODER = msgspec.json.Decoder(_Dossier)


def _chosen(connection: Connection, query: Query, vocabulary: Vocabulary) -> dict[int, frozenset[int]] | None:
    """Returns the indexes of the events that a query is for by the numbers of their articles; None where it leaves nothing out."""
    if not is_narrowed(query):
        return None
    numbers = sorted(connection.scalars(chosen_events(connection, query, vocabulary)))
    return {article: frozenset(map(index_of, some)) for article, some in groupby(numbers, article_of)}


def _rows(connection: Connection, numbers: Sequence[int] | None) -> Iterator[_Row]:
    first = ARTICLES.alias()
    query = select(ARTICLES.c.number, func.coalesce(first.c.document, ARTICLES.c.document), ARTICLES.c.published).select_from(
        ARTICLES.outerjoin(first, first.c.number == ARTICLES.c.origin)
    )
    for some in [None] if numbers is None else _portions(numbers):
        narrowed = query if some is None else query.where(ARTICLES.c.number.in_(some))
        for number, origin, published in connection.execute(narrowed):
            yield _Row(number, origin, published)


def _portions(numbers: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


def _first_day(published: str) -> int:
    days = days_of(published)
    return days[0] if days else 0


def _last_day(rows: Iterable[_Row], as_of: str | None) -> int:
    """Returns the day that an analysis is for, as an ordinal."""
    if as_of is not None:
        days = days_of(check_date(as_of, "--as-of"))
        if days is None:
            raise InputError(f"--as-of {as_of!r}: expected a date such as 2020-08-19; give one")
        return days[1]
    found = [_first_day(row.published) for row in rows if row.published]
    return max(found, default=date.today().toordinal())


def _happenings(connection: Connection, articles: Sequence[int] | None) -> dict[int, int]:
    """Returns the numbers of happenings by those of events, of some articles or of all."""
    query = select(MENTIONS.c.event, MENTIONS.c.happening)
    if articles is None:
        return {row[0]: row[1] for row in connection.execute(query)}
    found: dict[int, int] = {}
    for article in articles:
        events = MENTIONS.c.event.between(number_in(article, 0), number_in(article + 1, 0) - 1)
        found.update({row[0]: row[1] for row in connection.execute(query.where(events))})
    return found


def _states(vocabulary: Vocabulary) -> dict[str, Who]:
    """Returns the countries by their codes."""
    return {
        country.iso3: Who(Names(country.ar[0], country.en), "state", country.iso3, country.wikidata) for country in vocabulary.countries
    }


class _Building:
    """Gathers the parts of a corpus, one dossier after the other."""

    def __init__(self, ontology: Ontology, affixes: Affixes, chosen: dict[int, frozenset[int]] | None, told: dict[int, int]) -> None:
        self.ontology, self.affixes, self.chosen, self.told = ontology, affixes, chosen, told
        self.acts: list[Act] = []
        self.ties: list[Tie] = []
        self.sayings: list[Saying] = []
        self.papers: list[Paper] = []
        self.articles: dict[str, Piece] = {}
        self.actors: dict[str, Who] = {}
        self.names: dict[tuple[str, str, str | None], str | None] = {}
        self.spots: dict[Location, Spot] = {}
        self.scores: dict[tuple[EventType, str | None], float] = {}

    def add(self, number: int, origin: str, dossier: _Dossier) -> None:
        """Adds what a dossier says."""
        document = dossier.document
        text = document.text
        days = days_of(document.published)
        published = days[0] if days else None
        spans = tuple((span.start, span.end) for span in dossier.sentences)
        about = document.outlet, document.title, document.url, published, text
        self.articles[document.id] = Piece(document.id, origin, *about, spans, dossier.actors)
        acting = {id for event in dossier.events for id in _acting(event)}
        keys = {actor.id: self._key(actor) for actor in dossier.actors if actor.id in acting}
        codes = {actor.id: actor.code for actor in dossier.actors}
        indexes = range(len(dossier.events)) if self.chosen is None else sorted(self.chosen[number])
        kept = {dossier.events[index].id for index in indexes}
        for index in indexes:
            event = dossier.events[index]
            told = self.told.get(number_in(number, index))
            happening = event.id if told is None else happening_id(told)
            self.acts.append(self._act(event, document.id, origin, happening, published, text, keys, codes))
        self._rest(dossier, kept)

    def _rest(self, dossier: _Dossier, kept: set[str]) -> None:
        """Adds the links, claims and instruments of a dossier; where events were chosen, those that touch one."""
        document, text = dossier.document.id, dossier.document.text
        whole = self.chosen is None
        for link in dossier.links:
            if link.origin in kept and link.to in kept:
                self.ties.append(Tie(link.kind, link.origin, link.to, text[link.cue.start : link.cue.end]))
        for claim in dossier.claims:
            events = tuple(id for id in claim.events if id in kept)
            if whole or events:
                content = claim.content
                words = text[content.start : content.end], content.start, content.end
                holder = text[claim.holder.start : claim.holder.end]
                self.sayings.append(Saying(claim.id, document, holder, claim.act, *words, claim.quoted, events))
        starts = [span.start for span in dossier.sentences]
        for paper in dossier.instruments:
            found = sorted({max((i for i, start in enumerate(starts) if start <= mention.start), default=0) for mention in paper.mentions})
            self.papers.append(Paper(document, paper.kind, paper.number, paper.names.ar, tuple(found)))

    def _key(self, actor: Actor) -> str | None:
        """Returns what names an actor over all articles, None for who is only described; remembers how it is called."""
        asked = (actor.names.ar, actor.wikidata or actor.names.en or actor.kind, actor.code)
        if asked not in self.names:
            self.names[asked] = actor_key(actor, self.affixes)
        key = self.names[asked]
        if key is not None and key not in self.actors:
            self.actors[key] = Who(actor.names, actor.kind, actor.code, actor.wikidata)
        return key

    def _act(
        self,
        event: _Event,
        article: str,
        origin: str,
        happening: str,
        published: int | None,
        text: str,
        keys: dict[str, str | None],
        codes: dict[str, str | None],
    ) -> Act:
        time = event.time
        return Act(
            id=event.id,
            article=article,
            origin=origin,
            happening=happening,
            published=published,
            type=event.type,
            mode=event.mode,
            status=event.status,
            score=self._score(event.type, event.mode),
            sides=tuple(Side(part.role, part.code, _named(part.actors, keys), text[part.start : part.end]) for part in event.participants),
            word=None if event.attribution is None else _word(event.attribution, text, keys, codes),
            when=time.text if time else None,
            iso=time.iso if time else None,
            granularity=time.granularity if time else None,
            days=days_of(time.iso) if time else None,
            spot=self._spot(event.place) if event.place else None,
            topics=event.topic,
            magnitudes=tuple((item.kind, item.count) for item in event.magnitude),
            trigger=text[event.trigger.start : event.trigger.end],
            start=event.trigger.start,
            end=event.trigger.end,
            sentence=event.sentence,
            confidence=event.confidence,
            entry=event.because.rule,
        )

    def _score(self, type_: EventType, mode: str | None) -> float:
        score = self.scores.get((type_, mode))
        if score is None:
            score = self.scores[type_, mode] = self.ontology.rating(type_, mode).score
        return score

    def _spot(self, place: Location) -> Spot:
        anywhere = msgspec.structs.replace(place, start=0, end=0)
        if anywhere not in self.spots:
            self.spots[anywhere] = spot_of(place, self.affixes)
        return self.spots[anywhere]

    def corpus(self, as_of: int, all_events: int, undated: int) -> Corpus:
        """Returns what was gathered, acts by day of publication, article and place in it."""
        self.acts.sort(key=lambda act: (act.published or 0, act.article, act.start))
        return Corpus(
            as_of,
            tuple(self.acts),
            tuple(self.ties),
            tuple(self.sayings),
            tuple(self.papers),
            self.articles,
            self.actors,
            all_events,
            undated,
        )


def _acting(event: _Event) -> Iterator[str]:
    """Yields the ids of the actors that take part in an event or say it."""
    for part in event.participants:
        yield from part.actors
    if (said := event.attribution) is not None:
        for one in (said, *said.nested):
            yield from one.actors


def _named(ids: Iterable[str], keys: dict[str, str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for id in ids if (key := keys.get(id)) is not None))


def _word(said: Attribution, text: str, keys: dict[str, str | None], codes: dict[str, str | None]) -> Word:
    return Word(
        text=text[said.holder.start : said.holder.end],
        keys=_named(said.actors, keys),
        codes=tuple(dict.fromkeys(code for id in said.actors if (code := codes.get(id)) is not None)),
        cue=text[said.cue.start : said.cue.end],
        voice=said.voice,
        act=said.act,
        quoted=said.quoted,
        outer=tuple(_word(outer, text, keys, codes) for outer in said.nested),
    )
