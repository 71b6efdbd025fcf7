"""Turns the rows of many dossiers into one small SQLite database, a sheet, and puts a sheet's rows into a workspace in a few statements.

Binding a row's values one by one costs more than all that a database does with them; a sheet, made where the dossiers are, spares it.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Any, cast

import msgspec
import zstandard
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier, MadeBy
from tawazun.read.words import Words
from tawazun.store.articles import Arrival, add_actors, add_articles, add_bodies, article_in, article_key, forget
from tawazun.store.bulks import Row, add
from tawazun.store.engines import SHEET
from tawazun.store.projections import rows_of
from tawazun.store.tables import ACTORS, LINKS, LONGEST, PROJECTED, SENTENCES

_OWN = MetaData()
_HEADS = Table("heads", _OWN, *(Column(name, Text) for name in ("key", "document", "url", "outlet", "title", "published", "id")))
_HEADS.append_column(Column("letters", BigInteger, nullable=False))
_MAKING = Table("making", _OWN, *(Column(name, Text, nullable=False) for name in ("dossiers", "engine", "knowledge", "projection")))
_TABLES = (_HEADS, _MAKING, ACTORS, *(column.table for column in PROJECTED))
_LEVEL = 9


class Making(msgspec.Struct, frozen=True):
    """Says what a sheet was made from and by: the digest over the file of dossiers, and what decides about the rows."""

    dossiers: str
    engine: str
    knowledge: str
    projection: str


class Head(msgspec.Struct, frozen=True):
    """Is what a sheet has of a dossier's article, whose text has this many letters and is left out, and the dossier's id."""

    key: str
    article: Article
    letters: int
    id: str


class Sheet(msgspec.Struct, frozen=True):
    """Is a sheet that was read: its articles, in the order of the dossiers, and the database."""

    making: Making
    heads: tuple[Head, ...]
    packed: bytes

    @property
    def made_by(self) -> MadeBy:
        """Returns what made all of its dossiers."""
        return MadeBy(self.making.engine, self.making.knowledge)


class Draft:
    """Is a sheet that is being written; its articles are numbered from 0."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=OFF")
        self._articles = 0
        for table in _TABLES:
            self._database.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))

    def __enter__(self) -> "Draft":
        self._database.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, dossier: Dossier, words: Words) -> None:
        """Adds the rows of the next dossier."""
        article = article_in(dossier.document)
        given = (article.id, article.url, article.outlet, article.title, article.published)
        self._insert(_HEADS, [(article_key(article), *given, dossier.id, len(article.text))])
        rows = rows_of(self._articles, dossier, words)
        self._insert(ACTORS, rows.actors, "INSERT OR IGNORE")
        for column in PROJECTED:
            self._insert(column.table, getattr(rows, column.table.name))
        self._articles += 1

    def _insert(self, table: Table, rows: Any, how: str = "INSERT") -> None:
        self._database.executemany(f"{how} INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})", rows)

    def schema(self) -> list[Row]:
        """Returns how the tables are made."""
        return _schema(self._database, "main")

    def packed(self, making: Making) -> bytes:
        """Ends the sheet and returns it as bytes."""
        self._insert(_MAKING, [msgspec.structs.astuple(making)])
        self._database.execute("COMMIT")
        return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(self._database.serialize())


def _schema(database: sqlite3.Connection, name: str) -> list[Row]:
    return database.execute(f"SELECT type, name, tbl_name, sql FROM {name}.sqlite_master ORDER BY name").fetchall()


@lru_cache(maxsize=1)
def _expected_schema() -> list[Row]:
    with Draft() as draft:
        return draft.schema()


def read_sheet(packed: bytes) -> Sheet | None:
    """Reads a sheet; returns None where the bytes are damaged, or a database of another make: nothing in it is then looked at or run."""
    try:
        with _opened(packed) as database:
            if _schema(database, SHEET) != _expected_schema():
                return None
            made = database.execute(f"SELECT * FROM {SHEET}.making").fetchall()
            found = database.execute(f"SELECT * FROM {SHEET}.heads ORDER BY rowid").fetchall()
    except (sqlite3.DatabaseError, zstandard.ZstdError):
        return None
    if len(made) != 1:
        return None
    heads = tuple(
        Head(key, Article("", document, published, title, outlet, url), letters, id)
        for key, document, url, outlet, title, published, id, letters in found
    )
    return Sheet(Making(*made[0]), heads, packed)


