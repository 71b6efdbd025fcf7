"""Names the tables of a workspace, the same for SQLite and PostgreSQL.

An article has a number of its own workspace; its sentences and events are numbered from it (`number_in`), so that no row needs another
key to be joined by. Whole dossiers are in `dossiers`; every other table but `articles`, `rejects` and `feeds` is worked out from them.
"""

from sqlalchemy import BigInteger, Column, Double, Index, Integer, LargeBinary, MetaData, SmallInteger, Table, Text, text

_PLACES = 20
LONGEST = 1 << _PLACES
"""Is how many sentences, and how many events, an article may have at most."""

METADATA = MetaData()


def number_in(article: int, index: int) -> int:
    """Returns the number of the event with an index in its article; sentences have theirs one higher, the title comes first."""
    return article << _PLACES | index


def article_of(number: int) -> int:
    """Returns the number of the article that an event or a sentence is of."""
    return number >> _PLACES


def index_of(number: int) -> int:
    """Returns the index that an event has in its article."""
    return number & (LONGEST - 1)


def _number() -> Column[int]:
    """Returns a key that we number ourselves."""
    return Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)


def _known(name: str, *columns: str) -> Index:
    """Returns an index of those rows alone that have the first column; most events have neither day nor country."""
    there = text(f"{columns[0]} IS NOT NULL")
    return Index(name, *columns, sqlite_where=there, postgresql_where=there)


COUNTERS = Table("counters", METADATA, Column("name", Text, primary_key=True), Column("next", BigInteger, nullable=False))

ARTICLES = Table(
    "articles",
    METADATA,
    _number(),
    Column("key", Text, nullable=False, unique=True),
    Column("document", Text, nullable=False, unique=True),
    Column("url", Text),
    Column("outlet", Text),
    Column("title", Text),
    Column("published", Text),
    Column("source", Text, nullable=False),
    Column("line", Integer),
    Column("taken_in", Text, nullable=False),
    Column("letters", Integer, nullable=False),
    Column("origin", BigInteger, index=True),
    Column("origin_because", Text),
    Column("merged", SmallInteger, nullable=False, server_default="0"),
    Index("articles_merged", "merged"),
    Index("articles_url", "url"),
    Index("articles_published", "published"),
    Index("articles_outlet", "outlet"),
)

REJECTS = Table(
    "rejects",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("reason", Text, primary_key=True),
    Column("article", Text),
    Column("kept", SmallInteger, nullable=False),
    Column("taken_in", Text, nullable=False),
)

FEEDS = Table(
    "feeds",
    METADATA,
    Column("address", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("next_at", Text),
    Column("failures", Integer, nullable=False),
    Column("gone", SmallInteger, nullable=False),
    Column("minutes", Integer),
    Column("seen", Text, nullable=False),
    Column("asked_at", Text),
    Column("read_at", Text),
    Column("failed_at", Text),
    Column("problem", Text),
    Column("taken_in", BigInteger, nullable=False),
)

DOSSIERS = Table(
    "dossiers",
    METADATA,
    Column("article", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, index=True),
    Column("engine", Text, nullable=False),
    Column("knowledge", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

SENTENCES = Table("sentences", METADATA, _number(), Column("words", Text, nullable=False))

EVENTS = Table(
    "events",
    METADATA,
    _number(),
    Column("id", Text, nullable=False, index=True),
    Column("sentence", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("status", Text, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("iso", Text),
    Column("day_from", Text),
    Column("day_to", Text),
    Column("place", Text),
    Column("geonames", Text),
    Column("country", Text),
    Column("lat", Double),
    Column("lon", Double),
    Column("act", Text),
    Column("voice", Text),
    Index("events_type", "type", "status"),
    _known("events_days", "day_from", "day_to"),
    _known("events_country", "country"),
)

PARTIES = Table(
    "parties",
    METADATA,
    Column("event", BigInteger, primary_key=True, autoincrement=False),
    Column("rank", SmallInteger, primary_key=True, autoincrement=False),
    Column("actor", BigInteger, primary_key=True, autoincrement=False),
    Column("role", Text, nullable=False),
    Column("code", Text),
    Index("parties_actor", "actor", "role"),
    Index("parties_code", "code", "role"),
    sqlite_with_rowid=False,
)

ACTORS = Table(
    "actors",
    METADATA,
    _number(),
    Column("kind", Text, nullable=False),
    Column("code", Text),
    Column("wikidata", Text),
    Column("ar", Text, nullable=False),
    Column("en", Text),
    Column("words", Text, nullable=False),
    Index("actors_wikidata", "wikidata"),
    Index("actors_code", "code"),
)

TOPICS = Table(
    "topics",
    METADATA,
    Column("event", BigInteger, primary_key=True, autoincrement=False),
    Column("topic", Text, primary_key=True),
    Index("topics_topic", "topic"),
    sqlite_with_rowid=False,
)

CLAIMS = Table(
    "claims",
    METADATA,
    _number(),
    Column("id", Text, nullable=False, index=True),
    Column("act", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quoted", SmallInteger, nullable=False),
)

LINKS = Table(
    "links",
    METADATA,
    Column("origin", BigInteger, primary_key=True, autoincrement=False),
    Column("target", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    sqlite_with_rowid=False,
)

ORIGIN_KEYS = Table(
    "origin_keys",
    METADATA,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("article", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

MENTIONS = Table(
    "mentions",
    METADATA,
    Column("event", BigInteger, primary_key=True, autoincrement=False),
    Column("happening", BigInteger, nullable=False),
    Column("nearest", BigInteger),
    Index("mentions_happening", "happening"),
    sqlite_with_rowid=False,
)

PROJECTED = (SENTENCES.c.number, EVENTS.c.number, PARTIES.c.event, TOPICS.c.event, CLAIMS.c.number, LINKS.c.origin)
"""Are the columns, one a table, that say of which article a row is; the rows of these tables are worked out from its dossier alone."""

DERIVED = (*PROJECTED, MENTIONS.c.event)
"""Are such columns of all tables whose rows go when an article gets another dossier."""
