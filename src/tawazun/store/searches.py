"""Turns a query into a page of events or sentences of a workspace, each with the dossier that it stands in."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, select

from tawazun.base.errors import InputError
from tawazun.model.dossier import Dossier, Event, Span
from tawazun.store.articles import lines_of
from tawazun.store.filters import EVENT_ARTICLE, SENTENCE, SENTENCE_ARTICLE, article_conditions, event_conditions, worded
from tawazun.store.names import Names
from tawazun.store.origins import Counts, counts_of, of_one_each
from tawazun.store.queries import MOST, Query, asks_for_events, narrows_events
from tawazun.store.tables import ARTICLES, EVENTS, SENTENCES, article_of, index_of

_AT_ONCE = 500


class Hit(msgspec.Struct, frozen=True):
    """Is an event with its dossier."""

    number: int
    dossier: Dossier
    event: Event


class Passage(msgspec.Struct, frozen=True):
    """Is a sentence with its dossier and the events in it; `span` is None for a title, `likeness` is given where a meaning was asked."""

    number: int
    dossier: Dossier
    span: Span | None
    events: tuple[Event, ...]
    likeness: float | None = None


class Page(msgspec.Struct, frozen=True):
    """Is some of what was found, from `offset` on, and how many there are in all; one of the two is empty.

    `counts` are of all that was found, also where copies are left out of `total`; None where a meaning was asked for.
    """

    total: int
    offset: int
    hits: tuple[Hit, ...] = ()
    passages: tuple[Passage, ...] = ()
    counts: Counts | None = None


def search(connection: Connection, query: Query, names: Names) -> Page:
    """Finds events, or sentences where only words are asked for; raises `InputError` for a value that nothing has."""
    if not 0 < query.limit <= MOST or query.offset < 0:
        raise InputError(f"limit {query.limit}, offset {query.offset}: give a limit from 1 to {MOST}, and no offset below 0")
    if asks_for_events(query):
        chosen = _all_events(connection, query, names)
        counts = counts_of(connection, chosen, events=True)
        numbers, total = _numbered(connection, chosen, counts, query, EVENT_ARTICLE)
        return Page(total, query.offset, hits=tuple(_hits(connection, numbers)), counts=counts)
    chosen = _all_sentences(connection, query, names)
    counts = counts_of(connection, chosen, events=False)
    numbers, total = _numbered(connection, chosen, counts, query, SENTENCE_ARTICLE)
    return Page(total, query.offset, passages=tuple(passages_of(connection, numbers)), counts=counts)


def chosen_events(connection: Connection, query: Query, names: Names) -> Select[int]:
    """Selects the numbers of the events that a query is for, in no order."""
    chosen = _all_events(connection, query, names)
    return of_one_each(chosen, EVENT_ARTICLE) if query.once else chosen


def _all_events(connection: Connection, query: Query, names: Names) -> Select[int]:
    """Selects the same, with those in copies."""
    chosen = select(EVENTS.c.number).where(*event_conditions(connection, query, names))
    if query.words:
        chosen = chosen.where(SENTENCE.in_(worded(connection, query, names)))
    about = article_conditions(connection, query, names)
    return chosen.where(EVENT_ARTICLE.in_(select(ARTICLES.c.number).where(*about))) if about else chosen


def chosen_sentences(connection: Connection, query: Query, names: Names) -> Select[int]:
    """Selects the numbers of the sentences that a query is for, in no order: those that hold such an event, where events are narrowed."""
    chosen = _all_sentences(connection, query, names)
    return of_one_each(chosen, SENTENCE_ARTICLE) if query.once else chosen


def _all_sentences(connection: Connection, query: Query, names: Names) -> Select[int]:
    """Selects the same, with those in copies."""
    chosen = select(SENTENCES.c.number)
    if query.words:
        chosen = chosen.where(SENTENCES.c.number.in_(worded(connection, query, names)))
    if narrows_events(query):
        chosen = chosen.where(
            SENTENCES.c.number.in_(select(SENTENCE).select_from(EVENTS).where(*event_conditions(connection, query, names)))
        )
    about = article_conditions(connection, query, names)
    return chosen.where(SENTENCE_ARTICLE.in_(select(ARTICLES.c.number).where(*about))) if about else chosen


def _numbered(
    connection: Connection, chosen: Select[int], counts: Counts, query: Query, article: ColumnElement[int]
) -> tuple[list[int], int]:
    """Returns the numbers of a page in their order, and how many there are in all."""
    total = counts.without_copies if query.once else counts.hits
    if total <= query.offset:
        return [], total
    if query.once and counts.without_copies < counts.hits:
        chosen = of_one_each(chosen, article)
    dated = chosen.join(ARTICLES, ARTICLES.c.number == article)
    ordered = dated.order_by(*_order(query, article, chosen.selected_columns[0])).limit(query.limit).offset(query.offset)
    return list(connection.scalars(ordered)), total


def _order(query: Query, article: ColumnElement[int], number: Any) -> Sequence[ColumnElement[Any]]:
    if query.order == "surest":
        return EVENTS.c.confidence.desc(), number
    if query.order == "latest":
        return EVENTS.c.day_from.desc().nulls_last(), article.desc(), number
    if query.order == "oldest":
        return ARTICLES.c.published.asc().nulls_last(), article, number
    return ARTICLES.c.published.desc().nulls_last(), article.desc(), number


def dossiers_of(connection: Connection, articles: Sequence[int]) -> Iterator[tuple[int, Dossier]]:
    """Yields the dossiers of articles by their number."""
    decoder = msgspec.json.Decoder(Dossier)
    for number, line in lines_of(connection, sorted(set(articles))):
        yield number, decoder.decode(line)


def _hits(connection: Connection, numbers: Sequence[int]) -> Iterator[Hit]:
    dossiers = dict(dossiers_of(connection, [article_of(number) for number in numbers]))
    for number in numbers:
        dossier = dossiers[article_of(number)]
        yield Hit(number, dossier, dossier.events[index_of(number)])


def passages_of(connection: Connection, numbers: Sequence[int], likeness: Sequence[float] = ()) -> Iterator[Passage]:
    """Yields the sentences with these numbers, in their order, each with how like it is to what was asked, where that is given."""
    dossiers = dict(dossiers_of(connection, [article_of(number) for number in numbers]))
    for place, number in enumerate(numbers):
        dossier = dossiers[article_of(number)]
        index = index_of(number) - 1
        events = tuple(event for event in dossier.events if event.sentence == index)
        yield Passage(number, dossier, dossier.sentences[index] if index >= 0 else None, events, likeness[place] if likeness else None)
