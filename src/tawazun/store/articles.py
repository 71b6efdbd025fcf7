"""Keeps articles with their dossiers, each whole or not at all, and gives them back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, cast

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from tawazun.base.ids import make_id
from tawazun.model.articles import Article
from tawazun.model.dossier import Document, Dossier, MadeBy
from tawazun.read.words import Words
from tawazun.store.bodies import packed, unpacked
from tawazun.store.bulks import Row, add, add_missing
from tawazun.store.projections import Rows, rows_of
from tawazun.store.tables import (
    ACTORS,
    ARTICLES,
    CLAIMS,
    COUNTERS,
    DERIVED,
    DOSSIERS,
    EVENTS,
    LINKS,
    PARTIES,
    REJECTS,
    SENTENCES,
    TOPICS,
    number_in,
)
from tawazun.store.words import forget_words, index_words

Value = TypeVar("Value")

_MOST = 500
"""Is how many values a query asks for at once."""


class Arrival(msgspec.Struct, frozen=True):
    """Is an article that is new to a workspace, without its text, which has this many letters; `number` and `document` are what the
    workspace knows it by, `taken_in` is an ISO time.
    """

    number: int
    key: str
    document: str
    article: Article
    letters: int
    source: str
    line: int | None
    taken_in: str


class Coding(msgspec.Struct, frozen=True):
    """Is a dossier as it is kept: the number of its article, its id, what made it, its line of JSON compressed, and its rows."""

    article: int
    id: str
    made_by: MadeBy
    body: bytes
    rows: Rows


class Refusal(msgspec.Struct, frozen=True):
    """Is what could not be taken in and why; `kept` says that the article was, without a part such as its date."""

    source: str
    line: int | None
    reason: str
    article: str | None
    kept: bool
    taken_in: str


def article_key(article: Article) -> str:
    """Returns a digest of what an article holds, its id left out: the same words of another outlet, day or address are another article."""
    return make_id("article", article.text, article.title or "", article.outlet or "", article.url or "", article.published or "")


def article_in(document: Document) -> Article:
    """Returns the article that a dossier is of."""
    return Article(document.text, document.id, document.published, document.title, document.outlet, document.url)


def known(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """Returns those keys whose articles the workspace has, with the articles' numbers."""
    query = select(ARTICLES.c.key, ARTICLES.c.number)
    return {key: number for some in _some(keys) for key, number in connection.execute(query.where(ARTICLES.c.key.in_(some)))}


