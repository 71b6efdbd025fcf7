"""Keeps articles with their dossiers, each whole or not at all, and gives them back."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec
import zstandard
from sqlalchemy import Connection, delete, func, select, update

from tawazun.base.errors import SetupError
from tawazun.base.ids import make_id
from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier
from tawazun.store.bulks import Row, add, add_missing
from tawazun.store.projections import Rows
from tawazun.store.tables import (
    ACTORS,
    ARTICLES,
    CLAIMS,
    COUNTERS,
    DOSSIERS,
    EVENTS,
    LINKS,
    MENTIONS,
    PARTIES,
    REJECTS,
    SENTENCES,
    TOPICS,
    number_in,
)

_LEVEL = 3
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
    """Is a dossier as it is kept: read, as one line of JSON, and as rows."""

    dossier: Dossier
    line: bytes
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


def known(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Returns those keys whose articles the workspace has."""
    return {key for some in _some(keys) for key in connection.scalars(select(ARTICLES.c.key).where(ARTICLES.c.key.in_(some)))}


def taken(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Returns those ids of documents that articles of the workspace have."""
    found = (connection.scalars(select(ARTICLES.c.document).where(ARTICLES.c.document.in_(some))) for some in _some(documents))
    return {document for documents in found for document in documents}


def _some(values: Iterable[str]) -> Iterator[list[str]]:
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
    add(connection, ARTICLES, [_article_row(arrival) for arrival, _ in arrivals])
    _add_codings(connection, [(arrival.number, coding) for arrival, coding in arrivals])


def recode(connection: Connection, codings: Sequence[tuple[int, Coding]]) -> None:
    """Puts new dossiers in the place of those that articles have."""
    for number, _ in codings:
        low, high = number_in(number, 0), number_in(number + 1, 0)
        for table in (SENTENCES, EVENTS, PARTIES, CLAIMS, LINKS, MENTIONS):
            first = next(iter(table.primary_key.columns))
            connection.execute(delete(table).where(first >= low, first < high))
        connection.execute(delete(TOPICS).where(TOPICS.c.event >= low, TOPICS.c.event < high))
        connection.execute(delete(DOSSIERS).where(DOSSIERS.c.article == number))
        connection.execute(update(ARTICLES).where(ARTICLES.c.number == number).values(merged=0))
    _add_codings(connection, codings)


def _add_codings(connection: Connection, codings: Sequence[tuple[int, Coding]]) -> None:
    add(connection, DOSSIERS, [_dossier_row(number, coding) for number, coding in codings])
    rows = [coding.rows for _, coding in codings]
    add(connection, SENTENCES, [row for found in rows for row in found.sentences])
    add(connection, EVENTS, [row for found in rows for row in found.events])
    add(connection, PARTIES, [row for found in rows for row in found.parties])
    add(connection, TOPICS, [row for found in rows for row in found.topics])
    add(connection, CLAIMS, [row for found in rows for row in found.claims])
    add(connection, LINKS, [row for found in rows for row in found.links])
    actors = {number: row for found in rows for number, row in found.actors.items()}
    add_missing(connection, ACTORS, [actors[number] for number in sorted(actors)])


def _article_row(arrival: Arrival) -> Row:
    article = arrival.article
    return (
        *(arrival.number, arrival.key, arrival.document, article.url, article.outlet, article.title, article.published),
        *(arrival.source, arrival.line, arrival.taken_in, arrival.letters, None, None, 0),
    )


def _dossier_row(number: int, coding: Coding) -> Row:
    made_by = coding.dossier.made_by
    return number, coding.dossier.id, made_by.engine, made_by.knowledge, packed(coding.line)


def refuse(connection: Connection, refusals: Sequence[Refusal]) -> None:
    """Keeps what could not be taken in; the same refusal of an earlier run stands."""
    rows = {(r.source, r.line or 0, r.reason): (r.source, r.line or 0, r.reason, r.article, int(r.kept), r.taken_in) for r in refusals}
    add_missing(connection, REJECTS, list(rows.values()))


@lru_cache(maxsize=1)
def _compressor() -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(level=_LEVEL)


def packed(line: bytes) -> bytes:
    """Compresses a dossier's line."""
    return _compressor().compress(line)


def unpacked(body: bytes, where: str) -> bytes:
    """Gives a dossier's line back; raises `SetupError` where the database lost some of it."""
    try:
        return zstandard.ZstdDecompressor().decompress(body)
    except zstandard.ZstdError as error:
        raise SetupError(f"{where}: a damaged dossier ({error}); restore a backup, or take the article in again") from None


def lines_of(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Yields the numbers and dossiers, as lines of JSON, of articles, in the order of their numbers."""
    for start in range(0, len(numbers), _MOST):
        some = select(DOSSIERS.c.article, DOSSIERS.c.body).where(DOSSIERS.c.article.in_(numbers[start : start + _MOST]))
        for number, body in connection.execute(some.order_by(DOSSIERS.c.article)):
            yield number, unpacked(body, f"article {number}")


def outdated(connection: Connection, engine: str, knowledge: str) -> list[int]:
    """Returns the numbers of the articles whose dossiers another engine or other knowledge made."""
    differs = (DOSSIERS.c.engine != engine) | (DOSSIERS.c.knowledge != knowledge)
    return list(connection.scalars(select(DOSSIERS.c.article).where(differs).order_by(DOSSIERS.c.article)))


def outdated_count(connection: Connection, engine: str, knowledge: str) -> int:
    """Counts the dossiers that another engine or other knowledge made."""
    differs = (DOSSIERS.c.engine != engine) | (DOSSIERS.c.knowledge != knowledge)
    return int(connection.scalar(select(func.count()).select_from(DOSSIERS).where(differs)) or 0)


def counts(connection: Connection) -> dict[str, int]:
    """Counts the rows of the tables that a user thinks in."""
    tables = {"articles": ARTICLES, "sentences": SENTENCES, "events": EVENTS, "actors": ACTORS, "claims": CLAIMS, "rejects": REJECTS}
    return {name: int(connection.scalar(select(func.count()).select_from(table)) or 0) for name, table in tables.items()}
