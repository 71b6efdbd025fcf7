"""Keeps which articles are copies of which, and which event mentions tell of one happening."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from sqlalchemy import Connection, Select, bindparam, delete, func, select, update

from tawazun.store.bulks import add, add_missing
from tawazun.store.tables import ARTICLES, EVENTS, MENTIONS, ORIGIN_KEYS, article_of, number_in

_MOST = 500
_HIGHEST = 1 << 63


class Placed(msgspec.Struct, frozen=True):
    """Is an article among others: its number, id and day of publication, and the number of the first article that it is a copy of."""

    number: int
    document: str
    published: str | None
    origin: int | None


class Mention(msgspec.Struct, frozen=True):
    """Is an event's place in a happening; `nearest` is the event whose likeness joined it, None for the first."""

    event: int
    happening: str
    nearest: int | None


def happening_number(id: str) -> int:
    """Returns the number that a happening's id is kept as: its digits, as a signed number of 64 bits."""
    number = int(id.partition("-")[2], 16)
    return number if number < _HIGHEST else number - 2 * _HIGHEST


def happening_id(number: int) -> str:
    """Returns the id of a happening from its number."""
    return f"happening-{number % (2 * _HIGHEST):016x}"


def without_origin(connection: Connection, most: int) -> list[Placed]:
    """Returns up to `most` articles that were not yet held against others, by date of publication and id."""
    return _placed(connection, _articles().where(ARTICLES.c.origin.is_(None)).limit(most))


def unmerged(connection: Connection, most: int) -> list[Placed]:
    """Returns up to `most` articles whose events were not yet joined with others', by date of publication and id."""
    return _placed(connection, _articles().where(ARTICLES.c.merged == 0, ARTICLES.c.origin.is_not(None)).limit(most))


def placed(connection: Connection, numbers: Sequence[int]) -> dict[int, Placed]:
    """Returns articles by their numbers."""
    found = [
        item
        for start in range(0, len(numbers), _MOST)
        for item in _placed(connection, _articles().where(ARTICLES.c.number.in_(numbers[start : start + _MOST])))
    ]
    return {item.number: item for item in found}


def _articles() -> Select[int, str, str | None, int | None]:
    dated = func.coalesce(ARTICLES.c.published, "~")
    return select(ARTICLES.c.number, ARTICLES.c.document, ARTICLES.c.published, ARTICLES.c.origin).order_by(dated, ARTICLES.c.document)


def _placed(connection: Connection, query: Select[int, str, str | None, int | None]) -> list[Placed]:
    return [Placed(number, document, published, origin) for number, document, published, origin in connection.execute(query)]


def because_of_origin(connection: Connection, number: int) -> str | None:
    """Returns why an article has its origin (JSON), None where it has none yet."""
    return connection.scalar(select(ARTICLES.c.origin_because).where(ARTICLES.c.number == number))


def keyed(connection: Connection, keys: Sequence[int]) -> list[int]:
    """Returns the numbers of the origins that have one of some keys."""
    return sorted(set(connection.scalars(select(ORIGIN_KEYS.c.article).where(ORIGIN_KEYS.c.key.in_(keys)))))


def place(connection: Connection, number: int, origin: int, because: str, keys: Iterable[int]) -> None:
    """Keeps the origin of an article, why (JSON), and, where the article is an origin itself, its keys."""
    connection.execute(update(ARTICLES).where(ARTICLES.c.number == number).values(origin=origin, origin_because=because))
    add_missing(connection, ORIGIN_KEYS, [(key, number) for key in sorted(set(keys))])


def merge_counts(connection: Connection) -> dict[str, int]:
    """Counts the articles that are copies, the happenings, and the articles that aren't merged yet."""
    articles = select(func.count()).select_from(ARTICLES)
    queries = {
        "copies": articles.where(ARTICLES.c.origin != ARTICLES.c.number),
        "happenings": select(func.count(MENTIONS.c.happening.distinct())),
        "unmerged": articles.where(ARTICLES.c.merged == 0),
    }
    return {name: int(connection.scalar(query) or 0) for name, query in queries.items()}


def happenings_near(connection: Connection, first: str, last: str, earliest: str) -> set[int]:
    """Returns the numbers of the happenings that a stretch of days touches: by when an article was published, or puts an event.

    Events that began before `earliest` last too long to be told by their days.
    """
    dated = select(MENTIONS.c.happening).join(EVENTS, EVENTS.c.number == MENTIONS.c.event)
    found = set(connection.scalars(dated.where(EVENTS.c.day_from.between(earliest, last), EVENTS.c.day_to >= first)))
    for number in connection.scalars(select(ARTICLES.c.number).where(ARTICLES.c.published.between(first, last + "~"))):
        found.update(connection.scalars(select(MENTIONS.c.happening).where(MENTIONS.c.event.between(*_events_of(number)))))
    return found


def _events_of(article: int) -> tuple[int, int]:
    return number_in(article, 0), number_in(article + 1, 0) - 1


def mentions_of(connection: Connection, happenings: Sequence[int]) -> Iterator[Mention]:
    """Yields the mentions of happenings, those of one happening in the order in which they joined, as far as numbers tell it."""
    for start in range(0, len(happenings), _MOST):
        some = select(MENTIONS.c.event, MENTIONS.c.happening, MENTIONS.c.nearest)
        for event, happening, nearest in connection.execute(
            some.where(MENTIONS.c.happening.in_(happenings[start : start + _MOST])).order_by(MENTIONS.c.happening, MENTIONS.c.event)
        ):
            yield Mention(event, happening_id(happening), nearest)


def mention_of(connection: Connection, event: int) -> Mention | None:
    """Returns the place of an event, None where it isn't merged."""
    row = connection.execute(select(MENTIONS.c.happening, MENTIONS.c.nearest).where(MENTIONS.c.event == event)).one_or_none()
    return Mention(event, happening_id(row[0]), row[1]) if row is not None else None


def belonging_of(connection: Connection, document: str) -> Iterator[tuple[str, int, int]]:
    """Yields the ids of the events of an article, by its document's id, each with its origin and its happening as numbers."""
    placed = connection.execute(select(ARTICLES.c.number, ARTICLES.c.origin).where(ARTICLES.c.document == document)).one_or_none()
    if placed is None or placed[1] is None:
        return
    some = select(EVENTS.c.id, MENTIONS.c.happening).join(MENTIONS, MENTIONS.c.event == EVENTS.c.number)
    for event, happening in connection.execute(some.where(EVENTS.c.number.between(*_events_of(placed[0])))):
        yield event, placed[1], happening


def keep_mentions(connection: Connection, mentions: Sequence[Mention], renamed: dict[str, str], articles: Sequence[int]) -> None:
    """Keeps where mentions belong, moves those of happenings that turned out to be others, and marks the articles as merged."""
    for old, new in renamed.items():
        moved = update(MENTIONS).where(MENTIONS.c.happening == happening_number(old))
        connection.execute(moved.values(happening=happening_number(new)))
    for number in sorted({article_of(mention.event) for mention in mentions}):
        connection.execute(delete(MENTIONS).where(MENTIONS.c.event.between(*_events_of(number))))
    add(connection, MENTIONS, [(m.event, happening_number(m.happening), m.nearest) for m in mentions])
    if articles:
        connection.execute(
            update(ARTICLES).where(ARTICLES.c.number == bindparam("article")).values(merged=1), [{"article": number} for number in articles]
        )