def taken(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Returns those ids of documents that articles of the workspace have."""
    found = (connection.scalars(select(ARTICLES.c.document).where(ARTICLES.c.document.in_(some))) for some in _some(documents))
    return {document for documents in found for document in documents}


def _some(values: Iterable[Value]) -> Iterator[list[Value]]:
    wanted = list(dict.fromkeys(values))
    for start in range(0, len(wanted), _MOST):
        yield wanted[start : start + _MOST]


def reserve(connection: Connection, count: int) -> int:
    """Sets `count` numbers of articles aside and returns the first; numbers that are never used leave a gap."""
    first = connection.scalar(select(COUNTERS.c.next).where(COUNTERS.c.name == "articles"))
    if first is None:
        first = 1
        connection.execute(COUNTERS.insert().values(name="articles", next=first + count))
    else:
        connection.execute(update(COUNTERS).where(COUNTERS.c.name == "articles").values(next=first + count))
    return int(first)


def keep(connection: Connection, arrivals: Sequence[tuple[Arrival, Coding]]) -> None:
    """Keeps articles with their dossiers; the transaction that this is called in keeps all of them or none."""
    add_articles(connection, [arrival for arrival, _ in arrivals])
    add_codings(connection, [coding for _, coding in arrivals])


def add_articles(connection: Connection, arrivals: Sequence[Arrival]) -> None:
    """Adds articles without their dossiers; one whose id was given to another one meanwhile is known by its key."""
    given = taken(connection, [arrival.document for arrival in arrivals])
    rows = []
    for arrival in arrivals:
        document = arrival.document if arrival.document not in given else arrival.key
        given.add(document)
        rows.append(_article_row(arrival, document))
    add(connection, ARTICLES, rows)


def recode(connection: Connection, codings: Sequence[Coding]) -> None:
    """Puts new dossiers in the place of those that articles have; what was joined from the old ones waits to be joined anew."""
    forget(connection, [coding.article for coding in codings])
    add_codings(connection, codings)


def forget(connection: Connection, numbers: Sequence[int]) -> None:
    """Takes away the dossiers of articles, and what was worked out from them."""
    for number in numbers:
        low, high = number_in(number, 0), number_in(number + 1, 0)
        forget_words(connection, low, high)
        for column in DERIVED:
            connection.execute(delete(column.table).where(column >= low, column < high))
        connection.execute(delete(DOSSIERS).where(DOSSIERS.c.article == number))
        connection.execute(update(ARTICLES).where(ARTICLES.c.number == number).values(merged=0))


def add_codings(connection: Connection, codings: Sequence[Coding]) -> None:
    """Adds the dossiers and the rows of articles that have none."""
    add_bodies(connection, [(c.article, c.id, c.made_by, c.body) for c in codings])
    rows = [coding.rows for coding in codings]
    sentences = [row for found in rows for row in found.sentences]
    add(connection, SENTENCES, sentences)
    index_words(connection, "sentence_words", sentences)
    add(connection, EVENTS, [row for found in rows for row in found.events])
    add(connection, PARTIES, [row for found in rows for row in found.parties])
    add(connection, TOPICS, [row for found in rows for row in found.topics])
    add(connection, CLAIMS, [row for found in rows for row in found.claims])
    add(connection, LINKS, [row for found in rows for row in found.links])
    actors: dict[int, Row] = {}
    for row in (row for found in rows for row in found.actors):
        actors.setdefault(cast(int, row[0]), row)
    add_actors(connection, actors)


def add_bodies(connection: Connection, bodies: Sequence[tuple[int, str, MadeBy, bytes]]) -> None:
    """Adds dossiers: the article's number, the dossier's id, what made it, its line of JSON compressed."""
    add(connection, DOSSIERS, [(article, id, made_by.engine, made_by.knowledge, body) for article, id, made_by, body in bodies])


def add_actors(connection: Connection, actors: dict[int, Row]) -> None:
    """Adds those actors that the workspace lacks; one that has several names keeps those it came with."""
    for some in _some(actors):
        for there in connection.scalars(select(ACTORS.c.number).where(ACTORS.c.number.in_(some))):
            del actors[there]
    new = [row for _, row in sorted(actors.items())]
    add(connection, ACTORS, new)
    index_words(connection, "actor_words", [(row[0], row[-1]) for row in new])


def _article_row(arrival: Arrival, document: str) -> Row:
    article = arrival.article
    return (
        *(arrival.number, arrival.key, document, article.url, article.outlet, article.title, article.published),
        *(arrival.source, arrival.line, arrival.taken_in, arrival.letters, None, None, 0),
    )


def coding_of(number: int, dossier: Dossier, line: bytes, words: Words) -> Coding:
    """Works out what is kept of the dossier of the article with a number; `line` is the dossier as JSON."""
    return Coding(number, dossier.id, dossier.made_by, packed(line), rows_of(number, dossier, words))


def refuse(connection: Connection, refusals: Sequence[Refusal]) -> None:
    """Keeps what could not be taken in; the same refusal of an earlier run stands."""
    rows = {(r.source, r.line or 0, r.reason): (r.source, r.line or 0, r.reason, r.article, int(r.kept), r.taken_in) for r in refusals}
    add_missing(connection, REJECTS, list(rows.values()))


def lines_of(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Yields the numbers and dossiers, as lines of JSON, of articles, in the order of their numbers."""
    for start in range(0, len(numbers), _MOST):
        some = select(DOSSIERS.c.article, DOSSIERS.c.body).where(DOSSIERS.c.article.in_(numbers[start : start + _MOST]))
        for number, body in connection.execute(some.order_by(DOSSIERS.c.article)):
            yield number, unpacked(body, f"article {number}")


def outdated(connection: Connection, engine: str, knowledge: str) -> list[int]:
    """Returns the numbers of the articles whose dossiers another engine or other knowledge made."""
    return list(connection.scalars(select(DOSSIERS.c.article).where(_differs(engine, knowledge)).order_by(DOSSIERS.c.article)))


def made_by(connection: Connection, numbers: Sequence[int]) -> dict[int, MadeBy]:
    """Returns what made the dossiers of articles."""
    query = select(DOSSIERS.c.article, DOSSIERS.c.engine, DOSSIERS.c.knowledge)
    found = connection.execute(query.where(DOSSIERS.c.article.in_(numbers)))
    return {number: MadeBy(engine, knowledge) for number, engine, knowledge in found}


def all_numbers(connection: Connection) -> list[int]:
    """Returns the numbers of all articles."""
    return list(connection.scalars(select(DOSSIERS.c.article).order_by(DOSSIERS.c.article)))


def _differs(engine: str, knowledge: str) -> ColumnElement[bool]:
    return (DOSSIERS.c.engine != engine) | (DOSSIERS.c.knowledge != knowledge)


def outdated_count(connection: Connection, engine: str, knowledge: str) -> int:
    """Counts the dossiers that another engine or other knowledge made."""
    return int(connection.scalar(select(func.count()).select_from(DOSSIERS).where(_differs(engine, knowledge))) or 0)


def counts(connection: Connection) -> dict[str, int]:
    """Counts the rows of the tables that a user thinks in."""
    tables = {"articles": ARTICLES, "sentences": SENTENCES, "events": EVENTS, "actors": ACTORS, "claims": CLAIMS, "rejects": REJECTS}
    return {name: int(connection.scalar(select(func.count()).select_from(table)) or 0) for name, table in tables.items()}
