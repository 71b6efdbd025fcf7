"""Turns a selection of events or sentences into how many there are with and without those in copies, and into one without them."""

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, case, func, literal_column, select

from tawazun.store.tables import ARTICLES, MENTIONS


class Counts(msgspec.Struct, frozen=True):
    """Is how many hits there are, and how many without those in copies: of the articles found that share an origin one counts.

    That is the first of the origin where it is found, else the one taken in first. `articles` and `origins` are those that the hits stand
    in. `happenings` is how many happenings the events tell of, None where sentences were asked for or nothing found is merged; `unmerged`
    is how many of the articles aren't merged yet: their copies aren't known, and their events are in no happening.
    """

    hits: int
    without_copies: int
    articles: int
    origins: int
    happenings: int | None
    unmerged: int


def counts_of(connection: Connection, chosen: Select[int], events: bool) -> Counts:
    """Counts what a selection of numbers, of events or else of sentences, finds."""
    ranked = _ranked(chosen).subquery()
    alone = ranked.c.place == 1
    hits, without, articles, origins, unmerged = connection.execute(
        select(
            func.coalesce(func.sum(ranked.c.hits), 0),
            func.coalesce(func.sum(case((alone, ranked.c.hits), else_=0)), 0),
            func.count(),
            func.coalesce(func.sum(case((alone, 1), else_=0)), 0),
            func.coalesce(func.sum(case((ranked.c.merged == 0, 1), else_=0)), 0),
        ).select_from(ranked)
    ).one()
    happenings = None
    if events and articles > unmerged:
        numbers = chosen.subquery()
        told = select(func.count(MENTIONS.c.happening.distinct())).join(numbers, numbers.c.number == MENTIONS.c.event)
        happenings = int(connection.scalar(told) or 0)
    return Counts(int(hits), int(without), int(articles), int(origins), happenings, int(unmerged))


def of_one_each(chosen: Select[int], article: ColumnElement[int]) -> Select[int]:
    """Narrows a selection of numbers, of which `article` is the article, to one article of each origin that is found."""
    ranked = _ranked(chosen).subquery()
    return chosen.where(article.in_(select(ranked.c.article).where(ranked.c.place == 1)))


def _ranked(chosen: Select[int]) -> Select[int, int, int, int]:
    """Selects the articles of a selection with their hits, whether they are merged, and their place among those of one origin."""
    numbers = chosen.subquery()
    found = (numbers.c.number.op(">>")(literal_column("20"))).label("article")
    each = select(found, func.count().label("hits")).group_by(found).subquery()
    origin = func.coalesce(ARTICLES.c.origin, ARTICLES.c.number)
    place = func.row_number().over(partition_by=origin, order_by=(case((origin == ARTICLES.c.number, 0), else_=1), ARTICLES.c.number))
    return select(each.c.article, each.c.hits, ARTICLES.c.merged, place.label("place")).join(ARTICLES, ARTICLES.c.number == each.c.article)
