"""Turns many rows into the fewest trips to the database."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

Row = tuple[object, ...]


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Adds rows, each in the order of the table's columns."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert(table, "INSERT"), cast(Any, rows))
    else:
        _copy(connection, table, table.name, rows)


def add_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Adds those rows whose key the table doesn't have."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert(table, "INSERT OR IGNORE"), cast(Any, rows))
        return
    given = f"given_{table.name}"
    connection.exec_driver_sql(f"CREATE TEMP TABLE {given} (LIKE {table.name}) ON COMMIT DROP")
    _copy(connection, table, given, rows)
    connection.exec_driver_sql(f"INSERT INTO {table.name} SELECT * FROM {given} ON CONFLICT DO NOTHING")
    connection.exec_driver_sql(f"DROP TABLE {given}")


@lru_cache
def _insert(table: Table, how: str) -> str:
    insert = str(table.insert().compile(dialect=sqlite.dialect()))
    return how + insert.removeprefix("INSERT")


def _copy(connection: Connection, table: Table, name: str, rows: Sequence[Row]) -> None:
    """Sends rows with COPY, PostgreSQL's way for many at once; NUL, which its texts can't hold, becomes U+FFFD."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    cursor = cast(Any, connection.connection).cursor()
    with cursor, cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([value.replace("\0", "\ufffd") if isinstance(value, str) and "\0" in value else value for value in row])
