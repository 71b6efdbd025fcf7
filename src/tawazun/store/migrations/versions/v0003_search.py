"""Makes the indexes by which a workspace is searched, and the table of sentences' meanings."""

from alembic import op

revision = "0003"
down_revision = "0002"

_SENTENCE = "(((number >> 20) << 20) + sentence + 1)"
"""Is the number of the sentence that an event stands in."""
_INDEXES = (
    f"CREATE INDEX events_sentence ON events ({_SENTENCE})",
    "CREATE INDEX events_article ON events ((number >> 20))",
    "CREATE INDEX events_status ON events (status)",
    "CREATE INDEX events_geonames ON events (geonames) WHERE geonames IS NOT NULL",
    "CREATE INDEX events_place ON events (place) WHERE place IS NOT NULL",
    "CREATE INDEX events_mode ON events (type, mode) WHERE mode IS NOT NULL",
)


def upgrade() -> None:
    """Makes them, for what is there as well."""
    for index in _INDEXES:
        op.execute(index)
    postgres = op.get_bind().dialect.name == "postgresql"
    key, bytes_, goes = ("BIGINT", "BYTEA", " REFERENCES sentences (number) ON DELETE CASCADE") if postgres else ("INTEGER", "BLOB", "")
    op.execute(f"CREATE TABLE vectors (sentence {key} NOT NULL PRIMARY KEY{goes}, vectors {bytes_} NOT NULL)")
    if postgres:
        op.execute("CREATE INDEX actors_words ON actors USING gin (to_tsvector('simple', words))")
        op.execute("ALTER TABLE vectors ALTER COLUMN vectors SET STORAGE EXTERNAL")
        return
    op.execute("CREATE VIRTUAL TABLE actor_words USING fts5(words, content='actors', content_rowid='number', tokenize=ascii)")
    op.execute("INSERT INTO actor_words(actor_words) VALUES ('rebuild')")
    op.execute(
        "CREATE TRIGGER actors_removed AFTER DELETE ON actors BEGIN "
        "INSERT INTO actor_words(actor_words, rowid, words) VALUES ('delete', old.number, old.words); END"
    )
    # SQLite heeds foreign keys only where each connection asks for it; a trigger it never forgets.
    op.execute("CREATE TRIGGER sentences_vectors AFTER DELETE ON sentences BEGIN DELETE FROM vectors WHERE sentence = old.number; END")
