"""Turns the address of a workspace into a database engine, and what the database says when it fails into errors of ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from tawazun.base.errors import InputError, SetupError

FILE = "tawazun.db"
_POSTGRES = ("postgresql://", "postgres://")
_LOCK = 0x7461776A
"""Is the number of the lock, one a database, that writers of workspaces in PostgreSQL wait for."""
_WAIT = 30
"""Is for how many seconds a writer waits for another one."""


class Address(msgspec.Struct, frozen=True):
    """Is where a workspace is: a file of SQLite, or a PostgreSQL database; `shown` has no password."""

    kind: Literal["sqlite", "postgresql"]
    target: str
    shown: str


def address_of(workspace: str) -> Address:
    """Reads what a user names as a workspace: a folder, or `postgresql://user@host/database`."""
    if workspace.startswith(_POSTGRES):
        from sqlalchemy.engine import make_url

        try:
            url = make_url(workspace).set(drivername="postgresql+psycopg")
        except Exception as error:
            raise InputError(f"{workspace.partition('@')[2] or 'postgresql://'}: not an address ({error}); give postgresql://…") from None
        return Address("postgresql", url.render_as_string(hide_password=False), url.set(drivername="postgresql").render_as_string())
    if "://" in workspace:
        scheme = workspace.partition("://")[0]
        raise InputError(f"{scheme}://…: no such kind of workspace; give a folder, or an address that begins with postgresql://")
    path = Path(workspace)
    return Address("sqlite", str(path / FILE), str(path))


def engine_of(address: Address) -> Engine:
    """Makes the engine; nothing is connected to yet."""
    if address.kind == "sqlite":
        engine = create_engine(f"sqlite:///{address.target}", connect_args={"timeout": _WAIT})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        engine = create_engine(address.target, pool_pre_ping=True, connect_args={"connect_timeout": 10})
        event.listen(engine, "begin", _begin_postgres)
        return engine
    except ModuleNotFoundError:
        raise SetupError(f"{address.shown}: PostgreSQL needs an extra; install it with `pip install 'tawazun[postgres]'`") from None


def _set_up_sqlite(connection: Any, _: object) -> None:
    """Lets readers and a writer at the database at once, and leaves transactions to SQLAlchemy."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Begins a transaction; one that will write takes the lock at once, so that it never fails in its middle for another writer."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    """Begins a transaction: one that will write waits for other writers, as SQLite's do; one that reads sees one state throughout."""
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))


@contextmanager
def told(address: Address) -> Iterator[None]:
    """Turns errors of the database into one line: where, what, what to do."""
    try:
        yield
    except DBAPIError as error:
        raise SetupError(f"{address.shown}: {_advice(error)}") from error
    except sqlite3.Error as error:
        raise SetupError(f"{address.shown}: {_sqlite_advice(str(error))}") from error


def _advice(error: DBAPIError) -> str:
    said = str(error.orig).strip().splitlines()[0] if error.orig is not None else str(error)
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_advice(said)
    if error.connection_invalidated or isinstance(error, OperationalError):
        return f"the database can't be reached or dropped the connection ({said}); what was committed is kept; run the same command again"
    return f"the database refused ({said}); what was committed is kept"


def _sqlite_advice(said: str) -> str:
    if "locked" in said or "busy" in said:
        return f"another program has been writing for over {_WAIT} seconds; wait for it, then run the same command again"
    if "full" in said:
        return "the disk is full; what was taken in before is whole; free space, then run the same command again"
    if "readonly" in said or "unable to open" in said:
        return f"can't be written ({said}); choose another workspace, or mend its rights"
    if "not a database" in said or "malformed" in said:
        return f"damaged or not a workspace ({said}); restore a backup with `tawazun restore`"
    return f"the database failed ({said}); what was taken in before is whole; run the same command again"
