"""Keeps SQLite's index of words in step with the sentences; PostgreSQL keeps its own."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Connection

from tawazun.store.bulks import Row


def index_words(connection: Connection, sentences: Sequence[Row]) -> None:
    """Adds sentences, of (number, words), to the index."""
    if sentences and connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO sentence_words(rowid, words) VALUES (?, ?)", cast(Any, sentences))


def forget_words(connection: Connection, low: int, high: int) -> None:
    """Takes the sentences from `low` to before `high`, which must still be in their table, out of the index."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO sentence_words(sentence_words, rowid, words) "
            "SELECT 'delete', number, words FROM sentences WHERE number >= ? AND number < ?",
            (low, high),
        )


def forget_all_words(connection: Connection) -> None:
    """Empties the index."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO sentence_words(sentence_words) VALUES ('delete-all')")
