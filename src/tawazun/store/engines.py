"""Turns the address of a workspace into a database engine, and what the database says when it fails into errors of ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from tawazun.base.errors import InputError, InternalError, SetupError, TawazunError

FILE = "tawazun.db"
_POSTGRES = ("postgresql://", "postgres://")
_LOCK = 0x7461776A
"""Is the number of the lock, one a database, that writers of workspaces in PostgreSQL wait for."""
SHEET = "sheet"
"""Is the name by which a connection to SQLite knows a sheet that a transaction takes rows from, see `store/sheets.py`."""
WAIT = 30.0
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


def engine_of(address: Address, wait: float = WAIT) -> Engine:
    """Makes the engine, whose writers wait so many seconds for another one; nothing is connected to yet."""
    if address.kind == "sqlite":
        engine = create_engine(f"sqlite:///{address.target}", connect_args={"timeout": wait})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "checkin", _detach_sheet)
        return engine
    try:
        engine = create_engine(address.target, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError:
        raise SetupError(f"{address.shown}: PostgreSQL needs an extra; install it with `pip install 'tawazun[postgres]'`") from None
    event.listen(engine, "begin", partial(_begin_postgres, wait))
    return engine


def _set_up_sqlite(connection: Any, _: object) -> None:
    """Lets readers and a writer at the database at once, and leaves transactions to SQLAlchemy."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.execute("PRAGMA wal_autocheckpoint=8000")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Begins a transaction; one that will write takes the lock at once, so that it never fails in its middle for another writer."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _detach_sheet(connection: Any, record: Any) -> None:
    if record.info.pop(SHEET, False) and connection is not None:
        connection.execute(f"DETACH {SHEET}")


def _begin_postgres(wait: float, connection: Connection) -> None:
    """Begins a transaction: one that will write waits for other writers, as SQLite's do; one that reads sees one state throughout."""
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(wait * 1000)}")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))


@contextmanager
def told(address: Address) -> Iterator[None]:
    """Turns errors of the database into one line: where, what, what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _told(address, error.orig or error) from error
    except Exception as error:
        if isinstance(error, sqlite3.Error) or type(error).__module__.partition(".")[0] == "psycopg":
            raise _told(address, error) from error
        raise


def _told(address: Address, error: BaseException) -> TawazunError:
    """Says what went wrong; where the database refuses what we asked of it, the fault is ours."""
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    if isinstance(error, sqlite3.Error):
        ours = isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError)
        advice = _SQLITE.get(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF)
    else:
        state = getattr(error, "sqlstate", None) or ""
        ours = state[:2] in _OURS
        advice = _POSTGRES_STATES.get(state) or _POSTGRES_STATES.get(state[:2]) or _DROPPED
    if ours:
        return InternalError(f"{address.shown}: the database refused ({said}); what was kept before is whole; please report it")
    return SetupError(f"{address.shown}: {(advice or _FAILED).format(said=said)}")


_FULL = "the disk is full; what was kept before is whole; free space, then run the same command again"
_LOCKED = "another program is writing and did not end in time; wait for it, then run the same command again"
_DENIED = "can't be written ({said}); mend its rights, or choose another workspace"
_DAMAGED = "damaged, or not a workspace ({said}); restore a backup with `tawazun restore`"
_FAILED = "the database failed ({said}); what was kept before is whole; run the same command again"
_DROPPED = (
    "the connection failed ({said}); what was kept before is whole; see that the server runs and the address is right, then run it again"
)

_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: "the disk failed or is full ({said}); what was kept before is whole; see to it, then run the same command again",
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _DENIED,
    sqlite3.SQLITE_CANTOPEN: _DENIED,
    sqlite3.SQLITE_PERM: _DENIED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
"""Says what to do about each of SQLite's primary codes; https://www.sqlite.org/rescode.html."""

_POSTGRES_STATES = {
    "53100": _FULL,
    "55P03": _LOCKED,
    "40P01": _LOCKED,
    "25006": _DENIED,
    "42501": _DENIED,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
    "53": "the server is out of resources ({said}); what was kept before is whole; run the same command again later",
    "58": "the server's disk failed or is full ({said}); what was kept before is whole; see to it, then run the same command again",
    "57": _DROPPED,
    "08": _DROPPED,
}
"""Says what to do about PostgreSQL's states and classes of states; https://www.postgresql.org/docs/current/errcodes-appendix.html."""

_OURS = frozenset(("22", "23", "42"))
"""Are the classes of wrong data, broken constraints and wrong statements."""
