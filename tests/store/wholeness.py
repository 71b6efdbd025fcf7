"""Turns a workspace into what it says, without the numbers that differ from run to run, and holds every article against its dossier."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, func, select

from tawazun.app.keeping import codings
from tawazun.store.articles import all_numbers, lines_of
from tawazun.store.projections import Rows
from tawazun.store.tables import ACTORS, ARTICLES, CLAIMS, EVENTS, LINKS, PARTIES, SENTENCES, TOPICS, number_in
from tawazun.store.workspaces import Workspace

PROJECTIONS = {
    "sentences": SENTENCES,
    "events": EVENTS,
    "parties": PARTIES,
    "topics": TOPICS,
    "claims": CLAIMS,
    "links": LINKS,
}


@lru_cache(maxsize=20_000)
def expected(number: int, line: bytes) -> Rows:
    return codings().of(number, line).rows


def assert_whole(workspace: Workspace) -> dict[str, bytes]:
    """Checks that each article has its dossier and exactly the rows that follow from it, and that no row is anybody else's.

    Returns the dossiers by the keys of their articles.
    """
    with workspace.reading() as connection:
        articles = dict(connection.execute(select(ARTICLES.c.number, ARTICLES.c.key)).all())
        lines = dict(lines_of(connection, all_numbers(connection)))
        assert lines.keys() == articles.keys(), "an article without a dossier, or a dossier without an article"
        for name, table in PROJECTIONS.items():
            wanted = sorted(row for number, line in lines.items() for row in getattr(expected(number, line), name))
            found = sorted(tuple(row) for row in connection.execute(select(table)))
            assert _comparable(found) == _comparable(wanted), name
        actors = {row[0]: row for number, line in lines.items() for row in expected(number, line).actors}
        there = set(connection.scalars(select(ACTORS.c.number)))
        assert actors.keys() <= there
        _assert_index(connection, lines)
    return {articles[number]: line for number, line in lines.items()}


def _comparable(rows: list[Any]) -> list[Any]:
    return sorted(tuple("" if value is None else value for value in row) for row in rows) if rows else []


def _assert_index(connection: Connection, lines: dict[int, bytes]) -> None:
    """Checks that words find the sentences that have them."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO sentence_words(sentence_words, rank) VALUES ('integrity-check', 1)")
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        query = "SELECT rowid FROM sentence_words WHERE sentence_words MATCH ?"
    else:
        query = "SELECT number FROM sentences WHERE to_tsvector('simple', words) @@ to_tsquery('simple', %s)"
    number = next(iter(lines), None)
    if number is not None:
        at, words = expected(number, lines[number]).sentences[-1]
        last = words.split()[-1]
        assert at in set(connection.exec_driver_sql(query, (f'"{last}"' if connection.dialect.name == "sqlite" else last,)).scalars())


def count_of(connection: Connection, table: Any) -> int:
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def numbers_of(article: int) -> tuple[int, int]:
    return number_in(article, 0), number_in(article + 1, 0)
