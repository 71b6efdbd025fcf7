"""Turns what is asked of a workspace into the dossiers that hold it, one after the other, each with only what was asked for."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from sqlalchemy import Connection, func, literal_column, select

from tawazun.app.exports.networks import Placed, Places
from tawazun.model.dossier import Dossier
from tawazun.store.articles import counts
from tawazun.store.merges import belonging_of
from tawazun.store.names import Names
from tawazun.store.queries import Query, narrows_events
from tawazun.store.searches import chosen_events, dossiers_of
from tawazun.store.tables import DOSSIERS, article_of, index_of

_AT_ONCE = 100
"""Is how many dossiers are decoded at once."""


class Selection(msgspec.Struct, frozen=True):
    """Is how many events of how many there are, and how many articles, an export or an analysis has before it."""

    events: int
    all_events: int
    articles: int


def is_narrowed(query: Query) -> bool:
    """Tells whether a query leaves anything out."""
    published = query.published_since or query.published_until
    return narrows_events(query) or bool(query.words or query.outlets or published or query.once)


def selection_of(connection: Connection, query: Query, names: Names) -> Selection:
    """Counts what a query is for."""
    have = counts(connection)
    if not is_narrowed(query):
        return Selection(have["events"], have["events"], have["articles"])
    chosen = chosen_events(connection, query, names).subquery()
    article = chosen.c.number.op(">>")(literal_column("20"))
    found = connection.execute(select(func.count(), func.count(func.distinct(article))).select_from(chosen)).one()
    return Selection(int(found[0]), have["events"], int(found[1]))


def selected(connection: Connection, query: Query, names: Names) -> Iterator[Dossier]:
    """Yields the dossiers of a workspace in the order in which they came in: all, or those with events that a query is for, without the
    other events; a few are in memory at a time.
    """
    if not is_narrowed(query):
        yield from _everything(connection)
        return
    ordered = chosen_events(connection, query, names).order_by("number")
    rows: Iterable[int] = connection.execute(ordered, execution_options={"stream_results": True}).scalars()
    waiting: dict[int, frozenset[int]] = {}
    for article, numbers in groupby(rows, article_of):
        waiting[article] = frozenset(map(index_of, numbers))
        if len(waiting) >= _AT_ONCE:
            yield from _narrowed(connection, waiting)
            waiting = {}
    yield from _narrowed(connection, waiting)


def places_in(connection: Connection) -> Places:
    """Returns what tells of a workspace's dossier where its events belong, by what merging found."""

    def places(dossier: Dossier) -> dict[str, Placed]:
        return {event: Placed(origin, happening) for event, origin, happening in belonging_of(connection, dossier.document.id)}

    return places


def _everything(connection: Connection) -> Iterator[Dossier]:
    last = 0
    following = select(DOSSIERS.c.article).order_by(DOSSIERS.c.article).limit(_AT_ONCE)
    while some := list(connection.scalars(following.where(DOSSIERS.c.article > last))):
        yield from (dossier for _, dossier in dossiers_of(connection, some))
        last = some[-1]


def _narrowed(connection: Connection, waiting: dict[int, frozenset[int]]) -> Iterator[Dossier]:
    for article, dossier in dossiers_of(connection, list(waiting)):
        yield narrowed(dossier, waiting[article])


def narrowed(dossier: Dossier, indexes: frozenset[int]) -> Dossier:
    """Returns a dossier with only the events that have these indexes, and the actors, claims and links of those."""
    events = tuple(event for index, event in enumerate(dossier.events) if index in indexes)
    ids = {event.id for event in events}
    actors = {id for event in events for part in event.participants for id in part.actors}
    actors |= {id for event in events if event.attribution for one in (event.attribution, *event.attribution.nested) for id in one.actors}
    claims = (msgspec.structs.replace(claim, events=tuple(id for id in claim.events if id in ids)) for claim in dossier.claims)
    return msgspec.structs.replace(
        dossier,
        events=events,
        actors=tuple(actor for actor in dossier.actors if actor.id in actors),
        claims=tuple(claim for claim in claims if claim.events),
        links=tuple(link for link in dossier.links if link.origin in ids and link.to in ids),
        instruments=(),
    )