@contextmanager
def _opened(packed: bytes) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        _attach(database, packed)
        yield database


def _attach(database: sqlite3.Connection, packed: bytes) -> None:
    database.execute(f"ATTACH ':memory:' AS {SHEET}")
    database.deserialize(zstandard.ZstdDecompressor().decompress(packed), name=SHEET)


class Taken(msgspec.Struct, frozen=True):
    """Is an article that comes from a sheet: its place there, and its dossier compressed; `replaces` says that it is there already."""

    place: int
    arrival: Arrival
    body: bytes
    replaces: bool


def keep_sheet(connection: Connection, sheet: Sheet, articles: Sequence[Taken]) -> None:
    """Keeps articles of a sheet, also in the place of what those that are there had; the transaction keeps all of them or none."""
    add_articles(connection, [taken.arrival for taken in articles if not taken.replaces])
    forget(connection, [taken.arrival.number for taken in articles if taken.replaces])
    add_bodies(connection, [(taken.arrival.number, sheet.heads[taken.place].id, sheet.made_by, taken.body) for taken in articles])
    add_sheet(connection, sheet, {taken.place: taken.arrival.number for taken in articles})


def add_sheet(connection: Connection, sheet: Sheet, numbers: Mapping[int, int]) -> None:
    """Adds the rows of those of a sheet's articles that get numbers, by their place in it; a transaction takes one sheet in.

    All actors of the sheet are added, also where all articles that name one are left out.
    """
    if connection.dialect.name == "sqlite":
        pooled = connection.connection
        pooled.info[SHEET] = True  # the engine detaches it when the transaction is over: SQLite doesn't within one
        database = cast(sqlite3.Connection, pooled.driver_connection)
        _attach(database, sheet.packed)
        _number(database, numbers)
        _insert(database)
        return
    with _opened(sheet.packed) as database:
        _number(database, numbers)
        for column in PROJECTED:
            add(connection, column.table, database.execute(_numbered(column.table)).fetchall())
        add_actors(connection, {row[0]: row for row in database.execute(f"SELECT * FROM {SHEET}.actors")})


def _number(database: sqlite3.Connection, numbers: Mapping[int, int]) -> None:
    database.execute(f"CREATE TABLE {SHEET}.taken (place INTEGER PRIMARY KEY, number INTEGER NOT NULL)")
    database.executemany(f"INSERT INTO {SHEET}.taken VALUES (?, ?)", numbers.items())


def _insert(database: sqlite3.Connection) -> None:
    for column in PROJECTED:
        database.execute(f"INSERT INTO main.{column.table.name} {_numbered(column.table)}")
    database.execute(f"INSERT INTO main.sentence_words (rowid, words) {_numbered(SENTENCES)}")
    lacking = f"FROM {SHEET}.actors AS given WHERE NOT EXISTS (SELECT 1 FROM main.actors WHERE number = given.number)"
    database.execute(f"INSERT INTO main.actor_words (rowid, words) SELECT number, words {lacking}")
    database.execute(f"INSERT INTO main.actors SELECT * {lacking}")


@lru_cache
def _numbered(table: Table) -> str:
    """Returns the query for a table's rows, with the numbers that the articles have in the workspace instead of their places."""
    names = table.columns.keys()
    numbers = names[: 2 if table is LINKS else 1]
    columns = [f"(given.{name} & {LONGEST - 1}) | taken.number * {LONGEST}" if name in numbers else f'given."{name}"' for name in names]
    within = f"given.{names[0]} >= taken.place * {LONGEST} AND given.{names[0]} < (taken.place + 1) * {LONGEST}"
    # a cross join keeps this order, which is that of the workspace's own tables
    return f"SELECT {', '.join(columns)} FROM {SHEET}.taken AS taken CROSS JOIN {SHEET}.{table.name} AS given ON {within}"
