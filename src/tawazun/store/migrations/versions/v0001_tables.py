"""Makes the tables of the first version."""

from alembic import op
from sqlalchemy import BigInteger, Column, Double, Integer, LargeBinary, SmallInteger, Text, text

revision = "0001"
down_revision = None

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _key(name: str, kind: type = BigInteger) -> Column[int]:
    return Column(name, _NUMBER if name in ("number", "article") else kind(), primary_key=True, autoincrement=False)


def _needed(*names: str, kind: type = Text) -> list[Column[object]]:
    return [Column(name, kind(), nullable=False) for name in names]


def _optional(*names: str, kind: type = Text) -> list[Column[object]]:
    return [Column(name, kind()) for name in names]


def upgrade() -> None:
    """Makes them."""
    _articles()
    _events()
    _others()
    _words()


def _articles() -> None:
    op.create_table("counters", Column("name", Text(), primary_key=True), *_needed("next", kind=BigInteger))
    op.create_table(
        "articles",
        _key("number"),
        Column("key", Text(), nullable=False, unique=True),
        Column("document", Text(), nullable=False, unique=True),
        *_optional("url", "outlet", "title", "published"),
        *_needed("source"),
        *_optional("line", kind=Integer),
        *_needed("taken_in"),
        *_needed("letters", kind=Integer),
        *_optional("origin", kind=BigInteger),
        *_optional("origin_because"),
    )
    op.create_index("ix_articles_origin", "articles", ["origin"])
    for column in ("url", "published", "outlet"):
        op.create_index(f"articles_{column}", "articles", [column])
    op.create_table(
        "rejects",
        Column("source", Text(), primary_key=True),
        _key("line", Integer),
        Column("reason", Text(), primary_key=True),
        *_optional("article"),
        *_needed("kept", kind=SmallInteger),
        *_needed("taken_in"),
    )
    op.create_table("dossiers", _key("article"), *_needed("id", "engine", "knowledge"), *_needed("body", kind=LargeBinary))
    op.create_index("ix_dossiers_id", "dossiers", ["id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE dossiers ALTER COLUMN body SET STORAGE EXTERNAL")  # it is compressed already


def _events() -> None:
    op.create_table("sentences", _key("number"), *_needed("words"))
    op.create_table(
        "events",
        _key("number"),
        *_needed("id"),
        *_needed("sentence", "start", "end", kind=Integer),
        *_needed("type"),
        *_optional("mode"),
        *_needed("status"),
        *_needed("confidence", kind=Double),
        *_optional("iso", "day_from", "day_to", "place", "geonames", "country"),
        *_optional("lat", "lon", kind=Double),
        *_optional("act", "voice"),
    )
    op.create_index("ix_events_id", "events", ["id"])
    op.create_index("events_type", "events", ["type", "status"])
    for name, columns in (("events_days", ["day_from", "day_to"]), ("events_country", ["country"])):
        there = text(f"{columns[0]} IS NOT NULL")
        op.create_index(name, "events", columns, sqlite_where=there, postgresql_where=there)


def _others() -> None:
    op.create_table(
        "parties",
        _key("event"),
        _key("rank", SmallInteger),
        _key("actor"),
        *_needed("role"),
        *_optional("code"),
        sqlite_with_rowid=False,
    )
    op.create_index("parties_actor", "parties", ["actor", "role"])
    op.create_index("parties_code", "parties", ["code", "role"])
    op.create_table(
        "actors", _key("number"), *_needed("kind"), *_optional("code", "wikidata"), *_needed("ar"), *_optional("en"), *_needed("words")
    )
    op.create_index("actors_wikidata", "actors", ["wikidata"])
    op.create_index("actors_code", "actors", ["code"])
    op.create_table("topics", _key("event"), Column("topic", Text(), primary_key=True), sqlite_with_rowid=False)
    op.create_index("topics_topic", "topics", ["topic"])
    op.create_table(
        "claims", _key("number"), *_needed("id", "act"), *_needed("start", "end", kind=Integer), *_needed("quoted", kind=SmallInteger)
    )
    op.create_index("ix_claims_id", "claims", ["id"])
    op.create_table("links", _key("origin"), _key("target"), Column("kind", Text(), primary_key=True), sqlite_with_rowid=False)


def _words() -> None:
    """Makes the index of words, each database's own; SQLite's is kept in step by `store/words.py`: triggers are slow."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX sentences_words ON sentences USING gin (to_tsvector('simple', words))")
        return
    op.execute("CREATE VIRTUAL TABLE sentence_words USING fts5(words, content='sentences', content_rowid='number', tokenize=ascii)")
    op.execute(f"INSERT INTO sentence_words(sentence_words, rank) VALUES ('hashsize', {1 << 24})")
