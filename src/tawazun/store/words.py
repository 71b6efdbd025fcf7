"""Keeps SQLite's indexes of words in step with sentences and actors; PostgreSQL keeps its own."""

from collections.abc import Sequence
from typing import Any, Literal, cast

from sqlalchemy import Connection

from tawazun.store.bulks import Row


def index_words(connection: Connection, index: Literal["sentence_words", "actor_words"], rows: Sequence[Row]) -> None:
    """Adds sentences or actors, of (number, words), to their index."""
    if rows and connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO {index}(rowid, words) VALUES (?, ?)", cast(Any, rows))


def forget_words(connection: Connection, low: int, high: int) -> None:
    """Takes the sentences from `low` to before `high`, which must still be in their table, out of the index."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO sentence_words(sentence_words, rowid, words) "
            "SELECT 'delete', number, words FROM sentences WHERE number >= ? AND number < ?",
            (low, high),
        )


def forget_all_words(connection: Connection) -> None:
    """Empties the index of sentences; that of actors follows their rows."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO sentence_words(sentence_words) VALUES ('delete-all')")
