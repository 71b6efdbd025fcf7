"""Turns the id of a finding, or its first letters, into the articles whose dossiers may hold it."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from tawazun.store.articles import lines_of
from tawazun.store.tables import ARTICLES, CLAIMS, DOSSIERS, EVENTS, article_of

_MOST = 200


def lines_with(connection: Connection, asked: str) -> Iterator[bytes]:
    """Yields the dossiers, as lines of JSON, that hold an id which is or begins with `asked`, with or without `event-` and the like.

    Events, claims and dossiers are found by an index; for actors and instruments every dossier is looked through.
    """
    numbers = _indexed(connection, asked)
    if numbers:
        yield from (line for _, line in lines_of(connection, sorted(numbers)))
        return
    needle = asked.encode()
    last = 0
    following = select(DOSSIERS.c.article).order_by(DOSSIERS.c.article).limit(_MOST)
    while some := list(connection.scalars(following.where(DOSSIERS.c.article > last))):
        yield from (line for _, line in lines_of(connection, some) if needle in line)
        last = some[-1]


def number_of(connection: Connection, document: str) -> int | None:
    """Returns the number of the article with a document's id, None where there is none."""
    return connection.scalar(select(ARTICLES.c.number).where(ARTICLES.c.document == document))


def _indexed(connection: Connection, asked: str) -> set[int]:
    found: set[int] = set()
    for kind, table in (("event", EVENTS), ("claim", CLAIMS), ("dossier", DOSSIERS)):
        number = next(iter(table.primary_key.columns))
        start = asked if asked.startswith(f"{kind}-") else f"{kind}-{asked}"
        # The digits after the kind are hexadecimal, so every id that begins so comes before one that goes on with g.
        some = connection.scalars(select(number).where(table.c.id >= start, table.c.id < start + "g").limit(_MOST))
        found.update(each if table is DOSSIERS else article_of(each) for each in some)
    return found
